from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0001_threads_and_saved_articles"),
    ]

    operations = [
        migrations.AddField(
            model_name="turn",
            name="read_by",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
    ]
