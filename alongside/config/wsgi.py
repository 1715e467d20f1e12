"""The door for web servers: `alongside.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")


def read_packs() -> None:
    """Read the procedures before the first request: a pack file deleted later changes nothing until the next start."""
    from alongside.procedures.queries import coverage, library
    from alongside.risk.instruments import instruments

    library()
    coverage()
    instruments()


application = get_wsgi_application()
read_packs()
