"""Cutting a long claim: each sentence keeps its drug, and nothing loses what holds for it."""

from __future__ import annotations

import pytest

from osler.readers.gate import same_doses
from osler.readers.sentences import split


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (
            "Give cyanocobalamin 100 micrograms daily for 6–7 days, then 100 micrograms on "
            "alternate days for seven doses",
            "Give cyanocobalamin 100 micrograms daily for 6–7 days. Then cyanocobalamin 100 "
            "micrograms on alternate days for seven doses.",
        ),
        (
            "Amoxicillin is given 500 mg three times a day; ibuprofen is given 400 mg twice a day.",
            "Amoxicillin is given 500 mg three times a day. Ibuprofen is given 400 mg twice a day.",
        ),
        ("Rest the leg well; keep the wound clean", "Rest the leg well. Keep the wound clean."),
    ],
)
def test_it_is_cut(text: str, cut: str) -> None:
    assert split(text) == cut
    assert same_doses(cut, text)


@pytest.mark.parametrize(
    "text",
    [
        # a label, a group or a condition holds for all that follows
        "Creatinine clearance: 25–44 mL/min; 45–65 kg: 60 mg; interval: every 24 hours.",
        "If eGFR is below 30 give amoxicillin 250 mg daily; ibuprofen 200 mg is the most a day.",
        "Children get amoxicillin 500 mg a day; adults get amoxicillin 1 g a day.",
        # two drugs: whose dose is the second?
        "Give amoxicillin 1 g with ibuprofen 200 mg daily, then 500 mg daily for a week.",
        "Give amoxicillin (500 mg daily; then rest well for a week).",
        "Stop it; call for help at once now.",
    ],
)
def test_it_stays_whole(text: str) -> None:
    assert split(text) == text
