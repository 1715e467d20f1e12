"""Schools of a child, their calendars, and a school's inbox."""

from django.db.models import Q, QuerySet

from alongside.cases.models import Case, CaseMember
from alongside.children.models import ClosedDay, School, SchoolNotice, Term
from alongside.clock import SchoolCalendar
from alongside.gate.viewing import Viewer


def school_of(member: CaseMember) -> School | None:
    """The school a child goes to, found by its unique reference number; None when not known or not of the partnership."""
    return School.objects.filter(urn=member.school_urn).first() if member.school_urn else None


def calendar(school: School) -> SchoolCalendar:
    """The school's own terms where it has any, else its area's; no terms: every question about it is undecided."""
    own = Term.objects.filter(school=school)
    terms = own if own.exists() else Term.objects.filter(area=school.area_id, school__isnull=True)
    closed = ClosedDay.objects.filter(Q(school=school) | Q(area=school.area_id, school__isnull=True))
    return SchoolCalendar(
        terms=[(t.first_on, t.last_on) for t in terms], closed=[c.closed_on for c in closed], arrival=school.arrival
    )


def pupils(case: Case) -> list[CaseMember]:
    """Children of the case, as members."""
    return list(case.members.filter(role="child").select_related("person"))


def inbox(viewer: Viewer) -> "QuerySet[SchoolNotice]":
    """Notices this person may open: as key adult or deputy, unopened first."""
    rows = SchoolNotice.objects.visible_to(viewer).filter(
        Q(school__key_adult=viewer.user) | Q(school__deputy=viewer.user)
    )
    return rows.select_related("school").order_by("opened_at", "-sent_at")
