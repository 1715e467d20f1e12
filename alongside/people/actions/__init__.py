"""Writes of people, one file per noun."""

from alongside.people.actions.linking import decide_link, undo_link
from alongside.people.actions.recording import record_people

__all__ = ["decide_link", "record_people", "undo_link"]
