"""Who wrote the text of an answer, in words."""

from __future__ import annotations

from osler.domain import Answer, Place, Written
from osler.threads import Reading

_PLACE = {
    Place.MACHINE: "on this machine",
    Place.NETWORK: "on this network",
    Place.ELSEWHERE: "outside this network",
}


def writing(answer: Answer) -> str:
    """One line: that no language model was asked, or which one and what became of its words."""
    return told(answer.writing)


def told(written: Written | None) -> str:
    """The same of what is known of the writing alone."""
    if written is None:
        return "no language model"
    parts = [f"worded by {_who(written)}"] if written.kept else [f"as composed: {_who(written)}"]
    parts += [_sentences(written), *spent(written)]
    if written.vetoed:
        parts.append(f"{written.vetoed} held back by it")
    if written.stopped:
        parts.append(written.stopped)
    return ", ".join(parts)


def spent(written: Written) -> list[str]:
    """What the words took: seconds, and tokens and their price as far as these are known."""
    parts = [f"{written.elapsed_ms / 1000:.1f} s"]
    if written.input_tokens is not None or written.output_tokens is not None:
        parts.append(f"{written.input_tokens or 0:,} + {written.output_tokens or 0:,} tokens")
    if written.cost_usd is not None:
        parts.append(f"${written.cost_usd:.4f}")
    return parts


def understood(answer: Answer) -> str:
    """The question as a model put it, where that was answered instead of the one typed."""
    written = answer.writing
    if written is None or written.question is None:
        return ""
    return f"Understood by {written.model} as: {written.question}"


def read(reading: Reading) -> tuple[str, ...]:
    """How a language model helped to read a follow-up, and our own reading where it differs."""
    written = reading.written
    if written is None:
        return ()
    took = ", ".join(spent(written))
    if reading.own is None:
        why = f": {written.stopped}" if written.stopped else ""
        asked = f"A language model was asked how to read it ({written.model}, {took})"
        return (f"{asked}; Osler's own reading stands{why}.",)
    return (
        f"Read with the help of a language model ({written.model}, {took}).",
        f"Osler's own reading: {reading.own.full}",
    )


def _who(written: Written) -> str:
    return f"{written.model} at {written.address} ({_PLACE[written.place]})"


def _sentences(written: Written) -> str:
    return f"{written.kept} of its {written.kept + written.replaced} sentences shown"
