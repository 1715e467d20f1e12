"""The partnership with those who receive what is sent."""

from tests.apps.casework.conftest import there

__all__ = ["there"]
