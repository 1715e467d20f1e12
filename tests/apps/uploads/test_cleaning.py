"""The clean copy: it looks as the original does and says nothing that hides in it; what is made to break is refused in words."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pypdf
import pytest
from PIL import Image

from alongside.agencies.access import Refused
from alongside.uploads.cleaning import NotCleaned, clean
from alongside.uploads.codes import JPEG, PDF, PNG, TEXT
from alongside.uploads.sniffing import media_type
from tests.apps.uploads import made


@pytest.mark.parametrize(
    "data", [made.jpeg(), made.png(), made.png("RGBA"), made.pdf(), "Caf\u00e9\n".encode("utf-8-sig")]
)
def test_nothing_hidden_comes_along(data: bytes) -> None:
    kind = media_type(data)
    assert kind == TEXT or made.TELLS.encode() in made.everything_in(data), (
        "the original hides nothing: the test is void"
    )
    copy = clean(data, kind)
    assert media_type(copy) == kind
    for told in (
        made.TELLS.encode(),
        b"Exif",
        b"GPS",
        b"xmp",
        b"\xef\xbb\xbf",
        b"/Author",
        b"/JavaScript",
        b"EmbeddedFile",
    ):
        assert told not in made.everything_in(copy), told


def test_a_photograph_stands_upright_and_has_its_pixels() -> None:
    copy = Image.open(io.BytesIO(clean(made.jpeg(), JPEG)))
    assert copy.size == (30, 40), "turned as the camera said"
    assert dict(copy.getexif()) == {} and set(copy.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_picture_loses_no_dot() -> None:
    copy = Image.open(io.BytesIO(clean(made.png(), PNG)))
    assert copy.info == {}
    assert copy.tobytes() == made.pixels().rotate(-90, expand=True).tobytes()


def test_a_document_keeps_its_words_and_its_photograph() -> None:
    copy = clean(made.pdf(), PDF)
    read = pypdf.PdfReader(io.BytesIO(copy))
    assert "She came on Monday" in read.pages[0].extract_text()
    assert read.pages[0].images[0].image.size == (40, 30)
    assert not read.metadata and not read.attachments and read.xmp_metadata is None
    assert "/Annots" not in read.pages[0] and "/OpenAction" not in read.root_object


def test_a_document_held_shut_against_change_alone_opens() -> None:
    shut = made.pdf(encryption=pikepdf.Encryption(owner="somebody", user=""))
    assert "She came" in pypdf.PdfReader(io.BytesIO(clean(shut, PDF))).pages[0].extract_text()


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (lambda: made.pdf(encryption=pikepdf.Encryption(owner="a", user="b")), PDF, "locked"),
        (made.bomb_pdf, PDF, "too-large-inside"),
        (made.layered_pdf, PDF, "layers"),
        (made.bomb_png, PNG, "too-large-inside"),
        (lambda: made.jpeg()[:200], JPEG, "damaged"),
        (lambda: b"%PDF-1.7 and then nothing", PDF, "damaged"),
    ],
)
def test_what_cannot_be_made_clean_is_refused(data: Callable[[], bytes], kind: str, code: str) -> None:
    with pytest.raises(NotCleaned) as refused:
        clean(data(), kind)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + bytes(40), "Save it as a PDF"),
        (b"\x00\x00\x00\x20ftypheic" + bytes(40), "screenshot"),
        (b"MZ" + bytes(40), "no kind of file"),
        (b"caf\xe9", "no kind of file"),
        (b"a\x1b[2J", "no kind of file"),
        (b"a" * 20_000_001, "larger than 20 MB"),
    ],
)
def test_what_is_not_taken_is_said_with_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        media_type(data)
    assert "Nothing was kept." in str(refused.value)


def test_the_name_of_a_file_counts_for_nothing() -> None:
    assert media_type(made.png()) == PNG
    assert media_type(b"<script>alert(1)</script>") == TEXT
