"""`alongside sealed`: change the key of sealed fields."""

from __future__ import annotations

import click

DONE = "Every key is wrapped with the newest, and every value is sealed with the key of whom it is about."


@click.group()
def sealed() -> None:
    """Keys of sealed fields."""


@sealed.command()
def rotate() -> None:
    """Wrap with the newest key what earlier ones wrapped, and give older values the key of whom they are about. May be interrupted."""
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
        click.echo(f"{field}: {done} {'wrapped' if field == actions.DATA_KEYS else 'sealed'} again")
    click.echo(DONE)


@sealed.command()
def keys() -> None:
    """Count what each earlier key still holds; none: it is needed only for the look-up indexes."""
    from alongside.sealed import actions

    found = actions.waiting()
    for key, count in sorted(found.items()):
        click.echo(f"key {key}: {count} keys or values")
    if not found:
        click.echo(DONE)


commands = [sealed]
