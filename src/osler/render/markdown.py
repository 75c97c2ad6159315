"""An answer as Markdown, for a note, a ticket or a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osler.domain import Answer, Claim, Conflict, Reference
from osler.render import view
from osler.render.writing import understood

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def render(answer: Answer) -> str:
    """Write an answer as CommonMark; characters of the sources stay characters."""
    return "\n".join(_lines(answer)) + "\n"


def _lines(answer: Answer) -> Iterator[str]:
    t = view.translate(answer)
    yield f"# {_escape(answer.question.text)}"
    yield ""
    yield f"> {t(view.CAUTION)}"
    yield ""
    facts = view.patient_facts(answer.question.patient)
    if facts:
        yield f"{t('Patient')}: {_escape(' · '.join(facts))}"
        yield ""
    if put := understood(answer):
        yield _escape(put)
        yield ""
    for notice in answer.safety_notices:
        yield f"> **{t('Safety')}.** {_escape(notice)}"
        yield ""
    if answer.abstention is not None:
        yield f"## {t('No answer from this library')}"
        yield ""
        yield _escape(answer.abstention.reason)
        yield ""
        if answer.abstention.looked_for:
            yield f"{t('Looked for')}: {_escape(answer.abstention.looked_for)}"
            yield ""
        for citation in answer.abstention.nearby:
            yield f"- {t('Nearby')}: {_escape(citation.said or citation.quote)}"
        yield ""
    if answer.bottom_line:
        yield f"## {t('Bottom line')}"
        yield ""
        for number, claim in enumerate(answer.bottom_line):
            yield (view.verdict(answer) if number == 0 else "") + _claim(claim, answer)
            yield ""
    for line in (view.needed(answer), view.silence(answer)):
        if line:
            yield _escape(line)
            yield ""
    for box in answer.boxes:
        yield f"## {_escape(box.title)}"
        yield ""
        for line in box.lines:
            yield f"> - {_escape(line)}"
        yield ""
    for section in answer.sections:
        yield f"## {_escape(section.title)}"
        yield ""
        for claim in section.claims:
            yield f"- {_claim(claim, answer, indent='  ')}"
        yield ""
    if answer.conflicts:
        yield f"## {t('Where sources disagree')}"
        yield ""
        for conflict in answer.conflicts:
            yield from _conflict(conflict, answer)
    if answer.references:
        yield f"## {t('References')}"
        yield ""
        yield from map(_reference, answer.references)
        yield ""
    if answer.follow_ups:
        yield f"## {t('You could ask next')}"
        yield ""
        for follow_up in answer.follow_ups:
            yield f"- {_escape(follow_up)}"
        yield ""
    yield "---"
    yield ""
    yield f"{t(view.closing(answer))} {_escape(view.footer(answer))}"


def _claim(claim: Claim, answer: Answer, indent: str = "") -> str:
    text = "".join(f"**{_escape(line)}**  \n{indent}" for line in claim.dose_lines)
    mark = view.foreign(claim, answer)
    text += f"_{_escape(mark)}:_ " if mark else ""
    text += "".join(_bold(p.text) if p.dose else _escape(p.text) for p in view.pieces(claim))
    numbers = view.numbers(claim)
    if numbers:
        text += f" \\[{', '.join(map(str, numbers))}\\]"
    for line in view.remarks(claim, view.translate(answer)):
        text += f"  \n{indent}_{_escape(line)}_"
    return text


def _bold(text: str) -> str:
    inner = text.strip()
    return text.replace(inner, f"**{_escape(inner)}**", 1) if inner else text


def _conflict(conflict: Conflict, answer: Answer) -> Iterator[str]:
    references = view.sources(answer)
    yield f"**{_escape(conflict.about)}**"
    yield ""
    for position in conflict.positions:
        who = "; ".join(
            view.position(references[n].source) for n in position.references if n in references
        )
        yield f"- {_claim(position.claim, answer, indent='  ')}  \n  {_escape(who)}"
    yield ""
    if conflict.reason:
        yield _escape(conflict.reason)
        yield ""


def _reference(reference: Reference) -> str:
    source = reference.source
    line = (
        f"{reference.number}. {_escape(source.title)}. {_escape(view.kind(source))} · "
        f"{_escape(view.publisher(source))} · {_escape(view.held(source))}"
    )
    where = view.link(source)
    return f"{line} · <{where}>" if where else line


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split(" ")).replace("\n", " "))
