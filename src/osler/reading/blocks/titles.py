"""Words that stand alone and bold, or open a box: whether they head what follows."""

from __future__ import annotations

import re

_LONGEST = 60  # characters
_AMOUNT = re.compile(r"\d\s?(?:mg|mcg|[µμ]g|micrograms?|g|m[lL]|units?|IU|mmol)\b")
_TELLS = re.compile(
    r"\b(?:not|never|avoid|only|must|should|stop|give|take|contact|call|ring|see|if|is|are)\b", re.I
)


def is_title(text: str) -> bool:
    """Whether a short line names something and tells nothing: "Ondansetron", "Children under 5".

    What states an amount, bars or bids is no title however it looks.
    """
    words = text.strip()
    return (
        0 < len(words) <= _LONGEST
        and words[0].isalnum()
        and not words[0].islower()
        and words[-1] not in ".!?;,"
        and any(map(str.isalpha, words))
        and not _AMOUNT.search(words)
        and not _TELLS.search(words)
    )
