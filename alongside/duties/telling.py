"""Which duties a team may read that was sent a record of the case and does not hold it.

The gist of a rule tells of its condition. So such a team reads a duty only where its rule fires on what the team knows already:
the facts that were sent and still stand, and the records it may open itself (its own answers and decisions among them).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import apps

from alongside.agencies.models import Team
from alongside.duties import words
from alongside.duties.evaluation import Finding, evaluate, people_in
from alongside.duties.facts import CaseFile, FactBook, FactValue
from alongside.duties.hooks import SAID_BY_SENDING
from alongside.duties.models import Duty, ObservedFact
from alongside.duties.routing import Router
from alongside.gate.viewing import Gated, TeamView
from alongside.policy import Outcome, Rulebook
from alongside.policy.codec import to_json


class Telling:
    """Asked of every duty in a review; a team's own picture is worked out once, and only where a duty stands with it."""

    def __init__(self, pack: Rulebook, file: CaseFile, book: FactBook, router: Router, at: datetime) -> None:
        self.pack, self.file, self.book, self.router, self.at = pack, file, book, router, at
        self._known: dict[object, Mapping[str, Finding]] = {}

    def reads(self, duty: Duty) -> bool:
        """Whether the team a duty stands with may read what it asks and why."""
        team = duty.owner_team
        if team is None or team.agency_id in self.router.holder_ids or team.pk not in self.router.sent_to:
            return True
        if team.pk not in self._known:
            self._known[team.pk] = evaluate(self.pack, people_in(self.file), self._book_of(team))
        finding = self._known[team.pk].get(duty.rule)
        return finding is not None and finding.outcome is Outcome.FIRES and set(duty.about) <= set(finding.about)

    def _book_of(self, team: Team) -> FactBook:
        """The facts of the case that a team knows."""
        sent, own = self.router.sent_to[team.pk], self._records_of(team)

        def known(fact: FactValue) -> bool:
            if fact.name in SAID_BY_SENDING or fact.manner == "no record" or tuple(map(str, fact.record)) in own:
                return True
            return (f"{fact.name}:{fact.about or ''}", words.value(to_json(fact.value))) in sent

        about = {
            person: {name: fact for name, fact in facts.items() if known(fact)}
            for person, facts in self.book.about.items()
        }
        return FactBook({name: fact for name, fact in self.book.case.items() if known(fact)}, about)

    def _records_of(self, team: Team) -> set[tuple[str, str]]:
        """Records behind facts of the case that the team may open, and its own agency's answers."""
        view, found = TeamView(team, self.at), set()
        ids: dict[str, set[str]] = {}
        for fact in self.book.rows():
            ids.setdefault(fact.record[0], set()).add(str(fact.record[1]))
        for label, keys in ids.items():
            rows = _rows(label, team, view)
            if rows is not None:
                found |= {(label, str(pk)) for pk in rows.filter(pk__in=keys).values_list("pk", flat=True)}
        return found


def _rows(label: str, team: Team, view: TeamView) -> Any:
    if label == "duties.observedfact":
        return ObservedFact.objects.filter(agency=team.agency_id)
    model = apps.get_model(label) if "." in label else None
    return model._default_manager.visible_to(view) if model and issubclass(model, Gated) else None
