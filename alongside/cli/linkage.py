"""`alongside linkage …`: looking people up in files, without storing anything (contract, section 3)."""

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import IO, TypeVar

import click

from alongside.cli.linkage_batch import cluster, dedupe
from alongside.cli.linkage_training import fitted, name_unused, train_command
from alongside.linkage import Hit, Model, default_model, look_up, normalise, probability, read_model
from alongside.linkage.filed import FileIndex, filed
from alongside.linkage.tables import Table, parse_maps, read_people
from alongside.linkage.training import drawn

T = TypeVar("T")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def linkage() -> None:
    """Find people who may already be known. Nothing is stored and nothing is linked."""


@linkage.command()
@click.option("--people", required=True, type=FILE, help="The people known: CSV or Parquet with a column id.")
@click.option("--queries", required=True, type=FILE, help="The people to look up: CSV or Parquet with a column id.")
@click.option("--top", default=5, show_default=True, type=click.IntRange(1, 100), help="Hits for each query.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where the hits go: JSON lines."
)
@click.option(
    "--map", "maps", multiple=True, metavar="FILE_COLUMN=OUR_COLUMN …", help="Read a column under our name for it."
)
@click.option("--model", "model_file", type=FILE, help="Another model than the shipped one.")
@click.option("--train", is_flag=True, help="Fit the model to the people known first, with Splink.")
@click.argument("more_maps", nargs=-1, metavar="")
def lookup(
    people: Path,
    queries: Path,
    top: int,
    out: Path,
    maps: tuple[str, ...],
    model_file: Path | None,
    train: bool,
    more_maps: tuple[str, ...],
) -> None:
    """Write for each query the people known who match it best, with the bits each field gives."""
    try:
        columns = parse_maps((*maps, *more_maps))
        model = read_model(model_file) if model_file else default_model()
        known, asked = read_people(people, columns), read_people(queries, columns)
        name_unused({people: known, queries: asked}, columns)
        if train:
            some, count = drawn(known.records)
            model = fitted([normalise(record) for record in some], model, people.stem, of=count).model
        with filed(people, columns, _say) as index:
            begun, among = perf_counter(), len(index)
            total, answered = _write(out, _answers(asked, index, top, index.among(model)))
    except ValueError as fault:
        raise click.UsageError(str(fault)) from fault
    except OSError as fault:
        raise click.ClickException(f"{fault.filename or out}: {fault.strerror}.") from fault
    seconds = perf_counter() - begun
    click.echo(f"{total:,} looked up among {among:,} people in {seconds:.1f} s.", err=True)
    click.echo(f"{answered:,} with at least one hit. Written to {out}.", err=True)
    click.echo(
        f"The shipped threshold: {model.link_from:.2f} bits, a probability of {probability(model.link_from):.3f}.",
        err=True,
    )


def _answers(asked: Table, index: FileIndex, top: int, model: Model) -> Iterator[tuple[str, list[Hit]]]:
    for record in _shown(asked.records, "Looking up"):
        yield record.id, look_up(record, index, top=top, model=model)


def _say(line: str) -> None:
    click.echo(line, err=True)


def _shown(items: Iterable[T], label: str) -> Iterator[T]:
    """The items, with a progress bar where somebody watches."""
    with click.progressbar(items, label=label, file=sys.stderr) as bar:
        yield from bar


def _write(out: Path, answers: Iterable[tuple[str, list[Hit]]]) -> tuple[int, int]:
    """Write all answers or nothing. How many queries there were, and how many have a hit."""
    total = answered = 0
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=out.parent, prefix=f".{out.name}.", delete=False
    ) as file:
        try:
            for query, hits in answers:
                total += 1
                answered += bool(hits)
                _write_line(file, query, hits)
            file.close()
            Path(file.name).replace(out)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    return total, answered


def _write_line(file: IO[str], query: str, hits: list[Hit]) -> None:
    line = {"query": query, "hits": [_as_json(hit) for hit in hits]}
    file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _as_json(hit: Hit) -> dict[str, object]:
    match = hit.match
    return {"id": hit.id, "weight": match.weight_bits, "probability": match.probability, "because": match.because}


linkage.add_command(dedupe)
linkage.add_command(cluster)
linkage.add_command(train_command, "train")
commands = [linkage]
