"""Typing errors and shortened drug names, mended against the lexicons and the library."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from itertools import islice, takewhile
from pathlib import Path

from osler.answering.cues import cues
from osler.answering.understanding.everyday import everyday_words, is_everyday
from osler.answering.understanding.shorthand import read_shorthand
from osler.library.embedders.static import frequent_words
from osler.library.terms import STOP_WORDS, terms
from osler.statements.patients.sex import tells_sex
from osler.statements.vocabulary.conditions import words_of_conditions
from osler.statements.vocabulary.substances import all_names, is_substance, words_of_names

_TOKEN = re.compile(r"[A-Za-z]{5,}")  # shorter words have too many neighbours
_SHORTEST_FREE = 6  # in shorter words no letter may be changed, only added, lost or swapped
_SHORTEST_TWO = 9  # letters of a word in which two may be wrong
_SHORTEST_SOUND = 6
# So many of the words that health texts use most are right as they stand: "mental", "tried".
_WELL_KNOWN = 20_000
# A source has typing errors too: a long word of so few passages, one letter from a name that
# so many times more have. (Of 169 such words in 30,000 passages, 19 in 20 were misspelt.)
_RARE = 2
_TIMES = 50
_SHORTEST_RARE = 8

Corrections = tuple[tuple[str, str], ...]


def correct_spelling(
    question: str, frequency_of: Callable[[str], int] | None
) -> tuple[str, Corrections]:
    """The question with short forms written out and unknown words read as what is close.

    A word of five letters or more is only touched when neither the lexicons nor the library
    (`frequency_of`) know it, or the library only as it knows its own misprints. It may stand
    for the name of a drug, a word of a condition's name or an ordinary word of a question: one
    edit away, two for long words (Damerau–Levenshtein, so that a swap of letters counts once),
    or written as it sounds. Of several, the nearest, then the one that most passages of the
    library hold. Else the beginning of a drug's name ("atorva") stands for it. A word that is
    indexed as a name is, and lacks one of two like letters, is read as that name. Returns the
    question and the (typed, understood) pairs.
    """
    question, read = read_shorthand(question)
    if frequency_of is None:
        return question, read
    corrections: list[tuple[str, str]] = []
    pieces: list[str] = []
    at = 0
    for token in _TOKEN.finditer(question):
        word = token.group().lower()
        # The library first: most words are known to it, and the lexicons are slow to load.
        frequency = frequency_of(word)
        if frequency > _RARE and len(word) < _SHORTEST_RARE:
            continue
        if word in STOP_WORDS or word in _words().known:
            continue
        if frequency > _RARE:
            meant = _words().respelt(word)
        elif frequency:
            meant = _words().misprinted(word, frequency, frequency_of)
        else:
            meant = _words().nearest(word, frequency_of)
        if meant is None:
            continue
        pieces += [question[at : token.start()], meant]
        at = token.end()
        corrections.append((token.group(), meant))
    return "".join([*pieces, question[at:]]), (*read, *corrections)


def is_known_word(word: str) -> bool:
    """Whether a lexicon has a word in small letters, or a list of ordinary words its stem."""
    return word in STOP_WORDS or word in _words().meant or is_everyday(word) or is_substance(word)


class _Words:
    """What a misspelt word may stand for."""

    def __init__(self, names: Iterable[str], ordinary: Iterable[str]) -> None:
        self.names = frozenset(names)
        self.meant = self.names.union(ordinary)  # a misspelt word may stand for one of these

    @cached_property
    def known(self) -> frozenset[str]:
        """The words that are left as they stand."""
        return self.meant.union(frequent_words(_WELL_KNOWN))

    @cached_property
    def _drugs(self) -> tuple[str, ...]:  # sorted, as all_names gives them
        return tuple(name for name in all_names() if name.isalpha() and len(name) >= 4)

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        return _grouped(self.meant, lambda word: word[0])

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        return _grouped(self.meant, _sound)

    def nearest(self, word: str, frequency_of: Callable[[str], int]) -> str | None:
        """The word meant, or None where nothing is close."""

        def said_most(candidates: Iterable[str]) -> str | None:
            return max(candidates, key=lambda name: (frequency_of(name), name), default=None)

        close = self._close(word)
        # What sounds alike is as near as what is one letter away.
        if len(word) >= _SHORTEST_SOUND:
            close += [(n, 1) for n in self._by_sound.get(_sound(word), ()) if not tells_sex(n)]
        if close:
            least = min(distance for _, distance in close)
            return said_most(name for name, distance in close if distance == least)
        # Shortened names, by what the library speaks of most.
        begin = bisect_left(self._drugs, word)
        long = takewhile(lambda name: name.startswith(word), islice(self._drugs, begin, None))
        return said_most(name for name in long if frequency_of(name) > 0)

    def respelt(self, word: str) -> str | None:
        """The name with a letter doubled or single and the same index terms: "fibrilation"."""
        doubled = {word[:at] + letter + word[at:] for at, letter in enumerate(word)}
        single = {
            word[:at] + word[at + 1 :] for at in range(1, len(word)) if word[at] == word[at - 1]
        }
        found = self.names & {*doubled, *single, word + "e"}
        return min((name for name in found if terms(name) == terms(word)), default=None)

    def misprinted(
        self, word: str, frequency: int, frequency_of: Callable[[str], int]
    ) -> str | None:
        """The far commoner name that is one letter away from a rare word, or None."""
        if len(word) < _SHORTEST_RARE or is_substance(word):
            return None
        close = [name for name, edits in self._close(word) if edits == 1 and name in self.names]
        meant = max(close, key=lambda name: (frequency_of(name), name), default="")
        return meant if meant and frequency_of(meant) >= _TIMES * frequency else None

    def _close(self, word: str) -> list[tuple[str, int]]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 2 if len(word) >= _SHORTEST_TWO else 1
        near = process.extract(
            word,
            self._by_letter.get(word[0], ()),
            scorer=OSA.distance,
            score_cutoff=allowed,
            limit=8,
        )
        return [
            (name, int(distance))
            for name, distance, _ in near
            if len(word) >= _SHORTEST_FREE or len(name) != len(word) or sorted(name) == sorted(word)
            # A guess must not make the patient a woman or a man: "bother" is no brother.
            if not tells_sex(name)
        ]


def _grouped(words: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        found[key(word)].append(word)
    return found


_SPELT = (
    ("ph", "f"), ("ae", "e"), ("oe", "e"), ("rh", "r"), ("y", "i"), ("z", "s"),
    ("ce", "se"), ("ci", "si"), ("ck", "k"), ("c", "k"), ("q", "k"), ("x", "ks"),
)  # fmt: skip
_SILENT = ("pn", "kn", "ps")
_DOUBLED = re.compile(r"(.)\1+")


def _sound(word: str) -> str:
    """What spellings of one sound share: "diarea" and "diarrhoea", "fenitoin" and "phenytoin"."""
    if word.startswith(_SILENT):
        word = word[1:]
    for letters, sound in _SPELT:
        word = word.replace(letters, sound)
    return _DOUBLED.sub(r"\1", word).removesuffix("e")


@lru_cache(maxsize=1)
def _words() -> _Words:
    names = words_of_names() | words_of_conditions()
    text = Path(__file__).parents[1].joinpath("data", "clinical_words.txt").read_text("utf-8")
    ordinary = {w for line in text.splitlines() if line[:1] != "#" for w in line.split()}
    ordinary |= cues().asking_words | cues().generic_words | everyday_words()
    return _Words(filter(_is_word, names), filter(_is_word, ordinary))


def _is_word(text: str) -> bool:
    return len(text) >= 4 and text.isalpha()
