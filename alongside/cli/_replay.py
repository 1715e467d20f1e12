"""`alongside policy export` and `alongside policy replay`: what a change would do to the cases there were."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alongside.cli._packs import DAY_OF, PACKS, load, stop
from alongside.policy import Library, PolicyError

if TYPE_CHECKING:
    from alongside.policy.effects import Meetings
    from alongside.policy.regime import Regime
    from alongside.policy.replay import Cases
    from alongside.policy.store import Population

_UNCHECKED = "Nothing could be checked against what was decided: "
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--out", required=True, type=FILE, help="Where to write the Parquet file; readable by you alone.")
def export(out: Path) -> None:
    """Write every case as it was last decided, for `alongside policy replay`; the export stays on the audit trail.

    For whoever operates the installation. The file holds no name, reference or number of anybody: for each case what was known,
    the areas, the day and week it was received, and what every rule came to. It is still about people, some of whom could be known
    by it: guard it as the database, and delete it when the question is answered. Facts of old cases that today's vocabulary cannot read
    are left out, and named.
    """
    from alongside.cli import set_up_django

    set_up_django()
    from django.utils import timezone

    from alongside.audit.api import SystemActor
    from alongside.duties.actions import export_population
    from alongside.duties.population import how_many
    from alongside.policy.store import left_out

    with click.progressbar(length=how_many(), label="Cases", file=sys.stderr) as bar:
        try:
            taken = export_population(out=out, tick=bar.update, by=SystemActor("operator"), at=timezone.now())
        except OSError as error:
            raise click.ClickException(f"{out}: {error.strerror}. Nothing was written.") from None
    click.echo(
        f"{taken.cases:,} cases written to {out}. It is about people: guard it as the database, and delete it after use."
    )
    for note in left_out(taken.left_out):
        click.echo(note, err=True)


@click.command()
@click.option(
    "--area", default="all", show_default=True, help="The area that makes the change, such as coventry; or all."
)
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="The change: a local choice; any number.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Against the rules in force on this day; default: today.")
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(["area", "week"]),
    help="Count apart by area (whose text decides), by week, or both.",
)
@click.option(
    "--per-meeting",
    type=click.IntRange(1),
    help="Cases a MARAC meeting hears. Left out: 16, a usual number, to be confirmed by your partnership.",
)
@click.option("--csv", "csv", type=FILE, help="Write the table to this file too.")
@click.option("--exact", is_flag=True, help="Show counts of 1 to 4 as they are: for yourself, never to be passed on.")
@click.option(
    "--engine",
    type=click.Choice(["polars", "spark"]),
    default="polars",
    help="What counts: Polars on this machine, or Spark, which needs `pip install 'alongside[spark]'` and Java 17.",
)
@click.option("--master", metavar="URL", help="The Spark cluster that counts; left out: this machine.")
@PACKS
@click.option(
    "--unchecked", is_flag=True, help="Exit 0 though not every case could be checked against what was decided."
)
@click.argument("file", required=False, type=click.Path(dir_okay=False, exists=True, path_type=Path))
def replay(
    area: str,
    settings: tuple[str, ...],
    on: datetime | None,
    by: tuple[str, ...],
    per_meeting: int | None,
    csv: Path | None,
    exact: bool,
    engine: str,
    master: str | None,
    packs: str | None,
    unchecked: bool,
    file: Path | None,
) -> None:
    """What would a change do to the cases in FILE, decided again with it and without it?

    FILE is written by `alongside policy export`, or by `alongside demo population`; left out: the cases prepared on this installation.
    A number outside what the partnership may adopt is refused. Counts of 1 to 4 are not shown, others to the nearest five. First every
    case is decided again by the rules that decided it: where that does not give what is on record, or cannot be done for every case,
    the answer cannot be trusted, and the exit status is 1. 2: the file or the change cannot be read.
    """
    from alongside.policy import effects
    from alongside.policy.asked import awaiting, changes, regimes
    from alongside.policy.replay import compare
    from alongside.policy.store import read

    if csv is not None and not csv.parent.is_dir():
        stop(f"{csv}: there is no folder {csv.parent}. Nothing was replayed.")
    file = file or _prepared(area, settings)
    library = load(packs)
    day = on.date() if on else datetime.now(DAY_OF).date()
    groups = tuple(dict.fromkeys(by))
    try:
        held = read(file, library.vocabulary)
        _check_columns(file, held.frame.collect_schema().names(), groups)
        unplaced = _unplaced(file, held, library.areas)
        adopted = held.about.get("adopted", {})
        before, after = regimes(library, day, adopted, changes(library, area, day, _named(settings)))
        cases = _counting(held, file, engine, master)
    except PolicyError as error:
        stop(str(error))
    for note in (*held.notes, *unplaced):
        click.echo(note, err=True)
    is_sound = _check(library, held, cases, unchecked)
    if settings:
        found = effects.in_words(
            compare(before, after, cases, by=groups or ("area",), case="case"), groups or ("area",)
        )
        for words in awaiting(library, area, day, adopted, before, after):
            click.echo(words)
        _table(found, after, groups, exact, csv)
        _meetings(
            effects.meetings(before, after, cases, per_meeting or effects.CASES_PER_MEETING),
            per_meeting is None,
            exact,
        )
    else:
        click.echo("No change was asked for: name one with --set NAME=VALUE.")
    if not is_sound:
        sys.exit(1)


def _named(settings: Sequence[str]) -> dict[str, str]:
    """The changes asked for with --set, by name. Raises PolicyError for one that is none, or given twice otherwise."""
    asked: dict[str, str] = {}
    for setting in settings:
        name, equals, text = (part.strip() for part in setting.partition("="))
        if not equals:
            raise PolicyError(f"--set {setting!r} is not NAME=VALUE")
        if asked.setdefault(name, text) != text:
            raise PolicyError(f"--set gives {name} two values")
    return asked


def _counting(held: Population, file: Path, engine: str, master: str | None) -> Cases:
    """What counts the cases of a file, until the command ends. Raises PolicyError for a cluster that cannot be used."""
    if engine == "polars":
        if master:
            raise PolicyError("--master is the address of a Spark cluster: add --engine spark")
        return held.frame
    from alongside.policy.spark import spark

    return click.get_current_context().with_resource(spark(file, held.frame.collect_schema().names(), master))


def _check_columns(file: Path, columns: Sequence[str], by: Sequence[str]) -> None:
    lacking = [one for one in by if one not in columns]
    if lacking:
        raise PolicyError(f"{file} has no column {lacking[0]}: leave out --by {lacking[0]}")


def _prepared(area: str, settings: Sequence[str]) -> Path:
    """The file of the cases prepared on this installation, said with when; that it was asked stays on the audit trail."""
    from alongside.cli import set_up_django

    set_up_django()
    from django.db import DatabaseError
    from django.utils import timezone

    from alongside.audit.api import SystemActor, record_read
    from alongside.insight import files, queries

    try:
        ready = queries.ready()
    except DatabaseError:
        ready = None
    if ready is None or ready.ready_on is None or not files.path_of(ready.pk).is_file():
        stop(
            "There are no cases prepared on this installation. Prepare them with `alongside insight prepare`, or name a file, "
            "such as `alongside demo population --count 10000 --out cases.parquet` writes."
        )
    asked = " ".join(sorted(settings))[:200]
    who, at = SystemActor("operator"), timezone.now()
    record_read(("insight.caseset", str(ready.pk)), by=who, at=at, what="insight.what_if", area=area, asked=asked)
    click.echo(f"The cases prepared on this installation on {timezone.localtime(ready.ready_on):%Y-%m-%d at %H:%M}.")
    return files.path_of(ready.pk)


def _unplaced(file: Path, held: Population, areas: Collection[str]) -> list[str]:
    """What is said of rows that lie in no area. Raises PolicyError where rows of one case lie in different places or days."""
    import polars as pl

    from alongside.policy.population import CASE, DAY, PLACE

    columns = held.frame.collect_schema().names()
    alike = [one for one in (*dict.fromkeys(PLACE.values()), DAY) if one in columns]
    mixed = pl.any_horizontal(pl.col(one).n_unique() > 1 for one in alike)
    if held.frame.group_by(CASE).agg(mixed=mixed).filter("mixed").head(1).collect(engine="streaming").height:
        raise PolicyError(f"{file}: rows with one case number lie in different areas or on different days")
    places = [pl.col(one).cast(pl.String).is_in(list(areas)).fill_null(False) for one in dict.fromkeys(PLACE.values())]
    count = held.frame.filter(~pl.all_horizontal(places)).select(pl.len()).collect(engine="streaming").item()
    return [f"{count:,} rows lie in no area of these packs and count nowhere for that area's rules."] if count else []


def _check(library: Library, held: Population, cases: Cases, is_unchecked: bool) -> bool:
    """Say whether replaying gives what was decided. False where it does not, or where that cannot be told for every case."""
    from alongside.policy.population import PACK
    from alongside.policy.reproducing import books, reproduce

    if not held.decided or PACK not in held.frame.collect_schema().names():
        click.echo(f"{_UNCHECKED}the file does not say what was decided.")
        return is_unchecked
    said = held.about.get("books", {})
    if not said:
        click.echo(f"{_UNCHECKED}the file does not say by which rules; it was written again without its metadata.")
        return is_unchecked
    with click.progressbar(length=1000, label="Checking", file=sys.stderr) as bar:
        found = reproduce(cases, held.decided, books(library, said), tick=lambda part: bar.update(round(1000 * part)))
    differ = sum(found.differing.values())
    if not found.decisions:
        click.echo(f"{_UNCHECKED}the file has no case decided by rules that are here.")
        return is_unchecked
    if found.unchecked:
        click.echo(f"{found.unchecked:,} cases were decided by rules that are not these any more, and are not checked.")
    click.echo(
        f"Replaying the rules in force then: {found.cases:,} cases, {found.decisions:,} decisions, {differ:,} differ from what was decided."
    )
    for rule, count in sorted(found.differing.items()):
        click.echo(f"  {rule}: {count:,}")
    return not differ and (is_unchecked or not found.unchecked)


def _table(table: Any, regime: Regime, by: Sequence[str], exact: bool, csv: Path | None) -> None:
    """The table of changes in words, and the same as CSV."""
    import polars as pl

    from alongside.policy.effects import KINDS, in_all, shown

    if table.is_empty():
        click.echo("No case comes out otherwise.")
    if by:
        counts = pl.col(list(KINDS)).map_elements(lambda count: shown(count, exact), return_dtype=pl.String)
        table = table.with_columns(counts)
    else:
        table = in_all(table, exact)
    gists = {rule: regime.rules[rule].gist if rule in regime.rules else "" for rule in table["rule"].unique()}
    table = table.with_columns(gist=pl.col("rule").replace_strict(gists, return_dtype=pl.String))
    table = table.select("rule", "gist", *by, *KINDS)
    for rule, rows in table.group_by("rule", maintain_order=True):
        click.echo(f"\n{rule[0]}: {gists[rule[0]]}")
        for row in rows.iter_rows(named=True):
            where = ", ".join(row[one] or f"no {one}" for one in by)
            told = "; ".join(f"{words} {row[words]}" for words in KINDS if row[words] != "0")
            click.echo(f"  {where + ': ' if where else ''}{told}")
    if csv is not None:
        try:
            table.write_csv(csv)
        except OSError as error:
            stop(f"{csv}: {error.strerror}")


def _meetings(found: Sequence[Meetings], is_default: bool, exact: bool) -> None:
    """What the change makes for the MARAC of each area; nothing is said where it hears the same cases."""
    from alongside.policy.effects import shown

    otherwise = [one for one in found if one.heard_before != one.heard_after]
    if not otherwise:
        return
    default = " (a usual number, to be confirmed by your partnership)" if is_default else ""
    click.echo(f"\nMARAC, at {otherwise[0].per_meeting} cases a meeting{default}:")
    for one in otherwise:
        heard = f"{shown(one.heard_before, exact)} → {shown(one.heard_after, exact)} cases meet a criterion"
        made = one if exact else one.about
        click.echo(f"  {one.area or 'no area'}: {heard}; {made.before:,} → {made.after:,} meetings")
