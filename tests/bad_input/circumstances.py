"""Good input in bad circumstances: two at once, no mail, no room, a kill, spoilt packs, and registers with gaps."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path

import pytest
from django.conf import settings

from alongside.audit.testing import writing
from alongside.cases.models import Case
from alongside.children.actions.notices import send_notice
from alongside.children.models import School, SchoolNotice
from alongside.duties.actions import AnsweredAlready, answer
from alongside.duties.models import Duty, ObservedFact, Question
from alongside.outbox import worker
from alongside.outbox.models import Message
from alongside.policy import PackFaults, load_library
from alongside.procedures.queries import coverage, library
from alongside.risk.instruments import instruments
from tests.bad_input.processes import Installation
from tests.bad_input.world import NOW, World, nothing_kept, row


@row("Two people answering one question at once")
def two_answers(world: World) -> None:
    world.post(world.example())
    first, second = (Question.objects.get(fact="adult_care_and_support_needs") for _ in range(2))
    officer, sergeant = world.partnership.user("police-officer"), world.partnership.user("police-supervisor")
    answer(question=first, value=True, by=officer, at=NOW)
    with nothing_kept(), pytest.raises(AnsweredAlready) as told:
        answer(question=second, value=False, by=sergeant, at=NOW)
    assert (told.value.theirs.value, told.value.yours) == (True, False)
    assert "Your answer was not saved" in str(told.value)
    assert ObservedFact.objects.get(name="adult_care_and_support_needs").value is True


@row("The mail server is down")
def no_mail(world: World) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed_port = probe.getsockname()[1]
    for name, value in {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": closed_port,
        "EMAIL_TIMEOUT": 2,
    }.items():
        world.patch.setattr(settings, name, value)
    example = json.loads(Path("examples/police-incident-school-child.json").read_text("utf-8"))
    response = world.post(example)
    assert response.status_code == 201
    waiting = Message.objects.filter(state=Message.State.QUEUED).count()
    assert waiting > 0
    from datetime import timedelta

    from django.utils import timezone

    later = timezone.now() + timedelta(seconds=5)
    worker.run_once(lambda: later)
    assert Message.objects.filter(state=Message.State.QUEUED).count() == waiting
    assert Message.objects.filter(attempts__gt=0).exists()
    assert Duty.objects.filter(state="open").count() == sum(
        d["state"] == "open" for d in json.loads(response.content)["duties"]
    )


@row("The disk is full")
def disk_full(world: World) -> None:
    with Installation.fresh() as place:
        refused = place.ingest(world.example(), room=4)
        assert refused.returncode == 1
        told = json.loads(refused.stdout)
        assert told["status"] == 503 and "could not be stored, and nothing of it was kept" in told["detail"]
        assert "Traceback" not in refused.stderr
        assert place.count("cases_case") == place.count("people_person") == place.count("intake_notification") == 0
        assert place.ingest(world.example()).returncode == 0
        assert place.count("cases_case") == 1


@row("The process is killed between storing and answering")
def killed(world: World) -> None:
    with Installation.fresh() as place:
        assert place.ingest(world.example(), dies="before the commit").returncode == -9
        assert place.count("cases_case") == place.count("audit_event") - place.events == 0
        assert place.ingest(world.example(), dies="after the commit").returncode == -9
        case = place.first("SELECT reference FROM cases_case")
        again = place.ingest(world.example())
        assert again.returncode == 0 and "1 stored before" in again.stderr
        assert json.loads(again.stdout)["case"] == case
        assert place.count("cases_case") == place.count("intake_notification") == 1


@row("A pack with a misspelt fact")
def misspelt_fact(world: World) -> None:
    packs = Path(shutil.copytree(settings.PACKS_DIR, world.folder / "packs"))
    path = packs / "west-midlands" / "06-response.toml"
    text = path.read_text("utf-8")
    assert "victim_pregnant" in text
    path.write_text(text.replace("victim_pregnant", "victim_pregnent", 1), "utf-8")
    with nothing_kept(), pytest.raises(PackFaults) as told:
        load_library(packs)
    said = str(told.value)
    assert "06-response.toml" in said and "victim_pregnent" in said and "did you mean victim_pregnant?" in said


@row("A pack file is deleted while serving")
def pack_deleted(world: World) -> None:
    packs = Path(shutil.copytree(settings.PACKS_DIR, world.folder / "packs"))
    world.patch.setattr(settings, "PACKS_DIR", packs)
    library.cache_clear()
    coverage.cache_clear()
    instruments.cache_clear()
    try:
        from alongside.config.wsgi import read_packs

        read_packs()
        shutil.rmtree(packs)
        response = world.post(world.example())
        assert response.status_code == 201
        assert len(json.loads(response.content)["duties"]) > 3
    finally:
        library.cache_clear()
        coverage.cache_clear()
        instruments.cache_clear()


@row("A school with no key adult")
def no_key_adult(world: World) -> None:
    example = json.loads(Path("examples/police-incident-school-child.json").read_text("utf-8"))
    desk = next(u for u in world.partnership.users.values() if u.may("tell_school") and u.agency.kind == "police")
    with writing():
        school = School.objects.create(
            urn="000001", name="Example Primary School", area=world.partnership.areas["coventry"]
        )
    case = Case.objects.get(reference=json.loads(world.post(example).content)["case"])
    child = case.members.get(role="child").person
    notice = send_notice(
        case=case, child=child, school=school, child_name="Zofia", what_to_know="She may be tired.", by=desk, at=NOW
    )
    assert SchoolNotice.objects.get().call_needed_on == notice.call_needed_on == NOW
    assert Duty.objects.get(rule="wm-encompass-notify").state == "open"


@row("An area with no term dates")
def no_term_dates(world: World) -> None:
    example = json.loads(Path("examples/police-incident-school-child.json").read_text("utf-8"))
    duties = json.loads(world.post(example).content)["duties"]
    told = next(duty for duty in duties if duty["rule"] == "wm-encompass-notify")
    assert (told["due"], told["due_text"]) == (None, "cannot be worked out: the school's term dates are not known")
