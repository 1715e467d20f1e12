"""`alongside demo`: the invented partnership, served on this machine; and invented people for tests under load.

The demonstration has a folder of its own and settles its settings before Django reads them.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import sys
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import click

FOLDER = "demo-data"
MARK = "invented-people-only"
LOCK = ".running"
FIRST_PORT, PORTS = 8000, 50


@click.group(invoke_without_command=True)
@click.option("--fresh", is_flag=True, help="Forget everything done in the demonstration and start over.")
@click.option("--port", type=int, help="Port to listen on; default: 8000, or the next one that is free.")
@click.option("--prepare", "only_prepare", is_flag=True, help="Make the database and stop, without serving it.")
@click.pass_context
def demo(ctx: click.Context, fresh: bool, port: int | None, only_prepare: bool) -> None:
    """Try Alongside with an invented partnership, at an address on this machine. What you do in it is kept.

    Its folder is ./demo-data, or the one the setting ALONGSIDE_DATA names.
    """
    if ctx.invoked_subcommand is not None:
        return
    folder = _settle(None if only_prepare else (port, _free_port(port)))
    lock = None if only_prepare else _hold(folder)
    if fresh:
        _empty(folder)
    is_new = _prepare(folder)
    if only_prepare:
        click.echo("The demonstration is prepared." if is_new else "The demonstration was prepared already.")
        return
    _tell(folder)
    _serve()
    del lock


@demo.command()
@click.option("--count", type=click.IntRange(1), default=100_000, show_default=True, help="How many people at least.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same people.")
def people(count: int, seed: int) -> None:
    """Load invented people that agencies know already, in families, each with the keys it is found again by."""
    folder = _settle(None)
    _prepare(folder)
    from alongside.demo.loading import load_people

    with click.progressbar(length=count, label="People", file=sys.stderr) as bar:
        loaded = load_people(people=count, seed=seed, at=_now(), tick=bar.update)
    click.echo(f"{loaded:,} people loaded")


@demo.command()
@click.option("--count", type=click.IntRange(1), default=1_000, show_default=True, help="How many notifications.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same notifications.")
@click.option("--agency", help="Only what this agency tells, by its code: west-midlands-police.")
@click.option("--area", help="Only what is told in this area, by its code: coventry.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The day by which all of it has happened.")
@click.option(
    "--out", type=click.File("w", encoding="utf-8"), default="-", help="Where to write; default: standard output."
)
def notifications(
    count: int, seed: int, agency: str | None, area: str | None, until: datetime | None, out: IO[str]
) -> None:
    """Write invented notifications, one a line, ready for `alongside ingest`."""
    _settle(None)
    from alongside.demo import generate
    from alongside.demo.families import UNTIL
    from alongside.demo.partnership import NAMES, agency_codes

    _check_code("agency", agency, agency_codes())
    _check_code("area", area, list(NAMES))
    told = generate.notifications(seed=seed, until=until.date() if until else UNTIL)
    chosen = (one for one in told if agency in (None, one["source"]["agency"]) and area in (None, one["area"]))
    with click.progressbar(length=count, label="Notifications", file=sys.stderr) as bar:
        for _ in range(count):
            out.write(json.dumps(next(chosen), ensure_ascii=False) + "\n")
            bar.update(1)


@demo.command()
@click.option("--count", type=click.IntRange(1), default=100_000, show_default=True, help="How many cases.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same cases.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where to write the Parquet file."
)
def population(count: int, seed: int, out: Path) -> None:
    """Write invented cases as `alongside policy export` writes real ones, for `alongside policy replay`. Needs no database."""
    _settle(None)
    from alongside.demo.population import Invented

    with click.progressbar(length=count, label="Cases", file=sys.stderr) as bar:
        try:
            Invented(seed=seed).write(out, count, tick=bar.update)
        except OSError as error:
            raise click.ClickException(f"{out}: {error.strerror}. Nothing was written.") from None
    click.echo(f"{count:,} invented cases written to {out}")


def _check_code(what: str, code: str | None, codes: list[str]) -> None:
    if code is not None and code not in codes:
        raise click.ClickException(f"There is no {what} {code!r}. There are: {', '.join(sorted(codes))}")


def _settle(ports: tuple[int | None, int] | None) -> Path:
    """Settle the settings of a demonstration, set Django up with them, and give its data folder."""
    if os.environ.get("DATABASE_URL") and os.environ.get("ALONGSIDE_DEMO", "").lower() not in {
        "yes",
        "true",
        "1",
        "on",
    }:
        raise click.ClickException(
            "DATABASE_URL names a database, and a demonstration never touches one that may hold real people. "
            "Unset DATABASE_URL; or, for a database kept for nothing else, set ALONGSIDE_DEMO=yes."
        )
    os.environ["ALONGSIDE_DEMO"] = "yes"
    folder = Path(os.environ.setdefault("ALONGSIDE_DATA", FOLDER)).expanduser()
    if ports is not None:
        asked, port = ports
        if asked is None and port != FIRST_PORT:
            click.echo(f"Port {FIRST_PORT} is taken; port {port} is used instead.")
        os.environ["ALONGSIDE_PORT"] = str(port)
        os.environ["ALONGSIDE_LISTEN"] = "127.0.0.1"
        os.environ["ALONGSIDE_ADDRESS"] = f"http://127.0.0.1:{port}"
        os.environ.setdefault("ALONGSIDE_LOG_LEVEL", "WARNING")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django
    from django.conf import settings

    django.setup()
    if not settings.ALONGSIDE_DEMO:
        raise click.ClickException("This process runs with the settings of a real installation.")
    return folder


def _free_port(asked: int | None) -> int:
    for port in [asked] if asked is not None else range(FIRST_PORT, FIRST_PORT + PORTS):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    if asked is not None:
        raise click.ClickException(f"Port {asked} is taken. Name another with --port, or none to have one found.")
    raise click.ClickException(f"Ports {FIRST_PORT} to {FIRST_PORT + PORTS - 1} are all taken. Name one with --port.")


def _hold(folder: Path) -> IO[str]:
    """One demonstration at a time in a folder; the lock goes with the last of its processes."""
    lock = (folder / LOCK).open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise click.ClickException(f"A demonstration is running already on {folder}. Stop it first (Ctrl+C).") from None
    return lock


def _empty(folder: Path) -> None:
    """Remove what a demonstration wrote, and nothing that is not one's."""
    if os.environ.get("DATABASE_URL"):
        raise click.ClickException("--fresh empties a folder, not a database: make an empty database instead.")
    if not (folder / MARK).exists():
        if (folder / "alongside.sqlite3").exists():
            raise click.ClickException(f"{folder} is no folder of a demonstration; nothing was removed.")
        return
    from django.db import connections

    connections.close_all()
    for path in folder.iterdir():
        # The keys were read when this process started; others of the same start must find the same ones.
        if path.name in {LOCK, MARK} or path.name.endswith("-key"):
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    click.echo("Everything done in the demonstration was forgotten.")


