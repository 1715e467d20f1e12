"""The number of *yes* stated outright beside a checklist: it narrows what the topics leave open, until a later checklist is counted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from alongside.cases.models import Case
from alongside.demo.partnership import Partnership
from alongside.duties.explaining import seen
from alongside.duties.models import Evaluation
from alongside.gate.viewing import Viewer
from alongside.intake.faults import NotValid
from alongside.risk.actions import Filled, assess
from alongside.risk.instruments import instruments
from alongside.risk.pages import panel, words
from tests.apps.intake.conftest import NOW, Tell, example

TICKS = "wm-marac-14-ticks"
DASH = instruments()["dash"]
COUNTED = {"min": 9, "max": 17}


def told(tell: Tell, stated: Any) -> Case:
    answers = dict(zip(DASH.keys, ["yes"] * 9 + ["no"] * 7, strict=False))
    risk = [{"instrument": "dash", "answers": answers}]
    content = example("police-incident-baby") | {"risk": risk, "facts": {"dash_yes_count": stated}}
    return Case.objects.get(reference=tell(content).answer["case"])


def row_of(case: Case) -> dict[str, Any]:
    latest = Evaluation.objects.filter(case=case).order_by("-version", "-evaluated_at").first()
    assert latest is not None
    return next(row for row in latest.facts if row["name"] == "dash_yes_count")


def outcome(case: Case) -> str:
    latest = Evaluation.objects.filter(case=case).order_by("-version", "-evaluated_at").first()
    assert latest is not None
    return str(latest.outcomes.get(TICKS, ["does-not-fire"])[0])


@pytest.mark.parametrize(
    ("stated", "known", "decided"),
    [
        (16, 16, "fires"),
        (9, 9, "does-not-fire"),
        ({"min": 14}, {"min": 14, "max": 17}, "fires"),
        ({"min": 5, "max": 13}, {"min": 9, "max": 13}, "does-not-fire"),
        ({"min": 2, "max": 30}, COUNTED, "cannot-decide"),
        (None, COUNTED, "cannot-decide"),
    ],
)
def test_within_the_range_it_narrows(stated: Any, known: Any, decided: str, tell: Tell) -> None:
    case = told(tell, stated)
    assert (row_of(case)["value"], outcome(case)) == (known, decided)


def test_outside_the_range_it_contradicts(tell: Tell) -> None:
    for stated in (8, 18, {"min": 18}):
        with pytest.raises(NotValid) as refused:
            told(tell, stated)
        assert [fault.pointer for fault in refused.value.faults] == ["/facts/dash_yes_count"]


def test_whoever_narrowed_it_is_named(tell: Tell, partnership: Partnership) -> None:
    case = told(tell, 16)
    row = row_of(case)
    assert row["record"][0] == "duties.observedfact" and row["manner"] == "stated beside the checklist"
    assert seen("dash_yes_count", row).startswith("16, stated beside the checklist by West Midlands Police")
    viewer = Viewer(partnership.user("police-officer"), NOW)
    shown: Any = panel(case, viewer)["standing"]
    assert (shown.low, shown.high) == (16, 16)
    assert "The topics alone come to 9 to 17; West Midlands Police stated 16 beside them." in shown.sentence
    assert "16 of 24" in (words(case, viewer) or "")


def test_a_later_checklist_is_counted_and_nothing_stated_before_stands_over_it(
    tell: Tell, partnership: Partnership
) -> None:
    case = told(tell, 16)
    later, officer = NOW + timedelta(hours=1), partnership.user("police-officer")
    assess(case=case, filled=Filled("dash", {DASH.keys[-1]: "not-known"}), id=uuid4(), by=officer, at=later)
    row = row_of(case)
    assert (row["value"], row["record"][0], outcome(case)) == (COUNTED, "risk.assessment", "cannot-decide")
    shown: Any = panel(case, Viewer(officer, later))["standing"]
    assert (shown.low, shown.high) == (9, 17) and "stated" not in shown.sentence
