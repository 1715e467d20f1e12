"""The command: what a change would do, told in words, and status 2 with the wrong thing named."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from alongside.cli import alongside
from alongside.policy import Library, Places, Range, Value
from alongside.policy.effects import KINDS, in_all
from alongside.policy.population import DECIDED, Decided, schema, table
from alongside.policy.regime import alone
from alongside.policy.reproducing import as_book
from alongside.policy.store import write

ON = date(2026, 3, 2)
# Ticks of the cases of each area.
TICKS: dict[str, list[Value]] = {
    "coventry": [12] * 6 + [14] * 10 + [9],
    "walsall": [12] * 2 + [Range(12, 15)] * 7 + [Range(9, 12)] * 8 + [None],
    "staffordshire": [12] * 9,
}


@pytest.fixture
def cases(library: Library, tmp_path: Path) -> Path:
    """A population in three areas; Staffordshire's text has no number of ticks."""
    held = []
    for area, ticks in TICKS.items():
        places, pack = Places(area, area, area), library.pack(area, ON)
        rules = list(alone(pack).rules)
        for one in ticks:
            facts: dict[str, Value] = {"dash_yes_count": one}
            held.append(Decided(places, ON, ON, pack.hash, [facts], pack.outcomes(facts, rules)))
    kinds = schema(library.vocabulary, [rule.id for rule in library.every_rule()])
    said = {library.pack(a, ON).hash: as_book(Places(a, a, a), ON, {}) for a in TICKS}
    out = tmp_path / "cases.parquet"
    write(out, [table(held, 1, kinds)], lambda: {"books": said})
    return out


def replay(path: Path, *arguments: str) -> Result:
    given = ["policy", "replay", "--on", ON.isoformat(), *arguments, str(path)]
    return CliRunner().invoke(alongside, given)


def test_a_default_that_nobody_confirmed_is_named(cases: Path) -> None:
    """marac_ticks changes the rule of any agency, which hangs on the number of events too; the rule of ticks alone does not."""
    told = "Default, to be confirmed by your partnership, on “How many callouts, or events told to any agency"
    answer = replay(cases, "--area", "all", "--set", "marac_ticks=12")
    assert answer.stdout.count(told) == 1
    assert (
        "to be confirmed by your partnership, on"
        not in replay(cases, "--area", "all", "--set", "idva_min_age=17").stdout
    )


def test_the_change_is_told_in_words(cases: Path) -> None:
    answer = replay(cases, "--area", "all", "--set", "marac_ticks=12", "--by", "area")
    assert answer.exit_code == 0, answer.output
    assert f"{sum(map(len, TICKS.values()))} cases" in answer.stdout
    assert " 0 differ from what was decided." in answer.stdout
    told = answer.stdout.split("wm-marac-any-agency")[0]
    assert "wm-marac-14-ticks: Fourteen or more answers of yes" in told
    assert "  coventry: no → yes 5\n" in told
    assert "  walsall: no → yes 1 to 4; cannot decide → yes 5; newly undecided 10\n" in told
    assert "staffordshire" not in answer.stdout


def test_one_area_changes_alone(cases: Path) -> None:
    answer = replay(cases, "--area", "walsall", "--set", "marac_ticks=12", "--by", "area", "--by", "week", "--exact")
    assert "walsall, 2026-W10: no → yes 2;" in answer.stdout
    assert "coventry" not in answer.stdout


def test_the_meetings_it_makes_are_told(cases: Path) -> None:
    answer = replay(cases, "--area", "coventry", "--set", "marac_ticks=12", "--exact")
    assert "16 cases a meeting (a usual number, to be confirmed by your partnership)" in answer.stdout
    assert "coventry: 10 → 16 cases meet a criterion; 1 → 1 meetings" in answer.stdout
    answer = replay(cases, "--area", "coventry", "--set", "marac_ticks=12", "--per-meeting", "5")
    assert "at 5 cases a meeting:" in answer.stdout
    assert "coventry: 10 → 15 cases meet a criterion; 2 → 3 meetings" in answer.stdout


