"""`alongside outbox`: the worker, what waits, and what a person decides."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from uuid import UUID

import click

PAUSE = 2.0  # seconds between two looks when nothing was due


@click.group()
def outbox() -> None:
    """Send messages and ring timers."""


@outbox.command()
@click.option("--once", is_flag=True, help="Do what is due now and stop.")
def run(once: bool) -> None:
    """Send what is due and ring what is due, until stopped. Several workers may run at once."""
    from django.db import OperationalError, close_old_connections
    from django.utils import timezone

    from alongside.outbox import queries, worker

    stop = threading.Event()
    _stop_on_signal(stop)
    while not stop.is_set():
        try:
            done = worker.run_once(timezone.now)
        except OperationalError as error:
            if once:
                raise click.ClickException(f"The database cannot be reached: {type(error).__name__}") from None
            click.echo("The database cannot be reached; trying again.", err=True)
            close_old_connections()
            stop.wait(PAUSE)
            continue
        if done or once:
            click.echo(f"{_summary(done)} {queries.status(at=timezone.now()).sentence}")
        if once:
            return
        stop.wait(PAUSE)


@outbox.command()
def status() -> None:
    """What waits, how long, and why."""
    from django.utils import timezone

    from alongside.outbox import queries

    now = queries.status(at=timezone.now())
    click.echo(now.sentence)
    for state, count in sorted(now.messages.items()):
        click.echo(f"{state}: {count}")
    if now.oldest_waits:
        click.echo(f"the oldest waits for {str(now.oldest_waits).split('.')[0]}")
    if now.timers_overdue:
        click.echo(f"{now.timers_overdue} timers are overdue: is `alongside outbox run` running?")
    for message in queries.held():
        click.echo(f"held {message.pk}: {message} ({message.problem})")


@outbox.command()
@click.argument("message_id", type=click.UUID)
@click.argument("decision", type=click.Choice(["arrived", "again", "never"]))
@click.option("--why", required=True, help="The reason, kept with the message.")
def decide(message_id: UUID, decision: str, why: str) -> None:
    """Decide about a held message: it arrived, send it again, or never send it."""
    from django.utils import timezone

    from alongside.audit.api import StateRefused, SystemActor
    from alongside.outbox import actions, queries
    from alongside.outbox.models import Message

    to = {"arrived": Message.State.SENT, "again": Message.State.QUEUED, "never": Message.State.FAILED}[decision]
    message = queries.message(message_id)
    if message is None:
        raise click.ClickException("There is no such message.")
    try:
        actions.decide(message=message, to=to, why=why, by=SystemActor("operator"), at=timezone.now())
    except StateRefused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"{message.pk}: {message.get_state_display()}")


def _stop_on_signal(stop: threading.Event) -> None:
    """Finish the message in hand, then stop."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)


def _summary(done: object) -> str:
    counted = ((name, getattr(done, name)) for name in ("sent", "waiting", "failed", "held", "rung", "postponed"))
    return ", ".join(f"{count} {name}" for name, count in counted if count) + "." if done else "Nothing was due."


commands = [outbox]
