"""A question of an assistant → the answer's JSON, with a language model where one is configured."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from osler.answering import ask, confirmed, read_facts, to_json
from osler.domain import Answer, Audience
from osler.library import Library
from osler.mcp.results import ABSTAINED, ANSWERED, BOTH, WORDED, WRITTEN
from osler.privacy import Hidden, hide
from osler.privacy.threads import reading_to_json, thread_of
from osler.readers import worded
from osler.render.writing import told
from osler.threads import Reading
from osler.writing import ask_with, follow_with

if TYPE_CHECKING:
    from osler.writing.model import Writer


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, for whom it is asked, and those asked before it."""

    question: str
    patient: str
    audience: Audience
    language: str
    after: tuple[str, ...] = ()


def answered(library: Library, asked: Asked, writer: Writer | None) -> tuple[dict[str, Any], str]:
    """The answer as JSON, and what is to be told of it.

    Raises what `ask`, `read_facts` and `thread_of` raise; nothing for what a model does.
    """
    hidden = hide(asked.question)
    reading = None
    if asked.after:
        reading = follow_with(writer, thread_of(asked.after, library), hidden, library)
    full = reading.resolved.full if reading else hidden.asked
    answer = _answer(library, full, asked, writer, hide(full) if reading else hidden, reading)
    said = to_json(answer, library)
    if reading:
        said["thread"] = reading_to_json(reading)
    return said, _guidance(answer, reading)


def _answer(
    library: Library,
    full: str,
    asked: Asked,
    writer: Writer | None,
    hidden: Hidden,
    reading: Reading | None,
) -> Answer:
    def prepared(answer: Answer) -> Answer:
        shown = replace(answer, question=replace(answer.question, text=hidden.text))
        return worded(confirmed(library, shown), asked.audience, language=asked.language)

    patient = read_facts(asked.patient)
    if writer is None:
        return prepared(ask(library, full, audience=asked.audience, patient=patient))
    return ask_with(
        writer, library, full, audience=asked.audience, patient=patient, prepared=prepared,
        spent=reading.written if reading else None,
    )  # fmt: skip


def _guidance(answer: Answer, reading: Reading | None) -> str:
    parts = [ANSWERED if answer.answered else ABSTAINED]
    if answer.writing is not None:
        parts.append(WORDED.format(told=told(answer.writing)))
    elif answer.answered:
        parts.append(WRITTEN)
    if reading is not None and reading.own is not None:
        parts.append(BOTH.format(model=reading.read_by))
    return " ".join(parts)
