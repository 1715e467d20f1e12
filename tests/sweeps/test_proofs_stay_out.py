"""z3 reasons when packs are checked. Whatever answers a request, decides a case or carries notices never loads it."""

from __future__ import annotations

import subprocess
import sys

SERVED = """
import importlib, pkgutil, sys
from alongside.cli import set_up_django
set_up_django()
from django.urls import get_resolver
get_resolver().url_patterns
import alongside
for module in pkgutil.walk_packages(alongside.__path__, "alongside."):
    if not module.name.startswith(PROVING) and ".migrations" not in module.name and not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print(len([name for name in sys.modules if name.startswith("alongside.")]), "z3" in sys.modules)
"""
PROVING = (
    "alongside.policy.proof",
    "alongside.policy.noticing",
    "alongside.policy.proving",
    "alongside.policy.weakening",
)


def test_nothing_that_serves_or_decides_loads_z3() -> None:
    code = f"PROVING = {PROVING!r}\n{SERVED}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    modules, loaded = done.stdout.split()
    assert int(modules) > 200, "the sweep has lost the modules"
    assert loaded == "False"
