"""Writes of people, one file per noun."""

from alongside.people.actions.changing import add_to, lift_shield, put_right, set_confidential, shield
from alongside.people.actions.linking import AnsweredMeanwhile, confirm_link, decide_link, decline_link, undo_link
from alongside.people.actions.recording import record_people

__all__ = [
    "AnsweredMeanwhile",
    "add_to",
    "confirm_link",
    "decide_link",
    "decline_link",
    "lift_shield",
    "put_right",
    "record_people",
    "set_confidential",
    "shield",
    "undo_link",
]
