"""The drug that the sentences before a statement speak of: "Give adrenaline. Repeat it once."

Within a paragraph or item, and from a paragraph to the next one or to the table below it, a
sentence that names no drug goes on about the last one named.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from osler.domain import Block, BlockKind, Context, Polarity, Statement, StatementKind
from osler.patterns import lazy
from osler.statements.analytes import analyte_units
from osler.statements.diluents import is_diluent
from osler.statements.lexicon import Found
from osler.statements.substances import find_substances

FARTHEST = 600  # characters between the sentence that names the drug and the one that does not
_STRUCTURE = frozenset({"lead-in", "parent", "label", "caption", "header"})


class Focus:
    """Follows the statements of a document in reading order."""

    def __init__(self) -> None:
        self._named: Context | None = None
        self._block: Block | None = None
        self._given: Context | None = None  # the last that was not ruled out
        self._of_list: Context | None = None  # what the lead-in of the open list goes on about
        self._headed = False  # whether a paragraph heads it that is no lead-in

    def follow(self, statement: Statement, block: Block) -> Statement:
        """The statement with the sentence that names its drug as context, where it needs one."""
        if self._block is not block:
            if block.kind is BlockKind.ITEM:
                self._open_item(block)
            elif not self._goes_on(block):
                self._named = self._given = None
            self._block = block
        if given_in(statement.text):
            if block.kind is not BlockKind.ROW:  # a row says nothing of the next one
                topic = topic_of(statement.text)
                about = topic is not None and not _only_measured(topic, statement)
                if self._named is not None and _HOLDS.search(statement.text):
                    return statement  # what a product is made of is not another drug
                itself = Context(statement.start, statement.end, statement.quote, "focus")
                self._named = itself if about else None
                if statement.polarity is not Polarity.NEGATIVE:
                    self._given = self._named
            return statement
        named = self._named
        if named is None or not _needs_one(statement) or statement.start - named.end > FARTHEST:
            return statement
        return replace(statement, context=(*statement.context, named))

    def _open_item(self, block: Block) -> None:
        """Each item of a list goes on about what the words that lead it in go on about."""
        before = self._block
        if before is not None and before.kind is BlockKind.PARAGRAPH:
            leads = before.section == block.section and any(
                before.start <= span.start and span.end <= before.end for span in block.context
            )
            self._headed = not leads and self._heads(block, before)
            on_it = (leads or self._headed) and self._named is not None
            self._of_list = self._given if on_it else None
        elif before is None or before.kind is not BlockKind.ITEM:
            self._of_list = None
        self._named = self._of_list if block.context or self._headed else None

    def _heads(self, block: Block, before: Block) -> bool:
        """Whether the paragraph before a list ends with the name of the drug that it is on.

        "For all others: oral propranolol.", and under it "Start at 1 mg/kg".
        """
        if self._named is None or before.section != block.section:
            return False
        said = self._named.quote.rstrip(" .:*_")
        found = given_in(said)
        return self._named.end >= before.end and bool(found) and found[-1].end == len(said)

    def _goes_on(self, block: Block) -> bool:
        before = self._block
        if before is None or before.section != block.section:
            return False
        follows = block.kind is BlockKind.PARAGRAPH or block.kind is BlockKind.ROW
        return before.kind in (BlockKind.PARAGRAPH, block.kind) and follows


# "Oxygen saturation" and "vitamin D levels" are measured, not given.
# "Opioid-dependent patients" and "opioid overdose" tell who is treated, not with what.
_MEASURED = lazy(
    r"\s+(?:saturations?|levels?|concentrations?|deficien)|-(?:dependen|na[iï]ve|induced|resistan|"
    r"allergic|associated|tolerant|treated)|\s+(?:overdose|overload|poisoning|toxicity|withdrawal|misuse|"
    r"dependen|users?\b)",
    re.IGNORECASE,
)
_IN_THE_BODY = lazy(
    r"\b(?:body|serum|plasma|blood|liver|hepatic|cardiac|tissue|urine|urinary|dietary|ioni[sz]ed)\s+$",
    re.IGNORECASE,
)
_HOLDS = lazy(r"\b(?:holds?|contains?|is made (?:up )?of|consists? of|is a combination of)\b", re.I)
# After these words a drug is the second one of a sentence that names another as well.
_SECOND = lazy(r"\b(?:with|before|on|taking|by)\s+(?:the\s+)?$", re.IGNORECASE)
# After these it is a comparison, a time or a reason, and never what the sentence is about.
_ASIDE = lazy(
    r"\b(?:after|than|to|from|despite|(?:due|secondary|owing)\s+to(?:\s+[\w-]+\s+or)?|caused\s+by(?:\s+[\w-]+\s+or)?|"
    r"(?:combin\w+|synerg\w+|together|along)\s+with|without|not|like|as|if|when|where|while|unless|until)\s+"
    r"(?:(?:the|an?|any|last|taking|receiving|using|\w+-acting)\s+){0,3}$",
    re.IGNORECASE,
)


# "Midazolam if propofol lowers the pressure, 0.05 mg/kg/hour": why or when another is given.
_WHEN = lazy(
    r"\b(?:if|when|where|once|while|unless|until|because|as)\s+(?:the\s+)?$", re.IGNORECASE
)
_PARTED = lazy(r"[\d;:]|\.\s")


def without_occasions(text: str, found: list[Found]) -> list[Found]:
    """Without the drugs that only tell when or why the one named before them is given."""
    kept: list[Found] = []
    for each in found:
        tells_when = kept and _WHEN.search(text, max(0, each.start - 12), each.start)
        labelled = kept and not text[: kept[-1].start].strip() and text[kept[-1].end] in ":;"
        at = kept[-1].end + bool(labelled) if kept else 0
        if not tells_when or _PARTED.search(text, at, each.start):
            kept.append(each)
    return kept


@lru_cache(maxsize=4096)
def topic_of(text: str) -> str | None:
    """The one drug that a sentence is about; None where it is about several or none.

    "Buprenorphine: begin 24 hours after methadone" is about buprenorphine.
    """
    given = [found for found in given_in(text) if not _ASIDE.search(text, 0, found.start)]
    first = [found for found in given if not _SECOND.search(text, 0, found.start)]
    names = {found.name for found in first or given}
    return names.pop() if len(names) == 1 else None


@lru_cache(maxsize=4096)
def only_aside(label: str) -> frozenset[str]:
    """The drugs that a label names only as what cannot be had or did not do: "If heparin is
    contraindicated:"."""
    if _IN_ITS_PLACE.search(label) is None:
        return frozenset()
    found = find_substances(label)
    main = {f.name for f in found if not _ASIDE.search(label, 0, f.start)}
    return frozenset(f.name for f in found) - main


