"""Cells that bar their row for some: "avoid" under "Pregnancy", "Not in asthma" under "Notes".

The header of the column names for whom, or the cell itself does. "Safe", "-", "caution" and "no
change" bar nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from osler.domain import Block, Combinator, Criterion, Group, Polarity, Statement
from osler.domain.group import EVERYONE
from osler.patterns import lazy
from osler.statements.groups.allowing import without_allowed
from osler.statements.groups.bar_lists import list_of_barred
from osler.statements.groups.forbidding import forbids
from osler.statements.groups.reading import read_group
from osler.statements.sentences.cues import polarity_of
from osler.statements.tables.barred_cells import BarredCell
from osler.statements.tables.rows import Cell, header_and_cell, row_cells, row_group
from osler.statements.vocabulary.conditions import is_a
from osler.statements.vocabulary.substances import find_subjects, find_substances
from osler.statements.words.exceptions import without_exceptions
from osler.statements.words.wording import readable

_CLAUSES = lazy(r"[;\n]\s*|\.\s+|\.$")
# Where words that bar end, and for whom, when or why begins.
_BARE_ENDS = lazy(
    r"[:,()–—!*†‡\[]|\s-\s|\b(?:in|if|when|where|during|at|near|until|before|after|under|below|because|"
    r"as|due|owing|by|throughout)\b",
    re.IGNORECASE,
)
_MANNER = lazy(r"^\W*(?:(?!not\b)\w+ly\s+|always\s+|best\s+)?|[\s!*†‡.]+$", re.IGNORECASE)
# "Asthma: avoid", "G6PD deficiency – contraindicated".
_BEHIND_WHO = lazy(r"(?P<who>[^:–—]{2,60}?)\s*(?::|–|—|\s-)\s+(?P<bar>[^:–—]+)")
_DENIED = lazy(r"\W*(?:no|unsafe|not\s+safe|✗|✘|❌)(?=\W*$|\s*[-–—:;,.(])", re.IGNORECASE)
_ASKS_LEAVE = lazy(
    r"\b(?:safe|safety|use[ds]?|allowed|suitable|ok(?:ay)?|permitted)\b", re.IGNORECASE
)
# "Renal", "Hepatic dosing": the organ, for those in whom it fails.
_ORGANS = tuple(
    (lazy(rf"\b(?:{organ})(?:\s+(?:function|status|dos(?:e|ing|age)|adjustments?))?\b", re.I), name)
    for organ, name in (("renal|kidneys?", "renal impairment"), ("hepatic|liver", "liver disease"))
)
# "Not in asthma", "never with eGFR below 30": a bar without a verb.
_NOT_IN = lazy(
    r"\W*(?:not|never)\s+(?=(?:in|with|if|when|for|during|below|under)\b)", re.IGNORECASE
)
# What the headings over bars do not say, and a cell does.
_SAYS_NO = lazy(
    r"never|not|(?:(?:is|should|must)\s+)?(?:to\s+)?be\s+avoided|stop(?:ped)?|withh[eo]ld|"
    r"discontinued?",
    re.IGNORECASE,
)
_FOR_A_NEED = lazy(r"not\s+for\s+(?!use\b)", re.IGNORECASE)  # "not for prevention"
_GRADES = frozenset({"severity"})
_FILTRATION = frozenset({"egfr", "crcl"})
_KIDNEYS = "renal impairment"


def barring_cells(text: str, row: Block) -> tuple[BarredCell, ...]:
    """The cells of a row that bar it for some, each with the row's label and what else names a
    drug in it. None where another cell says for whom the row is."""
    cells = row_cells(text, row)
    barring = _barring(cells)
    if not barring:
        return ()
    found = []
    for each in barring:
        span = next(s for s in row.cells if s.start == each.start)
        kept = [
            i
            for i, other in enumerate(row.cells[: len(row.header)])
            if other == span or _names_the_row(readable(text[other.start : other.end]), i)
        ]
        block = replace(
            row,
            cells=tuple(row.cells[i] for i in kept),
            header=tuple(row.header[i] for i in kept),
        )
        found.append(BarredCell(span, block, _any_of(barred_by_cell(each.header, each.text))))
    return tuple(found)


def without_barring(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The cells of a row but for those that bar it for some."""
    barring = _barring(cells)
    return tuple(cell for cell in cells if cell not in barring)


def barred_people(statement: Statement, in_force: Callable[[str], str] = str) -> tuple[Group, ...]:
    """Those whom the cells of a row's statement bar, a group for each such cell, by what of the
    words of a cell is `in_force`.

    Where no column and no cell names them, the row's label does: "Asthma: contraindicated", of
    a drug that has a column of its own.
    """
    pairs = header_and_cell(statement)
    cells = tuple(Cell(header, in_force(said), i, i) for i, (header, said) in enumerate(pairs))
    barring = _barring(cells)
    if barring or statement.dosages or len(cells) < 2 or find_substances(cells[0].text):
        return tuple(g for cell in barring for g in barred_by_cell(cell.header, cell.text))
    label = people_of(cells[0].text)
    if label.criteria and any(_is_bare(cell.text) for cell in cells[1:]):
        return (label,)
    return ()


