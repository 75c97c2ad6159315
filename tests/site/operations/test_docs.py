"""Every setting stands in docs/site.md, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from osler_site.environment import Environment

DOCS = (Path(__file__).parents[3] / "docs" / "site.md").read_text("utf-8")


def test_the_table_of_settings_is_complete() -> None:
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", DOCS, re.M)) - {"OTEL_EXPORTER_OTLP_ENDPOINT"}
    settings = {
        str(field.validation_alias or f"OSLER_{name.upper()}")
        for name, field in Environment.model_fields.items()
    }
    assert named == settings
