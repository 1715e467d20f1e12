"""From the tokens of somebody to *held*, *not held* or *cannot tell*. Not known is never no."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from alongside.agent.exchange import Question, Reply
from alongside.agent.index import Index, Shared
from alongside.agent.settings import Settings
from alongside.agent.tokens import CHANCE, is_enough, speaks_for_one

LIKE = "Somebody like the person asked about is on record; whether it is this person, only the team can tell."
TOO_LITTLE = "Too little is known of the person to say that nobody is on record."
OLD = "The agency's index is old: somebody recorded since is not in it."


def answer(question: Question, index: Index, settings: Settings, at: datetime) -> tuple[Reply, list[str]]:
    """The reply, and the agency's own ids of the records it rests on, for the agency's log alone.

    *Held*: a record shares keys that together speak for one person. *Cannot tell*: it is restricted, or shares less than that; or nothing is
    shared and too little was asked with, or the index is old. Raises ValueError for what is no token.
    """
    shared = index.shared(question.tokens)
    sure = [one for one in shared if speaks_for_one(one.kinds)]
    like = [one for one in shared if one.kinds - CHANCE]
    held = [one for one in sure if not one.restricted]
    if held:
        said, why = "held", ""
    elif like:
        said, why = "cannot-tell", LIKE
    elif not is_enough(question.tokens):
        said, why = "cannot-tell", TOO_LITTLE
    elif at - index.as_of > timedelta(hours=settings.stale_after):
        said, why = "cannot-tell", OLD
    else:
        said, why = "not-held", ""
    reply = Reply(question.id, said, settings.team, settings.telephone, why, index.as_of)
    return reply, _ids(sure or like)


def _ids(records: Iterable[Shared]) -> list[str]:
    return sorted(one.id for one in records)
