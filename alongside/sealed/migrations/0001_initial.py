import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='DataKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('owner_kind', models.CharField(max_length=20)),
                ('owner_id', models.UUIDField()),
                ('wrapped', models.BinaryField()),
                ('wrapped_with', models.CharField(blank=True, help_text='id of the key around it; empty: destroyed', max_length=8)),
                ('destroyed_on', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['owner_kind', 'owner_id'], name='key_of_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('destroyed_on__isnull', True), ('wrapped_with__gt', '')), models.Q(('destroyed_on__isnull', False), ('wrapped_with', '')), _connector='OR'), name='a_destroyed_key_is_gone')],
            },
        ),
    ]
