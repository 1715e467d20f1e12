"""Fit a model to records: Splink on DuckDB, unsupervised. Needs `pip install alongside[linkage]`; never on a request.

u by random sampling, less what of the sample are matches; m by expectation maximisation on blocks that hold mostly one person, so that
no family is learned as one; what a household shares is set, not fitted. Each fitted figure is weighed against that of the model
it begins with, so that a level seen seldom or never keeps a sensible one and none is left without.
"""

from __future__ import annotations

import logging
import math
import random
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from alongside.linkage.comparisons import COMPARISONS, SCHEMA, SET_TOGETHER, Comparison
from alongside.linkage.conditions import DUCKDB
from alongside.linkage.frequencies import listed, namesakes
from alongside.linkage.model import FORM, Chance, Model, default_model, hash_of, parse_model
from alongside.linkage.record import Known
from alongside.linkage.splink import settings, write_rows

FEWEST_RECORDS = 100
MOST_LEARNED_FROM = 200_000  # records: those of more teach no more, and these fit into memory (about 1 GB)
FEWEST_PAIRS = 50  # of one person, in a block, to learn from it
AS_MANY_PAIRS_OF_ONE, AS_MANY_PAIRS_OF_TWO = 30, 20_000  # the model begun with counts as if it had seen so many
_BLOCK_OF_AT_MOST = 3e6  # pairs
_FAMILY = 0.4  # of a block's persons: should so many differ in first name or date of birth, it has learned families
_LEAST_LEFT = 0.05  # of a sampled u, whatever is taken off
# What two strangers rarely share by chance and namesakes often do: set, as a sample of strangers cannot tell.
_SET: Mapping[str, tuple[str, ...]] = {"email": ("near", "local_part")}
_AGREED_IN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "birth": {"date_of_birth": ("exact",)},
    "names": {"given_name": ("exact", "spelling"), "family_name": ("exact", "spelling")},
}
_JOINED = replace(DUCKDB, written='{side}."{name}"')
_FITTED = tuple(comparison for comparison in COMPARISONS if comparison.name not in SET_TOGETHER)

# Blocks to learn from: columns to agree on. Neither telephone nor postcode alone: those bring together families.
BLOCKS: Mapping[str, tuple[str, ...]] = {
    "birth": ("born",),
    "names": ("given_same", "family_same"),
    "given name and postcode": ("given_sound", "postcode"),
    "NHS number": ("nhs_number",),
    "national identifier": ("national_id",),
    "e-mail": ("email",),
}


T = TypeVar("T")


class TrainingError(ValueError):
    """No model could be fitted; nothing was written."""


@dataclass(frozen=True, slots=True)
class Session:
    """What was learned from one block: how many pairs, how many of them of one person, and m where it was fitted."""

    block: str
    pairs: int
    of_one: float
    m: Mapping[str, Mapping[str, float]]
    known: Mapping[str, float]  # comparison → the share of pairs in which it is known


@dataclass(slots=True)
class Fit:
    """A fitted model, and how it came about: `notes` are sentences for the report."""

    model: Model
    records: int
    sampled: int
    sessions: list[Session]
    notes: list[str] = field(default_factory=list)


def train(
    people: Sequence[Known],
    *,
    name: str,
    base: Model | None = None,
    seed: int = 1,
    sample: float = 1e6,
    of: int | None = None,
) -> Fit:
    """Fit a model to people, most of them there once. `sample`: how many pairs to look at for u.

    `of`: the people were drawn from so many; None: they are all there are.

    Raises TrainingError where there are too few, or Splink is not installed.
    """
    base = base or default_model()
    if len(people) < FEWEST_RECORDS:
        raise TrainingError(f"There are {len(people)} records, and a model needs at least {FEWEST_RECORDS}.")
    with _table(people, base) as table:
        sampled = int(min(sample, len(people) * (len(people) - 1) / 2))
        u = _fit_u(table, sampled, seed)
        sessions = [session for block in BLOCKS if (session := _fit_m(table, block, u)) is not None]
    fit = Fit(base, len(people), sampled, [session for session in sessions if _is_of_one(session)])
    fit.notes = [
        f"The block “{session.block}” was left out: its pairs are families more than persons."
        for session in sessions
        if session not in fit.sessions
    ]
    if not fit.sessions:
        raise TrainingError(
            "Too few records seem to be of one person to learn how one person's records differ. Use the shipped model."
        )
    fit.model = parse_model(_data(name, base, fit, u, people, of or len(people)))
    return fit


