"""Packs, choices and calendars that are wrong: each is refused with file, line and remedy, and nothing is decided by half of it."""

from __future__ import annotations

import re
import shutil
from datetime import date
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from django.conf import settings

from alongside.cli import alongside
from alongside.clock.calendar_file import CalendarFaults, read_calendar
from alongside.duties.again import all_again
from alongside.policy import PackFaults, load_library
from alongside.policy.store import read
from alongside.policy.weakening import weaker
from alongside.procedures import queries
from tests.bad_input.world import World, nothing_kept, row

SECTION = "west-midlands/06-response.toml"
BABY = "abuse_incident AND (youngest_child_age_months < 12 OR victim_pregnant)"
ENGLAND, COVENTRY = "england/pack.toml", "coventry/pack.toml"
SIGNED = re.compile(r"^(?P<file>[\w./-]+\.toml):(?P<line>[1-9]\d*): .+: .+", re.MULTILINE)


def refused(world: World, file: str, was: str, becomes: str | bytes, *said: str) -> None:
    """The shipped packs with one change in one file do not load; the change is named by file and line, with a remedy."""
    root = Path(shutil.copytree(settings.PACKS_DIR, world.folder / "packs", dirs_exist_ok=True))
    data = (root / file).read_bytes()
    assert was.encode() in data, was
    line = data[: data.index(was.encode())].count(b"\n") + 1
    (root / file).write_bytes(data.replace(was.encode(), becomes.encode() if isinstance(becomes, str) else becomes, 1))
    with nothing_kept(), pytest.raises(PackFaults) as told:
        load_library(root)
    words = str(told.value)
    assert all(part in words for part in said), words[:2000]
    places = {(found["file"], int(found["line"])) for found in SIGNED.finditer(words)}
    near = {(file, number) for number in range(max(1, line - 20), line + 21)}
    assert places & near, words[:2000]
    shutil.rmtree(root)


@row("A pack that stands on itself")
def cyclic(world: World) -> None:
    refused(world, ENGLAND, "extends = []", 'extends = ["west-midlands/coventry"]', "extends itself by way of", "take")


@row("Two rules of one id")
def one_id(world: World) -> None:
    again = 'id = "wm-under-12-months-refer"'
    refused(
        world, SECTION, 'id = "wm-under-12-single-incident"', again, "is in force twice on the same day", "effective_to"
    )
    other = 'id = "staffs-dial-complete"'
    refused(world, SECTION, again, other, "staffs-dial-complete is the id of a rule at", "give it an id of its own")


@row("A rule that ends before it begins")
def reversed_dates(world: World) -> None:
    ends = "effective_from = 2023-09-01\neffective_to = 2023-08-31"
    refused(
        world, SECTION, "effective_from = 2023-09-01", ends, "ends on 2023-08-31, before it begins", "effective_from"
    )


@row("An example that fails")
def failing_example(world: World) -> None:
    refused(
        world,
        SECTION,
        'youngest_child_age_months = { min = 9, max = 14 }, victim_pregnant = false }, then = "cannot-decide"',
        'youngest_child_age_months = { min = 12, max = 14 }, victim_pregnant = false }, then = "cannot-decide"',
        "example 6 of wm-under-12-months-refer says cannot-decide, and it comes out does-not-fire",
        "change the example, or the condition",
    )


@row("A condition of more than 10,000 characters")
def too_long(world: World) -> None:
    told = ("a condition of 10,", "characters", "at most 10,000")
    refused(world, SECTION, BABY, " OR ".join(["abuse_incident"] * 560), *told)


@row("A condition nested 500 deep")
def too_deep(world: World) -> None:
    for deep in ("(" * 500 + BABY + ")" * 500, "NOT " * 500 + "abuse_incident"):
        refused(world, SECTION, BABY, deep, "more than 50 brackets or NOTs inside one another", "derived")


@row("A pack file that is not UTF-8, is empty or is not TOML")
def unreadable(world: World) -> None:
    refused(world, SECTION, "Response", b"\xff", "the file is not UTF-8", "save it as UTF-8")
    refused(world, SECTION, "gist = ", "gist = = ", "not TOML", "mend the line")
    text = (Path(settings.PACKS_DIR) / "england/pack.toml").read_text("utf-8")
    refused(world, ENGLAND, text, "", "the file has no [pack]", "[pack] with id")


