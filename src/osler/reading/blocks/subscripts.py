"""Put back the subscripts that copying from print leaves on a line of their own.

"vitamin Bfor life" above a line that holds nothing but "12" was "vitamin B₁₂ for life". Left
there, the number is worse than lost: "... / 12 / monthly" reads as every twelve months.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"\s*(\d{1,2})\s*")
# One capital by itself, or with the next word stuck to it; "A" and "I" are words.
_BASE = re.compile(
    r"(?<![^\W_])(?<!\d )[B-HJ-Z](?:(?=[\s,;)/])|$|(?=(?:for|and|in|of|or|is|to|with|by|at)\b))"
)
_HIGHEST = 12  # vitamins, receptors, hormones: what is higher is the number of a page


def with_subscripts(lines: Sequence[str]) -> list[str]:
    """The lines, each lone number joined to the one letter above that can bear it.

    Only where the number stands between two lines of the same paragraph, and the line above
    holds exactly one such letter.
    """
    found: list[str] = []
    for position, line in enumerate(lines):
        number = _NUMBER.fullmatch(line)
        within = 0 < position < len(lines) - 1 and lines[position + 1].strip()
        if number and within and found and found[-1].strip() and int(number[1]) <= _HIGHEST:
            bases = list(_BASE.finditer(found[-1]))
            if len(bases) == 1:
                end = bases[0].end()
                rest = found[-1][end:]
                space = " " if rest[:1].isalpha() else ""
                found[-1] = f"{found[-1][:end]}{number[1]}{space}{rest}"
                continue
        found.append(line)
    return found
