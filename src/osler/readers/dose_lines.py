"""A claim's doses in another language, rendered from what was read and read back again.

Only what is certain is said: the doses that a recommending claim states in its own words, where
it denies, compares and chooses nothing, and nothing that it says of them is left out. Everything
else stays English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from osler.domain import Claim, Criterion, Dosage, DosageRole, Polarity, Source, StatementKind
from osler.dosage import (
    find_durations,
    find_frequencies,
    find_routes,
    format_spanish,
    parse_spanish,
)
from osler.dosage.spanish import PHASES
from osler.readers.gate import doses, equal, parsed
from osler.statements.substances import find_substances, is_class

_RECOMMENDS = frozenset({StatementKind.DOSE, StatementKind.CHOICE, StatementKind.DURATION})
# Words with which a dose is not simply to be given.
_UNSURE = re.compile(
    r"\b(?:no|not|never|avoid\w*|without|unless|except|instead|rather|than|versus|vs|stop\w*"
    r"|reduc\w+|increas\w+|decreas\w+|titrat\w+|half|halv\w+|doubl\w+|exceed\w*|compar\w+"
    r"|contraindicated|withhold|withheld|if|when|where|only|until|slow\w*|rapid\w*|bolus|push|dilut\w+|undiluted|unsuitable|previous\w*|were|was|had)\b",
    re.I,
)
_AS_NEEDED = re.compile(r"\b(?:prn|needed|necessary|required?)\b", re.I)
_BESIDE = re.compile(r"\b(?:before|after|within)\b", re.I)  # a meal, or what is lost
_DIVIDED = re.compile(r"\bdivided\b", re.I)
# Stages of life that have one Spanish word; of any other group the line says that there is one.
_WHO = {
    "adult": "adultos",
    "child": "niños",
    "adolescent": "adolescentes",
    "infant": "lactantes",
    "neonate": "recién nacidos",
    "older": "personas mayores",
    "pregnant": "embarazadas",
}
_SOME = "solo para las personas que nombra la frase en inglés"


def in_spanish(claim: Claim, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """The claim's doses in Spanish, a line each; empty where any of them is not certain.

    Each line is read back and must state the dose that it was made from, and one that every
    cited passage states. A group that has no certain Spanish word is said to be in the English.
    """
    text = claim.composed or claim.text
    if not _is_plain_advice(claim, text):
        return ()
    heads = _heads(claim, text)
    if not heads or not _says_it_all(text, heads):
        return ()
    who = _who(claim)
    lines = []
    for dosage in heads:
        line = format_spanish(replace(dosage, text="", start=0, end=0))
        if line is None or dosage.substance is None:
            return ()
        read = parse_spanish(line)
        if not read or not _is_stated(read[0], dosage, claim, sources):
            return ()
        phase = f" ({PHASES[dosage.phase]})" if dosage.phase in PHASES and dosage.phase else ""
        lines.append(f"{_as_written(dosage.substance, text)}{phase}: {line}{who}")
    return tuple(dict.fromkeys(lines))


def _is_plain_advice(claim: Claim, text: str) -> bool:
    if claim.warning or not claim.dosages or _UNSURE.search(text):
        return False
    return all(
        s.polarity is not Polarity.NEGATIVE and s.kind in _RECOMMENDS for s in claim.statements
    )


def _heads(claim: Claim, text: str) -> list[Dosage]:
    """The doses that the text states, each with its drug: not later steps, nor told ceilings.

    What a claim's dosages hold from headings and titles is left aside: only its own words count.
    """
    found: list[Dosage] = []
    for dosage in parsed(text):
        told = [s for d in found for s in d.steps]
        bound = any(d.maximum is not None for d in found)
        if any(equal(replace(dosage, steps=()), replace(s, steps=())) for s in told):
            continue
        if dosage.role is DosageRole.MAXIMUM and bound:
            continue
        same = (d.substance for d in claim.dosages if d.start == dosage.start)
        known = next(same, None) if claim.composed is None else _drug_of(dosage, claim)
        found.append(replace(dosage, substance=dosage.substance or known))
    return found


def _drug_of(dosage: Dosage, claim: Claim) -> str | None:
    """The drug of the claim's dosages of this amount, where it is one."""
    amount = (dosage.low, dosage.high, dosage.unit)
    names = {d.substance for d in claim.dosages if (d.low, d.high, d.unit) == amount}
    return names.pop() if len(names) == 1 else None


def _says_it_all(text: str, heads: list[Dosage]) -> bool:
    """Whether the doses hold everything that the text says of drug, route, time and sharing."""
    every = [*heads, *(step for head in heads for step in head.steps)]
    names = [d.substance for d in heads]
    if len(set(names)) != len(names):
        return False  # two doses of one drug are for two groups, or a choice
    if {f.name for f in find_substances(text) if not is_class(f.name)} - set(names):
        return False
    if not all(d.frequency or d.per_time or d.route for d in heads):
        return False  # an amount alone: of a test, of a product
    if _BESIDE.search(text) and not any(d.frequency and d.frequency.when for d in every):
        return False
    routes = {r for d in every for r in (d.routes or (d.route,))}
    if {f.value for f in find_routes(text)} - routes:
        return False
    timed = [f.value for f in find_frequencies(text)]
    lasting = [f.value for f in find_durations(text)]
    if len(timed) > sum(d.frequency is not None or d.per_time is not None for d in every):
        return False
    if len(lasting) > sum((d.duration is not None) + (d.over is not None) for d in every):
        return False
    if _AS_NEEDED.search(text) and not all(d.frequency and d.frequency.as_needed for d in every):
        return False
    return not _DIVIDED.search(text) or all(d.divided for d in every)


def _who(claim: Claim) -> str:
    """Whom the doses are for, as an ending of a line; nothing where they are for everyone."""
    criteria = [c for s in claim.statements for c in s.group.criteria]
    if not criteria and claim.group is None:
        return ""
    pregnant = any(c.value == "pregnant" for c in criteria)
    words = {_word(c) for c in criteria if not (pregnant and c.attribute == "sex")}
    return f" ({words.pop() if len(words) == 1 and None not in words else _SOME})"


def _word(criterion: Criterion) -> str | None:
    bounded = criterion.low is not None or criterion.high is not None
    return None if bounded or criterion.negated else _WHO.get(criterion.value or "")


def _as_written(name: str, text: str) -> str:
    """A drug's name as the claim writes it; names of drugs are not translated."""
    return next((f.text for f in find_substances(text) if f.name == name), name)


def _is_stated(read: Dosage, dosage: Dosage, claim: Claim, sources: Mapping[str, Source]) -> bool:
    """Whether the line reads as its dose, and as one of every passage that the claim cites."""
    if not equal(read, dosage):
        return False
    for statement in claim.statements:
        if statement.source_id not in sources:
            return False
        stated = [*statement.dosages, *doses(" ".join(c.quote for c in statement.context))]
        stated += doses(statement.text)
        if not any(_supports(held, read) for held in stated):
            return False
    return bool(claim.statements)


def _supports(held: Dosage, read: Dosage) -> bool:
    """Whether a passage's dosage is the one read: what it leaves to its context aside."""
    completed = replace(
        held,
        route=held.route or read.route,
        routes=held.routes or read.routes,
        frequency=held.frequency or read.frequency,
        duration=held.duration or read.duration,
    )
    return equal(completed, read)