_IN_ITS_PLACE = lazy(
    r"\b(?:contra-?indicated|fails?|failed|unsuitable|ineffective|"
    r"not (?:available|suitable|tolerated|possible|effective)|unavailable)\b",
    re.IGNORECASE,
)


def given_in(text: str) -> list[Found]:
    """The substances that a text names as given: none measured, taken too much of, or a fluid."""
    return [
        found
        for found in find_substances(text)
        if not _MEASURED.match(text, found.end)
        and not is_in_the_body(text, found)
        and not is_diluent(text, found)
    ]


def is_in_the_body(text: str, found: Found) -> bool:
    """Whether a substance is what the body holds: "body iron", "serum potassium"."""
    return _IN_THE_BODY.search(text, max(0, found.start - 12), found.start) is not None


def _only_measured(name: str, statement: Statement) -> bool:
    """Whether a sentence names what is both given and measured, and gives none of it.

    After "FBC, liver tests and albumin" or "with raised calcium" the next sentence is not about
    albumin or calcium.
    """
    return (name in analyte_units() or name == "albumin") and not statement.dosages


def _needs_one(statement: Statement) -> bool:
    """Whether it says something of a drug and nothing that it hangs on names one to give."""
    tells = statement.kind is not StatementKind.OTHER or any(c.isdigit() for c in statement.text)
    hung = (c.quote for c in statement.context if c.role in _STRUCTURE)
    return tells and not any(
        found.name not in only_aside(quote) for quote in hung for found in given_in(quote)
    )
