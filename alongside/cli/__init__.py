"""The command `alongside`: every module of this package that has a list `commands` adds them.

Modules named in WITHOUT_DJANGO work with no database and no settings; before any other is imported, Django is set up.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
from typing import Any

import click

WITHOUT_DJANGO = frozenset({"policy", "linkage", "agent", "demo"})  # demo settles its settings first


class _Discovered(click.Group):
    """Finds commands when they are asked for, so that deciding needs no Django."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._every())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = cmd_name.replace("-", "_")
        if module in self._modules():
            found = self._commands_of(module).get(cmd_name)
            if found is not None:
                return found
        return self._every().get(cmd_name)

    @staticmethod
    def _modules() -> list[str]:
        return sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))

    def _every(self) -> dict[str, click.Command]:
        return {name: command for module in self._modules() for name, command in self._commands_of(module).items()}

    @staticmethod
    def _commands_of(module: str) -> dict[str, click.Command]:
        if module not in WITHOUT_DJANGO:
            set_up_django()
        held: Any = importlib.import_module(f"{__name__}.{module}")
        return {str(command.name): command for command in getattr(held, "commands", [])}


def set_up_django() -> None:
    """Make the apps and the database ready, once."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    if not apps.ready:
        django.setup()


@click.group(name="alongside", cls=_Discovered, context_settings={"help_option_names": ["-h", "--help"]})
def alongside() -> None:
    """Many agencies, one family: what the procedures ask of whom, and by when."""


def main() -> None:
    """Entry point of the command."""
    try:
        alongside()
    except Exception as fault:
        words = str(fault)
        if type(fault).__module__ == "django.db.utils" and ("no such table" in words or "does not exist" in words):
            raise SystemExit(
                "The database is not prepared. Run `alongside migrate` first. Nothing was changed."
            ) from None
        raise
