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
    """Finds owners in one case; reads the area's table once."""

    def __init__(self, case: Case, library: Library, holders: Iterable[Agency], kinds: Kinds = None) -> None:
        self.case, self.library = case, library
        self.holders = list(holders)
        self.holder_ids = {agency.pk for agency in self.holders}
        self.rows = agencies.routes(case.area_id)
        self.sent_to = hooks.sent_to(case, kinds)

    def routes(self, rule: Rule) -> list[Route]:
        """One route, or one per agency in the case; none for an actor outside the partnership."""
        act = self.library.acts[rule.action or ""]
        actor = self.library.owners[rule.actor]
        if actor.owner == "every-agency":
            return [
                Route(self._team(actor.role or "front-line", agency=agency), act.code, for_agency=agency.code)
                for agency in self.holders
            ]
        if actor.owner == "outside" and not act.owner:
            return []
        team = self._owner(act.owner or actor.role or "front-line", actor.agency_kind if not act.owner else None)
        return [self._until_sent(team, act.code, str(act.more.get("handed_over_by", "")))]

    def _owner(self, role: str, kind: str | None) -> Team | None:
        if (
            role == "front-line"
            and self.case.recording_team is not None
            and kind in (None, self.case.opened_by_agency.kind)
        ):
            return self.case.recording_team
        if role in SAME_AGENCY_FIRST and kind in (None, self.case.opened_by_agency.kind):
            own = self._team(role, agency=self.case.opened_by_agency)
            if own is not None:
                return own
        return self._team(role, kind=kind)

    def _team(self, role: str, *, agency: Agency | None = None, kind: str | None = None) -> Team | None:
        for row in self.rows:
            if (
                row.role == role
                and (agency is None or row.team.agency_id == agency.pk)
                and (kind is None or row.team.agency.kind == kind)
            ):
                return row.team
        if agency is not None and self.case.recording_team is not None and agency.pk == self.case.opened_by_agency_id:
            return self.case.recording_team
        return None

    def _until_sent(self, team: Team | None, act: str, handed_over_by: str) -> Route:
        holds = team is None or team.agency_id in self.holder_ids or team.pk in self.sent_to
        if holds or not handed_over_by:
            return Route(team, act)
        sender = self._owner(self.library.acts[handed_over_by].owner or "front-line", None)
        return Route(sender, handed_over_by, meant_for=team)
