"""What no schema can say: places, dates, refs and words that cannot be so. Every check bears with parts that are wrong in form.

The parts wrong in form are told of by `structure`; here they read as left out.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rapidfuzz.distance import OSA

from alongside.agencies.models import Area
from alongside.clock import BirthDate, in_london, parse_birth_date
from alongside.intake.faults import Fault, one_of, pointer, shown
from alongside.intake.limits import LIMITS
from alongside.intake.story import OUTSIDE, area_code
from alongside.intake.structure import as_moment
from alongside.policy.vocabulary import did_you_mean

OLDEST_YEARS = 130
_NOBODY = "somebody who is listed under people"


@dataclass(frozen=True)
class Known:
    """What a notification is held against: the partnership's areas by code, its agencies (code to kind), now, the instruments with their topics.

    `sender` is the code of the agency it says it comes from, when there is one of that code; else all are in `agencies`.
    """

    areas: Mapping[str, Area]
    agencies: Mapping[str, str]
    at: datetime
    instruments: Mapping[str, Collection[str]] = field(default_factory=dict)
    sender: str = ""


def faults_of_sense(content: Any, known: Known) -> Iterator[Fault]:
    """Every fault of sense."""
    yield from _unreadable_text(content, [])
    if not isinstance(content, dict):
        return
    for check in CHECKS:
        yield from check(content, known)


def _unreadable_text(value: Any, path: list[object]) -> Iterator[Fault]:
    """Text that no database and no screen can hold: NUL, and halves of characters."""
    match value:
        case str() if _is_unreadable(value):
            yield Fault(pointer(path), "a sign that is no text (NUL, or half a character)", "text without it")
        case dict():
            for key, one in value.items():
                if _is_unreadable(key):
                    yield Fault(pointer(path), "a name with a sign that is no text", "names of text")
                else:
                    yield from _unreadable_text(one, [*path, key])
        case list():
            for place, one in enumerate(value):
                yield from _unreadable_text(one, [*path, place])


def _is_unreadable(text: str) -> bool:
    return "\x00" in text or not (text.isascii() or _encodes(text))


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _too_long(content: Mapping[str, Any], _known: Known) -> Iterator[Fault]:
    for pattern, most in LIMITS.items():
        for path, value in _matching(content, pattern.split("/")):
            if isinstance(value, str) and len(value) > most:
                yield Fault(pointer(path), f"text of {len(value)} characters", f"at most {most} characters")


def _matching(
    value: Any, pattern: list[str], path: tuple[object, ...] = ()
) -> Iterator[tuple[tuple[object, ...], Any]]:
    if not pattern:
        yield path, value
    elif pattern[0] == "*" and isinstance(value, list):
        for place, one in enumerate(value):
            yield from _matching(one, pattern[1:], (*path, place))
    elif isinstance(value, dict) and pattern[0] in value:
        yield from _matching(value[pattern[0]], pattern[1:], (*path, pattern[0]))


def _places(content: Mapping[str, Any], known: Known) -> Iterator[Fault]:
    area = content.get("area")
    if isinstance(area, str) and area not in known.areas:
        yield Fault("/area", shown(area), did_you_mean(area, known.areas) or one_of(sorted(known.areas)))
    others: list[tuple[tuple[str | int, ...], Any]] = [(("incident", "area"), _dict(content, "incident").get("area"))]
    others += [(("people", i, "area"), person.get("area")) for i, person in _people(content)]
    for path, said in others:
        # Outside the partnership is an answer; nearly one of its areas is a slip of the pen.
        if isinstance(said, str) and area_code(said, known.areas) == OUTSIDE and (near := _slip(said, known.areas)):
            yield Fault(pointer(path), shown(said), f"did you mean {near}?")


def _slip(said: str, areas: Collection[str]) -> str | None:
    """The area that was meant, when one letter is missing, too many, wrong or in the wrong place."""
    wanted = "-".join(said.lower().split())[:60]
    return next((area for area in sorted(areas) if OSA.distance(wanted, area, score_cutoff=1) == 1), None)


def _agency(content: Mapping[str, Any], known: Known) -> Iterator[Fault]:
    code = _dict(content, "source").get("agency")
    if isinstance(code, str) and code not in known.agencies:
        remedy = did_you_mean(code, known.agencies) or "the code of an agency of the partnership"
        yield Fault("/source/agency", shown(code), remedy)


def _refs(content: Mapping[str, Any], _known: Known) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, person in _people(content):
        ref = person.get("ref")
        if not isinstance(ref, str):
            continue
        if not ref.strip():
            yield Fault(pointer(("people", place, "ref")), shown(ref), "a word to refer to this person by")
        if ref in seen:
            yield Fault(
                pointer(("people", place, "ref")),
                f"{shown(ref)} for a second person",
                "a ref of their own for each person",
            )
        seen.add(ref)
    for path, ref in _references(content):
        if isinstance(ref, str) and ref not in seen:
            yield Fault(pointer(path), f"{shown(ref)}, which is nobody here", did_you_mean(ref, seen) or _NOBODY)


def _references(content: Mapping[str, Any]) -> Iterator[tuple[tuple[object, ...], Any]]:
    for place, row in _rows(content, "relationships"):
        yield from ((("relationships", place, end), row.get(end)) for end in ("from", "to"))
    for name in ("safe_contact", "consent", "risk"):
        yield from (((name, place, "person"), row.get("person")) for place, row in _rows(content, name))


def _relationships(content: Mapping[str, Any], _known: Known) -> Iterator[Fault]:
    for place, row in _rows(content, "relationships"):
        if isinstance(row.get("from"), str) and row.get("from") == row.get("to"):
            yield Fault(pointer(("relationships", place)), "one person related to themselves", "two different people")


def _birth_dates(content: Mapping[str, Any], _known: Known) -> Iterator[Fault]:
    received = as_moment(content.get("received_at"))
    for place, person in _people(content):
        said, path = person.get("date_of_birth"), pointer(("people", place, "date_of_birth"))
        if isinstance(said, str) and (wrong := _impossible(said, received, person.get("roles"))):
            yield Fault(path, shown(said), wrong)


def _impossible(said: str, received: datetime | None, roles: object) -> str:
    try:
        born = parse_birth_date(said)
    except ValueError as fault:
        return str(fault)
    if received is None:
        return ""
    day = in_london(received).date()
    if born.first > day and not (isinstance(roles, list) and "unborn-child" in roles):
        return "a day that is not in the future"
    return f"a day at most {OLDEST_YEARS} years back" if day.year - born.last.year > OLDEST_YEARS else ""


def _older_than_a_parent(content: Mapping[str, Any], _known: Known) -> Iterator[Fault]:
    born = {
        p["ref"]: day
        for _, p in _people(content)
        if isinstance(p.get("ref"), str) and (day := _born(p.get("date_of_birth")))
    }
    for place, row in _rows(content, "relationships"):
        one, other = row.get("from"), row.get("to")
        parent, child = (one, other) if row.get("kind") == "parent-of" else (other, one)
        if row.get("kind") not in ("parent-of", "child-of") or not (isinstance(parent, str) and isinstance(child, str)):
            continue
        if parent in born and child in born and parent != child and born[child].last <= born[parent].first:
            yield Fault(
                pointer(("relationships", place)),
                f"a child ({child}) who is older than the parent ({parent})",
                "a parent born before the child: look at both dates of birth, and which way round the two stand",
            )


def _born(said: object) -> BirthDate | None:
    try:
        return parse_birth_date(said) if isinstance(said, str) else None
    except ValueError:
        return None


def _checklists(content: Mapping[str, Any], known: Known) -> Iterator[Fault]:
    for place, row in _rows(content, "risk"):
        code, answers = row.get("instrument"), row.get("answers")
        if not isinstance(code, str):
            continue
        if code not in known.instruments:
            remedy = did_you_mean(code, known.instruments) or one_of(sorted(known.instruments))
            yield Fault(pointer(("risk", place, "instrument")), shown(code), remedy)
            continue
        topics = known.instruments[code]
        for topic in answers if isinstance(answers, dict) and topics else ():
            if topic not in topics:
                remedy = did_you_mean(topic, topics) or f"a topic of {code}: {', '.join(topics)}"
                yield Fault(pointer(("risk", place, "answers", topic)), "a topic this checklist does not have", remedy)


CHECKS: tuple[Callable[[Mapping[str, Any], Known], Iterator[Fault]], ...] = (
    _too_long,
    _places,
    _agency,
    _refs,
    _relationships,
    _birth_dates,
    _older_than_a_parent,
    _checklists,
)


def _dict(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = content.get(name)
    return value if isinstance(value, dict) else {}


def _rows(content: Mapping[str, Any], name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    value = content.get(name)
    for place, row in enumerate(value if isinstance(value, list) else ()):
        if isinstance(row, dict):
            yield place, row


def _people(content: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    return _rows(content, "people")
