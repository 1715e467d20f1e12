"""What a copy carries and does not carry: its mark, and nothing of who made the file (threats T29, T30, T40)."""

from __future__ import annotations

import csv
import io
import random

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.design.sheet import RUNS, sheet
from alongside.releases import marking, printing
from alongside.releases.document import Document
from alongside.sharing.hooks import Part

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =cmd|' /C calc'!A0",
    "|x",
    "%x",
    "＝1",
    '=HYPERLINK("http://x")',
]


def document(mark: str, *lines: Part) -> Document:
    return Document(
        "Information for the court",
        "The Family Court",
        "Police supervisor A.S., West Midlands Police",
        "2 March 2026",
        "the court can decide",
        lines or (Part("a", "Said", "He said #let $x$ *so* \\n @there <b>"),),
        "",
        f"Copy 1, for The Family Court, and for nobody else. Mark {marking.shown(mark)}",
        ("We neither confirm nor deny.",),
    )


@pytest.fixture(scope="module")
def made() -> tuple[str, bytes]:
    mark = marking.new_mark()
    long = [Part(str(n), f"Part {n}", "words in a row, on and on. " * 40) for n in range(6)]
    return mark, printing.printed(document(mark, Part("a", "Said", "He said #let $x$ *so* \\n @there <b>"), *long))


def test_every_page_of_the_pdf_carries_its_mark(made: tuple[str, bytes]) -> None:
    mark, body = made
    pages = pypdf.PdfReader(io.BytesIO(body)).pages
    assert len(pages) > 1
    assert [marking.marks_in(page.extract_text()) for page in pages] == [{mark}] * len(pages)
    assert "He said #let $x$ *so* \\n @there <b>" in pages[0].extract_text()


def test_a_hundred_prints_lead_back_each_to_its_own_copy() -> None:
    marks = [marking.new_mark() for _ in range(100)]
    assert len(set(marks)) == 100
    words = [document(mark).mark for mark in marks]
    rng = random.Random(4)  # noqa: S311 - where a line breaks
    broken = ["".join(sign + ("\n" if rng.random() < 0.1 else "") for sign in line) for line in words]
    assert [marking.marks_in(line) for line in words] == [{mark} for mark in marks]
    assert all(mark in marking.marks_in(line.lower()) for mark, line in zip(marks, broken, strict=True))


@given(st.integers(0, 9), st.sampled_from(marking.ALPHABET), st.integers(0, 8))
def test_a_mark_read_wrong_is_no_other_mark(place: int, other: str, swapped: int) -> None:
    mark = "7AQ4X9F3AKD"
    mark = mark[:-1] + marking._last(mark[:-1])
    wrong = mark[:place] + other + mark[place + 1 :]
    assert marking.marks_in(wrong) == ({mark} if wrong == mark else set())
    turned = mark[:swapped] + mark[swapped + 1] + mark[swapped] + mark[swapped + 2 :]
    assert marking.marks_in(turned) == ({mark} if turned == mark else set())


def test_the_pdf_is_tagged_and_says_nothing_of_its_making(made: tuple[str, bytes]) -> None:
    reader = pypdf.PdfReader(io.BytesIO(made[1]))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en-GB" and "/StructTreeRoot" in root
    assert not reader.metadata and "/ID" not in reader.trailer and "/Info" not in reader.trailer
    packet = root["/Metadata"].get_data().decode()
    assert "Information for the court" in packet and "pdfuaid:part" in packet
    for word in ("typst", "Typst", "pypdf", "Creat", "Produc", "Modif", "xmpMM:", "xmptk", "D:20"):
        assert word not in packet and word.encode() not in made[1], word
    assert "2026" not in packet  # in the bytes it may stand by chance, as a part of a place in the file
    hidden = {"/Names", "/AcroForm", "/OpenAction", "/AA", "/Collection", "/AF", "/OCProperties"}
    assert hidden & set(root) <= {"/Names"} and "/EmbeddedFiles" not in root.get("/Names", {})
    assert all("/Annots" not in page for page in reader.pages)


def test_a_table_is_one_sheet_of_text_with_the_mark_beside_each_line() -> None:
    mark = marking.new_mark()
    rows = list(csv.reader(io.StringIO(document(mark, *(Part(str(n), f, f) for n, f in enumerate(FORMULAS))).table())))
    assert rows[0] == ["What", "Text", "Mark of this copy"]
    assert all(marking.marks_in(row[2]) == {mark} for row in rows[1:])
    assert not [one for row in rows for one in row if one.lstrip()[:1] in tuple(RUNS)]


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=4))
def test_no_cell_runs_and_none_is_lost(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(sheet(["a", "b"], rows))))
    assert len(read) == len(rows) + 1
    for cells in read[1:]:
        assert len(cells) == 2
        for one in cells:
            assert not one.lstrip() or one.lstrip()[0] not in RUNS
