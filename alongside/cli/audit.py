"""`alongside audit`: is the trail whole?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

MANY = 100_000  # events from which more than one process is worth starting


@click.group()
def audit() -> None:
    """Verify and anchor the audit trail."""


@audit.command()
@click.option(
    "--anchor",
    "anchor_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File of earlier heads written by `alongside audit anchor`; finds an end that was cut off.",
)
@click.option(
    "--head",
    "printed",
    type=(str, int, str),
    multiple=True,
    metavar="CHAIN NUMBER CODE",
    help="A head as `alongside audit heads` printed it, typed from the paper; may be given again.",
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    default=None,
    help="How many walk at once; without it one for each core, for a long trail.",
)
def verify(anchor_file: Path | None, printed: tuple[tuple[str, int, str], ...], processes: int | None) -> None:
    """Walk every chain. Exit 0 when all hold; 1 with the first broken event of each chain that does not.

    Nobody who works with Alongside waits for it.
    """
    from alongside.audit import anchors
    from alongside.audit.verify import count_events
    from alongside.audit.verify import verify as verify_chains

    try:
        known = list(anchors.read(anchor_file)) if anchor_file else []
        known += [anchors.from_paper(*one) for one in printed]
    except anchors.BadAnchor as error:
        raise click.ClickException(str(error)) from None
    count = count_events()
    at_once = processes or ((os.cpu_count() or 1) if count > MANY else 1)
    with click.progressbar(length=count, label="Events", file=sys.stderr) as bar:
        report = verify_chains(anchors=known, tick=bar.update, at_once=at_once)
    for chain, held in sorted(report.events.items()):
        click.echo(f"{chain}: {held} events hold")
    for found in report.breaks:
        click.echo(f"BROKEN {found.chain} at {found.seq}: {found.what}")
    for name in report.missing_triggers:
        click.echo(
            f"MISSING trigger {name}, or not as it was installed: run `alongside migrate`, and ask who changed it"
        )
    verdict = "whole" if report.whole else "NOT whole"
    click.echo(f"{sum(report.events.values())} events in {len(report.events)} chains: {verdict}")
    if not report.whole:
        raise SystemExit(1)


@audit.command()
@click.option(
    "--file",
    "anchor_file",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Where to append the heads. Keep it on another machine than the database.",
)
def anchor(anchor_file: Path) -> None:
    """Append the present end of every chain to a file kept elsewhere."""
    from django.utils import timezone

    from alongside.audit import anchors

    try:
        count = anchors.write(anchor_file, at=timezone.now())
    except OSError as error:
        raise click.ClickException(f"{anchor_file}: {error.strerror}") from None
    click.echo(f"{count} chains anchored in {anchor_file}")


@audit.command()
def heads() -> None:
    """Print where every chain ends now, for paper: keep the sheet where nobody who runs the database reaches it."""
    from django.utils import timezone

    from alongside.audit import anchors

    click.echo(f"Ends of the audit chains, {timezone.localtime():%-d %B %Y, %H:%M}")
    for one in anchors.heads():
        click.echo(f"{one.chain}  {one.seq}  {anchors.on_paper(one)}")
    click.echo("Check one later: alongside audit verify --head CHAIN NUMBER 'CODE'")


@audit.command()
@click.argument("role")
def grant(role: str) -> None:
    """Give the PostgreSQL role ROLE what serving needs: of the trail to add and to read, never to change. Run it as who owns the tables.

    After every update again: new tables have no rights yet.
    """
    from django.db import connection
    from django.db.utils import DatabaseError

    from alongside.audit import grants

    if connection.vendor != "postgresql":
        raise click.ClickException("Roles are PostgreSQL’s; this database has none. Nothing was changed.")
    try:
        grants.grant(connection, role)
    except DatabaseError as fault:
        raise click.ClickException(f"PostgreSQL refused: {str(fault).splitlines()[0]}. Nothing was changed.") from None
    click.echo(f"{role} may serve: it adds to the audit trail and reads it, and cannot change it.")


commands = [audit]
