"""The walk-through of a change does what it says: its commands are run as they stand on the page."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to" / "change-a-number-safely.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.S)
SAYS = [
    ("wm-marac-14-ticks does not fire where dash_yes_count = 14", 1),
    ("promise baby-is-referred is broken", 1),
    ("No case can be", 0),
    ('"outcome": "fires"', 0),
]


def test_every_command_of_the_page_is_run() -> None:
    assert len(BLOCKS) == len(SAYS)


@pytest.mark.slow
@pytest.mark.parametrize(("block", "says", "status"), [(b, *s) for b, s in zip(BLOCKS, SAYS, strict=True)])
def test_a_command_of_the_page_answers_as_it_says(block: str, says: str, status: int, tmp_path: Path) -> None:
    # A folder of its own in place of /tmp, started empty: `rm -r` of what an earlier block made finds nothing to remove.
    script = block.replace("/tmp/", f"{tmp_path}/").replace("rm -r ", "rm -rf ")  # noqa: S108
    done = subprocess.run(
        ["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert says in done.stdout + done.stderr
    assert done.returncode == status, done.stderr
