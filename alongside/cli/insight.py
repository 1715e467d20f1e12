"""`alongside insight`: the cases that a change of the rules is tried on."""

from __future__ import annotations

import sys
from uuid import UUID

import click


@click.group()
def insight() -> None:
    """The cases that "What a change would do" counts."""


@insight.command()
@click.argument("asked", required=False, type=click.UUID)
def prepare(asked: UUID | None) -> None:
    """Prepare the cases, each as it was last decided; those of before are deleted.

    ASKED is one that somebody asked for on the page; the worker gives it. What is prepared is kept in the data folder, readable by
    the service alone, and shown on the page in counts only.
    """
    from django.utils import timezone

    from alongside.agencies.access import Refused
    from alongside.audit.api import SystemActor
    from alongside.insight import actions, hooks, making, queries

    try:
        wanted = queries.case_set(asked) if asked else None
        wanted = wanted or actions.ask_for_cases(
            source=hooks.DECIDED, wanted=None, by=SystemActor("operator"), at=timezone.now()
        )
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    with click.progressbar(length=wanted.wanted, label="Cases", file=sys.stderr) as bar:
        made = making.make(wanted.pk, tick=bar.update)
    if made is None:
        raise click.ClickException("Those cases are not asked for any more. Nothing was changed.")
    made.refresh_from_db()
    click.echo(f"{made.cases:,} cases are ready.")


commands = [insight]
