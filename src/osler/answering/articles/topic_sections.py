"""The sections of an overview and of a summary.

A summary follows its document: the document's own headings where it has any. An overview puts
the claims of all sources under their group or kind, each source's in reading order; the rows of
a table and the items of a list stay together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from osler.answering.composing.compose import SECTION_OF_KIND, Composed, section_title
from osler.answering.judging.families import family_of, hangs_on
from osler.answering.understanding.patient_groups import is_special
from osler.domain import Criterion, Question, Section, Statement, StatementKind

Arranged = tuple[tuple[str, tuple[Composed, ...]], ...]  # titles, and what stands under each

_DOSING = SECTION_OF_KIND[StatementKind.DOSE]
_MEASURED = {
    "egfr": "Kidney function",
    "crcl": "Kidney function",
    "creatinine": "Kidney function",
    "weight": "Body weight",
    "bmi": "Body mass index",
    "risk": "By risk",
    "gestation": "By gestation",
}
_SEXES = {"female": "women", "male": "men"}
_GROWN = 18  # years
_VITAMIN = re.compile(r"\bvitamin ([a-z])(\d*)\b", re.IGNORECASE)


def by_group(composed: Sequence[Composed], question: Question) -> Arranged:
    """Sections of an overview: doses for everyone, groups, special groups, the other kinds."""
    names = {name for term in question.terms for name in (term.name, *term.synonyms)} | {"adult"}
    own = [_title(item.claim.statements[0], names) for item in composed]
    titles = _of_families(composed, own)
    sources = list(dict.fromkeys(_source(item) for item in composed))
    titled: dict[str, list[Composed]] = {}
    for item, title in zip(composed, titles, strict=True):
        titled.setdefault(title, []).append(item)
    for inside in titled.values():
        inside.sort(key=lambda c: (sources.index(_source(c)), c.claim.statements[0].start))
    ordered = sorted(titled, key=lambda title: _place(title, titled[title]))
    return tuple((title, tuple(titled[title])) for title in ordered)


def by_heading(composed: Sequence[Composed], question: Question) -> Arranged:
    """Sections of a summary: under the document's headings, in reading order.

    The title above all is left out. A document without headings is set out by group.
    """
    ((_, items),) = in_reading_order(composed, question)
    paths = [item.claim.statements[0].section for item in items]
    while paths and paths[0] and all(path[:1] == paths[0][:1] for path in paths):
        paths = [path[1:] for path in paths]
    if not any(paths):
        return by_group(items, question)
    titled: dict[str, list[Composed]] = {}
    for item, path in zip(items, paths, strict=True):
        titled.setdefault(" · ".join(path) or "General", []).append(item)
    return tuple((title, tuple(inside)) for title, inside in titled.items())


def in_reading_order(composed: Sequence[Composed], question: Question) -> Arranged:
    """All claims of one document as it has them, under no title."""
    return (("", tuple(sorted(composed, key=lambda c: c.claim.statements[0].start))),)


def as_sections(arranged: Arranged, shown: Iterable[Composed]) -> tuple[Section, ...]:
    """The sections with those of their claims that are shown there."""
    kept = {id(item) for item in shown}
    sections = (
        Section(title, tuple(item.claim for item in items if id(item) in kept))
        for title, items in arranged
    )
    return tuple(section for section in sections if section.claims)


def _source(item: Composed) -> str:
    return item.claim.citations[0].source_id


def _title(statement: Statement, names: set[str]) -> str:
    """A group as a title, measured bounds by what is measured; else the kind."""
    measured = _measured_title(statement)
    if measured and statement.kind is StatementKind.DOSE:
        return measured
    title = section_title(_in_words(statement), names | _on_the_topic(statement, names))
    return _VITAMIN.sub(lambda m: f"{m[0].split()[0]} {m[1].upper()}{m[2]}", title)


def _in_words(statement: Statement) -> Statement:
    """With what a title says of a criterion: "penicillin allergy", "women"."""

    def worded(criterion: Criterion) -> Criterion:
        if criterion.attribute in ("allergy", "intolerance") and criterion.value:
            return replace(criterion, value=f"{criterion.value} {criterion.attribute}")
        return replace(criterion, value=_SEXES.get(criterion.value or "", criterion.value))

    group = statement.group
    criteria = tuple(worded(criterion) for criterion in group.criteria)
    return replace(statement, group=replace(group, criteria=criteria))


def _on_the_topic(statement: Statement, names: set[str]) -> set[str]:
    """Conditions of a group that are the topic by another name: "vitamin b12 deficiency"."""
    values = {c.value for c in statement.group.criteria if c.value}
    lower = {name.lower() for name in names}
    return {v for v in values if any(name in v or v in name for name in lower)}


def _measured_title(statement: Statement) -> str:
    for criterion in statement.group.criteria:
        if criterion.attribute in _MEASURED:
            return _MEASURED[criterion.attribute]
        if criterion.attribute == "age":
            return _age_title(criterion)
    return ""


def _age_title(criterion: Criterion) -> str:
    if criterion.high is None:
        return ""
    return "Children" if criterion.high <= _GROWN else "By age"


def _of_families(items: Sequence[Composed], own: Sequence[str]) -> list[str]:
    """One title for each table and list: that of the line that leads it in, where there is one.

    Else that of most of its parts; two bands of a measure make "Kidney function" of the whole
    table, whatever each row says.
    """
    families: dict[object, list[int]] = {}
    for number, item in enumerate(items):
        family = family_of(item.claim.statements[0])
        families.setdefault(family or number, []).append(number)
    titles = list(own)
    for members in families.values():
        title = _led_in(items, own, members)
        if title is None and len(members) > 1:
            title = _of_most([items[n].claim.statements[0] for n in members], own, members)
        for n in members:
            titles[n] = title or own[n]
    return titles


def _led_in(items: Sequence[Composed], own: Sequence[str], members: list[int]) -> str | None:
    first = items[members[0]].claim.statements[0]
    for title, item in zip(own, items, strict=True):
        if hangs_on(first, item.claim.statements[0]):
            return title
    return None


def _of_most(statements: list[Statement], own: Sequence[str], members: list[int]) -> str:
    measured = Counter(title for s in statements if (title := _measured_title(s)))
    if measured and measured.most_common(1)[0][1] > 1:
        return measured.most_common(1)[0][0]
    return Counter(own[n] for n in members).most_common(1)[0][0]


def _place(title: str, items: Sequence[Composed]) -> int:
    kinds = list(SECTION_OF_KIND.values())
    if title == _DOSING:
        return 0
    if title in kinds:
        return 3 + kinds.index(title)
    special = any(is_special(c) for i in items for c in i.claim.statements[0].group.criteria)
    return 2 if special else 1
