"""Where the invented agencies keep their records: some here, the others in systems that nothing asks yet."""

from __future__ import annotations

from datetime import datetime

from alongside.audit.api import SystemActor
from alongside.demo.partnership import Partnership
from alongside.sharing.consults.sources.actions import declare_source

HERE = ("police", "childrens-social-care", "domestic-abuse-service")


def declare_sources(made: Partnership, *, at: datetime) -> None:
    """Say it of every agency whose records are here; of the others nothing is said, so they are *cannot tell*."""
    for agency in made.agencies.values():
        if agency.kind in HERE:
            declare_source(agency=agency, kept="here", by=SystemActor("demo"), at=at)
