"""Finding rules: by words, by worker, by act; what stands where in the list, and what is said when nothing is found."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from django.test import Client

from alongside.agencies.models import User
from alongside.policy import PackFaults
from alongside.procedures import actions, queries
from alongside.procedures.browsing import cards, finding
from alongside.procedures.browsing.workers import workers
from alongside.procedures.editions import Told
from alongside.procedures.models import AdoptedChoice

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)


@pytest.fixture
def lead(partnership: object) -> User:
    return User.objects.filter(role="policy-lead").first()


def found(words: str) -> list[str]:
    return [one.rule.id for one in finding.search(words, queries.rules().values())]


def test_every_word_must_be_there_and_the_best_place_comes_first() -> None:
    hits = found("midwife")
    assert hits[0] == "wm-health-transfer-coordination", "the gist comes before who must act"
    assert {"wm-antenatal-staff-alert", "wm-routine-enquiry"} <= set(hits)
    assert found("midwife zebra") == []
    assert found(" WM-marac-14-ticks ") == ["wm-marac-14-ticks"]
    assert len(found("wm-marac")) > 5
    both = finding.search("school notice", queries.rules().values())
    assert [one.score for one in both] == sorted((one.score for one in both), reverse=True)


@pytest.mark.parametrize(
    ("one", "other"), [("Children's", "children’s"), ("MARAC", "marac"), ("referrals", "referral")]
)
def test_how_a_word_is_typed_does_not_matter(one: str, other: str) -> None:
    assert found(one)
    assert set(found(one)) <= set(found(other))


def test_a_condition_is_searched_in_plain_words() -> None:
    hits = {one.rule.id: one.where for one in finding.search("youngest family", queries.rules().values())}
    assert "wm-under-12-months-refer" in hits
    assert hits["wm-under-12-months-refer"] == "in its conditions"


def test_the_sentence_itself_is_searched_once_a_copy_is_there(lead: User, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found("zugzwang") == []
    text = b"An invented text.\n"
    actions.add_document(code="west-midlands-2.24", name="copy.txt", data=text, sure=True, by=lead, at=NOW)
    assert finding.sentences() == (), "a copy that holds none of the sentences gives none"
    said = (("wm-marac-14-ticks", "In this copy a zugzwang is meant."),)
    monkeypatch.setattr(finding, "sentences", lambda: said)
    assert [(one.rule.id, one.where) for one in finding.search("zugzwang", queries.rules().values())] == [
        ("wm-marac-14-ticks", "in the sentence itself")
    ]


def test_a_slip_of_the_keys_is_mended_and_a_word_too_many_left_out() -> None:
    rules = list(queries.rules().values())
    assert ("midwife", 3) in finding.suggestions("midwive", rules) or "midwife" in dict(
        finding.suggestions("midwiffe", rules)
    )
    offered = dict(finding.suggestions("midwife zebra", rules))
    assert offered["midwife"] == len(found("midwife"))
    assert "zebra" not in offered


def test_marks_never_let_markup_through() -> None:
    assert finding.marked("<b>Tell</b> the school", ["school"]) == "&lt;b&gt;Tell&lt;/b&gt; the <mark>school</mark>"
    assert finding.marked("a <script> b", ["script"]) == "a &lt;<mark>script</mark>&gt; b"
    assert finding.marked("children's", ["children"]) == "<mark>children</mark>&#39;s"
    assert finding.marked("anything", []) == "anything"


def test_a_search_over_all_rules_is_quick() -> None:
    finding.search("first", queries.rules().values())
    started = time.perf_counter()
    for _ in range(10):
        finding.search("refer child social care", queries.rules().values())
    assert (time.perf_counter() - started) / 10 < 0.1


# Workers


def test_every_actor_a_rule_names_is_some_worker_s_and_none_is_invented() -> None:
    known = {actor for one in workers().values() for actor in one.actors}
    assert {rule.actor for rule in queries.rules().values()} - known == set()
    assert known <= queries.library().owners.keys()


def test_what_is_asked_of_a_midwife_is_told_apart_and_told_once() -> None:
    parts = workers()["midwife"].asked(queries.rules().values())
    said = [says for says, _ in parts]
    assert said[0] == "midwives in particular"
    assert said[1] == "health staff"
    assert said[-2:] == ["every agency", "any professional"]
    rules = [rule.id for _, some in parts for rule in some]
    assert len(rules) == len(set(rules)) > 190
    assert {"wm-antenatal-staff-alert", "wm-routine-enquiry"} <= {rule.id for rule in parts[0][1]}


@pytest.mark.parametrize("code", workers())
def test_no_rule_is_told_twice_to_anybody(code: str) -> None:
    told = [rule.id for _, some in workers()[code].asked(queries.rules().values()) for rule in some]
    assert len(told) == len(set(told)) > 0


def test_a_court_is_no_worker_of_an_agency() -> None:
    assert [says for says, _ in workers()["court"].parts] == ["courts"]


def test_a_worker_is_found_by_the_words_people_use() -> None:
    assert [one.code for one in finding.workers_called("GP")] == ["family-doctor"]
    assert "midwife" in [one.code for one in finding.workers_called("maternity")]
    assert finding.workers_called("zebra") == []


def test_an_unsound_file_of_workers_is_told_with_its_line(settings: object, tmp_path: object) -> None:
    workers.cache_clear()
    settings.PACKS_DIR = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "workers.toml").write_text('[worker.x]\nsays = "an x"\ngroups = ["nobody"]\n')  # type: ignore[operator]
    try:
        with pytest.raises(PackFaults, match=r"workers\.toml:3.*nobody"):
            workers()
    finally:
        workers.cache_clear()


# Pages


def page(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_from_a_word_to_the_worker_to_the_rule(client: Client, lead: User) -> None:
    client.force_login(lead)
    searched = page(client, "/procedures/", words="midwife")
    assert "What is asked of a midwife" in searched
    assert "<mark>midwife</mark>" in searched
    asked = page(client, "/procedures/asked-of/midwife/", area="coventry")
    assert "Asked of midwives in particular" in asked
    assert "staffs-" not in asked
    assert "/procedures/rules/wm-routine-enquiry/?area=coventry" in asked
    assert client.get("/procedures/asked-of/astronaut/").status_code == 404
    assert client.get("/procedures/acts/no_such_act/").status_code == 404


def test_nothing_found_offers_what_would_be(client: Client, lead: User) -> None:
    client.force_login(lead)
    told = page(client, "/procedures/", words="midwife zebra")
    assert "0 rules" in told
    assert "?words=midwife" in told


def test_an_act_shows_what_asks_for_it_and_what_stops_it(client: Client, lead: User) -> None:
    client.force_login(lead)
    told = page(client, "/procedures/acts/refer_to_marac/", area="coventry")
    assert "wm-marac-14-ticks" in told
    listed = page(client, "/procedures/acts/")
    for code in queries.library().acts:
        if queries.chosen({"act": code}, queries.rules().values()):
            assert f"/procedures/acts/{code}/" in listed


def test_a_rule_is_shown_as_it_stands_in_an_area(client: Client, lead: User) -> None:
    from alongside.agencies.models import Area

    client.force_login(lead)
    actions.adopt_choice(
        area=Area.objects.get(code="coventry"),
        parameter="marac_ticks",
        value=12,
        reason="Our board decided so.",
        from_on=NOW.date(),
        by=lead,
        at=NOW,
    )
    here = page(client, "/procedures/rules/wm-marac-14-ticks/", area="coventry")
    assert "is at least 12 (your partnership’s choice)" in here
    assert "Our board decided so." in here
    assert "Your partnership has adopted 12 in place of 14." in here
    there = page(client, "/procedures/rules/wm-marac-14-ticks/", area="walsall")
    assert "is at least 14 " in there
    assert "Our board decided so." not in there
    assert AdoptedChoice.objects.count() == 1


def test_a_rule_of_no_area_that_was_asked_for_is_shown_where_it_holds(client: Client, lead: User) -> None:
    client.force_login(lead)
    told = page(client, "/procedures/rules/staffs-high-risk-to-marac/", area="coventry")
    assert "<strong>Staffordshire</strong>" in told or "<strong>Stoke-on-Trent</strong>" in told


def test_no_card_holds_a_code_in_its_words(lead: User) -> None:
    for rule in queries.rules().values():
        made = cards.card(rule, None, Told(), NOW.date())
        told = " ".join([made.by, made.counted, made.closes, made.act, *(str(one["given"]) for one in made.examples)])
        names = {name for name in queries.library().vocabulary if "_" in name}
        assert not names & set(told.replace("'", " ").split()), rule.id
