"""What a file is, by its content: its name and what a browser says of it count for nothing."""

from __future__ import annotations

from alongside.agencies.access import Refused
from alongside.uploads.codes import JPEG, MOST_BYTES, PDF, PNG, TEXT

NOTHING_KEPT = "Nothing was kept."
TAKEN = "Alongside takes PDF, photographs (JPEG), pictures (PNG) and plain text, up to 20 MB."
STARTS = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
# What people most often have instead, and what to do then.
INSTEAD = {
    b"PK\x03\x04": "This looks like a Word file or an archive, which can hold what was struck out and who wrote it. Save it as a PDF, and add that.",
    b"\xd0\xcf\x11\xe0": "This looks like an old Word or Outlook file. Save it as a PDF, and add that.",
    b"{\\rtf": "This looks like a document of a word processor. Save it as a PDF, and add that.",
    b"GIF8": "This looks like a moving picture. Add a still one, as PNG or JPEG.",
    b"II*\x00": "This looks like a scan (TIFF). Save it as a PDF, and add that.",
    b"MM\x00*": "This looks like a scan (TIFF). Save it as a PDF, and add that.",
    b"RIFF": "This looks like a picture or sound of another kind. Take a screenshot of a picture, and add that.",
}
FTYP = "This looks like a film, a sound, or a photograph as some telephones keep it (HEIC). Take a screenshot of the photograph, and add that."


def media_type(data: bytes) -> str:
    """One of `codes.TYPES`; `Refused` with what to do instead."""
    if not data:
        raise Refused(f"The file is empty. {NOTHING_KEPT}")
    if len(data) > MOST_BYTES:
        raise Refused(f"The file is larger than 20 MB. {NOTHING_KEPT} Add it in parts, or as a smaller picture.")
    for start, found in STARTS.items():
        if data.startswith(start):
            return found
    for start, words in INSTEAD.items():
        if data.startswith(start):
            raise Refused(f"{words} {NOTHING_KEPT}")
    if data[4:8] == b"ftyp":
        raise Refused(f"{FTYP} {NOTHING_KEPT}")
    if is_text(data):
        return TEXT
    raise Refused(f"This is no kind of file that can be looked at here. {TAKEN} {NOTHING_KEPT}")


def is_text(data: bytes) -> bool:
    """Whether every byte is text in UTF-8, and no sign works on a screen or a terminal."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(sign in "\n\r\t" or sign.isprintable() or sign.isspace() for sign in text)