def _prepare(folder: Path) -> bool:
    from alongside.agencies.access import Refused
    from alongside.cli.serve import bring_up_to_date
    from alongside.demo.prepare import prepare

    bring_up_to_date()
    try:
        is_new = prepare(at=_now())
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    (folder / MARK).touch()
    return is_new


def _now() -> datetime:
    from django.utils import timezone

    return timezone.now()


def _tell(folder: Path) -> None:
    from django.conf import settings

    from alongside.demo import accounts

    address, listed = settings.ALONGSIDE_ADDRESS, accounts.accounts()
    wide = max(len(account.email) for account in listed)
    program = sys.argv[0] if Path(sys.argv[0]).name == "alongside" else "alongside"  # as whoever started it can call it
    lines = [
        "",
        "Alongside, the demonstration. Invented people only.",
        "",
        f"    {address}",
        "",
        f"Sign in as any of these; the password is the same for all: {accounts.PASSWORD}",
        "",
        *(f"    {account.email:<{wide}}  {account.label}" for account in listed),
        "",
        "They work in Coventry, the last four for the whole partnership. In another area the address names it:",
        f"    {accounts.email('police-officer', 'stoke-on-trent')}",
        "",
        f"Mail that would have left:  {address}/outbox/mail/",
        f"Commands on it:             ALONGSIDE_DEMO=yes ALONGSIDE_DATA={folder} {program} ingest FILE",
        f"Kept in:                    {folder} (start over: {program} demo --fresh)",
        "Stop:                       Ctrl+C",
        "",
    ]
    click.echo("\n".join(lines))


def _serve() -> None:
    from django.conf import settings
    from django.db import connections

    from alongside.cli.serve import run

    connections.close_all()
    run(f"{settings.ALONGSIDE_LISTEN}:{settings.ALONGSIDE_PORT}", settings.ALONGSIDE_WORKERS, with_worker=True)


commands: list[Any] = [demo]
