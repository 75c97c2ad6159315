"""A trial report made ready: its words with abbreviations written out, and its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from osler.answering.findings.abbreviations import Abbreviations
from osler.answering.findings.lexicon import lexicon
from osler.answering.findings.signs import signs
from osler.domain import Statement
from osler.library.ranking import inverse_document_frequency
from osler.library.terms import terms
from osler.statements.words.cutting import lowered

# The signs that reports print in several ways; each stays one character.
_PLAIN = str.maketrans("’‐‑–−", "'----")


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of a report, as it is compared with a question.

    `plain` is its text with abbreviations written out (see `plain`); `part` the part of the
    report that it stands in ("results", "methods", ..., "" before the first), `signs` what
    wording and place say of it.
    """

    statement: Statement
    plain: str
    terms: tuple[str, ...]
    distinct: frozenset[str]
    headings: frozenset[str]
    part: str
    signs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Report:
    """The statements of one source, and how rare each index term is among them."""

    lines: tuple[Line, ...]
    abbreviations: Abbreviations
    frequencies: Counter[str]

    @classmethod
    def of(cls, statements: Sequence[Statement]) -> Report:
        """Make the statements of one source ready; those that are held back are left out."""
        shown = [statement for statement in statements if statement.held is None]
        abbreviations = Abbreviations.of(statement.text for statement in shown)
        lines: list[Line] = []
        section: tuple[str, ...] | None = None
        part, abstract, headings = "", False, frozenset[str]()
        for statement in shown:
            if statement.section != section:
                section = statement.section
                part = _part_of(section) or part
                abstract = "abstract" in plain(" ".join(section))
                headings = frozenset(terms(abbreviations.expand(" ".join(section))))
            text = abbreviations.expand(statement.text)
            words = tuple(terms(text))
            simple = plain(text)
            told = signs(simple, part, abstract=abstract)
            lines.append(Line(statement, simple, words, frozenset(words), headings, part, told))
        frequencies = Counter(term for line in lines for term in line.distinct)
        return cls(tuple(lines), abbreviations, frequencies)

    def weight(self, term: str) -> float:
        """The rarity of a term among the report's statements."""
        return inverse_document_frequency(len(self.lines), self.frequencies[term])

    def wanted(self, phrase: str) -> dict[str, float]:
        """The different terms of a question's phrase in order, abbreviations out, with weights."""
        found = terms(self.abbreviations.also(phrase).expand(phrase))
        return {term: self.weight(term) for term in found}


def coverage(wanted: Mapping[str, float], said: frozenset[str]) -> float:
    """The share of the wanted terms, by weight, that are among those said; 0..1."""
    total = sum(wanted.values())
    covered = sum([weight for term, weight in wanted.items() if term in said])
    return covered / total if total else 0.0


def plain(text: str) -> str:
    """Lower case, with plain apostrophes and dashes, every character where it stood."""
    return lowered(text).translate(_PLAIN)


def _part_of(section: tuple[str, ...]) -> str:
    """The part that the innermost telling heading opens, or ""."""
    for heading in reversed(section):
        named = plain(heading)
        for part, words in lexicon().parts:
            if words.search(named):
                return part
    return ""
