"""Facts that follow from MARAC records."""

from collections.abc import Iterable

from alongside.cases.models import Case
from alongside.clock import months_begun
from alongside.duties.facts import ANSWERED, RECORDED, CaseFile, FactValue
from alongside.marac.models import AgendaItem, MaracReferral, NotReferredToMarac
from alongside.people.queries import same_records

# A case that has none of these is not asked about the rest of this app.
RECORDS = (MaracReferral, NotReferredToMarac)
SAFE = {"yes": True, "no": False}


def earlier(file: CaseFile) -> Iterable[FactValue]:
    """The last referral to MARAC before this incident about the same two people, in another case of the same agency.

    Only where somebody has said that the records are the same people: else it is not known, and a person is asked.
    """
    others = file.of("person-causing-harm")
    if not others or not file.same_victim:
        return
    moment = file.case.occurred_on or file.case.received_on
    about_her = MaracReferral.objects.filter(
        case__in=Case.objects.filter(
            members__person__in=file.same_victim, members__role="victim", opened_by_agency=file.case.opened_by_agency_id
        ),
        sent_at__lt=moment,
    ).select_related("from_team__agency")
    for member in others:
        records = same_records(member.person_id) | {member.person_id}
        both = about_her.filter(case__members__person__in=records, case__members__role="person-causing-harm")
        last = both.order_by("-sent_at").first()
        if last is not None:
            by, record, about = last.from_team.agency, ("marac.maracreferral", str(last.pk)), member.person_id
            for name, value in (
                ("marac_referred_before", True),
                ("marac_referral_months", months_begun(last.sent_at, moment)),
            ):
                yield FactValue(name, value, by.name, record, last.sent_at, about, RECORDED, "record", agency=by.pk)


def conference(file: CaseFile) -> Iterable[FactValue]:
    """Referred, considered, listed; and whether it is safe to talk to the victim about it."""
    row = MaracReferral.objects.filter(case=file.case).select_related("from_team__agency").order_by("sent_at").first()
    if row is not None:
        source, agency = ("marac.maracreferral", str(row.pk)), row.from_team.agency
        for name in ("marac_referral_made", "marac_referral_considered", "referred_by_marac"):
            yield FactValue(name, True, agency.name, source, row.sent_at, None, RECORDED, "record", agency=agency.pk)
        sent = row.sent_at
        yield FactValue(
            "marac_referred_at", sent, agency.name, source, sent, None, RECORDED, "record", agency=agency.pk
        )
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
