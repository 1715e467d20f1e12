"""Reads of consent, through the gate."""

from __future__ import annotations

from alongside.cases.models import Case, CaseMember
from alongside.gate.viewing import Viewer
from alongside.people.models import Person
from alongside.sharing.codes import REFERRAL
from alongside.sharing.models import ConsentRecord


def consents(case: Case, viewer: Viewer) -> list[ConsentRecord]:
    """What people said about sharing, the latest first: earlier words stay."""
    rows = ConsentRecord.objects.visible_to(viewer).filter(case=case).select_related("person", "stated_by")
    return list(rows.order_by("-stated_at"))


def last_word(person: Person) -> str:
    """The latest a person said about being referred and helped, "" where it is not known. For acts: no viewer sees it."""
    row = ConsentRecord.objects.filter(person=person, purpose=REFERRAL).order_by("-stated_at").first()
    return row.status if row else ""


def asked_people(case: Case, viewer: Viewer) -> list[CaseMember]:
    """People of a case whose word on sharing is asked: everybody but whoever is reported as causing harm."""
    rows = CaseMember.objects.visible_to(viewer).filter(case=case).exclude(role="person-causing-harm")
    return list(rows.exclude(role="unborn-child").select_related("person").order_by("role", "pk"))
