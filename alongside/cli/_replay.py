"""`alongside policy export` and `alongside policy replay`: what a change would do to the cases there were."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alongside.cli._packs import DAY_OF, PACKS, load, stop
from alongside.policy import Library, PolicyError

if TYPE_CHECKING:
    from alongside.policy.asked import Choices
    from alongside.policy.effects import Meetings
    from alongside.policy.regime import Regime
    from alongside.policy.replay import Cases
    from alongside.policy.store import Population

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
@click.option("--area", required=True, help="The area that makes the change, such as coventry; or all.")
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
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
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
    file: Path,
) -> None:
    """What would a change do to the cases in FILE, decided again with it and without it?

    FILE is written by `alongside policy export`, or by `alongside demo population`. A number outside what the partnership may adopt
    is refused. Counts of 1 to 4 are not shown. First every case is decided again by the rules that decided it: where that does not
    give what is on record, the answer cannot be trusted, and the exit status is 1. 2: the file or the change cannot be read.
    """
    from alongside.policy import effects
    from alongside.policy.asked import changes, regimes
    from alongside.policy.regime import changed_rules
    from alongside.policy.replay import compare
    from alongside.policy.store import read

    library = load(packs)
    day = on.date() if on else datetime.now(DAY_OF).date()
    groups = tuple(dict.fromkeys(by))
    try:
        held = read(file, library.vocabulary)
        _check_columns(file, held.frame.collect_schema().names(), groups)
        adopted = held.about.get("adopted", {})
        before, after = regimes(library, day, adopted, changes(library, area, day, _named(settings)))
        cases = _counting(held, file, engine, master)
    except PolicyError as error:
        stop(str(error))
    for note in held.notes:
        click.echo(note, err=True)
    is_sound = _check(library, held, cases)
    if settings:
        found = compare(before, after, cases, by=groups, case="case")
        for words in _defaults(library, area, day, adopted, changed_rules(before, after)):
            click.echo(words)
        _table(effects.in_words(found, groups), after, groups, exact, csv)
        _meetings(
            effects.meetings(before, after, cases, per_meeting or effects.CASES_PER_MEETING),
            per_meeting is None,
            exact,
        )
    else:
        click.echo("No change was asked for: name one with --set NAME=VALUE.")
    if not is_sound:
        sys.exit(1)


def _defaults(library: Library, area: str, on: date, adopted: Choices, rules: Collection[str]) -> list[str]:
    """The defaults nobody has confirmed, in the areas asked about, that rules which the change touches hang on."""
    from alongside.policy.asked import areas_of
    from alongside.policy.awaiting import awaited

    packs = [library.pack(one, on, adopted=adopted.get(one)) for one in areas_of(library, area)]
    return awaited(rule for pack in packs for rule in pack.rules if rule.id in rules)


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


def _check(library: Library, held: Population, cases: Cases) -> bool:
    """Say whether replaying gives what was decided; True unless it does not."""
    from alongside.policy.population import PACK
    from alongside.policy.reproducing import books, reproduce

    if not held.decided or PACK not in held.frame.collect_schema().names():
        click.echo("The file does not say what was decided: replaying cannot be checked against it.")
        return True
    said = held.about.get("books", {})
    with click.progressbar(length=1000, label="Checking", file=sys.stderr) as bar:
        found = reproduce(cases, held.decided, books(library, said), tick=lambda part: bar.update(round(1000 * part)))
    differ = sum(found.differing.values())
    click.echo(
        f"Replaying the rules in force then: {found.cases:,} cases, {found.decisions:,} decisions, {differ:,} differ from what was decided."
    )
    for rule, count in sorted(found.differing.items()):
        click.echo(f"  {rule}: {count:,}")
    if found.unchecked:
        click.echo(f"{found.unchecked:,} cases were decided by rules that are not these any more, and are not checked.")
    return not differ


def _table(table: Any, regime: Regime, by: Sequence[str], exact: bool, csv: Path | None) -> None:
    """The table of changes in words, and the same as CSV."""
    import polars as pl

    from alongside.policy.effects import KINDS, shown

    if table.is_empty():
        click.echo("No case comes out otherwise.")
    counts = pl.col(list(KINDS)).map_elements(lambda count: shown(count, exact), return_dtype=pl.String)
    gists = {rule: regime.rules[rule].gist if rule in regime.rules else "" for rule in table["rule"].unique()}
    table = table.with_columns(counts, gist=pl.col("rule").replace_strict(gists, return_dtype=pl.String))
    table = table.select("rule", "gist", *by, *KINDS)
    for rule, rows in table.group_by("rule", maintain_order=True):
        click.echo(f"\n{rule[0]}: {gists[rule[0]]}")
        for row in rows.iter_rows(named=True):
            where = ", ".join(row[one] for one in by)
            told = "; ".join(f"{words} {row[words]}" for words in KINDS if row[words] != "0")
            click.echo(f"  {where + ': ' if where else ''}{told}")
    if csv is not None:
        try:
            table.write_csv(csv)
        except OSError as error:
            stop(f"{csv}: {error.strerror}")


def _meetings(found: Sequence[Meetings], is_default: bool, exact: bool) -> None:
    """What the change makes for the MARAC of each area; nothing is said where it hears the same cases."""
    from alongside.policy.effects import rounded

    otherwise = [one for one in found if one.heard_before != one.heard_after]
    if not otherwise:
        return
    default = " (a usual number, to be confirmed by your partnership)" if is_default else ""
    click.echo(f"\nMARAC, at {otherwise[0].per_meeting} cases a meeting{default}:")
    for one in otherwise:
        heard = f"{rounded(one.heard_before, exact)} → {rounded(one.heard_after, exact)} cases meet a criterion"
        click.echo(f"  {one.area}: {heard}; {one.before:,} → {one.after:,} meetings")
