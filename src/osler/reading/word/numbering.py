"""The numbers that Word shows before list items; the file holds only how to count."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from docx.document import Document as WordDocument

from osler.reading.markup.xml import Element
from osler.reading.word.runs import W, value

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts: `text` is "%1." or "(%2)"."""

    format: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts the items of a document's lists, in the order in which they are asked for."""

    levels: dict[str, dict[int, _Level]]  # of each list, by its id
    families: dict[str, str]  # lists that count on from one another, by the id they share
    restarts: dict[tuple[str, int], int]
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, word: WordDocument) -> Numbering:
        """Read a document's definitions of lists; none where it has none."""
        try:
            root: Element = word.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return cls({}, {}, {})
        abstract = {
            each.get(f"{W}abstractNumId", ""): _levels(each)
            for each in root.iter(f"{W}abstractNum")
        }
        levels, families, restarts = {}, {}, {}
        for each in root.iterchildren(f"{W}num"):
            number = each.get(f"{W}numId", "")
            family = value(each, "abstractNumId") or ""
            families[number] = family
            levels[number] = abstract.get(family, {}) | _levels(each)
            for override in each.iter(f"{W}lvlOverride"):
                if (start := value(override, "startOverride")) is not None:
                    restarts[number, int(override.get(f"{W}ilvl", "0"))] = int(start)
        return cls(levels, families, restarts)

    def mark(self, list_id: str, depth: int) -> str:
        """What stands before the next item of a list at `depth` from 0: "2.", "b)" or "-"."""
        level = self.levels.get(list_id, {}).get(depth)
        if level is None or level.format in ("bullet", "none") or "%" not in level.text:
            return "-"
        counts = self.counts[self.families[list_id]]
        if list_id not in self.begun:
            self.begun.add(list_id)
            for (number, at), start in self.restarts.items():
                if number == list_id:
                    counts[at] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        return re.sub(r"%(\d)", lambda found: self._shown(list_id, int(found[1]) - 1), level.text)

    def _shown(self, list_id: str, depth: int) -> str:
        level = self.levels[list_id].get(depth)
        count = self.counts[self.families[list_id]].get(depth, 1)
        return _written(count, level.format if level else "decimal")


def _levels(element: Element) -> dict[int, _Level]:
    return {
        int(each.get(f"{W}ilvl", "0")): _Level(
            value(each, "numFmt") or "decimal",
            value(each, "lvlText") or "",
            int(value(each, "start") or 1),
        )
        for each in element.iter(f"{W}lvl")
    }


def _written(count: int, format: str) -> str:  # noqa: A002
    """A count in one of Word's formats; those of other scripts are written as digits."""
    if format in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if format == "lowerLetter" else letter.upper()
    if format in ("lowerRoman", "upperRoman"):
        text = ""
        for size, letters in _ROMAN:
            times, count = divmod(count, size)
            text += letters * times
        return text if format == "lowerRoman" else text.upper()
    return str(count)
