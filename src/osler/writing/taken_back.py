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
# What may stand between: "drop it for asthma", "no other allergies" take nothing back.
_NEAR = (
    r"\s+(?:(?:about|what|i|said|of|the|an?|her|his|their|my|that|patient['’]s|any|known|drug|"
    r"to|is|was|be|been|has|have|had|really|actually|longer|on|taking|take|takes|have|"
    r"allergic|intolerant|allergy|intolerance|history|result|reading|label)\s+){0,3}?"
)
# "Her allergy tablets", "no asthma attacks", "no allergies apart from that", "stopped 3 days ago"
_NOT_OF_IT = (
    r"(?![\s-]+(?:tablets?|medic\w+|attacks?|reactions?|apart|except|other|besides|but|today|"
    r"yesterday|recently|yet|so far|(?:\w+\s+){1,3}ago|last|this (?:morning|week)))"
)
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
    what = rf"(?:{'|'.join(called)})(?!\w){_NOT_OF_IT}"
    ways = (
        rf"{_any('withdrawing')}{_NEAR}{what}",
        rf"(?<!\w){what}{_NEAR}{_any('over')}",
    )
    denied = rf"{_any('denying')}{_NEAR}{what}"
    return any(
        any(_is_told(way, sentence) for way in ways)
        or (
            not sentence.rstrip().endswith("?")
            and re.search(denied, sentence, re.IGNORECASE) is not None
        )
        for sentence in (turn[start:end] for start, end in sentence_spans(turn))
    )


def _is_told(way: str, sentence: str) -> bool:
    """Whether a clause tells it, and does not ask: "drop the eGFR?" takes nothing back."""
    found = re.search(way, sentence, re.IGNORECASE)
    if found is None:
        return False
    return not re.match(r"[^,;:.!?–—]*\?", sentence[found.end() :])


def _any(name: str) -> str:
    return rf"\b(?:{'|'.join(_lists()[name])})\b"


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


@cache
def _found(*names: str) -> re.Pattern[str]:
    return re.compile("|".join(map(_any, names)), re.IGNORECASE)
