"""Which drug the cells of a table row are on: that of their column, else that of the row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from osler.answering.candidates.dosed import dosed_names
from osler.domain import Dosage
from osler.dosage import may_state_dosage, parse_dosages
from osler.statements.lines.companions import companions
from osler.statements.vocabulary.substances import belongs_to, find_subjects, is_class

_OF_DRUGS = re.compile(
    r"\s*(?:(?:name of )?(?:the )?(?:medicines?|drugs?|agents?|medication|antibiotics?|antidotes?|"
    r"preparations?|products?|generic name|treatment)(?: name)?)\s*$",
    re.IGNORECASE,
)


# Over these stands what is given in place of another, or with a dose of its own.
_OF_WHAT_IS_GIVEN = re.compile(
    r"\s*(?:use|give|add|start|then|to|instead|replacement|substitute|"
    r"(?:switch|chang|convert|mov|step)\w*(?: up| down| over)? to|"
    r"(?:revers|replac|protect|cover|treat|rescu|counter|follow)\w* (?:by|with)|"
    r"(?:new|supportive|rescue|reversal) (?:drugs?|medicines?|agents?))(?: instead)?\s*$",
    re.IGNORECASE,
)
# Over these stands what is taken besides ("Taken with: valproate"), was taken before, is watched
# for or does harm: nothing that the doses of a row are of.
_OF_OTHERS = re.compile(
    r"\s*(?:(?:(?:(?:taken|given|used|combined|together)\s+)?with|from|(?:if )?(?:on|taking))\s*$|"
    r"(?:instead of|in place of|out of stock|already on|allerg|interact|poison|monitor|watch|check|"
    r"avoid|not with|side effect|adverse|diluent|diluted?|stop|fail|previous|current|after|before)"
    r"\w*\b)",
    re.IGNORECASE,
)
# "Penicillin allergy", "morphine failed": a drug that is a reason.
_A_REASON = re.compile(
    r"[\s-]+(?:(?:is|was|has|not|un)\s+)*(?:allerg|(?:in)?tolera|resist|fail|level|deficien|induced|"
    r"associated|stopp|contraindicat|(?:un)?available)",
    re.IGNORECASE,
)

_DOSE_OF = re.compile(r"\bdose\s+of\s+$", re.IGNORECASE)

Cells = tuple[tuple[str, str], ...]
"""The (header, text) pairs of a row."""


def drug_of_row(cells: Cells, at: int | None = None) -> tuple[str, ...]:
    """The drug that the cells beside the one at an index say it is on; else that of the row.

    The nearest to its left under a header for drugs or for what is given; else the nearest to
    its left that names one. The first cell of a row may tell what was taken before, or a cause.
    """
    left = cells if at is None else cells[:at]
    named = [
        (header, drug, bool(may_state_dosage(text) and parse_dosages(text)))
        for header, text in left
        if not _OF_OTHERS.match(header) and (drug := _given_in_cell(text))
    ]
    # A cell that has a dose of its own ("Plus: metronidazole 400 mg") has had it.
    named = [each for each in named if not each[2]] or named
    headed = [n for n in named if _OF_DRUGS.match(n[0]) or _OF_WHAT_IS_GIVEN.match(n[0])]
    drugs = [drug for _, drug, _ in headed or named]
    if drugs:
        last = next((d for d in reversed(drugs) if not is_class(d)), drugs[-1])
        return (next((d for d in drugs if belongs_to(d, last)), last),)
    behind = (text for header, text in cells[len(left) :] if _OF_DRUGS.match(header))
    return next(((drug,) for text in behind if (drug := _given_in_cell(text))), ())


def _given_in_cell(text: str) -> str | None:
    """The first drug that a cell names as given, and not as a reason or a companion."""
    named = find_subjects(text)
    beside = companions(text, named)
    for found in named:
        dosed = found.start not in beside or _DOSE_OF.search(text, 0, found.start)
        if dosed and not _A_REASON.match(text, found.end):
            return found.name
    return None


def drug_above(header: str, of_row: tuple[str, ...]) -> tuple[str, ...]:
    """The drug that the header of a column names, else that of the row; what this is a form of
    ("Elemental iron", of ferrous sulphate) only measures it."""
    drug = _given_in_cell(header)  # "With rifampicin" tells beside what the row's is given
    headed = (drug,) if drug else ()
    measures = headed and of_row and belongs_to(of_row[0], headed[0])
    return of_row if measures or not headed else headed


def cells_of_other_drugs(
    cells: tuple[tuple[str, str], ...], drugs: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """The columns that other drugs head, where one is headed by a drug asked about."""
    headed = {cell: {found.name for found in find_subjects(cell[0])} for cell in cells[1:]}
    own = {
        cell
        for cell, names in headed.items()
        if any(belongs_to(n, d) or belongs_to(d, n) for d in drugs for n in names)
    }
    return tuple(cell for cell, names in headed.items() if names and cell not in own) if own else ()


def drugs_in_cells(text: str, dosages: Sequence[Dosage], cells: Cells) -> tuple[str | None, ...]:
    """For each dosage of a row's `text` the drug that it is of: named in its cell, else by the
    header of its column, else by the cell for the drug of the row; None where none says."""
    result = []
    for dosage, named in zip(dosages, dosed_names(text, dosages), strict=True):
        index = _index_at(text, dosage.start, cells)
        if index is None:
            result.append(named)
            continue
        cell = cells[index]
        own = _named_in(cell[1], dosage)
        above = next(iter(drug_above(cell[0], drug_of_row(cells, index))), None)
        # "Elemental iron: 65 mg", before the tablets of a salt: they are counted as iron.
        counted = above and named and named != above and belongs_to(above, named)
        counted = counted and not is_class(named or "")
        result.append(own or (named if counted else above) or named)
    return tuple(result)


def _doses_by_itself(cell: str) -> bool:
    doses = parse_dosages(cell) if may_state_dosage(cell) else ()
    counts = bool(doses) and all((d.unit or "").startswith("{") for d in doses)
    return may_state_dosage(cell) and not counts


def _named_in(cell: str, dosage: Dosage) -> str | None:
    """The drug that a cell names for a dosage, which may have been read in the whole row."""
    alike = [d for d in parse_dosages(cell) if d.low == dosage.low and d.unit == dosage.unit]
    return dosed_names(cell, alike[:1])[0] if alike else None


def _index_at(text: str, position: int, cells: Cells) -> int | None:
    """Which cell of a row's `text` a character stands in; None outside of them."""
    at = 0
    for index, (header, cell) in enumerate(cells):
        found = text.find(f"{header}: {cell}" if header else cell, at)
        if found < 0:
            continue
        at = found + len(cell) + (len(header) + 2 if header else 0)
        if found <= position < at:
            return index
    return None


def without_other_doses(text: str, position: int, cells: Cells) -> str:
    """A row's `text` without the other cells that state doses: what tells of this one.

    A cell that only counts tablets or the like stays: its times are those of what they hold.
    """
    index = _index_at(text, position, cells)
    if index is None:
        return text
    own = cells[index]
    told = [cell for cell in cells if cell[1] in text]  # a column of others may be left out
    kept = [own, *(cell for cell in told if cell != own and not _doses_by_itself(cell[1]))]
    return "; ".join(f"{header}: {cell}" for header, cell in kept)
