"""Offering support: attempts only in ways her safe-contact record allows, and her answer in her own words."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import Team, User
from alongside.audit.api import action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.casework.codes import SUPPORT_ANSWERS
from alongside.casework.models import OfferAttempt, SupportOffer
from alongside.duties.bars import check_not_barred
from alongside.gate.actions import open_ground

CHANNEL_ACTS = {"letter": "send_letter"}
# Never a danger to her: it goes to a colleague, not to her door or telephone.
ALWAYS = frozenset({"through-professional"})


@action("casework.support_offered")
def start_offer(*, case: Case, team: Team, channels: Collection[str], by: User, at: datetime) -> SupportOffer:
    """Begin an offer of support by the channels known to be safe; a service's open offer is returned as it is."""
    access.check_may(by, "offer_support")
    kept = {"made_at": at, "made_by": by, "channels": sorted(channels)}
    row, _ = SupportOffer.objects.get_or_create(case=case, team=team, answer="", defaults=kept)
    open_ground(
        subject_kind="record",
        subject_id=row.pk,
        viewer=team,
        ground="own-record",
        purpose="this service offers support",
        by=by,
        at=at,
    )
    record(row, by=by, at=at, case=str(case.pk), team=team.code)
    return row


@action("casework.contact_attempted")
def attempt(
    *,
    offer: SupportOffer,
    channel: str,
    outcome: str,
    note: str = "",
    id: UUID | None = None,
    by: User,
    at: datetime,
) -> OfferAttempt:
    """Record one try to reach her: only by a way her safe-contact record allows, and no letter where the procedure bars it.

    `id` names the page it was written on: sent twice, it is one try.
    """
    access.check_may(by, "offer_support")
    SupportOffer.objects.select_for_update().get(pk=offer.pk)  # two presses wait for each other here
    there = OfferAttempt.objects.filter(pk=id).first() if id else None
    if there is not None and (there.offer_id, there.tried_by_id) != (offer.pk, by.pk):
        raise Refused("This page belongs to another offer. Open it again from the task. Nothing was recorded.")
    if there is not None:
        record(there, by=by, at=at, channel=there.channel, outcome=there.outcome, again=True)
        return there
    if offer.answer:
        raise Refused("Her answer is on record already. Nothing was added.")
    if outcome != "left-alone" and channel not in {*offer.channels, *ALWAYS}:
        raise Refused(
            "Her safe-contact record does not say that this way is safe, so it is not used. "
            "Reach her through a professional she sees, or record that no safe way is known. Nothing was recorded."
        )
    if outcome != "left-alone" and channel in CHANNEL_ACTS:
        check_not_barred(offer.case, CHANNEL_ACTS[channel])
    used = "none" if outcome == "left-alone" else channel
    row = OfferAttempt.objects.create(
        id=id or uuid4(), offer=offer, channel=used, outcome=outcome, note=note, tried_at=at, tried_by=by
    )
    record(row, by=by, at=at, channel=channel, outcome=outcome)
    cases.changed(case=offer.case, by=by, at=at)
    return row


@action("casework.support_answered")
def answer_offer(*, offer: SupportOffer, answer: str, note: str = "", by: User, at: datetime) -> SupportOffer:
    """Record her answer. “Has not been reached safely” needs at least one attempt, or the reason why none was safe."""
    access.check_may(by, "offer_support")
    if SupportOffer.objects.select_for_update().get(pk=offer.pk).answer:  # two presses wait for each other here
        raise Refused("Her answer is on record already. Nothing was changed.")
    if answer not in SUPPORT_ANSWERS:
        raise Refused("Choose one of the answers on the page. Nothing was saved.")
    if answer != "not-reached-safely" and not offer.attempts.filter(outcome="reached").exists():
        raise Refused("Record first how she was reached, then her answer. Nothing was saved.")
    if answer == "not-reached-safely" and not offer.attempts.exists():
        raise Refused("Record first how you tried, or that no safe way is known. Nothing was saved.")
    offer.answer, offer.answer_note, offer.answered_at, offer.answered_by = answer, note, at, by
    offer.save(update_fields=["answer", "answer_note", "answered_at", "answered_by"])
    record(offer, by=by, at=at, answer=answer)
    cases.note(
        case=offer.case,
        what="Support was offered and answered",
        record_kind="casework.supportoffer",
        record_id=offer.pk,
        team=offer.team,
        by=by,
        at=at,
    )
    cases.changed(case=offer.case, by=by, at=at)
    return offer
