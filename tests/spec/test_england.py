"""The national pack: nothing in it claims a source it does not have, and nothing that nobody has seen is shipped as certain.

`practice.csv` lists every mark of the team's practice page: its line, S (stated on that page), R (read in a repository), G
(general knowledge) or CHECK, and the address as printed there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from alongside.policy.rules import DEFAULT

from .shelf import ROOT, Table, frozen, ids, ours, pack, read
from .test_examples import TODAY, library

CODE = "".join(path.read_text("utf-8") for path in sorted((ROOT.parent / "alongside").rglob("*.py")))
SOURCES: Table = read(ROOT / "england" / "sources.toml")["source"]
MARKS = {(int(row["line"]), row["mark"], row["address"]) for row in frozen("practice")}
CHOICES = {
    name: entry
    for path in sorted((ROOT / "england").glob("*.toml"))
    for name, entry in read(path).get("parameter", {}).items()
}


def sources_of(entry: Table) -> Iterator[Table]:
    named = entry.get("source", [])
    yield from (SOURCES[id_] for id_ in ([named] if isinstance(named, str) else named))


@pytest.mark.parametrize("id_", SOURCES)
def test_a_source_has_the_mark_that_the_page_gave_it(id_: str) -> None:
    source = SOURCES[id_]
    if id_ in READ_SINCE:
        assert (source["mark"], source["read_on"]) == ("seen", date(2026, 11, 30))
        assert source["line"] in {line for line, _, _ in MARKS}
    elif source["mark"] == "ours":
        assert source.keys() == {"title", "mark"}
    elif source["mark"] == "seen":
        assert (source["line"], "S", source["address"]) in MARKS
    else:
        assert {(source["line"], "G", ""), (source["line"], "CHECK", "")} & MARKS
        assert "address" not in source, "nobody has seen it there"


def test_every_source_is_named() -> None:
    named = {id_ for entry in (*ours(), *CHOICES.values()) for id_ in _ids(entry)}
    assert len(named) > 30
    assert named == SOURCES.keys()


def _ids(entry: Table) -> list[str]:
    named = entry.get("source", [])
    return [named] if isinstance(named, str) else named


@pytest.mark.parametrize("name", [name for name, entry in CHOICES.items() if "source" in entry])
def test_nothing_unverified_ships_as_certain(name: str) -> None:
    entry = CHOICES[name]
    certain = all(source["mark"] == "seen" for source in sources_of(entry))
    if "value" in entry:
        assert entry["status"] == "confirm" or certain
    else:
        assert "proposed" in entry


@pytest.mark.parametrize("rule", ours(), ids=ids(ours()))
def test_a_rule_nobody_has_seen_says_so_wherever_it_is_shown(rule: Table) -> None:
    unseen = [source for source in sources_of(rule) if source["mark"] != "seen"]
    on = max(TODAY, rule["effective_from"])
    held = next(one for one in library().pack("coventry", on).rules if one.id == rule["id"])
    said = [words for words in held.local if words.startswith(DEFAULT)]
    assert bool(said) or not unseen
    assert rule["file"].startswith("england/")


def test_a_default_without_a_rule_says_what_it_changes() -> None:
    lonely = [name for name, entry in CHOICES.items() if "changes_nothing_yet" in entry and entry.get("status")]
    assert lonely
    for name in lonely:
        assert "replaces" not in CHOICES[name], name


def test_no_rule_rests_on_a_number_of_our_own() -> None:
    own = {id_ for id_, source in SOURCES.items() if source["mark"] == "ours"}
    assert {name for name, entry in CHOICES.items() if own & set(_ids(entry))} == {
        "serial_harm_victims",
        "serial_harm_months",
        "repeat_victim_notifications",
        "repeat_victim_months",
        "contact_confirmed_days",
        "share_review_days",
        "share_ends_at_review",
        "team_sees_case_days",
        "said_why_hours",
        "new_call_days",
    }
    assert [rule["id"] for rule in ours() if own & set(_ids(rule))] == []


def test_a_choice_that_a_page_counts_with_is_asked_for_there_and_by_no_rule() -> None:
    found = {name: entry["page"] for name, entry in CHOICES.items() if "page" in entry}
    assert found
    for name, page in found.items():
        assert "replaces" not in CHOICES[name] and "changes_nothing_yet" not in CHOICES[name], name
        assert f'"{name}"' in CODE and ":" in page, name


# The source that gives a day; every rule that begins on neither of them begins on the day that stands for "before any case".
BEFORE_ANY_CASE = date(2023, 1, 1)
READ = {
    date(2021, 7, 5): {"commenced-section-78"},
    date(2021, 10, 1): {"commenced-sections-1-2"},
    date(2022, 1, 31): {"commenced-section-3"},
    date(2023, 4, 5): {"commenced-section-77"},
    date(2024, 5, 1): {"golden-rules"},  # April or May 2024: the later
    date(2024, 11, 27): {"new-orders-pilot", "new-orders-where"},
    date(2025, 11, 7): {"encompass-guidance"},
}
# Pages that give a day of commencement, read on 30 November 2026, after the practice page was written.
READ_SINCE = {id_ for ids_ in READ.values() for id_ in ids_ if id_.startswith("commenced-")}


@pytest.mark.parametrize("rule", ours(), ids=ids(ours()))
def test_a_rule_begins_on_a_day_that_one_of_its_own_sources_gives(rule: Table) -> None:
    if rule["effective_from"] in READ:
        assert READ[rule["effective_from"]] & set(_ids(rule))
    if rule["effective_from"] not in {BEFORE_ANY_CASE, *READ}:  # announced, and in force as a default only
        held = next(one for one in library().pack("coventry", rule["effective_from"]).rules if one.id == rule["id"])
        assert [words for words in held.local if words.startswith(DEFAULT)]


@pytest.mark.parametrize(
    ("rule", "first_day"),
    [
        ("england-def-domestic-abuse", date(2021, 10, 1)),
        ("england-def-child-victim", date(2022, 1, 31)),
        ("england-encompass-notify", date(2025, 11, 7)),
        ("england-dvds-28-days", date(2023, 4, 5)),
        ("england-share-or-withhold-with-reason", date(2026, 9, 30)),
    ],
)
def test_a_law_holds_from_its_day(rule: str, first_day: date) -> None:
    before = library().pack("coventry", first_day.replace(day=1) if first_day.day > 1 else date(2021, 9, 30))
    assert rule not in [one.id for one in before.rules]
    assert rule in [one.id for one in library().pack("coventry", first_day).rules]


def test_marac_from_16_is_proposed_only() -> None:
    choice = pack("england")["parameter"]["marac_min_victim_age"]
    assert (choice["proposed"], choice["text_says"]) == (16, 18)
    facts = {"marac_referral_considered": True, "victim_age_years": 17}
    now = library().pack("coventry", TODAY)
    assert now.decide_rule("wm-marac-adult-victim-only", facts).outcome == "fires"
    adopted = library().pack("coventry", TODAY, adopted={"marac_min_victim_age": 16})
    assert adopted.decide_rule("wm-marac-adult-victim-only", facts).outcome == "does-not-fire"


@pytest.mark.parametrize("area", ["coventry", "staffordshire"])
def test_the_school_is_told_by_law_wherever_the_child_lives(area: str) -> None:
    facts = {"police_called_to_incident": True, "child_of_school_age": True, "child_experienced_incident": True}
    later = library().pack(area, date(2026, 3, 2))
    assert later.decide_rule("england-encompass-notify", facts).outcome == "fires"


def test_a_document_by_itself_has_no_rule_of_law() -> None:
    for code in library().documents:
        alone = library().pack("coventry", TODAY, document=code)
        assert [rule.id for rule in alone.rules if rule.cite.sources or rule.local] == []
        assert alone.values.keys() <= {"police_tool", "force_in_encompass"}
