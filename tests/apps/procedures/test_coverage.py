"""The rows of coverage as they are read, and the page that shows them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from alongside.agencies.models import User
from alongside.policy import PackFaults
from alongside.procedures import places, queries, ways_back
from alongside.procedures.coverage import Atom, load_coverage, read_coverage

ROW = """# Rows.
[atom.one]
cite = { document = "a-text", line = 7 }
gist = "Something is said."
place = ["fact:victim_pregnant", "act:refer_to_marac"]

[atom.two]
cite = { document = "a-text", line = 8 }
gist = "Something else is said."
planned = "directory"
"""


def written(root: Path, text: str, name: str = "rows.toml") -> Path:
    (root / "coverage").mkdir(exist_ok=True)
    (root / "coverage" / name).write_text(text, encoding="utf-8")
    return root


def test_rows_are_read(tmp_path: Path) -> None:
    found, faults = read_coverage(written(tmp_path, ROW))
    assert faults == []
    assert found == [
        Atom("one", "a-text", 7, "Something is said.", ("fact:victim_pregnant", "act:refer_to_marac")),
        Atom("two", "a-text", 8, "Something else is said.", planned="directory"),
    ]
    assert [sorted(atom.kinds) for atom in found] == [["act", "fact"], ["planned"]]


@pytest.mark.parametrize(
    ("was", "becomes", "line", "told"),
    [
        ("[atom.two]", "[atomic.two]", 7, "unknown table atomic: did you mean atom?"),
        ("line = 8", "row = 8", 8, "two has no place in a document"),
        ("line = 8", 'line = 8, section = "x"', 8, "two has no place in a document"),
        ("line = 8", "line = true", 8, "two has no place in a document"),
        ("Something else is said.", " ", 9, "two has no gist"),
        ('planned = "directory"', "", 7, "two needs exactly one of place, planned, not_software"),
        (
            'planned = "directory"',
            'planned = "directory"\nnot_software = "No."',
            7,
            "two needs exactly one of place, planned, not_software",
        ),
        ('planned = "directory"', 'planned = "directry"', 10, "'directry' is no app that is planned: did you mean"),
        ('planned = "directory"', 'place = ["fct:victim_pregnant"]', 10, "is no place: did you mean fact?"),
        ('planned = "directory"', 'place = ["victim_pregnant"]', 10, "is no place: KIND:NAME"),
        ('planned = "directory"', 'plan = "directory"', 10, "unknown key plan: did you mean planned?"),
        ('planned = "directory"', "planned = ]", 10, "not TOML"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, was: str, becomes: str, line: int, told: str) -> None:
    with pytest.raises(PackFaults) as refused:
        load_coverage(written(tmp_path, ROW.replace(was, becomes)), [])
    assert any(fault.line == line and told in str(fault) for fault in refused.value.faults), str(refused.value)


def test_a_sentence_with_two_rows_is_a_fault(tmp_path: Path) -> None:
    written(tmp_path, ROW)
    _, faults = read_coverage(written(tmp_path, ROW[: ROW.index("[atom.two]")], "more.toml"))
    assert [str(fault) for fault in faults] == ["coverage/rows.toml:2: one has two rows: keep one"]


def test_packs_without_coverage_have_their_rules(tmp_path: Path) -> None:
    found = load_coverage(tmp_path, queries.rules().values())
    assert found["wm-marac-14-ticks"].places == ("rule:wm-marac-14-ticks",)
    assert found.keys() == {id_ for id_, rule in queries.rules().items() if not rule.cite.sources}


@pytest.mark.parametrize(
    "place",
    [
        "rule:wm-no-such-rule",
        "field:/people/*/shoe_size",
        "checklist:dash/weather",
        "checklist:rain",
        "fact:shoe_size",
        "parameter:shoe_size",
        "act:sing",
        "role:singer",
        "team:choir",
        "page:cases:no-such-page",
        "page:nowhere:case",
        "record:cases.Song",
        "record:nonsense",
        "evidence:song.sung",
    ],
)
def test_a_place_that_is_not_there_has_no_words(place: str) -> None:
    assert places.words(place) is None


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("field:/people/*/pregnant", "In each call or report: people, pregnant"),
        ("checklist:dash/injury", "Risk checklist, 24 topics: “Hurt this time”"),
        ("checklist:dial", "Police investigation and risk log"),
        ("fact:victim_pregnant", "The question “Is the victim pregnant?”"),
        ("act:refer_to_marac", "The act “Refer to MARAC, or say why not”"),
        ("role:health", "The role: Health professional"),
        ("record:casework.SupportOffer", "The record: support offer"),
        ("page:cases:list", "A page: "),
    ],
)
def test_a_place_is_said_in_words(place: str, said: str) -> None:
    assert (places.words(place) or "").startswith(said)


@pytest.fixture
def page(partnership: object, client: Client) -> Client:
    client.force_login(
        User.objects.filter(role="health").first(), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


@pytest.mark.django_db
def test_the_page_shows_25_and_finds_by_words(page: Client) -> None:
    first = page.get("/procedures/coverage/").content.decode()
    assert first.count("<article") == 25
    found = page.get("/procedures/coverage/?words=staffs-doc-version").content.decode()
    assert found.count("<article") == 1
    assert "line 40" in found
    assert "The document itself: Staffordshire procedures 2019" in found


@pytest.mark.django_db
def test_the_page_finds_by_document_and_kind(page: Client) -> None:
    every = queries.coverage().values()
    for kind in ("planned", "not_software", "field"):
        here = [atom for atom in every if atom.document == "west-midlands-2.24" and kind in atom.kinds]
        body = page.get(f"/procedures/coverage/?document=west-midlands-2.24&kind={kind}").content.decode()
        assert f"{len(here)} sentence" in body
        assert here


@pytest.mark.django_db
def test_an_entry_of_a_list_says_of_which(page: Client) -> None:
    body = page.get("/procedures/coverage/?words=staffs-svc-list-05").content.decode()
    assert "Helplines." in body
    assert "In the list: What kinds of help the specialist services give." in body


def test_sentences_stand_in_the_order_of_their_documents() -> None:
    order = [(atom.document, atom.line) for atom in queries.coverage().values()]
    assert order == sorted(order)


@pytest.mark.django_db
def test_a_place_leads_back_to_its_sentences(page: Client) -> None:
    rule = page.get("/procedures/rules/staffs-five-principles/").content.decode()
    assert "5 more sentences of the documents that it honours" in rule
    body = page.get(places.all_of("rule:staffs-five-principles")).content.decode()
    assert "6 sentences" in body
    assert "Only the sentences behind this" in body


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked", ["place=nonsense", "place=fact:nothing", "place=nothing:x", "page=99", "kind=weather"]
)
def test_odd_questions_are_answered(page: Client, asked: str) -> None:
    assert page.get(f"/procedures/coverage/?{asked}").status_code == 200


@pytest.mark.django_db
def test_nobody_reads_it_without_signing_in(client: Client) -> None:
    assert client.get("/procedures/coverage/").status_code == 302


@pytest.mark.django_db
def test_a_page_leads_back_to_the_sentences_behind_it(page: Client) -> None:
    body = page.get("/procedures/acts/").content.decode()
    number = len(ways_back.behind("procedures:acts"))
    assert f"From the procedures: {number} sentences behind this page" in body
    behind = page.get("/procedures/coverage/", {"at": "procedures:acts"}).content.decode()
    assert f"{number} sentences" in behind and "Only the sentences behind this" in behind
    assert "behind this page" not in behind
