"""The chain: verified whole, and broken at the first place that was touched."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from alongside.audit import anchors, chain, triggers
from alongside.audit.api import record_read, unit_of_work
from alongside.audit.models import ChainHead, Event
from alongside.audit.verify import Report, verify
from tests.apps.audit.conftest import COUNCIL, NOW, POLICE, note_something

pytestmark = pytest.mark.django_db


def tampered(statement: str, *values: object) -> Report:
    """The report after somebody with the database in hand ran a statement."""
    with triggers.lifted(connection), connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0
    return verify()


def filled() -> None:
    for number in range(5):
        note_something(by=POLICE, subject=str(number))
        note_something(by=COUNCIL, subject=str(number), code="a")


def test_a_chain_for_each_agency_and_one_for_what_begins() -> None:
    filled()
    report = verify()
    assert report.whole
    assert report.events == {COUNCIL.audit_chain: 5, POLICE.audit_chain: 5, "partnership": 2}


def test_the_mac_is_what_the_documentation_says(settings: Any) -> None:
    """An auditor can do the sum without our code."""
    note_something(by=POLICE, subject="7", code="a")
    event = Event.objects.get(name="tests.something_noted")
    said = json.dumps(
        [event.chain, 1, "2026-11-21T19:40:00.000000+00:00", "act", event.name, "system:desk", "tests.thing", "7"],
        separators=(",", ":"),
    )
    message = f"\n{said}\n" + '{"code":"a"}'
    assert event.mac == hmac.new(settings.ALONGSIDE_AUDIT_KEY, message.encode(), hashlib.sha256).hexdigest()


@pytest.mark.parametrize(
    ("statement", "seq", "what"),
    [
        ("UPDATE audit_event SET actor = 'system:x' WHERE chain = %s AND seq = 3", 3, "changed"),
        ("UPDATE audit_event SET detail = '{\"a\":1}' WHERE chain = %s AND seq = 1", 1, "changed"),
        ("UPDATE audit_event SET subject_ids = '99' WHERE chain = %s AND seq = 5", 5, "changed"),
        ("UPDATE audit_event SET happened_on = '2020-01-01 00:00:00+00:00' WHERE chain = %s AND seq = 2", 2, "changed"),
        ("DELETE FROM audit_event WHERE chain = %s AND seq = 2", 2, "missing"),
        ("DELETE FROM audit_event WHERE chain = %s AND seq >= 4", 4, "missing"),
        ("DELETE FROM audit_event WHERE chain = %s", 1, "missing"),
        ("DELETE FROM audit_chainhead WHERE chain = %s", 6, "head of the chain is gone"),
        ("UPDATE audit_chainhead SET seq = 4 WHERE chain = %s", 4, "head of the chain was altered"),
    ],
)
def test_a_tamper_is_found_at_its_place(statement: str, seq: int, what: str) -> None:
    filled()
    report = tampered(statement, POLICE.audit_chain)
    assert [(found.chain, found.seq) for found in report.breaks] == [(POLICE.audit_chain, seq)]
    assert what in report.breaks[0].what
    assert report.events[COUNCIL.audit_chain] == 5


def test_an_end_cut_off_with_its_head_wound_back_is_found() -> None:
    filled()
    mac = Event.objects.get(chain=POLICE.audit_chain, seq=3).mac
    with triggers.lifted(connection), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE chain = %s AND seq > 3", [POLICE.audit_chain])
        cursor.execute("UPDATE audit_chainhead SET seq = 3, mac = %s WHERE chain = %s", [mac, POLICE.audit_chain])
    assert [found.what for found in verify().breaks] == ["the head of the chain was altered"]


def test_a_whole_chain_removed_is_missed() -> None:
    filled()
    with triggers.lifted(connection), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE chain = %s", [POLICE.audit_chain])
        cursor.execute("DELETE FROM audit_chainhead WHERE chain = %s", [POLICE.audit_chain])
    assert [found.chain for found in verify().breaks] == [POLICE.audit_chain]


def test_the_anchor_file_catches_an_older_copy_put_back(tmp_path: Path) -> None:
    """Events and a head that were once true, with everything since removed: only the file outside can tell."""
    file = tmp_path / "heads.jsonl"
    filled()
    old = ChainHead.objects.get(chain=POLICE.audit_chain)
    note_something(by=POLICE)
    assert anchors.write(file, at=NOW) == 3
    with triggers.lifted(connection), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE chain = %s AND seq = 6", [POLICE.audit_chain])
        cursor.execute(
            "UPDATE audit_chainhead SET seq = %s, mac = %s, seal = %s WHERE chain = %s",
            [old.seq, old.mac, old.seal, old.chain],
        )
    assert verify().whole
    found = verify(anchors=anchors.read(file)).breaks
    assert [(each.chain, each.seq) for each in found] == [(POLICE.audit_chain, 6)]


@pytest.mark.parametrize("line", ["nonsense", "{}", '{"anchor":"[]","mac":"00"}'])
def test_an_altered_anchor_file_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "heads.jsonl"
    filled()
    anchors.write(file, at=NOW)
    with file.open("a") as out:
        out.write(line + "\n")
    with pytest.raises(anchors.BadAnchor, match="line 4"):
        list(anchors.read(file))


def test_the_key_matters(settings: Any) -> None:
    filled()
    settings.ALONGSIDE_AUDIT_KEY = b"another key, as long as it must be"
    assert len(verify().breaks) == 3
    settings.ALONGSIDE_AUDIT_KEY = b"short"
    with pytest.raises(ImproperlyConfigured):
        note_something(by=POLICE)


def test_a_missing_trigger_is_reported() -> None:
    with triggers.lifted(connection):
        report = verify()
    assert report.missing_triggers and not report.whole


HOLLOW = {
    "sqlite": "CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT 1; END",
    "postgresql": "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN OLD; END$$",
}


def test_a_trigger_hollowed_out_under_its_own_name_is_reported() -> None:
    """Somebody with the database in hand, who knows that names are looked at."""
    assert triggers.missing(connection) == []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_event_no_delete")
        cursor.execute(HOLLOW[connection.vendor])
    assert any(name.startswith("audit_event_no_") for name in verify().missing_triggers)
    triggers.install(connection)
    assert triggers.missing(connection) == []


def test_events_that_come_while_the_walk_is_on_are_no_fault() -> None:
    filled()
    come = iter(range(3))

    def tick(count: int) -> None:
        if next(come, None) is not None:
            note_something(by=COUNCIL)
            note_something(by=POLICE)

    report = verify(tick=tick, piece=2)
    assert report.whole, report.breaks
    assert report.events[POLICE.audit_chain] == 8


@pytest.mark.parametrize("piece", [1, 2, 3, 5, 50])
@pytest.mark.parametrize("seq", [1, 2, 3, 4, 5])
def test_a_fault_is_found_at_its_place_whatever_the_pieces(piece: int, seq: int) -> None:
    filled()
    with triggers.lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET name = 'x' WHERE chain = %s AND seq = %s", [POLICE.audit_chain, seq])
        cursor.execute("UPDATE audit_event SET name = 'x' WHERE chain = %s AND seq = 5", [COUNCIL.audit_chain])
    found = verify(piece=piece)
    assert {(one.chain, one.seq) for one in found.breaks} == {(POLICE.audit_chain, seq), (COUNCIL.audit_chain, 5)}
    assert found.events == {POLICE.audit_chain: seq - 1, COUNCIL.audit_chain: 4, "partnership": 2}


def test_a_number_far_away_does_not_make_the_walk_long() -> None:
    filled()
    begun = time.perf_counter()
    found = tampered("UPDATE audit_event SET seq = 9000000000000 WHERE chain = %s AND seq = 5", POLICE.audit_chain)
    assert [(one.chain, one.seq) for one in found.breaks] == [(POLICE.audit_chain, 5)]
    assert time.perf_counter() - begun < 1


@hypothesis.settings(max_examples=60)
@given(
    st.lists(st.text(max_size=30), min_size=6, max_size=6), st.integers(1, 2**62), st.datetimes(timezones=st.just(UTC))
)
def test_what_an_event_says_is_canonical_json(words: list[str], seq: int, at: datetime) -> None:
    """The fast spelling and the documented one are one."""
    event = chain.Pending(words[0], words[1], words[2], words[3], words[4], words[5], "{}", at)
    listed = [words[0], seq, at.isoformat(timespec="microseconds"), *words[1:]]
    assert chain.said(seq, event) == chain.canonical(listed)


def test_a_head_on_paper_finds_an_older_copy_put_back() -> None:
    filled()
    note_something(by=POLICE)
    [kept] = [one for one in anchors.heads() if one.chain == POLICE.audit_chain]
    typed = anchors.from_paper(kept.chain, kept.seq, anchors.on_paper(kept).upper())
    assert verify(anchors=[typed]).whole
    other = anchors.from_paper(kept.chain, kept.seq, "0" * 16)
    assert [one.what for one in verify(anchors=[other]).breaks] == ["not the event that was anchored"]
    assert [one.what for one in verify(anchors=[typed, other]).breaks] == ["not the event that was anchored"]
    later = anchors.Anchor(kept.chain, kept.seq + 1, kept.mac)
    assert [one.seq for one in verify(anchors=[later]).breaks] == [kept.seq + 1]


@pytest.mark.parametrize("code", ["", "12ab", "not a code at all", "0123 4567 89ab cde"])
def test_too_short_a_code_proves_nothing(code: str) -> None:
    with pytest.raises(anchors.BadAnchor):
        anchors.from_paper("x", 1, code)


def test_chaining_takes_few_queries_however_many_events() -> None:
    note_something(by=POLICE)
    with (
        CaptureQueriesContext(
            connection,
        ) as queries,
        unit_of_work(),
    ):
        for number in range(60):
            record_read(("tests.thing", str(number)), by=POLICE, at=NOW, what="tests.page")
    words = [query["sql"].split()[0] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert words == ["SELECT", "INSERT", "UPDATE"]


def test_the_sums_for_a_hundred_events_are_quick() -> None:
    """Below 5 ms beyond the insert (measured far below); the best of five, so that a busy machine does not decide."""
    best = min(_sums(100) for _ in range(5))
    assert best < 0.005


def _sums(count: int) -> float:
    pending = [chain.Pending("x", "read", "tests.page", "system:desk", "t.t", str(n), "{}", NOW) for n in range(count)]
    begun = time.perf_counter()
    rows = chain._grow(chain.key(), ChainHead(chain="x"), pending)
    spent = time.perf_counter() - begun
    assert rows[-1].seq == count
    return spent


def test_times_keep_their_instant_in_any_zone() -> None:
    note_something(by=POLICE, at=datetime(2026, 7, 1, 12, 30, 0, 123456, tzinfo=UTC))
    assert verify().whole
