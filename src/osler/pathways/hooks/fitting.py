"""Whether a drafted product has a dose of the pathway: by substance, form, route and strength."""

from __future__ import annotations

import re

from osler.dosage import to_base
from osler.pathways.orders import Order, strengths_in

_EXTENDED = re.compile(
    r"\b(?:(?:extended|prolonged|modified|sustained|slow|controlled)[\s-]release|retard"
    r"|[EXSMPC]R|XL|LA)\b",
    re.IGNORECASE,
)
_SWALLOWED = re.compile(r"\b(?:tablets?|tabs?|capsules?|caps?|oral|sachets?)\b", re.IGNORECASE)
_INJECTED = re.compile(r"\b(?:inj\w*|ampoules?|amps?|vials?|infusions?)\b", re.IGNORECASE)
_ORAL = "oral"


def fits_product(draft: Order, wanted: Order, title: str = "") -> bool:
    """Whether the drafted product can be given at the wanted dose.

    `title` is what the pathway calls the wanted order: a product there is often no more than its
    substance, and the title says the form ("Extended release, adult"). Extended and other release
    have doses of their own; a tablet is given whole.
    """
    if draft.is_combined or not set(wanted.substances) & set(draft.substances):
        return False
    product = " ".join(draft.products)
    asked = " ".join((*wanted.products, title))
    if bool(_EXTENDED.search(product)) != bool(_EXTENDED.search(asked)):
        return False
    return _by_route(draft, product, wanted) and _by_strength(draft, wanted)


def _by_route(draft: Order, product: str, wanted: Order) -> bool:
    theirs = {r for d in wanted.dosages for r in (d.routes or (d.route,)) if r}
    mine = {r for d in draft.dosages for r in (d.routes or (d.route,)) if r}
    if theirs and mine and not theirs & mine:
        return False
    if not theirs:
        return True
    if _SWALLOWED.search(product):
        return _ORAL in theirs
    return not (_INJECTED.search(product) and theirs == {_ORAL})


def _by_strength(draft: Order, wanted: Order) -> bool:
    strengths = {found for name in draft.products for found in strengths_in(name)}
    if not strengths:
        return True
    if len(strengths) > 1 or not wanted.dosages:
        return False
    ((strength, unit),) = strengths
    for dose in wanted.dosages:
        if dose.low is None or dose.unit is None or not strength:
            return False
        high = dose.high if dose.high is not None else dose.low
        for amount, base in (to_base(dose.low, dose.unit), to_base(high, dose.unit)):
            measured = "/" in unit  # of a liquid any amount can be drawn up
            if base != unit.partition("/")[0] or (not measured and amount % strength):
                return False
    return True
