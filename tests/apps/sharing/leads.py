"""Safeguarding leads of three agencies, for what takes two of different ones."""

from __future__ import annotations

from datetime import timedelta

from alongside.agencies.models import Membership, User
from tests.apps.partnership import NOW, Partnership

LEADS = {
    "lead": ("west-midlands-police", "desk"),
    "lead-csc": ("coventry-childrens-social-care", "csc"),
    "lead-haven": ("haven", "haven-idva"),
}


def add_leads(there: Partnership) -> None:
    """One lead in each of three agencies."""
    for name, (agency, desk) in LEADS.items():
        user = User.objects.create(
            email=f"{name}@alongside.example",
            name=f"Ash {name.title()}",
            agency=there.agencies[agency],
            role="safeguarding-lead",
        )
        Membership.objects.create(user=user, team=there.teams[desk], from_on=NOW.date() - timedelta(days=30))
        there.users[name] = user
