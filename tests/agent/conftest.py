"""An agency with a few invented people, its agent's settings, and the platform's keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from alongside.agent import Question, tokens
from alongside.agent.settings import Settings, read
from alongside.cli import alongside
from alongside.linkage import Record, normalise

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
PEOPLE = """number,FORENAME,SURNAME,DOB,PC,TEL,NHS,flag
h1,Amina,Yusuf,1991-04-07,CV1 4AB,07700 900123,,
h2,Katarzyna,Nowak,1988-11-30,CV6 1AA,,943 476 5919,0
h3,Grace,Okafor,1979-02-03,CV2 3DE,,,yes
h4,Mohammed,Khan,1985-06-15,CV3 1AB,,,no
"""
MAPS = {
    "number": "id",
    "FORENAME": "given_name",
    "SURNAME": "family_name",
    "DOB": "date_of_birth",
    "PC": "postcode",
    "TEL": "phone",
    "NHS": "nhs_number",
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(alongside, ["agent", *arguments])


def settings_text(source: str, **more: object) -> str:
    said = {"agency": "coventry-housing", "team": "Housing duty desk", "telephone": "024 7601 0101"} | more
    lines = [f"{name} = {value!r}".replace("'", '"') for name, value in said.items()]
    lines += ['partnership_key_file = "partnership.key"', 'channel_key_file = "channel.key"', "", "[source]", source]
    return "\n".join([*lines, "", "[source.map]", *(f'{theirs} = "{ours}"' for theirs, ours in MAPS.items())]) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An agency's folder, its keys made by the command."""
    assert run("new-key", "partnership", str(tmp_path / "partnership.key")).exit_code == 0
    assert run("new-key", "channel", str(tmp_path / "channel.key")).exit_code == 0
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "agent.toml").write_text(settings_text('csv = "people.csv"\nrestricted = "flag"'))
    return tmp_path


@pytest.fixture
def agency(folder: Path) -> Settings:
    """The same, its index made by the command."""
    answer = run("index", str(folder / "agent.toml"))
    assert answer.exit_code == 0, answer.output
    return read(folder / "agent.toml")


Asks = Callable[..., Question]


@pytest.fixture
def about(folder: Path) -> Asks:
    """A question about somebody: `about(given_name=…)`."""
    key = bytes.fromhex((folder / "partnership.key").read_text())

    def question(purpose: str = "safeguarding: somebody was named", **known: object) -> Question:
        held = tokens(normalise(Record(id="asked", **known)), key)  # type: ignore[arg-type]
        return Question(uuid4().hex, "west-midlands-police", "police-officer", purpose, held)

    return question


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777
