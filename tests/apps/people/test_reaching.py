"""Before you call, post or visit; saying how somebody can be reached; and what could not be shown to be safe becomes a task."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.audit.models import Event
from alongside.audit.testing import writing
from alongside.cases.models import Case
from alongside.outbox import worker
from alongside.outbox.api import PERSON, post
from alongside.outbox.models import Message
from alongside.outbox.templates import TEMPLATES
from alongside.people import clearance
from alongside.people.actions import reaching
from alongside.people.models import ContactTask, ContactTry, Person, SafeContact, SafeHours
from tests.apps.partnership import NOW, Partnership
from tests.apps.people.knowing import on_record
from tests.apps.people.reachable import adopt, confirm
from tests.apps.people.test_second import say
from tests.apps.reading import reads, words
from tests.prove import contact_oracle as oracle
from tests.prove.contact_policies import KNOWN, compare

SignIn = Callable[[str], Client]


@pytest.fixture
def victim(case: Case) -> Person:
    return case.members.get(role="victim").person


def ask(client: Client, person: Person, act: str) -> Any:
    return client.post(f"/people/{person.pk}/reach/", {"act": act})


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9))
def test_nobody_is_reached_outside_what_they_said(seed: int) -> None:
    assert compare(count=2, seed=seed).faults == []


def test_the_worker_sends_within_the_hours_of_each_over_a_night_on_which_the_clocks_change(
    there: Partnership, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    dice, officer = Random(25), there.users["officer"]  # noqa: S311 - repeatable, not secret
    begin = oracle.datetime(2026, 10, 24, 20, tzinfo=oracle.UTC)
    policies: dict[str, oracle.Policy] = {}
    with writing():
        for number in range(36):
            policy = oracle.policy(dice, begin + timedelta(hours=dice.randrange(12)))
            policy |= {
                "confirmed": begin - timedelta(days=dice.choice((1, 1, 29, 31))),
                "days": 30,
                "value": True,
                "said": True,
            }
            policy |= {"none": None, "elsewhere": None, "somebody-else": None, "code word": False}
            person = on_record(officer, given_name=f"N{number}")
            policies[f"{number}@reach.example"] = policy
            _keep(policy, person, f"{number}@reach.example", there)
            post(to=f"person:{person.pk}", key=str(number), template=PERSON, by=officer, at=begin)
    sent: dict[str, Any] = {}
    for half_hours in range(20):
        at = begin + timedelta(minutes=30 * half_hours)
        worker.run_once(lambda at=at: at)
        sent |= {one.to[0]: at for one in mail.outbox if one.to[0].endswith("@reach.example") and one.to[0] not in sent}
    assert {to for to, at in sent.items() if not oracle.allowed(policies[to], "email", at, by_hand=False)} == set()
    held = Message.objects.filter(state="held", to_person=True).count()
    waiting = Message.objects.filter(state="queued", to_person=True).count()
    assert len(sent) > 4 and held > 4 and len(sent) + held + waiting == 36
    assert ContactTask.objects.count() == held, "each that is held is with a team"


def _keep(policy: oracle.Policy, person: Person, address: str, there: Partnership) -> None:
    row = SafeContact.objects.create(
        person=person,
        channel="email",
        value=address,
        safe=KNOWN[policy["safe"]],
        monitored=KNOWN[policy["monitored"]],
        shared=KNOWN[policy["shared"]],
        when=policy["when"] if policy["when"] in ("any", "hours") else "",
        hours="mornings" if policy["when"] == "words" else "",
        answered_by=policy["answers"],
        confirmed_at=policy["confirmed"],
        confirmed_by=there.users["officer"],
    )
    spans = {(day, opens, closes) for days, opens, closes in policy["windows"] for day in days}
    SafeHours.objects.bulk_create(
        SafeHours(way=row, weekday=day, opens=_minute(opens), closes=_minute(closes)) for day, opens, closes in spans
    )


def _minute(count: int) -> Any:
    return (oracle.datetime.min + timedelta(minutes=count)).time()


def test_a_call_is_answered_with_the_words_and_what_came_of_it_is_kept(
    victim: Person, there: Partnership, at_desk: SignIn
) -> None:
    officer = there.users["officer"]
    confirm(victim, "phone", by=officer, at=NOW, code_word="bluebells")
    client = at_desk("officer")
    page = ask(client, victim, "phone")
    said = words(page)
    assert "Yes, as things are recorded now" in said and "07700 900456" in said and "bluebells" in said
    assert "It is the library about a book." in said
    row = ContactTry.objects.get()
    assert (row.verdict, row.reasons, row.asked_by) == ("yes", [], officer)
    assert {event.subject_kind for event in reads("people.reach_opened")} == {"people.contacttry", "people.safecontact"}
    done = client.post(f"/people/tries/{row.pk}/", {"outcome": "reached"}, follow=True)
    assert "Kept with your name and the time." in words(done) and "07700" not in done.content.decode()
    again = client.post(f"/people/tries/{row.pk}/", {"outcome": "reached"})
    assert again.status_code == 302, "a double click is one try"
    assert client.post(f"/people/tries/{row.pk}/", {"outcome": "not-reached"}).status_code == 403
    row.refresh_from_db()
    assert (row.outcome, row.tried_by) == ("reached", officer)


def test_a_no_shows_no_number_and_going_on_all_the_same_takes_a_reason(
    victim: Person, there: Partnership, at_desk: SignIn
) -> None:
    confirm(victim, "phone", by=there.users["officer"], at=NOW, monitored=True)
    client = at_desk("officer")
    page = ask(client, victim, "phone")
    assert "No: do not do this" in words(page) and "Somebody else may see or hear" in words(page)
    assert "07700 900456" not in page.content.decode() and reads("people.reach_opened") == []
    row = ContactTry.objects.get()
    refused = client.post(f"/people/tries/{row.pk}/", {"outcome": "reached"})
    assert refused.status_code == 403 and "Say why you reached this person" in words(refused)
    reason = {"outcome": "reached", "why": "She rang us."}
    assert client.post(f"/people/tries/{row.pk}/", reason).status_code == 302


def test_hours_in_words_are_for_a_colleague_to_read(victim: Person, at_desk: SignIn) -> None:
    with writing():
        SafeContact.objects.filter(person=victim, channel="text").update(monitored=False, shared=False)
    page = words(ask(at_desk("officer"), victim, "text"))
    assert "You decide: read the hours first" in page and "weekdays 9 to 3" in page and "07700 900123" in page
    assert not clearance.may_send(str(victim.pk), "text", NOW).allowed


def test_when_somebody_else_answered_the_way_is_doubted_until_it_is_confirmed_again(
    victim: Person, there: Partnership, at_desk: SignIn
) -> None:
    officer = there.users["officer"]
    confirm(victim, "phone", by=officer, at=NOW - timedelta(days=1))
    client = at_desk("officer")
    ask(client, victim, "phone")
    client.post(f"/people/tries/{ContactTry.objects.get().pk}/", {"outcome": "somebody-else"})
    said, _ = clearance.answer(victim.pk, "phone", NOW)
    assert said.reasons == ("somebody-else",)
    assert "Somebody else answered or was there the last time" in words(client.get("/"))
    confirm(victim, "phone", by=officer, at=NOW + timedelta(minutes=5))
    assert clearance.answer(victim.pk, "phone", NOW + timedelta(minutes=6))[0].allowed


def test_what_is_held_is_on_today_of_a_named_team_and_ends_with_a_reason(
    victim: Person, there: Partnership, at_desk: SignIn
) -> None:
    officer = there.users["officer"]
    confirm(victim, "email", by=officer, at=NOW - timedelta(days=31))
    message = post(to=f"person:{victim.pk}", key="m", template=PERSON, by=officer, at=NOW)
    task = ContactTask.objects.get()
    assert (task.team, task.reasons) == (there.teams["response"], ["expired"])
    client = at_desk("officer")
    today = words(client.get("/"))
    assert "Decide how to reach somebody: it could not be shown to be safe" in today and "Hartley" not in today
    assert "Decide how to reach somebody" not in words(at_desk("sergeant").get("/")), "another team's"
    path = f"/people/contact-tasks/{task.pk}/"
    assert "too old to rely on" in words(client.get(path))
    assert client.post(path, {"closing": "again", "why": ""}).status_code == 422
    confirm(victim, "email", by=officer, at=NOW)
    assert client.post(path, {"closing": "again", "why": "She said it is still safe."}).status_code == 302
    message.refresh_from_db()
    assert message.state == "queued"
    assert client.post(path, {"closing": "reached", "why": "again"}).status_code in (403, 409)
    assert "Decide how to reach somebody" not in words(client.get("/"))


def test_what_is_decided_otherwise_never_leaves(victim: Person, there: Partnership, at_desk: SignIn) -> None:
    officer = there.users["officer"]
    message = post(to=f"person:{victim.pk}", key="m", template=PERSON, by=officer, at=NOW)
    task = ContactTask.objects.get()
    at_desk("officer").post(f"/people/contact-tasks/{task.pk}/", {"closing": "reached", "why": "At the clinic."})
    message.refresh_from_db()
    assert message.state == "void"


def test_asking_a_colleague_twice_is_one_task(victim: Person, there: Partnership, at_desk: SignIn) -> None:
    client = at_desk("officer")
    page = ask(client, victim, "phone")
    assert "Ask a colleague to find out" in words(page)
    for _ in range(2):
        asked = client.post(f"/people/tries/{ContactTry.objects.get().pk}/ask/", follow=True)
        assert "Response team, West Midlands Police, is asked." in words(asked)
    assert ContactTask.objects.count() == 1


def test_two_who_ask_at_once_make_one_task(victim: Person, there: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second looked before the first had written: the database holds them to one, and neither fails."""
    officer = there.users["officer"]
    first = reaching.ask_colleague(person=victim, act="phone", reasons=["expired"], by=officer, at=NOW)
    real, looks = reaching._standing, count()
    monkeypatch.setattr(reaching, "_standing", lambda *asked: real(*asked) if next(looks) else None)
    assert reaching.ask_colleague(person=victim, act="phone", reasons=["expired"], by=officer, at=NOW) == first
    assert ContactTask.objects.count() == 1


