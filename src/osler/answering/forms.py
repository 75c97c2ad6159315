"""By which routes and in which forms a dose goes: "tablets" go by mouth, "MR" ones slowly.

A dose line seldom says how the drug goes in; what stands above it does, or the document as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from osler.answering.candidate import Candidate
from osler.domain import Question
from osler.dosage import find_routes
from osler.patterns import lazy

INJECTED = frozenset({"intravenous", "intramuscular", "subcutaneous", "intraosseous", "parenteral"})
_SWALLOWED = frozenset({"oral", "nasogastric"})
_SPREAD = frozenset({"topical", "vaginal", "rectal", "ophthalmic", "otic", "intranasal", "buccal"})
# A form → the routes that it may go by.
_ROUTES_OF_FORMS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        lazy(r"(?<!vaginal )\btab(?:let)?s?\b", re.IGNORECASE),
        _SWALLOWED | {"sublingual", "buccal"},
    ),
    (
        lazy(
            r"(?<!vaginal )\bcap(?:sule)?s?\b|\b(?:syrup|elixir|linctus|sachets?|granules)\b",
            re.IGNORECASE,
        ),
        _SWALLOWED,
    ),
    (
        lazy(r"\b(?:injections?|infusions?|ampoules?|vials?|depot)\b", re.IGNORECASE),
        INJECTED,
    ),
    (lazy(r"\b(?:gel|cream|ointment|lotion)\b", re.IGNORECASE), _SPREAD),
    (lazy(r"\bnostrils?\b|\bnasal sprays?\b", re.IGNORECASE), frozenset({"intranasal"})),
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
_SLOW = lazy(
    r"\b(?:modified|prolonged|extended|sustained|controlled|slow)[- ]release\b|"
    r"(?-i:\b(?:XL|MR|SR|ER|CR|XR)\b)",
    re.IGNORECASE,
)
_PLAIN = lazy(
    r"\b(?:immediate|standard|normal|instant)[- ]release\b|\bshort[- ]acting\b|(?-i:\bIR\b)|"
    r"\bplain (?:tablets?|capsules?)\b",
    re.IGNORECASE,
)
_BESIDE = 30  # characters behind a drug's name in which a form is the one asked about


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


def form_asked(question: Question) -> frozenset[str]:
    """The routes of the form that stands beside a drug asked about: "granisetron 1 mg tablets"."""
    return frozenset().union(*map(routes_of_forms, _beside_the_drugs(question)))


def is_of_another_release(candidate: Candidate, question: Question) -> bool:
    """Whether its doses are of prolonged-release tablets, and plain ones are asked about, or the
    other way round. The nearest words that name a release tell."""
    if not candidate.dosages:
        return False
    asked = _releases(" ".join(_beside_the_drugs(question)))
    if len(asked) != 1:
        return False
    above = (*reversed(candidate.lead), *reversed(candidate.headings))
    near = (candidate.statement.text, *(c.quote for c in above), candidate.source.title)
    told = next((found for text in near if (found := _releases(text))), asked)
    return asked.isdisjoint(told)


def _releases(text: str) -> frozenset[str]:
    found = (("slow", _SLOW), ("plain", _PLAIN))
    return frozenset(name for name, pattern in found if pattern.search(text))


def _beside_the_drugs(question: Question) -> list[str]:
    """What stands right behind each drug asked about, up to where a clause ends."""
    found = []
    for term in question.terms:
        at = question.text.lower().find(term.text.lower()) if term.kind == "substance" else -1
        if at >= 0:
            end = at + len(term.text)
            found.append(re.split(r"[,;:?]|\.\s", question.text[end : end + _BESIDE])[0])
    return found
