"""What was left out of a question, told on standard error, and undone on this terminal alone."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from osler.domain import Answer
    from osler.privacy import Hidden


def tell_hidden(hidden: Hidden) -> None:
    """Say what was left out, if anything was, and how sure one may be that it is all."""
    if not hidden.identifiers:
        return
    from osler.privacy import is_installed

    print(f"osler: left out of the question: {hidden.told}", file=sys.stderr)
    if not is_installed():
        print("       found without a model: the extra “privacy” finds more names", file=sys.stderr)


def shown(hidden: Hidden, asked: str, *, as_typed: bool) -> str:
    """What was asked for what was typed, as it is shown: with placeholders, or as it was typed."""
    from osler.privacy import hide

    return hidden.restore(asked) if as_typed else hide(asked).text


def asked_as(answer: Answer, text: str) -> Answer:
    """The answer with the question as it is shown."""
    return replace(answer, question=replace(answer.question, text=text))
