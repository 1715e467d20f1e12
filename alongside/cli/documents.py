"""`alongside documents`: the partnership's own copies of the procedures."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def documents() -> None:
    """Add your partnership's copies of the documents, and see which sentences were found."""


@documents.command()
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--as", "email", required=True, help="E-mail address of the policy lead who adds it.")
def add(code: str, file: Path, email: str) -> None:
    """Add a copy (text, HTML, DOCX or PDF) of a document. Exit 1 when a cited sentence is not found in it."""
    from django.utils import timezone

    from alongside.agencies.access import Refused
    from alongside.agencies.queries import person
    from alongside.procedures import actions

    by = person(email)
    if by is None:
        raise click.ClickException(f"Nobody signs in as {email}. Nothing was added.")
    try:
        copy = actions.add_document(code=code, name=file.name, data=file.read_bytes(), by=by, at=timezone.now())
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    _tell(code, copy.text)
    if copy.missing:
        raise SystemExit(1)


@documents.command()
def report() -> None:
    """What became of every citation in the copies that were added."""
    from alongside.procedures import queries

    for code in queries.library().documents:
        copy = queries.copy_of(code)
        if copy is None:
            click.echo(f"{code}: no copy added ({queries.rules_of(code)} rules cite it)")
        else:
            _tell(code, copy.text)


def _tell(code: str, text: str) -> None:
    from alongside.procedures.queries import findings

    found = findings(code, text)
    for finding in found:
        if finding.state != "found":
            where = f"moved to line {finding.line}" if finding.state == "moved" else "not found"
            click.echo(f"{code}: {finding.rule}: {where}")
    count = [finding.state for finding in found].count
    click.echo(
        f"{code}: {len(found)} sentences, {count('found')} at their place, {count('moved')} moved, {count('missing')} not found"
    )


commands = [documents]
