"""The page on which each act of referrals and offers is done: the one button of a task leads there."""

from __future__ import annotations

from django.urls import reverse

from alongside.duties.models import Task
from alongside.procedures.queries import library

REFER = {
    "refer_to_childrens_social_care": "childrens-social-care",
    "refer_to_adult_social_care": "adult-social-care",
    "write_up_telephone_referral": "childrens-social-care",
}
DECIDE = ("decide_csc_response", "decide_asc_response", "acknowledge_referral")


def refer(task: Task) -> str:
    """The referral, prefilled from the case."""
    return reverse("casework:refer", args=[task.case.reference, REFER[task.act]])


def decide(task: Task) -> str:
    """The oldest report of the case that is not decided; the platform has acknowledged it already."""
    return reverse("casework:decide-task", args=[task.pk])


def offer(task: Task) -> str:
    """The offer of support."""
    return reverse("casework:offer", args=[task.pk])


def scene(task: Task) -> str:
    """The scene record of the case."""
    return reverse("casework:scene", args=[task.case.reference])


def recorded(task: Task) -> str:
    """The general page "Record what you did", for an act that such a record closes; else the task itself."""
    act = library().acts.get(task.act)
    return reverse("casework:act" if act and "act.recorded" in act.evidence else "duties:task", args=[task.pk])


def register() -> None:
    """Called once when the app is ready."""
    from alongside.duties.hooks import register_act_page

    for act in REFER:
        register_act_page(act, refer)
    for act in DECIDE:
        register_act_page(act, decide)
    register_act_page("offer_idva_support", offer)
    register_act_page("finish_scene_record", scene)
    register_act_page("*", recorded)  # every act without a page of its own
