"""A model among the people a partnership holds: how common each value is there, kept without a name and without telling of anybody.

A value is listed only where several people have it, and all the rarer ones count alike: whether nobody has a rare name, or one
person, makes no difference to any score. Shares are rounded to a quarter of a bit, so that one person who comes or goes is not seen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from alongside.linkage.comparisons import FREQUENCIES
from alongside.linkage.frequencies import AS_MANY, LISTED_FROM, OPEN, WHOLE, among_all, counts
from alongside.linkage.keyed import keyed, mark
from alongside.linkage.model import Model, default_model, hash_of, parse_model

if TYPE_CHECKING:
    import polars as pl

PARTS_OF_A_BIT = 4
# A record that stands for nobody, kept a thousand times, must not make every stranger seem to be known.
MOST_REPEATS = 5.0


def among_held(model: Model, table: pl.DataFrame, *, secret: bytes = b"", name: str | None = None) -> Model:
    """The model among the people of a table (`frequencies.table_of`); with a secret, values stand under keyed names.

    What the shipped model says of a value counts for some hundred people, whatever the model says: a model from elsewhere may list
    names of others. How often one person is there again stays the model's. Never among fewer people than the model was made for: in a
    small table nobody would be a stranger.
    """
    people = _each_once(table)
    told = among_all(model, people)
    shares, rarest = _shares(people, secret)
    data: dict[str, Any] = {
        **model.data,
        "name": name or model.name,
        "comparisons": {
            column: {level: [chance.m, chance.u] for level, chance in levels.items()}
            for column, levels in told.chances.items()
        },
        "frequencies": shares,
        "rarest": rarest,
        "namesakes": round(told.namesakes, 3),
        "prior": {
            "share_known": model.share_known,
            "repeats": min(model.repeats, MOST_REPEATS),
            "population": max(model.population, table.height),
        },
        "counted": {"people": table.height, "keyed": mark(secret)},
    }
    data["hash"] = hash_of(data)
    return parse_model(data, secret)


def _each_once(table: pl.DataFrame) -> pl.DataFrame:
    """One row for records that agree in both names and the whole date of birth: one person kept a thousand times is no crowd."""
    import polars as pl

    whole = pl.all_horizontal(pl.col(*WHOLE).is_not_null())
    return pl.concat(
        [table.filter(whole).unique(subset=WHOLE, keep="first", maintain_order=True), table.filter(~whole)]
    )


def _shares(table: pl.DataFrame, secret: bytes) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Column → value → share of people; and column → that of every value not listed, never rarer than one of those held."""
    base, found = default_model(), counts(table)
    shares: dict[str, dict[str, float]] = {}
    rarest: dict[str, float] = {}
    for column in FREQUENCIES:
        own, least = base.frequencies[column], base.rarest[column]
        several = _of_several(table, column)
        total = found[column].total() + AS_MANY
        rarest[column] = least if column not in OPEN else min(least, max(least * AS_MANY, 1.0) / total)
        told = {
            value: (several.get(value, 0) + AS_MANY * own.get(value, least)) / total
            for value in several.keys() | own.keys()
        }
        kept = {
            keyed(column, value, secret): _rounded(share) for value, share in told.items() if share > rarest[column]
        }
        shares[column] = dict(sorted(kept.items()))
    return shares, rarest


def _of_several(table: pl.DataFrame, column: str) -> Mapping[str, int]:
    """Value → how many others have it besides one; only of values that several people have, by their dates of birth."""
    import polars as pl

    of_one = "family_same" if column == "born" else "born"
    people = pl.col(of_one).drop_nulls().n_unique()
    rows = table.drop_nulls(column).group_by(column).agg(pl.len().alias("records"), people.alias("people"))
    several = rows.filter(pl.col("people") >= LISTED_FROM)
    return {value: records - 1 for value, records in several.select(column, "records").iter_rows()}


def _rounded(share: float) -> float:
    return min(1.0, 2 ** (round(math.log2(share) * PARTS_OF_A_BIT) / PARTS_OF_A_BIT))
