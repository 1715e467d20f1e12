"""Who looked at one record, in words: to a lead by name for their own staff, by role for others', not at all where that could tell a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from alongside.agencies.models import User
from alongside.clock import in_london
from alongside.gate.models import GROUNDS
from alongside.looking import words
from alongside.looking.queries.reading import Shown

ELSEWHERE = "Somebody of another agency"


def lines(
    shown: Iterable[Shown], lead: User, names: Mapping[str, str], *, is_protected: bool
) -> list[dict[str, object]]:
    """One line for each page that was looked at."""
    return [_line(one, lead, names, is_protected) for one in shown]


def _line(one: Shown, lead: User, names: Mapping[str, str], is_protected: bool) -> dict[str, object]:
    own, role = one.chain == lead.agency.code, one.looker.role_held.label
    if not own and is_protected:
        return {"at": one.at, "who": ELSEWHERE, "is_held_back": True}
    ground = GROUNDS.get(one.ground, "").replace("you ", "they ")
    return {
        "at": one.at,
        "who": f"{one.looker.name}, {role}" if own else role,
        "agency": names.get(one.chain, one.chain),
        "what": list(dict.fromkeys(words.shown(what) for what in one.what)),
        "ground": ground if own else ground.replace("your", "their"),
        "purpose": one.purpose,
        "is_held_back": False,
    }


def sheet(shown: Iterable[Shown], lead: User) -> list[dict[str, object]]:
    """What may be handed to the person: this agency's own looks, by day and role; no name, no hour, nobody else's."""
    found: dict[tuple[object, str], list[str]] = {}
    for one in shown:
        if one.chain == lead.agency.code and one.is_opened:
            what = found.setdefault((in_london(one.at).date(), one.looker.role_held.label), [])
            what += [words.shown(code) for code in one.what]
    return [{"day": day, "role": role, "what": list(dict.fromkeys(what))} for (day, role), what in found.items()]
