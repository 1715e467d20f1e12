"""`alongside partnership`: who works here, from a file that the partnership keeps; and first passwords."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def partnership() -> None:
    """Areas, agencies, teams and people, from a file; first passwords."""


@partnership.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def load(file: Path) -> None:
    """Bring areas, agencies, teams and people to what FILE says. Safe to repeat; a bad file changes nothing.

    Exit 1 with every fault when the file cannot be used.
    """
    from django.utils import timezone

    from alongside.agencies import register
    from alongside.agencies.access import Refused
    from alongside.agencies.actions import load_register
    from alongside.audit.api import SystemActor
    from alongside.cli._packs import packs_root
    from alongside.policy import load_library

    try:
        held = register.read(file.read_text("utf-8"), sorted(load_library(packs_root()).areas))
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} is not text in UTF-8. Nothing was changed.") from None
    except register.NotUsable as fault:
        for sentence in fault.faults:
            click.echo(f"{file}: {sentence}", err=True)
        raise click.ClickException(f"{len(fault.faults)} faults. Nothing was changed.") from None
    try:
        new = load_register(register=held, by=SystemActor("operator"), at=timezone.now())
    except Refused as fault:
        raise click.ClickException(str(fault)) from None
    click.echo(
        f"{len(held.areas)} areas, {len(held.agencies)} agencies, {len(held.teams)} teams, {len(held.people)} people."
    )
    for user in new:
        click.echo(f"new: {user.email}, who cannot sign in yet: alongside partnership password {user.email}")
    for role, area in held.held_by_nobody():
        click.echo(f"nobody does {role} in {area}: its duties will reach the partnership's administrator")


@partnership.command()
@click.argument("email")
@click.password_option(help="Left out: asked for, unseen, twice.")
def password(email: str, password: str) -> None:
    """Give the person of EMAIL a first password: with it a passkey is set up, and nothing else opens. What they signed in with before
    is gone. Once two administrators can sign in this is refused: then the two of them do it, on the page “People who work here”.
    """
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from alongside.agencies.access import Refused
    from alongside.agencies.actions import set_password
    from alongside.agencies.queries import person
    from alongside.audit.api import SystemActor

    user = person(email)
    if user is None:
        raise click.ClickException(f"Nobody signs in as {email}.")
    try:
        set_password(user=user, password=password, by=SystemActor("operator"), at=timezone.now())
    except ValidationError as fault:
        raise click.ClickException(" ".join(fault.messages)) from None
    except Refused as fault:
        raise click.ClickException(str(fault)) from None
    click.echo(f"{user.email} can sign in, and set up a passkey until {user.set_up_until_on:%-d %B %Y}.")


@partnership.command()
def arrangement() -> None:
    """Write a draft of the joint arrangement: who the controllers are, and which agreements on sharing stand (Markdown; nobody is named)."""
    from django.utils import timezone

    from alongside.sharing.agreements import joint

    click.echo(joint.text(timezone.now()))


commands = [partnership]
