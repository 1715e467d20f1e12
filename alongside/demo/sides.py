"""A family with two sides in the demonstration: she left with the children for an address that is confidential, and he was written to."""

from __future__ import annotations

from datetime import datetime, timedelta

from alongside.cases.models import Case
from alongside.demo.partnership import Partnership
from alongside.people import actions
from alongside.people.records import AddressSaid, PersonSaid
from alongside.sharing.letters.actions import Said, write_letter

AWAY = AddressSaid("Flat 2, 31 Lantern Court", "CV5 9QX", current=True, confidential=True)


def tell(made: Partnership, case: Case, *, at: datetime) -> None:
    """Her new address shields the children with her; the letter for him was made from his side alone."""
    by = made.user("police-officer")
    people = {member.role: member.person for member in case.members.select_related("person")}
    said = PersonSaid(ref="", addresses=[AWAY])
    actions.add_to(person=people["victim"], said=said, by=by, at=at - timedelta(minutes=45))
    write_letter(
        case=case,
        person=people["person-causing-harm"].pk,
        kind="appointment",
        said=Said(starts_on=at + timedelta(days=6), place="Room 4, Little Park Street police station"),
        by=by,
        at=at - timedelta(minutes=30),
    )
