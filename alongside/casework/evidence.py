"""Records of this app that discharge duties."""

from collections.abc import Callable, Iterable
from datetime import datetime

from alongside.cases.models import Case
from alongside.casework.models import ActRecord, NotReferred, Referral, ReferralDecision, SceneRecord, SupportOffer
from alongside.duties.hooks import Evidence
from alongside.duties.queries import evaluation_of

Find = Callable[[Case], Iterable[Evidence]]


def scene_finished(case: Case) -> Iterable[Evidence]:
    for row in SceneRecord.objects.filter(case=case, finished_at__isnull=False):
        yield Evidence("scene.finished", ("casework.scenerecord", row.pk), row.finished_at or row.started_at)


def _sent(service: str, kind: str, **more: bool) -> Find:
    """Referrals to a service: each discharges what is owed for the people it is about, and for nobody it leaves out."""

    def find(case: Case) -> Iterable[Evidence]:
        for row in Referral.objects.filter(case=case, service=service, **more).prefetch_related("about"):
            about = frozenset(str(person.pk) for person in row.about.all())
            yield Evidence(kind, ("casework.referral", row.pk), row.sent_at, about)

    return find


def written_up(case: Case) -> Iterable[Evidence]:
    """Written referrals that can be the follow-up of the telephone call: none sent before it, none that follows an earlier call."""
    called = _called_on(case)
    for row in Referral.objects.filter(case=case, service="childrens-social-care"):
        if _follows(row, called):
            yield Evidence("referral.written_followup", ("casework.referral", row.pk), row.sent_at)


def _follows(row: Referral, called: datetime | None) -> bool:
    if called is None:
        return row.follows_telephone_call
    return row.sent_at >= called and (row.telephoned_on is None or row.telephoned_on >= called)


def _called_on(case: Case) -> datetime | None:
    """The minute of the latest telephone referral known (a page asks for no seconds); where no time is known, since when it is said."""
    evaluation = evaluation_of(case)
    known = {row["name"]: row for row in (evaluation.facts if evaluation else ())}
    at = known.get("telephone_referral_at", {})
    said = [one for one in (at.get("value"), *at.get("disputed", ())) if one]
    said = said or [known.get("telephone_referral_made", {}).get("since")]
    return max((datetime.fromisoformat(one).replace(second=0, microsecond=0) for one in said if one), default=None)


def acknowledged(case: Case) -> Iterable[Evidence]:
    for row in Referral.objects.filter(case=case):
        yield Evidence("acknowledgement.sent", ("casework.referral", row.pk), row.acknowledged_on)


def _not_referred(service: str, kind: str) -> Find:
    def find(case: Case) -> Iterable[Evidence]:
        for row in NotReferred.objects.filter(case=case, service=service):
            yield Evidence(kind, ("casework.notreferred", row.pk), row.decided_at)

    return find


def _decided(service: str, kind: str) -> Find:
    """Decided only when every referral of the case to this service is; asking for more information decides nothing."""

    def find(case: Case) -> Iterable[Evidence]:
        if Referral.objects.filter(case=case, service=service).exclude(state="decided").exists():
            return
        rows = ReferralDecision.objects.filter(referral__case=case, referral__service=service)
        for row in rows.exclude(outcome="further-information"):
            yield Evidence(kind, ("casework.referraldecision", row.pk), row.decided_at)

    return find


def answered(case: Case) -> Iterable[Evidence]:
    for row in SupportOffer.objects.filter(case=case).exclude(answer=""):
        yield Evidence("idva.offer_answered", ("casework.supportoffer", row.pk), row.answered_at or row.made_at)


def acts(case: Case) -> Iterable[Evidence]:
    for row in ActRecord.objects.filter(case=case).select_related("agency"):
        yield Evidence(
            "act.recorded", ("casework.actrecord", row.pk), row.done_on, act=row.act, for_agency=row.agency.code
        )


KINDS: dict[str, Find] = {
    "scene.finished": scene_finished,
    "referral.sent_to_childrens_social_care": _sent("childrens-social-care", "referral.sent_to_childrens_social_care"),
    "referral.checklist_sent_to_childrens_social_care": _sent(
        "childrens-social-care", "referral.checklist_sent_to_childrens_social_care", checklist__isnull=False
    ),
    "referral.sent_to_adult_social_care": _sent("adult-social-care", "referral.sent_to_adult_social_care"),
    "referral.written_followup": written_up,
    "referral.decided_not_to_refer": _not_referred("childrens-social-care", "referral.decided_not_to_refer"),
    "referral.decided_not_to_refer_adult": _not_referred("adult-social-care", "referral.decided_not_to_refer_adult"),
    "acknowledgement.sent": acknowledged,
    "csc.decided": _decided("childrens-social-care", "csc.decided"),
    "asc.decided": _decided("adult-social-care", "asc.decided"),
    "idva.offer_answered": answered,
    "act.recorded": acts,
}
