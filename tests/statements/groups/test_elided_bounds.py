"""A later bound of a sentence may leave out what it bounds."""

from __future__ import annotations

import pytest

from osler.statements import read_group


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Aciclovir: eGFR 10–25, 800 mg 8-hourly; below 10, 800 mg twice daily.", "10-25 -10"),
        ("Gabapentin: CrCl 30 to 59, 300 mg twice daily; under 15, avoid.", "30-59 -15"),
        ("eGFR 30–60: 50 mg; 15 to 29: 25 mg; below 15, stop.", "30-60 15-29 -15"),
        ("Spironolactone may go on to an eGFR above 30, but below 30 stop it.", "30- -30"),
        (
            "Stop lithium if the eGFR falls below 30; seek advice if it is between 30 and 60.",
            "-30 30-60",
        ),
        ("Halve it when CrCl is under 50, and stop when it falls below 20.", "-50 -20"),
        # What is counted otherwise, or is of another measure, is no bound on the kidneys.
        ("eGFR 30–45: 500 mg; over 2 weeks, increase.", "30-45"),
        ("eGFR 30–45: 500 mg; below 0.5 mg, stop.", "30-45"),
        ("eGFR below 30: check potassium; above 6, stop.", "-30"),
        ("eGFR below 30: halve it at age 75; over 80, avoid.", "-30"),
        ("Give 500 mg; below 30, stop.", ""),
    ],
)
def test_it_goes_on_about_the_measure_named_before_it(text: str, bounds: str) -> None:
    found = [c for c in read_group(text).criteria if c.attribute in {"egfr", "crcl"}]
    members = [m for c in found for m in (c, *c.alternatives)]
    said = ("" if m.low is None else str(m.low) for m in members)
    told = [
        f"{low}-{'' if m.high is None else m.high}" for low, m in zip(said, members, strict=True)
    ]
    assert " ".join(told) == bounds
