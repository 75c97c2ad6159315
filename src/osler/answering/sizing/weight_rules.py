"""What a source says of the body weight to dose by: ideal, lean, adjusted, and for whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from osler.answering.candidates.subject import relation
from osler.domain import Context, Statement
from osler.library import Library
from osler.statements import read_group
from osler.statements.vocabulary.substances import find_substances

_NEARBY = 600  # characters within which a remark without a drug's name is on the dose beside it

_WEIGHT = re.compile(
    r"\b(?:(?P<ideal>ideal|IBW)|(?P<lean>lean|fat[- ]free|LBW)|(?P<adjusted>adjusted|corrected|"
    r"dosing|Adj?BW))(?:(?<=BW)|(?:[- ]body)?[- ](?:weight|mass))\b",
    re.IGNORECASE,
)
_MENTION = re.compile(
    r"ideal|lean|fat.free|BW\b|(?:adjusted|corrected|dosing) (?:body )?weight", re.I
)
_NOT = re.compile(r"\b(?:not|rather than|instead of|never)\s+(?:(?:use|by|on|the|an?)\s+)*$", re.I)
# What a weight is compared with says whom a rule is for, not by what weight to dose.
_COMPARED = re.compile(
    r"(?P<n>\d+)\s?(?:%|per ?cent)\s+(?:or more\s+|or greater\s+)?"
    r"(?P<how>of|over|above|more than|greater than|heavier than|in excess of|higher than)\s+"
    r"(?:(?:the|their|his|her)\s+)?(?:ideal(?: body)?(?: weight)?|IBW)"
    r"|(?:over|above|exceed(?:s|ing)?|more than|greater than|less than|below|under|lower than)\s+"
    r"(?:(?:the|their|his|her)\s+)?(?:ideal(?: body)?(?: weight)?|IBW)"
    r"(?:\s+by\s+(?:more than\s+|at least\s+|over\s+)?(?P<by>\d+)\s?(?:%|per ?cent))?",
    re.IGNORECASE,
)
_ACTUAL = re.compile(r"\b(?:actual|total|real)\s+(?:body\s+)?weight\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:ideal|lean|fat[- ]free|adjusted|corrected)\b|BW\b", re.IGNORECASE)
_OBESE = re.compile(r"\bobes\w*|\boverweight", re.IGNORECASE)
_ACTUAL_IF_LESS = re.compile(
    r"(?:under-?\s?weight|less than|below|lower than|lighter)[^.;]*\bactual\b|"
    r"\bactual\b[^.;]*(?:under-?\s?weight|less than|below|lower|lighter|lesser)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?:ideal(?: body)?(?: weight)?|IBW)\)?\s*(?:\+|plus)\s*[(\[]?\s*"
    r"(?:(?P<decimal>0?[.·]\d+)|(?P<percent>\d+)\s?%)\s*(?:[×x*(\[]|of\b)",
    re.IGNORECASE,
)


class BodyWeight(StrEnum):
    """What a dose may go by other than the weight on the scales."""

    IDEAL = "ideal"
    LEAN = "lean"
    ADJUSTED = "adjusted"


@dataclass(frozen=True, slots=True)
class WeightRule:
    """A sentence of a source on the weight to dose by, and for whom it says so.

    `over_ideal` is in per cent above ideal weight, `bmi` in kg/m²; `share` is the part of the
    excess weight that counts in the adjusted weight.
    """

    kind: BodyWeight
    where: Context
    in_obesity: bool = False
    over_ideal: Decimal | None = None
    bmi: Decimal | None = None
    share: Decimal | None = None
    actual_if_less: bool = False

    @property
    def conditional(self) -> bool:
        """Whether it is for heavy patients only."""
        return self.in_obesity or self.over_ideal is not None or self.bmi is not None


def weight_rules(
    library: Library, statement: Statement, drug: str | None
) -> tuple[WeightRule, ...]:
    """What the statement's source says on the weight to dose this drug by.

    A remark counts where it stands in the statement or its context, names the drug, or names
    no drug and stands in the part of the source that is on the drug.
    """
    text = library.text(statement.source_id)
    rules = []
    for start, end in dict.fromkeys(_sentences(text)):
        where = Context(start, end, text[start:end], "weight")
        rule = read_weight_rule(where)
        if rule is not None and is_on(library, statement, drug, where):
            rules.append(rule)
    return tuple(rules)


def own_rules(statement: Statement) -> tuple[WeightRule, ...]:
    """What a statement itself says on the weight to dose by."""
    if _MENTION.search(statement.quote) is None:
        return ()
    where = Context(statement.start, statement.end, statement.quote, "weight")
    rule = read_weight_rule(where)
    return () if rule is None else (rule,)


def read_weight_rule(where: Context) -> WeightRule | None:
    """Read one sentence; None where it asks for no other weight than the actual one."""
    sentence = where.quote
    threshold = _COMPARED.search(sentence)
    masked = _COMPARED.sub(lambda m: " " * len(m.group()), sentence)
    formula = _SHARE.search(sentence)
    kinds = [
        BodyWeight(m.lastgroup or "")
        for m in _WEIGHT.finditer(masked)
        if not _NOT.search(masked[: m.start()])
    ]
    if not kinds or (_ACTUAL.search(sentence) and not _NAMED.search(masked)):
        return None  # "the dosing weight is the actual body weight"
    # An adjusted weight is explained by the ideal one.
    kind = BodyWeight.ADJUSTED if BodyWeight.ADJUSTED in kinds or formula else kinds[0]
    over = None
    if threshold is not None and (threshold["n"] or threshold["by"]):
        over = Decimal(threshold["n"] or threshold["by"])
        over -= 100 if threshold["how"] == "of" else 0
    return WeightRule(
        kind,
        where,
        in_obesity=_OBESE.search(sentence) is not None,
        over_ideal=over,
        bmi=next((c.low for c in read_group(sentence).criteria if c.attribute == "bmi"), None),
        share=_share(formula),
        actual_if_less=_ACTUAL_IF_LESS.search(sentence) is not None,
    )


def _share(formula: re.Match[str] | None) -> Decimal | None:
    if formula is None:
        return None
    if formula["percent"]:
        return Decimal(formula["percent"]) / 100
    return Decimal(formula["decimal"].replace("·", "."))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences that may speak of an ideal, lean or adjusted weight."""
    for mention in _MENTION.finditer(text):
        start = max(text.rfind(mark, 0, mention.start()) + len(mark) for mark in (". ", "\n"))
        ends = [at for mark in (". ", "\n") if (at := text.find(mark, mention.end())) >= 0]
        end = min(ends, default=len(text))
        while start < end and not text[start].isalnum():
            start += 1
        yield start, end


def is_on(library: Library, statement: Statement, drug: str | None, where: Context) -> bool:
    """Whether a remark of the statement's source counts for it (see `weight_rules`)."""
    spans = [(statement.start, statement.end)]
    spans += [(c.start, c.end) for c in statement.context if c.role != "title"]
    if any(start < where.end and where.start < end for start, end in spans):
        return True
    named = [found.name for found in find_substances(where.quote)]
    if named:
        return drug is not None and any(_same(drug, name) for name in named)
    title = library.source(statement.source_id).title
    if drug is not None and any(_same(drug, found.name) for found in find_substances(title)):
        return True
    shared = next(
        (
            depth
            for depth in range(len(statement.section), 0, -1)
            if drug is not None
            and any(_same(drug, f.name) for f in find_substances(statement.section[depth - 1]))
        ),
        len(statement.section),
    )
    section = next(
        (
            passage.section
            for passage in library.passages_of(statement.source_id)
            if passage.start <= where.start < passage.end
        ),
        None,
    )
    if section is None or section[:shared] != statement.section[:shared]:
        return False
    return shared > 0 or abs(where.start - statement.start) < _NEARBY


def _same(drug: str, name: str) -> bool:
    return relation(drug, name) > 0 or relation(name, drug) > 0
