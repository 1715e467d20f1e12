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


def text() -> str:
    """The page as it should be."""
    relations = "".join(f"| {kind} | `{fact}` |\n" for kind, fact in RELATIONSHIP_FACTS.items())
    incident = "".join(f"| `incident/{field}` | `{fact}` |\n" for field, fact in INCIDENT_FACTS.items())
    table = "".join(f"{_row(field)}\n" for field in fields())
    return f"{HEAD}{table}{RELATIONS}{relations}| null, or none told | not known |\n{INCIDENT}{incident}"


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
