"""`alongside agent …`: answer, at an agency that keeps its own systems, whether it holds a person, and show neither side what the other holds."""

from __future__ import annotations

import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from alongside.agent import log
from alongside.agent.index import Index, build
from alongside.agent.settings import NotReady, Settings, read
from alongside.agent.source import people

CONFIG = click.argument("config", type=click.Path(exists=True, dir_okay=False, path_type=Path))
TEMPLATE = """# The agent of one agency: docs/how-to/answer-from-your-own-systems.md says what each line is for.
agency = "{agency}"                      # its code with the partnership
team = "Duty desk"                       # whom to ask when somebody is held
telephone = ""
listen = "127.0.0.1:8471"                # put TLS in front of it; only the platform needs to reach it
partnership_key_file = "partnership.key" # one for the whole partnership, from whoever runs the platform
channel_key_file = "channel.key"         # one for this agency and the platform
stale_after_hours = 48                   # an older index never says "not held"
most_an_hour = 600

[source]
csv = "people.csv"                       # or: database = "postgresql://…" (or "sqlite:///…") and view = "…"
# restricted = "COLUMN"                  # where it is set, the answer is "cannot tell, ask this team"

[source.map]                             # your columns under our names (contract, section 3)
# FORENAME = "given_name"
"""


@click.group()
def agent() -> None:
    """Answer "do you hold this person?" from an agency's own systems. Nothing of anybody leaves them."""


@agent.command("new-key")
@click.argument("kind", type=click.Choice(["partnership", "channel"]))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def new_key(kind: str, file: Path) -> None:
    """Write a new key that only its owner can read: one for the partnership, or one for the channel to one agency."""
    from cryptography.fernet import Fernet

    text = secrets.token_hex(32) if kind == "partnership" else Fernet.generate_key().decode()
    _create(file, text + "\n")
    click.echo(
        f"Written to {file}. Whoever has it can ask in the partnership's name: pass it on as you would a password."
    )


@agent.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--agency", required=True, metavar="CODE", help="The agency's code with the partnership.")
def setup(folder: Path, agency: str) -> None:
    """Make a folder with a settings file to fill in."""
    folder.mkdir(parents=True, exist_ok=True)
    _create(folder / "agent.toml", TEMPLATE.format(agency=agency.replace('"', "")))
    click.echo(
        f"Fill in {folder / 'agent.toml'}, put both keys beside it, then: alongside agent index {folder / 'agent.toml'}"
    )


@agent.command()
@CONFIG
def index(config: Path) -> None:
    """Read the agency's people and write the index of tokens anew; run it every night. A running agent takes it up by itself."""
    settings = _settings(config)
    try:
        count = build(people(settings), settings.partnership_key, settings.index, datetime.now(UTC), _tell)
    except (NotReady, ValueError) as fault:
        raise click.UsageError(f"{fault} The index that was there stands.") from None
    except OSError as fault:
        raise click.ClickException(
            f"{fault.filename or settings.index}: {fault.strerror}. The index that was there stands."
        ) from None
    except Exception as fault:  # a driver's own, for a server that is away or a view that is not there
        raise click.ClickException(f"{type(fault).__name__}: {fault}. The index that was there stands.") from None
    click.echo(f"{count:,} people in {settings.index}: tokens only, no name and no date.")


@agent.command()
@CONFIG
def serve(config: Path) -> None:
    """Answer until stopped."""
    from gunicorn.app.base import BaseApplication

    from alongside.agent.service import Service

    settings = _settings(config)
    service = _ready(lambda: Service(settings))

    class Agent(BaseApplication):
        def load_config(self) -> None:
            # One process: what was answered in the last hour is counted in it.
            given = {"bind": [settings.listen], "workers": 1, "threads": 4, "worker_class": "gthread", "timeout": 30}
            for name, value in (
                given | {"accesslog": None, "loglevel": "warning", "proc_name": "alongside-agent"}
            ).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return service

    click.echo(f"The agent of {settings.agency} listens on http://{settings.listen} (Ctrl+C stops it)")
    Agent().run()


@agent.command()
@CONFIG
def check(config: Path) -> None:
    """Say whether the agent could run: the settings, the keys, the index and its age."""
    settings = _settings(config)
    held = _ready(lambda: Index(settings.index))
    hours = (datetime.now(UTC) - held.as_of).total_seconds() / 3600
    click.echo(f"{settings.agency}: {held.records:,} people, read {hours:.0f} hours ago.")
    if hours > settings.stale_after:
        raise click.ClickException(
            f"The index is older than {settings.stale_after} hours: it answers “cannot tell”, never “not held”."
        )


@agent.command("log")
@CONFIG
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
def show_log(config: Path, as_json: bool) -> None:
    """Who asked, for what, and what was answered; with the agency's own numbers of the records an answer rested on."""
    for one in log.lines(_settings(config).log):
        if as_json:
            click.echo(json.dumps(one, ensure_ascii=False))
        else:
            records = f" ({', '.join(one['records'])})" if one["records"] else ""
            click.echo(f"{one['at']}  {one['agency']}, {one['role']}: {one['purpose']} → {one['answer']}{records}")


def _tell(done: int) -> None:
    click.echo(f"{done:,} more read", err=True)


def _settings(config: Path) -> Settings:
    return _ready(lambda: read(config))


def _ready(make: Any) -> Any:
    try:
        return make()
    except NotReady as fault:
        raise click.UsageError(str(fault)) from None


def _create(file: Path, text: str) -> None:
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        raise click.ClickException(f"{file} is there already, and was left as it is.") from None
    except OSError as fault:
        raise click.ClickException(f"{file}: {fault.strerror}. Nothing was written.") from None


commands = [agent]
