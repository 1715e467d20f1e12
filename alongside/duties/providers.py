"""Facts this app knows itself."""

from collections.abc import Iterable

from alongside.duties.facts import ANSWERED, NOTIFIED, CaseFile, FactValue
from alongside.duties.models import ObservedFact
from alongside.policy import Value
from alongside.policy.codec import from_json
from alongside.procedures.queries import library

STANDING = {"notified": NOTIFIED, "answered": ANSWERED, "judged": ANSWERED, "not-safe": NOTIFIED}


def the_case_itself(file: CaseFile) -> Iterable[FactValue]:
    """An event whose only record is Alongside has not happened until it is recorded here: *no*, and never a question."""
    record = ("cases.case", str(file.case.pk))
    for name, value in not_recorded():
        yield FactValue(
            name, value, "no such record in Alongside", record, file.case.opened_at, standing=0, manner="no record"
        )


def not_recorded() -> Iterable[tuple[str, Value]]:
    """What a case says of whatever would be recorded here, while nothing is."""
    for name, fact in library().vocabulary.items():
        if fact.kind == "event" and not fact.unknown_ok and fact.type == "boolean":
            yield name, False
    yield "dvds_applicant", "none"


# A setting is the partnership's, a moment belongs to the act: a notification that states one changes no rule.
NEVER_STATED = frozenset({"setting", "moment"})
# What only a record here can make true: nobody was sent anything because somebody says so.
OWN_RECORDS = frozenset({"dva_communication_received_by_csc", "encompass_notification_received"})


def observed(file: CaseFile) -> Iterable[FactValue]:
    """Answers, judgements and the facts a notification stated outright; the superseded ones left out."""
    vocabulary = library().vocabulary
    for row in ObservedFact.objects.filter(case=file.case, superseded_by__isnull=True).order_by("stated_at"):
        fact = vocabulary.get(row.name)
        if fact is None or fact.kind in NEVER_STATED or row.name in OWN_RECORDS:
            continue  # kept and shown, and used by no rule
        yield FactValue(
            row.name,
            from_json(row.value, fact),
            row.said_by,
            ("duties.observedfact", str(row.pk)),
            row.true_since_on or row.stated_at,
            row.about_id,
            STANDING[row.manner],
            row.manner,
            agency=row.agency_id,
        )
