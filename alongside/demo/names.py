"""Names of invented people, as varied as the region's; spelt one way or another each time somebody writes them down."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

FILE = Path(__file__).parent / "data" / "names.toml"
# A couple of two communities: so many of a thousand.
MIXED = 180


@dataclass(frozen=True)
class Community:
    """People who draw their names from the same lists. Each name is a tuple of its spellings, the usual one first."""

    code: str
    share: int
    ethnicity: tuple[str, ...]
    languages: tuple[str, ...]
    female: tuple[tuple[str, ...], ...]
    male: tuple[tuple[str, ...], ...]
    family: tuple[tuple[str, ...], ...]

    def given(self, sex: str) -> tuple[tuple[str, ...], ...]:
        return self.female if sex == "female" else self.male


@cache
def communities() -> tuple[Community, ...]:
    """Every community of the file, in its order."""
    held = tomllib.loads(FILE.read_text("utf-8"))
    return tuple(
        Community(
            code=code,
            share=row["share"],
            ethnicity=tuple(row["ethnicity"]),
            languages=tuple(row["languages"]),
            **{
                kind: tuple(tuple(name.split("|")) for name in row[kind].split())
                for kind in ("female", "male", "family")
            },
        )
        for code, row in held.items()
    )


def some_community(chance: Random) -> Community:
    """One, as often as its share."""
    held = communities()
    return chance.choices(held, [one.share for one in held])[0]


def staff_name(number: int) -> str:
    """The name of the member of staff of a number from 0: the same each time, none twice below 5,000."""
    held = communities()
    community = held[number % len(held)]
    turn = number // len(held)
    given = community.given("female" if turn % 2 else "male")
    place = (turn * 7 + 3 + turn // len(community.family)) % len(community.family)
    return f"{given[turn // 2 % len(given)][0]} {community.family[place][0]}"


def misspelt(name: str, chance: Random) -> str:
    """A name with one slip of the pen: two letters the wrong way round, one missing, one doubled."""
    if len(name) < 4:
        return name
    place = chance.randrange(1, len(name) - 1)
    kind = chance.randrange(3)
    if kind == 0:
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    if kind == 1:
        return name[:place] + name[place + 1 :]
    return name[:place] + name[place] + name[place:]
