"""Logs say what happened and where in the code; never who, and never what was typed."""

from __future__ import annotations

import logging
import re
import traceback
from typing import Any

# What an address may show in a log: words of the route, references and uuids. Anything after `?` is dropped.
_QUERY = re.compile(r"\?\S*")


class NoPersonalData(logging.Filter):
    """Drops query strings from messages, and the request object, whose text could hold typed values."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _QUERY.sub("", record.getMessage())
        record.args = ()
        record.__dict__.pop("request", None)
        return True


class LineFormatter(logging.Formatter):
    """One line a message; a fault is its type and the places it passed, without its text or any value."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        kind, _, trace = ei
        places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join([f"{kind.__module__}.{kind.__qualname__}", *places])
