"""Sentences to fit `osler.privacy.names` on, made of frames, lists and chance."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from osler.domain.identifier import IdentifierKind
from osler.evaluation import identified
from osler.privacy.lists import listed

TIMES_SETS = 12  # each sentence of a set
PARTICLES = (
    "van",
    "de",
    "van der",
    "da",
    "al",
    "von",
    "del",
    "bin",
    "el",
    "dos",
    "ben",
    "le",
    "la",
)
_SLOT = re.compile(r"\{(\w)\}")
_RANGE = re.compile(r"<(\d+)-(\d+)>")
_PLACEHOLDER = re.compile(r"(\[[A-Z -]+\])")
_NAMES = "NFSGLJI"
_HIDDEN_NAME = 0.06  # of names are hidden already
Span = tuple[int, int]


@dataclass(frozen=True)
class Example:
    """A sentence, and where in it somebody is named."""

    text: str
    names: tuple[Span, ...]


class Maker:
    """Fills frames; `rng` decides, so that the order of calls counts."""

    def __init__(
        self,
        frames: dict[str, Any],
        plain: list[str],
        drugs: list[str],
        conditions: list[str],
        rng: random.Random,
    ) -> None:
        self.frames, self.rng = frames, rng
        self.plain, self.drugs, self.conditions = plain, drugs, conditions
        self.given, self.family, self.words, self.eponyms, self.places = (
            sorted(w for w in listed(name) if len(w) > 2)
            for name in ("given_names", "surnames", "word_names", "eponyms", "places")
        )
        self.words += sorted(listed("everyday_names"))
        self.abbreviations = frames["abbreviations"].split()
        self.slots: dict[str, Callable[[], str]] = {
            "Q": self._question, "D": self._drug, "C": self._condition, "E": self._eponym,
            "B": self._abbreviation, "V": lambda: self._of("values"), "A": lambda: self._of("ages"),
            "X": lambda: self._of("hidden"), "T": lambda: self._of("titles"),
            "R": lambda: self._of("relations"), "O": lambda: self._of("trades"),
            "M": lambda: f"{self._of('amounts')} {self._of('times')}".strip(),
            "P": lambda: rng.choice(self.places).title(), "N": self._any_name, "F": self._full,
            "S": lambda: self._cased(self._surname()), "G": lambda: self._cased(self._first()),
            "L": self._last_first, "J": self._initial_name, "I": self._initials,
        }  # fmt: skip

    def example(self, frame: str) -> Example:
        """The frame filled, in one of several styles of writing."""
        return self.styled(*self.filled(frame))

    def styled(self, text: str, names: Iterable[Span]) -> Example:
        """The text as it is, or now and then in small letters or capitals."""
        draw = self.rng.random()
        changed = text
        if draw < 0.22:
            parts = _PLACEHOLDER.split(text)
            changed = "".join(p if p.startswith("[") else p.lower() for p in parts)
        elif draw < 0.25:
            changed = text.upper()
        return Example(changed if len(changed) == len(text) else text, tuple(names))

    def of_sets(self, sets: Iterable[str]) -> list[Example]:
        """The sentences of sets, with names of the packaged lists, and their plain questions."""
        made = []
        for name in filter(None, sets):
            lists = identified.lists_of(name)
            for sentence in lists["sentences"] * TIMES_SETS:
                lists["given"] = [self._first().title()]
                lists["surname"] = [self._surname().title() for _ in range(3)]
                lists["names"] = [f"{lists['given'][0]}|{lists['surname'][0]}"]
                one = identified.filled(sentence, lists, self.rng)
                spans = [(p.start, p.end) for p in one.planted if p.kind is IdentifierKind.NAME]
                made.append(self.styled(one.text, spans))
            made += [self.styled(q, ()) for q in identified.plain_questions(name) * 3]
        return made

    def filled(self, frame: str) -> tuple[str, list[Span]]:
        """The frame with its slots filled, and where it names somebody."""
        pieces: list[str] = []
        names: list[Span] = []
        length = at = 0
        for match in _SLOT.finditer(frame):
            before, slot = frame[at : match.start()], match.group(1)
            value = self.slots[slot]()
            start = length + len(before)
            if slot in _NAMES:
                if self.rng.random() < _HIDDEN_NAME:
                    value = "[NAME]"
                else:
                    names.append((start, start + len(value)))
            pieces += [before, value]
            length, at = start + len(value), match.end()
        return "".join([*pieces, frame[at:]]), names

    def _of(self, name: str) -> str:
        return _RANGE.sub(
            lambda m: str(self.rng.randint(int(m.group(1)), int(m.group(2)))),
            self.rng.choice(self.frames[name]),
        )

    def _first(self) -> str:
        name = self.rng.choice(self.words if self.rng.random() < 0.05 else self.given)
        return f"{name}-{self.rng.choice(self.given)}" if self.rng.random() < 0.04 else name

    def _surname(self) -> str:
        draw = self.rng.random()
        name = self.rng.choice(self.words if draw < 0.06 else self.family)
        if draw > 0.95:
            return f"{name}-{self.rng.choice(self.family)}"
        if draw > 0.92:
            return self.rng.choice(("o'", "d'", "mc", "mac", "al-", "el-")) + name
        return f"{self.rng.choice(PARTICLES)} {name}" if draw > 0.88 else name

    def _cased(self, name: str) -> str:
        draw = self.rng.random()
        if draw < 0.17:
            return name
        if draw < 0.24:
            return name.upper()
        words = name.split(" ")
        keeps = words[0] in PARTICLES and self.rng.random() < 0.6
        return " ".join(w if keeps and w in (*PARTICLES, "der") else w.title() for w in words)

    def _full(self) -> str:
        draw, first, last = self.rng.random(), self._first(), self._surname()
        if draw < 0.08:
            middle = self.rng.choice("ABCDEFGHJKLMNOPRSTW") + self.rng.choice((".", ""))
            return f"{self._cased(first)} {middle} {self._cased(last)}"
        if draw < 0.16:
            return self._cased(f"{first} {self._first()} {last}")
        if draw < 0.22:
            return self._cased(f"{first} {last} {self._surname()}")
        if draw < 0.3:
            return f"{first.title()} {last.upper()}"
        return self._cased(f"{first} {last}")

    def _last_first(self) -> str:
        last, first = self._surname(), self._first()
        last = self.rng.choice((last.upper(), last.upper(), last.title(), last))
        if not last.islower():
            first = self.rng.choice((first.title(), first.title(), first.upper()))
        middle = self.rng.choice(("", "", "", f" {first[0].upper()}"))
        return f"{last}{self.rng.choice((', ', ', ', ',', ' '))}{first}{middle}"

    def _initial_name(self) -> str:
        dot = self.rng.choice((".", "", ""))
        letters = self.rng.choices("ABCDEFGHIJKLMNOPRSTVWYZ", k=self.rng.choice((1, 1, 2)))
        return "".join(f"{x}{dot}" for x in letters) + f" {self._cased(self._surname())}"

    def _initials(self) -> str:
        letters = self.rng.sample("ABCDEFGHJKLMNOPRSTW", self.rng.choice((2, 2, 3)))
        dot = "" if self.rng.random() < 0.2 else "."
        return "".join(f"{x}{dot}" for x in letters)

    def _any_name(self) -> str:
        draw = self.rng.random()
        if draw < 0.55:
            return self._full()
        if draw < 0.65:
            return self._cased(self._first())
        if draw < 0.78:
            return self._cased(self._surname())
        if draw < 0.86:
            return self._initial_name()
        if draw < 0.93:
            return self._last_first()
        return f"{self._cased(self._surname())} {self._cased(self._first())}"

    def _question(self) -> str:
        if self.rng.random() < 0.5:
            return self.rng.choice(self.plain)
        return self.filled(self.rng.choice(self.frames["questions"]))[0]

    def _drug(self) -> str:
        drug, draw = self.rng.choice(self.drugs), self.rng.random()
        if draw > 0.96 and len(drug) > 6:  # mistyped
            at = self.rng.randrange(1, len(drug) - 1)
            drug = self.rng.choice((drug[:at] + drug[at + 1 :], drug[:at] + drug[at] + drug[at:]))
        return drug.lower() if draw < 0.5 else drug.title() if draw < 0.93 else drug.upper()

    def _condition(self) -> str:
        draw, one = self.rng.random(), self.rng.choice(self.conditions)
        if draw < 0.6:
            return one.lower()
        return one if draw < 0.8 else self._of("short_conditions")

    def _eponym(self) -> str:
        word = self.rng.choice(self.eponyms)
        return word if self.rng.random() < 0.15 else word.title()

    def _abbreviation(self) -> str:
        if self.rng.random() < 0.4:
            return self.rng.choice(self.abbreviations)
        letters = self.rng.choices("ABCDEFGHIKLMNOPRSTUV", k=self.rng.choice((2, 3, 3, 3, 4, 4)))
        return "".join(letters)
