"""Records of this app that discharge duties: one child's notice counts for that child."""

from collections.abc import Callable, Iterable

from alongside.cases.models import Case
from alongside.children.models import SchoolNotice
from alongside.duties.hooks import Evidence


def opened(case: Case) -> Iterable[Evidence]:
    for row in SchoolNotice.objects.filter(case=case, opened_at__isnull=False):
        yield Evidence(
            "school.notice_opened",
            ("children.schoolnotice", row.pk),
            row.opened_at or row.sent_at,
            frozenset({str(row.child_id)}),
        )


def told(case: Case) -> Iterable[Evidence]:
    for row in SchoolNotice.objects.filter(case=case, told_by_phone_at__isnull=False):
        when = row.told_by_phone_at or row.sent_at
        yield Evidence(
            "school.told_by_telephone", ("children.schoolnotice", row.pk), when, frozenset({str(row.child_id)})
        )


KINDS: dict[str, Callable[[Case], Iterable[Evidence]]] = {
    "school.notice_opened": opened,
    "school.told_by_telephone": told,
}
