"""An answer as plain text with its references: for copying into a note or a letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from osler_site.presenting.language import said_in
from osler_site.presenting.view import AnswerView, ClaimView, ReferenceView

NOTICE = (
    "For healthcare professionals. It supports clinical judgement and does not replace it: "
    "check doses against the cited sources."
)


def plain(
    answer: AnswerView, *, title: str, status: str, url: str, warnings: Sequence[str] = ()
) -> str:
    """The whole answer; `status` says how far its review is, `warnings` what changed since."""
    head = (title, "=" * min(len(title), 78), status, *(f"! {line}" for line in warnings), "")
    return "\n".join((*head, *_lines(answer, url))).strip() + "\n"


def _lines(answer: AnswerView, url: str) -> Iterator[str]:
    for notice in answer.safety_notices:
        yield from (notice, "")
    if answer.abstention:
        yield from (answer.abstention, "")
    if answer.bottom_line:
        yield answer.words["bottom_line"]
        for n, claim in enumerate(answer.bottom_line):
            yield from _claim(claim, answer.verdict if n == 0 else "")
        yield ""
    say = said_in(answer.language)
    if answer.needed:
        yield from (f"{say('To decide, give')}: {answer.needed}.", "")
    if answer.silence:
        yield from (f"{say('The library does not say')}: {answer.silence}", "")
    for box in answer.boxes:
        yield box.title
        yield from (f"- {line}" for line in box.lines)
        yield ""
    for section in answer.sections:
        yield section.title
        for claim in section.claims:
            yield from _claim(claim)
        yield ""
    for conflict in answer.conflicts:
        yield f"{answer.words['conflicts']}: {conflict.about}"
        if conflict.reason:
            yield conflict.reason
        for position in conflict.positions:
            yield from _claim(position.claim)
        yield ""
    if answer.references:
        yield answer.words["references"]
        yield from map(reference_line, answer.references)
        yield ""
    yield answer.closing
    yield f"{url} (library version {answer.library_version})"


def _claim(claim: ClaimView, before: str = "") -> Iterator[str]:
    numbers = ", ".join(str(mark.number) for mark in claim.marks)
    yield from (f"- {line}" for line in claim.dose_lines)
    yield f"- {before}{claim.text}{f' [{numbers}]' if numbers else ''}"
    for remark in claim.remarks:
        yield f"  {remark.text}"


def reference_line(reference: ReferenceView) -> str:
    """A reference on one line."""
    status = "" if reference.status == "current" else f" {reference.status.upper()}."
    link = f" {reference.link}" if reference.link else ""
    about = f"{reference.kind}. {reference.publisher}"
    return f"{reference.number}. {reference.title}. {about}.{status}{link}"
