"""What the documents tell people to type exists."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from alongside.cli import alongside
from tests.sweeps.source import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# At the beginning of a line, after settings for this once, or inside $( ).
COMMAND = re.compile(r"(?:^|\$\()\s*(?:[A-Z_]+=\S+ )*(?:\S*/bin/)?alongside ([^)]+)")
BLOCK = re.compile(r"```(?:sh|console|bash)\n(.*?)```", re.S)
INLINE = re.compile(r"`((?:\.venv/bin/)?alongside [^`]+)`")
MAKE = re.compile(r"\bmake ([a-z-]+)")


def typed(page: Path) -> Iterator[str]:
    """Every line the page tells people to type."""
    text = page.read_text("utf-8")
    for block in BLOCK.findall(text):
        yield from (line.strip() for line in block.splitlines() if COMMAND.search(line))
    yield from INLINE.findall(text)


def faults(line: str) -> list[str]:
    """What of a line is no command or no option."""
    typed_words = COMMAND.search(line)
    assert typed_words is not None, line
    words = shlex.split(typed_words[1], comments=True)
    command: click.Command = alongside
    context = click.Context(alongside, info_name="alongside")
    while words and isinstance(command, click.Group):
        found = command.get_command(context, words[0])
        if found is None:
            break
        command, words = found, words[1:]
        context = click.Context(command, info_name=command.name, parent=context)
    if isinstance(command, click.Group) and not command.invoke_without_command and words:
        return [f"{line}: there is no command {words[0]}"]
    known = {option for parameter in command.params for option in parameter.opts + parameter.secondary_opts} | {
        "--help"
    }
    used = [word.split("=")[0] for word in words if word.startswith("--")]
    return [f"{line}: {command.name} has no option {word}" for word in used if word not in known]


def test_every_command_in_the_documents_exists() -> None:
    lines = [(page, line) for page in PAGES for line in typed(page) if "docs/reference/commands" not in page.as_posix()]
    assert len(lines) > 15, "the sweep has lost the commands"
    wrong = [f"{page.relative_to(ROOT)}: {fault}" for page, line in lines for fault in faults(line)]
    assert wrong == []


def test_every_target_of_make_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    said = {
        (page, word)
        for page in PAGES
        for code in re.findall(r"`(make [^`]+)`", page.read_text("utf-8"))
        for word in MAKE.findall(code)
    }
    assert len(said) > 3
    assert [f"{page.relative_to(ROOT)}: make {word}" for page, word in said if word not in targets] == []


@pytest.mark.parametrize("line", ["alongside nonsense", "alongside demo --slowly", "alongside audit wash"])
def test_the_sweep_finds_what_is_not_there(line: str) -> None:
    assert faults(line)
