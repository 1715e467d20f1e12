"""The register in words, and what waits for whoever keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from alongside.agencies.models import User
from alongside.duties.hooks import Unfinished
from alongside.gate.viewing import Viewer
from alongside.sharing.agreements import queries
from alongside.sharing.agreements.models import CHANGES, Agreement
from alongside.sharing.codes import BASES
from alongside.sharing.days import today

SOON = 30


@dataclass(frozen=True)
class Row:
    """One agreement as it stands."""

    agreement: Agreement
    parties: str
    state: str
    look: str

    @property
    def is_open(self) -> bool:
        """Whether it can be renewed or ended."""
        return self.agreement.ended_at is None


def row(one: Agreement, at: datetime) -> Row:
    """An agreement with its state: in force, soon to be looked at, lapsed, or ended."""
    days = (one.review_on - today(at)).days
    if one.ended_at is not None:
        state, look = "Ended", "plain"
    elif days < 0:
        state, look = "Lapsed", "overdue"
    elif days <= SOON:
        state, look = "In force, look at it soon", "waiting"
    else:
        state, look = "In force", "done"
    return Row(one, ", ".join(party.name for party in one.parties.all()), state, look)


def rows(user: User, at: datetime) -> list[Row]:
    """The register: what needs somebody first, ended ones last."""
    found = [row(one, at) for one in queries.agreements_for(user)]
    order = ["Lapsed", "In force, look at it soon", "In force", "Ended"]
    return sorted(found, key=lambda one: order.index(one.state))


def sent(user: User) -> list[dict[str, object]]:
    """What went without an agreement, one by one: whom to ask for the reason, and never a person or a case."""
    return [
        {
            "at": one.decided_at,
            "sender": one.agency.name,
            "receiver": f"{one.to_team.agency.name}, {one.to_team.name}",
            "basis": BASES.get(one.basis, ""),
            "by": f"{one.decided_by.name}, {one.decided_by.role_held.label}",
        }
        for one in queries.latest_without(user)
    ]


def history(one: Agreement) -> list[dict[str, object]]:
    """What was done with an agreement, the latest first."""
    return [
        {
            "what": CHANGES[change.what],
            "at": change.changed_at,
            "by": f"{change.changed_by.name}, {change.changed_by.agency.name}",
            "reason": change.reason,
            "review_on": change.review_on,
        }
        for change in one.changes.select_related("changed_by__agency")
    ]


def waiting(viewer: Viewer) -> list[Unfinished]:
    """For Today: agreements that lapsed, pairs of agencies that send without one, and reviews nobody answered."""
    if not viewer.user.may("keep_agreements"):
        return []
    lapsed = sum(one.state == "Lapsed" for one in rows(viewer.user, viewer.at))
    without = sum(not one.is_covered_now for one in queries.sent_without(viewer.user, viewer.at))
    late = sum(count for _, count in queries.reviews_late(viewer.user, viewer.at))
    said = [
        (lapsed, "agreement has lapsed", "agreements have lapsed"),
        (without, "pair of agencies shares without an agreement", "pairs of agencies share without an agreement"),
        (late, "share was not looked at again in time", "shares were not looked at again in time"),
    ]
    found = [f"{count} {one if count == 1 else many}" for count, one, many in said if count]
    if not found:
        return []
    return [Unfinished("Look after the agreements on sharing", f"{'; '.join(found)}.", reverse("sharing:agreements"))]
