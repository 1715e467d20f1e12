"""Reads of people: what is on record of somebody, and who the person may already be."""

from alongside.people.queries.candidates import Candidate, Look, candidates, candidates_for, look_for
from alongside.people.queries.holders import CannotTell, KeysOutOfStep
from alongside.people.queries.in_force import ModelNotUsable, installed, model_in_force
from alongside.people.queries.links import links, protected, same_records, standing_links, undisputed
from alongside.people.queries.on_record import said_of
from alongside.people.queries.records import (
    address_rows,
    addresses,
    cases_of,
    contact_points,
    people,
    record_of,
    shield_of,
    shields,
)

__all__ = [
    "Candidate",
    "CannotTell",
    "KeysOutOfStep",
    "Look",
    "ModelNotUsable",
    "address_rows",
    "addresses",
    "candidates",
    "candidates_for",
    "cases_of",
    "contact_points",
    "installed",
    "links",
    "look_for",
    "model_in_force",
    "people",
    "protected",
    "record_of",
    "said_of",
    "same_records",
    "shield_of",
    "shields",
    "standing_links",
    "undisputed",
]
