"""`alongside linkage dedupe` and `cluster`: everybody in one file against everybody else (contract, section 3)."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from alongside.cli.linkage_training import fitted, name_unused
from alongside.linkage import default_model, normalise, probability, read_model
from alongside.linkage.batch import Batch, batch, cluster_threshold
from alongside.linkage.batch import threshold as shipped_threshold
from alongside.linkage.clusters import labels
from alongside.linkage.tables import TableError, parse_maps, read_people
from alongside.linkage.training import drawn

if TYPE_CHECKING:
    import polars as pl

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MOST_SAID = 10  # groups too large to compare, one line each
OPTIONS = (
    click.option("--people", required=True, type=FILE, help="The records: CSV or Parquet with a column id."),
    click.option(
        "--threshold",
        metavar="P",
        type=float,
        help="From this probability, between 0 and 1; else the shipped threshold.",
    ),
    click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where it goes: CSV."),
    click.option(
        "--map", "maps", multiple=True, metavar="FILE_COLUMN=OUR_COLUMN …", help="Read a column under our name for it."
    ),
    click.option("--model", "model_file", type=FILE, help="Another model than the shipped one."),
    click.option(
        "--train",
        is_flag=True,
        help="Fit the model to these records first, with Splink; to 200,000 of them at most, drawn at random.",
    ),
    click.argument("more_maps", nargs=-1, metavar=""),
)


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.command()
@_options
@click.option("--all", "every", is_flag=True, help="Every pair that was compared, whatever its weight.")
def dedupe(people: Path, threshold: float | None, out: Path, every: bool, **more: Any) -> None:
    """Write the pairs of records that may be of one person, each once. Nothing is linked."""
    if every and threshold is not None:
        raise click.UsageError("Give --threshold or --all, not both.")
    begun = perf_counter()
    with _ready(people, out, more) as them:
        bits = _bits(threshold, shipped_threshold(them.model))
        candidates = _candidates(them)
        scored = them.score(candidates)
        found = scored if every else scored.filter(scored["weight"] >= bits)
        _write(out, them.named(found))
        _say_threshold(threshold, bits)
        _say(f"{found.height:,} pairs {'compared' if every else 'at or above it'}. Written to {out}.")
    _say(f"{perf_counter() - begun:.1f} s.")


@click.command()
@_options
def cluster(people: Path, threshold: float | None, out: Path, **more: Any) -> None:
    """Label every record with the smallest id of those that may be of one person. Nothing is linked."""
    begun = perf_counter()
    with _ready(people, out, more) as them:
        bits = _bits(threshold, cluster_threshold(them.model))
        candidates = _candidates(them)
        found = labels(them, them.score(candidates), bits)
        _write(out, found)
        _say_threshold(threshold, bits)
        _say(f"{len(them):,} records, {found['cluster'].n_unique():,} clusters. Written to {out}.")
    _say(f"{perf_counter() - begun:.1f} s.")


@contextmanager
def _ready(people: Path, out: Path, more: dict[str, Any]) -> Iterator[Batch]:
    """The records, ready to be compared; what is wrong with a file or the place to write to becomes a message."""
    try:
        columns = parse_maps((*more["maps"], *more["more_maps"]))
        if not out.parent.is_dir():
            raise TableError(f"There is no folder {out.parent} to write to.")
        model = read_model(more["model_file"]) if more["model_file"] else default_model()
        name_unused({people: read_people(people, columns)}, columns)
        if more["train"]:
            some, count = drawn(read_people(people, columns).records)
            model = fitted([normalise(record) for record in some], model, people.stem, of=count).model
        with batch(people, columns, model, _say) as them:
            yield them
    except ValueError as fault:
        raise click.UsageError(str(fault)) from fault
    except OSError as fault:
        raise click.ClickException(f"{fault.filename or out}: {fault.strerror}.") from fault


def _candidates(them: Batch) -> "pl.DataFrame":
    """The pairs worth comparing; who is there too often to be compared is said, in numbers."""
    candidates = them.candidates()
    _say(f"Comparing {candidates.height:,} pairs of {len(them):,} records.")
    crowds = them.crowds(candidates)
    for one in crowds[:MOST_SAID]:
        _say(
            f"{one.records:,} records share {one.shared}: too many to compare each with each. {one.compared:,} of their {one.pairs:,} "
            "pairs are compared, for what else they share; the others cannot be found as repeats."
        )
    if len(crowds) > MOST_SAID:
        _say(
            f"So it is with {len(crowds) - MOST_SAID:,} more groups, the largest of {crowds[MOST_SAID].records:,} records."
        )
    return candidates


def _bits(threshold: float | None, shipped: float) -> float:
    if threshold is None:
        return shipped
    if not 0 < threshold < 1:
        raise TableError(
            f"--threshold {threshold:g} is no probability between 0 and 1. "
            f"The shipped threshold is {probability(shipped):.3f}."
        )
    return math.log2(threshold / (1 - threshold))


def _say_threshold(threshold: float | None, bits: float) -> None:
    which = "The shipped threshold" if threshold is None else "The threshold"
    _say(f"{which}: {bits:.2f} bits, a probability of {probability(bits):.3f}.")


def _say(line: str) -> None:
    click.echo(line, err=True)


def _write(out: Path, frame: "pl.DataFrame") -> None:
    """All of it or nothing."""
    fresh = out.with_name(f".{out.name}.part")
    try:
        frame.write_csv(fresh)
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)
