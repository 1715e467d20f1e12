"""The agent as an agency runs it: a process of its own, asked over the wire, with both logs."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from cryptography.fernet import Fernet

from alongside.agent import NoReply, Question, Remote, Reply, ask
from alongside.agent.exchange import LIVES, MOST_TOKENS, seal_question, seal_reply
from alongside.agent.settings import Settings
from tests.agent.conftest import PEOPLE, Asks, mode, run
from tests.postgres import free_port

AMINA = {"given_name": "Amina", "family_name": "Yusuf", "date_of_birth": "1991-04-07"}
STRANGER = {"given_name": "Ioana", "family_name": "Popescu", "date_of_birth": "1990-01-02"}


@contextmanager
def serving(folder: Path, **more: object) -> Iterator[Remote]:
    port, config = free_port(), folder / "agent.toml"
    lines = [f'listen = "127.0.0.1:{port}"', *(f"{name} = {value}" for name, value in more.items())]
    config.write_text("\n".join(lines) + "\n" + config.read_text())
    command = [sys.executable, "-c", "from alongside.cli import main; main()", "agent", "serve", str(config)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    remote = Remote(f"http://127.0.0.1:{port}", (folder / "channel.key").read_text().strip())
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{remote.address}/health", timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, process.communicate()[0]
                time.sleep(0.1)
        yield remote
    finally:
        process.terminate()
        process.communicate(timeout=20)


def logged(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "agent-log.jsonl").read_text().splitlines()]


def refusal(remote: Remote, sealed: bytes, path: str = "/consult") -> tuple[int, str]:
    try:
        urllib.request.urlopen(urllib.request.Request(remote.address + path, data=sealed), timeout=5)
    except urllib.error.HTTPError as fault:
        return fault.code, fault.read().decode()
    raise AssertionError("it was answered")


def test_asked_from_another_process(folder: Path, agency: Settings, about: Asks) -> None:
    with serving(folder, most_an_hour=10) as remote:
        # what is held, and what is not
        known, stranger = about(**AMINA), about("checking before a visit", **STRANGER)
        held = ask(remote, known)
        assert (held.answer, held.team, held.telephone, held.why) == ("held", "Housing duty desk", "024 7601 0101", "")
        assert held.as_of is not None
        assert ask(remote, stranger).answer == "not-held"
        # both stand in the agency's log, with its own number of the record; of a stranger nothing but the question
        first, second = logged(folder)
        assert (first["agency"], first["role"], first["answer"]) == ("west-midlands-police", "police-officer", "held")
        assert first["records"] == ["h1"] and first["purpose"] == "safeguarding: somebody was named"
        assert second["records"] == [] and second["purpose"] == "checking before a visit"
        text = (folder / "agent-log.jsonl").read_text()
        assert not [token for group in stranger.tokens.values() for token in group if token in text]
        assert mode(folder / "agent-log.jsonl") == 0o600
        assert (
            "west-midlands-police, police-officer: checking before a visit → not-held"
            in run("log", str(folder / "agent.toml")).output
        )
        # what is no question of the platform is not answered, and not logged
        key = remote.channel_key
        assert refusal(remote, seal_question(known, key)) == (
            403,
            "This question was answered already. Nothing was answered.",
        )
        assert refusal(remote, seal_question(about(**AMINA), Fernet.generate_key().decode()))[0] == 403
        old = Fernet(key).encrypt_at_time(b'{"kind": "question"}', int(time.time()) - LIVES - 5)
        assert refusal(remote, old)[0] == 403
        assert refusal(remote, seal_question(about(" ", **AMINA), key))[0] == 403
        assert refusal(remote, seal_question(replace(about(), tokens={"names": ("no token",)}), key))[0] == 403
        many = {"names": ("00" * 16,) * (MOST_TOKENS + 1)}
        assert refusal(remote, seal_question(replace(about(), tokens=many), key))[0] == 403
        assert refusal(remote, seal_reply(held, key))[0] == 403
        assert refusal(remote, b"")[0] == 413
        assert refusal(remote, b"x" * 70_000)[0] == 413
        assert refusal(remote, b"x", "/people")[0] == 404
        assert len(logged(folder)) == 2
        # an index written anew is taken up by the running agent
        (folder / "people.csv").write_text(PEOPLE + "h9,Ioana,Popescu,1990-01-02,CV5 6AA,,,\n")
        assert run("index", str(folder / "agent.toml")).exit_code == 0
        assert ask(remote, about(**STRANGER)).answer == "held"
        # a log that cannot be written: nothing is answered
        (folder / "agent-log.jsonl").rename(folder / "kept.jsonl")
        (folder / "agent-log.jsonl").mkdir()
        with pytest.raises(NoReply, match="503"):
            ask(remote, about(**AMINA))
        (folder / "agent-log.jsonl").rmdir()
        # somebody who tries names is stopped
        with pytest.raises(NoReply, match="429"):
            for _ in range(6):
                ask(remote, about(**AMINA))
        (folder / "agent-index.sqlite").unlink()
        with pytest.raises(urllib.error.HTTPError, match="503"):
            urllib.request.urlopen(f"{remote.address}/health", timeout=5)
    with pytest.raises(NoReply, match="cannot be reached"):
        ask(remote, about(**AMINA))


@contextmanager
def pretending(answers: Callable[[bytes], tuple[str, list[tuple[str, str]], bytes]]) -> Iterator[str]:
    """Something that listens in the agent's place."""
    import threading

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: object) -> None:
            return

    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        status, headers, body = answers(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        start(status, headers)
        return [body]

    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


KEY = Fernet.generate_key().decode()
ASKED = Question("q1", "a", "b", "c", {})


@pytest.mark.parametrize(
    "reply",
    [
        b"not-held",
        seal_reply(Reply("q1", "not-held", "t"), Fernet.generate_key().decode()),
        seal_reply(Reply("q2", "not-held", "t"), KEY),
        seal_reply(Reply("q1", "nobody", "t"), KEY),
        seal_question(ASKED, KEY),
        Fernet(KEY).encrypt(b"[]"),
        Fernet(KEY).encrypt_at_time(b'{"kind":"reply","id":"q1","answer":"not-held","team":"t"}', 1_700_000_000),
    ],
    ids=["plain", "other-key", "other-question", "no-answer", "a-question", "a-list", "old"],
)
def test_what_is_not_the_agents_own_reply_is_no_answer(reply: bytes) -> None:
    with pretending(lambda _: ("200 OK", [], reply)) as address, pytest.raises(NoReply):
        ask(Remote(address, KEY), ASKED)


def test_a_question_is_not_carried_anywhere_else() -> None:
    heard: list[bytes] = []

    def elsewhere(body: bytes) -> tuple[str, list[tuple[str, str]], bytes]:
        heard.append(body)
        return "200 OK", [], seal_reply(Reply("q1", "not-held", "t"), KEY)

    with (
        pretending(elsewhere) as other,
        pretending(lambda _: ("307 Go", [("Location", other)], b"")) as address,
        pytest.raises(NoReply, match="307"),
    ):
        ask(Remote(address, KEY), ASKED)
    assert heard == []


@pytest.mark.parametrize("address", ["http://agent.example/", "ftp://127.0.0.1/", "127.0.0.1:80", ""])
def test_an_address_that_others_could_read_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="https"):
        Remote(address, KEY)
