"""`alongside serve` and `alongside migrate`: the database brought up to date, the site, and the worker beside it."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
from typing import Any

import click

THREADS = 4  # per process; a request waits mostly for the database
LEAVES_AFTER = 3.0  # seconds a process has to finish what it has in hand


def bring_up_to_date(*, migrating: bool = True) -> int:
    """Apply every migration, make the table that counts failed sign-ins, and erase again who was erased. Safe to repeat.

    However an older copy of the database came here, nothing is served from it before that. How many were erased again.
    Without `migrating` the tables stay as they are: whoever serves need not own them.
    """
    from django.core.management import call_command
    from django.db import connections
    from django.utils import timezone

    from alongside.audit.api import SystemActor
    from alongside.keeping.actions import erase_again
    from alongside.keeping.tombstones import BadTombstone

    if migrating:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    try:
        again = erase_again(by=SystemActor("erasing-again"), at=timezone.now())
    except BadTombstone as fault:
        raise click.ClickException(
            f"The list of who was erased cannot be used: {fault}. Nothing was started. Put a good copy of it in its place."
        ) from None
    connections.close_all()
    return again


@click.command()
def migrate() -> None:
    """Bring the database up to date."""
    bring_up_to_date()
    click.echo("The database is up to date.")


@click.command()
@click.option("--listen", help="Address to listen on; default: the setting ALONGSIDE_LISTEN.")
@click.option("--port", type=int, help="Port to listen on; default: the setting ALONGSIDE_PORT.")
@click.option("--workers", type=int, help="Processes; default: the setting ALONGSIDE_WORKERS.")
@click.option("--worker/--no-worker", "with_worker", default=True, help="Run the outbox worker beside the site.")
@click.option(
    "--migrate/--no-migrate",
    "migrating",
    default=True,
    help="Bring the tables up to date first; not, for a role that owns none.",
)
def serve(listen: str | None, port: int | None, workers: int | None, with_worker: bool, migrating: bool) -> None:
    """Bring the database up to date, then run the site until stopped."""
    from django.conf import settings

    bring_up_to_date(migrating=migrating)
    bind = f"{listen or settings.ALONGSIDE_LISTEN}:{port or settings.ALONGSIDE_PORT}"
    run(bind, workers or settings.ALONGSIDE_WORKERS, with_worker=with_worker)


def run(bind: str, workers: int, *, with_worker: bool) -> None:
    """The site on `bind` ("127.0.0.1:8000"), in this process until a signal ends it."""
    from django.db import connections
    from gunicorn.app.base import BaseApplication

    class Site(BaseApplication):
        def load_config(self) -> None:
            for name, value in _options(bind, workers).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from django.core.servers.basehttp import get_internal_wsgi_application

            application = get_internal_wsgi_application()
            # What is loaded now stays for good: the collector need not walk it again in every full round (70 ms).
            gc.collect()
            gc.freeze()
            return application

    _check_model()
    connections.close_all()
    click.echo(f"Alongside listens on http://{bind} (Ctrl+C stops it)")
    worker, parent = (_start_worker() if with_worker else None), os.getpid()
    try:
        Site().run()
    finally:
        # The site's own processes are forks of this one and leave through here too: the worker is not theirs to stop.
        if worker and os.getpid() == parent:
            worker.terminate()
            worker.wait(timeout=30)
        elif worker:
            worker.returncode = 0


def _check_model() -> None:
    """Refuse to start with a linkage model that cannot be used: nobody is scored by another in its place. Read once, for every process."""
    from alongside.people.queries import ModelNotUsable, model_in_force

    try:
        model_in_force()
    except ModelNotUsable as fault:
        raise click.ClickException(f"Alongside was not started, and nothing was changed. {fault}") from None


def _options(bind: str, workers: int) -> dict[str, Any]:
    return {
        "bind": [bind],
        "workers": workers,
        "threads": THREADS,
        "worker_class": "gthread",
        "timeout": 60,
        "graceful_timeout": 30,
        # A line kept open binds its sender to one process: four busy senders on one of two processes had half the speed.
        "keepalive": 0,
        "limit_request_line": 2048,
        "accesslog": None,
        "loglevel": "warning",
        "post_worker_init": _leave_ctrl_c,
        "worker_int": _leave_soon,
        "proc_name": "alongside",
    }


def _leave_ctrl_c(_worker: Any) -> None:
    """Ctrl+C reaches every process of the terminal; the first one tells the others, who would else be started anew."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _leave_soon(_worker: Any) -> None:
    """When told to stop at once: what is in hand may finish, but a browser that keeps a line open and says nothing holds nobody up."""
    timer = threading.Timer(LEAVES_AFTER, os._exit, (0,))
    timer.daemon = True
    timer.start()


def _start_worker() -> subprocess.Popen[bytes]:
    """A process of its own, so that a fault in it never takes the site down, nor the other way round."""
    return subprocess.Popen([sys.executable, "-c", "from alongside.cli import main; main()", "outbox", "run"])


commands = [serve, migrate]
