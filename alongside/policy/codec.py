"""Facts to and from JSON, as the contract writes them. Nothing is guessed: what is not in form is refused by name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from alongside.policy.faults import PolicyError
from alongside.policy.values import NOT_APPLICABLE, Number, Range, Value
from alongside.policy.vocabulary import Fact, did_you_mean

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?([Zz]|[+-]\d\d:\d\d)\Z")
_YEARS = range(2, 9999)  # at either end no other zone, and no deadline, could be told


def moment(text: str, name: str) -> datetime:
    """Read a date-time with zone (RFC 3339); PolicyError naming `name` when it is out of form or of no year that can be reckoned with."""
    try:
        if _MOMENT.match(text):
            at = datetime.fromisoformat(text.upper().replace(" ", "T"))
            if at.year in _YEARS:
                return at
            raise PolicyError(
                f"{name}: {text!r} is no moment of our time: the years {_YEARS[0]} to {_YEARS[-1]} are read"
            )
    except PolicyError:
        raise
    except ValueError:
        pass
    raise PolicyError(f"{name}: {text!r} is not a date-time with zone, such as 2026-03-02T22:14:00Z")


def show_moment(at: datetime) -> str:
    """A moment in UTC, ending in Z."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def from_json(value: Any, fact: Fact) -> Value:
    """Read one value of a fact. Raises PolicyError naming the fact, and the nearest word where a word is unknown."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        return _object(value, fact)
    match fact.type:
        case "boolean" if isinstance(value, bool):
            return value
        case "integer" | "number" if _is_number(value, fact):
            return _number(value)
        case "word" if isinstance(value, str):
            if value not in fact.words:
                remedy = did_you_mean(value, fact.words) or "one of " + ", ".join(fact.words)
                raise PolicyError(f"{fact.name}: unknown word {value!r}; {remedy}")
            return value
        case "datetime" if isinstance(value, str):
            return moment(value, fact.name)
        case "datetime" if isinstance(value, datetime) and value.tzinfo is not None:
            return value
    raise PolicyError(f"{fact.name}: {_shown(value)} is not {_WANTED.get(fact.type, fact.type)}")


_WANTED = {
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "word": "a word",
    "datetime": "a date-time with zone",
}


def to_json(value: Value) -> Any:
    """Write a value as the contract does; a decimal beyond a float's digits becomes text."""
    match value:
        case Range(low, high):
            return {key: to_json(end) for key, end in (("min", low), ("max", high)) if end is not None}
        case datetime():
            return show_moment(value)
        case Decimal():
            return _exact(value)
        case _ if value is NOT_APPLICABLE:
            return {"not_applicable": True}
    return value


def _exact(value: Decimal) -> int | float | str:
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else str(value)


def read_facts(given: Mapping[str, Any], vocabulary: Mapping[str, Fact]) -> dict[str, Value]:
    """Read a case's facts; a fact left out stays out. Raises PolicyError naming what is wrong and the nearest spelling."""
    facts: dict[str, Value] = {}
    for name, value in given.items():
        if name not in vocabulary:
            raise PolicyError(f"unknown fact {name!r}; {did_you_mean(name, vocabulary) or 'no fact is spelt like it'}")
        facts[name] = from_json(value, vocabulary[name])
    return facts


def load_json(text: str) -> Mapping[str, Any]:
    """Read the text of FACTS.json: one object, no key twice, decimals exact. Raises PolicyError."""
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=_constant, object_pairs_hook=_once)
    except RecursionError as error:
        raise PolicyError("the facts are nested too deeply") from error
    except json.JSONDecodeError as error:
        raise PolicyError(f"the facts are not JSON: {error.msg} (line {error.lineno}, column {error.colno})") from error
    if not isinstance(data, dict):
        raise PolicyError("the facts are not one JSON object of names and values")
    return data


def _object(value: Mapping[str, Any], fact: Fact) -> Value:
    if dict(value) == {"not_applicable": True} and value["not_applicable"] is True:
        return NOT_APPLICABLE
    if not value or not value.keys() <= {"min", "max"}:
        raise PolicyError(
            f"{fact.name}: an object must be {{min, max}} or {{not_applicable: true}}, not {_shown(value)}"
        )
    if not fact.is_number:
        raise PolicyError(f"{fact.name}: a range stands for a number, and this fact is a {fact.type}")
    ends = {key: end for key, end in value.items() if end is not None}
    if not ends:
        return None
    for key, end in ends.items():
        if not _is_number(end, fact):
            raise PolicyError(f"{fact.name}: {key} {_shown(end)} is not {_WANTED[fact.type]}")
    exact = Decimal if fact.type == "number" else int  # the ends of a range say what it is a range of
    low, high = (exact(_number(ends[key])) if key in ends else None for key in ("min", "max"))
    if low is not None and low == high:
        return low
    try:
        return Range(low, high)
    except ValueError as error:
        raise PolicyError(f"{fact.name}: {error}") from error


def _is_number(value: Any, fact: Fact) -> bool:
    if isinstance(value, int):
        return not isinstance(value, bool)
    return fact.type == "number" and isinstance(value, Decimal | float) and Decimal(str(value)).is_finite()


def _number(value: Any) -> Number:
    return Decimal(str(value)) if isinstance(value, float) else value


def _shown(value: Any) -> str:
    text = json.dumps(value, default=str)
    return text if len(text) <= 60 else text[:57] + "..."


def _constant(text: str) -> None:
    raise PolicyError(f"{text} is not a number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held: dict[str, Any] = {}
    for key, value in pairs:
        if key in held:
            raise PolicyError(f"{key!r} is given twice")
        held[key] = value
    return held
