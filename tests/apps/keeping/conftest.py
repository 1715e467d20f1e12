"""Two leads of the police, a case that owes nothing any more, and a list of the erased of this test alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from alongside.agencies.models import Membership, User
from alongside.audit.testing import writing
from alongside.cases.models import Case
from alongside.duties.models import Duty
from tests.apps import partnership as invented
from tests.apps.partnership import NOW, Partnership
from tests.apps.sharing.leads import add_leads


@pytest.fixture(autouse=True)
def erased(tmp_path: Path, settings: Any) -> Path:
    """The list of the erased."""
    settings.ALONGSIDE_ERASED = tmp_path / "erased"
    return tmp_path / "erased"


@pytest.fixture
def leads(there: Partnership) -> Partnership:
    """`lead` and `governance-police` may erase together what the police recorded."""
    add_leads(there)
    user = User.objects.create(
        email="ig@alongside.example",
        name="Ash Governance",
        agency=there.agencies["west-midlands-police"],
        role="information-governance-lead",
    )
    Membership.objects.create(user=user, team=there.teams["desk"], from_on=NOW.date() - timedelta(days=30))
    there.users["ig"] = user
    return there


@pytest.fixture
def quiet(leads: Partnership) -> Case:
    """A case in which nothing is owed."""
    case = invented.call(leads)
    with writing():
        Duty.objects.filter(case=case).update(state="done")
    return case
