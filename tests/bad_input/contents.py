"""JSON that is a notification in form, or nearly, and cannot be so."""

from __future__ import annotations

import json
from datetime import timedelta

from django.utils import timezone

from tests.bad_input.world import World, nothing_kept, row


@row("An unknown area")
def unknown_area(world: World) -> None:
    with nothing_kept():
        world.refused(world.example(area="coventy"), "/area", "did you mean coventry?")


@row("An unknown agency")
def unknown_agency(world: World) -> None:
    with nothing_kept():
        world.refused(world.example(source={"agency": "west-midland-police"}), "/source/agency", "west-midlands-police")


@row("A birth date in the future")
def born_tomorrow(world: World) -> None:
    content = world.example()
    content["people"][2]["date_of_birth"] = "2026-03-03"
    with nothing_kept():
        world.refused(content, "/people/2/date_of_birth", "not in the future")


@row("31 February")
def no_such_day(world: World) -> None:
    content = world.example()
    content["people"][2]["date_of_birth"] = "2025-02-31"
    with nothing_kept():
        world.refused(content, "/people/2/date_of_birth", "There is no 31 February")


@row("A child older than the mother")
def older_than_the_mother(world: World) -> None:
    content = world.example()
    content["people"][2]["date_of_birth"] = "1990"
    with nothing_kept():
        world.refused(content, "/relationships/1", "a parent born before the child")


@row("The same ref for two people")
def duplicate_refs(world: World) -> None:
    content = world.example()
    content["people"][1]["ref"] = "v"
    with nothing_kept():
        world.refused(content, "/people/1/ref", "a ref of their own")


@row("A relationship to nobody")
def nobody(world: World) -> None:
    content = world.example()
    content["relationships"][0]["to"] = "w"
    with nothing_kept():
        world.refused(content, "/relationships/0/to", "listed under people")


@row("A fact that contradicts a field")
def contradiction(world: World) -> None:
    with nothing_kept():
        world.refused(world.example(facts={"arrest_made": True}), "/facts/arrest_made", "/incident/arrest_made")


@row("An unknown checklist item")
def unknown_topic(world: World) -> None:
    content = world.example()
    content["risk"][0]["answers"]["frightend"] = "yes"
    with nothing_kept():
        world.refused(content, "/risk/0/answers/frightend", "did you mean frightened?")


@row("A sign that is no text (NUL)")
def nul(world: World) -> None:
    content = world.example(summary="shouting\x00")
    with nothing_kept():
        world.refused(content, "/summary", "text without it")


@row("A moment without its zone")
def no_zone(world: World) -> None:
    with nothing_kept():
        world.refused(world.example(received_at="2026-03-02T22:14:00"), "/received_at", "with its zone")


@row("A moment in the future")
def in_the_future(world: World) -> None:
    risk = world.example()["risk"]
    with nothing_kept():
        for later in ((timezone.now() + timedelta(minutes=10)).isoformat(), "2999-12-31T23:59:59Z"):
            world.refused(world.example(received_at=later), "/received_at", "not in the future")
            world.refused(world.example(risk=[risk[0] | {"completed_at": later}]), "/risk/0/completed_at", "now it is")
            world.refused(world.example(facts={"dvpn_issued_at": later}), "/facts/dvpn_issued_at", "not in the future")


@row("An incident later than its report")
def after_its_report(world: World) -> None:
    with nothing_kept():
        world.refused(world.example(occurred_at="2026-03-02T22:40:00Z"), "/occurred_at", "it was received")


@row("A notification in another agency's name")
def another_agency(world: World) -> None:
    content = world.example(source={"agency": "coventry-housing"})
    with nothing_kept():
        response = world.post(content)
        assert response.status_code == 403
        assert "you work for west-midlands-police" in json.loads(response.content)["detail"]
        officer = world.partnership.user("police-officer").email
        result = world.ingest(json.dumps(content).encode(), "--as", officer)
        assert result.exit_code == 1 and "Each agency sends its own" in result.stderr
