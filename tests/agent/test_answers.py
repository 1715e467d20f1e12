"""Held, not held, cannot tell: and not known is never no."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from alongside.agent import tokens
from alongside.agent.answering import LIKE, OLD, TOO_LITTLE, answer
from alongside.agent.index import PER_TOKEN, Index
from alongside.agent.settings import Settings, read
from alongside.agent.tokens import CHANCE, ENOUGH, SENT, SURE
from alongside.linkage import Record, normalise
from alongside.linkage.keys import KINDS
from tests.agent.conftest import PEOPLE, Asks, mode, run, settings_text


def said(agency: Settings, question: object, later: timedelta = timedelta()) -> tuple[str, str, list[str]]:
    index = Index(agency.index)
    reply, records = answer(question, index, agency, index.as_of + later)  # type: ignore[arg-type]
    assert reply.team == "Housing duty desk"
    return reply.answer, reply.why, records


@pytest.mark.parametrize(
    ("known", "answered"),
    [
        ({"given_name": "Amina", "family_name": "Yusuf", "date_of_birth": "1991-04-07"}, ("held", "", ["h1"])),
        ({"given_name": "Aminah", "family_name": "Yousuf", "date_of_birth": "1991-07-04"}, ("held", "", ["h1"])),
        ({"given_name": "Amina", "family_name": "Yusuf", "phones": ("+44 7700 900123",)}, ("held", "", ["h1"])),
        ({"nhs_number": "9434765919"}, ("held", "", ["h2"])),
        # her name alone, her telephone alone: somebody like her, and no more can be said
        ({"given_name": "Amina", "family_name": "Yusuf"}, ("cannot-tell", LIKE, ["h1"])),
        ({"given_name": "Sara", "phones": ("07700900123",)}, ("cannot-tell", LIKE, ["h1"])),
        # a restricted record is never told of
        (
            {"given_name": "Grace", "family_name": "Okafor", "date_of_birth": "1979-02-03"},
            ("cannot-tell", LIKE, ["h3"]),
        ),
        # nothing shared, and enough asked with
        ({"given_name": "Ioana", "family_name": "Popescu", "date_of_birth": "1990-01-02"}, ("not-held", "", [])),
        ({"given_name": "Ioana", "family_name": "Khan", "date_of_birth": "1985-01-02"}, ("not-held", "", [])),
        # nothing shared, and too little
        ({"given_name": "Ioana", "family_name": "Popescu"}, ("cannot-tell", TOO_LITTLE, [])),
        ({"given_name": "Ioana", "family_name": "Popescu", "date_of_birth": "1990"}, ("cannot-tell", TOO_LITTLE, [])),
        ({"phones": ("07700 900999",)}, ("cannot-tell", TOO_LITTLE, [])),
        ({}, ("cannot-tell", TOO_LITTLE, [])),
    ],
)
def test_what_is_answered(agency: Settings, about: Asks, known: dict[str, object], answered: object) -> None:
    assert said(agency, about(**known)) == answered


def test_one_of_many_of_a_name_is_found_by_the_date(folder: Path, about: Asks) -> None:
    """More bear the name than are looked at for it; she is the last of them."""
    rows = [
        f"k{number:03},Mohammed,Khan,{1950 + number % 40}-0{1 + number % 9}-11,,,," for number in range(PER_TOKEN + 50)
    ]
    (folder / "people.csv").write_text(
        "\n".join([PEOPLE.splitlines()[0], *rows, "k999,Mohammed,Khan,2001-12-24,,,,"]) + "\n"
    )
    assert run("index", str(folder / "agent.toml")).exit_code == 0
    many = read(folder / "agent.toml")
    one = about(given_name="Mohamed", family_name="Khan", date_of_birth="2001-12-24")
    assert said(many, one) == ("held", "", ["k999"])
    other, _, _ = said(many, about(given_name="Mohamed", family_name="Khan", date_of_birth="2001-12-25"))
    assert other == "cannot-tell"


def test_an_old_index_never_says_not_held(agency: Settings, about: Asks) -> None:
    stranger = about(given_name="Ioana", family_name="Popescu", date_of_birth="1990-01-02")
    assert said(agency, stranger, timedelta(hours=47))[0] == "not-held"
    assert said(agency, stranger, timedelta(hours=49)) == ("cannot-tell", OLD, [])
    known = about(given_name="Amina", family_name="Yusuf", date_of_birth="1991-04-07")
    assert said(agency, known, timedelta(days=90))[0] == "held"


def test_only_what_speaks_for_one_person_leaves_the_platform(about: Asks) -> None:
    everything = about(
        given_name="Amina",
        family_name="Yusuf",
        date_of_birth="1991-04-07",
        postcode="CV1 4AB",
        phones=("07700 900123",),
        email="amina@example.org",
        nhs_number="9434765919",
    )
    assert everything.tokens.keys() == SENT
    assert SENT >= CHANCE and frozenset().union(*ENOUGH) <= SENT and set(KINDS) >= SENT
    assert not any(one <= CHANCE for one in SURE)
    text = json.dumps(everything.tokens).lower()
    assert not [word for word in ("amina", "yusuf", "1991", "cv1", "900123", "9434765919") if word in text]


def test_another_key_shares_nothing(agency: Settings, about: Asks) -> None:
    amina = normalise(Record(id="", given_name="Amina", family_name="Yusuf", date_of_birth="1991-04-07"))
    mine = about(given_name="Amina", family_name="Yusuf", date_of_birth="1991-04-07").tokens
    other = tokens(amina, b"0" * 32)
    assert not set().union(*map(set, mine.values())) & set().union(*map(set, other.values()))
    with pytest.raises(ValueError, match="at least 32"):
        tokens(amina, b"short")


def test_the_index_holds_tokens_alone(agency: Settings) -> None:
    text = agency.index.read_bytes().lower()
    assert b"h1" in text
    assert not [word for word in (b"amina", b"yusuf", b"1991", b"cv1", b"900123", b"nowak") if word in text]
    assert mode(agency.index) == 0o600


def test_a_view_of_a_database_is_read_as_a_file_is(folder: Path, about: Asks) -> None:
    with sqlite3.connect(folder / "own.sqlite") as own:
        own.execute('CREATE TABLE p (number, "FORENAME", "SURNAME", "DOB", "PC", "TEL", "NHS", flag)')
        own.execute("INSERT INTO p VALUES ('h1', 'Amina', 'Yusuf', '1991-04-07', 'CV1 4AB', NULL, NULL, 0)")
        own.execute("CREATE VIEW people AS SELECT * FROM p")
    own.close()
    source = f'database = "sqlite://{folder / "own.sqlite"}"\nview = "people"\nrestricted = "flag"'
    (folder / "agent.toml").write_text(settings_text(source))
    answer = run("index", str(folder / "agent.toml"))
    assert answer.exit_code == 0, answer.output
    known = about(given_name="Amina", family_name="Yusuf", date_of_birth="1991-04-07")
    assert said(read(folder / "agent.toml"), known) == ("held", "", ["h1"])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('agency = "coventry-housing"', "", "“agency” is missing"),
        ('agency = "coventry-housing"', "agency = 3", "“agency” is no text"),
        ("[source]", "[source", "is not TOML"),
        ('csv = "people.csv"', "", "name either csv, or database with view"),
        ('csv = "people.csv"', 'csv = "gone.csv"', "gone.csv"),
        ('csv = "people.csv"', 'database = "oracle://x"\nview = "p"', "no database the agent reads"),
        ('csv = "people.csv"', 'database = "sqlite:///x"\nview = "p; DROP TABLE p"', "no name of a view"),
        ('csv = "people.csv"', 'database = "sqlite:///nowhere/x"\nview = "p"', "The index that was there stands"),
        ('restricted = "flag"', 'restricted = "secret"', "no column “secret”"),
        ('number = "id"', 'number = "occupation"', "no column id"),
        ('partnership_key_file = "partnership.key"', 'partnership_key_file = "channel.key"', "no partnership key"),
        ('channel_key_file = "channel.key"', 'channel_key_file = "partnership.key"', "no channel key"),
        ('channel_key_file = "channel.key"', 'channel_key_file = "none.key"', "new-key"),
    ],
)
def test_what_is_not_ready_says_what_to_do(folder: Path, agency: Settings, old: str, new: str, told: str) -> None:
    before, config = agency.index.read_bytes(), folder / "agent.toml"
    assert old in config.read_text()
    config.write_text(config.read_text().replace(old, new))
    answer = run("index", str(config))
    assert answer.exit_code != 0 and told in answer.output, answer.output
    assert "Traceback" not in answer.output
    assert agency.index.read_bytes() == before
    assert not list(folder.glob(".agent-index*"))


def test_a_key_others_can_read_is_refused_and_none_is_overwritten(folder: Path) -> None:
    assert mode(folder / "partnership.key") == mode(folder / "channel.key") == 0o600
    assert "left as it is" in run("new-key", "channel", str(folder / "channel.key")).output
    (folder / "channel.key").chmod(0o644)
    answer = run("index", str(folder / "agent.toml"))
    assert answer.exit_code == 2 and "chmod 600" in answer.output


def test_setting_up_makes_a_file_that_can_be_read(tmp_path: Path) -> None:
    assert run("setup", str(tmp_path / "new"), "--agency", "coventry-housing").exit_code == 0
    for kind in ("partnership", "channel"):
        run("new-key", kind, str(tmp_path / "new" / f"{kind}.key"))
    (tmp_path / "new" / "people.csv").write_text("id,given_name\n1,Amina\n")
    config = str(tmp_path / "new" / "agent.toml")
    assert "no index" in run("check", config).output
    assert "1 people" in run("index", config).output
    assert "coventry-housing: 1 people, read 0 hours ago." in run("check", config).output