def test_small_counts_are_in_no_file_either(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    replay(cases, "--area", "all", "--set", "marac_ticks=12", "--by", "area", "--csv", str(out))
    with out.open(encoding="utf-8") as file:
        rows = {(row["rule"], row["area"]): row for row in csv.DictReader(file)}
    row = rows["wm-marac-14-ticks", "walsall"]
    assert (row["no → yes"], row["cannot decide → yes"], row["newly undecided"], row["yes → no"]) == (
        "1 to 4",
        "5",
        "10",
        "0",
    )
    assert row["gist"].startswith("Fourteen or more")


def test_what_was_decided_otherwise_ends_in_status_1(cases: Path) -> None:
    frame, about = pl.read_parquet(cases), pl.read_parquet_metadata(cases)
    column = DECIDED + "wm-marac-14-ticks"
    other = pl.lit("cannot-decide").cast(frame.schema[column])
    frame.with_columns(other.alias(column)).write_parquet(cases, metadata={"alongside": about["alongside"]})
    answer = replay(cases, "--area", "all")
    assert answer.exit_code == 1
    # All of Coventry's, two numbers and eight ranges of Walsall's; Staffordshire has no such rule.
    assert " 27 differ from what was decided" in answer.stdout
    assert "No change was asked for" in answer.stdout


def test_a_fact_the_file_does_not_have_is_said_once(cases: Path) -> None:
    pl.read_parquet(cases).drop("dash_yes_count", "dash_yes_count__min", "dash_yes_count__max").select(
        pl.exclude(f"^{DECIDED}.*$")
    ).write_parquet(cases)
    answer = replay(cases, "--area", "all", "--set", "marac_ticks=12")
    assert answer.exit_code == 1, answer.output
    assert answer.stderr.count("dash_yes_count") == 1
    assert answer.stdout.startswith("Nothing could be checked against what was decided: the file does not say what")
    assert replay(cases, "--set", "marac_ticks=12", "--unchecked").exit_code == 0
    assert "No case comes out otherwise." in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--area", "coventry", "--set", "marac_ticks=15"), ["marac_ticks", "15", "coventry", "10 to 14"]),
        (("--area", "all", "--set", "marac_ticks=15"), ["marac_ticks", "10 to 14"]),
        (("--area", "coventry", "--set", "marac_ticks=many"), ["marac_ticks", "many"]),
        (("--area", "coventry", "--set", "marac_tiks=12"), ["marac_tiks", "marac_ticks"]),
        (("--area", "all", "--set", "marac_tiks=12"), ["marac_tiks", "marac_ticks"]),
        (("--area", "coventry", "--set", "marac_ticks"), ["marac_ticks", "NAME=VALUE"]),
        (("--area", "coventry", "--set", "marac_ticks=12", "--set", "marac_ticks=11"), ["marac_ticks", "two values"]),
        (("--area", "coventri", "--set", "marac_ticks=12"), ["coventri", "coventry"]),
        (("--area", "coventri"), ["coventri", "coventry"]),
    ],
)
def test_status_2_names_what_is_wrong(cases: Path, arguments: tuple[str, ...], named: list[str]) -> None:
    answer = replay(cases, *arguments)
    assert answer.exit_code == 2, answer.output
    assert not answer.stdout
    assert [one for one in named if one not in answer.stderr] == []


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lambda path: path.write_bytes(b"PAR1 but not"), "cannot be read as Parquet"),
        (lambda path: pl.DataFrame({"case": [1]}).write_parquet(path), "no column area"),
        (lambda path: pl.read_parquet(path).drop("week").write_parquet(path), "no column week"),
    ],
)
def test_a_file_that_is_none_is_refused(cases: Path, spoil: Callable[[Path], object], named: str) -> None:
    spoil(cases)
    answer = replay(cases, "--area", "all", "--set", "marac_ticks=12", "--by", "week")
    assert answer.exit_code == 2
    assert named in answer.stderr


def test_a_file_without_its_metadata_is_not_taken_as_checked(cases: Path) -> None:
    pl.read_parquet(cases).write_parquet(cases)
    answer = replay(cases, "--set", "marac_ticks=12", "--by", "area")
    assert answer.exit_code == 1
    assert answer.stdout.startswith("Nothing could be checked against what was decided: the file does not say by which")
    assert "  coventry: no → yes 5\n" in answer.stdout


def test_a_total_narrows_no_small_count() -> None:
    """4 and 4 add up to 8, and 10 beside two times 1 to 4 would give both away: the sum of what is shown says less."""
    counts = {kind: [0, 0] for kind in KINDS} | {"no → yes": [4, 4], "yes → no": [6, 2]}
    told = in_all(pl.DataFrame({"rule": ["r", "r"], "area": ["coventry", "walsall"], **counts}), exact=False)
    assert told.select("rule", "no → yes", "yes → no").row(0) == ("r", "2 to 8", "10")


def test_rows_in_no_area_are_said_once(cases: Path) -> None:
    frame, about = pl.read_parquet(cases), pl.read_parquet_metadata(cases)
    nowhere = pl.when(pl.int_range(pl.len()) >= 2).then(pl.col("area")).alias("area")
    frame.with_columns(nowhere).write_parquet(cases, metadata={"alongside": about["alongside"]})
    answer = replay(cases, "--set", "marac_ticks=12", "--by", "area")
    assert answer.stderr.count("2 rows lie in no area of these packs and count nowhere") == 1


def test_one_number_for_different_places_is_refused(cases: Path) -> None:
    pl.read_parquet(cases).with_columns(case=pl.lit(1)).write_parquet(cases)
    answer = replay(cases, "--set", "marac_ticks=12")
    assert answer.exit_code == 2 and "lie in different areas" in answer.stderr


def test_a_folder_that_is_not_there_is_said_before_the_work(cases: Path, tmp_path: Path) -> None:
    answer = replay(cases, "--set", "marac_ticks=12", "--csv", str(tmp_path / "none" / "out.csv"))
    assert answer.exit_code == 2 and "there is no folder" in answer.stderr and not answer.stdout
