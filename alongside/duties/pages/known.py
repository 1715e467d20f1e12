"""What could have been known: one agency's picture at a moment, beside what is known now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from alongside.agencies import queries as agencies
from alongside.agencies.models import Agency
from alongside.cases.hooks import OWN_RECORD
from alongside.cases.models import Case
from alongside.cases.queries import members_of
from alongside.design.moments import when
from alongside.duties import access, queries, words
from alongside.duties.again import rules_then
from alongside.duties.asking import act_of
from alongside.duties.evaluation import Finding
from alongside.duties.facts import FactValue
from alongside.duties.knowing import Known, Picture, Row, fact_of, rows_of
from alongside.duties.pages.cites import cites_of
from alongside.gate.viewing import Viewer
from alongside.policy import Fact, Outcome, PolicyError, Rulebook
from alongside.policy.codec import to_json
from alongside.policy.questions import WORTH_ASKING
from alongside.procedures.queries import library

HOW = {"own": "it recorded it itself", "case": "the case was open to it"}
Key = tuple[str, str]


def choices(case: Case, history: queries.History, viewer: Viewer) -> list[Agency]:
    """The agencies whose picture the viewer may see here: their own, and the others in the case for who may see holders. An agency
    that is many houses under one name has no picture of its own: what one house knows, another does not."""
    ids = {viewer.user.agency_id} | (history.agencies() if access.may_see_known_by_others(viewer) else set())
    return [one for one in agencies.agencies(ids) if one.kind not in OWN_RECORD]


@dataclass(frozen=True)
class Compared:
    """An agency's picture at a moment, what it knows by now, and what everybody in the case knows now."""

    agency: Agency
    then: Picture
    since: Picture
    now: Mapping[Key, FactValue]
    first: Mapping[Key, Any]
    initials: Mapping[str, str]
    vocabulary: Mapping[str, Fact]

    def known(self) -> list[dict[str, str]]:
        """The facts it could have known, each with its value, who said so, and from when on it could be known."""
        settled = rows_of(self.then.book(self.vocabulary))
        sources = _by_fact(self.then)
        return [self._line(key, settled[key], sources[key]) for key in sorted(sources) if key in settled]

    def missing(self) -> list[dict[str, str]]:
        """What is known now and was not known to it so, with what kept it from knowing."""
        had, later = rows_of(self.then.book(self.vocabulary)), _by_fact(self.since)
        found = []
        for key, fact in sorted(self.now.items()):
            if fact.value is None or (key in had and had[key].value == fact.value):
                continue
            line = self._line(key, fact, ())
            line["then"] = words.value(to_json(had[key].value)) or "not known" if key in had else ""
            line["until"] = self._until(key, later.get(key, ()))
            found.append(line)
        return found

    def _until(self, key: Key, known: Iterable[Known]) -> str:
        """ "Not known to Coventry Children's Social Care until Monday 9 March, 9:15am, when it was sent a referral"."""
        recorded, name = self.first.get(key), self.agency.name
        nobody = (
            f" Nobody had recorded it in Alongside before {when(recorded)}."
            if recorded and recorded > self.then.at
            else ""
        )
        came = min((one for one in known if one.on > self.then.at), key=lambda one: one.on, default=None)
        if came is None:
            return f"Not known to {name} to this day, as far as Alongside can tell.{nobody}"
        how = f"when {_how(came, self.since)}"
        return f"Not known to {name} until {when(came.on)}, {how}.{nobody}"

    def _line(self, key: Key, fact: FactValue, known: Iterable[Known]) -> dict[str, str]:
        first = min(known, key=lambda one: one.on, default=None)
        return {
            "label": words.label(key[0]) + (f" ({self.initials[key[1]]})" if self.initials.get(key[1]) else ""),
            "value": words.value(to_json(fact.value)),
            "disputed": " / ".join(words.value(to_json(one)) or "not known" for one in fact.disputed),
            "said": words.role(fact.said_by),
            "since": when(fact.since) if fact.since else "",
            "known": f"{when(first.on)}: {_how(first, self.then)}" if first else "",
        }


def _how(known: Known, picture: Picture) -> str:
    if known.gift is None:
        return HOW[known.how]
    opened = known.gift.opened_by(picture.at)
    return f"it was sent {known.gift.what}" + (f", first opened {when(opened)}" if opened else ", not opened by then")


