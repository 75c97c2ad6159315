"""What a statement needs from elsewhere in its document: title, headings, lead-in, headers."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from osler.domain import (
    Block,
    BlockKind,
    Combinator,
    Context,
    Criterion,
    Document,
    Group,
    Phase,
    StatementKind,
)
from osler.dosage import may_state_dosage
from osler.patterns import lazy
from osler.statements.groups.growth import YOUNG
from osler.statements.groups.joining import as_one
from osler.statements.groups.mixed_people import without_mixed_people
from osler.statements.groups.reading import read_group
from osler.statements.groups.scope import scope_of
from osler.statements.lines.parents import without_doses_for_others
from osler.statements.sentences.cues import kind_by_label, only_phase_of, phase_of
from osler.statements.vocabulary.substances import find_subjects

_ROLES = {BlockKind.CAPTION: "caption", BlockKind.FOOTNOTE: "footnote", BlockKind.ITEM: "parent"}
_ORDER = {
    "title": 0,
    "heading": 1,
    "caption": 2,
    "lead-in": 3,
    "parent": 4,
    "label": 5,
    "header": 6,
    "footnote": 7,
}
# Kinds that a heading or lead-in gives to what stands under it.
_HEADED = frozenset(
    {
        StatementKind.MONITORING,
        StatementKind.CHOICE,
        StatementKind.CAUTION,
        StatementKind.CONTRAINDICATION,
    }
)
_GROWN = 18  # years
_LABEL = 60  # characters: what is longer is a sentence
# Attributes that speak of the same thing: a statement's own words on it replace its context's.
_FAMILY = {
    "age": "age", "life stage": "age", "egfr": "kidney", "crcl": "kidney", "creatinine": "kidney",
    "pregnancy": "pregnancy", "breastfeeding": "pregnancy", "gestation": "pregnancy",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The context of a block, and what it says of substances, group and phase, innermost first."""

    context: tuple[Context, ...]
    substances: tuple[str, ...]
    groups: tuple[Group, ...]
    phase: Phase | None
    kind: StatementKind  # what the nearest heading or lead-in is about


