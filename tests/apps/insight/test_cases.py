"""A set of cases: asked for, written apart, checked, replaced, deleted; and nothing left of one that failed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.models import Event
from alongside.insight import actions, files, hooks, making, queries
from alongside.insight.models import CaseSet
from alongside.outbox.models import Timer
from tests.apps.partnership import NOW, Partnership

Prepare = Callable[[], CaseSet]
OWN_ONLY = 0o600


def test_what_was_asked_for_is_written_checked_and_kept(prepared: Prepare) -> None:
    made = prepared()
    assert (made.state, made.cases, made.differing, made.unchecked) == ("ready", 35, 0, 0)
    assert made.decisions > 35 * 100
    assert files.path_of(made.pk).stat().st_mode & 0o777 == OWN_ONLY
    assert Timer.objects.get(kind="insight.prepare").subject_id == str(made.pk)
    names = Event.objects.filter(subject_kind="insight.caseset").values_list("name", flat=True)
    assert {"insight.cases_asked", "insight.cases_kept"} <= set(names)


def test_the_next_one_takes_its_place_and_its_file_goes(prepared: Prepare, own_folder: Path) -> None:
    first = prepared()
    (own_folder / "cases-to-replay" / ".killed.parquet.x").mkdir()  # of a process that was killed
    second = prepared()
    first.refresh_from_db()
    assert (first.state, second.state) == ("gone", "ready")
    left = {
        path.suffix
        for path in (own_folder / "cases-to-replay").iterdir()
        if second.pk.hex not in path.name.replace("-", "")
    }
    assert left == set()
    assert files.path_of(second.pk).is_file()


def test_one_is_prepared_at_a_time(lead: User) -> None:
    asked = actions.ask_for_cases(source="test", wanted=None, by=lead, at=NOW)
    with pytest.raises(Refused, match="being prepared already"):
        actions.ask_for_cases(source="test", wanted=None, by=lead, at=NOW + timedelta(minutes=1))
    # one of which nothing was heard for long is given up
    actions.ask_for_cases(source="test", wanted=None, by=lead, at=NOW + timedelta(minutes=10))
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert making.make(asked.pk) is None


def test_nothing_is_left_of_one_that_failed(lead: User, own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(out: Path, _count: int, tick: hooks.Tick) -> None:
        out.write_bytes(b"half of it")
        raise OSError("the disk is full")

    monkeypatch.setitem(hooks.SOURCES, "test", hooks.Source(fails, lambda: 3, "", ""))
    asked = actions.ask_for_cases(source="test", wanted=None, by=lead, at=NOW)
    with pytest.raises(OSError, match="disk is full"):
        making.make(asked.pk)
    asked.refresh_from_db()
    assert asked.state == "failed" and queries.last_failed() == asked
    assert list((own_folder / "cases-to-replay").iterdir()) == []


def test_the_page_says_how_far_it_is(client: Client, lead: User) -> None:
    asked = actions.ask_for_cases(source="test", wanted=None, by=lead, at=NOW)
    assert "it begins in a moment" in client.get("/what-if/").content.decode()
    files.note(asked.pk, 20)
    assert "Being prepared: 20 of 35 cases so far." in client.get("/what-if/").content.decode()


def test_the_button_asks_and_the_other_deletes(client: Client, prepared: Prepare) -> None:
    made = prepared()
    page = client.post("/what-if/cases/", {"source": "test"}, follow=True).content.decode()
    assert "The cases are being prepared" in page
    page = client.post("/what-if/cases/", {"source": "test"}, follow=True).content.decode()
    assert "being prepared already" in page
    page = client.post("/what-if/cases/", {"source": "test", "count": "0"}, follow=True).content.decode()
    assert "Say how many cases" in page
    page = client.post("/what-if/cases/delete/", follow=True).content.decode()
    assert "The cases are deleted." in page
    made.refresh_from_db()
    assert made.state == "gone"


def test_only_who_may_asks(there: Partnership) -> None:
    with pytest.raises(Refused, match="may not see in counts what a change of the rules would do"):
        actions.ask_for_cases(source="test", wanted=None, by=there.users["officer"], at=NOW)
