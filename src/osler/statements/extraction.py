"""A document's text as atomic statements."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache

from osler.domain import (
    Block,
    BlockKind,
    Document,
    Dosage,
    DosageRole,
    Group,
    Phase,
    Polarity,
    Statement,
    StatementId,
    StatementKind,
    Suspicion,
    Target,
)
from osler.dosage import find_frequencies, may_state_dosage, parse_dosages, parse_targets
from osler.patterns import lazy
from osler.statements.groups.allowing import without_allowed
from osler.statements.groups.bare_bars import group_of_bare_bar, tells_who_is_meant
from osler.statements.groups.forbidding import (
    behind,
    forbidding,
    forbidding_or_warning,
    forbids,
)
from osler.statements.groups.reading import read_group
from osler.statements.lines.clauses import for_both
from osler.statements.lines.context import ContextReader, Surroundings, as_item_of, merge_groups
from osler.statements.lines.dosed import dosed_names
from osler.statements.lines.focus import Focus
from osler.statements.lines.labels import Labels, split_at_labels
from osler.statements.lines.own_clauses import split_at_purposes
from osler.statements.patients.births import is_at_a_birth, without_pregnancy
from osler.statements.patients.untreated import without_untreated
from osler.statements.sentences.cues import kind_of_statement, phase_of, polarity_of, strength_of
from osler.statements.sentences.splitting import sentence_spans
from osler.statements.tables.barred_cells import (
    BarredCell,
    bars_its_label,
    behind_label,
    under_bars,
)
from osler.statements.tables.barring_cells import barring_cells, without_barring
from osler.statements.tables.counted_lists import CountedList, counted_lists
from osler.statements.tables.drug_columns import DrugCell, by_drug
from osler.statements.tables.rows import row_cells, row_group, row_phase, row_text
from osler.statements.tables.target_columns import outside_targets, without_targets
from osler.statements.vocabulary.diluents import is_diluent
from osler.statements.vocabulary.substances import find_substances
from osler.statements.words.cutting import NUMBERS, word_mark, words_in
from osler.statements.words.wording import readable

_LETTER = lazy(r"[^\W_]")
# Words of which one stands in every interval.
_INTERVAL = word_mark(
    "every each once twice daily hourly weekly monthly yearly times bd od tds qds q12h q24h q8h"
)


def extract(document: Document) -> tuple[Statement, ...]:
    """Split a document into statements, in reading order.

    A sentence, list item or table row each gives one; a heading gives none, but travels with
    what stands under it. A list whose items are counted ("at least two of the following:") is
    one statement with its lead-in: no item decides anything alone.
    """
    surroundings = ContextReader(document)
    header_rows = _header_rows(document)
    suspicions = sorted(document.suspicions, key=lambda s: s.start)
    statements: list[Statement] = []
    lists = counted_lists(document)
    counted = {block.start for each in lists.values() for block in each.items}
    focus = Focus()
    for block in document.blocks:
        if block.kind is BlockKind.HEADING or block.start in header_rows | counted:
            continue
        if block.kind is BlockKind.ROW and block.cells:
            if parts := by_drug(document.text, block):
                held = _held(suspicions, block.start, block.end)
                statements += (
                    _of_a_drug(document, each, surroundings.of(each.row), held, suspicions)
                    for each in parts
                )
                continue
            held = _held(suspicions, block.start, block.end)
            statements += (
                _of_the_barred(document, each, surroundings.of(each.row), held, suspicions)
                for each in _barring_cells(document, block)
            )
            spans = [(block.start, block.end)]
        else:
            spans = sentence_spans(document.text, block.start, block.end)
            spans = split_at_purposes(document.text, split_at_labels(document.text, spans))
        labels = Labels()
        # Of those who are barred, one a line, none labels the next.
        several = len(spans) > 1 and not forbidding(_headings(document, block))
        for start, end in spans:
            if _LETTER.search(document.text, start, end):
                above = labels.above(document.text, start, end) if several else ()
                around = surroundings.of(block, above)
                listed = lists.get(end)
                to = listed.end if listed is not None else end
                held = _held(suspicions, start, to) or _held_around(suspicions, around)
                statement = _statement(document, block, start, to, around, held, listed)
                statements.append(focus.follow(statement, block))
    return tuple(statements)


def _barring_cells(document: Document, block: Block) -> tuple[BarredCell, ...]:
    """Give the cells of a row that bar, under a header that forbids or by their own words."""
    under = under_bars(document.text, block)
    known = {cell.span for cell in under}
    return (*under, *(c for c in barring_cells(document.text, block) if c.span not in known))


def statement_id(source_id: str, start: int, end: int) -> StatementId:
    """Give the id of the statement at these characters of this source."""
    return "t_" + hashlib.sha256(f"{source_id}:{start}:{end}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence, item or row says by itself, wherever it stands."""

    text: str
    dosages: tuple[Dosage, ...]
    targets: tuple[Target, ...]
    kind: StatementKind
    group: Group
    phase: Phase | None
    polarity: Polarity
    strength: str | None
    substances: tuple[str, ...]
    fluids: tuple[str, ...]  # in which they are given


