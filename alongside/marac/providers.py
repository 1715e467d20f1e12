"""Facts that follow from MARAC records."""

from collections.abc import Iterable

from alongside.duties.facts import ANSWERED, RECORDED, CaseFile, FactValue
from alongside.marac.models import AgendaItem, MaracReferral, NotReferredToMarac

# A case that has none of these is not asked about the rest of this app.
RECORDS = (MaracReferral, NotReferredToMarac)
SAFE = {"yes": True, "no": False}


def conference(file: CaseFile) -> Iterable[FactValue]:
    """Referred, considered, listed; and whether it is safe to talk to the victim about it."""
    row = MaracReferral.objects.filter(case=file.case).select_related("from_team__agency").order_by("sent_at").first()
    if row is not None:
        source, agency = ("marac.maracreferral", str(row.pk)), row.from_team.agency
        for name in ("marac_referral_made", "marac_referral_considered", "referred_by_marac"):
            yield FactValue(name, True, agency.name, source, row.sent_at, None, RECORDED, "record", agency=agency.pk)
        if row.safe_to_discuss in SAFE:
            yield FactValue(
                "safe_to_discuss_with_victim",
                SAFE[row.safe_to_discuss],
                agency.name,
                source,
                row.sent_at,
                None,
                ANSWERED,
                "record",
                agency=agency.pk,
            )
    refusal = (
        NotReferredToMarac.objects.filter(case=file.case).select_related("decided_by").order_by("decided_at").first()
    )
    if refusal is not None:
        record = ("marac.notreferredtomarac", str(refusal.pk))
        yield FactValue(
            "marac_referral_considered",
            True,
            "recorded decision",
            record,
            refusal.decided_at,
            None,
            RECORDED,
            "record",
            agency=refusal.decided_by.agency_id,
        )
    item = AgendaItem.objects.filter(referral__case=file.case).select_related("listed_by").order_by("listed_at").first()
    if item is not None:  # not listed here is not known: a coordinator may not work on Alongside
        yield FactValue(
            "marac_case_listed",
            True,
            "MARAC coordinator",
            ("marac.agendaitem", str(item.pk)),
            item.listed_at,
            None,
            RECORDED,
            "record",
            agency=item.listed_by.agency_id,
        )
