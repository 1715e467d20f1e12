"""Which team owes a duty. The table of actors is data (`packs/owners.toml`); so are the acts (`packs/acts/`).

A duty of a team that holds nothing of the case yet stands in the task of the team that can send it (`handed_over_by` of the act):
a rule that fires moves nothing by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from alongside.agencies import queries as agencies
from alongside.agencies.models import Agency, Team
from alongside.cases.models import Case
from alongside.duties import hooks
from alongside.duties.holding import Kinds
from alongside.policy import Library, Rule

SAME_AGENCY_FIRST = ("front-line", "supervisor", "safeguarding-desk")


@dataclass(frozen=True)
class Route:
    """Where a duty goes: the team that owes it now, under which act, for whom it is meant, and for which agency it is repeated."""

    team: Team | None
    act: str
    meant_for: Team | None = None
    for_agency: str = ""


def role_wanted(rule: Rule, library: Library) -> tuple[str, str | None]:
    """The team role that owes a rule, and the kind of agency it must be of (None: any)."""
    act, actor = library.acts[rule.action or ""], library.owners[rule.actor]
    if actor.owner == "every-agency" or not act.owner:
        return actor.role or "front-line", actor.agency_kind
    return act.owner, None


class Router:
    """Finds owners in one case, in the area whose text the rule is; reads each area's table once."""

    def __init__(self, case: Case, library: Library, holders: Iterable[Agency], kinds: Kinds = None) -> None:
        self.case, self.library = case, library
        self.holders = list(holders)
        self.holder_ids = {agency.pk for agency in self.holders}
        self.rows = {area: agencies.routes(area) for area in case.places.areas}
        self.sent_to = hooks.sent_to(case, kinds)

    def routes(self, rule: Rule) -> list[Route]:
        """One route, or one per agency in the case; none for an actor outside the partnership."""
        act, actor = self.library.acts[rule.action or ""], self.library.owners[rule.actor]
        area = self.case.places.of(self.library.follows(rule))
        if actor.owner == "every-agency":
            role = actor.role or "front-line"
            return [Route(self._of_agency(role, one, area), act.code, for_agency=one.code) for one in self.holders]
        if actor.owner == "outside" and not act.owner:
            return []
        kind = None if act.owner else actor.agency_kind
        team = self._owner(act.owner or actor.role or "front-line", kind, area)
        return [self._until_sent(team, act.code, str(act.more.get("handed_over_by", "")))]

    def _owner(self, role: str, kind: str | None, area: str) -> Team | None:
        ours = self.case.opened_by_agency
        if kind in (None, ours.kind):
            if role == "front-line" and self.case.recording_team is not None:
                return self.case.recording_team
            own = self._of_agency(role, ours, area) if role in SAME_AGENCY_FIRST else None
            if own is not None:
                return own
        return next(
            (row.team for row in self.rows[area] if row.role == role and kind in (None, row.team.agency.kind)), None
        )

    def _of_agency(self, role: str, agency: Agency, area: str) -> Team | None:
        """The agency's own team: in the area, else in another place of the case, else the one that recorded it."""
        for place in dict.fromkeys((area, *self.rows)):
            for row in self.rows[place]:
                if row.role == role and row.team.agency_id == agency.pk:
                    return row.team
        return self.case.recording_team if agency.pk == self.case.opened_by_agency_id else None

    def _until_sent(self, team: Team | None, act: str, handed_over_by: str) -> Route:
        if team is None or team.agency_id in self.holder_ids or team.pk in self.sent_to:
            return Route(team, act)
        if (
            not handed_over_by
        ):  # nothing hands it over: it stays with those who hold the case, never with those who do not
            return Route(self.case.recording_team, act, meant_for=team)
        handing = self.library.acts[handed_over_by]
        area = self.case.places.of(handing.follows or "home")
        return Route(self._owner(handing.owner or "front-line", None, area), handed_over_by, meant_for=team)
