"""No message leaves for a person unless their safe-contact record says so plainly."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.agencies.models import User
from alongside.audit.testing import writing
from alongside.outbox.api import PERSON, post
from alongside.outbox.models import Message
from alongside.people.clearance import may_send
from alongside.people.models import ContactTask, Person, SafeContact

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
SAFE: dict[str, object] = {"channel": "email", "safe": True, "monitored": False, "shared": False, "when": "any"}


@pytest.fixture
def officer(partnership: object) -> User:
    return User.objects.get(pk=User.objects.filter(role="police-officer").first().pk)


@pytest.fixture
def person(officer: User) -> Person:
    with writing():
        return Person.objects.create(recorded_by_agency=officer.agency, recorded_at=NOW, recorded_by=officer)


def say(person: Person, officer: User, *, told: datetime = NOW, **values: object) -> None:
    with writing():
        SafeContact.objects.create(
            person=person, value="a@demo.example", confirmed_at=told, confirmed_by=officer, **{**SAFE, **values}
        )


def test_a_plain_yes_clears(person: Person, officer: User) -> None:
    say(person, officer)
    cleared = may_send(str(person.pk), "email", NOW)
    assert (cleared.allowed, cleared.address) == (True, "a@demo.example")


@pytest.mark.parametrize(
    "values",
    [
        {"safe": None},
        {"safe": False},
        {"monitored": None},
        {"monitored": True},
        {"shared": None},
        {"shared": True},
        {"when": ""},
        {"when": "hours"},
        {"when": "", "hours": "weekdays 9 to 3"},
        {"code_word": "the bluebells are out"},
        {"channel": "text"},
    ],
    ids=[
        "not known",
        "not safe",
        "perhaps read",
        "read by another",
        "perhaps shared",
        "shared",
        "hours not known",
        "hours without any",
        "hours in words",
        "a word is wanted",
        "another channel",
    ],
)
def test_everything_short_of_it_waits_for_a_colleague(person: Person, officer: User, values: dict[str, object]) -> None:
    say(person, officer, **values)
    cleared = may_send(str(person.pk), "email", NOW)
    assert not cleared.allowed and cleared.reason and not cleared.address
    message = post(to=f"person:{person.pk}", key="one", template=PERSON, by=officer, at=NOW)
    assert message.state == "held"
    task = ContactTask.objects.get()
    assert (task.person_id, task.act, task.reasons) == (person.pk, "email", list(cleared.codes))
    assert task.team.agency == officer.agency
    assert Message.objects.filter(recipient=f"team:{task.team_id}").count() == 1, "the team is told"


def test_a_later_word_stands_and_no_contact_stops_everything(person: Person, officer: User) -> None:
    say(person, officer, told=NOW - timedelta(days=2))
    say(person, officer, told=NOW - timedelta(days=1), safe=False)
    assert not may_send(str(person.pk), "email", NOW).allowed
    say(person, officer)
    assert may_send(str(person.pk), "email", NOW).allowed
    say(person, officer, channel="none")
    assert not may_send(str(person.pk), "email", NOW).allowed


def test_a_word_counts_for_so_many_days_and_not_a_moment_longer(person: Person, officer: User) -> None:
    say(person, officer)
    assert may_send(str(person.pk), "email", NOW + timedelta(days=30)).allowed
    assert may_send(str(person.pk), "email", NOW + timedelta(days=30, seconds=1)).codes == ("expired",)
    assert may_send(str(person.pk), "email", NOW - timedelta(seconds=1)).codes == ("expired",)


def test_no_contact_stands_until_a_way_is_confirmed_after_it(person: Person, officer: User) -> None:
    say(person, officer, told=NOW - timedelta(days=2), channel="none", safe=False)
    assert not may_send(str(person.pk), "email", NOW).allowed
    say(person, officer)
    assert may_send(str(person.pk), "email", NOW).allowed


def test_of_two_words_at_one_moment_the_stricter_stands(person: Person, officer: User) -> None:
    for safe in (True, False, True):
        say(person, officer, safe=safe)
    assert not may_send(str(person.pk), "email", NOW).allowed


def test_what_was_said_long_ago_was_confirmed_then_and_not_when_it_was_stored(officer: User) -> None:
    from alongside.people.actions import record_people
    from alongside.people.records import PersonSaid, SafeContactSaid

    long_ago = NOW - timedelta(days=240)
    said = PersonSaid(ref="v", safe_contacts=[SafeContactSaid("email", "a@demo.example", safe=True, told_on=long_ago)])
    record_people(agency=officer.agency, people=[said], by=officer, at=NOW)
    assert SafeContact.objects.get().confirmed_at == long_ago
