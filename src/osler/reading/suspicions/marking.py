"""What in a normalised text must not carry a claim until a person has looked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from osler.domain import Block, Suspicion
from osler.reading.suspicions.garbled import garbled
from osler.reading.suspicions.injected import REASON as INJECTED
from osler.reading.suspicions.injected import injected
from osler.reading.suspicions.lookalikes import lookalikes


def suspicions_in(text: str, blocks: Sequence[Block]) -> Iterator[Suspicion]:
    """Each place in the text that says other than it shows; near to free for a clean text.

    A number or word is held back by itself, so that the statements that hold it are; an
    instruction to a program taints all of its block.
    """
    starts: list[int] = []
    for find in (lookalikes, garbled, injected):
        for start, end, reason, detail in find(text):
            starts = starts or [block.start for block in blocks]
            index = bisect_right(starts, start) - 1
            if index < 0:
                continue
            block = blocks[index]
            if reason == INJECTED:
                start, end = block.start, block.end
            yield Suspicion(start, min(end, block.end), reason, detail, block.page)
