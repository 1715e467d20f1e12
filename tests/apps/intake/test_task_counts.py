"""The contract's examples, counted by task: clarity has a number, and never hides a duty."""

from __future__ import annotations

from collections import Counter

import pytest

from alongside.duties.models import Duty, Task
from tests.apps.intake.conftest import EXAMPLES, Tell, example


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_an_example_makes_few_tasks_and_hides_no_duty(name: str, tell: Tell) -> None:
    received = tell(example(name))
    tasks = Task.objects.filter(state="open")
    by_team = Counter(tasks.values_list("owner_team", flat=True))
    assert 2 <= len(tasks) <= 8
    assert max(by_team.values()) <= 3
    assert not Duty.objects.filter(state="open").exclude(task__in=tasks).exists()
    # What fires and reaches people as a duty is open in a task, or closed by its own evidence in the same transaction.
    told = {duty["rule"]: duty["state"] for duty in received.answer["duties"]}
    assert {"open", "done"} >= set(told.values())
    owed = set(Duty.objects.values_list("rule", flat=True))
    assert owed == set(told) and owed <= set(received.answer["decided"]["fires"])


def test_every_rule_that_fires_as_a_duty_is_owed_by_somebody(tell: Tell) -> None:
    from alongside.procedures.queries import rules

    for name in (path.stem for path in EXAMPLES):
        received = tell(example(name))
        as_duty = {rule for rule in received.answer["decided"]["fires"] if rules()[rule].reaches_as == "duty"}
        assert len(as_duty) > 3
        assert as_duty == {duty["rule"] for duty in received.answer["duties"]}


def test_what_is_done_by_itself_makes_no_task(tell: Tell) -> None:
    received = tell(example("police-incident-baby"))
    states = {duty["rule"]: duty["state"] for duty in received.answer["duties"]}
    assert states["wm-consult-records-immediately"] == "done"
    assert not Task.objects.filter(state="open", act="consult_records").exists()
