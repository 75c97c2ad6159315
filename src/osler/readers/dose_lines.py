"""A claim's doses in another language, rendered from what was read and read back again.

A line is written only where the sentence says nothing but what the line says: every word of it
is a part of its doses, the people whom they are for, or a word of framing
(`osler.readers.accounted`). Everything else stays English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from osler.domain import (
    Claim,
    Combinator,
    Dosage,
    DosageRole,
    Group,
    Polarity,
    Source,
    StatementKind,
)
from osler.dosage import find_routes, format_spanish, parse_spanish
from osler.dosage.spanish import PHASES
from osler.readers.accounted import form_of, is_accounted_for, names_phase, says_once
from osler.readers.forbidding import forbids
from osler.readers.gate import doses, equal, parsed
from osler.readers.people import BOUNDED
from osler.readers.people import in_spanish as in_spanish_people
from osler.statements import read_group
from osler.statements.vocabulary.substances import find_substances

_RECOMMENDS = frozenset({StatementKind.DOSE, StatementKind.CHOICE, StatementKind.DURATION})
# "50 mg daily" does not say that it is one dose: each day, not once a day.
_EACH = {
    "una vez al día": "cada día",
    "una vez a la semana": "cada semana",
    "una vez al mes": "cada mes",
}
_SAID = BOUNDED | {"life stage", "pregnancy", "sex"}
_SOME = "solo para las personas que nombra la frase en inglés"
_SOURCE = "solo para las personas de las que trata la fuente"
_BOTH = "solo para las personas que nombran la frase en inglés y la fuente"


def in_spanish(claim: Claim, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """The claim's doses in Spanish, a line each; empty where any of them is not certain.

    Each line is read back and must state the dose that it was made from, and one that every
    cited passage states. A group that has no certain Spanish word is said to be in the English.
    """
    text = claim.composed or claim.text
    if not _is_plain_advice(claim):
        return ()
    heads = _heads(claim, text)
    group = read_group(text)
    who = _who(claim, group)
    if who is None or not _are_doses(heads) or not is_accounted_for(text, heads, group.criteria):
        return ()
    lines = []
    for dosage in heads:
        line = format_spanish(_as_stated(dosage, text))
        once = {says_once(text, part) for part in (dosage, *dosage.steps) if part.frequency}
        if line is None or dosage.substance is None or len(once) > 1:
            return ()
        if once == {False}:
            for one, each in _EACH.items():
                line = line.replace(one, each)
        read = parse_spanish(line)
        if not read or not _is_stated(read[0], dosage, claim, sources):
            return ()
        phase = f" ({PHASES[dosage.phase]})" if dosage.phase in PHASES and dosage.phase else ""
        lines.append(f"{_as_written(dosage, text)}{phase}: {line}{who}")
    return tuple(dict.fromkeys(lines))


def _is_plain_advice(claim: Claim) -> bool:
    if claim.warning or not claim.dosages or forbids(claim):
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
        same = [d for d in claim.dosages if d.start == dosage.start and claim.composed is None]
        drug = same[0].substance if same else _drug_of(dosage, claim)
        phase = dosage.phase or (same[0].phase if same else None)
        if phase is not None and not names_phase(text, phase):
            phase = None  # of a heading: the sentence does not say it
        found.append(replace(dosage, substance=dosage.substance or drug, phase=phase))
    return found


def _drug_of(dosage: Dosage, claim: Claim) -> str | None:
    """The drug of the claim's dosages of this amount, where it is one."""
    amount = (dosage.low, dosage.high, dosage.unit)
    names = {d.substance for d in claim.dosages if (d.low, d.high, d.unit) == amount}
    return names.pop() if len(names) == 1 else None


def _are_doses(heads: list[Dosage]) -> bool:
    """Whether each is one dose of its own drug: not two for two groups, nor an amount alone."""
    names = [d.substance for d in heads]
    return len(set(names)) == len(names) and all(
        d.frequency or d.per_time or d.route for d in heads
    )


def _as_stated(dosage: Dosage, text: str) -> Dosage:
    """The dose without its place, its later steps without a route that only the first states."""
    steps = tuple(
        step if find_routes(text[step.start : step.end]) else replace(step, route=None, routes=())
        for step in dosage.steps
    )
    return replace(dosage, text="", start=0, end=0, steps=steps)


def _who(claim: Claim, group: Group) -> str | None:
    """Whom the doses are for, as an ending of a line; nothing where they are for everyone.

    A group that has no certain Spanish words is said to be in the English; one that only the
    passages' headings name, in the source. None where a bound is not certain in Spanish, and
    where headings bound or deny whom it is for.
    """
    told = group.criteria
    known = {(c.attribute, c.value) for c in told}
    above = [
        c for s in claim.statements for c in s.group.criteria if (c.attribute, c.value) not in known
    ]
    if any(c.low is not None or c.high is not None or c.negated for c in above):
        return None
    said = in_spanish_people(group)
    told_besides = bool(told) and said is None
    if said is None and any(c.attribute in BOUNDED for c in told):
        others = tuple(c for c in told if c.attribute not in _SAID)
        bounds = tuple(c for c in told if c.attribute in _SAID)
        said = in_spanish_people(Group(bounds)) if group.combinator is Combinator.ALL else None
        if said is None or not others:
            return None
        told_besides = True
    who = [said] if said else []
    if told_besides or above:
        who.append(_BOTH if told_besides and above else _SOME if told_besides else _SOURCE)
    return f" ({'; '.join(who)})" if who else ""


def _as_written(dosage: Dosage, text: str) -> str:
    """A drug's name as the claim writes it, nearest its dose; names are not translated."""
    named = [f for f in find_substances(text) if f.name == dosage.substance]
    before = [f for f in named if f.end <= dosage.start]
    after = [f for f in named if f.start >= dosage.end]
    near = (before[-1:] or after or named)[:1]
    if not near:
        return str(dosage.substance)
    form = next((w for f in named if (w := form_of(text, f.start, f.end))), None)
    return f"{near[0].text} ({form})" if form else near[0].text


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
