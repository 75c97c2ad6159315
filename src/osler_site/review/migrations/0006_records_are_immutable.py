"""Nor is a sign-off replaced or all of them taken away; and a withdrawal is kept like one."""

from django.db import migrations

from osler_site.review.immutable import SIGN_OFFS, WITHDRAWALS


def protect(apps, schema_editor):
    connection = schema_editor.connection
    WITHDRAWALS.keep_rows(connection)
    for kept in (SIGN_OFFS, WITHDRAWALS):
        kept.keep_table(connection)


def unprotect(apps, schema_editor):
    connection = schema_editor.connection
    for kept in (SIGN_OFFS, WITHDRAWALS):
        kept.free_table(connection)
    WITHDRAWALS.free_rows(connection)


class Migration(migrations.Migration):
    dependencies = [("review", "0005_submitted_by")]

    operations = [migrations.RunPython(protect, unprotect)]
