"""`alongside consult`: where each agency keeps its records, and which team answers for them."""

from __future__ import annotations

import click

KEPT = ("here", "remote", "elsewhere")


@click.group()
def consult() -> None:
    """Where agencies keep their records."""


@consult.command()
@click.option("--agency", required=True, help="Code of the agency.")
@click.option(
    "--kept",
    required=True,
    type=click.Choice(KEPT),
    help="here: in Alongside. remote: its own system answers through an agent. elsewhere: nothing asks it yet.",
)
@click.option("--team", default="", help="Code of the team of that agency to ask; left out, its safeguarding desk.")
def source(agency: str, kept: str, team: str) -> None:
    """Say where an agency keeps its records. Until this is said, an agency of which nothing is found is "cannot tell"."""
    from django.utils import timezone

    from alongside.agencies import queries as agencies
    from alongside.agencies.access import Refused
    from alongside.audit.api import SystemActor
    from alongside.sharing.consults.sources.actions import declare_source
    from alongside.sharing.consults.sources.queries import team_of

    held = agencies.agency(agency)
    if held is None:
        raise click.ClickException(f"There is no agency {agency}. Nothing was changed.")
    named = team_of(team) if team else None
    if team and named is None:
        raise click.ClickException(f"There is no team {team}. Nothing was changed.")
    try:
        declare_source(agency=held, kept=kept, team=named, by=SystemActor("operator"), at=timezone.now())
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"{held.name}: {kept}.")


@consult.command()
def sources() -> None:
    """List the agencies, where each keeps its records, and the team named."""
    from alongside.sharing.consults.sources.queries import all_sources

    for agency, kept, team in all_sources():
        click.echo(f"{agency}\t{kept}\t{team}")


@consult.command()
def agents() -> None:
    """Ask every agent named in ALONGSIDE_AGENTS about nobody, to see that it answers and the keys are right. Exit 1 when one does not."""
    from pathlib import Path
    from uuid import uuid4

    from django.conf import settings

    from alongside.agent import NoReply, NotReady, Question, ask, read_remotes

    if not settings.ALONGSIDE_AGENTS:
        raise click.ClickException("ALONGSIDE_AGENTS names no file: no agent is asked.")
    try:
        remotes = read_remotes(Path(settings.ALONGSIDE_AGENTS))
    except NotReady as fault:
        raise click.ClickException(str(fault)) from None
    silent = 0
    for agency, remote in remotes.of.items():
        try:
            reply = ask(remote, Question(uuid4().hex, "partnership", "operator", "to check the line; about nobody", {}))
            click.echo(f"{agency}\tanswers for {reply.team}; its records were read {reply.as_of:%Y-%m-%d at %H:%M} UTC")
        except NoReply as fault:
            silent += 1
            click.echo(f"{agency}\t{fault}")
    raise SystemExit(1 if silent else 0)


commands = [consult]
