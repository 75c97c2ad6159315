"""Does the model answer? Two claims of our own, sent as those of an answer are."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from osler.answering import understand
from osler.answering.assemble import stamp
from osler.domain import (
    Answer,
    BlockKind,
    Claim,
    Reference,
    Section,
    Source,
    Statement,
    StatementKind,
    Verdict,
    Written,
)
from osler.writing.offering import offered_claims
from osler.writing.prompting import rewording
from osler.writing.write import write

if TYPE_CHECKING:
    from osler.writing.model import Writer

_CLAIMS = ("Tablets: Take one tablet with food.", "Do not crush the tablets.")


@dataclass(frozen=True, slots=True)
class Trial:
    """What was sent, and what came of it."""

    written: Written
    instructions: str
    sent: str
    wordings: tuple[str, ...]  # that passed every check

    @property
    def answered(self) -> bool:
        """Whether the server sent a reply in the form that was asked for, in time."""
        return self.written.stopped is None or self.written.kept > 0

    @property
    def verdict(self) -> str:
        """What the trial tells, in words."""
        if not self.answered:
            return "it does not write: answers are shown as they are composed"
        if not self.written.kept:
            return "it answers, and nothing of it can be shown; a larger model would do better"
        return "it writes"


def try_out(writer: Writer) -> Trial:
    """Have two claims reworded. Raises nothing for what the model or its server does."""
    answer = _answer()
    asked = rewording(offered_claims(answer), answer.audience)
    answer = write(answer, writer)
    written = answer.writing
    assert written is not None  # there are claims to reword
    # The figures count what passed also where a claim came back word for word.
    wordings = tuple(c.text for s in answer.sections for c in s.claims if c.composed)
    sent = json.dumps(asked.data, ensure_ascii=False)
    return Trial(written, asked.instructions, sent, wordings)


def _answer() -> Answer:
    source = Source(id="s_trial", title="Tablets", file="", path="", format="text")
    claims = tuple(
        Claim(text, (), Verdict(), statements=(_statement(number, text),))
        for number, text in enumerate(_CLAIMS)
    )
    return replace(
        stamp(understand("How are the tablets taken?")),
        sections=(Section("Trial", claims),),
        references=(Reference(1, source),),
    )


def _statement(number: int, text: str) -> Statement:
    return Statement(
        id=f"t_trial{number}",
        source_id="s_trial",
        start=0,
        end=len(text),
        quote=text,
        text=text,
        block=BlockKind.PARAGRAPH,
        kind=StatementKind.OTHER,
    )
