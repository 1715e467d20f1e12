"""An incident told days after it happened: the timeline says both moments beside the notification, and Why beside its facts."""

from __future__ import annotations

import pytest
from django.test import Client

from alongside.agencies.models import User
from alongside.cases.models import Case
from alongside.duties.models import Task
from tests.apps.intake.conftest import Tell, example
from tests.apps.reading import words


@pytest.mark.parametrize(("happened", "is_late"), [("2026-02-25T06:30:00Z", True), ("2026-03-05T08:00:00Z", False)])
def test_an_incident_told_late_says_so(tell: Tell, client: Client, happened: str, is_late: bool) -> None:
    content = example("police-incident-baby") | {"occurred_at": happened, "received_at": "2026-03-05T18:00:00Z"}
    case = Case.objects.get(reference=tell(content).answer["case"])
    officer = User.objects.filter(agency=case.opened_by_agency, role="police-officer").first()
    assert officer is not None
    client.force_login(officer)
    timeline = words(client.get(f"/cases/{case.reference}/see/timeline/"))
    assert ("True since Wednesday 25 February, 6:30am, known here since Thursday 5 March" in timeline) is is_late
    assert ("known here since" in timeline) is is_late
    task = Task.objects.get(case=case, act="refer_to_childrens_social_care")
    why = words(client.get(f"/tasks/{task.pk}/"))
    assert ("true since Wednesday 25 February, 6:30am, told on Thursday 5 March" in why) is is_late
    assert ("told on" in why) is is_late
