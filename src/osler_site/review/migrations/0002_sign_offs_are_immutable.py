"""The database refuses to change or delete a sign-off."""

from django.db import migrations

from osler_site.review.immutable import SIGN_OFFS


def protect(apps, schema_editor):
    SIGN_OFFS.keep_rows(schema_editor.connection)


def unprotect(apps, schema_editor):
    SIGN_OFFS.free_rows(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("review", "0001_board_review")]

    operations = [migrations.RunPython(protect, unprotect)]
