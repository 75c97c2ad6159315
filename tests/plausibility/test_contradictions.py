"""Doses of one statement that cannot all be right."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from osler.domain import Statement
from osler.plausibility import contradictions, doses_of

Stated = Callable[[str], tuple[Statement, ...]]


def told(text: str, stated: Stated) -> list[str]:
    return [
        why for statement in stated(text) for why in contradictions(statement, doses_of(statement))
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Solriamfetol 75 mg/day orally; maximum dose: 15 mg/day orally.", "lies below the dose"),
        ("2–6 years: 200 mg every 4 hours (max 12 mg/day)", "lies below the dose"),
        ("Solriamfetol 75 mg/day orally; maximum dose: 15 g/day orally.", "200 times the dose"),
        ("Child: amoxicillin 15 mg/kg orally once daily (maximum 10 g)", "at 667 kg"),
        ("15 mg/kg every 6 hours (maximum 40 g daily)", "at 667 kg"),
        ("Child: amoxicillin 15 mg/kg orally (maximum 50 mg)", "at 3.33 kg"),
        ("Rituximab 500 g - 1 g intravenously on day 1.", "goes down"),
        (
            "Escitalopram 10 mg orally daily; then 20 mg daily; adolescents 0.1 mg orally daily.",
            "of another order",
        ),
    ],
)
def test_doses_that_contradict_one_another(text: str, said: str, stated: Stated) -> None:
    assert any(said in why for why in told(text, stated))


@pytest.mark.parametrize(
    "text",
    [
        "Solriamfetol 75 mg/day orally; maximum dose: 150 mg/day orally.",
        "Child: amoxicillin 15 mg/kg orally (maximum 500 mg)",
        "15 mg/kg every 6 hours (maximum 4 g daily)",
        "Rituximab 500 mg - 1 g intravenously on day 1.",
        "Prednisolone 60 mg - 5 days, then 40 mg.",
        "Ropinirole 0.25 mg three times daily, up to a maximum of 8 mg three times daily.",
        "Ibandronate: 150 mg orally once monthly or 3 mg intravenously every 3 months.",
        "The maximum daily dose is 100 mg of sitagliptin and 2000 mg of metformin.",
        "Nitroprusside 0.3 micrograms/kg/min intravenously; maximum 10 micrograms/kg/min.",
        "Escitalopram 10 mg orally daily; then 20 mg daily; adolescents 5 mg orally daily.",
    ],
)
def test_doses_that_do_not(text: str, stated: Stated) -> None:
    assert told(text, stated) == []
