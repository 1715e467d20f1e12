"""The set of cases there is, and the one that is being prepared."""

from uuid import UUID

from alongside.insight.models import CaseSnapshot


def ready() -> CaseSnapshot | None:
    """The set of cases that a change can be tried on."""
    return CaseSnapshot.objects.filter(state=CaseSnapshot.State.READY).select_related("asked_by").first()


def asked() -> CaseSnapshot | None:
    """The one that is being prepared."""
    return CaseSnapshot.objects.filter(state=CaseSnapshot.State.ASKED).first()


def latest() -> CaseSnapshot | None:
    """The one asked for last, whatever became of it."""
    return CaseSnapshot.objects.order_by("-asked_at").first()


def snapshot(pk: UUID) -> CaseSnapshot | None:
    return CaseSnapshot.objects.filter(pk=pk).first()


def last_failed() -> CaseSnapshot | None:
    """The one asked for last, where it could not be finished."""
    found = latest()
    return found if found is not None and found.state == CaseSnapshot.State.FAILED else None
