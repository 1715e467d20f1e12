"""What was decided is decided again by the rules of its day, whatever the packs say since."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings

from alongside.audit import guard
from alongside.cases.models import Case
from alongside.cli import alongside
from alongside.cli._packs import packs_root
from alongside.demo import calls
from alongside.demo.partnership import Partnership
from alongside.duties import again
from alongside.duties.models import Evaluation
from alongside.intake.actions import receive
from alongside.intake.checking import faults_of
from alongside.intake.queries import held_against
from alongside.policy import Library, load_library
from alongside.procedures import queries as procedures
from tests.apps.intake.conftest import NOW, Content
from tests.apps.intake.test_two_readings import notifications

FEW = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@FEW
@given(content=notifications())
def test_any_notification_decided_again_comes_out_the_same(content: Content, partnership: Partnership) -> None:
    if faults_of(content, held_against(content, at=NOW)):
        return
    by = next(one for one in partnership.users.values() if one.agency.code == content["source"]["agency"])
    answer = receive(content=content, by=by, at=NOW).answer
    for row in Evaluation.objects.filter(case__reference__in=[answer["case"], *answer["also"]]):
        assert row.outcomes
        assert again.decide_again(row) == []


@pytest.fixture
def decided(partnership: Partnership) -> Case:
    """A call with a baby, in two places."""
    content = {**calls.with_baby(NOW), "id": "AGAIN-1"}
    answer = receive(content=content, by=partnership.user("police-officer"), at=NOW).answer
    return Case.objects.get(reference=answer["case"])


def put(monkeypatch: pytest.MonkeyPatch, library: Library) -> None:
    """In place of the packs of the server."""
    monkeypatch.setattr(procedures, "library", lambda: library)


def how_many(case: Case) -> int:
    return Evaluation.objects.filter(case=case).count()


def test_rules_changed_since_are_read_from_the_archive(decided: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    now = again.all_again()
    assert (now.same, now.different, now.archived, now.is_whole) == (how_many(decided), 0, 0, True)
    later = load_library(packs_root())
    held = later.packs["west-midlands"]
    held.rules[:] = [replace(rule, when="abuse_incident AND victim_pregnant") for rule in held.rules]
    put(monkeypatch, later)
    found = again.all_again()
    assert (found.same, found.different, found.archived) == (how_many(decided), 0, how_many(decided))
    assert found.is_whole and not found.changed


def test_a_fact_renamed_since_is_named_and_what_was_decided_stands(
    decided: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(shutil.copytree(packs_root(), tmp_path / "packs"))
    for path in root.rglob("*.toml"):
        path.write_text(re.sub(r"\bvictim_pregnant\b", "victim_is_pregnant", path.read_text("utf-8")), encoding="utf-8")
    put(monkeypatch, load_library(root))
    found = again.all_again()
    assert (found.same, found.different, found.is_whole) == (how_many(decided), 0, True)
    assert found.changed["victim_pregnant is no fact any more; did you mean victim_is_pregnant?"] == how_many(decided)


def test_a_fact_of_another_kind_since_is_named(decided: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    later = load_library(packs_root())
    later.vocabulary["abuse_incident"] = replace(later.vocabulary["abuse_incident"], type="integer")  # type: ignore[index]
    put(monkeypatch, later)
    [words] = set(again.not_read_today(Evaluation.objects.filter(case=decided).first()))  # type: ignore[arg-type]
    assert words == "abuse_incident is of another kind now, or has lost the word that was kept"


def alter(case: Case, **values: object) -> None:
    with guard.opened():
        Evaluation.objects.filter(case=case).update(**values)


def test_what_comes_out_otherwise_is_named_by_its_rule(decided: Case) -> None:
    row = Evaluation.objects.filter(case=decided).first()
    assert row is not None
    alter(decided, outcomes=row.outcomes | {"wm-under-12-months-refer": ["cannot-decide", []]})
    found = again.all_again()
    assert (found.different, dict(found.differing)) == (
        how_many(decided),
        {"wm-under-12-months-refer": how_many(decided)},
    )
    assert not found.is_whole


def test_rules_that_are_nowhere_any_more_are_counted(decided: Case) -> None:
    alter(decided, pack_hash="0" * 64)
    assert dict(again.all_again().missing) == {"0" * 64: how_many(decided)}
    said = CliRunner().invoke(alongside, ["policy", "again"])
    assert said.exit_code == 1
    assert "by rules 000000000000, which are not in the packs and were not kept" in said.output


def test_an_evaluation_from_before_it_was_kept_for_whom_is_compared_by_outcome(decided: Case) -> None:
    row = Evaluation.objects.filter(case=decided).first()
    assert row is not None
    alter(decided, facts=[{key: value for key, value in one.items() if key != "of"} for one in row.facts])
    assert again.all_again().different == 0


def test_the_command_counts_and_names_nobody(decided: Case) -> None:
    said = CliRunner().invoke(alongside, ["policy", "again"])
    assert said.exit_code == 0, said.output
    assert f"{how_many(decided)} the same" in said.output and decided.reference not in said.output
