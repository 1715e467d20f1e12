"""What stops an act of the receiver: the rules on what was sent and answered, and whatever the case knows beyond that.

A bar must never be missed, so either stops the act. What was not sent must not be told, so a bar that stands only on what the
sender has on record is said without its gist, its place or its question: that there is one, and whom to ring.
"""

from __future__ import annotations

from datetime import datetime

from alongside.agencies.access import Refused
from alongside.casework.models import Referral
from alongside.casework.queries.receiving import AsSent, as_sent, conduct_known
from alongside.duties import bars, conduct
from alongside.duties.bars import Stop, cited


def stops(referral: Referral, sent: AsSent, act: str) -> list[Stop]:
    """What stops an act on what was sent, and on what was answered here since."""
    found = [
        Stop(act, str(one.outcome), one.rule.id, one.rule.gist, cited(one.rule), question=_question(sent, one.rule.id))
        for one in sent.concerning("bar", act)
    ]
    return [*found, *_conduct(referral)] if act == conduct.ACT else found


def _question(sent: AsSent, rule: str) -> str:
    return next((sent.pack.vocabulary[name].question for name, _ in sent.asks(rule)), "")


def _conduct(referral: Referral) -> list[Stop]:
    """The platform's own rule on contact with the family."""
    known, rule = conduct_known(referral), (conduct.RULE, conduct.GIST, conduct.CITE)
    if any(known.values()):
        return [Stop(conduct.ACT, "fires", *rule)]
    missing = tuple(name for name in conduct.FACTS if name not in known)
    return [Stop(conduct.ACT, "cannot-decide", *rule, missing, conduct.QUESTION)] if missing else []


def unsent_stop(referral: Referral, sent: AsSent, act: str) -> str:
    """What to say where only something that was not sent stops an act; empty where nothing does, or a rule already says why."""
    if not act or stops(referral, sent, act) or not bars.stops(referral.case, act):
        return ""
    team = referral.from_team
    number = team.phone or team.out_of_hours_phone
    ring = f"Ring them before you do it: {number}." if number else "Speak to them before you do it."
    return f"Something that {team.agency.name}, {team.name}, has on record and has not sent you stops this. {ring}"


def check(referral: Referral, act: str, at: datetime) -> None:
    """Raise `Refused` where anything stops an act: in the rule's own words, or in those of `unsent_stop`."""
    sent = as_sent(referral, at)
    bars.refuse(stops(referral, sent, act))
    words = unsent_stop(referral, sent, act)
    if words:
        raise Refused(f"{words} Nothing was decided.")
