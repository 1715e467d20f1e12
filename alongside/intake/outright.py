"""The `facts` of a notification: each must be of the vocabulary and of its type, and may not contradict a field."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from alongside.clock import in_london
from alongside.duties.facts import NOTIFIED, FactValue, settle
from alongside.intake.faults import Fault, pointer, shown
from alongside.intake.mapping import Said, facts_of
from alongside.intake.sense import Known
from alongside.intake.story import OUTSIDE, CaseSaid, Story, belongs, cases_of, story_of
from alongside.intake.structure import as_moment
from alongside.policy import NOT_APPLICABLE, PolicyError, Range, Value
from alongside.policy.codec import from_json, to_json
from alongside.policy.vocabulary import did_you_mean
from alongside.procedures.queries import library, pack_for
from alongside.risk.instruments import instruments
from alongside.risk.results import count


def faults_of_facts(content: Any) -> Iterator[Fault]:
    """Facts that are not of the vocabulary, or not of their type."""
    vocabulary = library().vocabulary
    for name, value in _given(content):
        if name not in vocabulary:
            remedy = did_you_mean(name, vocabulary) or "a fact of the vocabulary"
            yield Fault(pointer(("facts", name)), "a fact the vocabulary does not have", remedy)
            continue
        try:
            read = from_json(value, vocabulary[name])
        except PolicyError as fault:
            yield Fault(pointer(("facts", name)), shown(value), str(fault))
            continue
        if isinstance(read, datetime) and as_moment(value) is None:
            yield Fault(pointer(("facts", name)), shown(value), "a moment of our time")


def _given(content: Any) -> Iterable[tuple[str, Any]]:
    facts = content.get("facts") if isinstance(content, dict) else None
    return facts.items() if isinstance(facts, dict) else ()


def read_facts(content: Mapping[str, Any]) -> dict[str, Value]:
    """The facts that are sound, as values."""
    vocabulary = library().vocabulary
    found: dict[str, Value] = {}
    for name, value in content.get("facts", {}).items():
        if name in vocabulary:
            try:
                found[name] = from_json(value, vocabulary[name])
            except PolicyError:
                continue
    return found


def contradictions(content: Mapping[str, Any], known: Known) -> Iterator[Fault]:
    """Facts that a field, or the parts a derived fact is made of, say otherwise. The notification is sound in form."""
    given = read_facts(content)
    if not given:
        return
    for case in cases_of(content):
        story = story_of(content, case, known.areas)
        carried = [said for said in [*facts_of(story), *of_other_fields(content, case, known)] if said.about is None]
        for said in carried:
            if said.name in given and said.value is not None and _differ(said, given[said.name], story.received):
                value = shown(to_json(said.value)) if not isinstance(said.value, Range) else str(to_json(said.value))
                yield Fault(
                    pointer(("facts", said.name)),
                    f"{shown(content['facts'][said.name])}, while {said.field or 'any notification'} says {value}",
                    f"what {said.field or 'every notification'} says, or this fact left out",
                )
        yield from _against_their_parts(given, carried, content, story, known)


def _differ(said: Said, given: Value, at: datetime) -> bool:
    if given is None:
        return False
    if (given is NOT_APPLICABLE) != (said.value is NOT_APPLICABLE):
        return True
    both = [FactValue(said.name, value, "", ("", ""), at, standing=NOTIFIED) for value in (said.value, given)]
    return bool(settle(both).disputed)


def of_other_fields(content: Mapping[str, Any], case: CaseSaid, known: Known) -> Iterator[Said]:
    """Facts of the fields whose records other apps hold: risk and consent. Only the victim's own count, but for a DIAL, the log of a call."""
    police = known.agencies.get(content["source"]["agency"]) == "police"
    all_said = cases_of(content)
    for place, row in enumerate(content.get("risk", ())):
        field = f"/risk/{place}"
        if not belongs(row.get("person"), case, all_said):
            continue
        if row["instrument"] == "dial":
            yield Said("dial_completed", True, field)
            yield Said("dial_completed_at", as_moment(row.get("completed_at")), f"{field}/completed_at")
        if row.get("person") not in (None, case.victim):
            continue
        if row["instrument"] == "dash":
            result = count(instruments()["dash"], {topic: [answer] for topic, answer in row["answers"].items()})
            yield Said("dash_yes_count", result.least if result.is_settled else Range(result.least, result.most), field)
        if police and row.get("grade"):
            yield Said("police_risk_high", row["grade"] == "high", f"{field}/grade")
        yield Said("professional_serious_concern", row.get("serious_concern"), f"{field}/serious_concern")
    for place, row in enumerate(content.get("consent", ())):
        about_victim = row.get("person") in (None, case.victim) and belongs(row.get("person"), case, all_said)
        if row["purpose"] == "referral" and about_victim:
            yield Said("consent_status", row["status"], f"/consent/{place}")


def _against_their_parts(
    given: Mapping[str, Value], carried: Iterable[Said], content: Mapping[str, Any], story: Story, known: Known
) -> Iterator[Fault]:
    area = story.local_authority if story.local_authority != OUTSIDE else content["area"]
    derived = [name for name in given if library().vocabulary[name].derived]
    if not derived or area not in known.areas:
        return
    values = {said.name: said.value for said in carried} | {
        name: value for name, value in given.items() if name not in derived
    }
    pack = pack_for(area, in_london(story.received).date())
    for name in derived:
        try:
            pack.check({**values, name: given[name]})
        except PolicyError as fault:
            yield Fault(pointer(("facts", name)), shown(content["facts"][name]), str(fault))
