from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_team_roles_said_as_verbs'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='sessions_ended',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='user',
            name='set_up_until_on',
            field=models.DateField(blank=True, null=True),
        ),
    ]