def drawn(records: Iterable[T], most: int = MOST_LEARNED_FROM, *, seed: int = 1) -> tuple[list[T], int]:
    """At most so many of some records, each as likely as any other, and how many there were. No more than these are kept in memory."""
    kept: list[T] = []
    count = 0
    pick = random.Random(seed)  # noqa: S311 - repeatable, not secret
    for count, record in enumerate(records, 1):
        if len(kept) < most:
            kept.append(record)
        elif (place := pick.randrange(count)) < most:
            kept[place] = record
    return kept, count


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows in DuckDB, and the comparisons of what they hold at all."""

    connection: Any
    base: Model
    count: int
    comparisons: tuple[Comparison, ...]

    def linker(self, u: Mapping[str, Mapping[str, float]]) -> Any:
        """Splink over the rows, with m to begin with, and u as fitted."""
        from splink import DuckDBAPI, Linker

        said = settings(self.base, self.count, comparisons=self.comparisons)
        for comparison in said["comparisons"]:
            for level in comparison["comparison_levels"]:
                found = u.get(comparison["output_column_name"], {}).get(level["label_for_charts"])
                if found is not None:
                    level["u_probability"] = found
        return Linker(DuckDBAPI(self.connection).register("people"), said, log_level=logging.CRITICAL)

    def ask(self, sql: str) -> tuple[Any, ...]:
        """The first row of an answer."""
        found: tuple[Any, ...] = self.connection.execute(sql).fetchall()[0]
        return found


@contextmanager
def _table(people: Iterable[Known], base: Model) -> Iterator[_Table]:
    try:
        import duckdb
        import splink  # noqa: F401 - said here, before anything is read
    except ImportError:
        raise TrainingError("Splink is not installed: pip install 'alongside[linkage]'. Nothing was written.") from None
    with tempfile.TemporaryDirectory(prefix="alongside-train-") as folder:
        file = Path(folder) / "people.parquet"
        # One name for each is enough to learn from, and a record with two would count as two.
        count = write_rows(people, file, every_name=False)
        with duckdb.connect(config={"temp_directory": folder}) as connection:
            connection.read_parquet(str(file)).create("people")
            table = _Table(connection, base, count, ())
            there = {column for c in _FITTED for column in c.of if table.ask(f"SELECT count({column}) FROM people")[0]}  # noqa: S608
            yield replace(table, comparisons=tuple(c for c in _FITTED if there.intersection(c.of)))


def _fit_u(table: _Table, sample: int, seed: int) -> dict[str, dict[str, float]]:
    """How often each level is met in pairs drawn at random; a level not met is left out."""
    linker = table.linker({})
    linker.training.estimate_u_using_random_sampling(
        max_pairs=sample, seed=seed, min_count_per_level=None, num_chunks=1
    )
    return {
        comparison.output_column_name: {
            level.label_for_charts: level._trained_u_probabilities[-1]["probability"]
            for level in comparison._comparison_levels_excluding_null
            if level._has_estimated_u_values
        }
        for comparison in linker._settings_obj.core_model_settings.comparisons
    }


def _fit_m(table: _Table, block: str, u: Mapping[str, Mapping[str, float]]) -> Session | None:
    """Expectation maximisation over the pairs of one block; None where it holds too few, or what it found is no person."""
    columns = BLOCKS[block]
    rule = " AND ".join(f"l.{column} = r.{column}" for column in columns)
    if block == "birth":
        rule += " AND l.new_year IS NULL"  # a day that stands for "not known" brings strangers together
    known_in = "".join(f", avg(CASE WHEN {_unknown(c)} THEN 0 ELSE 1 END)" for c in table.comparisons)
    pairs, *known = table.ask(
        f"SELECT count(*){known_in} FROM people l JOIN people r ON {rule} AND l.unique_id < r.unique_id"  # noqa: S608
    )
    if pairs < FEWEST_PAIRS:
        return None
    try:
        session = table.linker(u).training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True, max_pairs=_BLOCK_OF_AT_MOST
        )
    except ValueError:
        # Splink stops where a level becomes too rare for a float: so small a block teaches nothing.
        return None
    found = session.core_model_settings
    m = {
        comparison.output_column_name: {
            level.label_for_charts: level._m_probability
            for level in comparison._comparison_levels_excluding_null
            if isinstance(level._m_probability, float)
        }
        for comparison in found.comparisons
    }
    of_one = pairs * found.probability_two_random_records_match
    shares = {c.name: float(share) for c, share in zip(table.comparisons, known, strict=True)}
    return Session(block, pairs, of_one, m, {name: shares[name] for name in m})


def _unknown(comparison: Comparison) -> str:
    return comparison.unknown.sql(_JOINED, "l", "r") if comparison.unknown else "FALSE"


def _is_of_one(session: Session) -> bool:
    """Whether a block taught persons and not families, whose first names and dates of birth differ."""
    told = (session.m.get(name, {}).get("differ", 0.0) for name in ("given_name", "date_of_birth"))
    return session.of_one >= FEWEST_PAIRS / 2 and all(share < _FAMILY for share in told)


def _data(
    name: str, base: Model, fit: Fit, u: Mapping[str, Mapping[str, float]], people: Sequence[Known], of: int
) -> dict[str, Any]:
    among = len(people)
    before, pairs = base.at(among), among * (among - 1) / 2
    fitted_m = {c.name: _mean_m(c, fit.sessions, before[c.name]) for c in _FITTED}
    of_one = min(0.5, max(_pairs_of_one(session, fitted_m) for session in fit.sessions) / pairs)
    comparisons: dict[str, dict[str, list[float]]] = {}
    for comparison in _FITTED:
        m = fitted_m[comparison.name]
        fitted = u.get(comparison.name, {})
        comparisons[comparison.name] = {
            level.name: [m[level.name], _less_matches(fitted.get(level.name, 0.0), m[level.name], of_one)]
            for level in comparison.levels
        }
        _weigh_u(comparisons[comparison.name], before[comparison.name], fit.sampled if fitted else 0)
        for level_name in _SET.get(comparison.name, ()):
            comparisons[comparison.name][level_name][1] = before[comparison.name][level_name].u
    frequencies, rarest = listed(people, {name: levels["exact"][1] for name, levels in comparisons.items()})
    data: dict[str, Any] = {
        **base.data,
        "form": FORM,
        "schema": SCHEMA,
        "name": name,
        "about": f"Fitted with Splink to {among:,} records, beginning with the model {base.name}.",
        "comparisons": comparisons,
        "frequencies": frequencies,
        "rarest": rarest,
        "namesakes": namesakes(base, people),
        "prior": {"share_known": base.share_known, "repeats": of_one * (of - 1), "population": of},
        "fitted": {
            "records": among,
            "pairs_sampled": fit.sampled,
            "blocks": {s.block: {"pairs": s.pairs, "of_one_person": round(s.of_one, 1)} for s in fit.sessions},
            "begun_with": base.hash,
        },
    }
    data["hash"] = hash_of(data)
    return data


def _pairs_of_one(session: Session, m: Mapping[str, Mapping[str, float]]) -> float:
    """How many pairs of one person there are, in a block and out of it."""
    agree = [sum(m[name][level] for level in levels) for name, levels in _AGREED_IN.get(session.block, {}).items()]
    return session.of_one / math.prod(agree)


def _mean_m(comparison: Comparison, sessions: Iterable[Session], before: Mapping[str, Chance]) -> dict[str, float]:
    """m over all blocks, each counting by its pairs of one person, and the model begun with by a few."""
    total = float(AS_MANY_PAIRS_OF_ONE)
    sums = {level.name: before[level.name].m * total for level in comparison.levels}
    for session in sessions:
        if comparison.name in session.m:
            seen = session.of_one * session.known[comparison.name]
            total += seen
            for level, share in session.m[comparison.name].items():
                sums[level] += share * seen
    whole = sum(sums.values())
    return {level: share / whole for level, share in sums.items()}


def _less_matches(sampled: float, m: float, of_one: float) -> float:
    """u from a sample that holds pairs of one person too: where a level is rare between strangers, they are most of it."""
    return min(1.0, max((sampled - of_one * m) / (1 - of_one), sampled * _LEAST_LEFT))


def _weigh_u(levels: dict[str, list[float]], before: Mapping[str, Chance], sampled: int) -> None:
    total = sampled + AS_MANY_PAIRS_OF_TWO
    for level, chances in levels.items():
        chances[1] = (chances[1] * sampled + before[level].u * AS_MANY_PAIRS_OF_TWO) / total
