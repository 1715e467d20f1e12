"""The first page's answers belong to people and ways of contact that have pages of their own: one place for each answer."""

from collections.abc import Mapping
from typing import Any

from alongside.intake.drafts.content import Item, Told, Typed

OWN = ("safe_now", "when", "children", "youngest", "area")
NAMES = {"given_name", "family_name"}


def absorb(told: Told, typed: Mapping[str, Any]) -> None:
    """Put the first page's answers where they belong."""
    told.pages["first"] = {name: typed[name] for name in OWN if name in typed} | (
        {"reach": typed["reach"]} if typed.get("reach") == "not-known" else {}
    )
    victim = told.first("victim")
    _put(victim, {name: typed.get(f"v_{name}") for name in NAMES} | {"pregnant": typed.get("pregnant")})
    harm = {name: typed.get(f"p_{name}") for name in NAMES} | {
        name: typed.get(name) for name in ("where", "where_detail")
    }
    if any(harm.values()) or any(told.of("person-causing-harm")):
        _put(told.first("person-causing-harm"), harm)
    if typed.get("reach") and typed["reach"] != "not-known":
        _put_way(told, typed)


def _put_way(told: Told, typed: Mapping[str, Any]) -> None:
    """The first way: said to be safe, as the question asks for safe ways only; "none" is itself the answer."""
    way = told.first("way")
    _put(way, {"channel": typed["reach"], "value": typed.get("reach_value"), "hours": typed.get("reach_note")})
    way.typed.setdefault("safe", "yes" if typed["reach"] != "none" else "no")


def _put(item: Item, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if value:
            item.typed[name] = value
        else:
            item.typed.pop(name, None)


def shown(told: Told) -> Typed:
    """The first page as it stands, from wherever its answers are kept."""
    typed: Typed = dict(told.page("first"))
    for prefix, what in (("v", "victim"), ("p", "person-causing-harm")):
        item = next(told.of(what), None)
        if item is not None:
            typed |= {f"{prefix}_{name}": item.typed[name] for name in NAMES if name in item.typed}
            typed |= {name: item.typed[name] for name in ("pregnant", "where", "where_detail") if name in item.typed}
    way = next(told.of("way"), None)
    if way is not None and way.typed.get("channel"):
        typed |= {"reach": way.typed["channel"]}
        typed |= {
            into: way.typed[name]
            for name, into in (("value", "reach_value"), ("hours", "reach_note"))
            if name in way.typed
        }
    return typed
