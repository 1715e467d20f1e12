"""When a fact was true and when it became known here: shown on the timeline and in the reasons of a task, only where they differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.duties.lateness import apart, told_on
from alongside.duties.models import Evaluation, Task
from tests.apps.duties.test_explaining import ROW
from tests.apps.duties.test_known import states
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import words

SignIn = Callable[[str], Client]
DAY = timedelta(days=1)
RECORD = ["duties.observedfact", str(uuid4())]
KEY = ("victim_pregnant", "", *RECORD)


def snapshot(at: datetime, *values: Any) -> Evaluation:
    return Evaluation(evaluated_at=at, facts=[ROW | {"value": value, "record": RECORD} for value in values], said=[])


@pytest.mark.parametrize(
    ("values", "on"),
    [
        ([True, True, True], NOW),
        ([None, True, True], NOW + DAY),
        ([None, None], NOW),
        ([True, None], None),
        ([True, False, False], None),
        ([11, 12], None),
    ],
)
def test_it_was_told_when_it_first_stood_and_nothing_is_said_of_what_has_changed(
    values: list[Any], on: datetime | None
) -> None:
    history = [snapshot(NOW + DAY * place, value) for place, value in enumerate(values)]
    assert told_on(history).get(KEY) == on


def test_the_two_are_said_only_where_they_are_more_than_a_day_apart() -> None:
    assert apart(NOW - DAY, NOW, "told on") == ""
    assert apart(NOW + DAY, NOW, "told on") == ""
    assert apart(None, NOW, "told on") == apart(NOW, None, "told on") == ""
    said = apart(NOW - DAY - timedelta(minutes=1), NOW, "told on")
    assert said == "true since Sunday 1 March, 10:19pm, told on Monday 2 March, 10:20pm"
    assert apart(NOW - 70 * DAY, NOW, "told on").startswith("true since Monday 22 December 2025, 10:20pm, told on")


def tree(client: Client) -> str:
    task = Task.objects.get(act="refer_to_childrens_social_care")
    return words(client.get(f"/tasks/{task.pk}/"))


def test_the_reasons_of_a_task_say_both_of_a_late_fact_and_of_no_other(
    case: Case, there: Partnership, at_desk: SignIn
) -> None:
    states(there, case, "officer", "victim_pregnant", True, NOW, since=NOW - 5 * DAY)
    said = tree(at_desk("officer"))
    late = "yes, said by police officer, true since Wednesday 25 February, 10:20pm, told on Monday 2 March, 10:20pm"
    assert f"The victim is pregnant {late}" in said
    assert "11, said by police officer, Monday 2 March, 10:20pm" in said
    cases.changed(case=case, by=there.users["officer"], at=NOW + 9 * DAY)
    assert tree(at_desk("officer")).count("told on") == said.count("told on"), "time that goes by makes nothing late"


def timeline(client: Client, case: Case) -> str:
    return words(client.get(f"/cases/{case.reference}/see/timeline/"))


@pytest.mark.parametrize(("days", "is_said"), [(5, True), (1, False)])
def test_the_timeline_says_both_beside_the_entry_of_the_record(
    case: Case, there: Partnership, at_desk: SignIn, days: int, is_said: bool
) -> None:
    states(there, case, "officer", "victim_pregnant", True, NOW, since=NOW - days * DAY)
    row = case.observed_facts.get(name="victim_pregnant", superseded_by__isnull=True)
    by = there.users["officer"]
    for what, record in (("Somebody told us", row.pk), ("Something else was done", uuid4())):
        cases.note(case=case, what=what, record_kind="duties.observedfact", record_id=record, by=by, at=NOW)
    cases.changed(case=case, by=by, at=NOW + 9 * DAY)
    said = timeline(at_desk("officer"), case)
    text = "True since Wednesday 25 February, 10:20pm, known here since Monday 2 March, 10:20pm."
    entry = said[said.index("Somebody told us") :].split("Something else")[0]
    assert (text in entry) is is_said and said.count("known here since") == is_said
