"""Decisions made before this release: whose they were, by which law, and whether they stand."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

# As `sharing.gateways.OF_BASIS` was when this was written.
GATEWAYS = {
    "consent": "consent",
    "protect-child": "children",
    "protect-adult": "adults",
    "prevent-crime": "crime",
    "school-notice": "school",
}


def complete(apps, schema_editor):
    Disclosure, User = apps.get_model("sharing", "Disclosure"), apps.get_model("agencies", "User")
    decider = User.objects.filter(pk=OuterRef("decided_by")).values("agency")[:1]
    Disclosure.objects.filter(agency__isnull=True).update(agency=Subquery(decider))
    Disclosure.objects.filter(shared=False).update(state="kept-back")
    Disclosure.objects.filter(record_kind="children.schoolnotice").update(to_people=True)
    for basis, gateway in GATEWAYS.items():
        Disclosure.objects.filter(shared=True, basis=basis, gateway="").update(gateway=gateway)


class Migration(migrations.Migration):

    dependencies = [("sharing", "0007_decisions_and_agreements")]

    operations = [migrations.RunPython(complete, migrations.RunPython.noop)]
