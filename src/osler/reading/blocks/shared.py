"""What is said once, after a list, of all its items: "All of these three times daily"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from osler.domain import Block, BlockKind, Span
from osler.patterns import lazy

_SAID_SO = (
    r"(?:(?:are |to be )?(?:given |taken )?(?:once|twice|\w+ times|every|daily|\d+[ -]?hourly|"
    r"orally|by mouth|intra\w+|for \w+ days)\b)"
)
_OF_ALL = lazy(
    rf"(?:\(|note:? )?(?:all (?={_SAID_SO})"
    r"|all (?:of )?(?:the )?(?:these|those|above|doses|dosages|regimens|drugs)"
    r"|(?:each|any|either|both) of (?:these|those|the above)|(?:these|the above) (?:doses|dosages|"
    r"drugs|regimens|are|should|to be)|(?:the )?doses? (?:above|for all))\b",
    re.I,
)
_HOW = lazy(
    r"\b(?:daily|hourly|weekly|monthly|twice|once|times|every|each (?:day|week)|for \d|"
    r"doubled|halved|oral|orally|by mouth|intra\w+|subcutaneous\w*|iv|im|sc|po|b\.?d|t\.?d\.?s|"
    r"q\.?d\.?s|with food|before|after)\b",
    re.I,
)
_LONGEST = 160  # characters: what is longer says something of its own
_LISTED = (BlockKind.ITEM, BlockKind.ROW)


def with_what_is_shared(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, each item of a list with what stands after the list of all of them."""
    found = list(blocks)
    for position, block in enumerate(blocks):
        if position == 0 or blocks[position - 1].kind not in _LISTED:
            continue
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.FOOTNOTE):
            continue
        if block.end - block.start > _LONGEST or not _OF_ALL.match(text, block.start, block.end):
            continue
        if _HOW.search(text, block.start, block.end):
            _share(found, position)
    return found


def _share(blocks: list[Block], position: int) -> None:
    """Give the items before `position` the span of the block there.

    An item speaks of those as deep as itself, a paragraph of those as deep as the last.
    """
    block = blocks[position]
    level = (block if block.kind is BlockKind.ITEM else blocks[position - 1]).level
    for before in range(position - 1, -1, -1):
        each = blocks[before]
        if each.kind not in _LISTED or each.section != block.section or each.level < level:
            return
        span = Span(block.start, block.end)
        blocks[before] = replace(each, context=(*each.context, span))
