"""Whether a dose goes by the route and in the form that is asked about."""

from __future__ import annotations

import re

from osler.answering.candidates.candidate import Candidate
from osler.answering.candidates.forms import goes_by, routes_named, routes_of_forms
from osler.answering.judging.scored import ON_ITS_OWN, Scored
from osler.answering.understanding.asked_route import routes_asked
from osler.domain import Dosage, Question
from osler.patterns import lazy
from osler.statements.groups.growth import is_a_child

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


# By these a drug is given in other doses than usual: what says nothing of them is not for them.
_SPECIAL_ROUTES = frozenset(
    {"intrathecal", "epidural", "intravitreal", "intraperitoneal", "intra-articular"}
    | {"intralesional", "intradermal", "intratracheal", "intrauterine"}
)
_INFUSED = re.compile(r"\b(?<!subcutaneous )infus(?:e|ed|ion)\b", re.IGNORECASE)


def goes_as_asked(candidate: Candidate, question: Question) -> bool:
    """Whether its doses go by the route and in the form asked about, or nothing says how."""
    if not candidate.dosages:
        return True
    if _is_of_another_release(candidate, question) or _is_on_the_spot(candidate, question):
        return False
    routes = _routes_asked_of(candidate, question) or _form_asked(question)
    dosages = _of_age(candidate, is_a_child(question.patient))
    return not routes or any(_goes_by(candidate, dosages, route) for route in routes)


def _routes_asked_of(candidate: Candidate, question: Question) -> frozenset[str]:
    """The routes asked about for the drug that a candidate is on."""
    drugs = candidate.dosed_substances or candidate.focus_substances or candidate.lead_substances
    return routes_asked(question, drugs)


def _goes_by(candidate: Candidate, dosages: tuple[Dosage, ...], route: str) -> bool:
    """Whether doses of it go by a route, or neither they nor what stands above nor the rest of the
    document tells of any."""
    stated = {r for d in dosages for r in (d.route, *d.routes) if r is not None}
    if all(d.route for d in dosages) or (stated and len(dosages) < len(candidate.dosages)):
        return goes_by(stated, route)
    above = (*candidate.lead, *candidate.headings)
    for text in (candidate.statement.text, *(c.quote for c in above), candidate.source.title):
        stated |= routes_named(text)
        if not stated and _INFUSED.search(text):
            stated.add("intravenous")
    if route in _SPECIAL_ROUTES:
        return route in stated
    if candidate.title_substances:  # what a text on many drugs names may go for one of them
        stated = stated or set(candidate.serves.routes)
    return goes_by(stated, route) or not stated


def by_the_route_of_the_drug(
    eligible: list[Scored], judged: list[Scored], question: Question
) -> list[Scored]:
    """Without doses of which nothing tells the route, in sources that give the drug by others
    alone: of allopurinol by mouth, where it is asked for into a vein."""
    if question.route is None:
        return eligible
    told: dict[str, set[str]] = {}
    for scored in judged:
        if scored.relevance.subject >= ON_ITS_OWN:
            told.setdefault(scored.candidate.source.id, set()).update(_routes_of(scored.candidate))
    return [
        s
        for s in eligible
        if not s.candidate.dosages
        or _routes_of(s.candidate)
        or not (others := told.get(s.candidate.source.id))
        or not (routes := _routes_asked_of(s.candidate, question))
        or any(goes_by(others, route) for route in routes)
    ]


def _routes_of(candidate: Candidate) -> set[str]:
    """The routes of its doses, else those that it or what stands above it names."""
    stated = {r for d in candidate.dosages for r in (d.route, *d.routes) if r is not None}
    above = (*candidate.lead, *candidate.headings)
    return stated.union(
        *(routes_named(text) for text in (candidate.statement.text, *(c.quote for c in above)))
    )


# "Adult: 5 mg by mouth or by injection; child (2-12 years): 25 micrograms/kg by mouth"
_AGES = lazy(
    r"\b(?:(?P<grown>adults?)|child(?:ren)?|infants?|neonates?)\b\s*(?:\([^()]*\)\s*)?:",
    re.IGNORECASE,
)


def _of_age(candidate: Candidate, child: bool | None) -> tuple[Dosage, ...]:
    """Its doses; of a text that labels those of adults and those of children, the patient's."""
    labels = [(m.end(), m["grown"] is None) for m in _AGES.finditer(candidate.statement.text)]
    if child is None or len({young for _, young in labels}) < 2:
        return candidate.dosages

    def is_own(dosage: Dosage) -> bool:
        before = [young for end, young in labels if end <= dosage.start]
        return not before or before[-1] is child

    return tuple(filter(is_own, candidate.dosages)) or candidate.dosages


_BY_SIZE = lazy(
    r"\b(?:m?c?g|µg|micrograms?|units?|ml)\s?(?:/|per)\s?(?:kg|m2|m²)|\b(?:by|per) (?:kg|weight)\b",
    re.IGNORECASE,
)
_ON_THE_SPOT = frozenset({"ophthalmic", "otic", "topical", "intranasal", "buccal"})


def _is_on_the_spot(candidate: Candidate, question: Question) -> bool:
    """Whether a dose by body size is asked for, and its doses are drops or the like."""
    routes = {r for d in candidate.dosages for r in (d.route, *d.routes)}
    sized = any(d.per for d in candidate.dosages)
    return not sized and routes <= _ON_THE_SPOT and bool(_BY_SIZE.search(question.text))


def _form_asked(question: Question) -> frozenset[str]:
    """The routes of the form that stands beside a drug asked about: "granisetron 1 mg tablets"."""
    return frozenset().union(*map(routes_of_forms, _beside_the_drugs(question)))


def _is_of_another_release(candidate: Candidate, question: Question) -> bool:
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
