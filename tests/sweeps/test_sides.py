"""What is written for one side of a family can name nothing of the other: by type, by its syntax tree, and looked at with canaries."""

from __future__ import annotations

import ast
import inspect
import string
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from alongside.cases.living import Side
from alongside.outbox.templates import TEMPLATES
from alongside.sharing.letters import contexts, words
from alongside.sharing.letters.contexts import Appointment
from alongside.sharing.letters.table import EITHER, OTHERS, STAFF, WORDINGS, Wording
from tests.sweeps.source import PRODUCT, sources
from tests.sweeps.test_templates import templates

PLAIN = (str, int, date, datetime)
# Every field that a letter for the other side may have, each with what it says. A new one is a decision about safety: say here why it tells nothing
# of the victim, a child, or whoever told.
TO_THE_OTHER_SIDE = {
    "name": "their own name",
    "written_on": "the day",
    "worker": "who writes, by role and initials",
    "worker.role": "what the worker is",
    "worker.initials": "the worker's initials",
    "worker.phone": "the number of the worker's team",
    "appointment": "what they are asked to come to",
    "appointment.starts_on": "when",
    "appointment.place": "where: held against every door of the family",
    "offered": "how often they were asked to come",
    "attended": "how often they came",
}
GUARDED = (Side.REPORTED, Side.NOT_KNOWN)


def paths(context: type[Any], before: str = "") -> Iterator[tuple[str, type[Any]]]:
    """Every field of a context and of what is in it, as `worker.role`, with its type."""
    hints = get_type_hints(context)
    for field in fields(context):
        kind, name = hints[field.name], f"{before}{field.name}"
        yield name, kind
        if is_dataclass(kind):
            yield from paths(kind, f"{name}.")


