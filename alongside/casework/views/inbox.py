"""The duty manager's inbox, and the decision on a report."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.agencies.access import Refused, check_may
from alongside.audit.api import StateRefused, record_read
from alongside.casework.actions import deciding as actions
from alongside.casework.actions.referrals import open_referral
from alongside.casework.codes import SERVICES
from alongside.casework.forms.deciding import DecisionForm
from alongside.casework.models import Referral
from alongside.casework.pages import referrals as pages
from alongside.casework.pages import sending
from alongside.casework.queries import receiving, stopping
from alongside.duties import conduct
from alongside.duties.queries import Shown, numbers, untold
from alongside.gate.routes import page
from alongside.gate.viewing import NotVisible, load


def _inbox(request: HttpRequest, service: str) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    rows = receiving.received(viewer, service)
    record_read(rows, by=viewer.user, at=viewer.at, what="casework.inbox")
    families = pages.inbox(viewer, service)
    context = {
        "service": service,
        "service_words": SERVICES[service],
        "families": [family for family in families if family.open],
        "settled": [family for family in families if not family.open],
        "waiting": sum(len(family.open) for family in families),
    }
    return render(request, "casework/inbox.html", context)


@page(may="decide_child_referral")
def reports_children(request: HttpRequest) -> HttpResponse:
    """Reports to children's social care sent to the viewer's teams."""
    return _inbox(request, "childrens-social-care")


@page(may="decide_adult_referral")
def reports_adults(request: HttpRequest) -> HttpResponse:
    """Reports to adult social care sent to the viewer's teams."""
    return _inbox(request, "adult-social-care")


@page(may=None)
def from_task(request: HttpRequest, task_id: str) -> HttpResponse:
    """From the button of a task to the oldest report of its case not decided yet."""
    viewer = request.viewer  # type: ignore[attr-defined]
    task = load(receiving.tasks(), viewer, what="casework.task", pk=task_id)
    row = receiving.first_undecided(task, viewer)
    if row is not None:
        return redirect("casework:decide", row.pk)
    is_adult = task.act == "decide_asc_response"
    return redirect(pages.INBOXES["adult-social-care" if is_adult else "childrens-social-care"])


@page(may=None)
def decide(request: HttpRequest, referral_id: str) -> HttpResponse:
    """The record, what the rules say of each outcome, the questions only the receiver can answer, the decision."""
    viewer = request.viewer  # type: ignore[attr-defined]
    row: Referral = load(receiving.referrals(), viewer, what="casework.decide", pk=referral_id)
    if row.to_team_id not in viewer.team_ids:
        raise NotVisible
    check_may(viewer.user, actions.DECIDES[row.service])
    if row.state == "decided" and not (request.method == "POST" and receiving.is_otherwise(row, request.POST, viewer)):
        return redirect("casework:referral", row.pk)
    if row.opened_at is None:
        open_referral(referral=row, by=viewer.user, at=viewer.at)
    form, sent = _form(request, row)
    refused: Exception | None = None
    if request.method == "POST" and form.is_valid():
        try:
            _decide(row, form, request)
            return redirect("casework:referral", row.pk)
        except (Refused, StateRefused) as refusal:
            refused = refusal
            sent = receiving.as_sent(row, viewer.at)
    return render(
        request, "casework/decide.html", _context(request, row, form, sent, refused), status=403 if refused else 200
    )


def _form(request: HttpRequest, row: Referral) -> tuple[DecisionForm, receiving.AsSent]:
    sent = receiving.as_sent(row, request.at)  # type: ignore[attr-defined]
    asked: dict[tuple[str, str], str] = {}
    for choice in pages.choices(row, sent):
        for one in (*choice.bars, *choice.thresholds):
            asked.update({(name, about): pages.question(sent, name, about) for name, about in one["asks"]})
    held = receiving.own_answers(row)
    for (name, about), value in held.items():
        fact = sent.pack.vocabulary.get(name)
        known = fact is not None and fact.type == "boolean" and fact.kind == "observed" and name not in conduct.FACTS
        if known and value is not None and (not about or about in sent.children):
            asked.setdefault((name, about), pages.question(sent, name, about))
    asks = [(name, about, question) for (name, about), question in asked.items() if name not in conduct.FACTS]
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        service=row.service,
        asks=asks,
        answered=held,
        conduct=receiving.conduct_known(row),
    )
    return form, sent


def _decide(row: Referral, form: DecisionForm, request: HttpRequest) -> None:
    """First the answers, which stand whatever follows; then the decision, with the bars as the answers leave them."""
    by, at = request.user, request.at  # type: ignore[attr-defined]
    said, answers = form.cleaned_data, form.answers(row)
    if answers:
        shared = {"basis": said["share_basis"], "reason": said["share_reason"]}
        actions.answer(referral=row, answers=answers, **shared, by=by, at=at)  # type: ignore[arg-type]
    actions.decide(
        referral=row,
        outcome=said["outcome"],
        reason=said["reason"],
        services_considered=said["services_considered"],
        look_again_on=said["look_again_on"],
        contact_family=said["contact_family"] == "yes",
        by=by,  # type: ignore[arg-type]
        at=at,
    )


def _context(
    request: HttpRequest, row: Referral, form: DecisionForm, sent: receiving.AsSent, refused: Exception | None
) -> dict[str, Any]:
    choices = pages.choices(row, sent)
    barred = {name for choice in choices for bar in choice.bars for name, _ in bar["asks"]}
    return {
        **pages.record_page(row, request.viewer, is_receiver=True),  # type: ignore[attr-defined]
        "form": form,
        "choices": choices,
        "first_asks": [field for field, (name, _) in form.asks.items() if name in barred],
        "more_asks": [field for field, (name, _) in form.asks.items() if name not in barred],
        "contact_unsent": stopping.unsent_stop(row, sent, conduct.ACT),
        "contact_bars": stopping.stops(row, sent, conduct.ACT),
        "untold": untold(row.case, request.viewer),  # type: ignore[attr-defined]
        "ring_sender": numbers(row.case),
        "guidance": sending.cards(_guidance(row, sent)),
        "refused": refused,
        "shared": refused is not None and form.has_answers(),
    }


def _guidance(row: Referral, sent: receiving.AsSent) -> list[Any]:
    """Guidance of the decision, on the facts as sent."""
    place = "csc-decision" if row.service == "childrens-social-care" else "assessment"
    return [
        Shown(finding.rule, str(finding.outcome), finding.about)
        for finding in sent.findings.values()
        if finding.rule.place == place
        and finding.rule.reaches_as in ("guidance", "reference")
        and finding.outcome == "fires"
    ]
