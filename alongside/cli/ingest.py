"""`alongside ingest`: notifications from files, the good ones stored, the bad ones listed."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

import click

if TYPE_CHECKING:
    from alongside.agencies.models import Agency, User
    from alongside.intake.streaming import Item, Shape

MOST_LISTED = 3
Place = dict[str, Any]  # as in a refusal: file, position, line


@dataclass
class _Tally:
    """What happened, for the summary; `bad` holds the refusals in prose."""

    stored: int = 0
    known: int = 0
    refused: int = 0
    bad: list[str] = field(default_factory=list)
    answers: list[Mapping[str, Any]] = field(default_factory=list)


@click.command()
@click.option(
    "--as",
    "as_user",
    metavar="USER",
    help="E-mail address of the person who enters them; left out: each agency's connected system.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print one line of JSON for each notification: its answer, or why it was refused.",
)
@click.argument(
    "files", metavar="FILE…", nargs=-1, required=True, type=click.Path(allow_dash=True, exists=True, dir_okay=False)
)
def ingest(as_user: str | None, as_json: bool, files: tuple[str, ...]) -> None:
    """Store notifications: a file holds one object, an array, or one object per line; - is the standard input.

    Exit 0: all are stored. 1: some were refused, each listed with its faults; or a file is no JSON, then nothing of it is stored.

    With --json a refusal is the same object as over HTTP (type, title, status, detail; errors of one that is not valid), with the
    file, the position from 1, and the line where one object is a line. Without a position it is about the whole file. Only progress
    and the closing summary stand on standard error.
    """
    who = _senders(as_user)
    tally = _Tally()
    for name in files:
        with _opened(name) as file:
            _one_file(name, file, who, tally, as_json)
    _summary(tally, as_json)
    if tally.refused:
        raise SystemExit(1)


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    """A file that can be read twice. What comes on the standard input is put in a nameless file, gone when this ends."""
    if name == "-":
        with tempfile.TemporaryFile() as kept:
            shutil.copyfileobj(sys.stdin.buffer, kept)
            kept.seek(0)
            yield kept
        return
    try:
        with open(name, "rb") as file:  # noqa: PTH123  click has checked the path
            yield file
    except OSError as fault:
        raise click.ClickException(f"{name}: {fault.strerror}") from None


def _senders(as_user: str | None) -> Callable[[str], User | None]:
    """In whose name a notification of an agency is stored: the person named, or the agency's connected system."""
    from django.utils import timezone

    from alongside.agencies.actions import service_user
    from alongside.agencies.queries import agency, connected_system, person
    from alongside.audit.api import SystemActor

    if as_user is not None:
        found = person(as_user)
        if found is None:
            raise click.ClickException(f"Nobody signs in as {as_user}. Nothing was stored.")
        return lambda _: found
    held: dict[str, User | None] = {}

    def made(row: Agency) -> User:
        return service_user(agency=row, by=SystemActor("ingest"), at=timezone.now())

    def find(code: str) -> User | None:
        if code not in held:
            row = agency(code)
            held[code] = None if row is None else connected_system(row) or made(row)
        return held[code]

    return find


def _one_file(name: str, file: BinaryIO, who: Callable[[str], User | None], tally: _Tally, as_json: bool) -> None:
    from alongside.intake.reading import NotReadable
    from alongside.intake.streaming import items, look_through

    try:
        shape = look_through(file)
    except NotReadable as fault:
        _refuse(fault, {"file": name}, tally, as_json)
        return
    file.seek(0)
    with click.progressbar(length=shape.count, label=click.format_filename(name), file=sys.stderr) as bar:
        for item in items(file, shape.kind):
            _one(_place(name, shape, item), item, who, tally, as_json)
            bar.update(1)


def _place(name: str, shape: Shape, item: Item) -> Place:
    held: Place = {"file": name, "position": item.position}
    return held | {"line": item.line} if shape.kind == "lines" else held


