"""A partnership adds its own copy of a document, and later the next edition of it; the document is invented."""

from __future__ import annotations

import csv
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from alongside.policy.citation import build_citation
from tests.journeys import steps
from tests.journeys.browser import Browser
from tests.journeys.conftest import NewBrowser
from tests.journeys.site import Site, beside
from tests.sweeps.source import ROOT

DOCUMENT = "staffordshire-2019"
NAME = "Staffordshire"
CITE = re.compile(rf'cite = {{ document = "{DOCUMENT}", section = ("[^"]*"), line = \d+, .*?}}')
SHOWN, CHANGED, MOVED, ABSENT = (
    *("staffs-dial-complete", "staffs-dial-supervisor-review"),
    *("staffs-written-followup-48h", "staffs-no-voicemail"),
)


def sentence(rule: str) -> str:
    """What the invented document says where a rule of ours is cited."""
    return f"In the invented procedure the part called {rule.replace('-', ' ')} is written here."


def edition(rules: list[str], **instead: str | None) -> str:
    """The document, a sentence a line; `instead` says otherwise under a rule's name, or nothing at all."""
    said = {rule: instead.get(rule, sentence(rule)) for rule in rules}
    return "\n".join(text for text in said.values() if text)


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The shipped packs, with every citation of the document leading into the invented one; and the rules, in its order."""
    folder = tmp_path_factory.mktemp("packs") / "packs"
    shutil.copytree(ROOT / "packs", folder)
    files = sorted((folder / "staffordshire").glob("*.toml"))
    rules = [rule["id"] for file in files for rule in tomllib.loads(file.read_text("utf-8")).get("rule", [])]
    atoms = folder / "coverage" / "atoms" / "procedures.csv"
    rows = list(csv.DictReader(atoms.read_text("utf-8").splitlines()))
    others = [row["id"] for row in rows if row["document"] == DOCUMENT and row["sha256"]]
    text, left = edition([*rules, *others]), iter(rules)

    def cited(found: re.Match[str]) -> str:
        rule = next(left)
        held = build_citation(text, rules.index(rule) + 1, sentence(rule))
        fields = ", ".join(f"{key} = {value!r}".replace("'", '"') for key, value in held.items())
        return f'cite = {{ document = "{DOCUMENT}", section = {found[1]}, {fields} }}'

    for file in files:
        file.write_text(CITE.sub(cited, file.read_text("utf-8")), "utf-8")
    assert not list(left) and len(rules) > 100, "the packs are written otherwise than they were"
    _lead_into(atoms, rows, text, others)
    return folder, [*rules, *others]


def _lead_into(atoms: Path, rows: list[dict[str, str]], text: str, others: list[str]) -> None:
    """The sentences that no rule is of lead into the invented document too, but for the line their rows name."""
    first = text.count("\n") + 2 - len(others)
    for row in rows:
        if row["id"] in others:
            held = build_citation(text, first + others.index(row["id"]), sentence(row["id"]))
            row.update({key: str(held[key]) for key in ("line", "from", "length", "sha256")})
    with atoms.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def site(site: Site, packs: tuple[Path, list[str]]) -> Iterator[Site]:
    """The demonstration, served with these packs."""
    with beside(site, ALONGSIDE_PACKS=str(packs[0])) as other:
        yield other


@pytest.mark.slow
def test_the_sentence_stands_beside_its_meaning(
    new_browser: NewBrowser, packs: tuple[Path, list[str]], tmp_path: Path
) -> None:
    lead = steps.signed_in(new_browser, "policy-lead", "")
    officer = steps.signed_in(new_browser, "police-officer", "stoke-on-trent")
    # Given a task whose place in the procedure is told, and no sentence
    steps.tells(officer, tmp_path, "stoke-on-trent", ("Milena", "Kos"))
    officer.go(steps.card(officer, "Finish the scene record").get_by_role("heading").get_by_role("link"))
    task = officer.page.url.removeprefix(officer.site.address)
    officer.sees_nothing_of(sentence(SHOWN))
    # When the policy lead adds a copy in which one sentence stands elsewhere, and one is not
    first = edition(packs[1], **{ABSENT: None, MOVED: None}) + "\n" + sentence(MOVED)
    _adds(lead, tmp_path, first)
    # Then what was found, moved and not found is told, with the rules that hang on it
    lead.sees("1 moved, 1 not found")
    lead.sees("1 rule to decide")
    _is_told_of(lead, ABSENT, "Not found")
    lead.is_clean()
    lead.go(lead.page.get_by_role("navigation", name="What the copy did").get_by_role("link", name="Moved"))
    _is_told_of(lead, MOVED, "Now at line")
    lead.is_clean()
    # and the sentence stands beside the gist, on the task and among the procedures
    officer.open(task)
    expect(officer.page.get_by_role("blockquote").filter(has_text=sentence(SHOWN))).to_be_visible()
    officer.is_clean()
    for rule in (SHOWN, MOVED):
        steps.finds_the_rule(officer, rule)
        expect(officer.page.get_by_role("blockquote").filter(has_text=sentence(rule))).to_be_visible()
        officer.is_clean()
    # and where it was not found, the rule says so
    steps.finds_the_rule(officer, ABSENT)
    officer.sees("There is no such sentence in the copy your partnership added on")
    officer.sees("The rule runs as before until your policy lead has confirmed it.")
    officer.is_clean()


@pytest.mark.slow
def test_a_new_edition_lists_what_changed(
    new_browser: NewBrowser, packs: tuple[Path, list[str]], tmp_path: Path
) -> None:
    lead = steps.signed_in(new_browser, "policy-lead", "")
    officer = steps.signed_in(new_browser, "police-officer", "stoke-on-trent")
    # Given a copy that holds every sentence
    _adds(lead, tmp_path, edition(packs[1]))
    lead.sees("Nothing is left to decide.")
    # When the policy lead takes another document by mistake
    _adds(lead, tmp_path, "A text about something else.\nIt has nothing to do with the procedure.")
    # Then nothing is added, and it says so
    lead.sees("about 0 are in this file. Nothing was added, and the rules go on as before.")
    lead.is_clean()
    # and the same copy twice changes nothing
    _adds(lead, tmp_path, edition(packs[1]))
    lead.sees("Your partnership has this copy already")
    # When an edition is added with a new beginning, one sentence changed, one gone, and one moved
    said = sentence(CHANGED).replace("written", "set down")
    second = edition(packs[1], **{CHANGED: said, ABSENT: None, MOVED: None})
    _adds(lead, tmp_path, f"A new beginning of the document.\n{second}\n{sentence(MOVED)}")
    # Then the two that changed and went are the list of work, and the new sentence is told
    lead.sees("2 rules to decide")
    expect(_listed(lead)).to_have_count(2)
    _is_told_of(lead, CHANGED, "Changed")
    _is_told_of(lead, ABSENT, "Gone")
    lead.is_clean()
    address = lead.page.url.removeprefix(lead.site.address)
    lead.open(f"{address}?show=new")
    lead.sees("A new beginning of the document.")
    lead.is_clean()
    # and Today leads to it
    lead.open("/")
    lead.sees("2 rules whose sentence changed or went")
    lead.is_clean()
    # and whoever reads the rule sees that its sentence has changed, and that it runs as before
    steps.finds_the_rule(officer, CHANGED)
    officer.sees("The sentence has changed in the copy your partnership added on")
    officer.is_clean()
    # When the policy lead has looked at both, old beside new, and confirms
    lead.open(address)
    lead.go(_row(lead, CHANGED).get_by_role("link"))
    expect(lead.page.locator("ins")).to_have_text("set down")
    lead.is_clean()
    steps.answers(lead, **{"What does this do to the rule?": "The rule still says what the sentence says"})
    lead.page.get_by_label("Why").fill("Another word for the same.")
    lead.press("Keep this decision")
    # Then one is left, and the new sentence stands beside the rule
    lead.sees("1 rule to decide")
    steps.finds_the_rule(officer, CHANGED)
    expect(officer.page.get_by_role("blockquote").filter(has_text=said)).to_be_visible()
    officer.sees("that the rule stands.")
    officer.is_clean()


def _adds(lead: Browser, folder: Path, text: str) -> None:
    """The copy of the document, by the page."""
    file = folder / "procedure.txt"
    file.write_text(text, "utf-8")
    lead.open("/")
    lead.follow("Procedures")
    lead.follow("The documents, and your partnership’s copies")
    lead.is_clean()
    lead.go(lead.page.get_by_role("link", name=re.compile(f"of {NAME}")))
    lead.is_clean()
    lead.page.get_by_label("Your partnership’s copy").set_input_files(str(file))
    lead.press("Add the document")


def _listed(lead: Browser) -> Locator:
    return lead.page.get_by_role("main").get_by_role("article")


def _row(lead: Browser, rule: str) -> Locator:
    """The line of the list that leads to a rule."""
    return _listed(lead).filter(has=lead.page.locator(f'a[href$="/{rule}/"]'))


def _is_told_of(lead: Browser, rule: str, words: str) -> None:
    expect(_row(lead, rule)).to_contain_text(words)
