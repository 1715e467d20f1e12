"""The demonstration as the sweep over every page sees it: what each address can be about, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.test import Client

from alongside.agencies.models import User
from alongside.audit.api import record_read
from alongside.audit.models import Event
from alongside.cases.models import Case, CaseMember
from alongside.casework.models import Referral, UnsentReferral
from alongside.children.models import School, SchoolNotice, Term
from alongside.config.routes import Route
from alongside.duties.models import Question, Task
from alongside.gate.actions import open_ground
from alongside.gate.viewing import Viewer
from alongside.intake.drafts.models import Draft
from alongside.keeping.models import Erasure, LegalHold
from alongside.looking import watching
from alongside.looking.models import Raised
from alongside.marac.models import MaracReferral
from alongside.people.actions import decide_link
from alongside.people.models import Address, ContactTask, ContactTry, LinkDecision, Person, PlannedLetter, Shield
from alongside.releases.models import AccessRequest, Paper, PaperCopy
from alongside.rights.models import Dispute
from alongside.sharing.models import CarryOn, Conflict, EmergencyOpening, SharedCopy
from alongside.uploads.models import Upload
from tests.apps.passkey import proven

# What stands behind the gate: the address, the model, and the column the address names it by.
GATED: list[tuple[re.Pattern[str], Any, str]] = [
    (re.compile(pattern), model, column)
    for pattern, model, column in (
        (r"^(cases|refer|marac/refer|tell-school)/<str:reference>/", Case, "reference"),
        (r"^(tasks|today)/<uuid:\w+>/|^(reports|marac)/task/<uuid:|^support/<uuid:", Task, "pk"),
        (r"^questions/<uuid:", Question, "pk"),
        (r"^people/links/<uuid:", LinkDecision, "pk"),
        (r"^people/addresses/<uuid:", Address, "pk"),
        (r"^people/shields/<uuid:", Shield, "pk"),
        (r"^people/tries/<uuid:", ContactTry, "pk"),
        (r"^people/letters/<uuid:", PlannedLetter, "pk"),
        (r"^people/contact-tasks/<uuid:", ContactTask, "pk"),
        (r"^people/<uuid:", Person, "pk"),
        (r"^looking/<uuid:", Raised, "pk"),
        (r"^call/<uuid:", Draft, "pk"),
        (r"^referrals/<uuid:", Referral, "pk"),
        (r"^marac/referrals/<uuid:", MaracReferral, "pk"),
        (r"^unsent/<uuid:", UnsentReferral, "pk"),
        (r"^(notices|school-notices)/<uuid:", SchoolNotice, "pk"),
        (r"^shared/<uuid:", SharedCopy, "pk"),
        (r"^keeping/person/<uuid:", Person, "pk"),
        (r"^keeping/holds/<uuid:", LegalHold, "pk"),
        (r"^keeping/erasures/<uuid:", Erasure, "pk"),
        (r"^disputes/<uuid:", Dispute, "pk"),
        (r"^files/<uuid:", Upload, "pk"),
        (r"^papers/(received/)?<uuid:", Paper, "pk"),
        (r"^papers/copies/<uuid:", PaperCopy, "pk"),
        (r"^own-data/<uuid:", AccessRequest, "pk"),
    )
]
# Parts of addresses that are nobody's secret.
PLAIN = {
    "area": "coventry",
    "parameter": "local_callout_threshold",
    "code": "west-midlands-2.24",
    "rule_id": "wm-marac-14-ticks",
    "worker": "midwife",
    "act": "refer_to_marac",
    "urn": "000001",
    "service": "childrens-social-care",
    "tab": "family",
    "instrument": "dash",
    "name": "incident",
    "ref": "v1",
    "kind": "several",
    "provider_id": "coventry-childrens-social-care",
    "member": str(UUID(int=0)),
    "change": str(UUID(int=0)),
    "said": str(UUID(int=0)),
    "agency": "coventry-childrens-social-care",
    "record": str(UUID(int=0)),
    "person": str(UUID(int=0)),
    "team": "coventry-housing-advice",
    "notice": "survivor",
}
NOBODY = {"reference": "AL-0000-00", "pk": str(UUID(int=0))}
PART = re.compile(r"<(?:\w+:)?(\w+)>")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
MAIN = re.compile(r"<main(.*?)</main>", re.DOTALL)
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True)
class Answer:
    """What an address answered: `body` is without the form's token, which is another each time; `reads` are the codes of the reads it
    left in the audit chain of whoever asked."""

    status: int
    body: str
    to: str = ""
    reads: tuple[str, ...] = field(default=(), compare=False)

    @property
    def main(self) -> str:
        """The page's own part, without the frame that names whoever asks."""
        found = MAIN.search(self.body)
        return found[1] if found else self.body

    @property
    def title(self) -> str:
        found = TITLE.search(self.body)
        return found[1].strip() if found else ""


