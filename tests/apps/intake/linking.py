"""Saying that two records are of one person, for tests."""

from __future__ import annotations

from datetime import datetime

from alongside.agencies.models import User
from alongside.audit.testing import writing
from alongside.people.models import LinkDecision, Person


def same_person(*, person: Person, candidate: Person, by: User, at: datetime) -> LinkDecision:
    """A standing answer *same person*."""
    with writing():
        return LinkDecision.objects.create(
            person=person, candidate=candidate, answer="same", weight=9, decided_at=at, decided_by=by
        )
