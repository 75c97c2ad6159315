"""Whom a document says that it is for: "This guideline applies to adult outpatients."

Said once, near its beginning, it holds for every statement that does not name others.
"""

from __future__ import annotations

import re
from dataclasses import replace

from osler.domain import BlockKind, Document, Group
from osler.domain.group import EVERYONE
from osler.patterns import lazy
from osler.statements.groups.mixed_people import without_mixed_people
from osler.statements.groups.reading import read_group
from osler.statements.sentences.splitting import sentence_spans

_FIRST_BLOCKS = 6  # of a document, among which it says whom it is for
_FOR = lazy(
    r"(?:th(?:is|ese) (?:\w+ ){1,3}|it |they )?"
    r"(?:appl(?:y|ies) (?:only )?to|(?:is|are) (?:only )?(?:intended |meant |written )?for)\b"
    # "For children from 1 year and from 10 kg, with severe pain.": no verb, so nothing is done.
    r"|for (?:use in )?(?:adults|children|adolescents|neonates|infants)(?: only)?"
    r"(?: (?:from|aged?|of|over|above|under|below|up to|between|who|with)\b"
    r"(?:(?!\b(?:give|use|see|is|are|should|must|may|start|take|add|consider|dose|\d[\d.,]*\s?m?c?g)\b)"
    r"[^.:;]|\.(?=\d))*)?\.$"
    r"|(?:adults|children) only\.$",
    re.IGNORECASE,
)
_OF_ALL = frozenset({"age", "life stage", "sex", "pregnancy", "weight"})


def scope_of(document: Document) -> Group:
    """The people whom the opening of a document names as those it is for; else everyone."""
    blocks = [b for b in document.blocks if b.kind is BlockKind.PARAGRAPH][:_FIRST_BLOCKS]
    for block in blocks:
        for start, end in sentence_spans(document.text, block.start, block.end):
            sentence = document.text[start:end]
            if _FOR.match(sentence):
                group = without_mixed_people(sentence, read_group(sentence), is_title=True)
                criteria = tuple(c for c in group.criteria if c.attribute in _OF_ALL)
                if criteria:
                    return replace(group, criteria=criteria)
    return EVERYONE
