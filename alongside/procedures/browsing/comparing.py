"""Two areas, or two days of one, beside each other: rules of one side only, and what differs in those of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from alongside.policy import Library, Pack, Rule
from alongside.policy.difference import CONDITION, PARTS, Changed, difference
from alongside.policy.wording import Said, Wording
from alongside.procedures import queries, words
from alongside.procedures.browsing import cards
from alongside.procedures.browsing.cards import Row, by_way, on_day, rows
from alongside.procedures.pages import shown

# What may be shown of a difference.
SHOWN = {"changed": "What changed", "before": "Only on the first side", "after": "Only on the second side"}


@dataclass(frozen=True)
class Side:
    """One of the two: what it is called, its pack, and how its conditions are said."""

    says: str
    pack: Pack
    wording: Wording


@dataclass(frozen=True)
class Part:
    """One thing that differs: a condition with parts, or a text, on each side."""

    says: str
    before: Said
    after: Said


@dataclass(frozen=True)
class Comparison:
    """Everything on the page."""

    before: Side
    after: Side
    choices: list[Part]
    changed: list[tuple[Row, list[Part]]]
    only_before: list[tuple[str, list[Row]]]
    only_after: list[tuple[str, list[Row]]]
    counts: dict[str, int]
    same: int


def side(area: str, name: str, on: date, *, dated: bool) -> Side:
    """A side: the rules in force in an area on a day. `dated`: its day belongs to its name."""
    pack = queries.pack_for(area, on)
    says = f"{name} on {on_day(on)}" if dated else name
    return Side(says, pack, cards.said_in(pack, queries.adopted_rows(area, on)))


def compare(before: Side, after: Side, reaches: str = "") -> Comparison:
    """What differs between two sides, of one way of reaching people or of all."""
    library, found = queries.library(), difference(before.pack, after.pack)
    first, second = (queries.chosen({"reaches": reaches}, some) for some in (found.only_before, found.only_after))
    changed = [one for one in found.changed if reaches in ("", one.before.reaches_as, one.after.reaches_as)]
    listed = rows([one.after for one in changed], library)
    return Comparison(
        before=before,
        after=after,
        choices=list(_choices(before, after)),
        changed=[(row, list(_parts(one, before, after, library))) for row, one in zip(listed, changed, strict=True)],
        only_before=by_way(first, library),
        only_after=by_way(second, library),
        counts={"changed": len(changed), "before": len(first), "after": len(second)},
        same=len(queries.chosen({"reaches": reaches}, found.same)),
    )


def _choices(before: Side, after: Side) -> Iterator[Part]:
    """The local choices that have another value in force."""
    declared = before.pack.parameters | after.pack.parameters  # type: ignore[operator]
    for name, parameter in declared.items():
        held = [side.pack.values.get(name) for side in (before, after)]
        if held[0] != held[1]:
            text = f"not set; the text says {parameter.text_says}" if parameter.text_says is not None else "not set"
            told = [Said(text if value is None else shown(value)) for value in held]
            yield Part(parameter.question or name.replace("_", " "), *told)


def _parts(one: Changed, before: Side, after: Side, library: Library) -> Iterator[Part]:
    for part in one.parts:
        if part == "when":
            told = [side.wording.condition(rule.when) for side, rule in ((before, one.before), (after, one.after))]
            yield Part(CONDITION, *told)
        else:
            text = [
                _text(part, rule, side.wording, library) for side, rule in ((before, one.before), (after, one.after))
            ]
            yield Part(PARTS[part], Said(text[0] or "nothing"), Said(text[1] or "nothing"))


def _text(part: str, rule: Rule, wording: Wording, library: Library) -> str:
    held = getattr(rule, part)
    match part:
        case "actor":
            return library.owners[rule.actor].says
        case "reaches_as":
            return words.REACHES[rule.reaches_as]
        case "action" | "forbids" | "opens":
            return library.acts[held].label if held else ""
        case "by":
            return cards.by_when(rule)
        case "timer":
            return ", ".join(filter(None, (cards.length(rule), cards.counted(rule, wording))))
        case "discharged_by":
            return cards.closes(rule)
        case "place":
            return words.PLACES.get(held or "", "")
        case "cite":
            return cards.place(rule)
    return str(held or "").replace("-", " ") if part == "kind" else str(held or "")
