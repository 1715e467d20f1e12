"""Strangers who live with somebody known: how often is one taken for somebody known, and how often is somebody known found for sure?

python -m bench.strangers [--seed SEED …] [--size RECORDS] [--asked QUERIES] [--each STRANGERS] [--few]

Twice: among households as they are (`bench.people`, by place in the household), and by relation, each asked about as often as every
other and written down at home: what is met once in a hundred households then shows as plainly as what is met in each.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from rapidfuzz.distance import JaroWinkler

from alongside.linkage import Hit, MemoryIndex, default_model, look_up, normalise
from alongside.linkage.frequencies import among
from bench.people.first_day import records
from bench.people.make_people import Human, Maker, make, row

SIZE, ASKED, EACH, SEED, TOP = 100_000, 8_400, 250, 41, 5
KNOWN_FOR_EACH = 4  # queries of people known, for each stranger of a relation
# What many a list holds of a person, and no more.
FEW = frozenset({"given_name", "family_name", "sex", "date_of_birth", "postcode", "phone"})
TOLD = frozenset({"id", "entity", "household", "kind", "place"})
YEAR = 365.25
CURVE = tuple(range(9))  # bits

Rows = list[dict[str, Any]]


def _other_name(maker: Maker, human: Human, sex: str) -> str:
    names = human.community.men if sex == "m" else human.community.women
    return maker.chance.choice([name for name in names if name != human.given])


def _like_name(maker: Maker, human: Human) -> str:
    """Another name as like as the community has one: Amina and Aminah, Paul and Paula."""
    names = {*human.community.men, *human.community.women} - {human.given}
    like = sorted(names, key=lambda name: (-JaroWinkler.similarity(human.given, name), name))
    return maker.chance.choice(like[:3])


def _relative(maker: Maker, human: Human, given: str, *, years: float = 0.0, sex: str = "", **other: Any) -> Human:
    """Somebody of the same home, so many years younger, with everything else of their own."""
    pick, community = maker.chance, human.community
    maker.entities += 1
    family = other.pop("family", human.family)
    return replace(
        human,
        entity=maker.entities,
        given=given,
        family=family,
        middle=community.given(pick, sex or human.sex),
        sex=sex or human.sex,
        born=human.born + timedelta(days=years * YEAR) if years else human.born,
        mobile=f"07700 900{pick.randrange(10**6):06}",
        email=maker.email(given, family),
        nhs_number=f"9{pick.randrange(10**9):09}",
        maiden="",
        **other,
    )


def _sex(maker: Maker) -> str:
    return maker.chance.choice("mf")


def _twin(maker: Maker, human: Human) -> Human:
    sex = _sex(maker)
    return _relative(maker, human, _other_name(maker, human, sex), sex=sex)


def _sibling(maker: Maker, human: Human) -> Human:
    sex = _sex(maker)
    return _relative(maker, human, _other_name(maker, human, sex), years=maker.chance.uniform(0.9, 2.2), sex=sex)


def _parent(maker: Maker, human: Human) -> Human:
    sex = _sex(maker)
    return _relative(maker, human, _other_name(maker, human, sex), years=-maker.chance.uniform(18, 40), sex=sex)


def _spouse(maker: Maker, human: Human) -> Human:
    sex = "f" if human.sex == "m" else "m"
    return _relative(maker, human, _other_name(maker, human, sex), years=maker.chance.uniform(-6, 6), sex=sex)


def _lodger(maker: Maker, human: Human) -> Human:
    sex = _sex(maker)
    given, family = _other_name(maker, human, sex), human.community.surname(maker.chance)
    return _relative(maker, human, given, years=maker.chance.uniform(-30, 30), sex=sex, family=family)


RELATIONS: Mapping[str, Callable[[Maker, Human], Human]] = {
    "twin": _twin,
    "twin of a like name": lambda maker, human: _relative(maker, human, _like_name(maker, human)),
    "sibling": _sibling,
    "sibling of a like name": lambda maker, human: _relative(
        maker, human, _like_name(maker, human), years=maker.chance.uniform(0.9, 2.2)
    ),
    "parent or child": _parent,
    "parent or child of the same name": lambda maker, human: _relative(
        maker, human, human.given, years=-maker.chance.uniform(18, 40)
    ),
    "spouse of the same surname": _spouse,
    "lodger": _lodger,
    "child on a parent's e-mail and telephone": lambda maker, human: replace(
        _parent(maker, human), mobile=human.mobile, email=human.email
    ),
}


def related(size: int, each: int, seed: int) -> tuple[Rows, Rows]:
    """So many records, and queries: for each relation so many strangers (`kind` household, `place` the relation), and people known."""
    maker = Maker(random.Random(seed))
    people: Rows = []
    known: list[Human] = []
    for human in _everybody(maker):
        known.append(human)
        for _ in range(maker.chance.choices((1, 2, 3), (75, 18, 7))[0]):
            people.append(row(maker, human, f"p{len(people)}"))
        if len(people) >= size:
            break
    asked = [
        row(maker, of(maker, human), f"{relation} {place}", 0.0) | {"kind": "household", "place": relation}
        for relation, of in RELATIONS.items()
        for place, human in enumerate(maker.chance.sample(known, each))
    ]
    again = maker.chance.sample(known, min(len(known), each * KNOWN_FOR_EACH))
    return people, asked + [row(maker, human, f"q{place}") | {"kind": "known"} for place, human in enumerate(again)]


def _everybody(maker: Maker) -> Iterator[Human]:
    while True:
        yield from maker.household()


def measured(people: Rows, queries: Rows, *, few: bool = False) -> dict[str, Any]:
    """The share of strangers with a first candidate at the look-up's threshold, by `place`; of people known, those found at all and for
    sure; both for other thresholds in `curve`. A stranger at whose home nobody is known after all is left out."""
    people, queries = _told(people, few), _told(queries, few)
    index = MemoryIndex(normalise(record) for record in records(people))
    model = among(default_model(), index.people())
    who = {row["id"]: row["entity"] for row in people}
    homes = {row["household"] for row in people}
    known: list[tuple[float, bool, bool]] = []
    strangers: dict[str, list[float]] = defaultdict(list)
    for record, query in zip(records(queries), queries, strict=True):
        hits = look_up(record, index, top=TOP, model=model)
        if query["kind"] == "known":
            right = [who[hit.id] == query["entity"] for hit in hits]
            known.append((_first(hits), right[:1] == [True], any(right)))
        elif query["kind"] == "household" and query["household"] in homes:
            strangers[query["place"]].append(_first(hits))
    everybody = [bits for found in strangers.values() for bits in found]
    return {
        "asked": len(everybody),
        "taken": _share(everybody, model.link_from),
        "by": {place: [len(found), _share(found, model.link_from)] for place, found in strangers.items()},
        "known": len(known),
        "recall": round(sum(found for _, _, found in known) / max(1, len(known)), 4),
        **_sure(known, model.link_from),
        "curve": {bits: {"taken": _share(everybody, bits), **_sure(known, bits)} for bits in CURVE},
    }


def _told(rows: Rows, few: bool) -> Rows:
    return [{name: value if not few or name in FEW | TOLD else "" for name, value in row.items()} for row in rows]


def _first(hits: Sequence[Hit]) -> float:
    return hits[0].match.weight_bits if hits else float("-inf")


def _share(found: Sequence[float], least: float) -> float:
    return round(sum(bits >= least for bits in found) / max(1, len(found)), 4)


def _sure(known: Sequence[tuple[float, bool, bool]], least: float) -> dict[str, float]:
    """The share of people known whose first candidate reaches the threshold: themselves, and somebody else."""
    reached = [right for bits, right, _ in known if bits >= least]
    whole = max(1, len(known))
    return {"held": round(sum(reached) / whole, 4), "wrong": round((len(reached) - sum(reached)) / whole, 4)}


def strangers(
    size: int = SIZE, asked: int = ASKED, each: int = EACH, seed: int = SEED, *, few: bool = False
) -> dict[str, Any]:
    """The numbers of the part. `few`: with the columns of FEW alone."""
    return {
        "among": size,
        "threshold": default_model().link_from,
        "households": measured(*make(size, seed, queries=asked), few=few),
        "relations": measured(*related(size, each, seed), few=few),
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, nargs="+", default=[SEED])
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--asked", type=int, default=ASKED)
    parser.add_argument("--each", type=int, default=EACH)
    parser.add_argument("--few", action="store_true", help="only names, sex, date of birth, postcode and telephone")
    said = parser.parse_args()
    for seed in said.seed:
        found = strangers(said.size, said.asked, said.each, seed, few=said.few)
        print(json.dumps({"seed": seed, **found}, indent=1), flush=True)


if __name__ == "__main__":
    main()