def _by_fact(picture: Picture) -> dict[Key, list[Known]]:
    found: dict[Key, list[Known]] = {}
    for source, known in picture.held.items():
        found.setdefault((source[0], source[1]), []).append(known)
    return found


def compare(case: Case, history: queries.History, agency: Agency, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """All that the page says of one agency at one moment. What followed is worked out by the rules that decided the case last by
    then, as they were; where they are kept nowhere any more, nothing is said of it."""
    then, since = history.known_to(agency.pk, at), history.known_to(agency.pk, viewer.at)
    context: dict[str, Any] = {"agency": agency, "at": at, "then": then, "is_now": at == viewer.at}
    if then.last is None or not then.is_kept or not then.held:
        return context
    pack = _rules_then(then)
    vocabulary = pack.vocabulary if pack else library().vocabulary
    latest = history.snapshots[-1]
    now = {(f.name, str(f.about or "")): f for row in latest.facts if _told(row) and (f := fact_of(row, vocabulary))}
    people = {str(m.person_id): m.person.initials for m in members_of([case.pk], viewer).get(case.pk, [])}
    compared = Compared(agency, then, since, now, _first_recorded(history), people, vocabulary)
    return context | {
        "known": compared.known(),
        "missing": compared.missing(),
        "rules": _rules(pack, then.findings(pack), latest.outcomes, case, viewer) if pack else [],
        "no_rules": pack is None,
    }


def _rules_then(then: Picture) -> Rulebook | None:
    try:
        return rules_then(then.last) if then.last else None
    except PolicyError:
        return None


def _told(row: Row) -> bool:
    return row["manner"] != "no record"


def _first_recorded(history: queries.History) -> dict[Key, Any]:
    """When each fact that has a value now was first on record with it."""
    found: dict[Key, Any] = {}
    latest = {(row["name"], row["about"] or ""): row["value"] for row in history.snapshots[-1].facts}
    for snapshot in history.snapshots:
        for row in snapshot.facts:
            key = (row["name"], row["about"] or "")
            if _told(row) and row["value"] == latest.get(key):
                found.setdefault(key, snapshot.evaluated_at)
    return found


GROUPS = (
    ("later", "Follows on all that is known now, and could not be seen then"),
    ("fires", "Followed from what could have been known"),
    ("open", "Could not be told from it"),
)


def _rules(
    pack: Rulebook, then: Mapping[str, Finding], now: Mapping[str, Any], case: Case, viewer: Viewer
) -> list[dict[str, Any]]:
    """Duties, bars and thresholds: what followed, what could not be told, and what follows only by now."""
    cites = cites_of((rule.id for rule in pack.rules), case, viewer.at)
    groups: dict[str, list[dict[str, Any]]] = {code: [] for code, _ in GROUPS}
    for rule in sorted(pack.rules, key=lambda rule: (-rule.severity, rule.id)):
        found = then.get(rule.id)
        if rule.reaches_as not in WORTH_ASKING or rule.id not in cites:
            continue
        line = {"act": words.act(act_of(rule)), "kind": KINDS[rule.reaches_as], "cite": cites[rule.id]}
        outcome = found.outcome if found else Outcome.DOES_NOT_FIRE
        if outcome is Outcome.FIRES:
            groups["fires"].append(line)
        elif outcome is Outcome.CANNOT_DECIDE:
            groups["open"].append(line)
        if outcome is not Outcome.FIRES and now.get(rule.id, [""])[0] == Outcome.FIRES:
            groups["later"].append(line | {"then": THEN[outcome]})
    return [{"code": code, "title": title, "lines": groups[code]} for code, title in GROUPS if groups[code]]


KINDS = {"duty": "Duty", "bar": "Forbidden", "threshold": "Threshold"}
THEN = {
    Outcome.CANNOT_DECIDE: "It could not be told then.",
    Outcome.DOES_NOT_FIRE: "On what could have been known then, it did not follow.",
}


def agency_of(found: Iterable[Agency], code: str, own: UUID) -> Agency | None:
    """The agency asked for among those the viewer may ask for; without one, their own. None where neither is there."""
    held = list(found)
    if code:
        return next((one for one in held if one.code == code), None)
    return next((one for one in held if one.pk == own), None)
