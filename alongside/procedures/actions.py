"""Adopting a local choice, and adding the partnership's own copy of a document."""

import hashlib
from datetime import date, datetime

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import Area, User
from alongside.audit.api import action, record
from alongside.policy import PolicyError
from alongside.policy.documents import UnreadableDocument, read
from alongside.procedures.models import AdoptedChoice, DocumentCopy
from alongside.procedures.queries import findings, library

_BY_PROOF = (
    "A number outside can only be set in the area's pack, where the check proves that no case is lost by it: "
    "ask whoever looks after the packs. "
)


@action("procedures.document_added")
def add_document(*, code: str, name: str, data: bytes, by: User, at: datetime) -> DocumentCopy:
    """Keep the partnership's copy of a document and look every citation up in it. An earlier copy stays on record."""
    access.check_may(by, "adopt_choices")
    if code not in library().documents:
        raise Refused(
            f"No rule cites a document “{code}”. The ones cited are {', '.join(library().documents)}. Nothing was added."
        )
    try:
        text = read(name, data)
    except UnreadableDocument as fault:
        raise Refused(f"{fault}. Nothing was added.") from fault
    found = [finding.state for finding in findings(code, text)]
    row = DocumentCopy.objects.create(
        code=code,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        found=found.count("found"),
        moved=found.count("moved"),
        missing=found.count("missing"),
        added_at=at,
        added_by=by,
    )
    record(row, by=by, at=at, document=code, found=row.found, moved=row.moved, missing=row.missing)
    return row


@action("procedures.choice_adopted")
def adopt_choice(
    *, area: Area, parameter: str, value: object, reason: str, from_on: date, by: User, at: datetime
) -> AdoptedChoice:
    """Set a local choice from a day on, within what the pack lets vary; the one before ends that day.

    Cases are evaluated with it at their next change; what was decided before stays as it was decided.
    """
    access.check_may(by, "adopt_choices")
    held = library().parameters(area.code, from_on).get(parameter)
    if held is None:
        raise Refused("This pack has no such local choice. Nothing was changed.")
    if not reason.strip():
        raise Refused("Say in a sentence why the partnership chooses this. Nothing was changed.")
    if not held.accepts(value):
        more = _BY_PROOF if held.type == "integer" else ""
        raise Refused(f"That is outside what this choice may be ({held.limits or held.type}). {more}Nothing was changed.")
    try:
        library().pack(area.code, from_on, adopted={parameter: value})
    except PolicyError as fault:
        raise Refused(f"The rules do not allow this choice: {fault}. Nothing was changed.") from fault
    open_before = AdoptedChoice.objects.filter(area=area, parameter=parameter, in_force_until_on__isnull=True)
    if open_before.filter(in_force_from_on__gte=from_on).exists():
        raise Refused(
            "A choice from that day, or a later one, stands already. Choose a later day; nothing was changed."
        )
    open_before.update(in_force_until_on=from_on)
    row = AdoptedChoice.objects.create(
        area=area,
        parameter=parameter,
        value=value,
        reason=reason,
        in_force_from_on=from_on,
        adopted_at=at,
        adopted_by=by,
    )
    record(row, by=by, at=at, area=area.code, parameter=parameter)
    return row
