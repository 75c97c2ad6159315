"""Which drug each dose of a statement is of, and only where there is no doubt about it."""

from __future__ import annotations

import re
from functools import lru_cache

from osler.domain import BlockKind, Dosage, Statement
from osler.patterns import lazy
from osler.statements import find_substances
from osler.statements.lines.companions import is_in_the_body, without_occasions
from osler.statements.vocabulary.diluents import is_diluent
from osler.statements.vocabulary.substances import base_of, canonical, is_class
from osler.statements.words.lexicon import Found

# Between an amount and the drug it is of: "50 mg of oral thiamine", "2 g IV ceftriaxone".
_BEHIND = lazy(
    r"\s*(?:(?:once\s+|twice\s+)?(?:daily|weekly|a\s+day|per\s+day)\s+)?(?:of\s+)?(?:(?:elemental|oral|intravenous|intramuscular|iv|im|po|soluble|injectable)\s+)*",
    re.IGNORECASE,
)
_OF = lazy(r"\s*of\s+\w", re.IGNORECASE)
# After these words a drug is a companion, a solvent or a reason, not what is dosed.
_COMPANION = lazy(
    r"\b(?:with|after|before|than|on|in|taking|to|from|by|despite|without|not|dose of|day of"
    r"|using|receiving)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# Behind these a name is of a mechanism or a measurement: "calcium channel blocker".
_NOT_GIVEN = lazy(
    r"[\s-]*(?:induced|gene|channel|antagonist|agonist|receptor|blocker|inhibitor|levels?|concentration"
    r"|deficien|metabol|absorption|reabsorption|excretion|secretion|intake|requirement"
    r"|overload|overdos|poison|toxicity)",
    re.IGNORECASE,
)
_NO_MORE = lazy(r"[\s:,.;-]*(?:\([^()]{1,30}\))?[\s:,.;-]*")
_CELL = lazy(r"; |$")
_LABEL = lazy(r"(?:^|; )[^;:]{1,60}: ")
_REACH = 150  # characters from a name to an amount that may still be of it
_WORD = lazy(r"[^\W\d_]{2,}")
# What may stand between the name of a drug in a heading or lead-in and the amount in an item.
_ORDINARY = """
    adult adults child children infant infants neonate neonates baby babies paediatric pediatric
    elderly pregnant women men patients patient year years yrs month months mths week weeks day
    days hour hours over under above below up to from and or of the at by for in age aged kg body
    weight less more than between oral orally mouth intravenous intravenously intramuscular
    intramuscularly subcutaneous subcutaneously injection infusion slow deep iv im sc po dose
    doses dosage starting start initial initially loading maintenance usual recommended regimen
    regimens usually single then followed by increase increased gradually maximum max daily once
    twice every given give take with food tablet tablets syrup suspension capsules
    """
_ORDINARY_WORDS = frozenset(_ORDINARY.split())


def drugs_dosed(statement: Statement) -> tuple[str | None, ...]:
    """For each dosage of a statement the drug it is of, salts under what they are salts of.

    The drug directly before or behind the amount, else the last one named before it that is no
    companion; in a table row, of the same cell, else the one that an earlier cell begins with,
    else the one that the caption names. Where the text names none, the drug of the innermost
    heading, lead-in or item above that names one, if it names one only and nothing between may
    be the name of another. None where this does not decide, or the amount is "of" another thing.
    """
    text = statement.text
    named = tuple(without_occasions(text, list(_given_in(text))))
    is_row = statement.block is BlockKind.ROW
    cells = [0, *(m.end() for m in _CELL.finditer(text))] if is_row else [0]
    above = _named_above(statement) if is_row or not named else None
    return tuple(_named_beside(text, named, d, cells) or above for d in statement.dosages)


def _given_in(text: str) -> tuple[Found, ...]:
    """The substances of a text that are not of a mechanism or a measurement."""
    return tuple(
        f
        for f in find_substances(text)
        if not _NOT_GIVEN.match(text, f.end)
        and not is_in_the_body(text, f)
        and not is_diluent(text, f)
    )


def _named_beside(
    text: str, named: tuple[Found, ...], dosage: Dosage, cells: list[int]
) -> str | None:
    behind = next((f for f in named if f.start >= dosage.amount_end), None)
    if behind and _BEHIND.fullmatch(text, dosage.amount_end, behind.start):
        return _single(behind.name)
    if _OF.match(text, dosage.amount_end):
        return None
    start = max(cell for cell in cells if cell <= dosage.amount_start)
    before = [f for f in named if start <= f.start < dosage.amount_start]
    if before and _is_ordinary(text[before[-1].end : dosage.amount_start]):
        return _single(before[-1].name)
    near = dosage.amount_start - _REACH
    before = [f for f in before if f.end > near and not _COMPANION.search(text[: f.start])]
    if before:
        return _single(before[-1].name)
    return _row_heading(text, named, start, cells)


def _row_heading(text: str, named: tuple[Found, ...], start: int, cells: list[int]) -> str | None:
    """The drug of a row: the only one that a cell before `start` begins with."""
    begins = {*cells, *(m.end() for m in _LABEL.finditer(text))}
    firsts = {_single(f.name) for f in named if f.start < start and f.start in begins} - {None}
    return firsts.pop() if len(firsts) == 1 else None


def _named_above(statement: Statement) -> str | None:
    is_row = statement.block is BlockKind.ROW
    if is_row and any(context.role == "header" for context in statement.context):
        return None  # a table of many drugs: what its caption names is not what a row is about
    unsure = not is_row and not _is_ordinary(statement.text[: statement.dosages[0].amount_start])
    for context in reversed(statement.context):
        named = {_single(found.name) for found in _given_in(context.quote)}
        if named:
            about = context.role in ("title", "heading", "caption") or _is_name(context.quote)
            return named.pop() if len(named) == 1 and (about or not unsure) else None
        if context.role in ("parent", "lead-in") and not _is_ordinary(context.quote):
            return None
    return None


def _is_name(text: str) -> bool:
    """Whether a lead-in or parent is the name of a drug and nothing else: "Ivermectin:"."""
    found = find_substances(text)
    if not found:
        return False
    rest = text[: found[0].start] + text[found[0].end :]
    return len(found) == 1 and _NO_MORE.fullmatch(rest) is not None


@lru_cache(maxsize=4096)
def _single(name: str) -> str | None:
    return None if is_class(name) else canonical(base_of(name))


def _is_ordinary(text: str) -> bool:
    """Whether none of the words may be the name of a drug."""
    return all(m.group().lower() in _ORDINARY_WORDS for m in _WORD.finditer(text))
