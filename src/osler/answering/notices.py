"""Safety notices of our own: packaged, versioned, reviewable, and never holding a dose."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from osler.domain import Question


def notices_for(question: Question) -> tuple[str, ...]:
    """The notices whose cues the question's words match, in the file's order."""
    return tuple(text for cue, text in _notices() if cue.search(question.text))


@lru_cache(maxsize=1)
def _notices() -> tuple[tuple[re.Pattern[str], str], ...]:
    text = Path(__file__).with_name("data").joinpath("notices.toml").read_text("utf-8")
    return tuple(
        (re.compile(notice["cue"], re.IGNORECASE), notice["text"])
        for notice in tomllib.loads(text)["notice"]
    )
