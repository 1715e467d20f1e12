"""What is taken out of the database for replaying: every case as it was last decided, and nobody's name."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import uuid4

import polars as pl
from click.testing import CliRunner

from alongside.agencies.models import User
from alongside.audit.api import SystemActor, action, record
from alongside.audit.models import Event
from alongside.cases.models import Case
from alongside.cli import alongside
from alongside.demo.prepare import prepare
from alongside.duties.actions import export_population
from alongside.duties.models import Evaluation
from alongside.people.models import Person
from alongside.policy.reproducing import books, reproduce
from alongside.policy.store import Population, read, write
from alongside.procedures.queries import library
from tests.apps.partnership import NOW, Partnership


def export(tmp_path: Path) -> Population:
    out = tmp_path / "cases.parquet"
    export_population(out=out, by=SystemActor("operator"), at=NOW)
    return read(out, library().vocabulary)


@action("tests.evaluation_kept")
def _keep_another(*, of: Evaluation, other: dict[str, object], by: User, at: datetime) -> None:
    """A later evaluation of the same case, otherwise the same."""
    of.pk, of._state.adding, of.version = uuid4(), True, of.version + 1
    for name, value in other.items():
        setattr(of, name, value)
    of.save()
    record(of, by=by, at=at)


def test_replaying_the_demonstration_gives_what_was_decided(db: None, tmp_path: Path) -> None:
    prepare(at=NOW)
    held = export(tmp_path)
    found = reproduce(held.frame, held.decided, books(library(), held.about["books"]))
    assert (found.cases, found.differing, found.unchecked) == (8, {}, 0)  # two more are housing's own, never decided
    assert found.decisions > 1_000
    assert held.notes == ()
    assert held.frame.select("case").collect().n_unique() == 8 < held.frame.collect().height


def test_it_is_the_latest_decision_that_counts(case: Case, there: Partnership, tmp_path: Path) -> None:
    last = Evaluation.objects.filter(case=case).latest()
    _keep_another(of=last, by=there.users["officer"], at=NOW, other={"outcomes": {"wm-marac-14-ticks": ["fires", []]}})
    held = export(tmp_path).frame.collect()
    assert held.n_unique("case") == 1
    assert held["decided:wm-marac-14-ticks"].unique().to_list() == ["fires"]


def test_nobody_s_name_or_reference_is_in_it(db: None, tmp_path: Path) -> None:
    prepare(at=NOW)
    export(tmp_path)
    text = pl.read_parquet(tmp_path / "cases.parquet").write_csv()
    said = [str(pk) for pk in Person.objects.values_list("pk", flat=True)]
    said += [str(pk) for pk in Case.objects.values_list("pk", flat=True)]
    said += Case.objects.values_list("reference", flat=True)
    said += [name for name in Person.objects.values_list("family_name", flat=True) if name]
    assert len(said) > 40
    assert [one for one in said if one in text] == []


def test_taking_it_out_is_on_the_trail(case: Case, tmp_path: Path) -> None:
    export(tmp_path)
    event = Event.objects.get(name="duties.population_exported")
    assert event.details == {"cases": 1}
    assert "operator" in event.actor


def test_a_fact_the_vocabulary_has_no_more_is_left_out(case: Case, there: Partnership, tmp_path: Path) -> None:
    last = Evaluation.objects.filter(case=case).latest()
    rows = [*last.facts, {"name": "gone", "about": None, "value": True}, {"name": "minor", "about": None, "value": 3}]
    _keep_another(of=last, by=there.users["officer"], at=NOW, other={"facts": rows})
    held = export(tmp_path)
    assert "gone" not in held.frame.collect_schema().names()
    assert held.notes == (
        "Facts of old cases could not be read any more when this was written, and are not known there: "
        "gone is no fact any more; minor is no fact any more.",
    )


def test_facts_renamed_or_of_another_kind_are_named_once_by_export_and_by_replay(
    case: Case, there: Partnership, tmp_path: Path
) -> None:
    last = Evaluation.objects.filter(case=case).latest()
    other = {"name": "victim_pregnent", "about": None, "value": True}
    kind = {"name": "youngest_child_age_months", "about": None, "value": "eleven"}
    rows = [one for one in last.facts if one["name"] != kind["name"]]
    _keep_another(of=last, by=there.users["officer"], at=NOW, other={"facts": [*rows, other, kind]})
    out = tmp_path / "cases.parquet"
    answer = CliRunner().invoke(alongside, ["policy", "export", "--out", str(out)])
    told = (
        "victim_pregnent is no fact any more; did you mean victim_pregnant?",
        "youngest_child_age_months is of another kind now, or has lost the word that was kept",
    )
    assert [answer.stderr.count(one) for one in told] == [1, 1]
    assert [answer.stdout.count(one) for one in told] == [0, 0]
    replayed = CliRunner().invoke(alongside, ["policy", "replay", "--area", "all", str(out)])
    assert [replayed.output.count(one) for one in told] == [1, 1]


def test_a_file_that_says_nothing_sound_of_what_was_left_out_is_read(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "cases.parquet"
    for said in (None, 3, [1, {}], "gone"):
        write(out, [export(tmp_path).frame.collect()], lambda said=said: {"left_out": said})  # type: ignore[misc]
        assert not [note for note in read(out, library().vocabulary).notes if "old cases" in note]


def test_a_partnership_with_no_case_exports_none(there: Partnership, tmp_path: Path) -> None:
    assert export(tmp_path).frame.collect().is_empty()


def test_the_command_writes_it_and_says_to_guard_it(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "cases.parquet"
    answer = CliRunner().invoke(alongside, ["policy", "export", "--out", str(out)])
    assert answer.exit_code == 0, answer.output
    assert "1 cases written" in answer.stdout and "guard it as the database" in answer.stdout
    assert out.stat().st_mode & 0o077 == 0
    replayed = CliRunner().invoke(alongside, ["policy", "replay", "--area", "all", str(out)])
    assert replayed.exit_code == 0 and " 0 differ from what was decided." in replayed.stdout


def test_where_nothing_can_be_written_nothing_is_on_the_trail(case: Case, tmp_path: Path) -> None:
    answer = CliRunner().invoke(alongside, ["policy", "export", "--out", str(tmp_path / "nowhere" / "cases.parquet")])
    assert answer.exit_code == 1
    assert "Nothing was written." in answer.output
    assert not Event.objects.filter(name="duties.population_exported").exists()
