"""Writes docs/reference/commands.md: every command of `alongside` with its own help. Run by `make docs`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

# The settings of a real installation are not needed to tell what the commands are, and no folder of one is touched.
os.environ.setdefault("ALONGSIDE_DATA", tempfile.mkdtemp())

from alongside.cli import alongside

OUT = Path(__file__).resolve().parent / "reference" / "commands.md"
WIDTH = 110
HEAD = """<!-- Generated from alongside/cli by docs/generate_commands.py: change the commands, then `make docs`. -->

# Commands

In a checkout the command is `.venv/bin/alongside`; where the wheel is installed, `alongside`. Settings come from the
[environment](settings.md).

"""


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something (one of a later version only says so), by the words that call it, in the order of the alphabet."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    if command.invoke_without_command:
        yield name, command
    with click.Context(command, info_name=name) as context:
        for word in command.list_commands(context):
            found = command.get_command(context, word)
            if found is not None and not found.hidden:
                yield from commands(found, f"{name} {word}")


def text() -> str:
    """The page as it should be."""
    held = list(commands(alongside, "alongside"))
    index = "".join(
        f"| [`{name}`](#{name.replace(' ', '-')}) | {command.get_short_help_str(200)} |\n" for name, command in held
    )
    return (
        HEAD + "| command | does |\n| --- | --- |\n" + index + "".join(section(name, command) for name, command in held)
    )


def section(name: str, command: click.Command) -> str:
    """One command with its help as the terminal shows it."""
    context = click.Context(command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH)
    return f"\n## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"


def main() -> int:
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
