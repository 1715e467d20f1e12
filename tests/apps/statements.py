"""The statements something takes, in their shape: without values and names that change from run to run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

# A text, the name of a savepoint, an id, a number; then a list of them.
VALUES = re.compile(r"""'(?:[^']|'')*'|"s\d+_x\d+"|\b[0-9a-f]{32}\b|\b\d+\b""")
LISTS = re.compile(r"\(\?(?:(?:::uuid)?, \?)*(?:::uuid)?\)")


def statements(do: Callable[[], object]) -> list[str]:
    """Every statement that `do` sends to the database."""
    with CaptureQueriesContext(connection) as seen:
        do()
    return [LISTS.sub("(?)", VALUES.sub("?", query["sql"])) for query in seen.captured_queries]


def differing(few: list[str], many: list[str]) -> dict[str, list[str]]:
    """What one has and the other has not, for the message of a test that counts both."""
    return {
        f"only in the first, of {len(few)}": list((Counter(few) - Counter(many)).elements()),
        f"only in the second, of {len(many)}": list((Counter(many) - Counter(few)).elements()),
    }
