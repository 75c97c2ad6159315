"""Body weights and surfaces that a dose may go by, worked out from height, weight and sex."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

_CM_PER_INCH = Decimal("2.54")
_SHORTEST = 60  # inches: below it Devine's formula says nothing
_DEVINE = {"male": Decimal(50), "female": Decimal("45.5")}  # kg at 60 inches
_KG_PER_INCH = Decimal("2.3")
_TWO_PLACES = Decimal("0.01")


def ideal_body_weight(height_cm: Decimal, sex: str) -> Decimal | None:
    """Ideal body weight of an adult in kg, to 0.01 kg (Devine, Drug Intell Clin Pharm 1974;8:650).

    50 kg (men) or 45.5 kg (women) and 2.3 kg for each inch above 60. None below 60 inches
    (152.4 cm), where the formula was never meant to hold.
    """
    over = height_cm / _CM_PER_INCH - _SHORTEST
    return None if over < 0 else _rounded(_DEVINE[sex] + _KG_PER_INCH * over)


def adjusted_body_weight(ideal_kg: Decimal, actual_kg: Decimal, share: Decimal) -> Decimal:
    """The ideal weight and a stated share (0.4 where 40 %) of what is above it, in kg."""
    return ideal_kg + share * (actual_kg - ideal_kg)


def body_surface_area(height_cm: Decimal, weight_kg: Decimal) -> Decimal:
    """Body surface area in m², to 0.01 m² (Mosteller, N Engl J Med 1987;317:1098)."""
    return _rounded((height_cm * weight_kg / 3600).sqrt(Context(prec=28)))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_TWO_PLACES, ROUND_HALF_UP)
