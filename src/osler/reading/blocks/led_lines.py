"""Lines of one paragraph of which some only name what the others are about.

"Metformin / Adult: 500 mg twice daily / Usual: 1 g twice daily" is a name and what is said of
it. A later name ends what stood under the one before it: "Ramipril / 2.5 mg once daily" below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from osler.reading.blocks.titles import is_title

_DIGIT = re.compile(r"\d")


def led_lines(lines: Sequence[str]) -> Iterator[tuple[bool, str]]:
    """Each line, and whether it stands below one that names what it is about.

    Lines are named by a few words, as long as a number is still to come.
    """
    numbered = [position for position, line in enumerate(lines) if _DIGIT.search(line)]
    last = numbered[-1] if numbered else 0
    is_led = False
    for position, line in enumerate(lines):
        if position < last and _is_name(line):
            is_led = True
            yield False, line
        else:
            yield is_led, line


def _is_name(line: str) -> bool:
    return is_title(line) and ":" not in line and not line[0].isdigit()
