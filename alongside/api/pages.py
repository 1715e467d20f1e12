"""The interface in words: what machines read in OpenAPI, and the same for people."""

from dataclasses import dataclass
from typing import Any

from ninja import NinjaAPI

from alongside.api.problems import TITLES
from alongside.intake import describe
from alongside.intake.structure import schema

_TEXT = {"type": "string"}
_LIST = {"type": "array"}
_FAULT = {"type": "object", "properties": {name: _TEXT for name in ("pointer", "found", "accepted")}}
_PROBLEM = {
    "type": "object",
    "properties": {
        **{name: _TEXT for name in ("type", "title", "detail")},
        "status": {"type": "integer"},
        "errors": {**_LIST, "items": _FAULT},
    },
}
_DECIDED = {"type": "object", "properties": {name: {**_LIST, "items": _TEXT} for name in ("fires", "cannot_decide")}}
_ANSWER = {
    "type": "object",
    "properties": {
        **{name: _TEXT for name in ("notification", "case", "received_at")},
        "also": {**_LIST, "items": _TEXT},
        "decided": _DECIDED,
        **{name: {**_LIST, "items": {"type": "object"}} for name in ("people", "duties", "bars", "questions")},
    },
}


def _answered(description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": _ANSWER}}}


def _refusals(*codes: int) -> dict[int, dict[str, Any]]:
    held = {"application/problem+json": {"schema": _PROBLEM}}
    return {code: {"description": TITLES[code], "content": held} for code in codes}


POSTING: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": schema()}}},
    "responses": {
        201: _answered("Stored; the answer"),
        200: _answered("The same content was stored before; the answer first given"),
        **_refusals(400, 401, 403, 409, 413, 422),
    },
}
READING: dict[str, Any] = {"responses": {200: _answered("The answer first given"), **_refusals(401, 404)}}


@dataclass(frozen=True)
class Operation:
    """One operation, for the page."""

    method: str
    path: str
    summary: str
    description: str
    answers: list[tuple[str, str]]


def operations(api: NinjaAPI) -> list[Operation]:
    """Every operation of the description machines read."""
    found = []
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, told in methods.items():
            answers = sorted((str(code), answer["description"]) for code, answer in told["responses"].items())
            found.append(Operation(method.upper(), path, told["summary"], told.get("description", ""), answers))
    return found


def fields() -> list[describe.Field]:
    """Every field of a notification."""
    return describe.fields()
