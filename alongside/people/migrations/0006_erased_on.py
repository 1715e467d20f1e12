from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_doors'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='erased_on',
            field=models.DateTimeField(blank=True, editable=False, help_text='when this was emptied and its key destroyed: of nobody now', null=True),
        ),
    ]
