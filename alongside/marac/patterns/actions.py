"""Reviewing a pattern."""

from datetime import datetime

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import action, record
from alongside.marac.patterns.models import PatternReview
from alongside.marac.patterns.queries import Pattern


@action("marac.pattern_reviewed")
def review_pattern(*, pattern: Pattern, holds: bool, note: str, by: User, at: datetime) -> PatternReview:
    """Say, by name, whether a pattern holds, having looked at every link and case it rests on; never one's own links alone."""
    access.check_may(by, "confirm_links")
    if any(link.decided_by_id == by.pk and link.second_by_id is None for link in pattern.links):
        raise Refused("This rests on an answer you gave yourself; somebody else has to review it. Nothing was changed.")
    if not note.strip():
        raise Refused("Say in a sentence what you looked at. Nothing was changed.")
    row = PatternReview.objects.create(
        kind=pattern.kind,
        person=pattern.person,
        links=sorted(str(link.pk) for link in pattern.links),
        cases=sorted(str(case.pk) for case in pattern.cases),
        holds=holds,
        note=note.strip(),
        reviewed_at=at,
        reviewed_by=by,
    )
    record(row, by=by, at=at, kind=pattern.kind, holds=holds, links=len(pattern.links), cases=len(pattern.cases))
    return row
