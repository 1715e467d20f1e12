"""What is on record about reaching somebody: for the clearance, beyond the gate and shown to nobody; and for pages, through it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce

from alongside.agencies import queries as agencies
from alongside.agencies.models import Team
from alongside.gate.viewing import Viewer
from alongside.people import hooks
from alongside.people.contact.codes import ACTS, WAYS
from alongside.people.contact.rules import Around, Way
from alongside.people.models import Address, ContactTask, ContactTry, Person, PlannedLetter, SafeContact, Shield
from alongside.people.queries.links import same_records
from alongside.people.queries.shielding import shields_over

WITH_A_VALUE = ("phone", "text", "email")


def channel_of(act: str) -> str:
    """The recorded way by which an act is judged."""
    return WAYS.get(act, act)


def latest_way(person: UUID, channel: str) -> SafeContact | None:
    """The latest word on a channel in one record; of two words at one moment the one that is not safe."""
    rows = SafeContact.objects.filter(person=person, channel=channel).select_related("goes_to")
    found = list(rows.prefetch_related("safe_hours").order_by("-confirmed_at", "pk"))
    return min((row for row in found if row.confirmed_at == found[0].confirmed_at), key=_least_safe, default=None)


def _least_safe(row: SafeContact) -> bool:
    return row.safe is True


def as_way(row: SafeContact) -> Way:
    """A row as the rules read it."""
    letter = row.channel == "letter"
    return Way(
        confirmed_on=row.confirmed_at,
        safe=row.safe,
        monitored=row.monitored,
        shared=row.shared,
        when=row.when,
        windows=tuple(one.window for one in row.safe_hours.all()),
        in_words=bool(row.hours),
        # Words about who may answer are for a person, who is the only one that rings.
        answered_by=row.answered_by or ("named" if row.who_may_answer else ""),
        may_leave=row.may_leave,
        has_code_word=bool(row.code_word),
        has_words=bool(row.say_to_others),
        has_value=row.goes_to is not None if letter else row.channel not in WITH_A_VALUE or bool(row.value),
        address_stands=stands(row.goes_to, row.person_id) if letter else None,
    )


def stands(address: Address | None, person: UUID) -> bool:
    """Whether an address is one of this record where the person lives now, as far as anybody has said."""
    return (
        address is not None
        and address.person_id == person
        and address.current is True
        and address.superseded_on is None
    )


def around(person: UUID, channel: str) -> Around:
    """What else is on record of the same human being, in whichever record of whichever agency."""
    others = same_records(person)
    everywhere = {person, *others}
    said = SafeContact.objects.filter(person__in=everywhere)
    elsewhere = said.filter(person__in=others, channel=channel) if others else SafeContact.objects.none()
    acts = [act for act in ACTS if channel_of(act) == channel]
    met = ContactTry.objects.filter(person__in=everywhere, act__in=acts, outcome="somebody-else")
    post = channel == "letter"
    return Around(
        no_contact_since=said.filter(channel="none").aggregate(last=Max("confirmed_at"))["last"],
        addresses_changed_on=_addresses_changed(everywhere) if post else None,
        protected_since=_protected_since(everywhere) if post else None,
        said_elsewhere_on=elsewhere.aggregate(last=Max("confirmed_at"))["last"],
        somebody_else_on=met.aggregate(last=Max("tried_at"))["last"],
    )


def _addresses_changed(people: Collection[UUID], **which: bool) -> datetime | None:
    rows = Address.objects.filter(person__in=people, **which)
    changed: datetime | None = rows.aggregate(last=Max(Coalesce("changed_on", "person__recorded_at")))["last"]
    return changed


def _protected_since(people: Collection[UUID]) -> datetime | None:
    """Since when they, or somebody they live with, are protected; the latest of it."""
    home = {source.person for over in shields_over(people).values() for source in over.by} | set(people)
    shielded = Shield.objects.filter(person__in=home, lifted_at__isnull=True).aggregate(last=Max("set_at"))["last"]
    found = [moment for moment in (shielded, _addresses_changed(home, confidential=True)) if moment is not None]
    return max(found, default=None)


def team_asked(person: Person) -> Team | None:
    """Which team decides where it cannot be shown to be safe to reach somebody: theirs who recorded the case, else of the record."""
    found = next((team for find in hooks.TEAM_ASKED if (team := find(person))), None)
    return found or agencies.first_team_of(person.recorded_by_agency_id)


def ways(people: Iterable[UUID], viewer: Viewer) -> list[SafeContact]:
    """Ways of reaching people, the latest confirmed first; sealed until opened."""
    rows = SafeContact.objects.visible_to(viewer).filter(person__in=list(people))
    rows = rows.select_related("person", "confirmed_by", "goes_to").prefetch_related("safe_hours")
    return list(rows.order_by("-confirmed_at"))


def standing(rows: Iterable[SafeContact]) -> list[SafeContact]:
    """Of the ways of one person those that stand: the latest word on each, and after "no contact is safe" only what came since."""
    found = sorted(sorted(rows, key=lambda row: str(row.pk)), key=lambda row: row.confirmed_at, reverse=True)
    latest: dict[str, datetime] = {}
    for row in found:
        latest.setdefault(row.channel, row.confirmed_at)
    never = latest.get("none")
    last = (row for row in found if row.confirmed_at == latest[row.channel])
    return [row for row in last if row.channel == "none" or never is None or row.confirmed_at > never]


def addresses_to_post(person: Person, viewer: Viewer) -> list[Address]:
    """Addresses of a record that a letter could go to: where the person lives now, and no later one took their place."""
    rows = Address.objects.visible_to(viewer).filter(person=person, current=True, superseded_on__isnull=True)
    return list(rows.order_by("pk"))


def tries() -> "QuerySet[ContactTry]":
    """Tries to load one from, through the gate."""
    return ContactTry.objects.select_related("person", "asked_by", "tried_by")


def tries_of(person: Person, viewer: Viewer) -> list[ContactTry]:
    """The latest tries to reach somebody."""
    return list(ContactTry.objects.visible_to(viewer).filter(person=person).select_related("asked_by__agency")[:20])


def letters() -> "QuerySet[PlannedLetter]":
    """Letters to load one from, through the gate."""
    return PlannedLetter.objects.select_related("person", "address", "planned_by", "read_by", "posted_by")


def letters_of(person: Person, viewer: Viewer) -> list[PlannedLetter]:
    """The latest letters to somebody."""
    return list(PlannedLetter.objects.visible_to(viewer).filter(person=person).select_related("planned_by")[:10])


def contact_tasks() -> "QuerySet[ContactTask]":
    """What waits for a colleague, to load one from through the gate."""
    return ContactTask.objects.select_related("person", "team__agency", "closed_by")


def open_contact_tasks(viewer: Viewer) -> list[ContactTask]:
    """What waits for the viewer's own teams, the oldest first."""
    rows = contact_tasks().visible_to(viewer)  # type: ignore[attr-defined]
    return list(rows.filter(state=ContactTask.State.OPEN, team__in=viewer.team_ids).order_by("since_on"))
