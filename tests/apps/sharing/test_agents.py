"""Agencies with systems of their own, asked by the worker: what their agents answer, and what it means when they do not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from alongside.agent import log
from alongside.agent.service import Service
from alongside.agent.settings import read
from alongside.cases.models import Case
from alongside.outbox import registry, worker
from alongside.people.queries import said_of
from alongside.sharing.consults import agents
from alongside.sharing.consults.models import Consult
from tests.agent.conftest import run, settings_text
from tests.apps.partnership import NOW, Partnership
from tests.apps.sharing.test_consults import answers, ask, declare, done

LATE = timedelta(minutes=15)
CODE = "coventry-adult-social-care"


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        return


@contextmanager
def serving(application: Any) -> Iterator[str]:
    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def asked(case: Case, there: Partnership) -> Consult:
    """An agency whose own system is to answer, just asked."""
    declare(there, CODE, "remote")
    assert not ask(case, there).is_whole
    agents._silent.clear()
    return Consult.objects.get(agency__code=CODE)


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """The keys, at the agency and at the platform; `listens` says where the agent is."""
    for kind in ("partnership", "channel"):
        assert run("new-key", kind, str(tmp_path / f"{kind}.key")).exit_code == 0
    (tmp_path / "agent.toml").write_text(settings_text('csv = "people.csv"'))
    settings.ALONGSIDE_AGENTS = str(tmp_path / "agents.toml")
    return tmp_path


def holds(folder: Path, *rows: str) -> Service:
    """The agency's agent, over these people."""
    (folder / "people.csv").write_text("\n".join(["number,FORENAME,SURNAME,DOB,PC,TEL,NHS", *rows]) + "\n")
    assert run("index", str(folder / "agent.toml")).exit_code == 0
    return Service(read(folder / "agent.toml"))


def listens(folder: Path, address: str) -> None:
    (folder / "agents.toml").write_text(
        f'partnership_key_file = "partnership.key"\n[agents.{CODE}]\naddress = "{address}"\nchannel_key_file = "channel.key"\n'
    )


def at(moment: datetime) -> Any:
    return lambda: moment


def row_of(asked: Consult) -> tuple[str, str]:
    asked.refresh_from_db()
    return asked.answer, asked.why


def test_an_agent_that_holds_somebody_is_believed(asked: Consult, folder: Path) -> None:
    said = {str(pk): one for pk, (one, _) in said_of([*map(str, asked.about)]).items()}  # type: ignore[arg-type]
    whole = [one for one in said.values() if one.given_name and one.family_name and len(one.date_of_birth) == 10]
    known = min(whole, key=lambda one: one.given_name)  # ids are drawn anew in each run
    born = known.date_of_birth
    service = holds(folder, f"h1,{known.given_name},{known.family_name},{born},,,")
    with serving(service) as address:
        listens(folder, address)
        assert agents.ask_waiting(at(NOW)) == 1
        assert row_of(asked) == ("held", "")
        assert asked.held_about == [known.ref] and asked.answered_on == NOW
        assert agents.ask_waiting(at(NOW)) == 0  # nothing is owed any more
    lines = list(log.lines(folder / "agent-log.jsonl"))
    assert [one["records"] for one in lines if one["answer"] == "held"] == [["h1"]]
    assert {(one["agency"], one["role"]) for one in lines} == {("west-midlands-police", "police-officer")}
    assert {one["purpose"] for one in lines} == {"asked again, to protect the people of a case of domestic abuse"}
    assert CODE in done(asked.case)


def test_what_an_agent_cannot_tell_is_never_not_held(asked: Consult, folder: Path) -> None:
    """The case's people are known by too little for a stranger's list to mean that they are not there."""
    with serving(holds(folder, "h1,Ioana,Popescu,1990-01-02,,,")) as address:
        listens(folder, address)
        assert agents.ask_waiting(at(NOW)) == 1
    assert row_of(asked) == ("cannot-tell", "like")
    assert CODE not in done(asked.case)


