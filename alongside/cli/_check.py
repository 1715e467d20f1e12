"""`alongside policy check`: faults with file and line, then everything that is proved of the packs."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from alongside.cli._packs import DAY_OF, PACKS, packs_root
from alongside.policy import Library, PackFaults, load_library, proofs
from alongside.policy.tokens import ConditionError
from alongside.procedures.coverage import load_coverage

if TYPE_CHECKING:
    from alongside.policy.proving import Found


@click.command()
@click.option(
    "--witnesses",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write DIR/AREA.json: for each rule a case in which it fires, and one in which it does not.",
)
@click.option(
    "--write", is_flag=True, help="Record in proofs.toml that more local packs were proved to ask for no less."
)
@PACKS
def check(witnesses: Path | None, write: bool, packs: str | None) -> None:
    """Check every pack, and what is said to honour each sentence; print all faults with file and line, or a summary.

    Then prove that no more local pack asks for less than those below it, unless it says why; and, for every area, today and on
    each later day on which the rules change, the promises beside the packs; and say which rules never or always fire. Exit 1: a
    fault, printed with the case that falls through where there is one.
    """
    from alongside.policy.proving import prove  # z3 is loaded by what proves, and by nothing that decides
    from alongside.policy.weakening import weaker

    root, start, today = packs_root(packs), time.monotonic(), datetime.now(DAY_OF).date()
    try:
        library = load_library(root, unproved=True)
        sentences = load_coverage(root, library.every_rule())
    except PackFaults as faults:
        _stop([str(fault) for fault in faults.faults])
    try:
        lesser, found = weaker(library), prove(library, today)
    except ConditionError as error:  # each choice that replaces words makes a condition longer, and deeper
        _stop([f"with every local choice put in, {error}: {error.remedy}"])
    if lesser:
        _stop(list(map(str, lesser)))
    _record(root, library, write)
    _count(library, len(sentences))
    for area in library.areas:
        pack = library.pack(area, today)
        layers = " + ".join(one.id for one in pack.packs)
        click.echo(f"{area}: {len(pack.rules)} rules in force, {pack.hash[:12]}, {layers}")
    for one in found:
        click.echo(f"{'fault' if one.notice.is_fault else 'noticed'}: {_told(one, today)}")
    if witnesses:
        _write(witnesses, library, today)
    click.echo(f"{len(library.promises)} promises, checked and proved in {time.monotonic() - start:.1f} s")
    if any(one.notice.is_fault for one in found):
        sys.exit(1)


def _record(root: Path, library: Library, write: bool) -> None:
    """What was just proved, written down; without --write, stop where loading would refuse the packs for want of it."""
    if write:
        proofs.record(root, proofs.needed(library.packs, library.vocabulary))
    missing = list(proofs.unproved(root, library.packs, library.vocabulary))
    if missing:
        _stop(
            [
                f"{fault.file}:{fault.line}: proved now, and not on record: run alongside policy check --write"
                for fault in missing
            ]
        )


def _stop(faults: list[str]) -> NoReturn:
    click.echo("\n".join([*faults, f"{len(faults)} faults"]))
    sys.exit(1)


def _count(library: Library, sentences: int) -> None:
    rules = list(library.every_rule())
    click.echo(f"{len(rules)} rules, {len(library.vocabulary)} facts, {len(library.acts)} acts: no fault")
    for title, counts in (
        ("document", Counter(rule.cite.document for rule in rules)),
        ("kind", Counter(rule.kind for rule in rules)),
        ("reaches_as", Counter(rule.reaches_as for rule in rules)),
    ):
        click.echo(f"by {title}: " + ", ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    click.echo(f"{sentences} sentences with what honours them")


def _told(found: Found, today: date) -> str:
    since = "" if found.on == today else f"; from {found.on}"
    return f"{found.notice.text} ({', '.join(found.areas)}{since})"


def _write(folder: Path, library: Library, today: date) -> None:
    from alongside.policy.proving import as_json

    folder.mkdir(parents=True, exist_ok=True)
    for area in library.areas:
        text = json.dumps(as_json(library.pack(area, today), today), indent=1, ensure_ascii=False)
        (folder / f"{area}.json").write_text(text + "\n", encoding="utf-8")
