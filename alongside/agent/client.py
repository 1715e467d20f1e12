"""The platform's side: ask an agency's agent, and be told plainly when no answer came."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

from alongside.agent.exchange import Question, Reply, Unreadable, open_reply, seal_question

WAITS = 10.0  # seconds
MOST_BYTES = 64 * 1024
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class NoReply(Exception):
    """The agent gave no answer that can be relied on: nobody may read it as *not held*. Its words may be shown."""


@dataclass(frozen=True)
class Remote:
    """Where an agency's agent listens, and the key shared with it. ValueError for an address that others could read on the way."""

    address: str
    channel_key: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)):
            raise ValueError(f"{self.address}: an agent is asked over https, or on this machine.")
        Fernet(self.channel_key)


class _Straight(urllib.request.HTTPRedirectHandler):
    """What is asked goes where the operator said and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


def ask(remote: Remote, question: Question, *, waits: float = WAITS) -> Reply:
    """The agent's reply. Raises NoReply where none comes in time, or it is not the agent's own."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Straight)
    request = urllib.request.Request(  # noqa: S310 - https, or this machine (Remote)
        remote.address.rstrip("/") + "/consult",
        data=seal_question(question, remote.channel_key),
        headers={"Content-Type": "application/octet-stream"},
    )
    try:
        with opener.open(request, timeout=waits) as answered:
            return open_reply(answered.read(MOST_BYTES), remote.channel_key, question.id)
    except urllib.error.HTTPError as fault:
        raise NoReply(f"The agent answered {fault.code}.") from None
    except (OSError, http.client.HTTPException):
        raise NoReply("The agent cannot be reached.") from None
    except Unreadable as fault:
        raise NoReply(str(fault)) from None
