"""A partnership written down in a file: areas, agencies, teams with what they do where, and people. Read and checked here.

The form is explained in docs/how-to/run-it-for-real.md. Nothing is stored here; `actions.load_register` does that.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from alongside.agencies.codes import AGENCY_KINDS, TEAM_ROLES
from alongside.agencies.roles import ROLES


class NotUsable(ValueError):
    """The file cannot be used; `faults` are sentences, each naming what is meant."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class AreaSaid:
    """A council area; `code` is one the procedures know."""

    code: str
    name: str
    police: str


@dataclass(frozen=True)
class TeamSaid:
    """A desk of an agency. `does` pairs a role with the areas it is held in."""

    agency: str
    code: str
    name: str
    does: tuple[tuple[str, tuple[str, ...]], ...]
    phone: str = ""
    out_of_hours_phone: str = ""
    email: str = ""
    deputy: str = ""


@dataclass(frozen=True)
class PersonSaid:
    """Somebody who signs in; `works` false for somebody who has left."""

    agency: str
    email: str
    name: str
    role: str
    teams: tuple[str, ...]
    works: bool


@dataclass(frozen=True)
class AgencySaid:
    """An employer of the partnership."""

    code: str
    name: str
    kind: str
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """Everything a file says, checked."""

    areas: tuple[AreaSaid, ...]
    agencies: tuple[AgencySaid, ...]
    teams: tuple[TeamSaid, ...]
    people: tuple[PersonSaid, ...]

    def held_by_nobody(self) -> list[tuple[str, str]]:
        """(role, area) of what no team does: duties for it would reach the partnership's administrator."""
        held = {(role, area) for team in self.teams for role, areas in team.does for area in areas}
        return [(role, area.code) for area in self.areas for role in TEAM_ROLES if (role, area.code) not in held]


TABLES = {
    "area": ({"code", "name", "police"}, set()),
    "agency": ({"code", "name", "kind", "areas"}, {"team", "person"}),
    "team": ({"code", "name", "does"}, {"areas", "phone", "out_of_hours_phone", "email", "deputy"}),
    "person": ({"email", "name", "role"}, {"teams", "works"}),
}


def read(text: str, areas_known: Collection[str]) -> Register:
    """The register a file holds. Raises `NotUsable` with every fault. `areas_known` are those of the packs."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise NotUsable([f"The file is not TOML: {fault}"]) from None
    faults = list(_form(said))
    if faults:
        raise NotUsable(faults)
    register = _register(said)
    faults = list(_sense(register, areas_known))
    if faults:
        raise NotUsable(faults)
    return register


def _form(said: Mapping[str, Any]) -> Iterator[str]:
    yield from (
        f"There is no table [[{name}]]; there are [[area]] and [[agency]]." for name in said.keys() - {"area", "agency"}
    )
    for area in _rows(said, "area"):
        yield from _keys("area", area)
    for agency in _rows(said, "agency"):
        yield from _keys("agency", agency)
        for kind in ("team", "person"):
            for row in _rows(agency, kind):
                yield from _keys(kind, row)


def _rows(table: Mapping[str, Any], name: str) -> list[Any]:
    rows = table.get(name, [])
    return rows if isinstance(rows, list) else [rows]


def _keys(kind: str, row: Any) -> Iterator[str]:
    if not isinstance(row, dict):
        yield f"Write [[{kind}]] with two brackets: there may be many."
        return
    needed, more = TABLES[kind]
    named = f"{kind} {row.get('code') or row.get('email') or '(without a code)'}"
    yield from (f"{named} needs {key}." for key in sorted(needed - row.keys()))
    yield from (f"{named} has {key}, which says nothing here." for key in sorted(row.keys() - needed - more))
    lists = {"areas", "does", "teams"} & row.keys()
    yield from (f"{named}: {key} is a list, in brackets." for key in sorted(lists) if not isinstance(row[key], list))
    texts = row.keys() - {"areas", "does", "teams", "team", "person", "works"}
    yield from (f"{named}: {key} is text, in quotes." for key in sorted(texts) if not isinstance(row[key], str))


def _register(said: Mapping[str, Any]) -> Register:
    teams, people, agencies = [], [], []
    for agency in _rows(said, "agency"):
        code, areas = agency["code"], tuple(agency["areas"])
        agencies.append(AgencySaid(code, agency["name"], agency["kind"], areas))
        for row in _rows(agency, "team"):
            held = tuple((role, tuple(row.get("areas", areas))) for role in row["does"])
            texts = {key: row.get(key, "") for key in ("phone", "out_of_hours_phone", "email", "deputy")}
            teams.append(TeamSaid(code, row["code"], row["name"], held, **texts))
        for row in _rows(agency, "person"):
            works = row.get("works", True) is True
            people.append(
                PersonSaid(code, row["email"].lower(), row["name"], row["role"], tuple(row.get("teams", ())), works)
            )
    return Register(tuple(AreaSaid(**row) for row in _rows(said, "area")), tuple(agencies), tuple(teams), tuple(people))


def _sense(register: Register, areas_known: Collection[str]) -> Iterator[str]:
    agencies = {agency.code: agency for agency in register.agencies}
    teams, areas = {team.code: team for team in register.teams}, {area.code for area in register.areas}
    emails = {person.email for person in register.people}
    yield from _twice("area", [area.code for area in register.areas])
    yield from _twice("agency", [agency.code for agency in register.agencies])
    yield from _twice("team", [team.code for team in register.teams])
    yield from _twice("person", [person.email for person in register.people])
    for area in register.areas:
        yield from _one_of(f"area {area.code}", "area", area.code, areas_known)
        yield from _one_of(f"area {area.code}: police", "agency", area.police, agencies)
    for agency in register.agencies:
        yield from _one_of(f"agency {agency.code}: kind", "kind", agency.kind, AGENCY_KINDS)
        for code in agency.areas:
            yield from _one_of(f"agency {agency.code}: areas", "area", code, areas)
    for team in register.teams:
        for role, where in team.does:
            yield from _one_of(f"team {team.code}: does", "role of a team", role, TEAM_ROLES)
            for code in where:
                yield from _one_of(f"team {team.code}: areas", "area of its agency", code, agencies[team.agency].areas)
        if team.deputy:
            yield from _one_of(f"team {team.code}: deputy", "person", team.deputy.lower(), emails)
    for person in register.people:
        yield from _one_of(f"person {person.email}: role", "role", person.role, ROLES.keys() - {"service"})
        for code in person.teams:
            yield from _one_of(f"person {person.email}: teams", "team", code, teams)
        yield from _not_own(person, teams)


def _not_own(person: PersonSaid, teams: Mapping[str, TeamSaid]) -> Iterator[str]:
    for code in person.teams:
        if code in teams and teams[code].agency != person.agency:
            yield f"person {person.email}: team {code} belongs to another agency."


def _twice(kind: str, codes: list[str]) -> Iterator[str]:
    yield from (
        f"{kind} {code} stands there twice." for code in sorted({code for code in codes if codes.count(code) > 1})
    )


def _one_of(where: str, what: str, found: str, known: Collection[str]) -> Iterator[str]:
    if found not in known:
        yield f"{where}: there is no {what} {found!r}; there are {', '.join(sorted(known)) or 'none'}."
