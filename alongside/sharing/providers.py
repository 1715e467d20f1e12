"""Facts that follow from consent and sharing records."""

from collections.abc import Iterable

from alongside.duties.facts import RECORDED, CaseFile, FactValue
from alongside.sharing.codes import REFERRAL
from alongside.sharing.models import ConsentRecord, Disclosure


def consent(file: CaseFile) -> Iterable[FactValue]:
    """`consent_status`: the victim's latest word on the purpose *referral*; each other person's about themselves."""
    latest: dict[object, ConsentRecord] = {}
    for row in (
        ConsentRecord.objects.filter(case=file.case, purpose=REFERRAL).select_related("stated_by").order_by("stated_at")
    ):
        latest[row.person_id] = row
    victim = file.victim.person_id if file.victim else None
    for person, row in latest.items():
        source = ("sharing.consentrecord", str(row.pk))
        yield FactValue(
            "consent_status",
            row.status or None,
            "recorded consent",
            source,
            row.stated_at,
            None if person == victim else row.person_id,
            RECORDED,
            "consent record",
            agency=row.stated_by.agency_id,
        )


def sharing_events(file: CaseFile) -> Iterable[FactValue]:
    """`share_decision_made` and `information_sharing_considered`: once anything was sent, or decided not to be."""
    row = Disclosure.objects.filter(case=file.case).select_related("decided_by").order_by("decided_at").first()
    if row is not None:
        source = ("sharing.disclosure", str(row.pk))
        for name in ("share_decision_made", "information_sharing_considered"):
            yield FactValue(
                name,
                True,
                "sharing decision",
                source,
                row.decided_at,
                None,
                RECORDED,
                "record",
                agency=row.decided_by.agency_id,
            )
