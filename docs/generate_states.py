"""Writes docs/reference/states.md: every workflow as its table of steps and as a diagram. Run by `make docs`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django

os.environ.setdefault("ALONGSIDE_DATA", tempfile.mkdtemp())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
django.setup()

from django.apps import apps  # noqa: E402

from alongside.agencies.roles import PERMISSIONS  # noqa: E402
from alongside.audit.acts import discover  # noqa: E402
from alongside.audit.states import TRANSITIONS, Transitions  # noqa: E402

OUT = Path(__file__).resolve().parent / "reference" / "states.md"
HEAD = """<!-- Generated from each app's states.py by docs/generate_states.py: change those, then `make docs`. -->

# States

Each workflow is a table; a step that is not in it does not exist. Every step taken leaves a row that cannot be changed: from,
to, who, when, why.

"""


def text() -> str:
    """The page as it should be."""
    discover()
    return HEAD + "\n".join(
        "\n".join(workflow(TRANSITIONS[name])) for name in sorted(TRANSITIONS) if name.split(".")[0] in apps.app_configs
    )


def workflow(table: Transitions) -> Iterator[str]:
    """One workflow: heading, table, diagram."""
    app, model = table.name.split(".")
    noun = str(apps.get_model(app, _model_of(app, model))._meta.verbose_name)
    yield f"## {noun[0].upper()}{noun[1:]} ({app})\n"
    yield "| from | to | step | who may | a reason is asked for |"
    yield "| --- | --- | --- | --- | --- |"
    for (before, to), step in table.table.items():
        may = PERMISSIONS[step.permission] if step.permission else "happens by itself"
        yield f"| {table.label(before)} | {table.label(to)} | {step.label} | {may} | {'yes' if step.needs_why else 'no'} |"
    yield f"\n```mermaid\n{table.diagram()}```\n"


def _model_of(app: str, name: str) -> str:
    """A workflow is named for its model; where the model's name is longer, for its last word."""
    names = [model.__name__.lower() for model in apps.get_app_config(app).get_models()]
    return name if name in names else next(one for one in sorted(names) if one.endswith(name))


def main() -> int:
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
