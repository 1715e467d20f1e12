"""How common a value is among the people at hand: a rare surname tells more than a common one."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from alongside.linkage.comparisons import COMPARISONS, FREQUENCIES
from alongside.linkage.model import Chance, Model
from alongside.linkage.record import Known

if TYPE_CHECKING:
    import polars as pl

# What says how common a value is, and how many are there again.
COUNTED = (*FREQUENCIES, "postcode", "email", "nhs_number", "national_id")
counted_of = attrgetter(*COUNTED)
WHOLE = ("given_same", "family_same", "born")
LISTED_FROM = 5  # people: who has a rarer value could be told from a model that lists it
AS_MANY = 300  # the model's own figures count as if it had seen so many people
_AS_MANY_PAIRS = 1e6
_AS_MANY_NAMESAKES = 50.0
_MOST_NAMESAKES = 32.0
_DIFFER_IN_ALL = 0.87  # of two birthdays drawn at random, those that share neither year, month nor day

# Whose values are as rare as a name can be; the others can be no rarer than their u says, only commoner.
OPEN = frozenset({"given_same", "family_same"})
_COMPARISON_OF = {
    level.frequency: c.name for c in COMPARISONS for level in c.levels if level.frequency and level.share > 0
}


def table_of(people: Iterable[Known]) -> "pl.DataFrame":
    """The columns that are counted, by the first name each goes by; None is not known."""
    import polars as pl

    values = (counted_of(known.rows[0]) for known in people)
    return pl.DataFrame(list(values), schema=dict.fromkeys(COUNTED, pl.String), orient="row").with_columns(
        pl.all().replace("", None)
    )


def counts(table: "pl.DataFrame") -> dict[str, Counter[str]]:
    """Column → value → how many people have it."""
    return {c: Counter(dict(table[c].drop_nulls().value_counts().iter_rows())) for c in (*FREQUENCIES, "postcode")}


def listed(people: Sequence[Known], u: Mapping[str, float]) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Column → value → share of people, of values that several people have, and column → share of a value not listed.

    `u`: comparison → how often two persons agree exactly.
    """
    shares: dict[str, dict[str, float]] = {}
    rarest: dict[str, float] = {}
    found = counts(table_of(people))
    for column in FREQUENCIES:
        counted = found[column]
        total = max(1, counted.total())
        usual = 0.0 if column in OPEN else u[_COMPARISON_OF[column]]
        common = {v: n for v, n in counted.items() if n >= LISTED_FROM and n > usual * total}
        shares[column] = {value: round(count / total, 7) for value, count in sorted(common.items())}
        rest = (total - sum(common.values())) / max(1, len(counted) - len(common))
        rarest[column] = usual or max(1.0, rest) / total
    return shares, rarest


def among(model: Model, people: Iterable[Known], *, within: bool = False) -> Model:
    """The model with how common each value is among these people, its own figures counting for some hundred more.

    And with how often one person is there again, by those that agree in both names and the whole date of birth. `within`: they are
    compared with each other, so they tell how many of them live together too. Of somebody looked up they cannot tell that: a list of
    one for each household says nothing of who else lives there.
    """
    return among_all(model, table_of(people), within=within)


def among_all(model: Model, table: "pl.DataFrame", *, within: bool = False) -> Model:
    """The same of the columns of people (`table_of`): however many there are."""
    found = counts(table)
    again = _repeats(model, table)
    shares: dict[str, dict[str, float]] = {}
    rarest: dict[str, float] = {}
    for column in FREQUENCIES:
        total = found[column].total() + AS_MANY
        own, least = model.frequencies[column], model.rarest[column]
        values = found[column].keys() | own.keys()
        # How many others have it: not the person, nor the same person again.
        others = {v: max(0.0, found[column][v] - 1 - again) for v in values}
        shares[column] = {v: (others[v] + AS_MANY * own.get(v, least)) / total for v in values}
        rarest[column] = least * AS_MANY / total if column in OPEN else least
    chances = dict(model.chances)
    chances["postcode"] = {
        **chances["postcode"],
        "exact": _agreeing(found["postcode"], chances["postcode"]["exact"], again),
    }
    return replace(
        model,
        frequencies=shares,
        rarest=rarest,
        chances=chances,
        repeats=again,
        namesakes=_namesakes(model, table),
        others_at_home=_others_at_home(model, table) if within else model.others_at_home,
        _weights={},
        _logs={},
    )


