"""Which substance a picture is about, and what form of it a dose is of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from osler.domain import Dosage, Phase
from osler.dosage import find_phases
from osler.statements import find_substances
from osler.statements.vocabulary.substances import base_of, is_class
from osler_site.pictures.contract import Spoken

# Of these the mass of a salt is not the mass of the element: never on one axis.
_ELEMENTS = frozenset(
    ["iron", "calcium", "magnesium", "zinc", "lithium", "potassium", "sodium", "phosphate"]
) | {"copper", "selenium", "iodine", "fluoride", "manganese"}
# Nor is a depot or an ester dosed like the plain drug.
_DEPOT = re.compile(
    r"benzathine|procaine|decanoate|enanthate|palmitate|pamoate|undecanoate|cypionate|liposomal"
    r"|depot|extended|microspheres"
)
_AFTER = re.compile(r"\bafter\s+(?:\w+\s+){0,2}\Z", re.I)
_OF = re.compile(r"\s*(?:of\s+)?\Z")


def bases_asked(question: str) -> tuple[str, ...]:
    """The substances that a question names, classes apart, by the substance they are forms of."""
    names = (found.name for found in find_substances(question))
    return tuple(dict.fromkeys(base_of(n) for n in names if not is_class(n)))


def phases_asked(question: str) -> tuple[Phase, ...]:
    """The phases that a question names; of "maintenance after loading", maintenance."""
    found = {
        Phase.MAINTENANCE if _AFTER.search(question[: f.start]) else f.value
        for f in find_phases(question)
    }
    after = (Phase.MAINTENANCE,) if Phase.MAINTENANCE in found else ()
    beside = found - {Phase.MAXIMUM} or found
    return after or tuple(p for p in Phase if p in beside)


def form_of(d: Dosage, claim: Spoken, at: int) -> str:
    """The form that an amount at this place of the claim is of: "ferrous sulphate", "iron"."""
    said = d.substance or ""
    if base_of(said) not in _ELEMENTS:
        return said
    end = at + d.amount_end - d.amount_start
    before = said
    for found in find_substances(claim.text):
        if base_of(found.name) != base_of(said):
            continue
        if found.start >= end:
            near = _OF.match(claim.text[end : found.start])
            return _element(found.text) if near else before
        if found.end <= at:
            before = _element(found.text)
    return before


def _element(text: str) -> str:
    return " ".join(text.lower().split()).removeprefix("elemental ")


def kin(form: str) -> str:
    """What forms must share for their amounts to stand on one axis."""
    base = base_of(form)
    return form if base in _ELEMENTS or _DEPOT.search(form) else base


def spelled(name: str, claims: Iterable[Spoken]) -> str:
    """A substance as the claims spell it ("vitamin B12"), within a sentence."""
    if base_of(name) in _ELEMENTS:
        return f"elemental {name}" if name in _ELEMENTS and name != "lithium" else name
    seen: Counter[str] = Counter()
    for claim in claims:
        seen.update(_inner(f.text) for f in find_substances(claim.text) if f.name == name)
    same = [text for text in seen if text.casefold() == name.casefold()]
    if same:
        return max(same, key=lambda text: (seen[text], text))
    return max(seen, key=lambda text: (seen[text], text)) if seen else name


def _inner(text: str) -> str:
    first = text.split()[0] if text.split() else text
    return text[:1].lower() + text[1:] if first[1:].islower() else text
