"""Open questions: only to people who can know the answer, only for rules that would become a duty, a bar or a threshold."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from alongside.cases.models import Case
from alongside.duties.evaluation import PEOPLE_OF, Finding
from alongside.duties.facts import CaseFile
from alongside.duties.models import Question
from alongside.policy import Outcome, Rulebook

ASKED_FOR = ("duty", "bar", "threshold")


def settle_questions(*, case: Case, pack: Rulebook, file: CaseFile, findings: dict[str, Finding], at: datetime) -> None:
    """Ask what would decide something now; stop asking what no longer would."""
    wanted = _wanted(pack, file, findings)
    held = Question.objects.filter(case=case, state="open") if file.may_have(Question) else ()
    standing = {(q.fact, q.about_id): q for q in held}
    for key, question in standing.items():
        if key not in wanted:
            question.state, question.ended_on = "no-longer-asked", at
            question.save(update_fields=["state", "ended_on"])
        elif sorted(question.rules) != sorted(wanted[key]):
            question.rules, question.weight = sorted(wanted[key]), _weight(pack, wanted[key])
            question.save(update_fields=["rules", "weight"])
    Question.objects.bulk_create(
        Question(case=case, fact=fact, about_id=about, rules=sorted(rules), weight=_weight(pack, rules), asked_on=at)
        for (fact, about), rules in wanted.items()
        if (fact, about) not in standing
    )


def _wanted(pack: Rulebook, file: CaseFile, findings: dict[str, Finding]) -> dict[tuple[str, UUID | None], set[str]]:
    wanted: dict[tuple[str, UUID | None], set[str]] = {}
    for finding in findings.values():
        if finding.outcome is not Outcome.CANNOT_DECIDE or finding.rule.reaches_as not in ASKED_FOR:
            continue
        for fact in pack.decide_rule(finding.rule.id, finding.frame).ask:
            if pack.vocabulary[fact].askable and pack.vocabulary[fact].who:
                for about in _about(pack, file, fact, finding):
                    wanted.setdefault((fact, about), set()).add(finding.rule.id)
    return wanted


def _about(pack: Rulebook, file: CaseFile, fact: str, finding: Finding) -> Iterable[UUID | None]:
    """The people a question is about: each child or person causing harm the rule is undecided for, or the case alone."""
    roles = PEOPLE_OF.get(pack.vocabulary[fact].per)
    people = [m.person_id for m in file.of(*roles) if str(m.person_id) in finding.about] if roles else []
    return people or [None]


def _weight(pack: Rulebook, rules: Iterable[str]) -> int:
    return sum(pack.rule(id_).severity for id_ in rules)
