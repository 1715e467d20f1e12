"""Make the partnership of a benchmark: its staff, its tokens, everybody it knows already, and the notifications that will be sent.

    python -m bench.population --known 100000 --notifications 3000 --out FOLDER

Run with the environment of the site it is for. Writes keys.json (by agency: token and session), notifications.jsonl
and own.jsonl (calls to one team).
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from alongside.agencies.models import User  # noqa: E402
from alongside.api.actions import make_token  # noqa: E402
from alongside.audit.api import SystemActor, unit_of_work  # noqa: E402
from alongside.demo.generate import notifications  # noqa: E402
from alongside.demo.loading import load_people  # noqa: E402
from alongside.demo.partnership import Partnership, build_partnership  # noqa: E402
from alongside.demo.queries import recording_desks  # noqa: E402
from alongside.demo.schools import register_schools  # noqa: E402

SEED, HOME = 20_261_122, "coventry"
BY = SystemActor("benchmark")


def partnership(at: datetime) -> Partnership:
    """The invented partnership with its schools, and nobody known yet."""
    with unit_of_work():
        made = build_partnership(at)
        register_schools(made, at=at)
    return made


def keys(made: Partnership, at: datetime) -> dict[str, dict[str, str]]:
    """By agency: the token its system sends, and the session of somebody at its front line, in Coventry where it works there."""
    desks = sorted(recording_desks().items(), key=lambda item: item[0][1] == HOME)
    people = {agency: desk.person for (agency, _), desk in desks}
    return {
        code: {
            "token": make_token(agency=agency, by=BY, at=at),
            "session": session(people[code]) if people[code].may("see_cases") else "",
        }
        for code, agency in made.agencies.items()
        if code in people
    }


def session(user: User) -> str:
    """A session as signing in leaves it, without the tenth of a second a password takes on purpose."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return str(client.cookies["session"].value)


def _write(path: Path, told: Iterable[dict[str, Any]]) -> None:
    with path.open("w") as out:
        for one in told:
            out.write(json.dumps(one) + "\n")


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--known", type=int, required=True)
    parser.add_argument("--notifications", type=int, required=True)
    parser.add_argument("--own", type=int, default=200, help="calls in Coventry, for the pages of a team")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    start, at = time.perf_counter(), datetime.now(UTC)
    made = partnership(at)
    people = load_people(people=given.known, seed=SEED, at=at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    (given.out / "keys.json").write_text(json.dumps(keys(made, at)))
    _write(given.out / "notifications.jsonl", islice(notifications(seed=SEED), given.notifications))
    calls = (one for one in notifications(seed=SEED + 1) if one["area"] == HOME and one["kind"] == "police-incident")
    _write(given.out / "own.jsonl", islice(calls, given.own))
    print(json.dumps({"people": people, "seconds": round(time.perf_counter() - start, 1)}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
