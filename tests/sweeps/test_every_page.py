"""Every address, for every role, with what is really there: no fault, no leak, and pages that keep nobody out (point 22)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from django.template.backends import jinja2
from django.utils import timezone
from playwright.sync_api import Route as Asked
from playwright.sync_api import sync_playwright

from alongside.agencies.models import User
from alongside.agencies.roles import PERMISSIONS
from alongside.cases.models import Case
from alongside.config.routes import TOKEN, Route, routes
from alongside.demo.accounts import HOME, ORDER, email
from tests.journeys.browser import AXE, CUT
from tests.journeys.conftest import QUIET, SIZES
from tests.sweeps import every_page, foreign_ids
from tests.sweeps.every_page import Answer, Someone
from tests.sweeps.source import PRODUCT
from tests.sweeps.test_templates import templates

pytestmark = pytest.mark.django_db

# Pages that no address shows by being opened: each with where its journey looks at it.
ON_ANOTHER_WAY = {
    "account/login.html": "to strangers only: tests/journeys/test_ground.py",
    "casework/refer_nobody.html": "in an area without the service: tests/apps/casework",
    "casework/refer_preview.html": "after a form is kept: tests/journeys/test_main_story.py",
    "casework/refer_sent.html": "on the way back after sending: tests/journeys/test_unlucky_day.py",
    "sharing/again.html": "by whoever decided: tests/apps/sharing/test_tool.py",
    "sharing/agreement.html": "once one is signed: tests/apps/sharing/test_agreements.py",
    "sharing/share_not.html": "once a record is chosen: tests/apps/sharing/test_tool.py",
    "sharing/share_preview.html": "once the letter is written: tests/apps/sharing/test_tool.py",
    "sharing/share_write.html": "once a record is chosen: tests/apps/sharing/test_tool.py",
    "duties/both.html": "after a second answer: tests/journeys/test_unlucky_day.py",
    "mfa/authenticate.html": "between password and code: tests/apps/config",
    "mfa/totp/activate_form.html": "once the password is given again: tests/journeys/test_ground.py",
    "mfa/reauthenticate.html": "between password and code: tests/apps/config",
    "keeping/erasure.html": "once an erasure is asked for: tests/apps/keeping/test_pages.py",
    "keeping/hold.html": "once a record is held: tests/apps/keeping/test_pages.py",
    "marac/pattern.html": "once links make a pattern: tests/apps/marac/test_patterns.py",
    "people/contact_task.html": "once something could not be shown to be safe: tests/apps/people/test_reaching.py",
    "sharing/letters/letter.html": "once a letter is written: tests/apps/sharing/test_letters.py",
    "people/letter.html": "once a letter is planned: tests/apps/people/test_letters.py",
    "sharing/conflicts/answer.html": "once a lead asks: tests/apps/sharing/test_conflicts.py",
    "rights/disputed.html": "once somebody disputes something: tests/apps/rights/test_disputes.py",
    "sharing/conflicts/declared.html": "once somebody said it: tests/apps/sharing/test_conflicts.py",
    "people/second.html": "once somebody protected was answered about: tests/apps/people/test_second.py",
    "procedures/sentence.html": "once an edition changed a sentence: tests/journeys/test_own_copy.py",
    "mfa/webauthn/add_form.html": "once the password is given again: tests/journeys/test_passkeys.py",
    "mfa/webauthn/authenticator_confirm_delete.html": "once there are two passkeys: tests/apps/config",
    "mfa/webauthn/reauthenticate.html": "once a passkey is added: tests/apps/config",
    "socialaccount/login_redirect.html": "on the way back from a directory: tests/apps/config/test_directory.py",
    "gate/idle.html": "after ten minutes without anything done: tests/journeys/test_locked.py",
    "gate/step_up.html": "ten minutes after a proof: tests/apps/gate/test_step_up.py",
    "staffing/ask.html": "about somebody: tests/journeys/test_staff.py",
    "staffing/agency.html": "once somebody said that one joins: tests/apps/staffing/test_joining.py",
    "staffing/decide.html": "about somebody: tests/journeys/test_staff.py",
    "staffing/confirmed.html": "in the one answer: tests/journeys/test_staff.py",
    "mfa/totp/deactivate_form.html": "once a second factor is set up: tests/apps/config",
}

# Addresses that lead nowhere in the demonstration as it begins: each with the tests that open it.
OPENED_ELSEWHERE = {
    "account/passkeys/<int:pk>/remove/": "once there are two passkeys: tests/apps/config",
    "account/directory/<slug:provider_id>/": "for an agency that has one: tests/apps/config/test_directory.py",
    "account/directory/<slug:provider_id>/back/": "for an agency that has one: tests/apps/config/test_directory.py",
    "account/sessions/end/": "once there is another session: tests/apps/staffing",
    "staff/people/<uuid:member>/leave/": "about somebody: tests/apps/staffing",
    "staff/people/<uuid:member>/reset/": "about somebody: tests/apps/staffing",
    "staff/changes/<uuid:change>/": "about somebody: tests/apps/staffing",
    "agencies/joining/<uuid:said>/": "once somebody said that one joins: tests/apps/staffing/test_joining.py",
    "staff/changes/<uuid:change>/take-back/": "about somebody: tests/apps/staffing",
    "account/two-step/remove/": "once a second factor is set up: tests/apps/config",
    "call/<uuid:draft_id>/add/": "says what is added: tests/apps/intake_web/test_call.py",
    "call/<uuid:draft_id>/entry/<slug:ref>/remove/": "once somebody is added: tests/apps/intake_web/test_call.py",
    "agreements/<uuid:pk>/": "once one is signed: tests/apps/sharing/test_agreements.py",
    "cases/<str:reference>/share/<uuid:record>/<slug:team>/": "once a record is chosen: tests/apps/sharing/test_tool.py",
    "cases/<str:reference>/share/<uuid:record>/<slug:team>/not/": "once a record is chosen: tests/apps/sharing/test_tool.py",
    "decisions/<uuid:pk>/": "by whoever decided: tests/apps/sharing/test_tool.py",
    "cases/<str:reference>/questions/<slug:name>/": "once a question is asked: tests/apps/duties/test_questions.py",
    "marac/task/<uuid:task_id>/": "once a case was sent: tests/apps/marac/test_marac.py",
    "patterns/<slug:kind>/<uuid:pk>/": "once links make a pattern: tests/apps/marac/test_patterns.py",
    "papers/copies/<uuid:pk>/told/": "once a paper is called back: tests/apps/releases/test_papers.py",
    "people/contact-tasks/<uuid:pk>/": "once something could not be shown to be safe: tests/apps/people/test_reaching.py",
    "people/letters/<uuid:pk>/": "once a letter is planned: tests/apps/people/test_letters.py",
    "people/tries/<uuid:pk>/": "once somebody asked before a call: tests/apps/people/test_reaching.py",
    "people/tries/<uuid:pk>/ask/": "once somebody asked before a call: tests/apps/people/test_reaching.py",
    "people/tries/<uuid:pk>/letter/": "once somebody asked before a letter: tests/apps/people/test_letters.py",
    "disputes/<uuid:pk>/": "once somebody disputes something: tests/apps/rights/test_disputes.py",
    "conflicts/asked/<uuid:pk>/": "once a lead asks: tests/apps/sharing/test_conflicts.py",
    "emergency/openings/<uuid:pk>/end/": "for whoever opened it: tests/apps/sharing/test_emergency.py",
    "keeping/erasures/<uuid:pk>/": "once an erasure is asked for: tests/apps/keeping/test_pages.py",
    "keeping/holds/<uuid:pk>/": "once a record is held: tests/apps/keeping/test_pages.py",
    "people/links/<uuid:pk>/": "once somebody protected was answered about: tests/apps/people/test_second.py",
    "people/shields/<uuid:pk>/lift/": "once somebody is protected: tests/apps/people/test_second.py",
    "unsent/<uuid:pk>/": "once a referral is written: tests/journeys/test_main_story.py",
    "files/<uuid:pk>/copy/": "once the scanner looked: tests/apps/uploads",
    "what-if/table.csv": "once there are cases: tests/apps/insight",
    "unsent/<uuid:pk>/again/": "once a referral is written: tests/apps/casework/test_sending.py",
}

# One of every role in one area, and the supervisor of the other force, who has a log of its own kind to review.
WALKERS = [*((role, HOME) for role in ORDER), ("police-supervisor", "stoke-on-trent")]


@dataclass
class World:
    """The prepared demonstration; `shown` keeps the first page made from each template."""

    people: dict[tuple[str, str], Someone]
    shown: dict[str, str]
    latest: list[str]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for all roles, and taken back at the end."""
    from alongside.demo.prepare import prepare

    latest: list[str] = []
    drawn = jinja2.Template.render

    def render(self: Any, *args: Any, **kwargs: Any) -> Any:
        latest.append(self.template.name)
        return drawn(self, *args, **kwargs)

    at = timezone.now()
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Template, "render", render)
        assert prepare(at=at)
        users = {one: User.objects.get(email=email(*one)) for one in WALKERS}
        every_page.tell_more(users["police-officer", HOME], users["housing", HOME], at)
        every_page.tell_of_looking(users["police-officer", HOME], users["safeguarding-lead", HOME], at)
        people = {one: every_page.signed_in(user, timezone.now()) for one, user in users.items()}
        yield World(people, {}, latest)
        transaction.set_rollback(True)


