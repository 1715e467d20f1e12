"""Everything a demonstration begins with, made once."""

from __future__ import annotations

from datetime import datetime

from alongside.agencies.access import Refused
from alongside.audit.api import SystemActor
from alongside.audit.work import unit_of_work
from alongside.demo import accounts, queries, stories
from alongside.demo.partnership import build_partnership, check_is_demo
from alongside.demo.schools import plan_meetings, register_schools
from alongside.demo.sources import declare_sources
from alongside.demo.staff import tell_of_staff
from alongside.people.actions.keying import rebuild_keys
from alongside.people.queries.holders import in_step


def prepare(*, at: datetime) -> bool:
    """Make the partnership, its schools, meetings and first cases, all or nothing. False when they are there already.

    Raises `Refused` where this is no demonstration, or where anybody works who was not invented for one.
    """
    check_is_demo()
    if queries.has_others():
        raise Refused("This database holds people who were not invented for a demonstration. Nothing was made.")
    if queries.has_partnership():
        if not in_step():  # made by an earlier release: people are found again
            for _ in rebuild_keys(by=SystemActor("demo"), at=at):
                pass
        return False
    with unit_of_work():
        made = build_partnership(at, accounts.PASSWORD)
        register_schools(made, at=at)
        plan_meetings(made, at=at)
        declare_sources(made, at=at)
        tell_of_staff(made, at=at)
        stories.tell(made, at=at)
    return True
