"""Abbreviations are written out where the engine knows them; other names stay as typed."""

from __future__ import annotations

import pytest

from osler.threads.written_out import written_out


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        ("doxy", "doxycycline", "doxycycline"),
        ("mag sulph", "magnesium sulfate", "magnesium sulfate"),
        ("lmwh", "low molecular weight heparin", "low molecular weight heparin"),
        ("pulm TB", "tuberculosis", "pulmonary tuberculosis"),
        ("acute AF", "atrial fibrillation", "acute atrial fibrillation"),
        ("NSTEMI", "non-st elevation myocardial infarction",
         "non-ST elevation myocardial infarction"),
        ("vitamin B12", "cobalamin", "vitamin B12"),  # another name is no abbreviation
        ("Pabrinex", "vitamins b and c", "Pabrinex"),
        ("lower UTI", "cystitis", "lower UTI"),
        ("asthmatic", "asthma", "asthmatic"),
        ("NSTEMI", "acute coronary syndrome", "NSTEMI"),  # broader: it would say less
    ],
)  # fmt: skip
def test_only_abbreviations_are_written_out(text: str, name: str, full: str) -> None:
    assert written_out(text, name) == full
