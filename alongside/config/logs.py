"""Logs say what happened and where in the code; never who, and never what was typed."""

from __future__ import annotations

import logging
import re
import time
import traceback
from typing import Any

# What an address may show in a log: words of the route, references and uuids. Anything after `?` is dropped.
_QUERY = re.compile(r"\?\S*")
# A line is a line: whatever would begin another, or turn a screen around, is a blank.
_SIGNS = {code: " " for code in (*range(32), 127, *range(128, 160), 0x2028, 0x2029, 0x202E, 0x2066, 0x2067)}


class NoPersonalData(logging.Filter):
    """Drops query strings from messages, what would break their line, and the request object, whose text could hold typed values."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _QUERY.sub("", record.getMessage()).translate(_SIGNS)
        record.args = ()
        record.__dict__.pop("request", None)
        return True


class LineFormatter(logging.Formatter):
    """One line a message, its moment in UTC; a fault is its type and the places it passed, without its text or any value."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        kind, _, trace = ei
        places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join([f"{kind.__module__}.{kind.__qualname__}", *places])