def walked() -> list[Route]:
    found = [route for route in routes() if route.rule != TOKEN and not route.name.startswith("api-1:")]
    assert len(found) > 80, "the sweep has lost the addresses"
    return found


def opened(world: World, someone: Someone, path: str) -> Answer:
    """Ask, and keep the page as the one of its template when it is the first."""
    world.latest.clear()
    with transaction.atomic():
        answer = someone.ask(path)
        transaction.set_rollback(True)
    drawn = [name for name in world.latest if name in whole_pages()]
    if answer.status in {200, 403} and drawn:
        world.shown.setdefault(drawn[-1], answer.body)
    return answer


@cache
def whole_pages() -> frozenset[str]:
    """Templates that are a page of their own, and no part or frame of one."""
    named = templates().items()
    return frozenset(
        name for name, path in named if "{% extends" in path.read_text("utf-8") and not name.endswith("base.html")
    )


@pytest.mark.slow
@pytest.mark.parametrize("walker", WALKERS, ids="-".join)
def test_a_role_walks_through_every_address(walker: tuple[str, str], world: World) -> None:
    someone, names = world.people[walker], every_page.names()
    wrong, behind_the_gate = [], 0
    for route in walked():
        nothing = opened(world, someone, every_page.nobody(route)) if every_page.behind(route) else None
        lacks = route.rule in PERMISSIONS and not someone.user.may(str(route.rule))
        for path, may_see in every_page.addresses(route, someone):
            answer = opened(world, someone, path)
            if answer.status >= 500:
                wrong.append(f"{path} answered {answer.status}")
            refused = answer.status == 403
            if refused is not lacks and (lacks or may_see is None):
                wrong.append(f"{path} answered {answer.status}, and the rule is {route.rule}")
            if may_see is False:
                behind_the_gate += 1
                if answer != nothing or answer.status not in {403, 404}:
                    wrong.append(f"{path} is foreign, and answered {answer.status} otherwise than what is not there")
            wrong += [f"{path} has {name.pattern} in its title" for name in names if name.search(answer.title)]
            if answer.status == 200 and "<html" in answer.body and not answer.title:
                wrong.append(f"{path} has no title")
    assert wrong == []
    assert behind_the_gate > 20, "nothing foreign was tried"


