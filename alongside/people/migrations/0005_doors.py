"""Each address knows its door, so that a shield lies over everybody behind it."""

from django.db import migrations, models

import alongside.people.doors
from alongside.people.doors import door

BATCH = 1_000


def fill(apps, schema_editor):
    """Addresses that are there already: opened here, and kept as their blind index alone."""
    Address = apps.get_model("people", "Address")
    rows = Address.objects.using(schema_editor.connection.alias)
    some = []
    for row in rows.only("pk", "lines", "postcode").iterator(chunk_size=BATCH):
        row.door = door(row.lines.open() if row.lines else "", row.postcode.open() if row.postcode else "")
        some.append(row)
        if len(some) == BATCH:
            rows.bulk_update(some, ["door"])
            some = []
    rows.bulk_update(some, ["door"])


class Migration(migrations.Migration):
    dependencies = [("people", "0004_safe_contact_as_data")]

    operations = [
        migrations.AddField(
            model_name="address",
            name="door",
            field=alongside.people.doors.DoorField(blank=True, default="", editable=False, max_length=64),
        ),
        migrations.AddIndex(
            model_name="address",
            index=models.Index(fields=["door"], name="address_by_door"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
