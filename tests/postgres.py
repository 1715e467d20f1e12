"""A real PostgreSQL cluster for the time of a test run: made in a temporary folder, on a free port of 127.0.0.1."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql


class NoPostgres(RuntimeError):
    """PostgreSQL's server programs are not on this machine; the message says what to install."""


def program(name: str) -> str:
    """The path of one of PostgreSQL's server programs, the newest version first."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    for folder in folders:
        if (folder / name).is_file():
            return str(folder / name)
    found = shutil.which(name)
    if not found:
        raise NoPostgres(f"{name} is not installed: sudo apt-get install postgresql")
    return found


def _as_server_user() -> list[str]:
    """PostgreSQL refuses to run as root; then it runs as the user `postgres` of Debian's package."""
    if os.getuid() != 0:
        return []
    pwd.getpwnam("postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def cluster(**settings: str) -> Iterator[str]:
    """Yield the address of a running cluster, `postgresql://serving@127.0.0.1:PORT/alongside`; stop and remove it after. The role owns the
    database and may make more, and is no superuser: row-level security holds it, as in real use.

    fsync and synchronous commit are on, as in real use, unless `settings` of the server say otherwise.
    """
    as_user = _as_server_user()
    home = Path(tempfile.mkdtemp(prefix="alongside-postgres-"))
    try:
        if as_user:
            shutil.chown(home, "postgres", "postgres")
        home.chmod(0o700)
        data, port = home / "data", free_port()
        _run(
            [
                *as_user,
                program("initdb"),
                "-D",
                str(data),
                "-U",
                "alongside",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--data-checksums",
            ]
        )
        chosen = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(home), "fsync": "on", **settings}
        options = " ".join(f"-c {name}={value}" for name, value in chosen.items())
        control = [*as_user, program("pg_ctl"), "-D", str(data), "-w", "-t", "60"]
        log = home / "log"
        _run([*control, "-o", f"-p {port} {options}", "-l", str(log), "start"], log=log)
        try:
            _run([*as_user, program("createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "alongside", "alongside"])
            yield _given_away(f"postgresql://alongside@127.0.0.1:{port}/alongside")
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _given_away(url: str) -> str:
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("CREATE ROLE serving LOGIN CREATEDB")
        database.execute("ALTER DATABASE alongside OWNER TO serving")
    return url.replace("//alongside@", "//serving@")


def as_superuser(url: str) -> str:
    """The address for whoever runs the server."""
    return url.replace("//serving@", "//alongside@")


def another(url: str, name: str) -> str:
    """The address of one more database, empty, of the cluster that an address leads to."""
    with psycopg.connect(url, autocommit=True) as database:
        database.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return f"{url.rpartition('/')[0]}/{name}"


def _run(command: list[str], log: Path | None = None) -> None:
    done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        more = log.read_text() if log and log.exists() else ""
        raise RuntimeError(f"{Path(command[-1]).name}: {done.stdout}{done.stderr}{more}")