TYPED: dict[str, Any] = {
    "channel": "phone",
    "value": "07700 900456",
    "safe": "yes",
    "monitored": "no",
    "shared": "no",
    "when": "hours",
    "days": ["0", "1", "2", "3", "4"],
    "opens": "9am",
    "closes": "15:00",
    "answered_by": "only-them",
    "may_leave": "no",
}


def test_how_somebody_can_be_reached_is_taken_with_its_hours(victim: Person, at_desk: SignIn) -> None:
    client = at_desk("officer")
    assert client.post(f"/people/{victim.pk}/safe-contact/", TYPED).status_code == 302
    row = SafeContact.objects.get(person=victim, channel="phone")
    assert (row.when, row.hours, row.shared, row.may_leave) == ("hours", "", False, False)
    assert [(one.weekday, one.opens.hour, one.closes.hour) for one in row.safe_hours.all()] == [
        (d, 9, 15) for d in range(5)
    ]
    said = words(ask(client, victim, "phone"))  # Monday, 10:20pm
    assert "It is outside the safe hours now." in said
    assert "The next safe time begins Tuesday 3 March, 9:00am." in said
    case = victim.memberships.get().case
    rules = words(client.post(f"/cases/{case.reference}/contact/", {"purpose": "ring"}))
    assert "Monday to Friday, 9:00am to 3:00pm" in rules and "Counts until Wednesday 1 April" in rules


