"""Headings run in to their paragraphs: "Cerebral oedema.  Descend at once. …".

One short fragment before a full stop tells nothing; where nearly all paragraphs of a text open
with one, they are its headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from osler.reading.text.headings import LABEL, Line

_RUN_IN = re.compile(r"(?P<head>[A-Z][^.:;?!\d]{2,48}?(?:\([^()]{2,60}\))?)\.\s+(?=[A-Z\d])")
_SAYS = re.compile(  # what makes a sentence of a few words
    r"\b(?:is|are|was|were|has|have|should|shall|may|must|can|cannot|do|does|not|no|will|be|it|they|"
    r"you|we|this|these|give|avoid|take|use|stop|start|see|ask|call|check|keep|watch|refer|treat|"
    r"repeat|consider|admit|measure|tell|begin|continue|add|wait|put)\b",
    re.I,
)
_FEWEST = 3  # paragraphs with such a head
_SHARE = 0.75  # of the paragraphs of several sentences
_SENTENCE_END = re.compile(r"[.?!]\s+(?=[A-Z\d])")


def with_run_ins_apart(lines: Sequence[Line]) -> list[Line]:
    """The lines, headings run in to their paragraphs as lines of their own."""
    prose = [at for at, line in enumerate(lines) if _is_prose(line)]
    heads = {at: found for at in prose if (found := _RUN_IN.match(lines[at].text))}
    heads = {at: found for at, found in heads.items() if not _SAYS.search(found["head"])}
    if len(heads) < _FEWEST or len(heads) < _SHARE * len(prose):
        return list(lines)
    apart: list[Line] = []
    for at, line in enumerate(lines):
        if at in heads:
            found = heads[at]
            apart.append(Line(found["head"] + ".", line.indent, after_blank=True, heading=LABEL))
            line = replace(line, text=line.text[found.end() :], after_blank=False)
        apart.append(line)
    return apart


def _is_prose(line: Line) -> bool:
    other = line.mark or line.value or line.table or line.record or line.heading
    return not other and line.after_blank and _SENTENCE_END.search(line.text) is not None
