"""What docs/cds-hooks.md has people send gives what it says."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("site")

DOCS = Path(__file__).parents[3] / "docs"
HERE = "http://127.0.0.1:8000"


def commands(name: str) -> list[list[str]]:
    """The curl commands of a page, as a shell would split them."""
    text = (DOCS / name).read_text("utf-8")
    return [shlex.split(c) for c in re.findall(r"^```\n(curl .+?)^```$", text, re.M | re.S)]


def run(client: Client, words: list[str]) -> Any:
    """What curl would do: GET, or POST of what follows -d."""
    path = next(w for w in words if w.startswith(HERE)).removeprefix(HERE)
    headers = dict(
        words[n + 1].split(": ", 1) for n, word in enumerate(words) if word == "-H"
    )  # fmt: skip
    if "-d" not in words:
        return client.get(path, headers=headers)
    kind = headers.pop("Content-Type")
    return client.post(path, words[words.index("-d") + 1], content_type=kind, headers=headers)


def test_the_commands_give_what_the_page_says(client: Client) -> None:
    listing, signing = commands("cds-hooks.md")
    assert run(client, listing).status_code == 200
    answer = run(client, signing)
    assert answer.status_code == 200, answer.content
    (card,) = answer.json()["cards"]
    assert card["indicator"] == "critical"
    page = (DOCS / "cds-hooks.md").read_text("utf-8")
    assert f"“{card['summary']}”" in page


def test_the_list_of_clients_has_the_form_of_the_page() -> None:
    from osler_site.cds_hooks.trusted import Client as Trusted

    page = (DOCS / "cds-hooks.md").read_text("utf-8")
    (example,) = re.findall(r"```json\n(.+?)```", page, re.S)
    for entry in json.loads(example):
        assert set(entry) <= set(Trusted.model_fields)
