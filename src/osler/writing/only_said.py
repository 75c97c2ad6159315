"""Whether a proposal has only words and figures that were said, and none of the turn's is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from osler.answering.understanding.everyday import is_everyday
from osler.domain import Patient
from osler.statements import find_substances
from osler.writing.neutral import small
from osler.writing.spelled import Figure, Spelled, spelled, stem_of, together
from osler.writing.taken_back import FIELDS, glue, kept_clauses, of_asking

_DENYING = frozenset(map(stem_of, ("not", "no", "never", "without", "non", "cannot", "except")))
_OF_AN_AGE = frozenset(map(stem_of, ("year", "years", "yr", "old")))
_WORD = re.compile(r"[^\W\d_][^\W_]+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The turn and the full questions before it."""

    turn: str
    earlier: tuple[str, ...]

    @property
    def all(self) -> Spelled:
        """The words of both."""
        return together((self.turn, *self.earlier))


def strange_words(put: str, texts: Spoken) -> str | None:
    """A word that nobody said, or that is denied now and was not, or the other way round."""
    ours, turn, earlier = spelled(put), spelled(texts.turn), together(texts.earlier)
    free = _free()
    if ours.words - turn.words - earlier.words - free - of_asking() - _DENYING:
        return "it holds a word that nobody said"
    if (ours.denied - free) - turn.denied - earlier.denied:
        return "it denies what nobody denied"
    if (ours.said - free) & (turn.denied - turn.said):
        return "it says what the turn denies"
    if (ours.said - free) & (earlier.denied - earlier.said) - turn.said:
        return "it says what was denied before"
    return None


def strange_figures(put: str, texts: Spoken, patient: Patient) -> str | None:
    """A figure or unit that nobody wrote so, or of another drug; one of the turn that is lost."""
    known = texts.all
    ours, turn, earlier = spelled(put), spelled(texts.turn), together(texts.earlier)
    values = _values(patient)
    for figure in ours.figures:
        if figure.number not in known.numbers:
            return "it holds a number that nobody said"
        of_patient = _number(figure.number) in values and _is_bare(figure)
        if not of_patient and figure not in known.figures and not _bare_before(figure, known):
            return "it writes a number otherwise"
    if turn.numbers - ours.numbers - earlier.numbers:
        return "it leaves out a number"
    if not _amounts_of(put) <= _amounts_of(texts.turn).union(*map(_amounts_of, texts.earlier)):
        return "it gives a number to another drug"
    return None


def _is_bare(figure: Figure) -> bool:
    """Whether no unit stands behind a number, but for the years of an age."""
    return not figure.unit or figure.unit in _OF_AN_AGE or figure.unit in _free()


def _bare_before(figure: Figure, known: Spelled) -> bool:
    """Whether a number without a unit is written without one before."""
    if not _is_bare(figure):
        return False
    return any(f.number == figure.number and _is_bare(f) for f in known.figures)


@cache
def _free() -> frozenset[str]:
    return glue() | frozenset(stem_of(word) for word in small())


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def _values(patient: Patient) -> set[Decimal | None]:
    """The values of a patient; an age in months and weeks is written in another number."""
    found = {getattr(patient, n) for n in FIELDS if isinstance(getattr(patient, n), Decimal)}
    return {*found, *(value for _, value in patient.measurements)}


_AMOUNT = re.compile(r"(?<![^\W_])\d+(?:[.,]\d+)*\s*(?:[a-zµμ%]+)", re.IGNORECASE)


def _amounts_of(text: str) -> set[tuple[str, str]]:
    """Each number with its unit and the drug right before it in its clause; no drug counts not."""
    found = set()
    drugs = find_substances(text)
    for match in _AMOUNT.finditer(text):
        near = [d for d in drugs if d.end <= match.start()]
        if near and re.fullmatch(r"[\s:]*(?:\w+[\s:]+){0,2}", text[near[-1].end : match.start()]):
            found.add((near[-1].name, "".join(match.group().lower().split())))
    return found


def lost_words(put: str, texts: Spoken, own: str) -> str | None:
    """A telling word of the turn that our own reading (`own`) has, and the proposal has not."""
    kept = together(kept_clauses(texts.turn)).words
    telling = {stem_of(w) for w in _WORD.findall(texts.turn.lower()) if not is_everyday(w)}
    if (telling & kept & spelled(own).words) - spelled(put).words - _free():
        return "it leaves out a word of the turn"
    return None
