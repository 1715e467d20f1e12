"""What was decided about sharing in the demonstration: a record shared, one kept back, one whose consent was taken back; the register."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from alongside.agencies.models import Team, User
from alongside.cases.models import Case
from alongside.demo.partnership import Partnership
from alongside.gate.viewing import Viewer
from alongside.sharing.actions import Weighed, say_consent
from alongside.sharing.agreements.actions import add_agreement
from alongside.sharing.days import today
from alongside.sharing.decisions.actions import Letter, keep_record_back, share
from alongside.sharing.hooks import Shareable, shareable

HOUSING = Letter(
    purpose="they can change her locks before the weekend",
    reason="He is at her door; asking her by telephone was not safe tonight.",
    gateway="adults",
    consent="not-safe-to-seek",
    left_out=["where her sister lives"],
    weighed=Weighed(
        necessity="They put her into the right group only when they know how dangerous it is.",
        proportionality="The grade and her worry are enough for that; the answers one by one are not theirs to know.",
        withheld_from="anybody of his family, one of whom works on the estate",
    ),
)
HEALTH = Letter(
    purpose="they asked what the police know",
    reason="She has not told her doctor and wants to do it herself. They need nothing from us before that.",
    consent="refused",
    weighed=Weighed(advice_from="information governance lead"),
)
SUPPORT = Letter(
    purpose="they can ring her with an offer of support",
    reason="She said yes on the evening, when he had been taken away.",
    gateway="consent",
    consent="given",
    weighed=Weighed(
        necessity="They cannot offer what fits without knowing what she fears.",
        proportionality="What she said about that evening, and nothing about the children.",
    ),
)


def decide(made: Partnership, told: dict[str, Case], *, at: datetime) -> None:
    """Tell it, each as its own worker would do it."""
    officer, health = made.user("police-officer"), made.teams["coventry-health-safeguarding"]
    grave, earlier = told["high_risk"], told["with_baby"]
    _share(grave, made.teams["coventry-housing-advice"], HOUSING, ("grade", "concern"), officer, at - timedelta(days=2))
    source = _checklist(grave, officer, at)
    keep_record_back(
        case=grave, source=source, to_team=health, letter=HEALTH, by=officer, at=at - timedelta(days=1, hours=20)
    )
    support = made.teams["coventry-domestic-abuse-service-idva"]
    _share(earlier, support, SUPPORT, (), officer, at - timedelta(days=3))
    victim = earlier.members.filter(role="victim").select_related("person").first()
    if victim is not None:
        say_consent(case=earlier, person=victim.person, status="withdrawn", by=officer, at=at - timedelta(hours=2))
    _register(made, at)


def _share(case: Case, team: Team, letter: Letter, keys: tuple[str, ...], by: User, at: datetime) -> None:
    """The parts named, or the first three where none is."""
    source = _checklist(case, by, at)
    parts = [part for part in source.parts if part.key in keys] or list(source.parts[:3])
    key = uuid5(NAMESPACE_URL, f"{case.pk} {team.code} checklist")
    share(key=key, case=case, source=source, parts=parts, to_team=team, letter=letter, by=by, at=at)


def _checklist(case: Case, by: User, at: datetime) -> Shareable:
    return next(one for one in shareable(case, Viewer(by, at)) if one.kind == "risk.assessment")


def _register(made: Partnership, at: datetime) -> None:
    """One agreement in force, one to be looked at soon; the others are still to be signed."""
    lead, day = made.user("information-governance-lead"), today(at)
    police, children = made.agencies["west-midlands-police"], made.agencies["coventry-childrens-social-care"]
    support = made.agencies["coventry-domestic-abuse-service"]
    for name, parties, signed, last in (
        ("Keeping children in Coventry safe", (police, children), 200, 165),
        ("Support after a call to the police", (police, support), 350, 15),
    ):
        add_agreement(
            name=name,
            scope="What each knows of domestic abuse that concerns people the other works with, to protect them.",
            parties=parties,
            signed_on=day - timedelta(days=signed),
            review_on=day + timedelta(days=last),
            by=lead,
            at=at - timedelta(days=1),
        )
