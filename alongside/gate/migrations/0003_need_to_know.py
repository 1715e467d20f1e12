from django.db import migrations, models

GROUNDS = [
    ('own-record', 'your agency made this record'),
    ('recorded', 'you recorded this case'),
    ('at-work', 'your team has something to do in this case, or had until a while ago'),
    ('new-call', 'a new call was recorded about somebody in this case'),
    ('said-why', "you said why you need this case; your agency's leads see what you said"),
    ('case-team', 'your team works on this case'),
    ('routed-duty', 'a duty in this case was given to your team'),
    ('sent', 'a colleague sent this to your team, by a recorded decision'),
    ('break-glass', 'you opened this in an emergency, with a reason that somebody else reads'),
]


class Migration(migrations.Migration):

    dependencies = [
        ('gate', '0002_blocks'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ground',
            name='ground',
            field=models.CharField(choices=GROUNDS, max_length=20),
        ),
    ]
