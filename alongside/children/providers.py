"""Facts that follow from school notices."""

from collections.abc import Iterable

from alongside.children.models import SchoolNotice
from alongside.duties.facts import RECORDED, CaseFile, FactValue


def notices(file: CaseFile) -> Iterable[FactValue]:
    """`encompass_notification_received`: a school has been told."""
    row = SchoolNotice.objects.filter(case=file.case).select_related("sent_by").order_by("sent_at").first()
    if row is not None:
        record = ("children.schoolnotice", str(row.pk))
        yield FactValue(
            "encompass_notification_received",
            True,
            "Police",
            record,
            row.sent_at,
            None,
            RECORDED,
            "record",
            agency=row.sent_by.agency_id,
        )
