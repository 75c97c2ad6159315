"""By which routes and in which forms a dose goes: "tablets" go by mouth, "MR" ones slowly.

A dose line seldom says how the drug goes in; what stands above it does, or the document as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from osler.dosage import find_routes
from osler.patterns import lazy

INJECTED = frozenset({"intravenous", "intramuscular", "subcutaneous", "intraosseous", "parenteral"})
SWALLOWED = frozenset({"oral", "nasogastric"})
_SPREAD = frozenset({"topical", "vaginal", "rectal", "ophthalmic", "otic", "intranasal", "buccal"})
# A form → the routes that it may go by.
_ROUTES_OF_FORMS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        lazy(r"(?<!vaginal )\btab(?:let)?s?\b", re.IGNORECASE),
        SWALLOWED | {"sublingual", "buccal"},
    ),
    (
        lazy(
            r"(?<!vaginal )\bcap(?:sule)?s?\b|\bmouth (?=\d)|"
            r"\b(?:syrup|elixir|linctus|sachets?|granules)\b",
            re.IGNORECASE,
        ),
        SWALLOWED,
    ),
    (
        lazy(r"\b(?:injections?|infusions?|ampoules?|vials?|depot)\b", re.IGNORECASE),
        INJECTED,
    ),
    (
        lazy(r"\bsusp(?:ension)?\b(?! for (?:injection|infusion))", re.IGNORECASE),
        SWALLOWED | _SPREAD | {"nebulised", "inhaled"},
    ),
    (lazy(r"\b(?:gel|cream|ointment|lotion)\b", re.IGNORECASE), _SPREAD),
    (lazy(r"\bnostrils?\b|\bnasal sprays?\b", re.IGNORECASE), frozenset({"intranasal"})),
    (
        lazy(r"\bsprays?\b", re.IGNORECASE),
        frozenset({"intranasal", "sublingual", "buccal", "topical", "inhaled"}),
    ),
    (lazy(r"\bdrops\b", re.IGNORECASE), SWALLOWED | _SPREAD),
    (lazy(r"\bpatch(?:es)?\b", re.IGNORECASE), frozenset({"transdermal", "topical"})),
)
# What a route that is asked about is also told by.
_ALSO = {
    "nasogastric": frozenset({"oral"}),
    "oral": frozenset({"nasogastric"}),
    "inhaled": frozenset({"nebulised"}),
    "intravenous": frozenset({"parenteral", "intraosseous"}),
    "intramuscular": frozenset({"parenteral"}),
    "subcutaneous": frozenset({"parenteral"}),
    "parenteral": INJECTED,
    "transdermal": frozenset({"topical"}),
}


@lru_cache(maxsize=20_000)
def routes_named(text: str) -> frozenset[str]:
    """The routes that a text names, or that a form in it may go by."""
    named = {found.value for found in find_routes(text)}
    return frozenset(named or routes_of_forms(text))


def routes_of_forms(text: str) -> frozenset[str]:
    """The routes by which the forms that a text names may go."""
    return frozenset().union(*(routes for form, routes in _ROUTES_OF_FORMS if form.search(text)))


def goes_by(stated: Iterable[str], route: str) -> bool:
    """Whether a route is one of those stated, by one name or another."""
    return not ({route} | _ALSO.get(route, frozenset())).isdisjoint(stated)
