"""Faithful and unfaithful rewritings of real claims, written by hand (`data/`)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from osler.answering import ask
from osler.domain import Answer, Audience
from osler.library import Library
from osler.readers import worded
from osler.writing.offering import Offered, offered_claims

_FOLDER = Path(__file__).parents[1] / "data"
# The first was written before the checks were changed, the others after, and tried once.
_PARTS = ("rewritings.toml", "rewritings_later.toml", "rewritings_last.toml")
READERS = (Audience.PHYSICIAN, Audience.NURSE, Audience.PATIENT)


@dataclass(frozen=True)
class Rewriting:
    """A wording of one claim, or of several joined; `label` is its reader, or what is wrong."""

    question: str
    claims: tuple[str, ...]  # as composed
    text: str
    label: str
    faithful: bool
    part: int
    number: int  # of its set

    @property
    def shape(self) -> str:
        """What it makes a sentence of: a claim, a row of a table, or several claims."""
        if len(self.claims) > 1:
            return "joined"
        return "row" if ";" in self.claims[0] and self.claims[0].count(":") > 1 else "sentence"

    @property
    def readers(self) -> tuple[Audience, ...]:
        """Whom it is for: a faithful one for its reader, an unfaithful one for nobody."""
        return (Audience(self.label),) if self.faithful else READERS


def rewritings() -> tuple[Rewriting, ...]:
    """All of them, in the order of the files."""
    return tuple(
        Rewriting(each["question"], tuple(each["claims"]), text, label, kind == "faithful",
                  part, number)
        for part, name in enumerate(_PARTS, 1)
        for number, each in enumerate(tomllib.loads((_FOLDER / name).read_text("utf-8"))["set"], 1)
        for kind in ("faithful", "unfaithful")
        for label, text in each[kind]
    )  # fmt: skip


def answers_from(library: Library) -> Callable[[str, Audience], Answer]:
    """Answers of a library in a reader's words, each asked for once."""
    return lru_cache(maxsize=None)(
        lambda question, reader: worded(ask(library, question, audience=reader), reader)
    )


def offered_for(answer: Answer, claims: tuple[str, ...]) -> tuple[Offered, ...]:
    """The claims as they are offered to a model, in a reader's words. Raises KeyError.

    A claim is named by its own words; what it hangs on ("Rheumatoid arthritis: ...") may stand
    before them.
    """
    by_text = {o.claim.composed or o.claim.text: o for o in reversed(offered_claims(answer))}
    return tuple(by_text.get(text) or _behind_a_label(text, by_text) for text in claims)


def _behind_a_label(text: str, by_text: dict[str, Offered]) -> Offered:
    for said, offered in by_text.items():
        if said.lower().endswith(f": {text.lower()}"):
            return offered
    raise KeyError(text)
