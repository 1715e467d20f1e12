"""What the viewer has typed of referrals and not sent."""

from __future__ import annotations

import json
from typing import TypeVar
from uuid import UUID

from django.db import models
from django.http import QueryDict

from alongside.agencies.access import Refused
from alongside.cases.models import Case
from alongside.casework.models import UnsentReferral
from alongside.gate.viewing import GatedQuerySet, Viewer


def unsent(viewer: Viewer) -> GatedQuerySet[UnsentReferral]:
    """Those of cases the viewer may still see, each with its case; the gate narrows them to the writer's own."""
    cases = Case.objects.visible_to(viewer)
    return UnsentReferral.objects.filter(case__in=cases.values("pk")).select_related("case__area")


def begun(viewer: Viewer) -> list[UnsentReferral]:
    """Those the viewer has begun and not sent, the latest first."""
    return list(unsent(viewer).visible_to(viewer).filter(sent_on__isnull=True).order_by("-kept_at"))


def unsent_of(case: Case, service: str, viewer: Viewer) -> UnsentReferral | None:
    """The viewer's own about a case and a service, not sent yet."""
    return unsent(viewer).visible_to(viewer).filter(case=case, service=service, sent_on__isnull=True).first()


def typed(row: UnsentReferral) -> QueryDict:
    """What was typed, as a form takes it."""
    found = QueryDict(mutable=True)
    for name, values in json.loads(row.content.open() or "{}").items():
        found.setlist(name, values)
    return found


Sent = TypeVar("Sent", bound=models.Model)


def sent_before(kind: type[Sent], key: UUID, case: Case) -> Sent | None:
    """The record a page has become already. `key` is the id it gets: the same page sent twice is one record.

    Two sends of one page wait for each other here.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    there = kind._default_manager.filter(pk=key).first()
    if there is not None and there.case_id != case.pk:  # type: ignore[attr-defined]  # every record of this kind is a case's
        raise Refused("This page was sent already, about somebody else. Open it again from the case; nothing was sent.")
    return there