@pytest.mark.parametrize(
    "changed",
    [
        {"channel": ""},
        {"value": ""},
        {"closes": ""},
        {"opens": "nine"},
        {"closes": "9am"},
        {"days": [], "opens": "", "closes": ""},
        {"channel": "letter"},
    ],
    ids=["no way", "no number", "no end", "no time", "nothing between", "no hours", "no address"],
)
def test_what_is_not_whole_is_not_kept(victim: Person, at_desk: SignIn, changed: dict[str, Any]) -> None:
    page = at_desk("officer").post(f"/people/{victim.pk}/safe-contact/", TYPED | changed)
    assert page.status_code == 422
    assert SafeContact.objects.filter(person=victim).count() == 1


def test_words_beside_the_hours_make_it_words_altogether(victim: Person, at_desk: SignIn) -> None:
    typed = TYPED | {"hours": "never when his van is there"}
    at_desk("officer").post(f"/people/{victim.pk}/safe-contact/", typed)
    row = SafeContact.objects.get(person=victim, channel="phone")
    assert (row.when, row.hours) == ("", "Mon,Tue,Wed,Thu,Fri 09:00-15:00; never when his van is there")
    assert not row.safe_hours.exists()


def test_exact_hours_of_a_notification_are_kept_to(there: Partnership) -> None:
    from alongside.people.records import SafeContactSaid

    person = on_record(
        there.users["officer"],
        safe_contacts=[SafeContactSaid("text", "07700 900456", safe=True, hours="Mon-Wed 09:00-15:00")],
    )
    row = SafeContact.objects.get(person=person)
    assert (row.when, row.hours, row.safe_hours.count()) == ("hours", "", 3)