@lru_cache(maxsize=8192)
def _said_by(
    own: str, forbidden_by: str = "", warned_by: str = "", is_led_in: bool = False
) -> _Said:
    """Read a sentence or item; in some collections every fourth has been read before.

    What a lead-in opens ("Give where all are true:") is no bar by itself.
    """
    text = behind(forbidden_by or warned_by, own)
    barred = None if is_led_in else group_of_bare_bar(text)
    said = _read(text, barred or read_group(text), phase_of(text))
    if text == own and barred is None:
        return said
    return _as_bar(said) if forbidden_by or barred else _as_caution(said)


def _forbidding_label(labels: list[str], quote: str) -> str:
    """The label before a sentence that forbids, unless a dose ends what it holds for."""
    by = forbidding(labels[-1:])
    return "" if by and any(d.role is DosageRole.DOSE for d in _amounts(quote)[0]) else by


def _as_bar(said: _Said) -> _Said:
    return replace(said, kind=StatementKind.CONTRAINDICATION, polarity=Polarity.NEGATIVE)


def _as_caution(said: _Said) -> _Said:
    return replace(said, kind=StatementKind.CAUTION)


def _said_by_row(text: str, block: Block, forbidden_by: str, warned_by: str) -> _Said:
    cells = row_cells(text, block)
    if labelled := behind_label(cells):
        said = _read(labelled, read_group(without_allowed(labelled)), None)
        return _as_bar(said) if forbids(cells[0].text) else _as_caution(said)
    own, group = row_text(cells), row_group(cells)
    if not group.criteria and bars_its_label(cells):
        group = read_group(f"Avoid in: {cells[0].text}")
    by = forbidden_by or warned_by
    if (barred := behind(by, own)) != own:
        group = group if group.criteria else read_group(f"{by}: {cells[0].text}")
        said = _read(barred, group, row_phase(cells))
        return _as_bar(said) if forbidden_by else _as_caution(said)
    said = _read(own, group, row_phase(cells))
    if (kept := without_barring(cells)) != cells:
        plain = _read(row_text(kept), row_group(kept), row_phase(cells))
        said = replace(said, group=plain.group, polarity=plain.polarity, kind=plain.kind)
    given = without_targets(cells)
    if len(given) == len(cells):
        return said
    substances, _ = _substances(row_text(given), said.group)
    return replace(said, dosages=outside_targets(said.dosages, cells), substances=substances)


def _read(text: str, group: Group, phase: Phase | None) -> _Said:
    dosages, targets = _amounts(text)
    drugs = dosed_names(text, dosages) if dosages else ()
    dosages = tuple(_of(drug, dosage) for drug, dosage in zip(drugs, dosages, strict=True))
    group = for_both(text, group, dosages)
    substances, fluids = _substances(text, group)
    return _Said(
        text=text,
        dosages=dosages,
        targets=targets,
        kind=kind_of_statement(text, dosages, targets),
        group=group,
        phase=phase,
        polarity=polarity_of(text),
        strength=strength_of(text),
        substances=substances,
        fluids=fluids,
    )


def _statement(
    document: Document,
    block: Block,
    start: int,
    end: int,
    around: Surroundings,
    held: str | None,
    listed: CountedList | None = None,
) -> Statement:
    quote = document.text[start:end]
    lead = next((c.quote for c in reversed(around.context) if c.role in ("lead-in", "parent")), "")
    lead = lead if block.kind is BlockKind.ITEM else ""
    leads = [c.quote for c in around.context if c.role in ("lead-in", "parent")]
    headings = [c.quote for c in around.context if c.role == "heading"]
    if any(map(forbids, leads)):
        headings = []  # each line is told with its lead-in, which says it
    labels = [c.quote for c in around.context if c.role == "label"]
    forbidden_by = forbidding(headings) or _forbidding_label(labels, quote)
    warned_by = forbidding_or_warning([*headings, *labels])
    if listed is not None:
        text = listed.text(document.text, start)
        said = _read(text, read_group(text), phase_of(text))
    elif block.kind is BlockKind.ROW and block.cells:
        said = _said_by_row(document.text, block, forbidden_by, warned_by)
    else:
        said = _said_by(readable(quote), forbidden_by, warned_by, tells_who_is_meant(lead))
    group, *groups = as_item_of(lead, said.text, said.group, around.groups)
    if is_at_a_birth(said.text):
        groups = [without_pregnancy(each) for each in groups]
    return Statement(
        id=statement_id(document.source.id, start, end),
        source_id=document.source.id,
        start=start,
        end=end,
        quote=quote,
        text=said.text,
        block=block.kind,
        kind=_kind_by_context(said, around),
        section=block.section,
        page=block.page,
        context=around.context,
        dosages=said.dosages,
        targets=said.targets,
        group=merge_groups(group, tuple(g for g in groups if g.criteria)),
        phase=said.phase or around.phase,
        polarity=said.polarity,
        strength=said.strength,
        substances=tuple(dict.fromkeys((*said.substances, *around.substances, *said.fluids))),
        held=held,
    )


