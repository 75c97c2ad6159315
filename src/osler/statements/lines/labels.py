"""Labels that run into a paragraph or item, and hold for its later sentences as well.

"Prophylaxis after hip replacement: 220 mg once daily. 150 mg once daily if 75 or over." is on
prophylaxis to its end; so is what follows "Mania (adults). 750 mg daily."
"""

from __future__ import annotations

import re
from functools import lru_cache

from osler.domain import BlockKind, Context, DosageRole, Polarity, Statement, StatementKind
from osler.dosage import find_routes, may_state_dosage, parse_dosages
from osler.patterns import lazy
from osler.statements.groups.growth import STAGES, YOUNG
from osler.statements.groups.kidneys import is_of_sound_kidneys, names_dialysis
from osler.statements.groups.reading import read_group
from osler.statements.sentences.cues import kind_by_label, phase_of, polarity_of
from osler.statements.vocabulary.conditions import conditions_told
from osler.statements.vocabulary.substances import find_subjects, find_substances

_STOPS = frozenset(".:;!?")  # end a sentence or a label
_SPLIT_WITHIN = 120  # characters from the end of the sentence to what is split off it
_MOST_WORDS = 12
_SHORT = 2  # words: "Contraindications." denies nothing
_COLON = lazy(r"(?:[^.:;!?\n]|\.(?=\d)){2,80}?:(?=\s)")
# "Under 50 kg – 500 mg four times a day": no range ("adult 10 – 20 mg"), nor the first of two.
_DASH = lazy(
    r"(?:[^.:;!?\n–—]|\.(?=\d)){2,80}?(?<!\s)\s+(?:[–—]|--?)(?=\s)"
    r"(?!(?<=\d\s.)\s+\d)(?![^.:;!?\n]*\s[–—]\s)"
)
# What says something or orders it is a sentence, however short.
_SAYS = lazy(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|can|may|must|should|will|not|never|if|when"
    r"|add|admit|advise|aim|apply|arrange|ask|assess|avoid|begin|call|check|choose|combine|confirm"
    r"|consider|continue|correct|counsel|dilute|discuss|dissolve|divide|double|exclude"
    r"|ensure|follow|give|halve|hold|increase|infuse|inject|keep|leave|limit|lower|measure|monitor"
    r"|offer|omit|prefer|prescribe|raise|recheck|record|reduce|refer|remove|repeat|replace|report|restart|resume"
    r"|review|screen|seek|send|shake|store|test"
    r"|skip|space|start|stop|swallow|switch|take|taper|tell|titrate|treat|try|use|wait|warn|weigh"
    r"|withdraw|withhold|needs?|indicated|licensed|needed|recommended|required)\b",
    re.IGNORECASE,
)
# One label takes the place of another that tells the same of patients.
_KIND = {
    "age": "age", "life stage": "age", "weight": "age", "egfr": "kidney", "crcl": "kidney",
    "creatinine": "kidney", "procedure": "condition", "severity": "condition",
}  # fmt: skip

# "Immunocompromised patients.": people of whom no more is known than the words say.
_OF_A_KIND = lazy(r"^(?:[\w-]+\s+){1,3}(?:patients|people|hosts|individuals)\W*$", re.IGNORECASE)

Span = tuple[int, int]


class Labels:
    """Follows the sentences of one block, and says which labels each stands under."""

    def __init__(self) -> None:
        self._open: list[tuple[Span, frozenset[str]]] = []
        self._first = True

    def above(self, text: str, start: int, end: int) -> tuple[Span, ...]:
        """The spans of the labels of earlier sentences that hold for this one, outermost first."""
        sentence = text[start:end]
        own = label_of(sentence, opens=self._first)
        self._first = False
        told = _told(own)
        ended = told or _band(sentence)
        if ended:
            self._open = [
                (span, said)
                for span, said in self._open
                if not said & ended or _is_within(sentence, text[slice(*span)])
            ]
        if told & _OF_PEOPLE and text[max(0, start - 4) : start].rstrip()[-1:] not in _STOPS:
            # Split off: "Pregnancy: avoid Child: 25 mg" is for other people than the label before.
            self._open = [each for each in self._open if not each[1] <= _OF_PEOPLE]
        held = tuple(span for span, _ in self._open)
        if told:
            self._open.append(((start, start + len(own)), told))
        return held


def _is_within(sentence: str, label: str) -> bool:
    """Whether a sentence opens with ages of the stage of life that a label alone names:
    "Neonates. Under 7 days: 5 mg/kg. 7 days and over: 5 mg/kg."."""
    stages = {c.value or "" for c in read_group(label).criteria if c.attribute == "life stage"}
    if not label.endswith(".") or not stages or not stages <= YOUNG:
        return False
    opening = _COLON.match(sentence)
    ages = [c for c in read_group(opening[0] if opening else "").criteria if c.attribute == "age"]
    end = max(STAGES[stage][1] for stage in stages)
    return bool(ages) and all((c.low or 0) < end and (c.high or 0) <= end for c in ages)


