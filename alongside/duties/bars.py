"""Prohibitions in force. A bar that fires *or cannot be decided* stops its act; the undecided one asks its question there.

Calling 999 and protecting a child are never stopped: no act of that kind may be named by a bar (`NEVER_BARRED`, and a test).
"""

from collections.abc import Iterable
from datetime import datetime

from alongside.agencies.access import Refused
from alongside.cases.models import Case
from alongside.duties.evaluation import Finding
from alongside.duties.models import Bar
from alongside.policy import Outcome, Pack
from alongside.procedures import queries as procedures

NEVER_BARRED = frozenset({"call_999", "refer_to_childrens_social_care", "protect_a_child"})


def settle_bars(*, case: Case, pack: Pack, findings: dict[str, Finding], at: datetime) -> None:
    """Raise, change or lift the bars of a case."""
    standing = {bar.rule: bar for bar in Bar.objects.filter(case=case, lifted_on__isnull=True)}
    now = {f.rule.id: f for f in findings.values() if f.rule.reaches_as == "bar" and f.outcome is not Outcome.DOES_NOT_FIRE}
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


def _asks(pack: Pack, finding: Finding) -> list[str]:
    if finding.outcome is not Outcome.CANNOT_DECIDE:
        return []
    return list(pack.decide_rule(finding.rule.id, finding.frame).ask)


def standing_on(case: Case, act: str) -> list[Bar]:
    """Bars on one act now, the certain ones first."""
    rows = Bar.objects.filter(case=case, act=act, lifted_on__isnull=True)
    return sorted(rows, key=lambda bar: bar.outcome != "fires")


def check_not_barred(case: Case, act: str, *, lifted: Iterable[str] = ()) -> None:
    """Raise `Refused` with the gist and place of the rule that forbids the act, or with the question that would decide it.

    `lifted` names rules that the act's own recorded answer has decided otherwise (the question asked at that screen).
    """
    for bar in standing_on(case, act):
        if bar.rule in set(lifted):
            continue
        rule = procedures.rules()[bar.rule]
        words = "This is not allowed here" if bar.outcome == "fires" else "This cannot be told yet, so it waits"
        raise Refused(f"{words}: {rule.gist} Nothing was changed.", cite=rule.cite)
