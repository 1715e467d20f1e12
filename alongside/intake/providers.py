"""Facts that follow from notifications: the mapping that checks one, read from the tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from alongside.cases.models import CaseMember
from alongside.clock import months_begun
from alongside.duties.facts import NOTIFIED, RECORDED, CaseFile, FactValue
from alongside.duties.models import ObservedFact
from alongside.intake.mapping import SPECIALIST_FIRST, facts_of
from alongside.intake.models import Notification
from alongside.intake.queries import known_incidents
from alongside.intake.story import INCIDENT, Party, Story, age_in_months
from alongside.people.models import Relationship

SPECIALIST_FACTS = frozenset(SPECIALIST_FIRST.values())
YEAR = 12  # months: what escalation looks back on
TOLD_BY_OTHERS = ("disclosure_by_child", "disclosure_by_perpetrator")
LASTING = {
    "telephone-referral": "telephone_referral_made",
    "police-incident": "police_called_to_incident",
    "self-referral": "disclosure_by_victim",
}


def of_notifications(file: CaseFile) -> Iterable[FactValue]:
    """The contract's table, and specialist advice first. Of several notifications the latest tells of the incident."""
    rows = (
        Notification.objects.filter(reports__case=file.case)
        .select_related("incident", "agency")
        .order_by("-received_on", "-stored_at")
    )
    told = list(rows.defer("content", "answer_text", "summary", "history", "talk_to_safe", "talk_to_not_safe"))
    if not told:
        return
    latest, outright, incidents = told[0], _stated_outright(file), _incidents(file, told)
    since = latest.occurred_on or latest.received_on
    for said in facts_of(_story(file, told, outright, incidents)):
        fact = _fact(said.name, said.value, latest, since, UUID(said.about) if said.about else None)
        yield replace(fact, of=tuple(map(UUID, said.of))) if said.of else fact
    for earlier in told[1:]:
        if earlier.kind in LASTING:
            yield _fact(LASTING[earlier.kind], True, earlier, earlier.received_on)
    yield from _specialist_advice_first(told, outright)


def _fact(name: str, value: object, source: Notification, since: datetime, about: UUID | None = None) -> FactValue:
    record = ("intake.notification", str(source.pk))
    return FactValue(
        name,
        value,  # type: ignore[arg-type]
        source.agency.name,
        record,
        since,
        about,
        NOTIFIED,
        "notified",
        agency=source.agency_id,
    )


def _stated_outright(file: CaseFile) -> Mapping[str, ObservedFact]:
    """Facts stated to be so, by name, of those this app asks about."""
    if not file.may_have(ObservedFact):
        return {}
    names = [*TOLD_BY_OTHERS, *SPECIALIST_FACTS]
    rows = ObservedFact.objects.filter(case=file.case, name__in=names, superseded_by__isnull=True)
    return {row.name: row for row in rows if row.value is True}


def _specialist_advice_first(told: Sequence[Notification], outright: Mapping[str, ObservedFact]) -> Iterator[FactValue]:
    """Honour-based abuse, forced marriage or FGM indicated: contact with the family increases the risk, until somebody answers otherwise."""
    name, manner = "contact_with_parent_increases_risk", "specialist advice first"
    for one in told:
        if set(one.incident.types) & SPECIALIST_FIRST.keys():
            yield FactValue(
                name,
                True,
                one.agency.name,
                ("intake.notification", str(one.pk)),
                one.received_on,
                None,
                RECORDED,
                manner,
                agency=one.agency_id,
            )
    for fact, row in outright.items():
        if fact in SPECIALIST_FACTS:
            record = ("duties.observedfact", str(row.pk))
            yield FactValue(
                name, True, row.said_by, record, row.stated_at, None, RECORDED, manner, agency=row.agency_id
            )


def _incidents(file: CaseFile, told: Sequence[Notification]) -> list[datetime]:
    """When the incidents were that are known of the victim."""
    return known_incidents(file.case, file.same_victim, own=[one.occurred_on or one.received_on for one in told])


def _story(
    file: CaseFile, told: Sequence[Notification], outright: Mapping[str, ObservedFact], incidents: Sequence[datetime]
) -> Story:
    """The story as the tables hold it now: corrections to people are in it."""
    latest = told[0]
    moment = latest.occurred_on or latest.received_on
    members: dict[UUID, list[CaseMember]] = {}
    for member in file.members:
        members.setdefault(member.person_id, []).append(member)
    related = Relationship.objects.filter(person__in=members, other__in=members).order_by("pk")
    return Story(
        kind=latest.kind,
        received=latest.received_on,
        occurred=latest.occurred_on,
        local_authority=file.case.local_authority,
        people=tuple(_party(parts, moment) for parts in members.values()),
        relations=tuple(
            (str(one), str(other), kind) for one, other, kind in related.values_list("person_id", "other_id", "kind")
        ),
        types=frozenset(latest.incident.types),
        incident={name: getattr(latest.incident, name) for name in INCIDENT},
        known_incidents=len(incidents),
        events_12m=sum(months_begun(moment, max(incidents)) <= YEAR for moment in incidents),
        said_outright=frozenset(outright),
    )


def _party(parts: Sequence[CaseMember], moment: datetime) -> Party:
    person = parts[0].person
    return Party(
        id=str(person.pk),
        roles=frozenset(part.role for part in parts),
        born=person.date_of_birth,
        months=age_in_months(person.date_of_birth, moment),
        lives_in_household=_known(parts, "lives_in_household"),
        experienced=_known(parts, "experienced_incident"),
        harmed=_known(parts, "harmed"),
        pregnant=_known(parts, "pregnant"),
        care_and_support_needs=_known(parts, "care_and_support_needs"),
        home_educated=_known(parts, "home_educated"),
        area=parts[0].lives_in,
    )


def _known(parts: Iterable[CaseMember], name: str) -> bool | None:
    """A person with two parts in a case has one answer: whichever part holds it."""
    return next((value for part in parts if (value := getattr(part, name)) is not None), None)
