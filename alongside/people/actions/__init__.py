"""Writes of people, one file per noun."""

from alongside.people.actions.changing import add_to, lift_shield, put_right, set_confidential, shield
from alongside.people.actions.linking import AnsweredMeanwhile, confirm_link, decide_link, decline_link, undo_link
from alongside.people.actions.reaching import (
    ask_colleague,
    ask_to_reach,
    close_task,
    confirm_way,
    plan_letter,
    post_letter,
    read_letter,
    record_try,
)
from alongside.people.actions.recording import record_people

__all__ = [
    "AnsweredMeanwhile",
    "add_to",
    "ask_colleague",
    "ask_to_reach",
    "close_task",
    "confirm_link",
    "confirm_way",
    "decide_link",
    "decline_link",
    "lift_shield",
    "plan_letter",
    "post_letter",
    "put_right",
    "read_letter",
    "record_people",
    "record_try",
    "set_confidential",
    "shield",
    "undo_link",
]