@dataclass
class Someone:
    """Somebody of one role, signed in."""

    role: str
    user: User
    client: Client
    viewer: Viewer
    asked: dict[str, Answer] = field(default_factory=dict)

    def ask(self, path: str) -> Answer:
        """Open an address; one that takes only forms is sent an empty one."""
        if path not in self.asked:
            before = Event.objects.order_by("pk").values_list("pk", flat=True).last() or 0
            answer = self.client.get(path)
            if answer.status_code == 405:
                answer = self.client.post(path)
            body = TOKEN.sub("", answer.content.decode(errors="replace")) if not answer.streaming else ""
            left = Event.objects.filter(pk__gt=before, kind=Event.Kind.READ, actor=self.user.audit_name).order_by("pk")
            reads = tuple(left.values_list("name", flat=True))
            self.asked[path] = Answer(answer.status_code, body, answer.headers.get("Location", ""), reads)
        return self.asked[path]


def signed_in(user: User, at: datetime) -> Someone:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    proven(client, at)
    return Someone(user.role, user, client, Viewer(user, at))


def tell_more(officer: User, other: User, at: datetime) -> None:
    """What the demonstration does not begin with: a report not decided yet, and a call begun with its first page kept."""
    from alongside.demo import stories
    from alongside.intake.drafts import actions

    waiting = Case.objects.filter(recording_team__memberships__user=officer, members__role="child").order_by(
        "-received_on"
    )
    sent = Referral.objects.values("case")
    stories._send(waiting.exclude(pk__in=sent).first(), officer, at, basis="protect-child")
    for person in (officer, other):
        draft = actions.begin(kind="police-incident", by=person, at=at)
        actions.keep(draft=draft, page="first", typed={"area": "coventry", "children": "yes"}, by=person, at=at)


def tell_of_looking(officer: User, lead: User, at: datetime) -> None:
    """An officer opened a case of another team of the same force; and a case is open to the agency of a lead."""
    told = Case.objects.filter(opened_by_agency=officer.agency)
    case = told.filter(recording_team__memberships__user=officer).order_by("received_on").first()
    other = told.exclude(recording_team__memberships__user=officer).first()
    assert case is not None and other is not None
    sent = {"ground": "sent", "purpose": "support offered", "by": officer, "at": at}
    open_ground(subject_kind="case", subject_id=case.pk, viewer=lead.agency, **sent)
    record_read(other, by=officer, at=at, what="cases.now")
    watching.watch(lambda: at)
    assert Raised.objects.exists(), "a look without a case of theirs was not raised"
    told_of, held = (one.members.get(role="victim").person for one in (case, other))
    decide_link(person=told_of, candidate=held, answer="unsure", weight=1, because=["x"], by=officer, at=at)


def behind(route: Route) -> tuple[Any, str] | None:
    """The model and column an address leads to, None when it stands behind no gate."""
    return next(((model, column) for pattern, model, column in GATED if pattern.search(route.pattern)), None)


