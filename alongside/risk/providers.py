"""Facts that follow from assessments, judgements and reviews."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from alongside.duties.facts import ANSWERED, NOTIFIED, RECORDED, CaseFile, FactValue
from alongside.duties.models import ObservedFact
from alongside.policy.values import Range, Value
from alongside.risk.instruments import instruments
from alongside.risk.models import Assessment, Judgement
from alongside.risk.queries import stated_beside, stated_value
from alongside.risk.results import count, latest_by_source


def _assessments(file: CaseFile) -> list[Assessment]:
    """Oldest first, read once per evaluation."""
    cached = file.__dict__.get("_assessments")
    if cached is None:
        rows = (
            Assessment.objects.filter(case=file.case)
            .select_related("agency")
            .prefetch_related("answers")
            .order_by("recorded_at", "pk")
        )
        cached = list(rows)
        object.__setattr__(file, "_assessments", cached)
    return cached


def _of_the_victim(file: CaseFile) -> list[Assessment]:
    """Those of the victim's own risk, and those that name nobody; of another person's none counts here."""
    victim = file.victim.person_id if file.victim else None
    return [row for row in _assessments(file) if row.person_id in (None, victim)]


def _made_on(row: Assessment) -> datetime:
    return row.completed_on or row.recorded_at


def _latest(rows: Sequence[Assessment]) -> list[Assessment]:
    """A later assessment stands over an earlier one; of those made at one moment all are told, and may be disputed."""
    return [row for row in rows if _made_on(row) == max(map(_made_on, rows))]


def _record(row: Assessment) -> tuple[str, str]:
    return ("risk.assessment", str(row.pk))


def counted(file: CaseFile) -> Iterable[FactValue]:
    """`dash_yes_count`, as a range while topics are open; nothing said when no checklist was filled in.

    A number stated outright beside the last checklist counts as much as what was counted: within the range it narrows it.
    """
    rows = [a for a in _of_the_victim(file) if a.instrument == "dash"]
    if rows:
        result = count(instruments()["dash"], latest_by_source(rows))
        value = result.least if result.is_settled else Range(result.least, result.most)
        last = rows[-1]
        yield FactValue(
            "dash_yes_count",
            value,
            last.agency.name,
            _record(last),
            last.completed_on or last.recorded_at,
            None,
            RECORDED,
            "checklist",
            agency=last.agency_id,
        )
    stated = stated_beside(rows) if file.may_have(ObservedFact) else None
    if stated is not None:
        yield FactValue(
            stated.name,
            stated_value(stated),
            stated.said_by,
            ("duties.observedfact", str(stated.pk)),
            stated.true_since_on or stated.stated_at,
            None,
            RECORDED,
            "stated beside the checklist",
            agency=stated.agency_id,
        )


def graded(file: CaseFile) -> Iterable[FactValue]:
    """`police_risk_high` from the grade police gave last; `professional_serious_concern` from what the worker ticked."""
    rows = _of_the_victim(file)
    for row in _latest([row for row in rows if row.agency.kind == "police" and row.grade]):
        since = _made_on(row)
        is_high = row.grade == "high"
        yield FactValue(
            "police_risk_high",
            is_high,
            row.agency.name,
            _record(row),
            since,
            None,
            NOTIFIED,
            "grade",
            agency=row.agency_id,
        )
    for row in rows:
        since = _made_on(row)
        if row.serious_concern is not None:
            yield FactValue(
                "professional_serious_concern",
                row.serious_concern,
                row.agency.name,
                _record(row),
                since,
                None,
                NOTIFIED,
                "judged",
                agency=row.agency_id,
            )


def topics(file: CaseFile) -> Iterable[FactValue]:
    """Topics of a checklist or log that are exactly a fact of the vocabulary, where the answer is yes or no."""
    for row in _of_the_victim(file):
        given = {answer.topic: answer.answer for answer in row.answers.all()}
        for topic in instruments()[row.instrument].topics:
            if topic.fact and given.get(topic.key) in ("yes", "no"):
                yield _logged(row, topic.fact, given[topic.key] == "yes", NOTIFIED)


def logged(file: CaseFile) -> Iterable[FactValue]:
    """`dial_completed` and when; the MASH's concern."""
    logs = [row for row in _assessments(file) if row.instrument == "dial"]
    last = _latest([row for row in logs if row.completed_on])
    for row in logs:
        yield _logged(row, "dial_completed", True, RECORDED)
        if row in last:
            yield _logged(row, "dial_completed_at", row.completed_on, RECORDED)
        for review in row.reviews.select_related("reviewed_by"):
            if review.safeguarding_concern is not None:
                source = ("risk.review", str(review.pk))
                yield FactValue(
                    "safeguarding_concern_apparent",
                    review.safeguarding_concern,
                    row.agency.name,
                    source,
                    review.reviewed_at,
                    None,
                    ANSWERED,
                    "review",
                    agency=review.reviewed_by.agency_id,
                )


def _logged(row: Assessment, name: str, value: Value, standing: int) -> FactValue:
    return FactValue(
        name, value, row.agency.name, _record(row), _made_on(row), None, standing, "log", agency=row.agency_id
    )


def judged(file: CaseFile) -> Iterable[FactValue]:
    """A judgement raises: serious concern, or assessed at high risk."""
    facts = {"serious-concern": "professional_serious_concern", "high-risk": "assessed_high_risk"}
    for row in Judgement.objects.filter(case=file.case).select_related("judged_by"):
        said_by = row.judged_by.role_held.label
        yield FactValue(
            facts[row.what],
            True,
            said_by,
            ("risk.judgement", str(row.pk)),
            row.judged_at,
            None,
            ANSWERED,
            "judged",
            agency=row.judged_by.agency_id,
        )
