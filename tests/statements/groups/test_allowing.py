"""What stands among those barred and allows bars nobody, in a list, a column or a labelled row."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.statements.groups.allowing import allows_all, without_allowed


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("None in gout", ""),
        ("None. Safe in gout and epilepsy", ""),
        ("Gout; no restriction in epilepsy", "Gout"),
        ("Gout (use with care in epilepsy)", "Gout"),
        ("Gout but safe in epilepsy", "Gout"),
        ("None except gout", "None except gout"),
        ("Safe in gout only", "Safe in gout only"),
        ("Not safe in gout", "Not safe in gout"),
        ("Unsafe in gout", "Unsafe in gout"),
        ("Caution: not in gout", "Caution: not in gout"),
        ("Gout, eGFR below 0.5", "Gout, eGFR below 0.5"),
    ],
)
def test_what_allows_is_left_blank(text: str, left: str) -> None:
    blanked = without_allowed(text)
    assert len(blanked) == len(text)
    words = blanked if left == text else blanked.translate(dict.fromkeys(map(ord, ".;()")))
    assert words.split() == left.split()
    assert allows_all(text) is not bool(left)


def _opening(folder: Path, cell: str, illness: str, *, column: bool) -> str:
    if column:
        table = (
            "| Drug | Dose | Contraindications |\n|---|---|---|\n"
            f"| Flecainide | 50 mg by mouth twice daily | {cell} |\n"
            "| Sotalol | 80 mg by mouth twice daily | asthma |\n"
        )
    else:
        table = (
            "Flecainide 50 mg by mouth twice daily.\n\n| Flecainide | |\n|---|---|\n"
            f"| Form | tablets |\n| Contraindications | {cell} |\n"
        )
    document = {"title": "Flecainide for atrial fibrillation", "text": table}
    question = f"flecainide dose for atrial fibrillation, man of 60 with {illness}"
    with library_of(folder, document) as library:
        return " ".join(claim.text for claim in ask(library, question).bottom_line)


@pytest.mark.parametrize("column", [True, False], ids=["a column", "a row"])
@pytest.mark.parametrize(
    "cell",
    ["None in gout", "Heart block; no restriction in gout", "Heart block (use with care in gout)"],
)
def test_who_is_allowed_is_dosed(tmp_path: Path, cell: str, column: bool) -> None:
    assert "50 mg" in _opening(tmp_path, cell, "gout", column=column)


@pytest.mark.parametrize("column", [True, False], ids=["a column", "a row"])
@pytest.mark.parametrize(
    "cell", ["Gout", "Gout; no restriction in asthma", "Gout (with care in asthma)"]
)
def test_who_is_barred_is_not(tmp_path: Path, cell: str, column: bool) -> None:
    opening = _opening(tmp_path, cell, "gout", column=column)
    assert "Contraindications" in opening
    assert "50 mg" not in opening
