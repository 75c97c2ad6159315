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
from osler.statements.groups.reading import read_group
from osler.statements.lines.companions import given_in
from osler.statements.lines.dosed import only_beside
from osler.statements.lines.labels import is_split_off
from osler.statements.patients.untreated import without_untreated
from osler.statements.sentences.cues import kind_by_label, phase_of
from osler.statements.vocabulary.analytes import analyte_units
from osler.statements.vocabulary.substances import belongs_to, find_substances, is_ruled_out
from osler.statements.words.ordinary import ordinary_words

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
        if _may_be_a_drug(statement.text):
            self._named = self._given = None
            return statement
        if _names_one(statement.text) and not _doses_another(statement):
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
        context = (*statement.context, named)
        drug = topic_of(named.quote)
        if drug is not None and is_split_off(statement, named):
            # What a label parts from its dose is on that drug, whatever the heading names.
            return replace(statement, context=context, substances=(drug,))
        return replace(statement, context=context)

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


_HOLDS = lazy(r"\b(?:holds?|contains?|is made (?:up )?of|consists? of|is a combination of)\b", re.I)
# After these words a drug is the second one of a sentence that names another as well.
_SECOND = lazy(r"\b(?:with|before|on|taking|by)\s+(?:the\s+)?$", re.IGNORECASE)
# After these it is a comparison, a time, a reason or what another drug acts on ("antagonises
# ganciclovir"), and never what the sentence is about.
_ASIDE = lazy(
    r"\b(?:antagoni[sz]es|inhibits|counteracts|opposes|weakens|displaces|"
    r"after|before(?= any\b)|cannot (?:take|have|tolerate|use)|than|to|"
    r"from(?:\s+(?:milk|food|iron)(?:\s+and|\s+or|,)?)?|despite|"
    r"(?:due|secondary|owing)\s+to(?:\s+[\w-]+\s+or)?|caused\s+by(?:\s+[\w-]+\s+or)?|"
    r"(?:combin\w+|synerg\w+|together|along)\s+with|without|not|like|as|if|when|where|while|unless|until)\s+"
    r"(?:(?:the|an?|any|last|taking|receiving|using|\w+-(?:acting|dose))\s+){0,3}$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def topic_of(text: str) -> str | None:
    """The one drug that a sentence is about; None where it is about several or none.

    "Buprenorphine: begin 24 hours after methadone" is about buprenorphine.
    """
    given = [
        found
        for found in given_in(text)
        if not (_ASIDE.search(text, 0, found.start) or is_ruled_out(text, found))
    ]
    first = [found for found in given if not _SECOND.search(text, 0, found.start)]
    names = {found.name for found in first or given}
    # "Lansoprazole is the preferred proton pump inhibitor" is about lansoprazole.
    names = {n for n in names if not any(m != n and belongs_to(m, n) for m in names)}
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
    r"\b(?:contra-?indicated|cannot (?:take|have|tolerate|use)|fails?|failed|unsuitable|"
    r"ineffective|"
    r"not (?:available|suitable|tolerated|possible|effective)|unavailable)\b",
    re.IGNORECASE,
)


_ONE_WORD = lazy(r"[A-Z][a-z]{6,}:?")


@lru_cache(maxsize=4096)
def _may_be_a_drug(text: str) -> bool:
    """Whether a line is one long word that nothing here knows: a new drug, over its doses.

    What it leads in is not on the drug of the lines before it.
    """
    if _ONE_WORD.fullmatch(text) is None or text.rstrip(":").lower() in ordinary_words():
        return False
    told = read_group(text).criteria or phase_of(text) or find_substances(text)
    return not told and kind_by_label(text) is StatementKind.OTHER


def _names_one(text: str) -> bool:
    """Whether a text names a drug that may be given, and not only one that was never taken."""
    text = without_untreated(text)
    return any(not is_ruled_out(text, found) for found in given_in(text))


def _doses_another(statement: Statement) -> bool:
    """Whether it names only what its dose is taken beside: "25 mg daily, away from antacids"."""
    doses = statement.dosages
    return bool(doses) and only_beside(statement.text, doses)


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
