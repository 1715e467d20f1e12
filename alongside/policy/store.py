"""Populations in files: Parquet, written batch by batch, with what is needed to decide them again in its metadata."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from alongside.policy.columns import NA
from alongside.policy.faults import PolicyError
from alongside.policy.population import CASE, DAY, DECIDED, ON, PACK, PLACE, WEEK, fact_columns, facts_kept
from alongside.policy.vocabulary import Fact, did_you_mean

KEY = "alongside"
_NEEDED = (CASE, PLACE["home"])
_OWN_ONLY = 0o600


@dataclass(frozen=True)
class Population:
    """A file that was opened. `about` is its metadata; `notes` say what of it cannot be used, one sentence each."""

    frame: pl.LazyFrame
    about: Mapping[str, Any]
    decided: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())


def write(out: Path, batches: Iterable[pl.DataFrame], about: Callable[[], Mapping[str, Any]]) -> None:
    """Write all or nothing, never more than a batch in memory; readable by its owner alone. Raises OSError.

    `about` is asked for the metadata once every batch is written.
    """
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as folder:
        parts = [_part(Path(folder) / f"{number:06}.parquet", batch) for number, batch in enumerate(batches)]
        whole = Path(folder) / "whole.parquet"
        pl.scan_parquet(parts).sink_parquet(whole, metadata={KEY: json.dumps(about())})
        whole.chmod(_OWN_ONLY)
        whole.replace(out)


def _part(path: Path, batch: pl.DataFrame) -> Path:
    batch.write_parquet(path)
    return path


def read(path: Path, vocabulary: Mapping[str, Fact]) -> Population:
    """Open a population. Raises PolicyError where the file is none."""
    try:
        frame = pl.scan_parquet(path)
        kinds = dict(frame.collect_schema())
        about = json.loads(pl.read_parquet_metadata(path).get(KEY, "{}"))
    except OSError as error:
        raise PolicyError(f"{path}: {error.strerror or 'it cannot be read'}") from error
    except (PolarsError, ValueError) as error:
        raise PolicyError(f"{path} cannot be read as Parquet: {str(error).splitlines()[0]}") from error
    lacking = [column for column in _NEEDED if column not in kinds]
    if lacking:
        raise PolicyError(f"{path} is no population: it has no column {' and no column '.join(lacking)}")
    other = _of_another_type(kinds, vocabulary)
    decided = tuple(column.removeprefix(DECIDED) for column in kinds if column.startswith(DECIDED))
    places = [pl.col(PLACE["home"]).alias(column) for column in PLACE.values() if column not in kinds]
    frame = frame.drop(other).with_columns(*places)
    notes = (*left_out(about.get("left_out")), *_notes(kinds, other, vocabulary))
    return Population(frame, about, decided, notes)


def left_out(said: Any) -> Iterator[str]:
    """What a file, or whoever writes it, says of facts that were kept and could not be read any more; nothing where that is no list of
    words."""
    if said and isinstance(said, list | tuple) and all(isinstance(one, str) for one in said):
        yield f"Facts of old cases could not be read any more when this was written, and are not known there: {'; '.join(said)}."


def _of_another_type(kinds: Mapping[str, Any], vocabulary: Mapping[str, Fact]) -> list[str]:
    """Columns of facts that are not of the fact's kind: what they say cannot be taken for it."""
    wanted = {column: kind for fact in facts_kept(vocabulary).values() for column, kind in fact_columns(fact).items()}
    return [column for column, kind in kinds.items() if column in wanted and not _fits(kind, wanted[column])]


def _fits(kind: Any, wanted: Any) -> bool:
    if wanted == pl.Int64:
        return bool(kind.is_integer())
    if isinstance(wanted, pl.Decimal):
        return bool(kind.is_integer() or kind.is_decimal())
    if wanted == pl.Categorical:
        return kind in (pl.Categorical, pl.String)  # words as earlier exports wrote them
    return bool(kind == wanted)


def _notes(kinds: Mapping[str, Any], other: Iterable[str], vocabulary: Mapping[str, Fact]) -> Iterable[str]:
    facts = facts_kept(vocabulary)
    places = [column for column in PLACE.values() if column not in kinds]
    if places:
        yield f"The file has no column {', '.join(places)}: every case is taken to lie in one area."
    missing = [name for name in facts if name not in kinds and not facts[name].derived]
    if missing:
        yield f"The file has no column for these facts, which are therefore not known: {', '.join(missing)}."
    unknown = [name for name in kinds if name not in vocabulary and name not in _ITSELF and not _is_beside(name)]
    if unknown:
        told = [f"{name} ({near})" if (near := did_you_mean(name, missing)) else name for name in unknown]
        yield f"These columns are no facts of the vocabulary, and are not used: {', '.join(told)}."
    changed = [name for name in other if name in facts]
    if changed:
        yield f"These facts are of another type now, and are therefore not known: {', '.join(changed)}."


_ITSELF = frozenset({CASE, DAY, WEEK, ON, PACK, *PLACE.values()})


def _is_beside(name: str) -> bool:
    """A column that only stands beside a fact's own, or says what was decided."""
    return name.startswith(DECIDED) or name.rpartition("__")[2] in (NA.strip("_"), "min", "max")