def is_a_barring_cell(statement: Statement) -> bool:
    """Whether a statement is a cell that bars its row, which tells as much, and nothing else."""
    pairs, said = header_and_cell(statement), readable(statement.quote)
    return any(
        text == said and not forbids(header) and barred_by_cell(header, text)
        for header, text in pairs[1:]
    )


def _barring(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    found = tuple(c for c in cells[1:] if barred_by_cell(c.header, c.text))
    others = tuple(c for c in cells if c not in found)
    indications = row_group(cells[:1]).criteria
    if not found or any(_is_told(c) for c in row_group(others).criteria if c not in indications):
        return ()
    return () if any(map(_is_told, indications)) else found


def _is_told(criterion: Criterion) -> bool:
    """Whether it says for whom the row is, and not what it treats or that its doses are for
    adults."""
    return criterion.attribute != "condition" and criterion.value != "adult"


def _names_the_row(words: str, index: int) -> bool:
    named = not any(map(str.isdigit, words)) and bool(find_subjects(words))
    return bool(words) and (index == 0 or named)


@lru_cache(maxsize=8192)
def barred_by_cell(header: str, cell: str) -> tuple[Group, ...]:
    """Those for whom a cell bars its row, a group for each clause that bars; empty where it bars
    nobody that is named."""
    people = people_of(header)
    if forbids(header):
        listed = without_exceptions(without_allowed(cell))
        found = [_positive(read_group(f"Contraindications: {listed}"))]
    elif people.criteria and _ASKS_LEAVE.search(header) and _DENIED.match(cell):
        found = [people]
    else:
        clauses = (without_exceptions(c).strip() for c in _CLAUSES.split(without_allowed(cell)))
        found = [_barred_by(clause, people) for clause in clauses]
    return tuple(dict.fromkeys(group for group in found if group.criteria))


def _any_of(groups: tuple[Group, ...]) -> Group:
    """Several groups as one, where each is of one criterion; else the first."""
    if all(len(group.criteria) == 1 for group in groups):
        criteria = tuple(group.criteria[0] for group in groups)
        return replace(groups[0], criteria=criteria, combinator=Combinator.ANY)
    return groups[0]


def _barred_by(clause: str, people: Group) -> Group:
    labelled = _BEHIND_WHO.fullmatch(clause)
    if labelled is not None and _is_bare(labelled["bar"]):
        named = _positive(read_group(f"Avoid in: {labelled['who']}"))
        return named if named.criteria else people
    own = _own_people(clause)
    if own.criteria and own.attributes <= _GRADES:  # "Avoid in severe" under "Renal impairment"
        return (
            replace(people, criteria=(*people.criteria, *own.criteria))
            if people.criteria
            else people
        )
    if own.criteria:
        return own
    return people if _is_bare(clause) else EVERYONE


def _own_people(clause: str) -> Group:
    """Those whom a clause that bars names itself: "Avoid in asthma", "not if below 30 mL/min"."""
    if short := _NOT_IN.match(clause):
        clause = f"Avoid {clause[short.end() :]}"
    if _is_bare(clause):
        return _positive(read_group(clause))
    listed = list_of_barred(clause) if polarity_of(clause) is Polarity.NEGATIVE else None
    if listed is None or find_substances(clause[: listed[0]]):
        return EVERYONE
    return _positive(read_group(clause[: listed[1]]))


def _positive(group: Group) -> Group:
    """A group without what it denies, and by a filtration alone where it names one."""
    measured = _FILTRATION & group.attributes
    kept = (c for c in group.criteria if not c.negated)
    return replace(
        group,
        criteria=tuple(
            c
            for c in kept
            if not (measured and c.attribute == "condition" and is_a(c.value or "", _KIDNEYS))
            or c.alternatives
        ),
    )


def _is_bare(clause: str) -> bool:
    """Whether words bar and name nothing that they are on: "avoid", "contraindicated (attacks)"."""
    head = _MANNER.sub("", _BARE_ENDS.split(clause, maxsplit=1)[0])
    bars = forbids(head) and not _FOR_A_NEED.match(head)
    return bars or _SAYS_NO.fullmatch(head) is not None


@lru_cache(maxsize=4096)
def people_of(header: str) -> Group:
    """Those whom the header of a column names: "Pregnancy", "Renal", "eGFR below 30"."""
    for organ, name in _ORGANS:
        if not read_group(f"Avoid in: {header}").criteria:
            header = organ.sub(name, header)
    return _positive(read_group(f"Avoid in: {header}"))
