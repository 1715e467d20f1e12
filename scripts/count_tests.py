"""Adds up the results of every part of `make test` and prints the one closing line; fails when a part ran nothing."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def main(folder: Path) -> int:
    passed = failed = skipped = 0
    empty = []
    for path in sorted(folder.glob("*.xml")):
        suite = ElementTree.parse(path).getroot().find("testsuite")  # noqa: S314 - written by our own run just now
        if suite is None:
            raise ValueError(f"{path.name} holds no results")
        ran, out = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        wrong = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        if ran == 0:
            empty.append(path.stem)
        passed, failed, skipped = passed + ran - wrong - out, failed + wrong, skipped + out
    if empty:
        print(f"no test ran in: {', '.join(empty)}")
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or skipped or empty or not passed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
