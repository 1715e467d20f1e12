"""Facts this app knows itself."""

from collections.abc import Iterable

from alongside.duties.facts import ANSWERED, NOTIFIED, CaseFile, FactValue
from alongside.duties.models import ObservedFact
from alongside.policy.codec import from_json
from alongside.procedures.queries import library

STANDING = {"notified": NOTIFIED, "answered": ANSWERED, "judged": ANSWERED, "not-safe": NOTIFIED}


def the_case_itself(file: CaseFile) -> Iterable[FactValue]:
    """An event whose only record is Alongside has not happened until it is recorded here: *no*, and never a question."""
    record = ("cases.case", str(file.case.pk))
    for name, fact in library().vocabulary.items():
        if fact.kind == "event" and not fact.unknown_ok and fact.type == "boolean":
            yield FactValue(
                name, False, "no such record in Alongside", record, file.case.opened_at, standing=0, manner="no record"
            )
    yield FactValue(
        "dvds_applicant",
        "none",
        "no such record in Alongside",
        record,
        file.case.opened_at,
        standing=0,
        manner="no record",
    )


def observed(file: CaseFile) -> Iterable[FactValue]:
    """Answers, judgements and the facts a notification stated outright; the superseded ones left out."""
    vocabulary = library().vocabulary
    for row in ObservedFact.objects.filter(case=file.case, superseded_by__isnull=True).order_by("stated_at"):
        fact = vocabulary.get(row.name)
        if fact is None:  # renamed or dropped since it was stated: shown on the case page, used by no rule
            continue
        yield FactValue(
            row.name,
            from_json(row.value, fact),
            row.said_by,
            ("duties.observedfact", str(row.pk)),
            row.true_since_on or row.stated_at,
            row.about_id,
            STANDING[row.manner],
            row.manner,
        )
