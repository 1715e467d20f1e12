"""Who asks in vain is in the audit too; and what no page of ours would ask never becomes a fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.audit.models import Event
from alongside.cases.models import Case
from alongside.duties.models import Task
from tests.apps.partnership import Partnership
from tests.apps.reading import reads

SignIn = Callable[[str], Client]
NOTHING = "AL-0000-00"


def last() -> tuple[str, str, str]:
    event = reads("refused")[-1]
    return event.subject_kind, event.subject_ids, event.detail


def test_a_foreign_case_and_one_that_is_none_are_audited_alike(case: Case, there: Partnership, at_desk: SignIn) -> None:
    for reference in (case.reference, NOTHING):
        answer = at_desk("manager").get(f"/cases/{reference}/")
        assert answer.status_code == 404
        assert last() == ("address", reference, '{"page":"cases:case","why":"not-visible"}')
    assert {event.actor for event in reads("refused")} == {there.users["manager"].audit_name}


def test_a_missing_permission_is_audited(case: Case, at_desk: SignIn) -> None:
    assert at_desk("auditor").get(f"/cases/{case.reference}/").status_code == 403
    assert last() == ("address", case.reference, '{"page":"cases:case","why":"refused"}')


def test_no_name_typed_into_an_address_is_kept(at_desk: SignIn) -> None:
    assert at_desk("manager").get("/cases/Amina%20Hartley/").status_code == 404
    assert last()[1] == "none"
    assert not any("Amina" in event.detail + event.subject_ids for event in Event.objects.all())


@pytest.mark.parametrize(
    "path", ["/cases/a%00b/", "/cases/?reference=a%00b", "/search/?%00=1", "/api/v1/notifications/a%00b"]
)
def test_the_character_nothing_has_leads_to_nothing(at_desk: SignIn, path: str) -> None:
    """PostgreSQL takes no text with it."""
    answer = at_desk("officer").get(path)
    assert answer.status_code in (401, 404), answer.status_code


def test_what_the_next_page_will_say_is_kept_here_and_not_in_the_browser(case: Case, at_desk: SignIn) -> None:
    """It may say what is owed in a case; a cookie would keep that in clear on the device."""
    client, task = at_desk("officer"), Task.objects.get(act="refer_to_childrens_social_care")
    spoken = {"spoken_to": "the duty manager", "on_0": "2", "on_1": "3", "on_2": "2026", "on_3": "10:05pm"}
    answer = client.post(f"/tasks/{task.pk}/spoken/", spoken)
    assert answer.status_code == 302 and set(answer.cookies) <= {"session", "csrf"}
    assert "The telephone call is noted." in client.get(f"/tasks/{task.pk}/").content.decode()
