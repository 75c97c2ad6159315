import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def whoever_began_it(apps, schema_editor):
    """Who submitted again after changes was not kept apart before."""
    states = apps.get_model("review", "BoardReviewState").objects
    for state in states.select_related("workflow_state").iterator():
        state.submitted_by_id = state.workflow_state.requested_by_id
        state.save(update_fields=["submitted_by"])


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0004_withdrawals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="boardreviewstate",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(whoever_began_it, migrations.RunPython.noop),
    ]
