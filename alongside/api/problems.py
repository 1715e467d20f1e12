"""What is refused, as `application/problem+json` (RFC 9457): what happened, what is safe, what to do."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import DatabaseError
from django.http import HttpResponse

from alongside.agencies.access import Refused
from alongside.intake.actions import IdTaken, OtherContent
from alongside.intake.faults import NotValid
from alongside.intake.reading import NotReadable, TooLarge

TITLES = {
    400: "This is not JSON text",
    401: "No token, or one that is not good",
    403: "Not allowed",
    404: "Nothing we can show you",
    409: "Stored already, with other content",
    413: "Too large",
    422: "Not valid",
    503: "Not stored",
}


def problem(status: int, detail: str, **more: Any) -> dict[str, Any]:
    """A refusal as an object. `detail` is a sentence; nothing was stored."""
    return {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail, **more}


def refused(fault: Exception) -> dict[str, Any]:
    """Why a notification was refused, the same over HTTP and on the command line."""
    match fault:
        case NotReadable():
            return problem(413 if isinstance(fault, TooLarge) else 400, f"{fault} Nothing was stored.")
        case NotValid():
            return _not_valid(fault)
        case IdTaken():
            return problem(409, str(fault), sent=fault.sent)
        case OtherContent():
            return problem(409, str(fault), case=fault.case, stored=fault.held, sent=fault.sent)
        case Refused():
            return problem(403, str(fault))
        case DatabaseError():
            return problem(503, f"It could not be stored, and nothing of it was kept. The database says: {fault}")
    raise fault


def answer(problem: Mapping[str, Any]) -> HttpResponse:
    """A refusal over HTTP."""
    return as_json(problem, problem["status"], "application/problem+json")


def as_json(value: Mapping[str, Any], status: int, content_type: str = "application/json") -> HttpResponse:
    """An answer as JSON; decimals as numbers."""
    return HttpResponse(json.dumps(value, default=float), status=status, content_type=content_type)


def _not_valid(fault: NotValid) -> dict[str, Any]:
    faults = [one.as_json() for one in fault.faults]
    return problem(422, f"{len(faults)} fault{'s' * (len(faults) != 1)}. Nothing was stored.", errors=faults)
