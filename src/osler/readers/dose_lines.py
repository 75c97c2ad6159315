"""A claim's doses in another language, rendered from what was read and read back again.

Only what is certain is said: the doses of one claim that recommends, each with its drug, where
nothing in the claim denies, compares or chooses between groups. Everything else stays English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from osler.domain import Claim, Dosage, DosageRole, Polarity, Source, StatementKind
from osler.dosage import format_spanish, may_state_dosage, parse_dosages, parse_spanish
from osler.dosage.spanish import PHASES
from osler.readers.gate import doses, equal
from osler.statements.substances import find_substances

_RECOMMENDS = frozenset({StatementKind.DOSE, StatementKind.CHOICE, StatementKind.DURATION})
# Words with which a dose is not simply to be given.
_UNSURE = re.compile(
    r"\b(?:no|not|never|avoid\w*|without|unless|except|instead|rather|than|versus|vs|stop\w*"
    r"|reduc\w+|increas\w+|decreas\w+|titrat\w+|half|halv\w+|doubl\w+|exceed\w*|compar\w+"
    r"|contraindicated|withhold|withheld|if|only|until|unsuitable|previous\w*|were|was|had)\b",
    re.I,
)


def in_spanish(claim: Claim, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """The claim's doses in Spanish, a line each; empty where any of them is not certain.

    Each line is read back and must state the dose that it was made from, and one that a cited
    passage states.
    """
    if not _is_plain_advice(claim):
        return ()
    lines = []
    for dosage in _heads(claim):
        line = format_spanish(_bare(dosage))
        if line is None or dosage.substance is None:
            return ()
        read = parse_spanish(line)
        if not read or not _is_stated(read[0], dosage, claim, sources):
            return ()
        phase = f" ({PHASES[dosage.phase]})" if dosage.phase in PHASES and dosage.phase else ""
        lines.append(f"{_as_written(dosage.substance, claim)}{phase}: {line}")
    return tuple(dict.fromkeys(lines))


def _as_written(name: str, claim: Claim) -> str:
    """A drug's name as the claim writes it; names of drugs are not translated."""
    found = (f.text for f in find_substances(claim.composed or claim.text) if f.name == name)
    return next(found, name)


def _is_plain_advice(claim: Claim) -> bool:
    if claim.warning or not claim.dosages:
        return False
    if any(s.polarity is Polarity.NEGATIVE or s.kind not in _RECOMMENDS for s in claim.statements):
        return False
    text = claim.composed or claim.text
    if _UNSURE.search(text):
        return False
    heads = _heads(claim)
    names = [d.substance for d in heads]
    return len(set(names)) == len(names)  # two doses of one drug are for two groups, or a choice


def _heads(claim: Claim) -> list[Dosage]:
    """The doses that stand for themselves: not the later steps, nor a ceiling told with one."""
    found: list[Dosage] = []
    for dosage in claim.dosages:
        told = [s for d in found for s in d.steps]
        bound = any(d.maximum is not None for d in found)
        if any(equal(replace(dosage, steps=()), replace(s, steps=())) for s in told):
            continue
        if dosage.role is DosageRole.MAXIMUM and bound:
            continue
        if dosage not in found:
            found.append(dosage)
    return found


def _bare(dosage: Dosage) -> Dosage:
    """The dosage as its claim states it, without the words."""
    return replace(dosage, text="", start=0, end=0, amount_start=0, amount_end=0)


def _is_stated(read: Dosage, dosage: Dosage, claim: Claim, sources: Mapping[str, Source]) -> bool:
    """Whether the line reads as its dose, and as one of every passage that the claim cites."""
    if not equal(read, dosage):
        return False
    for statement in claim.statements:
        if statement.source_id not in sources:
            return False
        stated = [*statement.dosages, *_of_lead(" ".join(c.quote for c in statement.context))]
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


def _of_lead(text: str) -> list[Dosage]:
    return list(parse_dosages(text)) if text and may_state_dosage(text) else []
