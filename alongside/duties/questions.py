"""Open questions: only to people who can know the answer, only for rules that would become a duty, a bar or a threshold."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from alongside.cases.models import Case
from alongside.duties.evaluation import Finding
from alongside.duties.holding import Kinds, is_asked
from alongside.duties.models import Question
from alongside.policy import Rulebook
from alongside.policy.questions import WORTH_ASKING, shares, weight
from alongside.policy.weighing import Held, Key, Weighed, weigh


def settle_questions(
    *, case: Case, pack: Rulebook, findings: Mapping[str, Finding], kinds: Kinds = None, at: datetime
) -> None:
    """Ask what would decide something now; stop asking what no longer would."""
    wanted = _wanted(pack, findings)
    held = Question.objects.filter(case=case, state="open") if is_asked((Question,), kinds) else ()
    standing = {(q.fact, str(q.about_id or "")): q for q in held}
    changed = [question for key, question in standing.items() if _brings_up_to_date(question, wanted.get(key), at)]
    Question.objects.bulk_update(changed, ["state", "ended_on", "rules", "weight"])
    Question.objects.bulk_create(
        Question(case=case, fact=fact, about_id=UUID(about) if about else None, asked_on=at, **_values(parts))
        for (fact, about), parts in wanted.items()
        if (fact, about) not in standing
    )


def weighed(pack: Rulebook, findings: Iterable[Finding]) -> list[Weighed]:
    """The rules worth asking for that cannot be told, each over everybody it cannot be told for."""
    found = []
    for finding in findings:
        if finding.undecided and finding.rule.reaches_as in WORTH_ASKING:
            frames = [Held(frame.values, frame.whose) for frame in finding.undecided]
            found.append(weigh(pack, finding.rule.id, frames))
    return [one for one in found if one is not None]


Parts = list[tuple[Fraction, Weighed]]


def _wanted(pack: Rulebook, findings: Mapping[str, Finding]) -> dict[Key, Parts]:
    wanted: dict[Key, Parts] = {}
    for one, key, share in shares(weighed(pack, findings.values()), pack.vocabulary):
        wanted.setdefault(key, []).append((share, one))
    return wanted


def _values(parts: Parts) -> dict[str, object]:
    return {"rules": sorted({one.rule.id for _, one in parts}), "weight": weight(parts)}


def _brings_up_to_date(question: Question, parts: Parts | None, at: datetime) -> bool:
    """Whether a standing question had to be changed."""
    if parts is None:
        question.state, question.ended_on = "no-longer-asked", at
        return True
    now = _values(parts)
    if (sorted(question.rules), question.weight) == (now["rules"], now["weight"]):
        return False
    for name, value in now.items():
        setattr(question, name, value)
    return True
