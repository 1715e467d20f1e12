"""A partnership with a second administrator and the leads of an agency."""

from __future__ import annotations

import pytest

from alongside.agencies.models import User
from tests.apps.partnership import Partnership


@pytest.fixture
def desk(there: Partnership) -> Partnership:
    """With a second administrator, and the lead of an agency."""
    for name, role, agency in (
        ("second-administrator", "partnership-administrator", "partnership"),
        ("lead", "safeguarding-lead", "haven"),
        ("other-lead", "safeguarding-lead", "haven"),
    ):
        there.users[name] = User.objects.create_user(
            f"{name}@alongside.example", None, name=f"Ash {name.title()}", agency=there.agencies[agency], role=role
        )
    return there
