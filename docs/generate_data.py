"""Writes docs/reference/data.md: every kind of record, from what each model says of itself. Run by `make docs`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("ALONGSIDE_DATA", tempfile.mkdtemp())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
django.setup()

from django.apps import apps  # noqa: E402

OUT = Path(__file__).resolve().parent / "reference" / "data.md"
HEAD = """<!-- Generated from the `privacy` of each model by docs/generate_data.py: change those, then `make docs`. -->

# What is held, who may see it, how long

Every kind of record says this of itself, or the build fails. **Level** follows from it, and so does what is done:

| level | which | what is done |
| --- | --- | --- |
| sealed | has fields that lead to somebody, or tell who told | those fields are encrypted for their own row, under a key outside the database, \
and shown when asked for, which is on record; nothing is searched by them, and no log, list or mail shows them |
| special | health, offences, abuse, or a view of them | behind the gate, opened only on a ground; every look is on record before the answer leaves |
| personal | of a person, without either | the same gate and record |
| staff | of a worker | for whoever it names |
| none | of nobody | for whoever it names |

How long a record is kept is one of the classes at the end. No clock erases anything: two people do, from a list of what is due
([how](../how-to/keep-hold-and-erase.md)). Whatever the level, nothing is put into a cache, a log, an address or a mail.

| app | record | level | about | who may see it | kept | sealed fields |
| --- | --- | --- | --- | --- | --- | --- |
"""


CLASSES_HEAD = """
## How long, by class

Settings stand in [Settings](settings.md). Every period is to be confirmed by the partnership unless it says otherwise.

| kept | how long | from when | who sees to it | source |
| --- | --- | --- | --- | --- |
"""


def _classes() -> Iterator[str]:
    from alongside.keeping.retention import CLASSES

    for words, one in CLASSES.items():
        source = one.source + (" To be confirmed." if one.to_be_confirmed else "")
        yield f"| {words} | {one.how_long} | {one.from_when} | {one.who} | {source} |"


def level(privacy: Any) -> str:
    """The level of a kind of record, by what it says of itself."""
    if privacy.sealed:
        return "sealed"
    if privacy.special:
        return "special"
    return {"person": "personal", "case": "personal"}.get(privacy.about, privacy.about)


def text() -> str:
    """The page as it should be."""
    return HEAD + "".join(f"{row}\n" for row in _rows()) + CLASSES_HEAD + "".join(f"{row}\n" for row in _classes())


def _rows() -> Iterator[str]:
    models = [one for one in apps.get_models() if hasattr(one, "privacy")]
    for model in sorted(models, key=lambda one: (one._meta.app_label, one.__name__)):
        privacy: Any = model.privacy
        sealed = ", ".join(sorted(privacy.sealed)) or "–"
        cells = (
            model._meta.app_label,
            str(model._meta.verbose_name),
            level(privacy),
            privacy.about,
            privacy.who,
            privacy.kept,
            sealed,
        )
        yield f"| {' | '.join(cells)} |"


def main() -> int:
    OUT.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
