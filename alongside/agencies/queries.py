"""Reads of the partnership's own table of who does what where."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from alongside.agencies.models import Agency, Area, Membership, Team, TeamRole, User
from alongside.audit.api import once


def team_for(role: str, area: str, *, agency_id: UUID | None = None, agency_kind: str | None = None) -> Team | None:
    """The team that does `role` in `area`, first by position; None when nobody does.

    Narrowed to one agency, or to one kind of agency, when given.
    """
    rows = TeamRole.objects.filter(role=role, area_id=area).select_related("team__agency")
    if agency_id is not None:
        rows = rows.filter(team__agency_id=agency_id)
    if agency_kind is not None:
        rows = rows.filter(team__agency__kind=agency_kind)
    first = rows.first()
    return first.team if first else None


def routes(area: str) -> list[TeamRole]:
    """Every (role, team) of an area, in the order they are asked; one query for a whole evaluation."""
    return list(TeamRole.objects.filter(area_id=area).select_related("team__agency").order_by("position", "id"))


def team_ids(user: User, on: date) -> list[UUID]:
    """Ids of the teams a person works in on a day."""
    current = Q(until_on__isnull=True) | Q(until_on__gte=on)
    return list(user.memberships.filter(current, from_on__lte=on).values_list("team_id", flat=True))


def desk_ids(user: User, on: date, own: Iterable[UUID]) -> list[UUID]:
    """Ids of the teams whose work is a person's too on a day: their `own` teams, those they deputise for, and, where one of their own
    reviews what the front line of an area recorded, their agency's front line there."""
    held = list(own)
    reviewed = TeamRole.objects.filter(team__in=held, role="supervisor").values("area")
    front = TeamRole.objects.filter(role="front-line", area__in=reviewed).values("team")
    also = Team.objects.filter(Q(deputy=user.pk) | Q(pk__in=front), agency=user.agency_id)
    return list({*held, *also.values_list("pk", flat=True)})


def areas_of_teams(user: User, on: date) -> set[str]:
    """Codes of the areas where a person's teams do something."""
    return set(TeamRole.objects.filter(team__in=team_ids(user, on)).values_list("area_id", flat=True))


def first_team(user: User, on: date) -> Team | None:
    """The team a person's new records belong to: the first one they work in that day."""
    return Team.objects.filter(id__in=team_ids(user, on)).select_related("agency").order_by("name").first()


def agency(code: str) -> Agency | None:
    """The agency with a code, or None."""
    return Agency.objects.filter(code=code).first()


def agencies(ids: Iterable[UUID]) -> list[Agency]:
    """Some agencies, by name."""
    return list(Agency.objects.filter(pk__in=list(ids)).order_by("name"))


def agency_codes() -> list[str]:
    """Codes of the agencies of this partnership."""
    return list(Agency.objects.values_list("code", flat=True))


def person(email: str) -> User | None:
    """Somebody who may sign in, by e-mail address."""
    return User.objects.select_related("agency").filter(email__iexact=email, is_active=True).first()


def administrators_ready() -> int:
    """How many of the partnership's administrators can sign in: they have a passkey or an app."""
    rows = User.objects.filter(role="partnership-administrator", is_active=True, authenticator__isnull=False)
    return rows.distinct().count()


def connected_system(agency: Agency) -> User | None:
    """In whose name an agency's own system acts, when it has one."""
    return User.objects.select_related("agency").filter(agency=agency, role="service", is_active=True).first()


def area_codes() -> list[str]:
    """Codes of the areas of this partnership."""
    return list(Area.objects.values_list("code", flat=True))


@once
def areas() -> list[Area]:
    """The areas of this partnership, by name."""
    return list(Area.objects.all())


def area(code: str) -> Area | None:
    """The area with a code, or None."""
    return Area.objects.filter(code=code).first()


def people_of(teams: Iterable[Team], on: date) -> list[User]:
    """The people who work in any of the teams on a day."""
    current = Q(memberships__until_on__isnull=True) | Q(memberships__until_on__gte=on)
    rows = User.objects.filter(current, memberships__team__in=list(teams), memberships__from_on__lte=on, is_active=True)
    return list(rows.distinct())


def roles_in(teams: Iterable[UUID], on: date) -> list[tuple[str, Team]]:
    """Which staff roles work in some teams on a day: each role once per team, by the team's agency and name."""
    current = Q(until_on__isnull=True) | Q(until_on__gte=on)
    rows = Membership.objects.filter(current, team__in=list(teams), from_on__lte=on, user__is_active=True)
    rows = rows.annotate(role=F("user__role")).select_related("team__agency")
    ordered = rows.order_by("team__agency__name", "team__name")
    return list(dict.fromkeys((row.role, row.team) for row in ordered))


def team_addresses(team_id: str) -> list[str]:
    """Where a team is told that something is new: its own mailbox, else its people's."""
    team = Team.objects.filter(pk=team_id).first()
    if team is None:
        return []
    if team.email:
        return [team.email]
    return list(team.people.filter(is_active=True).values_list("email", flat=True).distinct())


def user_addresses(user_id: str) -> list[str]:
    """The mailbox of one member of staff who still works here."""
    return list(User.objects.filter(pk=user_id, is_active=True).values_list("email", flat=True))


def holders_of(roles: Iterable[str], areas: Iterable[str]) -> dict[tuple[str, str], list[Team]]:
    """(role, area) to the teams that hold it, in the order they are asked: one statement."""
    found: dict[tuple[str, str], list[Team]] = {}
    rows = TeamRole.objects.filter(role__in=list(roles), area__in=list(areas)).select_related("team__agency")
    for row in rows.order_by("position", "id"):
        found.setdefault((row.role, row.area_id), []).append(row.team)
    return found


def teams_in(area: str, *, kind: str | None = None, agency: str | None = None) -> list[Team]:
    """Teams of agencies that work in an area, by agency and name; narrowed to a kind of agency, or to one agency."""
    rows = Team.objects.filter(agency__areas=area).select_related("agency")
    if kind:
        rows = rows.filter(agency__kind=kind)
    if agency:
        rows = rows.filter(agency__code=agency)
    return list(rows.order_by("agency__name", "name"))


def agency_names(codes: Iterable[str]) -> dict[str, str]:
    """Codes of agencies to their names."""
    return dict(Agency.objects.filter(code__in=list(codes)).values_list("code", "name"))


def first_team_of(agency_id: UUID) -> Team | None:
    """Who is asked where nobody nearer is known: the first team of an agency by name, else the partnership's office."""
    rows = Team.objects.select_related("agency").order_by("name")
    return rows.filter(agency_id=agency_id).first() or rows.filter(roles__role="partnership-administration").first()
