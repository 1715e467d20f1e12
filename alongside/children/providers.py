"""Facts that follow from school notices."""

from collections.abc import Iterable

from alongside.children.models import SchoolNotice
from alongside.duties.facts import NOTIFIED, RECORDED, CaseFile, FactValue


def taught_at_home(file: CaseFile) -> Iterable[FactValue]:
    """`child_home_educated`, of each child of whom the case says so or not."""
    for member in file.of("child"):
        if member.home_educated is not None:
            record = ("cases.casemember", str(member.pk))
            said, since = "whoever recorded the child", file.case.received_on
            yield FactValue(
                "child_home_educated", member.home_educated, said, record, since, member.person_id, NOTIFIED, "notified"
            )


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
