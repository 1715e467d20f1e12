"""A partnership's own copy of a procedure: text, HTML, DOCX or PDF, read into lines; and every citation looked up in it."""

from __future__ import annotations

import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from alongside.policy.citation import SHORT, Place, State, document
from alongside.policy.rules import Rule
from alongside.policy.sentences import sentences

MOST_BYTES = 50_000_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "title",
        "tr",
        "ul",
    ]
)
# A procedure has some tens of thousands of words; these are its bounds in text and in pages.
MOST_TEXT, MOST_PAGES = 5_000_000, 2_000
# A line of a PDF may end after the hyphen of a word; “pre- and post-natal” keeps its blank.
_BROKEN_WORD = re.compile(r"(\w+)-\n(?!(?:and|or|to)\b)(\w+)")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SILENT = frozenset({"script", "style", "template", "noscript"})


class UnreadableDocument(ValueError):
    """A document that cannot be read; the message says why in words for the person who added it."""


@dataclass(frozen=True)
class Finding:
    """What became of one rule's citation in a copy: found at its place, moved, or missing."""

    rule: str
    state: State
    sentence: str
    line: int


def read(name: str, data: bytes) -> str:
    """The text of a document in lines; its form is told by its first bytes, then by its name.

    Raises UnreadableDocument when it is too large, damaged, locked, or holds no text.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableDocument(f"{name} is larger than {MOST_BYTES // 1_000_000} MB")
    if data.startswith(b"%PDF-"):
        text = _pdf(name, data)
    elif data.startswith(b"PK\x03\x04"):
        text = _docx(name, data)
    else:
        text = _decoded(name, data)
        if Path(name).suffix.lower() in (".html", ".htm") or re.match(
            r"\s*(<!doctype html|<html)", text, re.IGNORECASE
        ):
            text = _html(text)
    text = text.translate(_UNSEEN)
    if not text.strip():
        raise UnreadableDocument(f"{name} holds no text; a scan must be made readable first")
    if len(text) > MOST_TEXT:
        raise UnreadableDocument(f"{name} holds more text than any procedure, over {MOST_TEXT:,} characters")
    return text


def report(text: str, rules: Iterable[Rule], document: str) -> list[Finding]:
    """Look up the citations of a document that rules make, in the order of the rules."""
    return look_up(text, {rule.id: rule.cite.as_place() for rule in rules if rule.cite.document == document})


def look_up(text: str, cites: Mapping[str, Mapping[str, Any]]) -> list[Finding]:
    """Look every citation up by its id; the findings not `found` are somebody's work.

    A paragraph put in, or a PDF's shorter lines, shift every line after it: a sentence has moved only when it stands
    before or after others that it did not stand before or after. A few words that were a line of their own, an entry of a
    list, are found only where they still are one: such words stand within other sentences too.
    """
    copy = document(text)
    order = list(cites.items())
    places = [_whole(text, cite, copy.find(cite)) for _, cite in order]
    there = [number for number, place in enumerate(places) if place.state != "missing"]
    there.sort(key=lambda number: (order[number][1]["line"], order[number][1]["from"]))
    kept = {there[at] for at in in_order([(places[number].line, places[number].start) for number in there])}
    return [
        Finding(id_, "found" if number in kept else place.state, place.sentence, place.line)
        for number, ((id_, _), place) in enumerate(zip(order, places, strict=True))
    ]


def _whole(text: str, cite: Mapping[str, Any], place: Place) -> Place:
    if place.state != "moved" or cite["from"] or cite["length"] >= SHORT:
        return place
    start = document(text).offset(place.line) + place.start
    return place if start in {one.start for one in sentences(text)} else Place("missing")


def in_order(values: Sequence[tuple[int, int]]) -> set[int]:
    """Positions of the most values that can stay while those left never fall."""
    ends: list[int] = []
    before: list[int | None] = []
    for at, value in enumerate(values):
        length = bisect_right(ends, value, key=values.__getitem__)
        before.append(ends[length - 1] if length else None)
        ends[length:] = [at, *ends[length + 1 :]]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def _decoded(name: str, data: bytes) -> str:
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableDocument(f"{name} is neither text, HTML, DOCX nor PDF")
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in _BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.lines[-1] += data.replace("\n", " ")


def _html(text: str) -> str:
    parser = _Lines()
    parser.feed(text)
    parser.close()
    return "\n".join(line for line in (" ".join(line.split()) for line in parser.lines) if line)


def _docx(name: str, data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if archive.getinfo("word/document.xml").file_size > MOST_BYTES:
                raise UnreadableDocument(f"{name} unpacks to more than {MOST_BYTES // 1_000_000} MB")
            xml = archive.read("word/document.xml")
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or b"\0" in xml:
            raise UnreadableDocument(f"{name} declares entities of its own, which no word processor writes")
        root = ElementTree.fromstring(xml)  # noqa: S314 - no DOCTYPE, so no entities to expand
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, RuntimeError) as error:
        raise UnreadableDocument(f"{name} is not a DOCX document, or is damaged or locked") from error
    return "\n".join("".join(_runs(paragraph)) for paragraph in root.iter(f"{_WORD}p"))


def _runs(paragraph: ElementTree.Element) -> Iterable[str]:
    for part in paragraph.iter():
        if part.tag == f"{_WORD}t":
            yield part.text or ""
        elif part.tag in (f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
            yield " "
        elif part.tag == f"{_WORD}noBreakHyphen":
            yield "-"


def _pdf(name: str, data: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument(f"{name} is locked with a password")
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableDocument(f"{name} has more than {MOST_PAGES:,} pages")
        return _mended(_without_margins([page.extract_text().split("\n") for page in reader.pages]))
    except (PyPdfError, ValueError, KeyError, RecursionError) as error:
        if isinstance(error, UnreadableDocument):
            raise
        raise UnreadableDocument(f"{name} is damaged and cannot be read as PDF") from error


def _without_margins(pages: Sequence[list[str]]) -> str:
    """The lines of all pages, without a first or last line that most pages have: a title, or the number of the page."""
    for edge in (0, -1):
        lines = [re.sub(r"\d+", "", page[edge]).strip() for page in pages if page]
        common = {line for line in lines if len(pages) > 2 and lines.count(line) * 2 > len(pages)}
        for page in pages:
            if page and re.sub(r"\d+", "", page[edge]).strip() in common:
                del page[edge]
    return "\n".join(line for page in pages for line in page)


def _mended(text: str) -> str:
    """Words that the end of a line broke: without the hyphen where the text has the word so elsewhere."""
    words = set(re.findall(r"\w+", text.lower()))

    def whole(found: re.Match[str]) -> str:
        return found[1] + ("" if (found[1] + found[2]).lower() in words else "-") + found[2]

    return _BROKEN_WORD.sub(whole, text)
