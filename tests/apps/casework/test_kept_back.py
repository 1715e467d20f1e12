"""What leads to a shielded door is told by telephone: it stands in no referral, and is not shared again from an old one."""

from __future__ import annotations

import pytest

from alongside.audit.testing import writing
from alongside.cases.models import Case, CaseMember
from alongside.casework.queries.drafts import KEPT_BACK, draft
from alongside.casework.shareable import sent_parts
from alongside.gate.viewing import Viewer
from alongside.people import actions
from alongside.people.models import Person
from alongside.people.records import AddressSaid, PersonSaid
from tests.apps.partnership import NOW, Partnership

HOME = AddressSaid("3 Hidden Lane", "CV9 9ZZ", current=True)


@pytest.fixture
def child(case: Case, there: Partnership) -> Person:
    """At a nursery, and at an address that nobody marked on her own record."""
    with writing():
        row = CaseMember.objects.get(case=case, role="child")
        row.school_name = "Larkhill Day Nursery"
        row.save()
    actions.add_to(person=row.person, said=PersonSaid(ref="", addresses=[HOME]), by=there.users["officer"], at=NOW)
    return row.person


def shield_the_mother(case: Case, there: Partnership) -> None:
    mother = case.members.get(role="victim").person
    actions.shield(person=mother, reason="He looks for her.", by=there.users["officer"], at=NOW)


def test_a_referral_is_written_without_the_shielded_address_and_school(
    case: Case, child: Person, there: Partnership
) -> None:
    def line() -> tuple[str, str]:
        people = draft(case, Viewer(there.users["officer"], NOW)).people
        return next((one.detail, one.address) for one in people if one.id == child.pk)

    detail, address = line()
    assert "Larkhill Day Nursery" in detail and address == "3 Hidden Lane, CV9 9ZZ"
    shield_the_mother(case, there)
    detail, address = line()
    assert "Larkhill" not in detail and KEPT_BACK in detail and address == ""


def test_an_address_that_was_sent_before_is_not_shared_again(case: Case, child: Person, there: Partnership) -> None:
    sent = {
        "id": str(child.pk),
        "roles": ["child"],
        "name": "Lily Hartley",
        "born": "2025-03-20",
        "detail": "goes to Larkhill Day Nursery",
        "address": "3 Hidden Lane, CV9 9ZZ",
    }

    def parts() -> str:
        return " ".join(f"{part.label} {part.text}" for part in sent_parts([sent], [], []))

    assert "Hidden Lane" in parts() and "Larkhill" in parts()
    shield_the_mother(case, there)
    assert "Hidden" not in parts() and "Larkhill" not in parts() and "Lily Hartley" in parts()
