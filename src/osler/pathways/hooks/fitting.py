"""Whether a drafted product has a dose of the pathway: by substance, form, route and strength."""

from __future__ import annotations

import re

from osler.domain.dosage import Dosage
from osler.dosage import to_base
from osler.pathways.orders import Order, strengths_in

# Words and letters of a release, and brands that come in no other (the "XR" of others says it).
_EXTENDED = re.compile(
    r"\b(?:(?:extended|prolonged|modified|sustained|slow|controlled)[\s-]release|retard"
    r"|[EXSMPC]R|XL|LA|glumetza|fortamet)\b",
    re.IGNORECASE,
)
_SWALLOWED = re.compile(
    r"\b(?:tablets?|tabs?|capsules?|caps?|oral|sachets?|lozenges?|caplets?)\b", re.IGNORECASE
)
_INJECTED = re.compile(r"\b(?:inj\w*|ampoules?|amps?|vials?|infusions?)\b", re.IGNORECASE)
_ORAL = "oral"
_BY_MOUTH = frozenset({_ORAL, "sublingual", "buccal"})


def fits_product(draft: Order, wanted: Order, title: str = "") -> bool:
    """Whether the drafted product can be given at the wanted dose.

    `title` is what the pathway calls the wanted order: a product there is often no more than its
    substance, and the title says the form ("Extended release, adult"). Extended and other release
    have doses of their own; a tablet is given whole.
    """
    if draft.is_combined or not wanted.names(draft) or not fits_release(draft, wanted, title):
        return False
    return all(fits_form(draft, d) and _by_route(draft, d) for d in wanted.dosages) and (
        _by_strength(draft, wanted)
    )


def fits_release(draft: Order, wanted: Order, title: str = "") -> bool:
    """Whether both are of extended release, or neither is."""
    product, asked = " ".join(draft.products), " ".join((*wanted.products, title))
    return bool(_EXTENDED.search(product)) == bool(_EXTENDED.search(asked))


def fits_form(draft: Order, stated: Dosage) -> bool:
    """Whether what the product is made for is the route of a dose: tablets are not injected."""
    theirs, product = _routes(stated), " ".join(draft.products)
    if not theirs:
        return not _INJECTED.search(product)  # a dose for which no route is stated is by mouth
    if _SWALLOWED.search(product):
        return bool(theirs & _BY_MOUTH)
    return not (_INJECTED.search(product) and theirs <= _BY_MOUTH)


def says_form(draft: Order) -> bool:
    """Whether the product's name says that it is swallowed, or that it is injected."""
    product = " ".join(draft.products)
    return bool(_SWALLOWED.search(product) or _INJECTED.search(product))


def _by_route(draft: Order, stated: Dosage) -> bool:
    mine, theirs = {r for d in draft.dosages for r in _routes(d)}, _routes(stated)
    return not (theirs and mine) or bool(theirs & mine)


def _routes(d: Dosage) -> set[str]:
    return {route for route in (d.routes or (d.route,)) if route}


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
