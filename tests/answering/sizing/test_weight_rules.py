"""What a source says of the body weight to dose by."""

from __future__ import annotations

from decimal import Decimal

import pytest

from osler.answering.sizing.weight_rules import BodyWeight, WeightRule, read_weight_rule
from osler.domain import Context


def read(sentence: str) -> WeightRule | None:
    return read_weight_rule(Context(0, len(sentence), sentence, "weight"))


@pytest.mark.parametrize(
    ("sentence", "kind", "conditional"),
    [
        ("Give 7 mg/kg of ideal body weight.", BodyWeight.IDEAL, False),
        ("Dose (mg/kg IBW)", BodyWeight.IDEAL, False),
        ("Doses are by lean body weight.", BodyWeight.LEAN, False),
        ("In obese patients use ideal weight for height.", BodyWeight.IDEAL, True),
        ("If BMI is 35 or more use adjusted body weight.", BodyWeight.ADJUSTED, True),
        (
            "Above 120% of ideal body weight, use adjusted weight.",
            BodyWeight.ADJUSTED,
            True,
        ),
        ("In obesity, the corrected body weight is used.", BodyWeight.ADJUSTED, True),
    ],
)
def test_the_weight_that_is_wanted(sentence: str, kind: BodyWeight, conditional: bool) -> None:
    rule = read(sentence)
    assert rule is not None
    assert (rule.kind, rule.conditional) == (kind, conditional)


@pytest.mark.parametrize(
    "sentence",
    [
        "Use actual body weight, not ideal body weight.",
        "Weigh the child before each dose.",
        "The dosing weight is the actual body weight.",
        "Seek advice if the patient is more than 20% above ideal body weight.",
    ],
)
def test_other_sentences_ask_for_none(sentence: str) -> None:
    assert read(sentence) is None


def test_limits_and_shares_are_those_stated() -> None:
    above = read(
        "If weight exceeds ideal body weight by more than 20%, use adjusted weight.weight."
    )
    assert above is not None
    assert above.over_ideal == 20
    of = read("Above 130% of IBW, adjusted weight = IBW + 40% of the excess.")
    assert of is not None
    assert (of.over_ideal, of.share) == (30, Decimal("0.4"))
    less = read("7 mg/kg of ideal body weight; in an underweight patient actual weight is used.")
    assert less is not None
    assert less.actual_if_less
