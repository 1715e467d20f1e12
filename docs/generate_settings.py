"""Writes docs/reference/settings.md from the one table of settings. Run by `make docs`; `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from alongside.config.env import SETTINGS, Setting

OUT = Path(__file__).resolve().parent / "reference" / "settings.md"
HEAD = """# Settings

Everything Alongside reads from its environment. None must be set to try it; to run it for real set `DATABASE_URL`,
`ALONGSIDE_ADDRESS`, `ALONGSIDE_HOSTS` and `ALONGSIDE_SMTP_URL`, and keep the keys apart from the database.

Made by `make docs` from `alongside/config/env.py`.

| setting | when left empty | meaning |
| --- | --- | --- |
"""


def text() -> str:
    """The page as it should be."""
    return HEAD + "".join(f"{_row(setting)}\n" for setting in SETTINGS)


def _row(setting: Setting) -> str:
    default = f"`{setting.default}`" if setting.default else "–"
    return f"| `{setting.name}` | {default} | {setting.meaning}{' Secret.' if setting.secret else ''} |"


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        same = OUT.is_file() and OUT.read_text(encoding="utf-8") == text()
        print(f"{OUT.name} is {'as it should be' if same else 'out of date: run `make docs`'}")
        return 0 if same else 1
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
