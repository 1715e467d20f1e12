"""Facts that follow from the work done."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import models

from alongside.casework.models import ActRecord, NotReferred, Referral, ReferralDecision, SceneRecord, SupportOffer
from alongside.duties.facts import RECORDED, CaseFile, FactValue

SAID = {"yes": True, "no": False, "exposed": True, "not-exposed": False, "not-known": None, "not-safe-to-ask": None}
OUTCOME_FACTS = {
    "section-47": ("s47_undertaken",),
    "child-and-family-assessment": ("cfa_undertaken", "child_assessment_in_progress", "any_agency_assessment"),
    "early-help": ("eha_in_progress", "any_agency_assessment"),
}


def _fact(
    name: str, value: bool | datetime | None, said_by: str, row: models.Model, since: datetime, agency: UUID | None
) -> FactValue:
    record = (row._meta.label_lower, str(row.pk))
    return FactValue(name, value, said_by, record, since, None, RECORDED, "record", agency=agency)


def scene(file: CaseFile) -> Iterable[FactValue]:
    """Children, pregnancy and exposure as found at the scene; an unanswered one says nothing."""
    row = SceneRecord.objects.filter(case=file.case).select_related("started_by").first()
    if row is None:
        return
    by, since = row.started_by.role_held.label, row.finished_at or row.started_at
    for name, said in (
        ("child_in_household", row.children_in_household),
        ("victim_pregnant", row.pregnant),
        ("child_exposed_to_dva", row.exposure),
    ):
        if said:
            yield _fact(name, SAID[said], by, row, since, row.started_by.agency_id)


def referrals(file: CaseFile) -> Iterable[FactValue]:
    """A referral made, considered, or decided against."""
    rows = Referral.objects.filter(case=file.case, service="childrens-social-care").select_related("from_team__agency")
    for number, row in enumerate(rows.order_by("sent_at")):
        by = row.from_team.agency.name
        for name in (
            "child_referral_made",
            "child_referral_considered",
            "information_sharing_considered",
            "dva_communication_received_by_csc",
        ):
            yield _fact(name, True, by, row, row.sent_at, row.from_team.agency_id)
        if not number:
            sent, agency = row.sent_at, row.from_team.agency_id
            yield _fact("child_referral_received_at", sent, by, row, sent, agency)
    for refusal in NotReferred.objects.filter(case=file.case, service="childrens-social-care").select_related(
        "decided_by"
    ):
        for name in ("decided_not_to_refer_csc", "child_referral_considered"):
            by, agency = refusal.decided_by.role_held.label, refusal.decided_by.agency_id
            yield _fact(name, True, by, refusal, refusal.decided_at, agency)


def decisions(file: CaseFile) -> Iterable[FactValue]:
    """What children's social care undertook."""
    rows = ReferralDecision.objects.filter(
        referral__case=file.case, referral__service="childrens-social-care"
    ).select_related("decided_by")
    for row in rows:
        for name in OUTCOME_FACTS.get(row.outcome, ()):
            by, agency = row.decided_by.role_held.label, row.decided_by.agency_id
            yield _fact(name, True, by, row, row.decided_at, agency)


def support(file: CaseFile) -> Iterable[FactValue]:
    """The victim contacted, by a service that offers support."""
    for row in SupportOffer.objects.filter(case=file.case).prefetch_related("attempts__tried_by"):
        reached = next((a for a in row.attempts.all() if a.outcome == "reached"), None)
        if reached is not None:
            for name in ("victim_contacted", "working_with_victim"):
                yield _fact(name, True, "Specialist service", reached, reached.tried_at, reached.tried_by.agency_id)


ALL = (scene, referrals, decisions, support)
# A case that has none of these is not asked about the rest of this app.
RECORDS = (SceneRecord, Referral, NotReferred, SupportOffer, ActRecord)
