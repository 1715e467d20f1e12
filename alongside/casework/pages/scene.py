"""How the scene record is written: its state, what is known already, and the bars beside the acts they forbid."""

from __future__ import annotations

from typing import Any

from alongside.cases.models import Case
from alongside.cases.pages import identity
from alongside.casework.actions.scene import ANSWERS
from alongside.casework.forms.scene import SceneForm
from alongside.casework.models import SceneRecord
from alongside.casework.queries import scene as queries
from alongside.duties import bars, words
from alongside.duties import queries as duties
from alongside.duties.models import Duty, Task
from alongside.duties.pages.bars import notices
from alongside.duties.pages.cites import cites_of, missing_copies
from alongside.gate.viewing import Viewer
from alongside.risk import pages as risk

ACT = "finish_scene_record"
# The bars on ways of giving something stand beside the question how it was given, the others beside what was done.
GIVING = ("leave_leaflet", "send_letter", "leave_voicemail", "suggest_diary")


def page(case: Case, viewer: Viewer, form: SceneForm, row: SceneRecord | None) -> dict[str, Any]:
    """Everything on the page but what the form itself draws."""
    state = risk.panel(case, viewer)
    tasks = [task for task in duties.tasks_of(case, viewer) if task.act == ACT]
    giving = [stop for act in GIVING for stop in bars.stops(case, act)]
    others = [act for act in words.BESIDE[ACT] if act not in GIVING]
    beside = duties.bars_beside(case, others, viewer)
    shown = duties.shown_at(case, reaches_as=("guidance",), place="scene")
    ids = [bar.rule for bar in beside] + [s.rule.id for s in shown] + [d.rule for t in tasks for d in _open(t)]
    cites = cites_of(ids, case, viewer.at)
    return {
        "case": case,
        "identity": identity(case, viewer),
        "row": row,
        "form": form,
        "risk": state,
        "bars": notices(beside, case, cites, viewer, acts=others),
        "giving_bars": [_stop(stop) for stop in giving],
        "guidance": [cites[s.rule.id] for s in shown if s.outcome == "fires"],
        "tasks": _tasks(tasks, cites),
        "missing_copies": missing_copies(cites),
        "lacking": lacking(row, bool(state["assessments"])),
    }


def _stop(stop: bars.Stop) -> dict[str, Any]:
    """What stands against one way of giving something, as the macro `bars_list` draws it."""
    undecided = stop.outcome != "fires"
    asks = f"It waits. {stop.question}".strip() if undecided else ""
    return {
        "title": words.act(stop.act),
        "cite": stop.cite,
        "undecided": undecided,
        "question": asks,
        "href": "",
        "who": "",
    }


def _open(task: Task) -> list[Duty]:
    """The open duties of a task, read with it."""
    duties: list[Duty] = task.open_duties  # type: ignore[attr-defined]
    return duties


def _tasks(tasks: list[Task], cites: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"task": task, "cites": [cites[d.rule] for d in _open(task) if d.rule in cites]} for task in tasks]


def lacking(row: SceneRecord | None, assessed: bool) -> list[str]:
    """What is still open, in words."""
    open_answers = [said for name, said in ANSWERS.items() if not getattr(row, name, "")]
    return open_answers + ([] if assessed else ["the risk assessment"])


def start(case: Case, viewer: Viewer, row: SceneRecord | None) -> tuple[dict[str, str], dict[str, str]]:
    """What the form begins with, and who said what was filled in from what is known already."""
    values = {name: getattr(row, name, "") for name in (*ANSWERS, "information_how", "information_note")}
    known, said = queries.known(case, viewer), {}
    for name, fact, read in (
        ("children_in_household", "child_in_household", {True: "yes", False: "no"}),
        ("pregnant", "victim_pregnant", {True: "yes", False: "no"}),
        ("exposure", "child_exposed_to_dva", {True: "exposed", False: "not-exposed"}),
        ("exposure", "child_experienced_incident", {True: "exposed"}),
    ):
        value, by = known.get(fact, (None, ""))
        if not values[name] and value in read and isinstance(value, bool):
            values[name], said[name] = read[value], by
    return values, said
