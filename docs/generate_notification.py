"""Writes docs/reference/notification.md from the contract's schema and its words. Run by `make docs`; `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from alongside.intake.describe import Field, fields
from alongside.intake.mapping import INCIDENT_FACTS, RELATIONSHIP_FACTS

OUT = Path(__file__).resolve().parent / "reference" / "notification.md"
HEAD = """# Notification

One JSON object tells Alongside that domestic abuse may be happening: by `alongside ingest FILE`, over HTTP
(`POST /api/v1/notifications`), or through the form, which makes the same object. The form of it is
`alongside/intake/schema/notification.schema.json`; examples are in `examples/`. What is refused, and how, is in [Bad input](bad-input.md).

`null` is *not known*; a field left out is *not asked*. Neither is ever *no*. `(source.agency, id)` is its identity: the same again gives the
answer first given, other content under the same identity is refused.

Each victim opens a case, with everyone reported as causing harm and every child; without a victim one case opens whose victim is not known yet.

Made by `make docs` from the schema and `alongside/intake/describe.py`.

## Fields

`*` stands for each of a list.

| field | form | means |
| --- | --- | --- |
"""
RELATIONS = """
## Relationships

Of the person causing harm and the victim, either way round:

| kind | the fact `relationship` |
| --- | --- |
"""
INCIDENT = """
## The incident

| field | fact |
| --- | --- |
"""
ANSWER = """
## The answer

What a stored notification is answered with, over HTTP and with `alongside ingest --json`; the same content again gives the answer first given.

| part | holds |
| --- | --- |
| `notification`, `case`, `also` | your own id, the reference of the case it opened, those of further victims' cases |
| `received_at` | when you were told |
| `people` | each ref with its record, and `candidates`: records that may be the same person, with only what *agrees*. None is not a nil return |
| `decided` | `fires` and `cannot_decide`: every rule in force with a condition, those of an act's moment aside |
| `duties` | each rule that fires as a duty: `owner`, `act`, `due` and `due_text`, `state` (open, done, decided-otherwise, lapsed), `about` (refs), `cite` |
| `bars` | each act that is stopped: `rule`, `act`, `cite`. One that cannot be decided yet stops it too; `decided` tells the two apart |
| `questions` | each fact not known that would decide something: `fact`, `question`, `rules` |

`cite` has `document`, `section`, `line`, `gist`, and `quote`: the sentence, where your partnership has added its copy of the document, else null.

One bar is Alongside's own and no sentence of a procedure: `conduct-contact-family`, with `cite.document` `conduct` and line 0. It stops
`contact_family` where abuse in the name of honour, forced marriage or female genital mutilation is indicated, and as long as one of the three
is not known; it is not in `decided`. Your partnership is to confirm it.
"""


def text() -> str:
    """The page as it should be."""
    relations = "".join(f"| {kind} | `{fact}` |\n" for kind, fact in RELATIONSHIP_FACTS.items())
    incident = "".join(f"| `incident/{field}` | `{fact}` |\n" for field, fact in INCIDENT_FACTS.items())
    table = "".join(f"{_row(field)}\n" for field in fields())
    return f"{HEAD}{table}{RELATIONS}{relations}| null, or none told | not known |\n{INCIDENT}{incident}{ANSWER}"


def _row(field: Field) -> str:
    return f"| `{field.path}`{' **needed**' if field.needed else ''} | {field.form} | {field.meaning} |"


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        same = OUT.is_file() and OUT.read_text(encoding="utf-8") == text()
        print(f"{OUT.name} is {'as it should be' if same else 'out of date: run `make docs`'}")
        return 0 if same else 1
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
