"""A notification in words, field by field: for the documentation and the page of the interface."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from alongside.intake.limits import LIMITS
from alongside.intake.structure import schema

_WORDS = {"string": "text", "boolean": "true or false", "number": "number", "object": "object", "array": "list"}


@dataclass(frozen=True)
class Field:
    """One field: `path` with * for each of a list, its form in words, whether it is needed, what it means."""

    path: str
    form: str
    needed: bool
    meaning: str


def fields() -> list[Field]:
    """Every field of the contract's schema, in its order."""
    return list(_walk(schema(), ""))


def _walk(part: Mapping[str, Any], path: str) -> Iterator[Field]:
    for name, inner in part.get("properties", {}).items():
        here = f"{path}/{name}" if path else name
        yield Field(here, _form(inner, here), name in part.get("required", ()), MEANINGS[here])
        yield from _walk(inner, here)
        if "items" in inner:
            yield from _walk(inner["items"], f"{here}/*")


def _form(part: Mapping[str, Any], path: str) -> str:
    if "enum" in part:
        return ", ".join("null" if word is None else str(word) for word in part["enum"])
    types = [part["type"]] if isinstance(part.get("type"), str) else list(part.get("type", ["object"]))
    words = [_WORDS[name] for name in types if name != "null"]
    if part.get("format") == "date-time":
        words = ["date and time with zone"]
    if "pattern" in part:
        words = ["YYYY-MM-DD, YYYY-MM or YYYY"]
    if "items" in part:
        words = [f"list of {_of_what(part['items'])}"]
    most = part.get("maxLength") or LIMITS.get(path) or part.get("maxItems")
    return " or ".join([*words, *(["null"] if "null" in types else [])]) + (f", at most {most}" if most else "")


def _of_what(part: Mapping[str, Any]) -> str:
    if "enum" in part:
        return ", ".join(part["enum"])
    return "objects" if part["type"] == "object" else "texts"


_KEPT = "Kept with the case; no fact of the vocabulary."

