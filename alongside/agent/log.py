"""What was asked of the agency, for what, and what it answered: a line each, on disk before the answer leaves."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from alongside.agent.exchange import Question, Reply


def write(path: Path, question: Question, reply: Reply, records: list[str], at: datetime) -> None:
    """Add a line, readable by its owner alone; no token is kept: of somebody nobody here holds, nothing stays. Raises OSError."""
    said = {
        "at": at.isoformat(timespec="seconds"),
        "id": question.id,
        "agency": question.agency,
        "role": question.role,
        "purpose": question.purpose,
        "answer": reply.answer,
        "why": reply.why,
        "records": records,
    }
    line = (json.dumps(said, ensure_ascii=False) + "\n").encode()
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, line)
        os.fsync(file)
    finally:
        os.close(file)


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Every line there is, the first first; one that was cut off by a full disk is left out."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                continue
