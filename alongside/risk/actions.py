"""Recording an assessment, a judgement that raises it, and a review."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.people.models import Person
from alongside.risk.instruments import instruments
from alongside.risk.models import Answer, Assessment, Judgement, Review


@dataclass(frozen=True)
class Filled:
    """An instrument as a worker filled it in: topic to answer, and to who said so and a note where given."""

    instrument: str
    answers: Mapping[str, str]
    sources: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    grade: str = ""
    serious_concern: bool | None = None
    reason: str = ""
    completed_on: datetime | None = None
    completed_by: str = ""


RANK = {"": 0, "standard": 1, "medium": 2, "high": 3}


@action("risk.assessment_recorded")
def record_assessment(
    *,
    case: Case,
    person: Person | None,
    instrument: str,
    version: str = "",
    completed_at: datetime | None = None,
    completed_by_words: str = "",
    answers: Mapping[str, str],
    sources: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
    grade: str | None = None,
    serious_concern: bool | None = None,
    reason: str = "",
    id: UUID | None = None,
    by: User,
    at: datetime,
) -> Assessment:
    """Keep one filled-in instrument. The caller tells `cases.changed` once everything of the change is in."""
    known = instruments()[instrument]
    unknown = sorted(set(answers) - set(known.keys)) if known.topics else []
    if unknown:
        raise Refused(f"“{unknown[0]}” is not a topic of this checklist. Nothing was saved.")
    row = Assessment.objects.create(
        id=id or uuid4(),
        case=case,
        person=person,
        instrument=instrument,
        version=version or known.version,
        agency=by.agency,
        completed_by_words=completed_by_words,
        completed_on=completed_at,
        grade=grade or "",
        serious_concern=serious_concern,
        reason=reason,
        recorded_at=at,
        recorded_by=by,
    )
    Answer.objects.bulk_create(
        Answer(
            assessment=row,
            topic=topic,
            answer=answer,
            source=(sources or {}).get(topic, ""),
            note=(notes or {}).get(topic, ""),
        )
        for topic, answer in answers.items()
    )
    record(row, by=by, at=at, instrument=instrument, case=str(case.pk))
    return row


@action("risk.assessed")
def assess(*, case: Case, filled: Filled, id: UUID, by: User, at: datetime) -> Assessment:
    """A worker fills in an instrument: a new record beside the earlier ones. `id` names the page, so that sending it twice keeps one."""
    access.check_may(by, "assess")
    Case.objects.select_for_update().get(pk=case.pk)  # two presses wait for each other here
    there = Assessment.objects.filter(pk=id).first()
    if there is not None:
        _check_same_page(there.case_id == case.pk and there.recorded_by_id == by.pk)
    row = there or _keep_filled(case, filled, id, by, at)
    record(row, by=by, at=at, instrument=row.instrument, case=str(case.pk))
    if there is None:
        cases.note(
            case=case,
            what="A risk assessment was recorded",
            record_kind="risk.assessment",
            record_id=row.pk,
            by=by,
            at=at,
        )
        cases.changed(case=case, by=by, at=at)
    return row


def _check_same_page(same: bool) -> None:
    if not same:
        raise Refused("This page belongs to another record. Open it again from the case. Nothing was saved.")


def _keep_filled(case: Case, filled: Filled, id: UUID, by: User, at: datetime) -> Assessment:
    if filled.serious_concern and not filled.reason.strip():
        raise Refused("Say in a sentence what concerns you. Nothing was saved.")
    victim = case.members.filter(role="victim").select_related("person").first()
    return record_assessment(
        id=id,
        case=case,
        person=victim.person if victim else None,
        instrument=filled.instrument,
        completed_at=filled.completed_on or at,
        completed_by_words=filled.completed_by or by.role_held.label,
        answers=filled.answers,
        sources=filled.sources,
        notes=filled.notes,
        grade=filled.grade,
        serious_concern=filled.serious_concern,
        reason=filled.reason,
        by=by,
        at=at,
    )


@action("risk.judged")
def judge(*, case: Case, what: str, reason: str, id: UUID | None = None, by: User, at: datetime) -> Judgement:
    """Raise: say that the risk is higher than an instrument shows, and why. `id` names the page, so that sending it twice keeps one."""
    access.check_may(by, "assess")
    Case.objects.select_for_update().get(pk=case.pk)  # two presses wait for each other here
    there = Judgement.objects.filter(pk=id).first() if id else None
    if there is not None:
        _check_same_page(there.case_id == case.pk and there.judged_by_id == by.pk)
        record(there, by=by, at=at, what=there.what, case=str(case.pk), again=True)
        return there
    if not reason.strip():
        raise Refused(
            "Say in a sentence what concerns you. A judgement without its reason helps nobody who reads it later. Nothing was saved."
        )
    row = Judgement.objects.create(id=id or uuid4(), case=case, what=what, reason=reason, judged_at=at, judged_by=by)
    record(row, by=by, at=at, what=what, case=str(case.pk))
    cases.note(
        case=case,
        what="A professional judgement about risk was recorded",
        record_kind="risk.judgement",
        record_id=row.pk,
        by=by,
        at=at,
    )
    cases.changed(case=case, by=by, at=at)
    return row


@action("risk.reviewed")
def review(
    *,
    assessment: Assessment,
    place: str,
    agreed: bool,
    grade: str,
    safeguarding_concern: bool | None,
    note: str,
    by: User,
    at: datetime,
) -> Review:
    """Review a police log. A reviewer may raise the grade, never lower it. The same words again are the same review."""
    access.check_may(by, "review_assessment")
    if assessment.recorded_by_id == by.pk:
        raise Refused("You filled this log in yourself; a colleague reviews it. Nothing was saved.")
    if grade and RANK[grade] < RANK[assessment.grade]:
        raise Refused(
            "A review can raise a grade, never lower it. Record what you see differently in the note; nothing was saved."
        )
    said = {
        "place": place,
        "agreed": agreed,
        "grade": grade,
        "safeguarding_concern": safeguarding_concern,
        "note": note,
    }
    Case.objects.select_for_update().get(pk=assessment.case_id)
    there = Review.objects.filter(assessment=assessment, reviewed_by=by, **said).first()
    if there is not None:
        record(there, by=by, at=at, place=place, again=True)
        return there
    row = Review.objects.create(
        case=assessment.case,
        assessment=assessment,
        reviewed_at=at,
        reviewed_by=by,
        **said,
    )
    record(row, by=by, at=at, place=place)
    cases.note(
        case=assessment.case,
        what="The police log was reviewed",
        record_kind="risk.review",
        record_id=row.pk,
        by=by,
        at=at,
    )
    cases.changed(case=assessment.case, by=by, at=at)
    return row