MEANINGS = {
    "id": "Your own identity for it. With `source.agency` it is the identity under which it is stored once. No name or address.",
    "kind": "How it came. `police-incident`: police were called. `telephone-referral`: it was made by telephone, at `received_at`. "
    "`self-referral` and `disclosure`: the victim told, unless `facts` says a child or the person causing harm did.",
    "source": "Who sends it.",
    "source/agency": "The code of your agency; the token's own.",
    "source/name": "The informant. Sealed, kept apart.",
    "source/role": "The informant's role. Sealed.",
    "source/phone": "The informant's telephone. Sealed.",
    "source/email": "The informant's e-mail address. Sealed.",
    "source/protect_identity": "Whether the informant's identity must be protected. " + _KEPT,
    "received_at": "When you were told: `da_notified_at`. Not in the future; clocks may stand five minutes apart.",
    "occurred_at": "When it happened: `incident_at`; not later than `received_at`. Ages are counted at this moment, else at `received_at`.",
    "area": "The code of the area it belongs to, when neither a child's nor the victim's own area is told.",
    "summary": "What happened, in words. Sealed.",
    "incident": "What is told of the incident. A field left out was not asked.",
    "incident/types": "Types of abuse told of. `honour-based`, `forced-marriage` and `fgm` make that fact true; one not listed is not known.",
    "incident/recorded_as": "Whether police recorded a crime. Kept with the notification.",
    "incident/minor": "`incident_minor`.",
    "incident/police_attended": "`police_attended_incident`.",
    "incident/arrest_made": "`arrest_made`.",
    "incident/sexual_assault": "`sexual_assault`.",
    "incident/attempted_strangulation": "`attempted_strangulation`.",
    "incident/weapons_used": "`weapon_used`.",
    "incident/threats_to_kill": "`threats_to_kill`.",
    "incident/postcode": "Where it happened. Sealed.",
    "incident/area": "The area where it happened, by its code: duties of the police follow it. Left out, police were called in `area`.",
    "people": "Everybody told of: victims, those reported as causing harm, children, others. Each victim opens a case.",
    "people/*/ref": "A word by which the rest of the notification refers to this person.",
    "people/*/roles": "The person's parts; several are possible. An unborn child makes `victim_pregnant` true.",
    "people/*/given_name": "Given name.",
    "people/*/family_name": "Family name.",
    "people/*/also_known_as": "Other names.",
    "people/*/date_of_birth": "As much as is known: a part makes an age a range. Gives the ages, `child_of_school_age` and the youngest's months.",
    "people/*/sex": "Sex.",
    "people/*/ethnicity": "Ethnicity, in words.",
    "people/*/first_language": "First language, in words.",
    "people/*/interpreter_needed": "Whether an interpreter is needed.",
    "people/*/addresses": "Where the person lives or lived. Sealed.",
    "people/*/addresses/*/lines": "The address. Sealed. The property’s own number, where it is known, stands at the end: "
    "`UPRN 100070123456`; people are compared by it first.",
    "people/*/addresses/*/postcode": "The postcode. Sealed.",
    "people/*/addresses/*/current": "Whether the person lives there now.",
    "people/*/addresses/*/confidential": "True: it is never matched on, and never shown without a reason.",
    "people/*/phones": "Telephone numbers. Sealed. Knowing one does not make it safe to ring: see `safe_contact`.",
    "people/*/email": "E-mail address. Sealed.",
    "people/*/nhs_number": "NHS number. Sealed.",
    "people/*/pregnant": "Of the victim: `victim_pregnant`.",
    "people/*/care_and_support_needs": "Of the victim: `adult_care_and_support_needs`.",
    "people/*/lives_in_household": "True for somebody under 18: `child_in_household`. False for all, or nobody listed, is not known.",
    "people/*/present": "Whether the person was there.",
    "people/*/experienced_incident": "Of a child: `child_experienced_incident`; seen, heard or felt.",
    "people/*/harmed": "Of a child: `child_harmed_in_incident`.",
    "people/*/spoken_to_alone": "Whether the person was spoken to alone.",
    "people/*/own_words": "What the person said, word for word. Sealed.",
    "people/*/school": "The child's school; null when not known.",
    "people/*/school/urn": "The school's number in the national register.",
    "people/*/school/name": "The school's name.",
    "people/*/school/home_educated": "Whether the child is taught at home: `child_home_educated`.",
    "people/*/area": "The area where the person lives, by its code; any other word is outside the partnership. Gives `local_authority`.",
    "people/*/whereabouts": "Where the person is now. Sealed. " + _KEPT,
    "people/*/weapons_access": "Whether the person can get at weapons. " + _KEPT,
    "people/*/orders_in_force": "Court orders and conditions in force. " + _KEPT,
    "people/*/no_recourse_to_public_funds": "Whether the person may receive public funds; true: not.",
    "relationships": "Who is what to whom.",
    "relationships/*/from": "The ref of one person …",
    "relationships/*/to": "… and of the other.",
    "relationships/*/kind": "What the first is to the second. Of the person causing harm and the victim it gives `relationship`; null is not known.",
    "risk": "Risk assessments, each a record of its own.",
    "risk/*/instrument": "`dash` (24 topics), `dial` (police log) or `graded`.",
    "risk/*/version": "The version of the form used.",
    "risk/*/completed_at": "When it was filled in; not in the future. Of a DIAL: `dial_completed_at`.",
    "risk/*/completed_by": "Who filled it in: a role.",
    "risk/*/answers": "Topic to answer: yes, no, not-known, refused, not-asked, not-safe-to-ask. A topic left out was not asked. "
    "Of a `dash`: `dash_yes_count`, from the number of *yes* to that plus every topic not answered yes or no. "
    "The number stated in `facts` too must lie within that, and narrows it until a later checklist is counted.",
    "risk/*/grade": "The grade given. From police: `police_risk_high`; of several the one given last.",
    "risk/*/serious_concern": "`professional_serious_concern`.",
    "risk/*/serious_concern_reason": "Why.",
    "risk/*/person": "Whose risk it is, by ref; left out: the first victim's. Somebody else's is kept and not counted.",
    "consent": "What a person said about a purpose.",
    "consent/*/person": "Who, by ref; left out: the first victim.",
    "consent/*/purpose": "For what. `referral` gives `consent_status`.",
    "consent/*/status": "What was said; null is not known.",
    "safe_contact": "How each person can be reached without danger.",
    "safe_contact/*/person": "Who, by ref.",
    "safe_contact/*/channel": "By which way.",
    "safe_contact/*/value": "The number or address. Sealed.",
    "safe_contact/*/safe": "Whether this way is safe; null is not known, and then nothing is sent.",
    "safe_contact/*/hours": "When it is safe. Written exactly, as in `Mon-Fri 09:00-15:00; Sat 10:00-12:00`, it is kept to; other words a colleague reads.",
    "safe_contact/*/who_may_answer": "Who may answer.",
    "safe_contact/*/code_word": "A word by which the person knows it is you. Sealed.",
    "safe_contact/*/note": "What else to mind. Sealed.",
    "safe_contact/*/monitored": "Whether somebody watches this way.",
    "facts": "Any fact of the vocabulary that no field carries, by its name. One that contradicts a field is refused.",
    "referral": "What is told of the referral itself.",
    "referral/family_aware": "Whether the family knows of it. " + _KEPT,
    "referral/raises_risk": "Whether the referral itself raises the risk. " + _KEPT,
    "referral/history": "What went before, in words. Sealed. " + _KEPT,
    "talk_to": "With whom it is safe to speak, and with whom not.",
    "talk_to/safe": "With whom it is safe. Sealed. " + _KEPT,
    "talk_to/not_safe": "With whom it is not. Sealed. " + _KEPT,
}


def field_words(path: str) -> str | None:
    """A field as a place that honours a sentence, by its path with * for each of a list: “In each report: people, pregnant”."""
    held = path.strip("/")
    if held not in {field.path for field in fields()}:
        return None
    said = ", ".join(part.replace("_", " ") for part in held.split("/") if part != "*")
    return f"In each call or report: {said}"