def _band(sentence: str) -> frozenset[str]:
    """What a sentence tells that opens with a measure: "Clearance 15 to 29 mL/min: 300 mg"."""
    found = _COLON.match(sentence)
    told = _told(found[0]) if found and len(found[0].split()) <= _MOST_WORDS else frozenset()
    return told & {"kidney"}


# "Adult: 20 mg weekly Child: not licensed": a new label, and no stop before it.
_RUN_IN = lazy(
    r"(?<=[^\W_])[)%,;]?\s+"
    r"(?P<label>[A-Z][\w-]*(?:[ ,/–<>≥≤-]+(?:\([^()]{1,40}\)|[\w.]+)){0,6}?):(?=\s)"
)
_JOINS = lazy(
    r"\b(?:for|in|of|and|or|to|with|the|an?|if|from|by|on|as|per|is|are|under|over|than|all|other|some|most)$",
    re.I,
)
_OF_PEOPLE = frozenset({"age", "pregnancy", "breastfeeding", "kidney", "sex"})


def split_at_labels(text: str, spans: list[Span]) -> list[Span]:
    """Split sentences at each label that tells of other people than the dose before it."""
    return [piece for start, end in spans for piece in _apart(text, start, end)]


def _apart(text: str, start: int, end: int) -> list[Span]:
    pieces: list[Span] = []
    if text.find(":", start, end) < 0:
        return [(start, end)]
    first = at = start
    while found := _RUN_IN.search(text, at, end):
        at = found.start("label")
        if _parts_people(found["label"], text[first:at]):
            pieces.append((start, len(text[:at].rstrip())))
            start = at
        at += 1
    return [*pieces, (start, end)]


def is_split_off(statement: Statement, focus: Context) -> bool:
    """Whether a label parts a statement from a sentence that has not ended, and that names its
    drug: "Codeine 30 mg Breastfeeding: contraindicated"."""
    return (
        statement.block is not BlockKind.ROW
        and focus.quote[-1:] not in _STOPS
        and statement.start - focus.end <= _SPLIT_WITHIN
        and not find_substances(statement.text)
        and bool(label_of(statement.text, opens=False))
    )


def _parts_people(label: str, before: str) -> bool:
    """Whether a label opens with other people than those that the dose before it is for."""
    if not _told(f"{label}:") & _OF_PEOPLE or _JOINS.search(before.rstrip()):
        return False
    opens = any(label.lower().startswith(c.text.lower()) for c in read_group(label).criteria)
    return opens and any(d.role is DosageRole.DOSE for d in parse_dosages(before))


@lru_cache(maxsize=4096)
def label_of(sentence: str, *, opens: bool) -> str:
    """The words that a sentence opens with and that label it, with the mark behind them; or "".

    The first sentence of a block may be a label as a whole (it `opens` the block).
    """
    found = _COLON.match(sentence) or _dashed(sentence)
    label = found[0] if found else sentence
    if found is None and not (opens and _is_name(sentence)):
        return ""
    if len(label.split()) > _MOST_WORDS or (may_state_dosage(label) and parse_dosages(label)):
        return ""  # "Child under 50 kg:" doses nothing
    return label


def _dashed(sentence: str) -> re.Match[str] | None:
    """The label that a dash sets off, where it says nothing of itself."""
    found = _DASH.match(sentence)
    return None if found is None or _SAYS.search(found[0]) else found


def _is_name(sentence: str) -> bool:
    denies = polarity_of(sentence) is Polarity.NEGATIVE and len(sentence.split()) > _SHORT
    return sentence[-1] == "." and not denies and not _SAYS.search(sentence)


@lru_cache(maxsize=4096)
def _told(label: str) -> frozenset[str]:
    """What a label tells: of which patients, illness, phase or drug."""
    if not label:
        return frozenset()
    criteria = read_group(label).criteria
    told = {_KIND.get(c.attribute, c.attribute) for c in criteria}
    if any(is_of_sound_kidneys(c) or names_dialysis(c) for c in criteria):
        told.add("kidney")  # "normal renal function" ends where a band of clearance begins
    if conditions_told(label) or _OF_A_KIND.search(label):
        told.add("condition")
    if find_subjects(label):
        told.add("drug")
    if phase_of(label) is not None:
        told.add("phase")
    if find_routes(label):
        told.add("route")
    if kind_by_label(label) is not StatementKind.OTHER:
        told.add("kind")
    return frozenset(told)
