"""Which facts of the patient a turn takes back in so many words: only those may be left out."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from osler.domain import Patient
from osler.patterns import lazy
from osler.statements import sentence_spans
from osler.writing.spelled import stem_of

_FILE = Path(__file__).with_name("data") / "follow_up.toml"
_EMPTY = Patient()
FIELDS = tuple(Patient.__dataclass_fields__)
# A fact of one of these makes the others of its line old.
_SLOTS = (
    frozenset(("age_years", "life_stage")),
    frozenset(("weight_kg", "ideal_weight_kg")),
    frozenset(("pregnancy", "gestation_weeks", "breastfeeding")),
)
_NEAR = r"\s+(?:\w+\s+){0,2}?"  # so many words may stand between
_ENDING = 2  # letters: "diabetes", "diabetic"
_CLAUSE = lazy(r"[,;:.?!]\s+|\s+(?:but|and|so)\s+", re.IGNORECASE)


@cache
def glue() -> frozenset[str]:
    """Stems of the words that a full question may hold though nobody said them."""
    return frozenset(stem_of(word) for word in _lists()["glue"].split())


@cache
def of_asking() -> frozenset[str]:
    """Stems of words by which is asked, and of facts that our own readers compare by themselves."""
    return frozenset(stem_of(word) for word in _lists()["asking"].split())


def takes_back(turn: str) -> bool:
    """Whether a turn holds a word that takes something back, and not only denies."""
    return _found("withdrawing", "over").search(turn) is not None


def someone_else(turn: str) -> bool:
    """Whether a turn says that it is of another patient."""
    return _found("someone_else").search(turn) is not None


def kept_clauses(turn: str) -> tuple[str, ...]:
    """The clauses of a turn that take nothing back."""
    return tuple(clause for clause in _CLAUSE.split(turn) if not takes_back(clause))


def returns(turn: str) -> bool:
    """Whether a turn goes back to what was spoken of before the last question."""
    return _found("returning").search(turn) is not None


def dropped(before: Patient, now: Patient, turn: str, told: Patient) -> tuple[tuple[str, Any], ...]:
    """The facts (field, value) of `before` that are not in `now`, nor taken back in the turn.

    `told` is what the turn itself says of the patient; it replaces what it contradicts.
    """
    if someone_else(turn):
        return ()
    found = []
    for name in FIELDS:
        old, new = getattr(before, name), getattr(now, name)
        if old in (new, getattr(_EMPTY, name)):
            continue
        values = old if isinstance(old, tuple) else (old,)
        gone = [value for value in values if not (isinstance(old, tuple) and value in new)]
        found += [
            (name, value)
            for value in gone
            if not is_replaced(name, value, told) and not is_taken_back(name, value, turn)
        ]
    return tuple(found)


def is_replaced(name: str, value: Any, told: Patient) -> bool:
    """Whether what is told makes a fact old: "she is breastfeeding" that she is pregnant."""
    if name == "measurements":
        return value[0] in dict(told.measurements)
    if isinstance(getattr(_EMPTY, name), tuple):
        # "She is not diabetic": read as told, and the contrary of what was known.
        other = {"conditions": "absent_conditions", "absent_conditions": "conditions"}.get(name)
        return other is not None and value in getattr(told, other)
    slot = next((slot for slot in _SLOTS if name in slot), frozenset((name,)))
    return any(getattr(told, field) not in (None, ()) for field in slot)


def taken_back_by_name(value: Any, turn: str) -> bool:
    """Whether a turn names a fact and takes it back: "the penicillin allergy was a mistake"."""
    return takes_back(turn) and is_taken_back("", value, turn)


def is_taken_back(name: str, value: Any, turn: str) -> bool:
    """Whether a turn takes a fact back: "forget the eGFR", "her eGFR was wrong"."""
    called = [pattern] if (pattern := _lists()["called"].get(name)) else []
    if isinstance(value, str):
        called += [re.escape(value), rf"{re.escape(value.split()[-1][:-_ENDING])}\w{{1,4}}"]
    if not called:
        return False
    what = rf"(?:{'|'.join(called)})(?!\w)"
    return any(
        re.search(rf"{_any('withdrawing')}{_NEAR}{what}", sentence, re.IGNORECASE)
        or re.search(rf"(?<!\w){what}{_NEAR}{_any('over')}", sentence, re.IGNORECASE)
        or (
            not sentence.rstrip().endswith("?")
            and re.search(rf"{_any('denying')}{_NEAR}{what}", sentence, re.IGNORECASE)
        )
        for sentence in (turn[start:end] for start, end in sentence_spans(turn))
    )


def _any(name: str) -> str:
    return rf"\b(?:{'|'.join(_lists()[name])})\b"


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


@cache
def _found(*names: str) -> re.Pattern[str]:
    return re.compile("|".join(map(_any, names)), re.IGNORECASE)
