"""`alongside people model`, `train`, `count` and `install`: the linkage model in force, from the records held here.

They stand with `people` and not with `linkage`, whose commands need no database and store nothing. They tell counts and nobody's name.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alongside.linkage.training import MOST_LEARNED_FROM

if TYPE_CHECKING:
    from alongside.linkage import Model
    from alongside.linkage.evaluate import Evaluation
    from alongside.linkage.training import Fit
    from alongside.people.queries.in_force import Everybody

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
GROWN = 2  # times as many people: how common values are should be counted anew


@click.command()
def model() -> None:
    """Say which linkage model scores now, with its hash, since when. Changes nothing. Exit 1 when it cannot be used."""
    from alongside.people.queries import ModelNotUsable, installed, model_in_force
    from alongside.people.queries.keys import how_many

    row = installed()
    try:
        now = model_in_force()
    except ModelNotUsable as fault:
        raise click.ClickException(str(fault)) from None
    since = f"since {row.installed_on:%Y-%m-%d %H:%M} UTC" if row else "since the first day"
    how = row.get_how_display() if row else "the one that comes with each release"
    click.echo(f"In force: {now.name}, hash {now.hash}, {since} ({how}).")
    click.echo(f"A record is held from {now.link_from:.1f} bits, and somebody alike is shown from {now.show_from:.1f}.")
    people = how_many()
    if row is None or row.how == "shipped":
        click.echo(f"How common a name is, it takes from the release; {people:,} people are on record here.")
        return
    click.echo(f"How common a name is was counted among {row.people:,} people; {people:,} are on record now.")
    if people >= GROWN * max(row.people, 1):
        click.echo("That is twice as many: run “alongside people count”, and train again.")


@click.command()
@click.option("--report", type=click.Path(file_okay=False, path_type=Path), help="A folder for the report.")
@click.option("--try", "only_try", is_flag=True, help="Fit and report, and leave the model in force as it is.")
@click.option(
    "--most",
    default=MOST_LEARNED_FROM,
    show_default=True,
    type=click.IntRange(100),
    help="Learn from so many records at most.",
)
def train(report: Path | None, only_try: bool, most: int) -> None:
    """Fit a model to the records held here, unsupervised, and put it in force. Needs Splink: pip install 'alongside[linkage]'.

    Reads everybody; that it did is on the audit trail. How common values are is counted among all. Nothing about anybody is printed
    or written: names stand in the model under keyed hashes, and the report holds weights.
    """
    from alongside.linkage import default_model, training

    everybody = _read("train", most)
    click.echo(f"Fitting a model to {len(everybody.sample):,} records with Splink.", err=True)
    try:
        fit = training.train(everybody.sample, name="partnership", base=default_model(), of=everybody.table().height)
    except training.TrainingError as fault:
        raise click.ClickException(f"{fault} The model in force stays.") from None
    fit.model = _among(fit.model, everybody)
    evaluation = _evaluate(fit.model)
    if report is not None:
        _write(report, fit, evaluation)
    _tell(fit, evaluation)
    if only_try:
        click.echo("The model in force stays as it was.")
        return
    _install(fit.model, "trained", everybody)


@click.command()
def count() -> None:
    """Count anew how common names and dates are among the people held here, for the model in force. Needs no Splink.

    Only values that several people have are told apart. Run it every week or so; it reads everybody, which is on the audit trail.
    """
    from alongside.people.queries import ModelNotUsable, model_in_force

    try:
        now = model_in_force()
    except ModelNotUsable as fault:
        raise click.ClickException(str(fault)) from None
    everybody = _read("count", 0)
    _install(_among(now, everybody), "counted", everybody)


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("--shipped", is_flag=True, help="Go back to the model that comes with each release.")
def install(file: Path | None, shipped: bool) -> None:
    """Put a model from `alongside linkage train` in force, with how common values are counted here; or the shipped one again."""
    from django.utils import timezone

    from alongside.linkage import read_model
    from alongside.people.actions import scoring

    if (file is None) is not shipped:
        raise click.UsageError("Name a file, or give --shipped. Nothing was changed.")
    if file is None:
        row = scoring.install_shipped_model(by=_operator(), at=timezone.now())
        click.echo(f"In force: {row.name}, the model of this release, hash {row.hash}.")
        return
    try:
        told = read_model(file)
    except ValueError as fault:
        raise click.ClickException(f"{fault} The model in force stays.") from None
    everybody = _read("count", 0)
    _install(_among(told, everybody), "file", everybody)


def _operator() -> Any:
    from alongside.audit.api import SystemActor

    return SystemActor("linkage-model")


def _read(purpose: str, most: int) -> Everybody:
    from django.utils import timezone

    from alongside.people.actions import scoring
    from alongside.people.queries.in_force import Everybody

    people = scoring.read_for_model(purpose=purpose, by=_operator(), at=timezone.now())
    everybody = Everybody(most)
    with click.progressbar(length=people, label="Reading", file=sys.stderr) as bar:
        for batch in everybody.read():
            bar.update(batch)
    return everybody


def _among(told: Model, everybody: Everybody) -> Model:
    from alongside.linkage.held import among_held
    from alongside.people import matching

    return among_held(told, everybody.table(), secret=matching.frequency_secret())


def _evaluate(told: Model) -> Evaluation | None:
    """Against what people here answered; None where nobody has said of any two records that they are one person."""
    from alongside.linkage import MemoryIndex
    from alongside.linkage.evaluate import evaluate
    from alongside.people.queries.in_force import answered

    same, not_same, people = answered()
    return evaluate(MemoryIndex(people.values()), told, same, not_same, population=told.population)


def _write(folder: Path, fit: Fit, evaluation: Evaluation | None) -> None:
    from alongside.linkage.report import write_report

    try:
        write_report(folder, fit, evaluation)
    except OSError as fault:
        raise click.ClickException(f"{fault.filename or folder}: {fault.strerror}. The model in force stays.") from None
    click.echo(f"The report is in {folder}.")


def _tell(fit: Fit, evaluation: Evaluation | None) -> None:
    from alongside.linkage.report import weights

    rows = weights(fit.model)
    click.echo(f"Fitted to {fit.records:,} records; each of {len(rows)} levels has m and u.")
    for session in fit.sessions:
        click.echo(f"Learned from “{session.block}”: {session.pairs:,} pairs, {session.of_one:,.0f} of one person.")
    for note in fit.notes:
        click.echo(note)
    for row in rows:
        click.echo(f"  {row['comparison'] + ': ' + row['level']:<32}{row['bits']:+6.1f} bits")
    if evaluation is None:
        click.echo("Not measured: nobody here has answered yet that two records are the same person.")
        return
    at = evaluation.shipped
    precision = "nothing reaches it" if at.precision is None else f"precision {at.precision:.3f}"
    click.echo(
        f"Of {evaluation.pairs:,} pairs answered “same person”, from {at.threshold:.1f} bits: {precision}, recall {at.recall:.3f}."
    )


def _install(told: Model, how: str, everybody: Everybody) -> None:
    from django.utils import timezone

    from alongside.people.actions import scoring

    people = everybody.table().height
    row = scoring.install_model(model=told, how=how, people=people, by=_operator(), at=timezone.now())
    click.echo(
        f"In force from the next look-up: {row.name}, hash {row.hash}; how common values are counted among {people:,} people."
    )
