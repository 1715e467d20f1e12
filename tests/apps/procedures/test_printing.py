"""The rules on paper: a tagged PDF that says what the page says, whatever signs stand in it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pypdf
import pytest
from django.test import Client

from alongside.agencies.models import Area, User
from alongside.policy import Rule
from alongside.procedures import actions, editions, queries
from alongside.procedures.browsing import cards, printing
from alongside.procedures.browsing.workers import workers
from alongside.procedures.editions import Told

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
ON = date(2026, 3, 2)
MARKS = [
    "#panic(1) and $x^2$ and @nowhere",
    r"back\slash \u{41} \n *bold* _it_ `raw` <label> [x] ~ -- ... /* no */ // none",
    "= heading\n- list\n+ enum\n/ term: x",
    '"quoted" \u201ctypographic\u201d \u2019 & < > % { } | ^',
    '#read("/etc/passwd") #import "@preview/x:1.0.0": *',
]


@pytest.fixture
def lead(partnership: object) -> User:
    return User.objects.filter(role="policy-lead").first()


def opened(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made))


def text_of(made: bytes) -> str:
    """The words on the pages, without what stands at the foot of each."""
    pages = (re.sub(r"[^\n]*Page \d+ of \d+\s*\Z", "", page.extract_text()) for page in opened(made).pages)
    return " ".join(" ".join(pages).split())


def squeezed(text: str) -> str:
    """A text without what the end of a line puts in or takes away."""
    return re.sub(r"[\s\u00ad-]", "", text)


def one(rule: Rule, **more: Any) -> bytes:
    return printing.printed("Procedures", "One rule", [("A section", [replace(rule, **more)])], None, ON)


def tags(node: Any) -> list[str]:
    """Every structure type of the document's tree."""
    node = node.get_object()
    if not isinstance(node, dict):
        return []
    below = node.get("/K", [])
    below = below if isinstance(below, list) else [below]
    own = [str(node["/S"])] if "/S" in node else []
    return own + [tag for part in below for tag in tags(part)]


def test_it_is_tagged_named_and_in_a_language(lead: User) -> None:
    pack = queries.pack_for("coventry", ON)
    made = printing.printed("Procedures in Coventry", "Every rule", printing.by_section(pack.rules), pack, ON)
    root = opened(made).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "en-GB"  # type: ignore[index]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert opened(made).metadata.title == "Procedures in Coventry"  # type: ignore[union-attr]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()  # type: ignore[index]
    found = tags(root["/StructTreeRoot"])  # type: ignore[index]
    assert {"/H1", "/H2", "/L", "/LI", "/Table", "/TH", "/TOC"} <= set(found)
    assert found.count("/H2") == len(pack.rules)
    assert len(opened(made).outline) > 10
    assert len(made) < 2_000_000


def test_it_says_what_the_page_says(lead: User) -> None:
    pack = queries.pack_for("coventry", ON)
    made = printing.printed("Procedures in Coventry", "Every rule", printing.by_section(pack.rules), pack, ON)
    assert "as in force on 2 March 2026" in text_of(made)
    told, wording = squeezed(text_of(made)), cards.said_in(pack)
    for rule in pack.rules:
        assert squeezed(f"rule {rule.id}") in told, rule.id
        assert squeezed(rule.gist) in told, rule.id
        for _, clause in wording.condition(rule.when).lines():
            assert squeezed(clause) in told, (rule.id, clause)
    assert all(version.hash[:12] in told for version in pack.packs)


@pytest.mark.parametrize("words", MARKS)
def test_no_sign_is_read_as_markup(lead: User, words: str) -> None:
    rule = queries.rules()["wm-marac-14-ticks"]
    told = text_of(one(rule, gist=words, by=words, reaches_as="duty"))
    assert squeezed(words) in squeezed(told)
    assert "root:" not in told


def test_a_title_and_a_search_are_text_too(lead: User) -> None:
    made = printing.printed("#panic()", "Rules with the words “$a$ #b @c \\d”", [], None, ON)
    assert "$a$ #b @c \\d" in text_of(made)


def test_the_sentences_are_printed_only_where_that_is_allowed(lead: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "told", lambda rules: {rule.id: Told("An invented sentence.") for rule in rules})
    pack = queries.pack_for("coventry", ON)
    some = [("A section", [pack.rule("wm-marac-14-ticks")])]
    told = text_of(printing.printed("Procedures", "One", some, pack, ON))
    assert "An invented sentence." not in told
    assert "The sentences themselves are not printed" in told
    actions.adopt_choice(
        area=Area.objects.get(code="coventry"),
        parameter="printing_of_procedure_text",
        value="allowed",
        reason="Our board decided so.",
        from_on=ON,
        by=lead,
        at=NOW,
    )
    allowed = printing.printed("Procedures", "One", some, queries.pack_for("coventry", ON), ON)
    assert "An invented sentence." in text_of(allowed)


def test_what_was_searched_is_what_is_printed(client: Client, lead: User) -> None:
    client.force_login(lead)
    answer = client.get("/procedures/print/", {"area": "coventry", "worker": "midwife"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="procedures.pdf"'
    told = text_of(answer.content)
    assert "What is asked of a midwife" in told
    assert squeezed("wm-antenatal-staff-alert") in squeezed(told)
    assert "staffs-" not in squeezed(told)
    assert lead.name not in told
    narrow = client.get("/procedures/print/", {"words": "midwife", "reaches": "guidance"})
    assert "Rules with the words “midwife”; guidance in its place" in text_of(narrow.content)
    assert len(opened(narrow.content).pages) < 6
    assert client.get("/procedures/print/", {"words": "zebra"}).status_code == 200


def test_every_worker_and_section_can_be_printed(lead: User) -> None:
    rules = list(queries.rules().values())
    held = [one.asked(rules) for one in workers().values()]
    assert all(held)
    for parts in (held[0], held[-1], printing.by_section(rules)[:2]):
        assert printing.printed("Procedures", "Some", parts, None, ON).startswith(b"%PDF-")
