"""The partnership with those who receive what is sent."""

from __future__ import annotations

import pytest

from tests.apps import partnership as invented
from tests.apps.partnership import Partnership
from tests.apps.receiving import extend


@pytest.fixture
def there(db: None) -> Partnership:
    return extend(invented.build())
