"""One's own account in the administration: preferences, and nothing that others read."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from osler_site.accounts.roles import Role

pytestmark = pytest.mark.usefixtures("site")
PICTURE = b"\x89PNG\r\n\x1a\n"


def test_who_is_named_on_the_record_does_not_change_the_name(client: Client, person: Any) -> None:
    edith = person("edith", Role.EDITOR)
    client.force_login(edith)
    page = client.get("/admin/account/").content.decode()
    assert 'name="theme-' in page
    assert 'name="name_email-' not in page
    assert 'name="avatar-' not in page
    client.post(
        "/admin/account/",
        {"name_email-first_name": "Mina", "name_email-last_name": "Roe", "theme-theme": "dark",
         "theme-contrast": "system", "theme-density": "default", "theme-keyboard_shortcuts": "on",
         "avatar-avatar": SimpleUploadedFile("me.png", PICTURE)},
    )  # fmt: skip
    edith.refresh_from_db()
    assert edith.get_full_name() == "Edith Example"
    assert edith.wagtail_userprofile.theme == "dark"
    assert not edith.wagtail_userprofile.avatar
