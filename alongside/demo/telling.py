"""What is told of an invented incident: a few sentences, what police noted, and a checklist filled in as people do."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from alongside.risk.instruments import instruments

CALLS = (
    "Called by a neighbour who heard shouting.",
    "Called by the victim.",
    "Called by a relative on the telephone.",
    "Silent call; the operator heard an argument.",
    "Came to the front desk to report.",
)
HAPPENED = (
    "Argument about money; a telephone was taken and given back.",
    "Pushed against a door. No injury seen.",
    "Messages through the night, and somebody waiting outside work.",
    "Slapped and threatened. A bruise on the arm.",
    "Not let out of the house until the morning.",
    "Grabbed by the throat for a moment; hoarse when help came.",
    "Came to the house although asked not to.",
)
CHILDREN = (
    "The children were upstairs.",
    "A child opened the door.",
    "The children were at a relative's.",
    "",
)
TYPES = (
    "psychological",
    "physical",
    "emotional",
    "controlling",
    "coercive",
    "threats",
    "economic",
    "stalking",
    "sexual",
)
RARE = ("honour-based", "forced-marriage")


def account(chance: Random, with_children: bool) -> str:
    """A summary such as an officer writes."""
    return " ".join(
        filter(None, (chance.choice(CALLS), chance.choice(HAPPENED), chance.choice(CHILDREN) if with_children else ""))
    )


def incident(chance: Random, *, by_police: bool) -> dict[str, Any]:
    """What was noted of the incident; a third of what could be known is not."""
    types = chance.sample(TYPES, chance.randrange(1, 4)) + ([chance.choice(RARE)] if chance.random() < 0.02 else [])
    return {
        "types": types,
        "recorded_as": chance.choice(("crime", "non-crime", None)),
        "minor": chance.choice((True, False, None)),
        "police_attended": True if by_police else chance.choice((False, None)),
        "arrest_made": chance.choices((True, False, None), (25, 65, 10))[0],
        "sexual_assault": chance.choices((True, False, None), (3, 60, 37))[0],
        "attempted_strangulation": chance.choices((True, False, None), (6, 60, 34))[0],
        "weapons_used": chance.choices((True, False, None), (7, 70, 23))[0],
        "threats_to_kill": chance.choices((True, False, None), (7, 60, 33))[0],
    }


def risk(instrument: str, received: datetime, by: str, chance: Random) -> dict[str, Any]:
    """A checklist with a danger of its own, and topics refused, not known and not asked."""
    danger, asked = chance.betavariate(1.6, 3.2), chance.choice((1.0, 0.9, 0.9, 0.7, 0.3))
    answers = {}
    for topic in instruments()[instrument].keys:
        if chance.random() < asked:
            words = ("yes", "no", "not-known", "refused", "not-safe-to-ask")
            answers[topic] = chance.choices(words, (danger * 100, (1 - danger) * 100, 12, 4, 3))[0]
    grade = chance.choice(
        (None, "standard", "standard" if danger < 0.3 else "medium", "high" if danger > 0.55 else "medium")
    )
    concern = True if danger > 0.6 and chance.random() < 0.5 else None
    return {
        "instrument": instrument,
        "person": "v",
        "completed_at": (received - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "completed_by": by,
        "answers": answers,
        "grade": grade,
        "serious_concern": concern,
        "serious_concern_reason": "Afraid of what will happen when everybody has gone." if concern else None,
    }
