"""`alongside people`: the keys by which people are found and the model that scores them, for operators. It tells counts and nobody's name."""

from __future__ import annotations

import sys

import click

from alongside.cli.people_model import count, install, model, train


@click.group()
def people() -> None:
    """Finding people again: the table of keys, and the model that scores who may be the same."""


@people.command()
def keys() -> None:
    """Say whether everybody can be found: stored keys are held against keys worked out afresh. Changes nothing.

    Exit 1 when somebody has other keys, or the table is of another release or sealing key.
    """
    from alongside.people.queries import holders
    from alongside.people.queries import keys as compared

    told = checked = 0
    with click.progressbar(compared.compare_keys(), length=None, label="Comparing", file=sys.stderr) as batches:
        for batch in batches:
            checked, told = checked + batch.people, told + batch.out_of_step
    if not holders.in_step():
        click.echo("The table of keys is of another release or sealing key, or was not made to its end.")
    click.echo(f"{checked:,} people, {told:,} of them with other keys than they should have.")
    if told or not holders.in_step():
        raise click.ClickException("Run “alongside people reindex”. Until then look-ups say that they cannot tell.")


@people.command()
def reindex() -> None:
    """Make everybody's keys anew: after another sealing key, or when `alongside people keys` says so.

    Safe to interrupt and begin again. A table of another scheme or key is not used until the end: look-ups say that they
    cannot tell, and consulting records stays a task.
    """
    from django.utils import timezone

    from alongside.audit.api import SystemActor
    from alongside.people.actions import keying
    from alongside.people.queries import keys as compared

    changed = 0
    with click.progressbar(length=compared.how_many(), label="Making keys", file=sys.stderr) as bar:
        for people, wrong in keying.rebuild_keys(by=SystemActor("key-table"), at=timezone.now()):
            changed += wrong
            bar.update(people)
    click.echo(f"Every key is in step. {changed:,} people had other keys.")


for command in (model, train, count, install):
    people.add_command(command)
commands = [people]