def addresses(route: Route, someone: Someone) -> Iterator[tuple[str, bool | None]]:
    """Real addresses of a route, each with whether the gate opens it for somebody; None where there is no gate."""
    held = behind(route)
    if held is None:
        yield _filled(route, ""), None
        return
    model, column = held
    own = model.objects.visible_to(someone.viewer)
    for row in _chosen(model, own):
        yield _filled(route, str(getattr(row, column)), row), True
    for row in model.objects.exclude(pk__in=own.values("pk")).order_by("pk")[:1]:
        yield _filled(route, str(getattr(row, column)), row), False


def nobody(route: Route) -> str:
    """The address of the same kind that leads to nothing."""
    held = behind(route)
    return _filled(route, NOBODY[held[1]] if held else "")


def _chosen(model: Any, own: Any) -> list[Any]:
    """A few of those one may see: of tasks one of every act, of cases the richest."""
    if model is Task:
        return list({task.act: task for task in own.order_by("pk")}.values())
    if model is Case:
        return sorted(own, key=lambda case: (-case.members.count(), case.reference))[:1]
    if model is Person:  # one of whom it was left open whether another team's record is theirs
        return [*own.filter(link_decisions__answer="unsure")[:1], *own.order_by("pk")[:2]]
    if model is Paper:  # who may do what differs from one to the next
        return list(own.order_by("pk"))
    return list(own.order_by("pk")[:2])


def _filled(route: Route, subject: str, row: Any = None) -> str:
    """The pattern with its parts filled in; the first part behind a gate is the subject."""
    left = [subject] if subject else []

    def fill(found: re.Match[str]) -> str:
        if left:
            return left.pop()
        if part := {"child": "child", "person": "victim"}.get(found[1]):
            member = CaseMember.objects.filter(case=row, role=part).first() if row else None
            return str(member.person_id if member else UUID(int=0))
        if found[1] == "pk" and (of := _of_leads(route.name)) is not None:
            return of
        if found[1] == "pk":
            return str(Term.objects.order_by("pk").values_list("pk", flat=True)[0])
        if route.name == "duties:tell":
            return "victim_pregnant"
        if route.name == "sharing:need-record" and (link := row and row.link_decisions.filter(answer="unsure").first()):
            return str(link.candidate_id)
        if found[1] == "key":
            return _missing_role()
        return PLAIN[found[1]]

    return "/" + PART.sub(fill, route.pattern)


def _of_leads(name: str) -> str | None:
    """What stands behind no gate and is seen by leads alone: the one there is of its kind."""
    model = {
        "sharing:conflict": Conflict,
        "sharing:carry-on": CarryOn,
        "sharing:emergency-review": EmergencyOpening,
    }.get(name)
    return str(model.objects.values_list("pk", flat=True)[0]) if model else None


def _missing_role() -> str:
    from alongside.duties import queries
    from alongside.duties.pages import unrouted

    return next(iter(unrouted.gaps(queries.unrouted())))


def personal() -> re.Pattern[str]:
    """What tells of somebody on record: the reference of a case, a whole name, the date of birth in words."""
    said = {re.escape(case) for case in Case.objects.values_list("reference", flat=True)}
    said |= {
        re.escape(f"{row.given_name} {row.family_name}")
        for row in Person.objects.all()
        if row.given_name and row.family_name
    }
    assert len(said) > 20, "the demonstration holds nobody"
    return re.compile("|".join(sorted(said)))


def names() -> list[re.Pattern[str]]:
    """The names of everybody a case is about, and of every school: no title of a page holds one."""
    parts = {part for row in Person.objects.all() for part in (row.given_name, row.family_name) if len(part) > 2}
    parts |= set(School.objects.values_list("name", flat=True))
    assert len(parts) > 20, "the demonstration holds nobody"
    return [re.compile(rf"\b{re.escape(part)}\b", re.IGNORECASE) for part in parts]
