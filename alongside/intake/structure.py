"""The form of a notification: the contract's JSON Schema, read into faults with what was found and what is accepted."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from alongside.intake.faults import Fault, one_of, pointer, shown
from alongside.policy import PolicyError
from alongside.policy.codec import moment
from alongside.policy.vocabulary import did_you_mean

EARLIEST_YEAR, LATEST_YEAR = 1900, 2999
_FORMATS = FormatChecker(formats=())
_TYPES = {
    "string": "text",
    "boolean": "true or false",
    "null": "null",
    "object": "an object",
    "array": "a list",
    "number": "a number",
    "integer": "a whole number",
}


@cache
def schema() -> dict[str, Any]:
    """The contract's schema, version 1."""
    text = files("alongside.intake").joinpath("schema/notification.schema.json").read_text("utf-8")
    held: dict[str, Any] = json.loads(text)
    return held


@_FORMATS.checks("date-time")
def _is_date_time(text: object) -> bool:
    return not isinstance(text, str) or as_moment(text) is not None


def as_moment(text: object) -> datetime | None:
    """A date-time with zone, None for anything else. Far from our time no clock can count on from it: that is none either."""
    try:
        found = moment(text, "") if isinstance(text, str) else None
    except PolicyError:
        return None
    return found if found is not None and EARLIEST_YEAR <= found.year <= LATEST_YEAR else None


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema(), format_checker=_FORMATS)


def faults_of_form(content: Any) -> Iterator[Fault]:
    """Every fault of form, in the order of the schema."""
    for error in _validator().iter_errors(content):
        yield from _faults(error)


def _faults(error: ValidationError) -> Iterator[Fault]:
    path = list(error.absolute_path)
    found = shown(error.instance)
    wanted: Any = error.validator_value
    given: Any = error.instance
    match error.validator:
        case "required":
            missing = next(name for name in wanted if name not in given and f"'{name}'" in error.message)
            yield Fault(pointer([*path, missing]), "nothing", "this is needed")
        case "additionalProperties":
            yield from _unknown_keys(error, path)
        case "enum":
            yield Fault(pointer(path), found, one_of(wanted))
        case "type":
            types = [wanted] if isinstance(wanted, str) else wanted
            yield Fault(pointer(path), found, " or ".join(_TYPES[name] for name in types))
        case "format":
            yield Fault(pointer(path), found, "a date and time with its zone, such as 2026-03-02T22:14:00Z")
        case "pattern":
            yield Fault(pointer(path), found, "a date: YYYY-MM-DD, or YYYY-MM or YYYY where only that is known")
        case "minLength" | "minItems":
            yield Fault(pointer(path), "nothing" if not error.instance else found, "at least one")
        case "maxLength":
            yield Fault(pointer(path), found, f"at most {wanted} characters")
        case "maxItems":
            yield Fault(pointer(path), found, f"at most {wanted}")
        case "uniqueItems":
            yield Fault(pointer(path), found, "each only once")
        case _:
            yield Fault(
                pointer(path),
                found,
                'true, false, a number, text, null, {"min": …, "max": …} or {"not_applicable": true}',
            )


def _unknown_keys(error: ValidationError, path: list[Any]) -> Iterator[Fault]:
    schema: Any = error.schema
    known, given = schema["properties"], list(error.instance)  # type: ignore[arg-type]
    for name in given:
        if name not in known:
            remedy = did_you_mean(name, known) or one_of(known)
            yield Fault(pointer([*path, name]), "a name that is not part of a notification", remedy)
