"""Usual right orders have no card above info, and one at most: who is warned often reads none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hooks_requests import IM, ORAL, Json, call, condition, egfr, order, patient

Cards = Callable[[str, Json], list[Json]]
B12, METFORMIN = "vitamin-b12-order-sign", "metformin-order-sign"
DEFICIENT, PERNICIOUS = condition("Vitamin B12 deficiency"), condition("Pernicious anaemia")
NEUROLOGY = condition("Subacute combined degeneration of the cord")
CROHN, DIABETES = condition("Crohn's disease"), condition("Type 2 diabetes mellitus")
CHILD = patient(birthDate="2018-05-01")
SUBCUTANEOUS, SUBLINGUAL, NO_ROUTE = "34206005", "37839007", ""
DAILY, TWICE, THRICE = (1, 1, "d"), (2, 1, "d"), (3, 1, "d")
MONTHLY, QUARTERLY = (1, 1, "mo"), (1, 3, "mo")
BYPASS = {
    "resourceType": "Procedure", "id": "bypass", "status": "completed",
    "subject": {"reference": "Patient/p1"}, "code": {"text": "Roux-en-Y gastric bypass"},
}  # fmt: skip


def drug(
    name: str,
    value: float,
    unit: str,
    every: tuple[int, float, str] | None = None,
    route: str = IM,
    **repeat: Any,
) -> Json:
    """A draft, with more of how it is repeated ("count")."""
    draft = order(name, value, unit, every=every, route=route)
    instruction = draft["dosageInstruction"][0]
    if not route:
        del instruction["route"]
    if repeat:
        timing = instruction.setdefault("timing", {}).setdefault("repeat", {})
        timing |= repeat
    return draft


def words(name: str, *texts: str) -> Json:
    """A draft whose instructions are written."""
    draft = order(name, 1, "mg")
    draft["dosageInstruction"] = [
        {"sequence": n, "text": text} for n, text in enumerate(texts, start=1)
    ]
    return draft


def of_range(draft: Json, low: float, high: float, unit: str) -> Json:
    ends = {"low": {"value": low, "unit": unit}, "high": {"value": high, "unit": unit}}
    draft["dosageInstruction"][0]["doseAndRate"] = [{"doseRange": ends}]
    return draft


def taken(name: str) -> Json:
    return order(name, 1, "mg", status="active", id="taken")


HYDROXO, TABLETS = "Hydroxocobalamin 1 mg/ml injection", "Metformin 500 mg tablets"
TWO_WEEKS = {"boundsDuration": {"value": 2, "unit": "wk", "code": "wk"}}
FOOD = {"when": ["CM", "CV"]}

USUAL: dict[str, tuple[str, tuple[Json, ...], Json]] = {
    # Vitamin B12: loading
    "loading, coded": (
        B12, (PERNICIOUS, egfr(90)), drug(HYDROXO, 1, "mg", (3, 1, "wk"), **TWO_WEEKS)),
    "loading, weekdays and six doses": (
        B12, (PERNICIOUS, egfr(90)),
        drug(HYDROXO, 1, "mL", dayOfWeek=["mon", "wed", "fri"], count=6)),
    "loading, written": (
        B12, (PERNICIOUS, egfr(90)), words(HYDROXO, "1 mg IM three times a week for 2 weeks")),
    "loading and maintenance, written": (
        B12, (PERNICIOUS, egfr(90)),
        words(HYDROXO, "1 mg IM three times a week for 2 weeks", "1 mg IM every 3 months")),
    "loading on alternate days": (
        B12, (DEFICIENT, egfr(90)), drug(HYDROXO, 1000, "ug", (1, 2, "d"), **TWO_WEEKS)),
    "loading with neurology": (
        B12, (PERNICIOUS, NEUROLOGY, egfr(90)),
        words(HYDROXO, "1 mg IM on alternate days until no further improvement")),
    "loading with neurology, no end coded": (
        B12, (PERNICIOUS, NEUROLOGY, egfr(90)), drug(HYDROXO, 1, "mg", (1, 2, "d"))),
    "loading by mouth": (
        B12, (DEFICIENT, egfr(90)), drug("Vitamin B12 1 mg tablets", 1, "{tablet}", DAILY, ORAL)),
    # Vitamin B12: maintenance
    "maintenance every 3 months": (
        B12, (PERNICIOUS, egfr(90), taken(HYDROXO)), drug(HYDROXO, 1, "mg", QUARTERLY)),
    "maintenance every 12 weeks": (
        B12, (PERNICIOUS, egfr(90), taken(HYDROXO)), drug(HYDROXO, 1000, "ug", (1, 12, "wk"))),
    "maintenance every 2 to 3 months": (
        B12, (PERNICIOUS, taken(HYDROXO)), drug(HYDROXO, 1, "mg", (1, 2, "mo"), periodMax=3)),
    "maintenance with neurology every 8 weeks": (
        B12, (PERNICIOUS, NEUROLOGY, taken(HYDROXO)), drug(HYDROXO, 1, "mg", (1, 8, "wk"))),
    "one injection of it": (
        B12, (PERNICIOUS, taken(HYDROXO)), drug(HYDROXO, 1, "mg", count=1)),
    "hydroxocobalamin in kidney disease": (
        B12, (PERNICIOUS, egfr(20), taken(HYDROXO)), drug(HYDROXO, 1, "mg", QUARTERLY)),
    "cyanocobalamin once a month": (
        B12, (DEFICIENT, egfr(90)), drug("Cyanocobalamin 1000 mcg/mL", 1, "mL", MONTHLY)),
    "cyanocobalamin every 4 weeks": (
        B12, (DEFICIENT, egfr(90)), drug("Cyanocobalamin", 1000, "ug", (1, 4, "wk"))),
    "cyanocobalamin below the skin": (
        B12, (PERNICIOUS, egfr(90)), drug("Cyanocobalamin", 100, "ug", MONTHLY, SUBCUTANEOUS)),
    "cyanocobalamin tablets": (
        B12, (DEFICIENT, egfr(90)),
        drug("Cyanocobalamin 1000 mcg tablets", 1, "{tablet}", DAILY, ORAL)),
    "cyanocobalamin, kidneys not known": (
        B12, (DEFICIENT,), drug("Cyanocobalamin 1000 mcg tablets", 1000, "ug", DAILY, ORAL)),
    "tablets as a range": (
        B12, (DEFICIENT, egfr(90)),
        of_range(drug("Cyanocobalamin", 1, "mg", DAILY, ORAL), 1, 2, "mg")),
    "tablets without a route": (
        B12, (DEFICIENT, egfr(90)), drug("Vitamin B12 tablets", 1000, "ug", DAILY, NO_ROUTE)),
    "Crohn's disease": (B12, (DEFICIENT, CROHN, egfr(90)), drug(HYDROXO, 1, "mg", QUARTERLY)),
    "after a bypass, sublingual": (
        B12, (BYPASS, egfr(90)),
        drug("Vitamin B12 1000 mcg sublingual tablets", 1000, "ug", DAILY, SUBLINGUAL)),
    "after a bypass, injected": (B12, (BYPASS, egfr(90)), drug(HYDROXO, 1, "mg", MONTHLY)),
    "a child": (B12, (DEFICIENT, egfr(90), CHILD), drug("Vitamin B12", 100, "ug", MONTHLY)),
    "something else that the pathway speaks of": (
        B12, (PERNICIOUS, egfr(90), taken(HYDROXO)),
        drug("Potassium chloride", 600, "mg", TWICE, ORAL)),
    # Metformin: starting
    "start": (METFORMIN, (DIABETES, egfr(65)), drug(TABLETS, 500, "mg", TWICE, ORAL)),
    "start without a route": (
        METFORMIN, (DIABETES, egfr(65)), drug(TABLETS, 500, "mg", TWICE, NO_ROUTE)),
    "start with tablets": (
        METFORMIN, (DIABETES, egfr(65)), drug(TABLETS, 1, "tablet", TWICE, ORAL)),
    "start every 12 hours": (
        METFORMIN, (DIABETES, egfr(65)), drug(TABLETS, 500, "mg", (1, 12, "h"), ORAL)),
    "start with breakfast and dinner": (
        METFORMIN, (DIABETES, egfr(65)), drug(TABLETS, 500, "mg", None, ORAL, **FOOD)),
    "start, written": (
        METFORMIN, (DIABETES, egfr(65)), words(TABLETS, "Take one tablet twice a day with meals")),
    "start with 850 mg": (
        METFORMIN, (DIABETES, egfr(65)), drug("Metformin 850 mg tablets", 850, "mg", DAILY, ORAL)),
    "start lower and go up": (
        METFORMIN, (DIABETES, egfr(65)),
        words(TABLETS, "500 mg once a day for 1 week", "500 mg twice a day")),
    "start of extended release": (
        METFORMIN, (DIABETES, egfr(65)),
        drug("Metformin 500 mg modified-release tablets", 500, "mg", DAILY, ORAL)),
    "start of extended release with dinner": (
        METFORMIN, (DIABETES, egfr(65)),
        drug("Glucophage XR 1000 mg", 1000, "mg", None, ORAL, when=["CV"])),
    "start at an eGFR of 50": (
        METFORMIN, (DIABETES, egfr(50)), drug(TABLETS, 500, "mg", TWICE, ORAL)),
    "start without an eGFR": (METFORMIN, (DIABETES,), drug(TABLETS, 500, "mg", TWICE, ORAL)),
    # Metformin: going on
    "1 g twice a day": (
        METFORMIN, (DIABETES, egfr(65), taken(TABLETS)),
        drug("Metformin 1000 mg tablets", 1, "{tablet}", TWICE, ORAL)),
    "850 mg three times a day": (
        METFORMIN, (DIABETES, egfr(65), taken(TABLETS)),
        drug("Metformin 850 mg tablets", 850, "mg", THRICE, ORAL)),
    "2 g of extended release": (
        METFORMIN, (DIABETES, egfr(65), taken(TABLETS)),
        drug("Metformin SR 1000 mg", 2, "{tablet}", DAILY, ORAL)),
    "going on at an eGFR of 50": (
        METFORMIN, (DIABETES, egfr(50), taken(TABLETS)), drug(TABLETS, 1000, "mg", TWICE, ORAL)),
}  # fmt: skip


@pytest.mark.parametrize("usual", USUAL)
def test_a_usual_right_order_is_quiet(cards: Cards, usual: str) -> None:
    service, record, draft = USUAL[usual]
    made = cards(service, call("order-sign", *record, orders=(draft,)))
    assert [(c["indicator"], c["summary"]) for c in made if c["indicator"] != "info"] == []
    assert len(made) <= 1, [c["summary"] for c in made]


def test_most_usual_right_orders_have_no_card_at_all(cards: Cards) -> None:
    silent = [
        usual
        for usual, (service, record, draft) in USUAL.items()
        if not cards(service, call("order-sign", *record, orders=(draft,)))
    ]
    assert len(USUAL) >= 30
    assert len(silent) >= 0.85 * len(USUAL), set(USUAL) - set(silent)