def repeats(model: Model, people: Iterable[Known]) -> float:
    """How many other records of the same person there are for each, on average.

    By those that agree in both names and the whole date of birth, or in what only one person has: the most that any of these tells.
    """
    return _repeats(model, table_of(people))


def _repeats(model: Model, table: "pl.DataFrame") -> float:
    m = model.chances
    names = math.prod(m[of]["exact"].m + m[of]["spelling"].m for of in ("given_name", "family_name"))
    told = [_others(table.select(WHOLE), names * m["date_of_birth"]["exact"].m, model)]
    for column in ("email", "nhs_number", "national_id"):
        told.append(_others(table.select(column), m[column]["exact"].m, model))
    return max(told)


def _others(values: "pl.DataFrame", found_of_all: float, model: Model) -> float:
    there = values.drop_nulls()
    agreeing = 2 * _pairs_of(there) / found_of_all
    return (agreeing + model.repeats * AS_MANY) / (there.height + AS_MANY)


def namesakes(model: Model, people: Iterable[Known]) -> float:
    """How many times as often as by chance two persons have both names in common.

    By those whose year, month and day of birth all differ: a person's own, written wrongly, seldom do.
    """
    return _namesakes(model, table_of(people))


def _namesakes(model: Model, table: "pl.DataFrame") -> float:
    whole = table.select(WHOLE).drop_nulls()
    found = max(0.0, _born_apart(whole, ("given_same", "family_same")))
    pairs = max(1.0, whole.height * (whole.height - 1) / 2)
    by_chance = _pairs_of(whole.select("given_same")) * _pairs_of(whole.select("family_same")) / pairs
    return min(
        _MOST_NAMESAKES, max(1.0, (found + model.namesakes * _AS_MANY_NAMESAKES) / (by_chance + _AS_MANY_NAMESAKES))
    )


def others_at_home(model: Model, people: Iterable[Known]) -> float:
    """How many others of these people live with each, on average: by those of one surname and postcode with other first names, born apart.

    The model's own figure where surname, postcode, first name or date of birth is nowhere known.
    """
    return _others_at_home(model, table_of(people))


def _others_at_home(model: Model, table: "pl.DataFrame") -> float:
    home = ("family_same", "postcode")
    there = table.select(*home, "given_same", "born").drop_nulls()
    pairs = max(1.0, there.height * (there.height - 1) / 2)
    by_chance = _pairs_of(there.select("family_same")) * _pairs_of(there.select("postcode")) / pairs
    apart = _born_apart(there, home) - _born_apart(there, (*home, "given_same"))
    share = math.prod(model.shared_at_home[of] for of in ("family_name", "postcode"))
    found = 2 * max(0.0, apart - by_chance) / share
    return (found + model.others_at_home * AS_MANY) / (there.height + AS_MANY)


def _born_apart(table: "pl.DataFrame", alike: Sequence[str]) -> float:
    """Pairs alike in these columns with neither year, month nor day of birth in common, and as many more as share one by chance."""
    import polars as pl

    born = pl.col("born").str
    parted = table.select(*alike, y=born.slice(0, 4), m=born.slice(4, 2), d=born.slice(6, 2))
    apart = 0.0
    for size in range(4):
        for chosen in combinations("ymd", size):
            apart += (-1) ** size * _pairs_of(parted.select(*alike, *chosen))
    return apart / _DIFFER_IN_ALL


def _pairs_of(values: "pl.DataFrame") -> float:
    """Pairs that agree in all columns."""
    import polars as pl

    n = values.group_by(values.columns).len().get_column("len").cast(pl.Int64)
    return float((n * (n - 1)).sum()) / 2


def _pairs(counted: Counter[Any]) -> float:
    return sum(count * (count - 1) for count in counted.values()) / 2


def _agreeing(counted: Counter[str], before: Chance, again: float) -> Chance:
    """How often two of these people have the same value, who are not one."""
    total = counted.total()
    pairs = total * (total - 1) / 2
    strangers = max(0.0, _pairs(counted) - total * again / 2 * before.m)
    return Chance(before.m, (strangers + before.u * _AS_MANY_PAIRS) / (pairs + _AS_MANY_PAIRS))
