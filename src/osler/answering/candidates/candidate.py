"""A statement that may answer, with everything selection wants to know of it.

What is read of a statement's text holds for every question, and is read once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from osler.answering.candidates.dosed import dosed_alike_beside, dosed_names
from osler.answering.candidates.row_drugs import drug_above, drug_of_row
from osler.answering.candidates.served import UNTOLD, Serves
from osler.domain import (
    BlockKind,
    Context,
    Dosage,
    Polarity,
    Source,
    SourceKind,
    SourceStatus,
    Statement,
    StatementId,
)
from osler.dosage import may_state_dosage, parse_dosages
from osler.library.terms import terms
from osler.patterns import lazy
from osler.statements import read_group
from osler.statements.lines.focus import only_aside, topic_of
from osler.statements.lines.labels import is_split_off
from osler.statements.patients.allergies import ALLERGIC_SIGNS
from osler.statements.patients.untreated import without_untreated
from osler.statements.tables.rows import header_and_cell
from osler.statements.vocabulary.conditions import broader_names, conditions_told, kind_of
from osler.statements.vocabulary.substances import find_subjects, find_substances

# How far each kind of source is trusted, 1 highest (design: guideline, formulary and label
# over textbook, and all of these over a summary). What the hospital took in without saying its
# kind stands below what says it, and above textbooks: it was chosen for its own wards.
TRUST: dict[SourceKind | None, float] = {
    SourceKind.GUIDELINE: 1.0,
    SourceKind.FORMULARY: 0.95,
    SourceKind.DRUG_LABEL: 0.95,
    SourceKind.SYSTEMATIC_REVIEW: 0.85,
    SourceKind.GUIDELINE_SUMMARY: 0.8,
    SourceKind.REVIEW: 0.7,
    SourceKind.RANDOMISED_TRIAL: 0.7,
    SourceKind.TEXTBOOK: 0.5,
    None: 0.6,
    SourceKind.PATIENT_INFORMATION: 0.4,
}


LONGEST_LABEL = 6  # words
REMEMBERED = 8192  # candidates


@dataclass(frozen=True, eq=False)
class Candidate:
    """A statement and its source; two are equal only where they are one object."""

    statement: Statement
    source: Source
    passage_substances: tuple[str, ...] = ()  # named anywhere in its passage, or in it alone
    serves: Serves = UNTOLD  # what its source as a whole is for

    @property
    def trust(self) -> float:
        """How far its kind of source is trusted, 0 to 1."""
        return TRUST[self.source.kind]

    @property
    def usable(self) -> bool:
        """Whether it may carry a claim at all: not held back, not an entry of a bibliography."""
        if self.statement.held is not None or self.source.status is SourceStatus.RETRACTED:
            return False
        return bool(self.statement.dosages) or "http" not in self.statement.text

    @cached_property
    def lead(self) -> tuple[Context, ...]:
        """What it hangs on directly."""
        return hung_on(self.statement)

    @cached_property
    def headings(self) -> tuple[Context, ...]:
        """The headings above it, outermost first."""
        return tuple(c for c in self.statement.context if c.role == "heading")

    @cached_property
    def own_substances(self) -> tuple[str, ...]:
        """Drugs that its own words name."""
        return _substances(self.statement.text)

    @cached_property
    def dosed_substances(self) -> tuple[str, ...]:
        """Drugs that its own words say its doses are of."""
        if not self.statement.dosages or not self.own_substances:
            return ()
        if in_cells := dict.fromkeys(name for names in self.dosed_in_cells for name in names):
            return tuple(in_cells)
        amounts = [d for d in self.statement.dosages if d.unit != "%"]
        text = self.statement.text
        found = [name for name in dosed_names(text, amounts) if name is not None]
        beside = [other for name in found for other in dosed_alike_beside(text, name)]
        return tuple(dict.fromkeys((*found, *beside)))

    @cached_property
    def dosed_in_cells(self) -> tuple[tuple[str, ...], ...]:
        """The drugs that the doses of each cell of a row are of: named there, or by the header of
        the column, or by the cell for the drug of the row."""
        cells = header_and_cell(self.statement)
        found = []
        for index, (header, text) in enumerate(cells):
            doses = parse_dosages(text) if may_state_dosage(text) else ()
            if not doses:
                continue
            named = tuple(name for name in dosed_names(text, doses) if name)
            found.append(named or drug_above(header, drug_of_row(cells, index)))
        return tuple(found)

    @cached_property
    def focus(self) -> Context | None:
        """The sentence before it that names the drug it goes on about."""
        return next((c for c in self.statement.context if c.role == "focus"), None)

    @cached_property
    def focus_substances(self) -> tuple[str, ...]:
        """The drug that the sentence before it is about, where it names none itself."""
        about = topic_of(self.focus.quote) if self.focus is not None else None
        return () if about is None else (about,)

    @cached_property
    def is_split_off(self) -> bool:
        """Whether a label behind the sentence that names its drug parts it from that one."""
        return self.focus is not None and is_split_off(self.statement, self.focus)

    @cached_property
    def lead_substances(self) -> tuple[str, ...]:
        """Drugs that the nearest lead-in or heading names that names any."""
        for context in (*reversed(self.lead), *reversed(self.headings)):
            aside = only_aside(context.quote)
            named = tuple(name for name in _subjects(context.quote) if name not in aside)
            if named:
                return named
        return ()

    @cached_property
    def heading_substances(self) -> tuple[str, ...]:
        """Drugs that any of its headings names."""
        return tuple(name for c in self.headings for name in _subjects(c.quote))

    @cached_property
    def title_substances(self) -> tuple[str, ...]:
        """Drugs that the title of its source names."""
        return _subjects(self.source.title)

    @property
    def nearest_substances(self) -> tuple[str, ...]:
        """The drugs that the nearest words name: its own, then what stands above it."""
        return (
            self.own_substances
            or self.focus_substances
            or self.lead_substances
            or self.title_substances
        )

    @property
    def lead_text(self) -> str:
        """Its lead-in and parent items as one line."""
        return " ".join(c.quote for c in self.lead)

    @cached_property
    def conditions(self) -> frozenset[str]:
        """Conditions and procedures named by the statement, its context or its title."""
        above = [_conditions(c.quote) for c in self.statement.context]
        return _conditions(self.source.title).union(*above, self.own_conditions)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Its conditions, and all that they are kinds of."""
        return self.conditions.union(*map(broader_names, self.conditions))

    @cached_property
    def own_conditions(self) -> frozenset[str]:
        """Conditions and procedures that its own words name."""
        return _conditions(self.statement.text)

    @cached_property
    def setting(self) -> frozenset[str]:
        """Conditions that the nearest of its lead-in, headings and title names that names any.

        The first cell of a row, or a label in front, stands nearest: it says what this is for.
        Then comes the sentence that a row goes on about. "No liver disease" names none.
        """
        return self._nearest_setting or self._conditions_of(self.source.title)

    @property
    def is_set_by_its_title(self) -> bool:
        """Whether nothing nearer than the title names a condition."""
        return not self._nearest_setting

    @cached_property
    def _nearest_setting(self) -> frozenset[str]:
        near = [c.quote for c in (*reversed(self.lead), *reversed(self.headings))]
        if self.focus is not None and self.statement.block is BlockKind.ROW:
            near.insert(0, self.focus.quote)
        near.insert(0, self._label)
        told = (named for text in near if (named := self._conditions_of(text)))
        return next(told, frozenset())

    @property
    def goes_on(self) -> bool:
        """Whether its nearest heading goes on about an illness, and names none to be treated:
        "STILL FEBRILE"."""
        return bool(self.headings) and _STILL.match(self.headings[-1].quote) is not None

    def _conditions_of(self, text: str) -> frozenset[str]:
        # "Penicillin allergy: severe (anaphylaxis)": so the patient reacted, and has it not now.
        reactions = ALLERGIC_SIGNS if "allergy" in self.statement.group.attributes else frozenset()
        return _conditions(text) - reactions - denied_in(text) - _occasions_in(text)

    @property
    def _label(self) -> str:
        """The first cell of a row; else the words before a first colon."""
        if self.statement.block is BlockKind.ROW:
            return self.statement.text.partition("; ")[0]
        label, colon, _ = self.statement.text.partition(": ")
        return label if colon and len(label.split()) <= LONGEST_LABEL else ""

    @cached_property
    def terms(self) -> frozenset[str]:
        """Index terms of the statement with its context and title."""
        return self.own_terms | self.heading_terms

    @cached_property
    def own_terms(self) -> frozenset[str]:
        """Index terms of the statement and its lead-in."""
        lead = [terms_of(c.quote) for c in self.lead]
        return terms_of(self.statement.text).union(*lead)

    @cached_property
    def heading_terms(self) -> frozenset[str]:
        """Index terms of the title and of all context but the lead-in."""
        above = [terms_of(c.quote) for c in self.statement.context if c not in self.lead]
        return terms_of(self.source.title).union(*above)

    @cached_property
    def term_line(self) -> str:
        """All its index terms, each with a space before it: for a look at how they begin."""
        return " " + " ".join(self.terms)

    @cached_property
    def dosages(self) -> tuple[Dosage, ...]:
        """Dosages of the statement, else of the lead-in that it completes."""
        if self.statement.dosages:
            return self.statement.dosages
        lead = self.lead_text
        return parse_dosages(lead) if lead and may_state_dosage(lead) else ()


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate as one question found it."""

    candidate: Candidate
    passage_score: float  # of the passage that it stands in, 0 to 1
    topic: float = 0.0  # how far its document or section is on the subject of the question


_STILL = re.compile(
    r"\W*(?:\d[\d.]*[.)]?\s+)?(?:still|persist\w+|no response)\b",
    re.IGNORECASE,
)


def hung_on(statement: Statement) -> tuple[Context, ...]:
    """What a statement hangs on directly: lead-in, parent items, caption; no label that it says
    itself, as what stands behind one that forbids does, nor one that names the choice that the
    sentence before it is."""
    said = statement.text.lower()
    return tuple(
        c
        for c in statement.context
        if c.role in ("lead-in", "parent", "caption")
        or (
            c.role == "label"
            and not said.startswith(f"{c.quote.strip('*_ .:').lower()}:")
            and not _is_of_the_choice_before(c, statement)
        )
    )


_CHOICE = re.compile(
    r"\W*(?:alternative(?:s|ly)?|(?:first|second|third)[ -](?:choice|line)|preferred|or|"
    r"option \w+)\W*",
    re.IGNORECASE,
)


def _is_of_the_choice_before(label: Context, statement: Statement) -> bool:
    """Whether a label names a choice and a sentence stands between it and this one, which bars:
    "Alternative: phenytoin 20 mg/kg. Avoid valproate in …" """
    return (
        statement.polarity is Polarity.NEGATIVE
        and statement.start > label.end + 2
        and _CHOICE.fullmatch(label.quote) is not None
    )


def candidate_of(
    statement: Statement,
    source: Source,
    passage_substances: tuple[str, ...],
    serves: Serves = UNTOLD,
) -> Candidate:
    """The candidate for a statement, the one known already where there is one."""
    known = _place(statement.id)
    for candidate in known:
        if (
            candidate.statement is statement
            and candidate.source is source
            and candidate.passage_substances == passage_substances
            and candidate.serves is serves
        ):
            return candidate
    candidate = Candidate(statement, source, passage_substances, serves)
    known[:] = [candidate]
    return candidate


@lru_cache(maxsize=REMEMBERED)
def _place(statement_id: StatementId) -> list[Candidate]:
    """Where the candidate for a statement is kept."""
    return []


# "No risk factor for MRSA or Pseudomonas": what is told is not on these.
_AT_RISK = lazy(r"\brisk factors? for (?:[\w-]+(?:,| or| and) )*$", re.IGNORECASE)
# "Infection other than gonorrhoea" is not on that.
_OTHER_THAN = lazy(
    r"\b(?:other than|excluding|except(?:ing)?(?: for)?|apart from)\s+(?:an?\s+|the\s+)?$", re.I
)


# Titles, headings and lead-ins recur from statement to statement.
@lru_cache(maxsize=20_000)
def _conditions(text: str) -> frozenset[str]:
    told = {f.name for f in conditions_told(text) if not _AT_RISK.search(text, 0, f.start)}
    return frozenset(told - excepted_in(text))


@lru_cache(maxsize=20_000)
def excepted_in(text: str) -> frozenset[str]:
    """The conditions that a text says it is not on: "infections other than gonorrhoea"."""
    told = conditions_told(text)
    return frozenset(f.name for f in told if _OTHER_THAN.search(text, 0, f.start))


# "Start the day before bleeding", "if still vomiting": when something is given, not what for.
_OCCASION = lazy(
    r"\b(?:before|(?:if|while)\s+(?:(?:she|he|they|it)\s+)?(?:is\s+|are\s+)?still|"
    r"days?\s+of|onset\s+of)\s+(?:the\s+|any\s+|her\s+|his\s+)?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def _occasions_in(text: str) -> frozenset[str]:
    """The conditions by which a text only tells the time; a procedure is what it is given for."""
    told = conditions_told(text)
    timed = {f.name for f in told if _OCCASION.search(text, max(0, f.start - 40), f.start)}
    return frozenset(name for name in timed if kind_of(name) == "condition")


@lru_cache(maxsize=20_000)
def denied_in(text: str) -> frozenset[str]:
    """The conditions that a text says its people are without."""
    denied = (c for c in read_group(text).criteria if c.attribute == "condition" and c.negated)
    return frozenset(c.value for c in denied if c.value is not None)


@lru_cache(maxsize=20_000)
def terms_of(text: str) -> frozenset[str]:
    """The index terms of a text."""
    return frozenset(terms(text))


@lru_cache(maxsize=20_000)
def _subjects(title: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.name for found in find_subjects(title)))


@lru_cache(maxsize=20_000)
def _substances(text: str) -> tuple[str, ...]:
    named = find_substances(without_untreated(text))
    return tuple(dict.fromkeys(found.name for found in named))
