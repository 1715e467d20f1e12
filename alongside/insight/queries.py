"""The set of cases there is, and the one that is being prepared."""

from uuid import UUID

from alongside.insight.models import CaseSet


def ready() -> CaseSet | None:
    """The set of cases that a change can be tried on."""
    return CaseSet.objects.filter(state=CaseSet.State.READY).select_related("asked_by").first()


def asked() -> CaseSet | None:
    """The one that is being prepared."""
    return CaseSet.objects.filter(state=CaseSet.State.ASKED).first()


def latest() -> CaseSet | None:
    """The one asked for last, whatever became of it."""
    return CaseSet.objects.order_by("-asked_at").first()


def case_set(pk: UUID) -> CaseSet | None:
    return CaseSet.objects.filter(pk=pk).first()


def last_failed() -> CaseSet | None:
    """The one asked for last, where it could not be finished."""
    found = latest()
    return found if found is not None and found.state == CaseSet.State.FAILED else None
