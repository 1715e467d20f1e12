"""The mail the demonstration caught."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.outbox import queries


@login_not_required
def caught_mail(request: HttpRequest) -> HttpResponse:
    """Every mail that would have left, newest first. There is no such page outside the demonstration."""
    if not settings.ALONGSIDE_DEMO:
        raise Http404
    return render(request, "outbox/mail.html", {"mails": queries.caught()})