class ContextReader:
    """Reads the context of the blocks of one document; what blocks share is read once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._starts = [block.start for block in document.blocks]
        self._cache: dict[tuple[object, ...], Surroundings] = {}
        self._title = self._find_title()
        self._noted = _rows_with_notes(document)
        self._scope = scope_of(document)

    def of(self, block: Block, labels: tuple[tuple[int, int], ...] = ()) -> Surroundings:
        """Give the context of a block, or of a sentence in it that stands under its labels."""
        block = without_doses_for_others(block, self._document.text)
        headers = tuple(span for span in block.header if span is not None) if block.cells else ()
        noted = block.start if block.start in self._noted else None
        key = (block.section, block.headings, block.context, headers, labels, noted)
        known = self._cache.get(key)
        if known is None:
            if len(self._cache) > 512:
                self._cache.clear()
            known = self._cache[key] = self._read(block, labels)
        return known

    def _find_title(self) -> Context | None:
        title = self._document.source.title
        at = self._document.text.find(title, 0, 4000) if title else -1
        return None if at < 0 else Context(at, at + len(title), title, "title")

    def _read(self, block: Block, labels: tuple[tuple[int, int], ...]) -> Surroundings:
        text = self._document.text
        row = self._noted.get(block.start)
        headings = block.headings if row is None else row.headings
        parts = [
            Context(span.start, span.end, text[span.start : span.end], "heading")
            for span in headings
        ]
        parts += [
            Context(span.start, span.end, text[span.start : span.end], self._role(span.start))
            for span in block.context
        ]
        if row is not None:
            label = row.cells[0]
            parts.append(Context(label.start, label.end, text[label.start : label.end], "lead-in"))
        parts += [Context(start, end, text[start:end], "label") for start, end in labels]
        parts += [
            Context(span.start, span.end, text[span.start : span.end], "header")
            for span in dict.fromkeys(s for s in block.header if s is not None)
        ]
        if self._title and not any(part.start == self._title.start for part in parts):
            parts.append(self._title)
        parts.sort(key=lambda part: (_ORDER[part.role], part.start))
        title = self._document.source.title
        above = [(part.quote, part.role) for part in reversed(parts) if _bears_on_all(part)]
        if not headings:
            above += [(name, "heading") for name in reversed(block.section)]
        # A label that is a sentence, "Haemodialysis.", tells what it does before a colon.
        above = [(_as_label(text) if role == "label" else text, role) for text, role in above]
        inner = [text for text, _ in above]
        told = [(_told_by_heading if r == "heading" else _told_by)(text) for text, r in above]
        said = _as_far_as_harm(inner, [*told, _told_by_title(title)])
        groups = [*(told.group for told in said), self._scope]
        return Surroundings(
            context=tuple(parts),
            substances=tuple(dict.fromkeys(name for told in said for name in told.substances)),
            groups=tuple(group for group in groups if group.criteria),
            phase=next((t.phase for t in said[:-1] if t.phase is not None), only_phase_of(title)),
            kind=next((t.kind for t in said if t.kind in _HEADED), StatementKind.OTHER),
        )

    def _role(self, at: int) -> str:
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return "lead-in"
        return _ROLES.get(self._document.blocks[index].kind, "lead-in")


def _rows_with_notes(document: Document) -> dict[int, Block]:
    """The one row of a table that refers to a note, by the start of the note.

    The note is on the drug and people of the row: "may rise to 2.5 mg twice daily".
    """
    notes = {block.start for block in document.blocks if block.kind is BlockKind.FOOTNOTE}
    found: dict[int, list[Block]] = {}
    for block in document.blocks if notes else ():
        for span in block.context:
            if span.start in notes and (any(block.header) or not block.cells):
                found.setdefault(span.start, []).append(block)
    return {
        at: rows[0]
        for at, rows in found.items()
        if len(rows) == 1 and rows[0].cells and rows[0].cells[0].end > rows[0].cells[0].start
    }


def _as_label(text: str) -> str:
    return f"{text[:-1]}:" if text.endswith(".") else text


@dataclass(frozen=True, slots=True)
class _Told:
    """What one heading, lead-in or title says of what stands under it."""

    substances: tuple[str, ...]
    group: Group
    phase: Phase | None
    kind: StatementKind


def _bears_on_all(part: Context) -> bool:
    """Whether what it says of patients holds for the block; a note with a dose is on others."""
    if part.role == "footnote":
        return not may_state_dosage(part.quote)
    return part.role not in {"header", "title"}


_AND = re.compile(r"\s*(?:\band\b|[,;:/&])\s*", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _told_by_title(title: str) -> _Told:
    """Read a title; of one on several things none says alone whom a statement is about.

    "Severe malaria and malaria in pregnancy" is not all about pregnant women.
    """
    told = _told_by(title)
    told = replace(told, group=without_mixed_people(title, told.group, is_title=True))
    parts = [read_group(part).criteria for part in _AND.split(title) if part.strip()]
    if len(parts) < 2 or not told.group.criteria:
        return told
    each = [c for criteria in parts for c in criteria]
    if not all(parts) or not each:
        shared = tuple(
            c
            for c in told.group.criteria
            if c.attribute in _OF_ALL or (c.attribute == "pregnancy" and not any(parts[1:]))
        )
        return replace(told, group=replace(told.group, criteria=shared))
    # "Heparin-induced thrombocytopenia, adult protocol" says whom the whole of it is for.
    people = [[c for c in criteria if c.attribute in _OF_ALL] for criteria in parts]
    illnesses = [c for c in each if c.attribute == "condition"]
    named = [of_part for of_part in people if of_part]
    apart = named and illnesses and sum(map(len, named)) + len(illnesses) == len(each)
    if apart and len(named) == 1:  # "vomiting in children under 5": children, and under 5
        return replace(told, group=Group(tuple(named[0]), text=told.group.text))
    folded = as_one([c for of_part in named for c in of_part] if apart else each)
    return replace(told, group=Group((folded,), text=told.group.text))


@lru_cache(maxsize=4096)
def _told_by_heading(heading: str) -> _Told:
    """Read a heading; of one that names children beside others no line is theirs for it."""
    told = _told_by(heading)
    return replace(told, group=without_mixed_people(heading, told.group))


# Named once in a title, these are of the whole: "… and …: doses in children".
_OF_ALL = frozenset({"life stage", "age"})


# "Managing movement side effects": what a drug does to whoever takes it, for whatever illness.
_OF_HARM = lazy(
    r"\b(?:(?:side|adverse|unwanted|untoward)[\s-]+(?:effects?|reactions?|events?)|overdos\w+|"
    r"toxicity|infusion[\s-]+(?:related\s+)?reactions?)\b",
    re.IGNORECASE,
)


# "Dose reduction for toxicity" is on the drug of the illness itself.
_ADJUSTED = lazy(r"\b(?:dos(?:e|es|ing|age)|adjust\w*|modif\w+|reduc\w+)\b", re.IGNORECASE)


def _as_far_as_harm(inner: list[str], said: list[_Told]) -> list[_Told]:
    """Without the illnesses told of further out than a label on what harm a drug does.

    Akathisia under "Side effects" in "Depot injections in schizophrenia" is anybody's.
    """
    at = next((i for i, text in enumerate(inner) if _is_on_harm(text)), len(said))
    return [*said[: at + 1], *map(_without_illness, said[at + 1 :])]


def _is_on_harm(text: str) -> bool:
    of_harm = len(text) <= _LABEL and _OF_HARM.search(text) is not None
    return of_harm and not _ADJUSTED.search(text)


def _without_illness(told: _Told) -> _Told:
    group = told.group
    kept = tuple(c for c in group.criteria if c.attribute not in {"condition", "severity"})
    if kept == group.criteria or group.combinator is not Combinator.ALL:
        return told
    return replace(told, group=replace(group, criteria=kept))


@lru_cache(maxsize=4096)
def _told_by(text: str) -> _Told:
    """Read a heading, lead-in or title; only a label, not a sentence, says what kind it heads."""
    return _Told(
        tuple(found.name for found in find_subjects(text)),
        _of_either(text, read_group(text)),
        phase_of(text),
        kind_by_label(text) if len(text) <= _LABEL else StatementKind.OTHER,
    )


def _of_either(text: str, group: Group) -> Group:
    """Read a label on two illnesses as one on either: "Eclampsia and severe pre-eclampsia"."""
    parts = [read_group(part).criteria for part in _BOTH.split(text)]
    if len(text) > _LABEL or len(parts) < 2:
        return group
    illnesses = [[c for c in part if c.attribute == "condition"] for part in parts]
    told = {(c.attribute, c.negated) for c in group.criteria}
    if not all(illnesses) or not told <= {("condition", False), ("severity", False)}:
        return group
    return replace(group, criteria=(as_one(c for part in illnesses for c in part),))


_BOTH = re.compile(r"\s+and\s+", re.IGNORECASE)


def family(criterion: Criterion) -> str:
    """Name the thing a criterion speaks of: age and life stage are one.

    What counts several things speaks of none of them alone.
    """
    if criterion.needed > 1:
        return f"{criterion.needed} of {len(criterion.alternatives) + 1}"
    name = _FAMILY.get(criterion.attribute, criterion.attribute)
    return f"{name} {criterion.value}" if name in {"condition", "procedure", "drug"} else name


def _as_all(group: Group) -> Group:
    """The group as criteria that must all hold: those that are counted folded into one."""
    if group.combinator is Combinator.ALL:
        return group
    folded = as_one(group.criteria, 1 if group.combinator is Combinator.ANY else group.count)
    return replace(group, criteria=(folded,), combinator=Combinator.ALL, count=1)


# "When there is:" makes a condition of each item, and "that group is:" tells who was meant.
_MADE_A_CONDITION = lazy(
    r"\b(?:if|when|where|(?:if|when|where)\s+there\s+(?:is|are|has been)|"
    r"(?:those|people|patients|women|individuals|anyone|children|adults)\s+(?:who|with)|"
    r"who(?:\s+have|\s+has)?)\s*:\s*$",
    re.IGNORECASE,
)
_TELLS_WHO = lazy(r"\bgroup\s+(?:is|includes|consists\s+of)\s*:\s*$", re.IGNORECASE)


def as_item_of(lead: str, text: str, own: Group, around: tuple[Group, ...]) -> tuple[Group, ...]:
    """What an item is about and what its context is about, as its lead-in puts them.

    An item that is a condition of the lead-in, and which nothing reads as one, is open.
    """
    if _TELLS_WHO.search(lead):
        around = tuple(_without_the_told(group) for group in around)
    is_condition = _MADE_A_CONDITION.search(lead) or _TELLS_WHO.search(lead)
    is_read = any(c.attribute != "sex" for c in own.criteria) or any(c.isdigit() for c in text)
    if is_condition and not is_read:
        words = text.strip(" .;,")
        own = Group((*own.criteria, Criterion("other", words, text=words)), text=words)
    return (own, *around)


def _without_the_told(group: Group) -> Group:
    kept = tuple(c for c in group.criteria if c.attribute != "other")
    return group if kept == group.criteria else replace(group, criteria=kept)


def merge_groups(own: Group, around: tuple[Group, ...]) -> Group:
    """Join a statement's own group with its context's, the nearer winning on the same thing."""
    merged = own
    for group in around:
        if not merged.criteria:
            merged = group
            continue
        if merged.combinator is Combinator.AT_LEAST and not _adds(group, merged):
            continue
        merged, group = _as_all(merged), _as_all(group)
        taken = {family(criterion) for criterion in merged.criteria}
        members = [m for c in merged.criteria for m in (c, *c.alternatives)]
        grown = any(c.value == "adult" and not c.negated for c in members)
        open_ended = not grown and any(
            c.low is not None and c.high is None for c in merged.criteria
        )
        ages = [c for c in merged.criteria if c.attribute == "age" and c.high is not None]
        below = bool(ages) and all(c.low is None and c.high >= _GROWN for c in ages if c.high)
        added = tuple(
            c
            for c in group.criteria
            # "Over 12 years" under "Children" is a child still; "over 12 and adults" is not.
            if family(c) not in taken
            or (open_ended and c.value in YOUNG and not c.negated)
            # "Under 65 years" under "Adults" is an adult still.
            or (below and c.value == "adult" and not c.negated)
        )
        if added:
            wording = "; ".join(dict.fromkeys(t for t in (group.text, merged.text) if t))
            merged = replace(merged, criteria=merged.criteria + added, text=wording)
    return _in_weeks_of_pregnancy(merged)


_SHORTEST_LIFE = Decimal(1)  # years
_WEEKS = Decimal("52.1775")  # of a year


def _in_weeks_of_pregnancy(group: Group) -> Group:
    """The weeks of the pregnant as weeks of pregnancy: "under 18 weeks", under "Pregnancy"."""
    if not any(c.attribute == "pregnancy" and not c.negated for c in group.criteria):
        return group
    criteria = tuple(
        replace(c, attribute="gestation", low=_weeks(c.low), high=_weeks(c.high))
        if c.attribute == "age"
        and "week" in c.text
        and max(c.low or 0, c.high or 0) < _SHORTEST_LIFE
        else c
        for c in group.criteria
    )
    return group if criteria == group.criteria else replace(group, criteria=criteria)


def _weeks(years: Decimal | None) -> Decimal | None:
    return None if years is None else (years * _WEEKS).to_integral_value()


def _adds(group: Group, merged: Group) -> bool:
    known = {family(criterion) for criterion in merged.criteria}
    return any(family(criterion) not in known for criterion in group.criteria)