def read(function: Any) -> set[str]:
    """Every path that words read of their context, through the helpers they hand a part of it to."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    assert len(tree.args.args) == 1 and not tree.args.kwonlyargs, (
        f"{function.__name__} takes its context and nothing else"
    )
    own, found = tree.args.args[0].arg, set[str]()
    methods = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in methods and (path := _path(node, own)):
            found.add(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.startswith("_"):
            for given in node.args:
                inner = _path(given, own)
                assert inner, f"{function.__name__} hands {node.func.id} something that is not of its context"
                found |= {f"{inner}.{one}" for one in read(getattr(words, node.func.id))}
    return found


def _path(node: ast.AST, own: str) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.insert(0, node.attr)
        node = node.value
    return ".".join(parts) if isinstance(node, ast.Name) and node.id == own else ""


def made(letter: Wording, **typed: Any) -> Any:
    """A context of a letter with plain values."""

    def value(kind: type[Any], name: str) -> Any:
        if is_dataclass(kind):
            return kind(**{one.name: value(get_type_hints(kind)[one.name], one.name) for one in fields(kind)})
        plain = {str: f"the {name}", int: 3, date: date(2026, 3, 2), datetime: datetime(2026, 3, 2, 14, tzinfo=UTC)}
        return typed.get(name, plain[kind])

    return value(letter.context, "context")


@pytest.mark.parametrize("letter", WORDINGS, ids=lambda letter: f"{letter.side.value}-{letter.kind}")
def test_words_read_their_context_and_nothing_else(letter: Wording) -> None:
    allowed = dict(paths(letter.context))
    assert read(letter.words) <= allowed.keys()
    assert get_type_hints(letter.words)["of"] is letter.context, "by type: mypy reads the same"
    free = {node.id for node in ast.walk(ast.parse(inspect.getsource(letter.words))) if isinstance(node, ast.Name)}
    assert free <= {"of", "day", "when", "_meeting", "_signed", "_from", "Iterator", "str", letter.context.__name__}
    lines = list(letter.words(made(letter)))
    assert lines and all(isinstance(line, str) and line.strip() for line in lines)


def test_what_goes_to_the_other_side_is_on_the_short_list() -> None:
    guarded = [letter for letter in WORDINGS if letter.side in GUARDED]
    assert len(guarded) >= 4, "the sweep has lost the letters"
    found = {name: kind for letter in guarded for name, kind in paths(letter.context)}
    assert sorted(found.keys() - TO_THE_OTHER_SIDE) == []
    assert sorted(TO_THE_OTHER_SIDE.keys() - found.keys()) == []
    assert {kind for kind in found.values() if not is_dataclass(kind)} <= set(PLAIN), "no row, no list, nothing to open"


def test_a_worker_is_shown_by_role_and_initials() -> None:
    """T50: nothing of a worker leaves but what everybody of their role and letters shares."""
    assert [field.name for field in fields(contexts.Worker)] == ["role", "initials", "phone"]
    assert [field.name for field in fields(contexts.Sender)] == ["initials", "phone"]


def test_no_side_has_a_field_for_whoever_told() -> None:
    """T14: the applicant or informant is a record apart, and no context could hold one."""
    forbidden = ("informant", "applicant", "source", "told", "reporter", "referrer")
    named = {name for letter in WORDINGS for name, _ in paths(letter.context)}
    assert not [name for name in named if any(word in name for word in forbidden)]
    reads = [
        source.name
        for source in sources()
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Attribute) and node.attr == "informant")
        or (isinstance(node, ast.Name) and node.id == "Informant")
    ]
    assert set(reads) <= {"intake/actions.py"}, "who told is kept, and shown by no page"


@pytest.mark.parametrize("side", [Side.REPORTED, Side.NOT_KNOWN], ids=lambda side: side.value)
def test_a_letter_holds_what_it_was_given_and_no_canary(side: Side) -> None:
    for letter in (letter for letter in WORDINGS if letter.side is side):
        given = made(
            letter,
            name="Dean Marsh",
            place="Room 2, Civic Centre",
            initials="A.O.",
            role="Probation officer",
            phone="0121 496 0101",
        )
        text = "\n".join(letter.words(given))
        assert "Dean Marsh" in text and "A.O., probation officer" in text
        assert ("Room 2, Civic Centre" in text) is any(
            isinstance(getattr(given, f.name), Appointment) for f in fields(given)
        )


def outward() -> set[str]:
    """Every template that leaves: mails, what is printed (Typst), and pages that say to whom they are handed over."""
    printed = {path.relative_to(PRODUCT).as_posix() for path in PRODUCT.rglob("*.typ")}
    handed = {
        path.relative_to(PRODUCT).as_posix()
        for path in templates().values()
        if "hand over" in path.read_text("utf-8")
        and "{% extends" in path.read_text("utf-8")
        and "Printed {{" in path.read_text("utf-8")
    }
    return {f"outbox:{name}" for name in TEMPLATES} | printed | handed


def test_every_template_that_leaves_has_its_side() -> None:
    found = outward()
    assert len(found) >= 6, "the sweep has lost the templates"
    assert sorted(found - OTHERS.keys()) == [], "say in sharing/letters/table.py whom it serves"
    gone = OTHERS.keys() - found
    assert [
        name for name in sorted(gone) if name.startswith("outbox:") or (PRODUCT / name.split("/")[0]).exists()
    ] == []


def test_every_function_of_words_stands_in_the_table() -> None:
    public = {
        name
        for name, one in inspect.getmembers(words, inspect.isfunction)
        if one.__module__ == words.__name__ and name[0] != "_"
    }
    assert public == {letter.words.__name__ for letter in WORDINGS}


def test_what_either_side_may_get_holds_nothing() -> None:
    for name, whom in OTHERS.items():
        if name.startswith("outbox:"):
            template = TEMPLATES[name.removeprefix("outbox:")]
            named = {field for _, field, _, _ in string.Formatter().parse(template.subject + template.body) if field}
            assert named <= ({"address"} if whom == STAFF else set()), name
            assert whom in (STAFF, EITHER)


WRONG = """
from collections.abc import Iterator
from alongside.sharing.letters.contexts import ToReported

def words(of: ToReported) -> Iterator[str]:
    yield f"{of.name} {of.victim_address}"
"""


def test_to_name_what_a_side_has_not_is_a_fault_of_type(tmp_path: Path) -> None:
    """mypy, on a letter that names the victim's address."""
    (tmp_path / "wrong.py").write_text(WRONG)
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--config-file=",
        "--follow-imports=silent",
        "--cache-dir",
        str(tmp_path),
        "--strict",
        "wrong.py",
    ]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={"MYPYPATH": str(PRODUCT.parent), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert '"ToReported" has no attribute "victim_address"' in done.stdout, done.stdout + done.stderr
    assert "Found 1 error" in done.stdout
