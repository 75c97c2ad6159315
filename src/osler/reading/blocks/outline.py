"""How deep a typed list item stands, where only its bullet, indent and words tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from osler.reading.blocks.builder import DocumentBuilder

_LOWER_MARKS = "-–—o◦○⁃+▫"
_DASHES = "-–—‐"  # which of them is typed is chance
_SECOND_MARKS = "◦○o"  # of which "▪" is the next in word processors
_UNMARKED = "+"  # what a line without a bullet counts as
_AGE_BAND = re.compile(
    r"(?:\d[\d ./½¼]*(?:[-–—]|to\b|months?|years?|weeks?|days?|kg)|over|under|above|below|up to|"
    r"less than|more than|[<>≤≥]|few (?:days|weeks|months) to|neonates?|preterm|premature|"
    r"newborns?|term|infants?)",
    re.I,
)
_WHO = re.compile(
    r"(?:adults?|child(?:ren)?|p(?:a)?ediatrics?|neonates?|newborns?|infants?|adolescents?|elderly|"
    r"older (?:people|adults|patients)|pregnan(?:t|cy)|breast-?feeding|women|men|girls|boys)\b",
    re.I,
)
_ADVICE = re.compile(
    r"(?:not|avoid|contra|caution|use|give|do|never|n\.?b|all|doses?|max(?:imum)?)\b|.*\d\s*(?:mg|g|ml)\b",
    re.I,
)
_AMOUNT = re.compile(r"\d\s*(?:[mµμ]?c?g|m?L|units?|IU|%|drops?|puffs?)\b|\bsame as\b", re.I)
_LABELLED = re.compile(
    r"[^.;:]{2,50}?(?::|\s\d[\d.,/ –-]*\s?(?:[mµμ]?c?g|m?L|units?|IU|tab)\b)", re.I
)
_DOSE = re.compile(
    r"(?:initial(?:ly)?|maintenance|loading dose|dose)?[:,]?\s*\d[\d.,/ –-]*(?:to \d[\d.,]*\s*)?"
    r"(?:[mµμ]?c?g|m?L|(?:million )?units?|IU|%|drops?|puffs?|tab(?:let)?s?|cap(?:sule)?s?)\b",
    re.I,
)
_NAMED_DOSE = re.compile(  # "Drug: Adult - 5 mg", "Drug 5 - 10 mg orally"
    rf"(?!(?:initial|maintenance|loading|usual|severe|mild|moderate|acute|then|up|increas|reduc|"
    rf"orally|oral|by|in|for|if|when|after|at|or|and|body|weight|i\.?v|i\.?m)\w*\b)"
    rf"[^\W\d_](?:[^:]{{2,60}}:\s*(?:{_WHO.pattern})|[^\d:,;.]{{2,40}}\s\d[\d.,/ –-]*"
    rf"(?:to \d[\d.,]*\s*)?(?:[mµμ]?c?g|m?L|(?:million )?units?|IU)\b)",
    re.I,
)

_INSIDE = 2  # columns: how far at least the words of an item stand behind its mark
_IN_BRACKETS = re.compile(r"(?<=\w)\s*\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class _Entry:
    mark: str
    indent: int
    opens: str  # "whose" ("Child:"), "who" ("Child"), "name" ("Phenytoin"), "lead" or ""
    implied: bool  # stands deeper by its words alone, under an entry with the same mark
    of_patients: bool  # says first whom it is about


def opens_with_patients(text: str) -> bool:
    """Whether an item says first whom it is about: "Adult: 5 mg", "6 - 12 years: 2 mg"."""
    return _WHO.match(text) is not None or _AGE_BAND.match(text) is not None


def is_of_patients(text: str) -> bool:
    """Whether a line without a bullet gives doses to some patients: "Child: 5 mg", "Adults:"."""
    if not (opens_with_patients(text) and _LABELLED.match(text)):
        return False
    return text.endswith(":") or (len(text) < 160 and _AMOUNT.search(text) is not None)


class Outline:
    """Write items to a builder at the depth that the list so far gives them.

    A new sort of bullet, or a deeper indent, opens a level: "- Adult: 15 mg/kg" under
    "• Phenytoin". Under one and the same bullet, words decide: "- 12-18 years: 100 mg" after
    "- Child:", "- Adult: 500 mg" after "- Metronidazole", anything after "• May present with:".
    """

    def __init__(self, builder: DocumentBuilder, depth: int = 0) -> None:
        self._builder = builder
        self._depth = depth  # of the outermost items
        self._stack: list[_Entry] = []
        self._filled = False  # the last item has lines of its own under it

    @property
    def open(self) -> bool:
        """Whether a list is being written."""
        return bool(self._stack)

    def close(self, depth: int | None = None) -> None:
        """The list has ended; items of the next one stand at `depth` at least."""
        self._stack.clear()
        self._filled = False
        if depth is not None:
            self._depth = depth

    def holding(self, indent: int) -> int | None:
        """The depth of the item whose words a line at `indent` goes on with, None without one."""
        while self._stack and indent < self._stack[-1].indent + _INSIDE:
            self._stack.pop()
        self._filled = self.open
        return self._depth + len(self._stack) - 1 if self._stack else None

    def item(
        self,
        text: str,
        mark: str,
        indent: int,
        following: str = "",
        then: str = "",
        *,
        notes: Iterable[str] = (),
    ) -> None:
        """Write one item; `following` and `then`, the texts after it, show what it opens."""
        sort = _sort(mark)
        had_children = self._return_to(sort, indent) or self._filled
        self._filled = False
        implied = False
        if self._stack and _same(self._stack[-1], sort, indent):
            implied = not had_children and self._opens_for(text, following)
            if not implied:
                implied = self._leave_implied(text, following, then)
        shown = mark if sort == "1" else "-"
        self._builder.item(text, self._depth + len(self._stack), mark=shown, notes=notes)
        opens = _opens(text, following)
        self._stack.append(_Entry(sort, indent, opens, implied, opens_with_patients(text)))

    def unmarked(
        self, text: str, following: str = "", then: str = "", *, notes: Iterable[str] = ()
    ) -> None:
        """Write a line without a bullet that says the doses of some patients.

        It is an item of what the last item names, or stands beside that if it is of patients too.
        """
        last = self._stack[-1]
        mark = last.mark if last.of_patients else _UNMARKED
        self.item(text, mark, last.indent, following, then, notes=notes)

    def connector(self, text: str) -> None:
        """A line such as "Or:" between two items."""
        self._builder.item(text, self._depth + max(len(self._stack) - 1, 0))

    def _return_to(self, sort: str, indent: int) -> bool:
        """Leave what is deeper than the new item; say whether its equal had other children."""
        left = False
        while self._stack:
            top = self._stack[-1]
            if _same(top, sort, indent):
                return left
            higher = indent >= top.indent + 2 or (
                abs(indent - top.indent) < 2
                and sort != top.mark
                and not any(_same(entry, sort, indent) for entry in self._stack)
                and (
                    sort in _LOWER_MARKS
                    or top.mark not in _LOWER_MARKS
                    or (sort == "▪" and top.mark in _SECOND_MARKS)
                )
            )
            if higher:
                return left
            self._stack.pop()
            left = True
        return left

    def _opens_for(self, text: str, following: str) -> bool:
        """Whether the last item, of the same bullet, opens a level that this text belongs in."""
        opens = self._stack[-1].opens
        if opens == "whose" and not _WHO.match(text):
            return not _opens(text, following)
        if opens in ("who", "whose"):
            return bool(_AGE_BAND.match(text))
        if opens == "name":
            return says_how_much(text)
        return opens == "lead"

    def _leave_implied(self, text: str, following: str, then: str) -> bool:
        """Step back over levels that only words opened, as far as the words say.

        Says whether the level stayed at is itself one that only words opened.
        """
        last = self._stack.pop()
        while last.implied and self._stack and not self._belongs(text, following, then):
            last = self._stack.pop()
        return last.implied

    def _belongs(self, text: str, following: str, then: str) -> bool:
        """Whether the text is one more child of the entry that is now the last."""
        opens = self._stack[-1].opens
        if opens in ("who", "whose"):
            return bool(_AGE_BAND.match(text)) or text[:1].islower()
        if opens == "name":
            is_class = is_label(text) and _opens(following, then) == "name"
            return not is_class and _opens(text, following) != "name"
        return not text.endswith(":")


def _sort(mark: str) -> str:
    if mark in _DASHES:
        return "-"
    return "1" if any(character.isalnum() for character in mark) and mark != "o" else mark


def _same(entry: _Entry, sort: str, indent: int) -> bool:
    return entry.mark == sort and abs(entry.indent - indent) < 2


def _opens(text: str, following: str) -> str:
    bare = text.rstrip(" :")
    is_who = _WHO.match(bare) and len(bare) < 40 and not _AMOUNT.search(bare)
    if is_who and (text.endswith(":") or _AGE_BAND.match(following)):
        return "whose" if text.endswith(":") else "who"
    named = _NAMED_DOSE.match(text)
    if (named and not _WHO.match(text) and _WHO.match(following)) or (
        is_label(bare) and says_how_much(following)
    ):
        return "name"
    return "lead" if text.endswith(":") else ""


def says_how_much(text: str) -> bool:
    """Whether an item goes on from the name of a drug: "Adult: 5 mg", "250 - 500 mg orally"."""
    return _WHO.match(text) is not None or _DOSE.match(text) is not None


def is_label(text: str) -> bool:
    """Whether a few words name something ("Amoxicillin", "Antibiotics") and say no more.

    How it is made up, in brackets behind the name, is no more: "Phenobarbital (1 in 10)".
    """
    bare = _IN_BRACKETS.sub("", text.rstrip(" :"))
    return bare.count(" ") < 5 and not (_ADVICE.match(bare) or opens_with_patients(bare))
