"""`alongside sealed`: change the key of sealed fields."""

from __future__ import annotations

import click


@click.group()
def sealed() -> None:
    """Keys of sealed fields."""


@sealed.command()
def rotate() -> None:
    """Seal again with the newest key what earlier keys sealed. May be interrupted and begun again."""
    from django.utils import timezone

    from alongside.audit.api import SystemActor
    from alongside.sealed import actions
    from alongside.sealed.errors import SealError

    total: dict[str, int] = {}
    try:
        for field, done in actions.rotate(by=SystemActor("key-rotation"), at=timezone.now()):
            total[field] = total.get(field, 0) + done
    except SealError as error:
        raise click.ClickException(f"{error}. What was sealed again so far stays so.") from None
    for field, done in sorted(total.items()):
        click.echo(f"{field}: {done} sealed again")
    click.echo("Every value is sealed with the newest key.")


@sealed.command()
def keys() -> None:
    """Count what each earlier key still holds; none: it is needed only for the look-up indexes."""
    from alongside.sealed import actions

    found = actions.waiting()
    for key, count in sorted(found.items()):
        click.echo(f"key {key}: {count} values")
    if not found:
        click.echo("Every value is sealed with the newest key.")


commands = [sealed]
