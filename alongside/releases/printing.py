"""A paper as a tagged PDF (PDF/UA-1) that says nothing of who made it, with what, or when the file was written."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from alongside.releases.document import Document

TEMPLATE = Path(__file__).resolve().parent / "typst" / "paper.typ"
# In the packet that says what a file is (XMP): whatever tells of a program, a moment or a file before this one.
TELLING = re.compile(
    rb"\sx:xmptk=\"[^\"]*\"|<(xmp:CreatorTool|pdf:Producer|xmp:(?:CreateDate|ModifyDate|MetadataDate)|xmpMM:\w+|dc:creator|dc:date)\b.*?</\1>",
    re.DOTALL,
)


def printed(held: Document) -> bytes:
    """The PDF. What is said reaches Typst as data, never as its markup."""
    said = {
        "title": held.title,
        "to": held.to,
        "by": held.by,
        "on": held.on,
        "for": held.what_for,
        "rows": [{"label": label, "text": text} for label, text in held.rows()],
        "standing": list(held.standing),
        "mark": held.mark,
    }
    made = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"held": json.dumps(said, ensure_ascii=False, sort_keys=True)},
        ignore_system_fonts=True,
    )
    return stripped(made)


def stripped(made: bytes) -> bytes:
    """The same file without producer, author and dates; its tags, its title and its language stay."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made)))
    writer.metadata = None
    writer.pdf_header = "%PDF-1.7"
    packet = writer.root_object.get(NameObject("/Metadata"))
    if packet is not None:
        stream = packet.get_object()
        if isinstance(stream, StreamObject):
            stream.set_data(TELLING.sub(b"", stream.get_data()))
    writer._ID = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
