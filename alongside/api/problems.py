"""What is refused, as `application/problem+json` (RFC 9457): what happened, what is safe, what to do."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from alongside.intake.actions import OtherContent
from alongside.intake.faults import NotValid

TITLES = {
    400: "This is not JSON text",
    401: "No token, or one that is not good",
    403: "Not allowed",
    404: "Nothing we can show you",
    409: "Stored already, with other content",
    413: "Too large",
    422: "Not valid",
}


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """A refusal. `detail` is a sentence; nothing was stored."""
    held = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail, **more}
    return as_json(held, status, "application/problem+json")


def as_json(value: Mapping[str, Any], status: int, content_type: str = "application/json") -> HttpResponse:
    """An answer as JSON; decimals as numbers."""
    return HttpResponse(json.dumps(value, default=float), status=status, content_type=content_type)


def not_valid(fault: NotValid) -> HttpResponse:
    """Every fault, with its place, what was found and what is accepted."""
    faults = [one.as_json() for one in fault.faults]
    return problem(
        422, f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}. Nothing was stored.", errors=faults
    )


def other_content(fault: OtherContent) -> HttpResponse:
    """Both contents: what is stored, and what was sent."""
    return problem(409, str(fault), case=fault.case, stored=fault.held, sent=fault.sent)
