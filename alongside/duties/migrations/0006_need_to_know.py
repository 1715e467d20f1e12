"""Cases recorded before an agency's own people needed a reason: open to whoever recorded them, and to the teams with work in them."""

from datetime import timedelta

from django.db import migrations
from django.db.models import F
from django.utils import timezone

AFTERWARDS = timedelta(days=28)  # as the choice `team_sees_case_days` shipped when this was written
AT_ONCE = 2_000


def open_doors(apps, schema_editor):
    Ground, Case = apps.get_model("gate", "Ground"), apps.get_model("cases", "Case")
    held = Ground.objects.filter(subject_kind="case", ground="own-record", agency__isnull=False)
    doors = []
    rows = Case.objects.filter(pk__in=held.values("subject_id"))
    for case in rows.select_related("recording_team").iterator(chunk_size=AT_ONCE):
        doors.append(_door(Ground, case, "recorded", "recorded this", user_id=case.opened_by_id))
        for team, ends_on in _teams(apps, case).items():
            doors.append(_door(Ground, case, "at-work", "this is the work of this team", team_id=team, ends_on=ends_on))
        if len(doors) >= AT_ONCE:
            Ground.objects.bulk_create(doors)
            doors = []
    Ground.objects.bulk_create(doors)


def _teams(apps, case):
    """Each team of the case's own agency with work in it, and when its door ends: not while it has an open task."""
    Task = apps.get_model("duties", "Task")
    own = Task.objects.filter(case=case, owner_team__agency=F("case__opened_by_agency")).order_by("closed_on")
    found = {}
    if case.recording_team is not None and case.recording_team.agency_id == case.opened_by_agency_id:
        found[case.recording_team_id] = case.opened_at + AFTERWARDS
    for team, closed_on in own.filter(state="closed").values_list("owner_team", "closed_on"):
        found[team] = max(found.get(team, closed_on), closed_on + AFTERWARDS)
    found.update(dict.fromkeys(own.filter(state="open").values_list("owner_team", flat=True)))
    now = timezone.now()
    return {team: ends_on for team, ends_on in found.items() if ends_on is None or ends_on > now}


def _door(Ground, case, ground, purpose, **more):
    return Ground(
        subject_kind="case",
        subject_id=case.pk,
        ground=ground,
        purpose=purpose,
        opened_at=case.opened_at,
        opened_by_id=case.opened_by_id,
        **more,
    )


def close_doors(apps, schema_editor):
    apps.get_model("gate", "Ground").objects.filter(ground__in=("recorded", "at-work")).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("duties", "0005_known_by_whom"),
        ("gate", "0003_need_to_know"),
        ("cases", "0002_places"),
    ]

    operations = [migrations.RunPython(open_doors, close_doors)]