@pytest.mark.parametrize("act", ["reach", "safe-contact"])
def test_who_may_not_see_the_person_finds_nothing(
    victim: Person, there: Partnership, at_desk: SignIn, act: str
) -> None:
    foreign = at_desk("manager").get(f"/people/{victim.pk}/{act}/")
    missing = at_desk("manager").get(f"/people/00000000-0000-0000-0000-000000000000/{act}/")
    assert foreign.status_code == missing.status_code == 404 and words(foreign) == words(missing)
    assert at_desk("administrator").get(f"/people/{victim.pk}/{act}/").status_code == 403


def test_a_colleague_cannot_say_what_came_of_another_s_try(victim: Person, at_desk: SignIn) -> None:
    ask(at_desk("officer"), victim, "phone")
    row = ContactTry.objects.get()
    assert at_desk("second").post(f"/people/tries/{row.pk}/", {"outcome": "reached"}).status_code == 403
    assert at_desk("manager").post(f"/people/tries/{row.pk}/", {"outcome": "reached"}).status_code == 404


def test_what_another_agency_was_told_since_stops_this_one_without_telling_what(
    victim: Person, there: Partnership
) -> None:
    officer, idva = there.users["officer"], there.users["idva"]
    confirm(victim, "email", by=officer, at=NOW - timedelta(days=2))
    hers = on_record(idva)
    say(victim, hers, officer)
    assert clearance.may_send(str(victim.pk), "email", NOW).allowed
    confirm(hers, "email", by=idva, at=NOW - timedelta(days=1), value="other@reach.example")
    cleared = clearance.may_send(str(victim.pk), "email", NOW)
    assert (cleared.codes, cleared.address) == (("not-current",), "")
    confirm(hers, "none", by=idva, at=NOW, safe=False, value="")
    assert "no-contact" in clearance.may_send(str(victim.pk), "email", NOW).codes


def test_no_mail_says_anything_of_anybody(victim: Person, there: Partnership, at_desk: SignIn, settings: Any) -> None:
    """Staff mail and mail to a person, of everything that this family has caused: fixed subjects, no word of hers in any."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    officer = there.users["officer"]
    confirm(victim, "email", by=officer, at=NOW, note="the back door")
    post(to=f"person:{victim.pk}", key="m", template=PERSON, by=officer, at=NOW)
    ask(at_desk("officer"), victim, "phone")
    at_desk("officer").post(f"/people/tries/{ContactTry.objects.get().pk}/ask/")
    worker.run_once(lambda: NOW)
    assert len(mail.outbox) > 2
    case = victim.memberships.get().case
    canaries = (
        "Amina",
        "Hartley",
        "Dean",
        "Marsh",
        "Lily",
        "Sample",
        "CV1",
        "07700",
        "back door",
        case.reference,
        str(victim.pk),
    )
    subjects = {template.subject for template in TEMPLATES.values()}
    for one in mail.outbox:
        raw = one.message().as_string()
        assert one.subject in subjects and len(one.recipients()) == 1 and not one.attachments
        assert [canary for canary in canaries if canary.lower() in raw.lower()] == []
    assert [one.subject for one in mail.outbox if one.to == ["safe@reach.example"]] == ["Message waiting"]


def test_every_event_of_reaching_somebody_is_codes(victim: Person, there: Partnership, at_desk: SignIn) -> None:
    adopt(there.area, there.users["officer"], NOW)
    confirm(victim, "phone", by=there.users["officer"], at=NOW, code_word="bluebells", note="the back door")
    ask(at_desk("officer"), victim, "phone")
    told = " ".join(event.detail for event in Event.objects.all())
    assert [word for word in ("bluebells", "back door", "07700", "Hartley") if word in told] == []