def test_nothing_heard_stays_a_task_and_then_says_so(asked: Consult, folder: Path) -> None:
    listens(folder, "http://127.0.0.1:9")
    begun = asked.asked_at
    assert agents.ask_waiting(at(begun)) == 0
    assert agents._silent == {asked.agency_id: begun}
    assert agents.ask_waiting(at(begun + agents.AGAIN / 2)) == 0
    assert agents._silent == {asked.agency_id: begun}, "an agent that is away is left alone for a while"
    assert agents.ask_waiting(at(begun + agents.AGAIN)) == 0
    assert row_of(asked) == ("cannot-tell", "waiting")
    assert agents.ask_waiting(at(begun + LATE + timedelta(seconds=1))) == 1
    assert row_of(asked) == ("cannot-tell", "no-answer")
    assert "west-midlands-police" not in done(asked.case), "whoever asked still has to ring"


@pytest.mark.parametrize("told", ["", "nonsense", "missing"])
def test_without_a_list_of_agents_nobody_is_taken_for_not_held(
    asked: Consult, folder: Path, settings: Any, told: str
) -> None:
    settings.ALONGSIDE_AGENTS = str(folder / "agents.toml") if told else ""
    if told == "nonsense":
        (folder / "agents.toml").write_text("[")
    assert agents.ask_waiting(at(asked.asked_at)) == 0
    assert row_of(asked) == ("cannot-tell", "waiting")
    agents._silent.clear()
    assert agents.ask_waiting(at(asked.asked_at + LATE)) == 1
    assert row_of(asked) == ("cannot-tell", "no-answer")


def test_a_worker_asks_in_its_rounds_and_outlives_a_fault(
    asked: Consult, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_now: object) -> int:
        raise RuntimeError("a fault of its own")

    assert agents.ask_waiting in registry.works()
    monkeypatch.setattr(registry, "_works", [broken, agents.ask_waiting])
    with serving(holds(folder, "h1,Ioana,Popescu,1990-01-02,,,")) as address:
        listens(folder, address)
        assert worker.run_once(at(NOW)).besides == 1
    assert answers(asked.case)[CODE] == ("cannot-tell", "like")


def test_an_agent_that_is_away_is_waited_for_once_a_round(
    asked: Consult, there: Partnership, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same worker sends the mail: ten cases that wait for one agent cost one wait."""
    ask(asked.case, there)
    assert Consult.objects.filter(why="waiting").count() == 2
    tried: list[str] = []

    def away(*_: object, **__: object) -> None:
        tried.append("once")
        raise agents.NoReply("away")

    listens(folder, "http://127.0.0.1:9")
    monkeypatch.setattr(agents, "ask", away)
    assert agents.ask_waiting(at(asked.asked_at)) == 0
    assert tried == ["once"]


def test_two_workers_keep_one_answer(asked: Consult, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    service = holds(folder, "h1,Ioana,Popescu,1990-01-02,,,")
    with serving(service) as address:
        listens(folder, address)
        both = [asked, Consult.objects.select_related("agency", "asked_by__agency").get(pk=asked.pk)]
        monkeypatch.setattr(agents.queries, "waiting", lambda: both)
        assert agents.ask_waiting(at(NOW)) == 1


A, B = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("told", "together"),
    [
        ({A: "not-held", B: "not-held"}, ("not-held", "", [])),
        ({A: "not-held", B: "cannot-tell"}, ("cannot-tell", "like", [])),
        ({A: "held", B: "cannot-tell"}, ("held", "", [A])),
        ({A: "held", B: "not-held"}, ("held", "", [A])),
        ({}, ("cannot-tell", "nothing-known", [])),
    ],
)
def test_one_answer_of_several(told: dict[UUID, str], together: object) -> None:
    assert agents._together(told) == together
