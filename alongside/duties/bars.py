"""Prohibitions in force. A bar that fires *or cannot be decided* stops its act; the undecided one asks its question there.

Calling 999 and protecting a child are never stopped: no act of that kind may be named by a bar (`NEVER_BARRED`, and a test).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alongside.agencies.access import Refused
from alongside.cases.models import Case
from alongside.duties import conduct
from alongside.duties.evaluation import Finding
from alongside.duties.holding import Kinds, is_asked
from alongside.duties.models import Bar, Evaluation
from alongside.duties.queries import evaluation_of
from alongside.policy import Outcome, Rule, Rulebook
from alongside.policy.codec import from_json
from alongside.procedures import editions
from alongside.procedures import queries as procedures

# An act whose bars hang on the moment it is done: the act is that moment. Such bars never stand on the case; they are decided here.
MOMENTS = {
    "send_letter": {"planned_contact_channel": "letter"},
    "leave_voicemail": {"planned_contact_channel": "voicemail"},
    "leave_leaflet": {"planned_contact_channel": "leaflet-left"},
}

NEVER_BARRED = frozenset({"call_999", "refer_to_childrens_social_care", "protect_a_child"})


def settle_bars(*, case: Case, pack: Rulebook, findings: dict[str, Finding], kinds: Kinds = None, at: datetime) -> None:
    """Raise, change or lift the bars of a case."""
    held = Bar.objects.filter(case=case, lifted_on__isnull=True) if is_asked((Bar,), kinds) else ()
    standing = {bar.rule: bar for bar in held}
    now = {
        f.rule.id: f for f in findings.values() if f.rule.reaches_as == "bar" and f.outcome is not Outcome.DOES_NOT_FIRE
    }
    for rule, bar in standing.items():
        if rule not in now:
            bar.lifted_on = at
            bar.save(update_fields=["lifted_on"])
    fresh = []
    for rule, finding in now.items():
        values = {"outcome": str(finding.outcome), "ask": _asks(pack, finding), "about": list(finding.about)}
        old = standing.get(rule)
        if old is None:
            fresh.append(Bar(case=case, rule=rule, act=finding.rule.forbids or "", since_on=at, **values))
        elif any(getattr(old, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(old, name, value)
            old.save(update_fields=list(values))
    Bar.objects.bulk_create(fresh)


def _asks(pack: Rulebook, finding: Finding) -> list[str]:
    if finding.outcome is not Outcome.CANNOT_DECIDE:
        return []
    return list(pack.decide_rule(finding.rule.id, finding.frame).ask)


def standing_on(case: Case, act: str) -> list[Bar]:
    """Bars on one act now, the certain ones first."""
    rows = Bar.objects.filter(case=case, act=act, lifted_on__isnull=True)
    return sorted(rows, key=lambda bar: bar.outcome != "fires")


@dataclass(frozen=True)
class Stop:
    """What stands against an act now: `outcome` fires or cannot-decide, the words of the rule, its place, what it asks."""

    act: str
    outcome: str
    rule: str
    gist: str
    cite: dict[str, object]
    ask: tuple[str, ...] = ()
    question: str = ""


def cited(rule: Rule) -> dict[str, object]:
    """The place of a rule's sentence as a page shows it: gist, document, section, line, and the sentence where a copy is here."""
    cite, told = rule.cite, editions.told([rule])[rule.id]
    return {
        "rule": rule.id,
        "gist": rule.gist,
        "document": cite.document,
        "section": cite.section,
        "line": cite.line,
        "says": cite.says,
        "quote": told.quote,
        "notice": told.notice,
        "local": rule.local,
    }


def stops(case: Case, act: str, *, lifted: Iterable[str] = ()) -> list[Stop]:
    """Everything that stops an act in a case now, the certain ones first: bars that stand, bars of its moment, conduct."""
    standing = standing_on(case, act)
    words = _words(case) if standing else {}
    found = [
        Stop(
            act, bar.outcome, bar.rule, words[bar.rule].gist, cited(words[bar.rule]), tuple(bar.ask), _question(bar.ask)
        )
        for bar in standing
    ]
    found += _of_the_moment(case, act)
    own = conduct.standing(case) if act == conduct.ACT else None
    if own is not None:
        question = conduct.QUESTION if own.outcome != "fires" else ""
        found.append(Stop(act, own.outcome, conduct.RULE, conduct.GIST, conduct.CITE, own.ask, question))
    spared = set(lifted)
    return sorted((stop for stop in found if stop.rule not in spared), key=lambda stop: stop.outcome != "fires")


def _words(case: Case) -> dict[str, Rule]:
    """The rules as the latest evaluation of a case took them, local choices said."""
    evaluation = evaluation_of(case)
    if evaluation is None:
        return procedures.rules()
    return procedures.rules_in([case.places], evaluation.in_force_on)[case.places]


def _question(ask: Iterable[str]) -> str:
    facts = procedures.library().vocabulary
    return next((facts[name].question for name in ask if name in facts), "")


def _of_the_moment(case: Case, act: str) -> list[Stop]:
    """Bars decided on the facts last known and on the moment the act itself makes."""
    evaluation = Evaluation.objects.filter(case=case).order_by("-version", "-evaluated_at").first()
    if act not in MOMENTS or evaluation is None:
        return []
    pack = procedures.pack_at(case.places, evaluation.in_force_on)
    facts = {
        row["name"]: from_json(row["value"], pack.vocabulary[row["name"]])
        for row in evaluation.facts
        if row["about"] is None and row["name"] in pack.vocabulary
    }
    found = []
    for rule in (rule for rule in pack.rules if rule.reaches_as == "bar" and rule.forbids == act):
        if any(pack.vocabulary[name].kind == "moment" for name in pack.facts_of(rule.id)):
            result = pack.decide_rule(rule.id, facts | MOMENTS[act])
            if result.outcome is not Outcome.DOES_NOT_FIRE:
                ask = tuple(result.ask)
                found.append(Stop(act, str(result.outcome), rule.id, rule.gist, cited(rule), ask, _question(ask)))
    return found


def check_not_barred(case: Case, act: str, *, lifted: Iterable[str] = ()) -> None:
    """Raise `Refused` with the gist and place of the rule that forbids the act, or with the question that would decide it.

    `lifted` names rules that the act's own recorded answer has decided otherwise (the question asked at that screen).
    """
    refuse(stops(case, act, lifted=lifted))


def refuse(found: Iterable[Stop]) -> None:
    """Raise `Refused` for the first of what stops an act, in the words of its rule; nothing when there is none."""
    for stop in found:
        words = "This is not allowed here" if stop.outcome == "fires" else "This cannot be told yet, so it waits"
        question = f" {stop.question}" if stop.question and stop.outcome != "fires" else ""
        raise Refused(f"{words}: {stop.gist}{question} Nothing was changed.", cite=stop.cite)
