import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import alongside.sealed.fields


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_places'),
        ('gate', '0003_need_to_know'),
        ('sharing', '0009_decisions_whole'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StatedNeed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('said_at', models.DateTimeField()),
                ('why', models.CharField(choices=[('about-to-meet', 'I am about to see or ring somebody in it'), ('same-people', 'I work on another case with the same people'), ('asked', 'Somebody in it, or another professional, has turned to me'), ('stands-in', 'I stand in for the team that has it'), ('danger', "I have heard something that touches somebody's safety"), ('other', 'For another reason, which I give'), ('new-call', 'They recorded a new call about somebody in it')], max_length=20)),
                ('words', alongside.sealed.fields.SealedText(blank=True, default='')),
                ('ends_on', models.DateTimeField()),
                ('call', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stated_needs', to='cases.case')),
                ('ground', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.ground')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-said_at', 'pk'],
                'indexes': [models.Index(fields=['said_by', '-said_at'], name='needs_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('call__isnull', False), ('why', 'new-call')), models.Q(models.Q(('why', 'new-call'), _negated=True), ('call__isnull', True)), _connector='OR'), name='a_call_is_the_reason_or_words_are')],
            },
        ),
    ]