@row("An unknown key or a wrong type in a pack")
def wrong_form(world: World) -> None:
    refused(world, SECTION, "severity = ", "severty = ", "unknown key severty", "did you mean severity?")
    refused(world, SECTION, "effective_from = 2023-09-01", 'effective_from = "soon"', "is not a date", "without quotes")
    for file, was, becomes, *told in (
        ("owners.toml", 'follows = "victim"', 'follows = "moon"', "which is no place", "one of home, incident, victim"),
        ("acts/10-shared.toml", 'excludes = ["start', 'excludes = ["strat', "an unknown act", "did you mean start"),
        ("vocabulary/10-incident.toml", 'type = "boolean"', 'type = "bool"', "unknown type 'bool'", "one of boolean"),
        ("promises.toml", 'unless = ["wm-', 'unless = ["wn-', "names an unknown rule", "did you mean wm-"),
    ):
        refused(world, file, was, becomes, *told)


@row("A local choice outside its range")
def outside(world: World) -> None:
    unsafe = 'marac_ticks = { value = 15, status = "shipped" }'
    refused(
        world,
        COVENTRY,
        "marac_ticks = {}",
        unsafe,
        "marac_ticks = 15 lies outside 10 to 14 and was not proved",
        "policy check --write",
    )
    worded = 's47_list_scope = { value = "never", status = "shipped" }'
    refused(world, COVENTRY, "s47_list_scope = {}", worded, "'never' outside what may vary", "within ['standalone'")


@row("A local pack that asks for less")
def less(world: World) -> None:
    root = Path(shutil.copytree(settings.PACKS_DIR, world.folder / "packs"))
    path = root / COVENTRY
    path.write_text(
        path.read_text("utf-8").replace("marac_ticks = {}", 'marac_ticks = { value = 15, status = "shipped" }')
    )
    with nothing_kept():
        said = CliRunner().invoke(alongside, ["policy", "check", "--packs", str(root), "--write"])
    assert said.exit_code == 1
    assert (
        "coventry/pack.toml:" in said.output
        and "wm-marac-14-ticks does not fire where dash_yes_count = 14" in said.output
    )
    assert "within 10 to 14, or a number that loses no case" in said.output
    assert not (root / "proofs.toml").exists()
    assert weaker(load_library(settings.PACKS_DIR)) == []


@row("A fact renamed since cases were decided")
def renamed(world: World) -> None:
    assert world.post(world.example()).status_code == 201
    root = Path(shutil.copytree(settings.PACKS_DIR, world.folder / "packs"))
    for path in root.rglob("*.toml"):
        path.write_text(re.sub(r"\babuse_incident\b", "abuse_incidents", path.read_text("utf-8")), "utf-8")
    library = load_library(root)
    world.patch.setattr(queries, "library", lambda: library)
    with nothing_kept():
        said = CliRunner().invoke(alongside, ["policy", "again"])
    assert said.exit_code == 0, said.output
    assert "facts changed since: abuse_incident is no fact any more; did you mean abuse_incidents?" in said.output
    found = all_again()
    assert found.same and not found.different


@row("A column missing in a file of cases")
def missing_column(world: World) -> None:
    path = world.folder / "cases.parquet"
    pl.DataFrame({"case": [1], "area": ["coventry"], "abuse_incident": [True]}).write_parquet(path)
    library = queries.library()
    with nothing_kept():
        held = read(path, library.vocabulary)
    told = [note for note in held.notes if "no column for these facts, which are therefore not known" in note]
    assert len(told) == 1 and "victim_pregnant" in told[0]
    assert library.pack("coventry", date(2026, 3, 2)).decide({"abuse_incident": True}).cannot_decide


@row("A calendar with a hole")
def calendar(world: World) -> None:
    data = files("alongside.clock").joinpath("data/bank-holidays-england-and-wales.json").read_bytes()
    lines = [line for line in data.splitlines() if b'"2019-' not in line]
    with nothing_kept(), pytest.raises(CalendarFaults) as told:
        read_calendar(b"\n".join(lines), "days.json")
    [fault] = told.value.faults
    line = next(number for number, line in enumerate(lines, 1) if b'"2020-01-01"' in line)
    assert (
        fault == f"days.json:{line}: the bank holidays of 2019 are missing before those of 2020: enter the year whole"
    )
