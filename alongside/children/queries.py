"""Schools of a child, their calendars, and a school's inbox."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Q

from alongside.agencies.models import Team, User
from alongside.cases.models import Case, CaseMember
from alongside.children.models import ClosedDay, School, SchoolNotice, Term
from alongside.clock import SchoolCalendar
from alongside.duties.models import Duty
from alongside.gate.viewing import GatedQuerySet, Viewer


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


def inbox(viewer: Viewer) -> GatedQuerySet[SchoolNotice]:
    """Notices this person may open: as key adult or deputy, unopened first."""
    rows = SchoolNotice.objects.visible_to(viewer).filter(
        Q(school__key_adult=viewer.user) | Q(school__deputy=viewer.user)
    )
    return rows.select_related("school").order_by("opened_at", "-sent_at")


def find_schools(text: str, *, limit: int = 20) -> list[School]:
    """Schools of the register by unique reference number, else by words of their name; nothing typed, nothing found."""
    words = text.split()
    if not words:
        return []
    rows = School.objects.select_related("area", "key_adult", "deputy")
    exact = list(rows.filter(urn=text.strip()))
    return exact or list(rows.filter(*(Q(name__icontains=word) for word in words))[:limit])


def school(pk: str) -> School | None:
    """A school by its id as text; None for anything else."""
    try:
        return School.objects.select_related("area", "key_adult", "deputy").filter(pk=pk).first()
    except ValidationError:
        return None


def school_by_urn(urn: str) -> School | None:
    """A school by its unique reference number."""
    return School.objects.select_related("area", "key_adult", "deputy", "team").filter(urn=urn).first()


def holders_at_school(by: User, team: Team | None) -> list[User | Team]:
    """Who sees what is recorded at a school: whoever recorded it, and the key adult and deputy there; no other school.

    What no school's own people recorded (a system connected for several schools) is the recording team's.
    """
    schools = School.objects.filter(Q(key_adult=by) | Q(deputy=by)).select_related("key_adult", "deputy")
    there = {one for school in schools for one in (school.key_adult, school.deputy) if one}
    return [*(there | {by})] if there or team is None else [by, team]


def register() -> list[School]:
    """Every school with its area, key adult and deputy."""
    return list(School.objects.select_related("area", "key_adult", "deputy").order_by("area__name", "name"))


def terms_of(area: str, school: School | None = None) -> list[Term]:
    """Terms of an area's schools, or of one school alone."""
    return list(Term.objects.filter(area=area, school=school))


def term(pk: str) -> Term | None:
    """A term by its id."""
    return Term.objects.select_related("area", "school").filter(pk=pk).first()


def closed_days_of(area: str, school: School | None = None) -> list[ClosedDay]:
    """Days closed within terms, of an area's schools or of one school alone."""
    return list(ClosedDay.objects.filter(area=area, school=school).order_by("closed_on"))


def areas_with_terms() -> set[str]:
    """Codes of areas whose schools' terms are known."""
    return set(Term.objects.filter(school__isnull=True).values_list("area_id", flat=True))


def key_adults() -> list[User]:
    """People who may be a school's key adult or deputy."""
    return list(User.objects.filter(role="school-key-adult", is_active=True).select_related("agency"))


def school_teams() -> list[Team]:
    """Teams of schools."""
    return list(Team.objects.filter(agency__kind="schools").select_related("agency"))


def notices() -> GatedQuerySet[SchoolNotice]:
    """Notices with what their page shows; the gate narrows it."""
    return SchoolNotice.objects.select_related(
        "school__area", "sent_by__agency", "case", "opened_by", "told_by_phone_by"
    )


def notices_of(case: Case, viewer: Viewer) -> list[SchoolNotice]:
    """Notices of a case the viewer may see."""
    return list(notices().visible_to(viewer).filter(case=case).order_by("-sent_at"))


def may_read(notice: SchoolNotice, user: User) -> bool:
    """Whether this person is key adult or deputy of the notice's school now."""
    return notice.school is not None and user.pk in (notice.school.key_adult_id, notice.school.deputy_id)


def children_of(case: Case, viewer: Viewer) -> list[CaseMember]:
    """Children of a case the viewer may see, the eldest first."""
    rows = CaseMember.objects.visible_to(viewer).filter(case=case, role="child").select_related("person")
    return sorted(rows, key=lambda member: (member.person.date_of_birth or "9999", str(member.pk)))


def open_duty(case: Case, child: object, viewer: Viewer) -> Duty | None:
    """The open duty to tell this child's school."""
    rows = Duty.objects.visible_to(viewer).filter(case=case, act="tell_school", state="open")
    return next((duty for duty in rows.order_by("due_on") if not duty.about or str(child) in duty.about), None)
