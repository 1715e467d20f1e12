"""Persons, what belongs to them, how they are found again, and who somebody said they are."""

from alongside.people.models.contacting import ContactTask, ContactTry, PlannedLetter, SafeHours
from alongside.people.models.linking import HOW_KNOWN, LinkDecision
from alongside.people.models.looking_up import KeysMark, MatchKey
from alongside.people.models.protecting import PersonChange, Shield
from alongside.people.models.records import (
    CHANNELS,
    NOT_NAMED,
    RELATIONSHIPS,
    SEXES,
    Address,
    ContactPoint,
    Household,
    HouseholdMember,
    OtherName,
    Person,
    Relationship,
    SafeContact,
)
from alongside.people.models.scoring import HOW_INSTALLED, InstalledModel

__all__ = [
    "CHANNELS",
    "HOW_INSTALLED",
    "HOW_KNOWN",
    "NOT_NAMED",
    "RELATIONSHIPS",
    "SEXES",
    "Address",
    "ContactPoint",
    "ContactTask",
    "ContactTry",
    "Household",
    "HouseholdMember",
    "InstalledModel",
    "KeysMark",
    "LinkDecision",
    "MatchKey",
    "OtherName",
    "Person",
    "PersonChange",
    "PlannedLetter",
    "Relationship",
    "SafeContact",
    "SafeHours",
    "Shield",
]
