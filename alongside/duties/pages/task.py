"""A task: what is asked, by when, why, what must not be done beside it, what closes it, and the one button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from alongside.cases import pages as cases
from alongside.cases import queries as case_queries
from alongside.cases.models import Case, CaseMember
from alongside.design.jinja import sentence
from alongside.duties import access, queries, words
from alongside.duties.explaining import Snapshot
from alongside.duties.lateness import told_on
from alongside.duties.models import Duty, Evaluation, Task
from alongside.duties.pages import today
from alongside.duties.pages.bars import notices
from alongside.duties.pages.cites import Cites, cites_of, missing_copies
from alongside.duties.pages.ringing import ring_first
from alongside.gate.viewing import Viewer
from alongside.procedures.queries import library, pack_at, rules
from alongside.procedures.words import EVIDENCE

ENDED = {"done": "Done", "decided-otherwise": "Decided otherwise", "lapsed": "No longer owed"}
OUTCOMES = {"fires": "Met", "cannot-decide": "Cannot tell yet"}


def page(task: Task, viewer: Viewer) -> dict[str, Any]:
    """Everything on the page."""
    case = task.case
    duties = queries.duties_of(task, viewer)
    task.__dict__["open_duties"] = [d for d in duties if d.state == "open"]
    sees_case = case_queries.cases_for(viewer, reference=case.reference).exists()
    members = case_queries.members_of([case.pk], viewer).get(case.pk, [])
    acts = (*words.BESIDE.get(task.act, ()), task.act)
    beside = queries.bars_beside(case, acts, viewer)
    snapshot = _snapshot(case, viewer) if sees_case else None
    shown = _shown(task, snapshot.evaluation if snapshot else None)
    cites = cites_of(
        [d.rule for d in duties]
        + [b.rule for b in beside]
        + [s.rule.id for s in (*shown["guidance"], *shown["choices"])],
        case,
        viewer.at,
    )
    mine = access.owns(viewer, task)
    act = library().acts.get(task.act)
    return {
        "task": task,
        "case": case,
        "identity": cases.identity(case, viewer) if sees_case else None,
        "title": words.act(task.act),
        "does": act.does if act else "",
        "owner": f"{task.owner_team.agency.name}, {task.owner_team.name}" if task.owner_team else "",
        "mine": mine,
        "duties": [duty_row(d, cites, members, snapshot) for d in duties],
        "untold": 0 if sees_case else queries.untold(case, viewer),
        "sender": case.opened_by_agency,
        "ring_sender": queries.numbers(case),
        "decided_on": snapshot.evaluation.evaluated_at if snapshot else None,
        "due_text": today.due_text(task),
        "immediate_since": today.Card(task, "", "", [], "", "", "", "").immediate_since,
        "ring": ring_first([task]).get(task.pk),
        "bars": notices(beside, case, cites, viewer, acts=acts) if sees_case else [],
        "guidance": [cites[s.rule.id] for s in shown["guidance"]],
        "choices": [_choice(s, cites) for s in shown["choices"]],
        "closes": closes(task),
        "missing_copies": missing_copies(cites),
        "button": today.button(task) if today.act_page(task) != today.task_page(task) else "",
        "href": today.act_page(task),
        "may_otherwise": mine and task.state == "open" and viewer.user.may("decide_otherwise"),
    }


def duty_row(duty: Duty, cites: Cites, members: Sequence[CaseMember], snapshot: Snapshot | None) -> dict[str, Any]:
    """One duty: its citation, about whom, where it goes next, how it ended, and why it fires."""
    rule = rules().get(duty.rule)
    actor = library().owners.get(rule.actor) if rule else None
    return {
        "duty": duty,
        "cite": cites.get(duty.rule),
        "who": actor.says if actor else "",
        "about": about(duty.about, members),
        "meant_for": f"{duty.meant_for.agency.name}, {duty.meant_for.name}" if duty.meant_for else "",
        "untold": duty.state == "open" and duty.told_in_id is None,
        "ended": ENDED.get(duty.state, ""),
        "tree": snapshot.why(duty.rule, duty.about) if snapshot else None,
    }


def _snapshot(case: Case, viewer: Viewer) -> Snapshot | None:
    """The latest evaluation, opened; None before the first."""
    history = queries.snapshots_of(case, viewer)
    if not history:
        return None
    latest = history[-1]
    return Snapshot(latest, pack_at(latest.places, latest.in_force_on), told_on(history))


def about(ids: Sequence[str], members: Sequence[CaseMember]) -> str:
    """Initials and parts of the people a duty is about."""
    named = [f"{m.person.initials} ({m.get_role_display().lower()})" for m in members if str(m.person_id) in ids]
    return sentence(dict.fromkeys(named))


def closes(task: Task) -> list[str]:
    """What will close it: the records that count as evidence, in words."""
    kinds = {
        kind
        for duty in queries.open_of(task)
        for kind in (rules()[duty.rule].discharged_by if duty.rule in rules() else ())
    }
    act = library().acts.get(task.act)
    ordered = [kind for kind in (act.evidence if act else ()) if kind in kinds] + sorted(
        kinds - set(act.evidence if act else ())
    )
    return list(dict.fromkeys(EVIDENCE.get(kind, kind) for kind in ordered))


def _shown(task: Task, evaluation: Evaluation | None) -> dict[str, list[queries.Shown]]:
    place = words.PLACE_OF_ACT.get(task.act, "")
    found = queries.decided_in(task.case, evaluation)
    choices = words.CHOICES.get(task.act, ())
    return {
        "guidance": queries.pick(found, reaches_as=("guidance",), place=place) if place else [],
        "choices": [
            s
            for code in (task.act, *choices)
            for s in queries.pick(found, reaches_as=("threshold", "permission"), act=code)
        ],
    }


def _choice(shown: queries.Shown, cites: Cites) -> dict[str, Any]:
    return {
        "cite": cites[shown.rule.id],
        "act": words.act(shown.rule.opens or ""),
        "outcome": shown.outcome,
        "words": OUTCOMES[shown.outcome],
    }
