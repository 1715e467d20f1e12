"""Everything z3 proves of a folder of packs, for every area and every day they change. For `alongside policy check`; never in a request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from alongside.policy.codec import to_json
from alongside.policy.library import Library
from alongside.policy.noticing import Notice, falls_through, notices, witnesses
from alongside.policy.pack import Pack
from alongside.policy.promises import Promise
from alongside.policy.proof import Witness


@dataclass(frozen=True)
class Found:
    """A notice, with the areas where it holds and the first day on which it does."""

    notice: Notice
    areas: tuple[str, ...]
    on: date


def prove(library: Library, since: date) -> list[Found]:
    """What is noticed and which promises are broken, from a day on; one `Found` for what areas share."""
    seen: dict[Notice, tuple[date, list[str]]] = {}
    for on, area, notice in _everything(library, since):
        areas = seen.setdefault(notice, (on, []))[1]
        if area not in areas:
            areas.append(area)
    return [Found(notice, tuple(areas), on) for notice, (on, areas) in seen.items()]


def as_json(pack: Pack, on: date) -> dict[str, Any]:
    """The pack of a day with a case for and a case against each of its rules, as `policy decide` would read them; null where none can be."""
    return {
        "area": pack.area,
        "on": on.isoformat(),
        "hash": pack.hash,
        "packs": [asdict(one) for one in pack.packs],
        "witnesses": {one.rule: {"yes": _facts(one.yes), "no": _facts(one.no)} for one in witnesses(pack)},
    }


def _facts(case: Witness | None) -> dict[str, Any] | None:
    return None if case is None else {name: to_json(value) for name, value in case.facts.items()}


def _everything(library: Library, since: date) -> Iterator[tuple[date, str, Notice]]:
    known: dict[str, list[Notice]] = {}  # areas that decide alike are reasoned about once
    for on in library.days_of_change(since):
        for area in library.areas:
            pack = library.pack(area, on)
            if pack.hash not in known:
                known[pack.hash] = notices(pack, library.acts)
            broken = _broken(library, area, on, known)
            yield from ((on, area, notice) for notice in [*known[pack.hash], *broken])


def _broken(library: Library, area: str, on: date, known: dict[str, list[Notice]]) -> Iterator[Notice]:
    packs: dict[frozenset[str], Pack] = {}
    for promise in library.promises.values():
        if promise.areas and area not in promise.areas:
            continue
        aside = frozenset(promise.aside or ())
        if aside not in packs:
            packs[aside] = library.any_choice(area, on, aside)
        pack = packs[aside]
        key = f"{promise.name} {pack.hash}"
        if key not in known:
            known[key] = list(_kept(pack, promise))
        yield from known[key]


def _kept(pack: Pack, promise: Promise) -> Iterator[Notice]:
    place = f"{promise.file}:{promise.line}: promise {promise.name}"
    held = {rule.id for rule in pack.rules}
    through = falls_through(pack, promise.when, [rule for rule in promise.unless if rule in held])
    if through is not None:
        yield Notice(f"{place} is broken: {promise.says} A case falls through: {through}", is_fault=True)
    elif falls_through(pack, promise.when, []) is None:
        yield Notice(f"{place} promises nothing: no case makes “{promise.when}” so", is_fault=True)
