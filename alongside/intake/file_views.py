"""Dropping in a notification as a file, or pasting one."""

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.design.forms import GovukForm
from alongside.gate.routes import Request, page
from alongside.intake.actions import OtherContent, receive
from alongside.intake.faults import NotValid
from alongside.intake.reading import NotReadable, canonical, read


class FileForm(GovukForm):
    """A file, or its text; the file counts where both are given."""

    file = django_forms.FileField(label="The file", required=False)
    text = django_forms.CharField(
        label="Or paste its text", widget=django_forms.Textarea(attrs={"rows": 10}), required=False
    )

    def data_given(self) -> bytes:
        """The bytes to read; empty when nothing was given."""
        held = self.cleaned_data.get("file")
        return held.read() if held else self.cleaned_data.get("text", "").encode()


@page(may="notify")
def file(request: Request) -> HttpResponse:
    """One notification from a file: it goes in whole, or is refused with every fault."""
    form = FileForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form, "faults": [], "sentence": ""}
    if request.method != "POST" or not form.is_valid():
        return render(request, "intake/file.html", context, status=422 if form.errors else 200)
    data = form.data_given()
    if not data.strip():
        return render(
            request, "intake/file.html", context | {"sentence": "Choose a file, or paste its text."}, status=422
        )
    try:
        content = read(data)
        if isinstance(content, list):
            raise NotReadable(
                f"This is a list of {len(content)}. This page takes one; a file of many goes in with the command “alongside ingest”."
            )
        received = receive(content=content, by=request.user, at=request.at)
    except NotReadable as fault:
        return render(request, "intake/file.html", context | {"sentence": str(fault)}, status=422)
    except NotValid as refused:
        return render(request, "intake/file.html", context | {"faults": refused.faults}, status=422)
    except OtherContent as other:
        both = {"sentence": str(other), "typed": canonical(other.sent)}
        both |= {"held": canonical(other.held)} if other.held else {}
        return render(request, "intake/file.html", context | both, status=409)
    return redirect("cases:who", received.notification.case.reference)
