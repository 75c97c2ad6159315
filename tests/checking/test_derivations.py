from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.checking import check_derivation
from osler.domain import Citation, Derivation
from osler.dosage import parse_dosages
from osler.dosage.by_size import Ceiling, work_out


def derived(rule: str, size: Decimal, *ceilings: Ceiling) -> Derivation:
    worked = work_out(parse_dosages(rule)[0], size, ceilings)
    assert worked is not None
    inputs = {"weight": f"{size:f} kg", **worked.inputs}
    return Derivation(worked.formula, inputs, worked.result, Citation("t", "s", 0, len(rule), rule))


_LIMITS = st.lists(
    st.builds(
        Ceiling,
        st.integers(1, 6000).map(Decimal),
        st.just("mg"),
        st.sampled_from([None, "kg"]),
        st.sampled_from([None, "dose", "d"]),
    ),
    max_size=2,
    unique_by=lambda c: (c.per, c.basis),
)


@given(
    low=st.integers(1, 400),
    more=st.integers(0, 100),
    how=st.sampled_from(
        ["/day in 2 divided doses", "/day in 3–4 divided doses", " twice daily", ""]
    ),
    grams=st.integers(400, 200_000),
    limits=_LIMITS,
)
def test_what_is_worked_out_comes_out_again(
    low: int, more: int, how: str, grams: int, limits: list[Ceiling]
) -> None:
    amount = f"{low}" if not more else f"{low}–{low + more}"
    size = Decimal(f"{Decimal(grams) / 1000:f}").normalize()
    derivation = derived(f"Give {amount} mg/kg{how}.", Decimal(f"{size:f}"), *limits)
    assert check_derivation(derivation).problems == ()


GOOD = derived(
    "Give 90 mg/kg/day in 2 divided doses.", Decimal(30), Ceiling(Decimal(1), "g", None, "dose")
)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(GOOD, formula="90 mg/kg/day × 31 kg"),
        replace(GOOD, formula="9 mg/kg/day × 30 kg"),
        replace(GOOD, result=GOOD.result.replace("2,700", "27,000")),
        replace(GOOD, result=GOOD.result.replace("1,350", "1,530")),
        replace(GOOD, result=GOOD.result.partition(";")[0]),
        replace(GOOD, result=GOOD.result.replace("1,000 mg each", "1,200 mg each")),
        replace(GOOD, inputs={**GOOD.inputs, "maximum a day": "1,500 mg"}),
        replace(GOOD, rule=replace(GOOD.rule, quote="Give 80 mg/kg/day in 2 divided doses.")),
    ],
)
def test_a_wrong_derivation_is_found(wrong: Derivation) -> None:
    assert check_derivation(GOOD).supported
    assert not check_derivation(wrong).supported


def test_a_body_weight_that_was_worked_out_is_worked_out_again() -> None:
    rule = "Give 7 mg/kg of ideal body weight."
    inputs = {
        "weight": "80 kg",
        "height": "175 cm",
        "sex": "male",
        "ideal body weight": "70.46 kg (Devine 1974)",
    }
    citation = Citation("t", "s", 0, len(rule), rule)
    right = Derivation("7 mg/kg × 70.46 kg", inputs, "493.22 mg", citation)
    assert check_derivation(right).supported
    taller = {**inputs, "height": "185 cm"}
    assert not check_derivation(replace(right, inputs=taller)).supported
