"""The drill: a backup sealed for a key that is not here, put back into an empty database, on either engine."""

from __future__ import annotations

import hashlib
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from click.testing import CliRunner
from django.conf import settings as here
from django.db import connection

from alongside.audit import anchors
from alongside.audit.api import SystemActor
from alongside.audit.verify import verify
from alongside.cases.models import Case
from alongside.cli.backup import backup, restore
from alongside.keeping import actions, queries
from alongside.keeping.backups import archive, engines, making
from alongside.keeping.backups.errors import BackupFault
from alongside.people.models import Address, Person
from alongside.sealed.errors import Destroyed
from tests.apps.keeping.test_erasing import erase, victim
from tests.apps.partnership import NOW, Partnership

LATER = NOW + timedelta(days=1)
KEY = pyrage.x25519.Identity.generate()
TO = [str(KEY.to_public())]
BY = SystemActor("tests")


@contextmanager
def elsewhere(tmp_path: Path) -> Iterator[None]:
    """An empty database of the same engine in the place of the one of the tests."""
    held, name = connection.settings_dict["NAME"], "put_back"
    if connection.vendor == "sqlite":
        opened, connection.connection = connection.connection, None
        connection.settings_dict["NAME"] = str(tmp_path / "back" / "alongside.sqlite3")
    else:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        connection.close()
        connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = held
        if connection.vendor == "sqlite":
            connection.connection = opened
        else:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def rows() -> dict[str, str]:
    """A hash over every row of every table."""
    found = {}
    for table in sorted(connection.introspection.table_names()):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            told = sorted(
                repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in cursor.fetchall()
            )
        found[table] = hashlib.sha256("\n".join(told).encode()).hexdigest()
    return found


def clear(copy: Path) -> bytes:
    """A copy as whoever gets hold of it reads it."""
    if connection.vendor == "sqlite":
        return copy.read_bytes()
    return subprocess.run(["pg_restore", "--file", "-", str(copy)], capture_output=True, check=True).stdout


@pytest.mark.django_db(transaction=True)
def test_the_drill(leads: Partnership, quiet: Case, tmp_path: Path, erased: Path) -> None:
    her = victim(quiet)
    sealed = [row.lines.open().encode() for row in Address.objects.filter(person=her) if row.lines]
    assert sealed and anchors.write(tmp_path / "heads", at=NOW)
    before = rows()

    made = making.make(connection, tmp_path, TO, at=NOW)
    engines.dump(connection, tmp_path / "copy")
    copy, whole = clear(tmp_path / "copy"), made.read_bytes()
    key = here.ALONGSIDE_SEALING_KEY
    assert her.given_name.encode() in copy, "names stand in clear in the database: the backup is sealed whole"
    for secret in (*sealed, key, b64encode(key), here.ALONGSIDE_AUDIT_KEY, b64encode(here.ALONGSIDE_AUDIT_KEY)):
        assert secret not in copy and secret not in whole
    assert her.given_name.encode() not in whole and whole.startswith(b"age-encryption.org/v1")
    assert made.stat().st_mode & 0o777 == 0o600

    erase(leads, her)
    assert erased.exists()
    with elsewhere(tmp_path):
        assert making.put_back(connection, made, str(KEY))["engine"] == connection.vendor
        assert rows() == before
        back = Person.objects.get(pk=her.pk)
        value = next(row for row in Address.objects.filter(person=her) if row.lines)
        assert back.erased_on is None
        assert actions.erase_again(by=BY, at=LATER) == 1
        assert Person.objects.get(pk=her.pk).full_name == "a person who was erased"
        with pytest.raises(Destroyed):
            value.lines.open()
        assert verify(anchors=list(anchors.read(tmp_path / "heads"))).whole
        with pytest.raises(BackupFault, match="There is a database already"):
            making.put_back(connection, made, str(KEY))
    assert queries.erased_owners() and not list(tmp_path.rglob(".*unfinished"))


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_put_back_leaves_nothing(tmp_path: Path) -> None:
    with elsewhere(tmp_path):
        (tmp_path / "copy").write_bytes(b"no copy of anything")
        about: dict[str, Any] = {"engine": connection.vendor, "made_on": "today"}
        archive.write(tmp_path / "bad.age", tmp_path / "copy", about, TO)
        with pytest.raises(BackupFault, match=r"damaged|failed"):
            making.put_back(connection, tmp_path / "bad.age", str(KEY))
        engines.check_empty(connection)


def write(tmp_path: Path, **about: str) -> Path:
    (tmp_path / "copy").write_bytes(b"a copy " * 20_000)
    archive.write(tmp_path / "a.age", tmp_path / "copy", about, TO)
    return tmp_path / "a.age"


def test_it_opens_with_its_key_and_says_what_it_is(tmp_path: Path) -> None:
    about = archive.read(write(tmp_path, engine="x"), tmp_path / "opened", f"# made by age-keygen\n{KEY}\n")
    assert about == {"engine": "x"} and (tmp_path / "opened").read_bytes() == b"a copy " * 20_000


def test_another_key_or_one_changed_byte_opens_nothing(tmp_path: Path) -> None:
    made = write(tmp_path)
    with pytest.raises(BackupFault, match="does not open with this key"):
        archive.read(made, tmp_path / "other", str(pyrage.x25519.Identity.generate()))
    whole = bytearray(made.read_bytes())
    whole[len(whole) // 2] ^= 1
    made.write_bytes(bytes(whole))
    with pytest.raises(BackupFault, match="was altered"):
        archive.read(made, tmp_path / "altered", str(KEY))


def test_nothing_is_written_over(tmp_path: Path) -> None:
    made = write(tmp_path)
    before = made.read_bytes()
    with pytest.raises(BackupFault, match="is there already"):
        archive.write(made, tmp_path / "copy", {}, TO)
    assert made.read_bytes() == before and not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("recipient", ["", "age1", "AGE-SECRET-KEY-1", "ssh-ed25519 AAAA"])
def test_a_recipient_is_a_public_key(tmp_path: Path, recipient: str) -> None:
    (tmp_path / "copy").write_bytes(b"x")
    with pytest.raises(BackupFault, match="begins with age1"):
        archive.write(tmp_path / "a.age", tmp_path / "copy", {}, [recipient])
    assert not (tmp_path / "a.age").exists()


def test_the_commands_say_what_is_missing(tmp_path: Path, erased: Path) -> None:
    told = CliRunner().invoke(backup, [str(tmp_path)])
    assert told.exit_code == 2 and "--to" in told.output
    (tmp_path / "key").write_text(str(KEY))
    made = write(tmp_path, engine="another", made_on="today")
    asked = [str(made), "--identity", str(tmp_path / "key")]
    told = CliRunner().invoke(restore, asked)
    assert (
        told.exit_code == 1
        and "There is no list of the erased" in told.output
        and "Nothing was put back" in told.output
    )
