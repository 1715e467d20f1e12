"""A policy lead, and sets of cases made by the means of the product from a source of these tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from alongside.agencies.models import User
from alongside.insight import actions, hooks, making
from alongside.insight.models import CaseSet
from alongside.policy import Places, Range, Value
from alongside.policy.population import Decided, schema, table
from alongside.policy.regime import alone
from alongside.policy.reproducing import as_book
from alongside.policy.store import write
from alongside.procedures.queries import library
from tests.apps.partnership import NOW, Partnership

DAY = date(2026, 3, 2)
Said = Iterable[tuple[str, Value, date]]  # the area, the ticks, the day
# Ticks of the cases of each area: in Coventry 6 would be new, in Walsall 2, and 7 for certain whatever is still open.
TICKS: dict[str, list[Value]] = {
    "coventry": [12] * 6 + [14] * 10 + [9],
    "walsall": [12] * 2 + [Range(12, 15)] * 7 + [Range(9, 12)] * 8 + [None],
}


# No other criterion for MARAC is met.
OTHERWISE: dict[str, Value] = {
    "professional_serious_concern": False,
    "police_callouts_12m": 0,
    "da_events_12m": 0,
    "marac_referred_before": False,
    "potential_escalation": False,
}


def said() -> Iterator[tuple[str, Value, date]]:
    for area, ticks in TICKS.items():
        yield from ((area, one, DAY - timedelta(weeks=place % 4)) for place, one in enumerate(ticks))


def population(out: Path, cases: Said) -> None:
    """A file of cases that differ in nothing but their ticks."""
    held, books = [], {}
    for area, ticks, day in cases:
        places, pack = Places(area, area, area), library().pack(area, DAY)
        facts = OTHERWISE | {"dash_yes_count": ticks}
        rules = list(alone(pack).rules)
        held.append(Decided(places, day, DAY, pack.hash, [facts], pack.outcomes(facts, rules)))
        books[pack.hash] = as_book(places, DAY, {})
    kinds = schema(library().vocabulary, [rule.id for rule in library().every_rule()])
    write(out, [table(held, 1, kinds)], lambda: {"books": books})


def tell(out: Path, _count: int, tick: hooks.Tick) -> None:
    population(out, said())
    tick(sum(map(len, TICKS.values())))


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.ALONGSIDE_DATA = tmp_path  # type: ignore[attr-defined]
    source = hooks.Source(
        write=tell, count=lambda: 35, button="Tell them", says="cases of a test", caution="They came at once."
    )
    monkeypatch.setitem(hooks.SOURCES, "test", source)
    return tmp_path


@pytest.fixture
def lead(there: Partnership) -> User:
    return User.objects.create_user(
        "lead@alongside.example", None, name="P. Lead", agency=there.agencies["partnership"], role="policy-lead"
    )


@pytest.fixture
def client(lead: User, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: NOW)
    client = Client()
    client.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def prepared(lead: User, django_capture_on_commit_callbacks: Callable[..., object]) -> Callable[[], CaseSet]:
    """Ask for a set of cases and make it, as the worker's process does."""

    def prepare() -> CaseSet:
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            asked = actions.ask_for_cases(source="test", wanted=None, by=lead, at=NOW)
            made = making.make(asked.pk)
        assert made is not None
        made.refresh_from_db()
        return made

    return prepare