def _of_a_drug(
    document: Document,
    cell: DrugCell,
    around: Surroundings,
    held: str | None,
    suspicions: list[Suspicion],
) -> Statement:
    """Give the statement of a cell that stands under the name of a drug."""
    context = (*around.context, *cell.context(document.text))
    held = held or _held_around(suspicions, around)
    around = replace(around, context=context)
    found = _statement(document, cell.row, cell.span.start, cell.span.end, around, held)
    return replace(found, dosages=cell.own(document.text, found.dosages))


def _of_the_barred(
    document: Document,
    cell: BarredCell,
    around: Surroundings,
    held: str | None,
    suspicions: list[Suspicion],
) -> Statement:
    """Give the statement of a cell that bars what the row is on."""
    context = (*around.context, *cell.context(document.text))
    held = held or _held_around(suspicions, around)
    around = replace(around, context=context)
    found = _statement(document, cell.row, cell.span.start, cell.span.end, around, held)
    return replace(
        found,
        kind=StatementKind.CONTRAINDICATION,
        polarity=Polarity.NEGATIVE,
        group=cell.barred if cell.barred.criteria else found.group,
    )


def _kind_by_context(said: _Said, around: Surroundings) -> StatementKind:
    """Judge words that tell nothing alone: "every 3 months" under "Lithium level"."""
    if said.kind is not StatementKind.OTHER:
        return said.kind
    if around.kind is not StatementKind.OTHER or not around.substances:
        return around.kind
    interval = words_in(said.text).marks & _INTERVAL and find_frequencies(said.text)
    return StatementKind.DOSE if interval else StatementKind.OTHER


def _substances(text: str, group: Group) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the substances in order, what the patient takes or cannot have last; and the fluids."""
    named = find_substances(without_untreated(text))
    fluids = dict.fromkeys(found.name for found in named if is_diluent(text, found))
    own = dict.fromkeys(found.name for found in named if found.name not in fluids)
    others = {c.value for c in group.criteria if c.attribute in {"drug", "allergy", "intolerance"}}
    return tuple(sorted(own, key=others.__contains__)), tuple(fluids)


def _of(drug: str | None, dosage: Dosage) -> Dosage:
    return dosage if drug is None or dosage.substance else replace(dosage, substance=drug)


def _amounts(text: str) -> tuple[tuple[Dosage, ...], tuple[Target, ...]]:
    if not (words_in(text).marks & NUMBERS and may_state_dosage(text)):
        return (), ()
    return parse_dosages(text), parse_targets(text)


def _headings(document: Document, block: Block) -> list[str]:
    return [document.text[span.start : span.end] for span in block.headings]


def _header_rows(document: Document) -> frozenset[int]:
    """Give the starts of rows that are the header of other rows."""
    headers = {s.start for block in document.blocks for s in block.header if s is not None}
    return frozenset(
        block.start
        for block in document.blocks
        if block.kind is BlockKind.ROW and any(cell.start in headers for cell in block.cells)
    )


def _held_around(suspicions: list[Suspicion], around: Surroundings) -> str | None:
    """Give the reason why a lead-in, parent item, table header or note is itself held back."""
    if not suspicions:
        return None
    needed = (c for c in around.context if c.role not in {"title", "heading"})
    return next((why for c in needed if (why := _held(suspicions, c.start, c.end))), None)


def _held(suspicions: list[Suspicion], start: int, end: int) -> str | None:
    """Give the reason of the first suspicion that overlaps these characters."""
    if not suspicions:
        return None
    until = bisect_left(suspicions, end, key=lambda s: s.start)
    return next((s.reason for s in suspicions[:until] if s.end > start), None)
