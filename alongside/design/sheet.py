"""A table as a file: one sheet of CSV, text alone. No cell of it runs as a formula, whatever somebody typed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet takes for the beginning of a formula or a command, also after blanks and unseen signs.
RUNS = "=+-@\t\r|%＝＋－＠"


def sheet(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table with its head. Every cell is text in quotes; one that a spreadsheet could run begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([cell(one) for one in head])
    for row in rows:
        writer.writerow([cell(one) for one in row])
    return out.getvalue()


def cell(value: object) -> str:
    """A value as a cell: no signs that steer, and nothing a spreadsheet would run."""
    text = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in str(value))
    return f"'{text}" if text.lstrip()[:1] and text.lstrip()[0] in RUNS else text