def _one(place: Place, item: Item, who: Callable[[str], User | None], tally: _Tally, as_json: bool) -> None:
    from django.db import DatabaseError
    from django.utils import timezone

    from alongside.agencies.access import Refused
    from alongside.intake.actions import OtherContent, receive
    from alongside.intake.checking import faults_of
    from alongside.intake.faults import NotValid
    from alongside.intake.queries import held_against
    from alongside.intake.reading import NotReadable

    at = timezone.now()
    try:
        if item.unreadable:
            raise item.unreadable
        by = who(_agency(item.content))
        if by is None:
            raise NotValid(faults_of(item.content, held_against(item.content, at=at)))
        received = receive(content=item.content, by=by, at=at)
    except (NotReadable, NotValid, OtherContent, Refused, DatabaseError) as fault:
        _refuse(fault, place, tally, as_json)
    else:
        _count(received.answer, received.is_new, tally, as_json)


def _refuse(fault: Exception, place: Place, tally: _Tally, as_json: bool) -> None:
    from alongside.api.problems import refused

    tally.refused += 1
    if as_json:
        click.echo(_line(refused(fault) | place))
    else:
        tally.bad.append(_in_prose(fault, place))


def _in_prose(fault: Exception, place: Place) -> str:
    from django.db import DatabaseError

    from alongside.intake.actions import IdTaken, OtherContent
    from alongside.intake.faults import NotValid

    where = ", ".join(str(place[part]) for part in ("file", "position") if part in place)
    where += f" (line {place['line']})" if "line" in place else ""
    match fault:
        case NotValid():
            return "\n".join([f"{where}: refused", *(f"  {one}" for one in fault.faults)])
        case IdTaken():
            return f"{where}: {fault}"
        case OtherContent():
            return f"{where}: {fault}\n  stored: {_line(fault.held)}\n  sent:   {_line(fault.sent)}"
        case DatabaseError():
            return f"{where}: could not be stored, and nothing of it was kept. The database says: {fault}"
    return f"{where}: {fault}" + ("" if "position" in place else " Nothing of this file was stored.")


def _count(answer: Mapping[str, Any], is_new: bool, tally: _Tally, as_json: bool) -> None:
    tally.stored += is_new
    tally.known += not is_new
    if as_json:
        click.echo(_line(answer))
    elif len(tally.answers) < MOST_LISTED:
        tally.answers.append(answer)


def _agency(content: Any) -> str:
    source = content.get("source") if isinstance(content, dict) else None
    code = source.get("agency") if isinstance(source, dict) else None
    return code if isinstance(code, str) and "\x00" not in code else ""


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, default=float)


def _summary(tally: _Tally, as_json: bool) -> None:
    for answer in tally.answers:
        click.echo(f"{answer['notification']} → case {answer['case']}{''.join(f', {one}' for one in answer['also'])}")
        for line in _owed(answer):
            click.echo(f"  {line}")
    for line in tally.bad:
        click.echo(line, err=True)
    said = f"{tally.stored} stored, {tally.known} stored before, {tally.refused} refused."
    click.echo(said, err=as_json)


def _owed(answer: Mapping[str, Any]) -> Iterator[str]:
    """What the first look shows: every act with its team and its rules, what is stopped, how much is still asked."""
    from alongside.procedures.queries import library

    acts = library().acts
    owed: dict[tuple[str, str], list[str]] = {}
    for duty in answer["duties"]:
        if duty["state"] == "open":
            owed.setdefault((duty["act"], duty["owner"]["team"] or "nobody yet: the administrator is told"), []).append(
                duty["due_text"]
            )
    for (act, team), due in owed.items():
        yield f"{acts[act].label} · {team} · {len(due)} {'rule' if len(due) == 1 else 'rules'} · {', '.join(dict.fromkeys(due))}"
    if answer["bars"]:
        yield "Not allowed, or not yet: " + ", ".join(dict.fromkeys(acts[bar["act"]].label for bar in answer["bars"]))
    yield f"{len(answer['questions'])} questions would decide more."


commands = [ingest]
