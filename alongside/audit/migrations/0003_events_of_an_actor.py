"""What somebody did and read on a day is counted before more is shown to them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_triggers")]
    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["actor", "happened_on"], name="audit_event_actor"),
        )
    ]
