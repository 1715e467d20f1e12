"""The place of a sentence: found where it was, found elsewhere, or gone; in text, HTML, DOCX and PDF."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.policy import Rule, citation, documents
from tests.policy import small

TEXT = """# An *invented* procedure

> Practitioners \\(of any agency\\) “shall” not wait;
they ring the duty line first.
- They write it down afterwards, at the child’s own pace.
1. Nobody is asked twice.
"""
QUOTE = "they ring the duty line first. They write it down afterwards, at the child's own pace."


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("**bold** and _slanted_ words", "bold and slanted words"),
        ("a_name_with_marks@example.org", "a_name_with_marks@example.org"),
        ("‘one’ “two” – three — four", "'one' \"two\" – three — four"),
        ("## A heading", "A heading"),
        ("> - a bullet in a quote", "a bullet in a quote"),
        ("links \\(click\\) \\*starred\\*", "links (click) *starred*"),
        ("wide\u00a0blank\tand\n\n  lines", "wide blank and lines"),
        ("ﬁne … ½", "fine ... 1⁄2"),
        ("14-28 days", "14-28 days"),
        ("", ""),
    ],
)
def test_normalise(raw: str, plain: str) -> None:
    assert citation.normalise(raw) == plain


@settings(deadline=None)
@given(st.text(max_size=60))
def test_normalising_makes_one_line(text: str) -> None:
    once = citation.normalise(text)
    assert "\n" not in once and "  " not in once and once == once.strip()


def test_found_at_its_place() -> None:
    cite = citation.build_citation(TEXT, 4, QUOTE)
    assert (cite["line"], cite["from"], cite["length"]) == (4, 0, len(QUOTE))
    place = citation.document(TEXT).find(cite)
    assert (place.state, place.sentence, place.line, place.start) == ("found", QUOTE, 4, 0)
    assert citation.locate(TEXT, cite) == QUOTE


def test_from_counts_in_the_text_that_begins_at_the_line() -> None:
    cite = citation.build_citation(TEXT, 3, "They write it down")
    begins = citation.normalise(TEXT.split("\n", 2)[2])
    assert begins[int(cite["from"]) :].startswith("They write it down")


def test_moved_and_missing() -> None:
    cite = citation.build_citation(TEXT, 4, QUOTE)
    moved = citation.document("A new first page.\n\n" + TEXT).find(cite)
    assert (moved.state, moved.sentence, moved.line) == ("moved", QUOTE, 6)
    gone = TEXT.replace("first", "at once")
    assert citation.document(gone).find(cite).state == "missing"
    assert citation.locate(gone, cite) is None


def test_a_quote_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="does not stand"):
        citation.build_citation(TEXT, 1, "they ring tomorrow")
    with pytest.raises(ValueError, match="does not stand"):
        citation.build_citation(TEXT, 6, QUOTE)


def test_the_tool_prints_the_fields(tmp_path: Path) -> None:
    path = tmp_path / "procedure.txt"
    path.write_text(TEXT)
    command = [sys.executable, "-m", "alongside.policy.citation", str(path), "4"]
    done = subprocess.run([*command, QUOTE], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("line = 4, from = 0, length = 86, sha256 = ")
    assert subprocess.run([*command, "not there"], capture_output=True, check=False).returncode == 2


def docx(*paragraphs: str, member: str = "word/document.xml", before: str = "") -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(member, f"{before}<w:document {space}><w:body>{body}</w:body></w:document>")
    return held.getvalue()


def pdf(*lines: str) -> bytes:
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 12 Tf 72 700 Td {shown} ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /MediaBox [0 0 612 792] >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode()


HTML = (
    "<!doctype html><title>An invented procedure</title><style>p { color: red }</style>"
    "<p>they ring the duty\n line <b>first</b>.</p><ul><li>They write it down afterwards, at the child&rsquo;s own pace.</ul>"
)
LINES = ("they ring the duty line first.", "They write it down afterwards, at the child's own pace.")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("copy.txt", TEXT.encode()),
        ("copy.txt", TEXT.encode("utf-8-sig")),
        ("copy.txt", TEXT.replace("\n", "\r\n").encode("utf-16")),
        ("copy.txt", TEXT.encode("cp1252")),
        ("copy.html", HTML.encode()),
        ("copy.docx", docx(*LINES)),
        ("copy.pdf", pdf(*LINES)),
    ],
)
def test_every_form_holds_the_sentence(name: str, data: bytes) -> None:
    cite = citation.build_citation(TEXT, 4, QUOTE)
    assert citation.locate(documents.read(name, data), cite) == QUOTE


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b"  \n"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0"),
        ("broken.pdf", b"%PDF-1.4 and then nothing"),
        ("scan.pdf", pdf()),
        ("broken.docx", b"PK\x03\x04 and then nothing"),
        ("other.zip", docx("text", member="other.xml")),
        ("bomb.docx", docx("&a;", before='<!DOCTYPE w [<!ENTITY a "aaaa">]>')),
        ("large.txt", b"a" * (documents.MOST_BYTES + 1)),
    ],
)
def test_what_cannot_be_read_is_said(name: str, data: bytes) -> None:
    with pytest.raises(documents.UnreadableDocument, match=name.split(".")[0]):
        documents.read(name, data)


def test_a_report_names_what_moved_and_what_went() -> None:
    held = {"r-one": QUOTE, "r-two": "Nobody is asked twice."}
    rules = []
    for name, quote in held.items():
        cite = citation.build_citation(TEXT, 1, quote)
        place = small.Cite("invented", "1", 1, int(cite["from"]), int(cite["length"]), str(cite["sha256"]))
        rules.append(small.rule("a", id=name, cite=place))
    assert [one.state for one in documents.report(TEXT, rules, "invented")] == ["found", "found"]
    later = documents.report(
        TEXT.replace("# An *invented* procedure\n", "").replace("twice", "again"), rules, "invented"
    )
    assert [(one.rule, one.state, one.line) for one in later] == [("r-one", "found", 3), ("r-two", "missing", 0)]
    assert documents.report(TEXT, rules, "another") == []


def test_a_word_broken_by_the_lines_of_a_pdf_is_whole_again() -> None:
    text = documents.read("copy.pdf", pdf("They accept self-", "reporting, pre-", "and post-natal."))
    assert citation.normalise(text) == "They accept self-reporting, pre- and post-natal."


def test_a_word_broken_without_a_hyphen_of_its_own_is_whole_again() -> None:
    text = documents.read("copy.pdf", pdf("They speak of preven-", "tion. It is prevention that", "they look for."))
    assert citation.normalise(text) == "They speak of prevention. It is prevention that they look for."


def test_the_head_and_the_number_of_a_page_stand_in_no_sentence() -> None:
    pages = [["A procedure", f"Sentence {n} goes", "on", f"Page {n}"] for n in range(1, 5)]
    assert documents._without_margins(pages).split("\n")[:3] == ["Sentence 1 goes", "on", "Sentence 2 goes"]
    assert documents._without_margins([["One."], ["One."]]) == "One.\nOne."


def test_marks_that_nobody_sees_stand_in_no_sentence() -> None:
    assert documents.read("copy.txt", "pre\u00advention \u200bnow".encode()) == "prevention now"


def test_a_locked_pdf_is_refused() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf("They ring."))))
    writer.encrypt("only they know it", algorithm="RC4-128")
    held = BytesIO()
    writer.write(held)
    with pytest.raises(documents.UnreadableDocument, match="locked"):
        documents.read("locked.pdf", held.getvalue())


def test_a_docx_that_unpacks_to_very_much_is_refused_before_it_is_unpacked() -> None:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (documents.MOST_BYTES + 1))
    assert len(held.getvalue()) < 100_000
    with pytest.raises(documents.UnreadableDocument, match="unpacks to more than"):
        documents.read("bomb.docx", held.getvalue())


def test_more_text_than_any_procedure_is_refused() -> None:
    with pytest.raises(documents.UnreadableDocument, match="more text than any procedure"):
        documents.read("long.txt", b"word " * (documents.MOST_TEXT // 5 + 1))


SENTENCES = [f"Sentence {word} of the text." for word in ("one", "two", "three", "four", "five")]


def _cited() -> list[Rule]:
    """A rule for each of five sentences, each on a line of its own."""
    text = "\n".join(SENTENCES)
    cites = [citation.build_citation(text, line, sentence) for line, sentence in enumerate(SENTENCES, 1)]
    places = [small.Cite("invented", "1", int(c["line"]), 0, int(c["length"]), str(c["sha256"])) for c in cites]
    return [small.rule("a", id=f"r{number}", cite=place) for number, place in enumerate(places, 1)]


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        (["A paragraph put in.", *SENTENCES], set()),
        ([" ".join(SENTENCES)], set()),
        ([SENTENCES[4], *SENTENCES[:4]], {"r5"}),
        ([*SENTENCES[1:], "More.", SENTENCES[0]], {"r1"}),
        ([*SENTENCES[:2], *SENTENCES[3:]], set()),
        ([SENTENCES[3], "More.", *SENTENCES[:3], SENTENCES[4]], {"r4"}),
    ],
)
def test_only_what_stands_in_another_order_has_moved(text: list[str], moved: set[str]) -> None:
    found = documents.report("\n".join(text), _cited(), "invented")
    assert {one.rule for one in found if one.state == "moved"} == moved


def test_two_rules_of_one_sentence_stand_together() -> None:
    twice = [rule for rule in _cited() for _ in range(2)]
    found = documents.report("\n".join(["New.", *SENTENCES]), twice, "invented")
    assert {one.state for one in found} == {"found"}
