"""The address of files: a host of its own that knows no cookie, and answers a ticket with one copy and everything else with nothing.

What stands in a file can then never act as a page of Alongside. Whoever asks is known by the ticket: an id that cannot be guessed, which
ends after a minute, after one use, with the session that asked for it, and as soon as its owner may not see the file any more.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from alongside.agencies.access import Refused
from alongside.gate.viewing import NotVisible, Viewer
from alongside.uploads import access, actions, queries
from alongside.uploads.codes import TEXT, TYPES
from alongside.uploads.models import Ticket

POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
NOTHING = "Nothing can be opened here. Go back to the case, and open the file again: each address of a file works once, for a minute."


def is_address_of_files(request: HttpRequest) -> bool:
    """Whether a request came to the host of files."""
    own = urlsplit(settings.ALONGSIDE_FILES_ADDRESS).netloc
    return bool(own) and request.get_host() == own


def answer(request: HttpRequest) -> HttpResponse:
    """One copy for one ticket. All that does not open anything answers alike."""
    at: datetime = request.at  # type: ignore[attr-defined]
    ticket = _ticket(request.path, at) if request.method == "GET" else None
    made = _copy(ticket, at) if ticket else None
    return made or _closed(HttpResponse(NOTHING, status=404, content_type="text/plain; charset=utf-8"))


def _ticket(path: str, at: datetime) -> Ticket | None:
    try:
        return queries.usable(UUID(path.strip("/")), at)
    except ValueError:
        return None


def _copy(ticket: Ticket, at: datetime) -> HttpResponse | None:
    if not queries.session_lasts(ticket, at):
        return None
    try:
        row = queries.open_file(Viewer(ticket.opened_by, at), ticket.upload_id, "uploads.given_out")
        access.check_can_open(ticket.opened_by, row)
    except (NotVisible, Refused):
        return None
    actions.give_out(ticket=ticket, by=ticket.opened_by, at=at)
    kind = f"{row.media_type}; charset=utf-8" if row.media_type == TEXT else row.media_type
    response = HttpResponse(queries.copy(row), content_type=kind)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="file-{str(row.pk)[:8]}.{TYPES[row.media_type][1]}"'
    )
    return _closed(response)


def _closed(response: HttpResponse) -> HttpResponse:
    response.headers["Content-Security-Policy"] = POLICY
    return response
