"""The documents and their copies, as their pages show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alongside.policy.editions import Edition, Standing, marked
from alongside.procedures import editions, pages, queries
from alongside.procedures.editions import AT_ODDS, Work
from alongside.procedures.models import DocumentCopy

STATES = {
    "found": "Found at its place",
    "moved": "Moved",
    "changed": "Changed",
    "gone": "Gone",
    "missing": "Not found",
}


@dataclass(frozen=True)
class Held:
    """The latest copy of a document: what became of the sentences of rules, and of those that something else honours."""

    copy: DocumentCopy
    number: int
    rules: Mapping[str, int]
    others: Mapping[str, int]
    left: int


def held(code: str) -> Held | None:
    """The latest copy of a document, counted; None without one."""
    copies = queries.copies_of({code}).get(code, [])
    if not copies:
        return None
    rules, others = _by_kind(editions.standing_in(code, [copy.pk for copy in copies]))
    left = sum(work.is_open for work in editions.work_of(code))
    return Held(copies[0], len(copies), _count(rules), _count(others), left)


def _by_kind(found: Mapping[str, Standing]) -> tuple[list[Standing], list[Standing]]:
    known = queries.rules()
    return [one for one in found.values() if one.id in known], [one for one in found.values() if one.id not in known]


def _count(found: Sequence[Standing]) -> dict[str, int]:
    states = [one.state for one in found]
    return {state: states.count(state) for state in STATES if state in states}


def counted(counts: Mapping[str, int]) -> str:
    """“160 found at their place, 2 moved, 1 changed”."""
    words = {"found": "found at their place"}
    return ", ".join(f"{number} {words.get(state, STATES[state].lower())}" for state, number in counts.items())


def document_row(code: str) -> dict[str, Any]:
    """One document of the list of them."""
    now = held(code)
    return {
        "code": code,
        "held": now,
        "rules": queries.rules_of(code),
        "sentences": len(queries.cites_of(code)),
        "counts": counted(now.rules) if now else "",
    }


# The lists of an edition: its name in the address, its words, and the rows it shows.
Rows = Callable[[str], Sequence[Any]]


def _to_decide(code: str) -> list[Work]:
    return [work for work in editions.work_of(code) if work.is_open]


def _decided(code: str) -> list[Work]:
    return [work for work in editions.work_of(code) if not work.is_open]


def _standings(code: str) -> tuple[list[Standing], list[Standing]]:
    copies = queries.copies_of({code}).get(code, [])
    return _by_kind(editions.standing_in(code, [copy.pk for copy in copies])) if copies else ([], [])


def _moved(code: str) -> list[Standing]:
    return [one for one in _standings(code)[0] if one.state == "moved"]


def _others(code: str) -> list[Standing]:
    return [one for one in _standings(code)[1] if one.state in AT_ODDS]


def _uncited(code: str) -> list[Any]:
    """Sentences of the latest edition that no rule and no row of coverage is about."""
    now = editions.edition(code)
    return list(now.new) if now else []


LISTS: dict[str, tuple[str, Rows]] = {
    "decide": ("To decide", _to_decide),
    "decided": ("Decided", _decided),
    "moved": ("Moved", _moved),
    "others": ("Without a rule", _others),
    "new": ("New", _uncited),
}


def shown_rows(name: str, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """The rows of one list, in words."""
    if name in ("decide", "decided"):
        return work_rows(rows)
    if name == "moved":
        known = queries.rules()
        return [{"rule": known[one.id], "line": one.line, "was": known[one.id].cite.line} for one in rows]
    if name == "others":
        return [other_row(one) for one in rows]
    return [{"line": one.line, "text": one.text} for one in rows]


def work_rows(rows: Sequence[Work]) -> list[dict[str, Any]]:
    """Rules to be decided about or decided, each with the duties that are open on it."""
    duties = queries.open_on([work.rule.id for work in rows])
    return [
        {"work": work, "state": STATES[work.standing.state], "duties": duties.get(work.rule.id, 0)} for work in rows
    ]


def other_row(one: Standing) -> dict[str, Any]:
    """A sentence that no rule is of, with what honours it."""
    return {"row": pages.sentence_row(queries.coverage()[one.id]), "state": STATES[one.state], **_beside(one)}


def _beside(one: Standing) -> dict[str, Any]:
    before, after = marked(one.first, one.after)
    return {"was_said": before, "is_said": after, "likeness": round(one.likeness * 100), "line": one.line}


def sentence(work: Work) -> dict[str, Any]:
    """One sentence before and now, and the rule that hangs on it."""
    [row] = work_rows([work])
    return row | _beside(work.standing) | {"said": work.key[2], "reaches": pages.words.REACHES[work.rule.reaches_as]}


def changes(edition: Edition | None) -> str:
    """What the latest edition did to the whole text, in a line; nothing without an earlier one."""
    if edition is None:
        return ""
    told = {
        "as they were": len(edition.stayed),
        "moved": len(edition.moved),
        "changed": len(edition.changed),
        "gone": len(edition.gone),
        "new": len(edition.new),
    }
    return ", ".join(f"{number} {words}" for words, number in told.items() if number)
