"""An answer's language, and the answer as composed that one in a model's words was made from."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def languages(apps: Any, schema_editor: Any) -> None:
    """Read the language of each answer from its body, where it is not English."""
    answers = apps.get_model("answers", "RawAnswer").objects
    for answer in answers.filter(body__language__isnull=False).exclude(body__language="en"):
        answers.filter(pk=answer.pk).update(language=answer.body["language"])


class Migration(migrations.Migration):
    dependencies = [("answers", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="rawanswer",
            name="language",
            field=models.CharField(default="en", max_length=12),
        ),
        migrations.AddField(
            model_name="rawanswer",
            name="composed_uid",
            field=models.CharField(blank=True, db_index=True, default="", max_length=20),
        ),
        migrations.RunPython(languages, migrations.RunPython.noop),
    ]
