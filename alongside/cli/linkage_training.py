"""`alongside linkage train`: a model fitted to records, with a report."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from alongside.linkage import MemoryIndex, Model, default_model, normalise, read_model
from alongside.linkage.evaluate import Evaluation, Pair, evaluate, pairs_of
from alongside.linkage.frequencies import among
from alongside.linkage.record import Known
from alongside.linkage.report import write_report
from alongside.linkage.tables import Table, TableError, parse_maps, read_columns, read_people
from alongside.linkage.training import Fit, train

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_LEFT, _RIGHT = ("id_l", "unique_id_l"), ("id_r", "unique_id_r")
_SAME = ("match", "same", "clerical_match_score")


def fitted(people: Sequence[Known], base: Model, name: str, *, of: int | None = None) -> Fit:
    """A model fitted to people, drawn from so many. Splink shows no progress of its own; a line says what is going on."""
    drawn_from = f", drawn from {of:,}" if of and of > len(people) else ""
    click.echo(f"Fitting a model to {len(people):,} records{drawn_from}, with Splink.", err=True)
    fit = train(people, name=name, base=base, of=of)
    for note in fit.notes:
        click.echo(note, err=True)
    return fit


def name_unused(tables: dict[Path, Table], columns: dict[str, str]) -> None:
    """Say once what is ignored; refuse a mapping from a column that no file has."""
    there = {name for table in tables.values() for name in table.columns}
    missing = [name for name in columns if name not in there]
    if missing:
        raise TableError(f"{'Neither' if len(tables) > 1 else 'No'} file has a column {', '.join(missing)}.")
    ignored = list(dict.fromkeys(name for table in tables.values() for name in table.ignored))
    if ignored:
        click.echo(f"Columns not understood and ignored: {', '.join(ignored)}.", err=True)


@click.command()
@click.option("--people", type=FILE, help="The records to learn from: CSV or Parquet with a column id.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where the model goes: JSON."
)
@click.option(
    "--map", "maps", multiple=True, metavar="FILE_COLUMN=OUR_COLUMN …", help="Read a column under our name for it."
)
@click.option("--labels", type=FILE, help="Pairs somebody judged: columns id_l, id_r and match (1 or 0).")
@click.option("--truth", metavar="COLUMN", help="The column of the people that says who each record is.")
@click.option("--report", type=click.Path(file_okay=False, path_type=Path), help="A folder for the report.")
@click.option("--model", "model_file", type=FILE, help="Begin with another model than the shipped one.")
@click.argument("more_maps", nargs=-1, metavar="")
def train_command(
    people: Path | None,
    out: Path,
    maps: tuple[str, ...],
    labels: Path | None,
    truth: str | None,
    report: Path | None,
    model_file: Path | None,
    more_maps: tuple[str, ...],
) -> None:
    """Fit a model to the records of a file, without being told who is who. Needs Splink: pip install 'alongside[linkage]'.

    To learn from the records held in Alongside, and put the model in force: alongside people train.
    """
    if people is None:
        raise click.UsageError(
            "Name a file with --people. To learn from the records held here: alongside people train."
        )
    try:
        columns = parse_maps((*maps, *more_maps))
        table = read_people(people, columns)
        name_unused({people: table}, columns)
        index = MemoryIndex(normalise(record) for record in table.records)
        same, not_same = _judged(people, columns, labels, truth)
        fit = fitted(index.people(), read_model(model_file) if model_file else default_model(), out.stem)
        evaluation = evaluate(index, among(fit.model, index.people(), within=True), same, not_same) if same else None
        _write(out, fit.model.data)
        if report is not None:
            write_report(report, fit, evaluation)
    except ValueError as fault:
        raise click.UsageError(str(fault)) from fault
    except OSError as fault:
        raise click.ClickException(f"{fault.filename or out}: {fault.strerror}.") from fault
    _say(fit, evaluation, out, report)


def _judged(
    people: Path, columns: dict[str, str], labels: Path | None, truth: str | None
) -> tuple[set[Pair], set[Pair] | None]:
    """The pairs of one person, and those of two: None for every other."""
    if labels is not None and truth is not None:
        raise TableError("Give --labels or --truth, not both.")
    if truth is not None:
        ids = [theirs for theirs, ours in columns.items() if ours == "id"] or ["id"]
        return pairs_of({row[0]: row[1] for row in read_columns(people, [tuple(ids), (truth,)]) if row[1]}), None
    if labels is None:
        return set(), None
    same: set[Pair] = set()
    not_same: set[Pair] = set()
    for left, right, said in read_columns(labels, [_LEFT, _RIGHT, _SAME]):
        (same if _is_same(said, labels) else not_same).add((left, right))
    return same, not_same


def _is_same(said: str, labels: Path) -> bool:
    if said.lower() in ("true", "yes", "false", "no"):
        return said.lower() in ("true", "yes")
    try:
        return float(said) >= 0.5
    except ValueError:
        raise TableError(f"{labels.name}: “{said}” is no judgement; 1 is the same person, 0 is not.") from None


def _write(out: Path, data: Any) -> None:
    fresh = out.with_name(f".{out.name}.part")
    try:
        fresh.write_text(json.dumps(data, indent=1, ensure_ascii=False), "utf-8")
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)


def _say(fit: Fit, evaluation: Evaluation | None, out: Path, report: Path | None) -> None:
    click.echo(f"The model {fit.model.name} is written to {out}, hash {fit.model.hash}.", err=True)
    if evaluation is not None:
        at = evaluation.shipped
        precision = "nothing found" if at.precision is None else f"precision {at.precision:.4f}"
        click.echo(f"At {at.threshold:.1f} bits: {precision}, recall {at.recall:.4f}, F1 {at.f1:.4f}.", err=True)
    if report is not None:
        click.echo(f"The report is in {report}.", err=True)
