"""The partnership, one call in it, and browsers signed in on the evening of the call."""

from tests.apps.casework.conftest import at_desk, case, there

__all__ = ["at_desk", "case", "there"]
