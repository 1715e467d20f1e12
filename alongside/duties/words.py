"""Facts, acts and evidence in plain words: no page shows a code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from alongside.agencies.models import Team
from alongside.agencies.roles import ROLES
from alongside.design.jinja import sentence
from alongside.design.moments import when
from alongside.policy import Fact
from alongside.policy.tree import Flag, Leaf, Name
from alongside.policy.wording import Wording
from alongside.procedures.queries import library

# Where the guidance beside an act is found in the procedures.
PLACE_OF_ACT = {
    "finish_scene_record": "scene",
    "refer_to_childrens_social_care": "referral",
    "refer_to_adult_social_care": "referral",
    "write_up_telephone_referral": "referral",
    "inform_police": "referral",
    "decide_csc_response": "csc-decision",
    "decide_asc_response": "assessment",
    "refer_to_marac": "marac",
    "list_and_copy_marac": "marac",
    "record_marac_recommendations": "marac",
    "tell_school": "school",
    "offer_idva_support": "idva",
    "liaise_with_agencies": "assessment",
    "consider_disclosure": "disclosure",
    "decide_disclosure": "disclosure",
    "check_disclosure_request": "disclosure",
    "meet_disclosure_applicant": "disclosure",
    "finish_child_assessment": "assessment",
    "consult_records": "case",
}
_CONTACT = ("disclose_address", "contact_family", "leave_voicemail", "send_letter", "leave_leaflet")
# The forbidden acts one could do while doing another: their bars stand beside it.
BESIDE = {
    "finish_scene_record": (*_CONTACT, "ask_about_abuse", "suggest_diary"),
    "refer_to_childrens_social_care": ("disclose_address", "contact_family"),
    "refer_to_adult_social_care": ("disclose_address",),
    "decide_csc_response": (
        "treat_as_information_only",
        "contact_family",
        "hold_conference",
        "disclose_address",
        "wait_for_marac",
    ),
    "decide_asc_response": ("disclose_address", "contact_family"),
    "refer_to_marac": ("wait_for_marac", "recommend_conference_at_marac", "disclose_address"),
    "list_and_copy_marac": ("invite_victim_to_marac", "recommend_conference_at_marac"),
    "record_marac_recommendations": ("recommend_conference_at_marac",),
    "tell_school": ("disclose_address", "contact_family"),
    "offer_idva_support": (*_CONTACT, "ask_about_abuse", "tell_person_causing_harm_of_support", "suggest_diary"),
    "consider_disclosure": ("disclose_history", "disclose_address"),
    "decide_disclosure": ("disclose_history", "disclose_address"),
}
# Choices that stand beside an act: the thresholds and permissions that open them are shown there.
CHOICES = {
    "decide_csc_response": (
        "start_section_47_enquiry",
        "assess_child_and_family",
        "treat_as_information_only",
        "hold_conference",
    ),
    "refer_to_childrens_social_care": ("share_without_consent",),
    "refer_to_adult_social_care": ("share_without_consent",),
    "consider_disclosure": ("disclose_history", "request_disclosure"),
}
MANNERS = {
    "answered": "answered",
    "judged": "in their judgement",
    "not-safe": "not safe to ask",
    "disputed": "statements differ",
}


def fact(name: str) -> Fact | None:
    """The entry of the vocabulary, None for a local parameter or a name dropped since."""
    return library().vocabulary.get(name)


def label(name: str) -> str:
    """What a fact is called where its value stands beside it."""
    return capital(Wording(library().vocabulary).leaf(Flag(Name(name))))


def capital(words: str) -> str:
    """The same words at the beginning of a line."""
    return words[:1].upper() + words[1:]


def act(code: str) -> str:
    """What an act is called on screen."""
    found = library().acts.get(code)
    return found.label if found and found.label else code.replace("_", " ").capitalize()


def value(held: Any) -> str:
    """A value as the snapshot keeps it: "yes", "9 to 17", "does not apply"; empty when not known."""
    match held:
        case None:
            return ""
        case bool():
            return "yes" if held else "no"
        case Mapping() if held.get("not_applicable"):
            return "does not apply"
        case Mapping():
            return _range(held)
        case str() if "T" in held and held[:4].isdecimal():
            return when(datetime.fromisoformat(held))
        case str():
            return held.replace("-", " ")
    return str(held)


def _range(held: Mapping[str, Any]) -> str:
    low, high = held.get("min"), held.get("max")
    if low is not None and high is not None:
        return f"{low} to {high}"
    return f"at least {low}" if low is not None else f"at most {high}"


def leaf(node: Leaf, *, negated: bool = False) -> str:
    """A condition at the end of a branch, or that it is not so, in plain words."""
    return capital(Wording(library().vocabulary, library().declared).leaf(node, negated=negated))


def role(said_by: str) -> str:
    """A role inside a sentence; the name of an agency or a service stays as it is."""
    labels = {one.label for one in ROLES.values()}
    return said_by[0].lower() + said_by[1:] if said_by in labels and not said_by[:2].isupper() else said_by


def roles(codes: tuple[str, ...], *, without: str = "", held: Mapping[str, list[Team]] | None = None) -> str:
    """Who could know, in words: "social worker (Coventry City Council, Duty team), health professional or refuge worker";
    `held`: the teams at work in the case by role."""
    known = [code for code in codes if code in ROLES and code != without]
    return sentence([role(ROLES[code].label) + _teams((held or {}).get(code, [])) for code in known], last="or")


def _teams(teams: list[Team]) -> str:
    return f" ({'; '.join(f'{team.agency.name}, {team.name}' for team in teams)})" if teams else ""