@pytest.mark.slow
def test_no_page_that_tells_of_somebody_leaves_without_its_read(world: World) -> None:
    """Threats T1 and T35: whatever names somebody, or opens a record behind the gate, has its row before it is sent."""
    _walk_once(world)
    told, silent = every_page.personal(), []
    seen: set[str] = set()
    for someone in world.people.values():
        for route in walked():
            for path, may_see in every_page.addresses(route, someone):
                answer = someone.asked.get(path)
                if answer is None or answer.status != 200 or not (may_see or told.search(answer.main)):
                    continue
                seen.add(route.pattern)
                if not set(answer.reads) - {"refused"}:
                    silent.append(f"{someone.role} {path}")
    assert len(seen) > 40, "the sweep has lost the pages that tell of somebody"
    assert silent == []


@pytest.mark.slow
def test_no_form_takes_an_id_that_is_somebody_elses(world: World) -> None:
    """Threat T6: whatever id a form holds or offers, one that its reader may not see in its place changes nothing."""
    _walk_once(world)
    others, tried, taken = foreign_ids.Others(), 0, []
    for someone in world.people.values():
        for path, form, name, value in _ids_in_forms(someone):
            row = others.another(value, form, someone.viewer)
            if row is None:
                continue
            tried += 1
            foreign = row.reference if isinstance(row, Case) and value.startswith("AL-") else str(row.pk)
            if grown := _sent(someone, form.action or path, form.typed() | {name: foreign}, row):
                taken.append(f"{someone.role} {path} {name}: {grown}")
    assert tried > 20, "the sweep has lost the ids in forms"
    assert taken == []


