"""What has happened in the demonstration when it begins, done through the real acts, each as its own worker would do it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from alongside.agencies.models import Team, User
from alongside.audit.actors import SystemActor
from alongside.cases.models import Case
from alongside.casework.actions import deciding, offers, referrals, scene
from alongside.casework.models import Referral
from alongside.casework.queries import drafts
from alongside.children.actions.notices import send_notice
from alongside.demo import actions, calls, papers, queries, reaching, sides
from alongside.demo import deciding as sharing
from alongside.demo.partnership import Partnership
from alongside.gate.viewing import Viewer
from alongside.intake.actions import receive
from alongside.marac import actions as marac
from alongside.marac.models import MaracReferral
from alongside.sharing.conflicts import actions as conflicts
from alongside.sharing.emergency import actions as emergency
from alongside.uploads import actions as uploads
from alongside.uploads.checking import Looked
from alongside.uploads.codes import TEXT

SCENE = {
    "children_in_household": "yes",
    "pregnant": "no",
    "exposure": "exposed",
    "safeguarding_done": "Arrested and taken away; a sister came to stay the night.",
    "information": "given",
}
SERVICE = "childrens-social-care"


def tell(made: Partnership, *, at: datetime) -> dict[str, Case]:
    """Every story, by name. The examples of the contract are left for the visitor to drop in."""
    actions.load_families(
        families=calls.held_by_housing(at), desks=queries.recording_desks(), by=SystemActor("demo"), at=at
    )
    told = {
        "just_now": _receive(calls.just_now(at), made.user("police-officer"), at),
        "with_baby": _referred_and_decided(made, at),
        "with_dial": _receive(
            calls.with_dial(at), made.user("police-officer", "stoke-on-trent"), at - timedelta(hours=19)
        ),
        "nothing_known": _receive(calls.nothing_known(at), made.user("housing"), at - timedelta(hours=3)),
        "nobody_to_send_to": _receive(
            calls.nobody_to_send_to(at), made.user("police-officer", "dudley"), at - timedelta(hours=8)
        ),
        "no_terms": _receive(
            calls.at_school_without_terms(at), made.user("police-officer", "walsall"), at - timedelta(hours=10)
        ),
        "from_a_midwife": _receive(calls.from_a_midwife(at), made.user("health"), at - timedelta(hours=2)),
        "high_risk": _on_the_list(made, at),
    }
    reaching.tell(made, told, at=at)
    sharing.decide(made, told, at=at)
    sides.tell(made, told["with_baby"], at=at)
    papers.prepare(made, told, at=at)
    _kept_apart_and_opened(made, told, at)
    _kept_a_letter(made, told["with_baby"], at)
    return told


def _kept_apart_and_opened(made: Partnership, told: Mapping[str, Case], at: datetime) -> None:
    """Somebody knows the family of a case, and somebody opened another in an emergency: what leads find when they sign in."""
    conflicts.declare_case(
        case=told["with_baby"],
        reason="He coaches my son’s football team.",
        by=made.deputy("social-care-manager"),
        at=at - timedelta(minutes=50),
    )
    emergency.open_in_emergency(
        case=told["from_a_midwife"],
        reason="She rang our helpline from a car park, gave the reference the midwife gave her, and he was following her.",
        by=made.deputy("specialist-worker"),
        at=at - timedelta(minutes=70),
    )


def _kept_a_letter(made: Partnership, case: Case, at: datetime) -> None:
    """A letter of his, which waits to be looked at: a demonstration has no scanner unless whoever runs it gives it one."""
    uploads.add(
        case=case,
        kind="letter",
        about="What he pushed under the door on Sunday",
        media_type=TEXT,
        data=b"I only want to see my daughter. You can not keep me out for ever.\n",
        looked=Looked("scanner-away"),
        by=made.user("police-officer"),
        at=at - timedelta(hours=2),
    )


def _receive(content: Mapping[str, Any], by: User, at: datetime) -> Case:
    return receive(content=content, by=by, at=at).notification.case


def _referred_and_decided(made: Partnership, at: datetime) -> Case:
    """Police finished the record, referred, and told the school; the duty manager decided; the key adult has a new notice."""
    officer, desk, manager = (
        made.user(role) for role in ("police-officer", "police-supervisor", "social-care-manager")
    )
    began = at - timedelta(days=4)
    case = _receive(calls.with_baby(at), officer, began + timedelta(minutes=10))
    scene.keep(case=case, values=SCENE, by=officer, at=began + timedelta(minutes=30))
    scene.finish(case=case, by=officer, at=began + timedelta(minutes=40))
    referral = _send(case, officer, began + timedelta(minutes=55), basis="protect-child")
    send_notice(
        case=case,
        child=next(member.person for member in case.members.filter(role="child") if member.school_urn),
        school=queries.school("000001"),
        child_name="Arjan Gill",
        what_to_know="Police were at his home one evening this week. He was on the landing and heard it.",
        by=desk,
        at=at - timedelta(hours=1),
    )
    referrals.open_referral(referral=referral, by=manager, at=began + timedelta(hours=3))
    deciding.decide(
        referral=referral,
        outcome="child-and-family-assessment",
        reason="A baby of eight months was held while her mother was pushed; earlier calls are not known yet.",
        services_considered="Health visitor told; the domestic abuse service offers support to her mother.",
        by=manager,
        at=began + timedelta(hours=4),
    )
    return case


def _send(case: Case, by: User, at: datetime, *, basis: str) -> Referral:
    """Send everything a draft holds but the addresses, as the page does when nothing is changed on it."""
    viewer = Viewer(by, at)
    draft, area = drafts.draft(case, viewer), drafts.home_of(case, SERVICE, viewer).area or case.area
    team, own = drafts.receiving_team(SERVICE, area), drafts.sending_team(by, case, at)
    if team is None or own is None:
        raise LookupError(f"the partnership has nobody to send {case} to")
    children = case.members.filter(role="child").select_related("person")
    return referrals.send_referral(
        key=_key(case, SERVICE),
        case=case,
        service=SERVICE,
        area=area,
        from_team=own,
        to_team=team,
        about=[member.person for member in children],
        content=referrals.Content(
            account=draft.account,
            basis=basis,
            basis_reason="A small child was held while she was pushed; waiting for her agreement would leave the child at risk.",
            people=[line.sent(with_address=False) for line in draft.people],
            history=draft.history,
            safe_contact=draft.safe_contact,
        ),
        facts=[line.sent() for line in draft.facts],
        left_out=["addresses"],
        by=by,
        at=at,
    )


def _on_the_list(made: Partnership, at: datetime) -> Case:
    """Police referred to MARAC, the adviser reached her and she wants support, the coordinator listed the case."""
    officer, adviser = made.user("police-officer"), made.user("specialist-worker")
    began = at - timedelta(days=6)
    case = _receive(calls.high_risk(at), officer, began + timedelta(minutes=20))
    scene.keep(
        case=case,
        values=SCENE | {"children_in_household": "no", "exposure": "not-exposed"},
        by=officer,
        at=began + timedelta(minutes=30),
    )
    scene.finish(case=case, by=officer, at=began + timedelta(minutes=40))
    referral = _refer_to_marac(made, case, officer, began + timedelta(hours=2))
    offer = offers.start_offer(
        case=case, team=_idva(made), channels=["text"], by=adviser, at=began + timedelta(hours=16)
    )
    offers.attempt(offer=offer, channel="text", outcome="reached", by=adviser, at=began + timedelta(hours=20))
    offers.answer_offer(
        offer=offer,
        answer="accepted",
        note="Wants help with changing her shifts.",
        by=adviser,
        at=began + timedelta(hours=21),
    )
    marac.list_case(
        referral=referral,
        meeting=queries.next_meeting("coventry", at),
        copies_to=[made.teams["coventry-domestic-abuse-service-idva"], made.teams["coventry-housing-advice"]],
        by=made.user("marac-coordinator"),
        at=began + timedelta(days=1),
    )
    return case


def _refer_to_marac(made: Partnership, case: Case, by: User, at: datetime) -> MaracReferral:
    draft = drafts.draft(case, Viewer(by, at))
    return marac.refer(
        key=_key(case, "marac"),
        case=case,
        from_team=made.teams["west-midlands-police-coventry-response"],
        to_team=made.coordinators(),
        idva_team=_idva(made),
        content=marac.Content(
            criterion="professional-judgement",
            reason="He knew when she works, waited with a knife, and says he has nothing left to lose.",
            basis="consent",
            basis_reason="She wants the agencies to know how afraid she is.",
            people=[line.sent(with_address=False) for line in draft.people],
            channels=draft.channels,
            safe_to_discuss="yes",
            discussed=True,
            who_she_fears=draft.who_she_fears,
            safe_contact=draft.safe_contact,
        ),
        consent="given",
        facts=[line.sent() for line in draft.facts],
        left_out=["addresses"],
        by=by,
        at=at,
    )


def _idva(made: Partnership) -> Team:
    return made.teams["coventry-domestic-abuse-service-idva"]


def _key(case: Case, what: str) -> UUID:
    """The id the record gets: the same story sends once."""
    return uuid5(NAMESPACE_URL, f"{case.pk} {what}")
