"""`alongside api`: tokens of connected systems."""

from __future__ import annotations

import click


@click.group()
def api() -> None:
    """Tokens of connected systems."""


@api.command()
@click.option("--agency", "code", required=True, help="Code of the agency whose system it is.")
def token(code: str) -> None:
    """Make a token and print it, this once."""
    from django.utils import timezone

    from alongside.agencies.queries import agency, agency_codes
    from alongside.api.actions import make_token
    from alongside.audit.api import SystemActor
    from alongside.policy.vocabulary import did_you_mean

    found = agency(code)
    if found is None:
        raise click.ClickException(f"There is no agency “{code}”. {did_you_mean(code, agency_codes())}".strip())
    click.echo(make_token(agency=found, by=SystemActor("operator"), at=timezone.now()))


@api.command()
def tokens() -> None:
    """List the good tokens by their first characters."""
    from alongside.api.queries import standing

    for row in standing():
        click.echo(f"{row.begins}…  {row.agency.code}  made {row.made_on:%Y-%m-%d}")


@api.command()
@click.argument("begins")
def end(begins: str) -> None:
    """End the token with these first characters."""
    from django.utils import timezone

    from alongside.api.actions import end_token
    from alongside.api.queries import beginning
    from alongside.audit.api import SystemActor

    row = beginning(begins.rstrip("…"))
    if row is None:
        raise click.ClickException("No good token begins like this: see `alongside api tokens`.")
    end_token(token=row, by=SystemActor("operator"), at=timezone.now())
    click.echo(f"{row.begins}… opens nothing any more.")


commands = [api]
