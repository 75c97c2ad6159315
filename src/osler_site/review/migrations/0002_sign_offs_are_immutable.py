"""The database refuses to change or delete a sign-off."""

from django.db import migrations

from osler_site.review import immutable


def protect(apps, schema_editor):
    immutable.protect(schema_editor.connection)


def unprotect(apps, schema_editor):
    immutable.unprotect(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("review", "0001_board_review")]

    operations = [migrations.RunPython(protect, unprotect)]