def _ids_in_forms(someone: Someone) -> Iterator[tuple[str, foreign_ids.Form, str, str]]:
    """Each field with an id once for a form of an address."""
    seen: set[tuple[str, str]] = set()
    for path, answer in list(someone.asked.items()):
        for form in foreign_ids.forms(answer.body) if answer.status == 200 else ():
            for name, value in form.ids():
                kind = (
                    re.sub(r"[0-9a-f-]{36}|AL-\w+-\w+", "ID", form.action or path),
                    re.sub(r"[0-9a-f-]{36}", "ID", name),
                )
                if kind not in seen:
                    seen.add(kind)
                    yield path, form, name, value


def _sent(someone: Someone, address: str, typed: dict[str, str], row: Model) -> list[str]:
    """Where rows came that point at the row, once the form was sent."""
    before = foreign_ids.mentions(row)
    with transaction.atomic():
        answer = someone.client.post(address, typed)
        after = foreign_ids.mentions(row) if answer.status_code < 400 else before
        transaction.set_rollback(True)
    assert answer.status_code < 500, address
    return [where for where, count in after.items() if count > before[where]]


@pytest.mark.slow
def test_every_page_has_been_shown(world: World) -> None:
    """Runs after the roles: what they opened covers the templates, or says where else each is looked at."""
    _walk_once(world)
    pages = whole_pages()
    lost = sorted(pages - set(world.shown) - set(ON_ANOTHER_WAY))
    assert not lost, f"never shown: {lost}"
    gone, after_all = sorted(set(ON_ANOTHER_WAY) - pages), sorted(set(ON_ANOTHER_WAY) & set(world.shown))
    assert not gone, f"a reason is kept for pages that are gone: {gone}"
    assert not after_all, f"shown after all: {after_all}"


def _walk_once(world: World) -> None:
    """On its own, this test walks first."""
    if world.shown:
        return
    for someone in world.people.values():
        for route in walked():
            for path, _ in every_page.addresses(route, someone):
                opened(world, someone, path)


@pytest.mark.slow
def test_every_address_was_opened_by_somebody(world: World) -> None:
    """Refused and not found are no look at a page: each address has answered somebody who may open it."""
    _walk_once(world)
    closed = {
        route.pattern
        for route in walked()
        if not any(
            path in someone.asked and someone.asked[path].status not in {403, 404}
            for someone in world.people.values()
            for path, _ in every_page.addresses(route, someone)
        )
    }
    lost, after_all = sorted(closed - set(OPENED_ELSEWHERE)), sorted(set(OPENED_ELSEWHERE) - closed)
    assert not lost, f"nobody opened: {lost}"
    assert not after_all, f"opened after all, or gone: {after_all}"


@pytest.mark.slow
def test_every_page_keeps_nobody_out(world: World) -> None:
    """One page of each template on a phone: axe finds nothing, nothing stands beside the screen or is cut off."""
    _walk_once(world)
    assert len(world.shown) > 40, "no pages were gathered"
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "Chromium is not installed: sudo apt-get install chromium"
    wrong = []
    with sync_playwright() as driver:
        engine = driver.chromium.launch(executable_path=chromium, args=list(QUIET))
        page = engine.new_page(viewport=SIZES["phone"], locale="en-GB")
        page.route("**/*", lambda asked: _serve(asked, world.shown))
        for name in sorted(world.shown):
            page.goto(f"http://page.test/{name}")
            found: Any = page.evaluate(f"async () => {{ {AXE}; return (await axe.run()).violations; }}")
            wrong += [f"{name}: {one['id']}: {[node['html'][:120] for node in one['nodes'][:2]]}" for one in found]
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            wrong += [f"{name} is {wide} pixels too wide"] if wide > 0 else []
            wrong += [f"{name} cuts off {text!r}" for text in page.evaluate(CUT)]
        engine.close()
    assert wrong == []


def _serve(asked: Asked, shown: dict[str, str]) -> None:
    """The page itself as it was answered, and its style sheet and script from where they are built."""
    path = re.sub(r"^https?://[^/]+/", "", asked.request.url)
    if path in shown:
        asked.fulfill(body=shown[path], content_type="text/html; charset=utf-8")
        return
    file = PRODUCT / "design" / path
    if path.startswith("static/") and file.is_file():
        asked.fulfill(path=file)
    else:
        asked.fulfill(status=404, body="")
