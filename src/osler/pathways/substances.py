"""The codes that pathways name medicines by, so that a code never says another than the words.

WHO's ATC index (https://www.whocc.no/atc_ddd_index), of what the packaged sources give.
"""

from __future__ import annotations

ATC = "http://www.whocc.no/atc"

_ATC: dict[str, frozenset[str]] = {
    "A10BA02": frozenset({"metformin"}),
    "A11DA01": frozenset({"thiamine", "vitamin b1"}),
    "B03BA": frozenset({"vitamin b12"}),
    "B03BA01": frozenset({"cyanocobalamin"}),
    "B03BA03": frozenset({"hydroxocobalamin"}),
    "B03BA05": frozenset({"methylcobalamin", "mecobalamin"}),
    "B03BB01": frozenset({"folic acid"}),
}


def named_by_code(system: object, code: object) -> frozenset[str]:
    """What a code may be called, in lower case; empty where Osler does not know it."""
    return _ATC.get(str(code), frozenset()) if system == ATC else frozenset()
