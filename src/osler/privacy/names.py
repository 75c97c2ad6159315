"""Names of people, by what stands around them.

A title or a cue ("patient", "named", "re:") makes a name of the words behind it, known or not. A
listed given or family name needs another word in capitals beside it, or a person's age or doing.
Two unknown words in capitals are a name only where an age, a sex or a record number follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from osler.domain.identifier import Identifier, IdentifierKind
from osler.patterns import lazy
from osler.privacy.clinical import (
    is_clinical_word,
    is_eponym,
    is_given_name,
    is_misspelt,
    is_surname,
    is_word,
)
from osler.privacy.lists import listed
from osler.privacy.name_cues import (
    ASKS_WHAT,
    BEFORE_HIDDEN,
    BEFORE_INITIAL,
    BEFORE_PERSON,
    BEFORE_SMALL,
    BEHIND_HIDDEN,
    CALLED,
    CUE,
    DOES_SMALL,
    ENDS_THERE,
    FOLLOWS_STRICTLY,
    HAS_A_VALUE,
    INITIALS,
    INVERTED,
    PERSON_FOLLOWS,
    TITLE,
    no_noun_follows,
)
from osler.privacy.numbers import LIKELY, POSSIBLE, SURE

_MOST_WORDS = 5
_REST = 20  # characters beside a name; with less, the text is a heading
_WORD = lazy(r"[^\W\d_][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?")
_GAP = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def bare(self) -> str:
        """Without what makes a possessive of it, and without its dot."""
        return self.text.rstrip(".").removesuffix("'s").removesuffix("’s")


def find_names(text: str) -> Iterator[Identifier]:
    """Find names of people; spans may overlap."""
    tokens = [_Token(*m.span(), m.group()) for m in _WORD.finditer(text)]
    starts = {token.start: at for at, token in enumerate(tokens)}
    yield from _led(text, tokens, starts, TITLE, SURE)
    if not _is_heading(tokens):
        yield from _led(text, tokens, starts, CUE, LIKELY)
        yield from _led(text, tokens, starts, CALLED, LIKELY)
    yield from _inverted(text)
    for run in _runs(text, tokens):
        yield from _in_run(text, run)
    yield from _in_small_letters(text, tokens)
    yield from _with_initial(text, tokens)
    for match in INITIALS.finditer(text):
        yield Identifier(*match.span("value"), IdentifierKind.NAME, match.group("value"), POSSIBLE)


def _is_heading(tokens: list[_Token]) -> bool:
    """Whether every longer word is in capitals or has one, so that capitals tell nothing."""
    longer = [t for t in tokens if len(t.text) > 3]
    return len(longer) > 1 and all(t.is_capital for t in longer)


def _led(
    text: str,
    tokens: list[_Token],
    starts: dict[int, int],
    pattern: re.Pattern[str],
    score: float,
) -> Iterator[Identifier]:
    """The words behind a title or a cue, as long as they can be a name's."""
    titled = pattern is TITLE
    for match in pattern.finditer(text):
        at = starts.get(match.end())
        if at is None or (titled and not _is_title(match.group(), tokens[at])):
            continue
        found: list[_Token] = []
        words = tokens[at : at + _MOST_WORDS]
        told = titled or "name" in match.group().lower()
        capital = next((w.is_capital for w in words if not _is_particle(w)), False)
        for token in words:
            if found and not _joined(text, found[-1], token):
                break
            if not _continues(token, capital=capital, titled=titled, told=told, first=not found):
                break
            found.append(token)
        while len(found) > 1 and _is_particle(found[-1]):
            found.pop()
        if len(found) > 1 or (found and not _is_particle(found[0])):
            yield _identifier(text, found, score)


def _is_particle(token: _Token) -> bool:
    return token.text.lower() in listed("particles")


def _is_title(title: str, first: _Token) -> bool:
    """Whether it is one: "dr" and "sister" in small letters may be words before words."""
    return title[0].isupper() or not is_word(first.bare) or is_given_name(first.bare)


def _continues(token: _Token, *, capital: bool, titled: bool, told: bool, first: bool) -> bool:
    word = token.bare
    if titled and word.lower() in listed("particles"):
        return True
    if not first and (_is_particle(token) or (token.is_capital and len(word) == 1)):
        return True
    if word.lower() in listed("labels") or _is_abbreviation(word):
        return False
    if titled and first and token.is_capital and len(word) == 1:
        return True  # an initial: "Mr J. Lund"
    if titled and first:
        # "Mr Bell" is a man; "Mr warfarin" nobody.
        return (token.is_capital and not word.isupper()) or not is_word(word) or _is_name(word)
    if capital:
        if not token.is_capital or (word.isupper() and len(word) < 6 and not _is_name(word)):
            return False
        return _is_name(word) or not (is_clinical_word(word) if titled else is_word(word))
    if token.is_capital or (is_word(word) and (not _is_name(word) or is_clinical_word(word))):
        return False
    return told or _is_name(word)


_INNER_CAPITAL = lazy(r"[^\W\d_]*[a-z][A-Z]|[A-Z]{2,}[a-z]")
_SCOTTISH = ("Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Fitz", "Al", "El")


def _is_abbreviation(word: str) -> bool:
    """Whether capitals stand within a part of it, as in no name but "McDonald": "HBsAg"."""
    return any(
        _INNER_CAPITAL.match(part) is not None and not part.startswith(_SCOTTISH)
        for part in re.split(r"[-'’]", word)
    )


def _is_name(word: str) -> bool:
    return any(is_given_name(part) or is_surname(part) for part in (word, *word.split("-")))


def _joined(text: str, before: _Token, token: _Token) -> bool:
    return _GAP.fullmatch(text, before.end, token.start) is not None


def _runs(text: str, tokens: list[_Token]) -> Iterator[list[_Token]]:
    """Words in capitals next to each other, particles between them included."""
    run: list[_Token] = []
    for token in tokens:
        fits = token.is_capital or (bool(run) and _is_particle(token))
        if run and not (fits and _joined(text, run[-1], token)):
            yield _trimmed(run)
            run = []
        if token.is_capital or (run and fits):
            run.append(token)
    if run:
        yield _trimmed(run)


def _trimmed(run: list[_Token]) -> list[_Token]:
    while run and not run[-1].is_capital:
        run = run[:-1]
    return run


def _in_run(text: str, run: list[_Token]) -> Iterator[Identifier]:
    for words in _pieces(run):
        score = _score(text, words)
        if score:
            yield _identifier(text, words, score)


def _score(text: str, words: list[_Token]) -> float:
    """How sure it is that these words in capitals name somebody; 0 for not at all."""
    first, last = words[0], words[-1]
    after = last.start + len(last.bare)
    person = PERSON_FOLLOWS.match(text, after) is not None
    named = [w for w in words if _is_name(w.bare)]
    if not named:
        return POSSIBLE if _are_unknown(words) and _is_of_a_person(text, words, after) else 0
    if len(words) > 1:
        return LIKELY if person or _is_mostly_name(words, named) else 0
    if person:
        return LIKELY if is_given_name(first.bare) else POSSIBLE
    return POSSIBLE if _precedes_person(text, first) else 0


def _in_small_letters(text: str, tokens: list[_Token]) -> Iterator[Identifier]:
    """ "maria gonzalez", both listed; or two words that nobody knows before an age."""
    for first, last in pairwise(tokens):
        if first.is_capital or last.is_capital or not _joined(text, first, last):
            continue
        if is_given_name(first.text) and is_surname(last.bare):
            yield _identifier(text, [first, last], LIKELY)
        elif (
            min(len(first.text), len(last.bare)) > 2
            and not any(is_word(w.bare) and not _is_name(w.bare) for w in (first, last))
            and _is_of_a_small_person(text, first, last)
            and not any(is_misspelt(w.bare) for w in (first, last) if not _is_name(w.bare))
        ):
            yield _identifier(text, [first, last], POSSIBLE)


def _is_of_a_small_person(text: str, first: _Token, last: _Token) -> bool:
    """Whether two words in small letters stand where a name does; listed ones need less."""
    end = last.start + len(last.bare)
    if FOLLOWS_STRICTLY.match(text, end):
        return True
    named = is_given_name(first.bare) or is_surname(last.bare)
    before = text[max(0, first.start - 16) : first.start]
    return named and (
        BEFORE_SMALL.search(before) is not None or DOES_SMALL.match(text, end) is not None
    )


def _is_more_than_a_drug(text: str, words: list[_Token]) -> bool:
    """Whether they are two words, or one in capitals that opens a line."""
    opens = text[: words[0].start].rpartition("\n")[2].strip() == ""
    return len(words) > 1 or (words[0].bare.isupper() and opens)


def _with_initial(text: str, tokens: list[_Token]) -> Iterator[Identifier]:
    """ "G Herrera, bed 4": an initial and a word that is a name's, or that no list has."""
    for first, last in pairwise(tokens):
        if len(first.bare) > 1 or not first.is_capital or not last.is_capital:
            continue
        word = last.bare
        if (
            _joined(text, first, last)
            and len(word) > 2
            and not word.isupper()
            and not is_clinical_word(word)
            and (is_surname(word) or not (is_word(word) or is_misspelt(word)))
            and BEFORE_INITIAL.search(text[: first.start])
            and no_noun_follows(text, first.start, last.start + len(word))
        ):
            yield _identifier(text, [first, last], POSSIBLE)


def _is_of_a_person(text: str, words: list[_Token], after: int) -> bool:
    """Whether words that no list has stand where a person's name does, and no drug's or disease's.

    An age, a sex or a value of their own says so. Two words or more may also stand before a mark
    or a word of grammar, unless what is asked is what they are.
    """
    if (
        FOLLOWS_STRICTLY.match(text, after)
        or HAS_A_VALUE.match(text, after)
        or (_is_more_than_a_drug(text, words) and BEFORE_HIDDEN.match(text, after))
        or (
            BEHIND_HIDDEN.search(text[: words[0].start])
            and no_noun_follows(text, words[0].start, after)
        )
    ):
        return not all(is_misspelt(w.bare) for w in words)
    return (
        sum(len(w.bare) > 1 for w in words) > 1
        and no_noun_follows(text, words[0].start, after)
        and not all(w.bare.isupper() for w in words)
        and len(text[: words[0].start] + text[after:]) > _REST
        and not ASKS_WHAT.search(text[: words[0].start])
        and not all(is_misspelt(w.bare) for w in words)
    )


def _is_mostly_name(words: list[_Token], named: list[_Token]) -> bool:
    """Whether a given name leads, two are listed, or nothing but a name is beside one."""
    return (
        is_given_name(words[0].bare)
        or len(named) > 1
        or all(w in named or len(w.bare) == 1 or not is_word(w.bare) for w in words)
    )


def _precedes_person(text: str, word: _Token) -> bool:
    """ "for Chidi?", "should Maria take": a listed given name where a person is spoken of."""
    if not is_given_name(word.bare):
        return False
    before = text[max(0, word.start - 12) : word.start]
    return (
        BEFORE_PERSON.search(before) is not None
        and ENDS_THERE.match(text, word.start + len(word.bare)) is not None
    )


def _pieces(run: list[_Token]) -> Iterator[list[_Token]]:
    """The run without words that are none of a name: "Does Maria Gonzalez", "Metformin"."""
    piece: list[_Token] = []
    for token in run:
        word = token.bare
        fits = _goes_on(word, piece) if piece else _begins(word)
        if fits and not _is_no_name(token, piece):
            piece.append(token)
            continue
        if trimmed := _trimmed(piece):
            yield trimmed
        piece = []
    if trimmed := _trimmed(piece):
        yield trimmed


def _begins(word: str) -> bool:
    return not is_word(word) or (_is_name(word) and not is_clinical_word(word))


def _goes_on(word: str, before: list[_Token]) -> bool:
    """Whether a word may be the next of a name; "John Bell" is a man, "Bell" a palsy."""
    if len(word) == 1 or word.lower() in listed("particles") or _is_name(word) or not is_word(word):
        return True
    if is_given_name(before[0].bare) and word.istitle() and is_eponym(word):
        return True
    return _is_name(before[0].bare) and not is_clinical_word(word) and not word.isupper()


def _is_no_name(token: _Token, before: list[_Token]) -> bool:
    """A label, an abbreviation, or capitals behind words that are not all in capitals."""
    word = token.bare
    if word.lower() in listed("labels") or _is_abbreviation(word):
        return True
    mixed = any(not t.bare.isupper() for t in before if t.is_capital)
    return mixed and word.isupper() and len(word) > 1 and not _is_name(word)


def _are_unknown(words: list[_Token]) -> bool:
    """Whether they are words that no list has, and no abbreviations."""
    return any(len(w.bare) > 2 for w in words) and all(
        (not is_word(w.bare) or _is_particle(w) or (w is not words[0] and len(w.bare) == 1))
        and (not w.bare.isupper() or len(w.bare) > 5 or len(words) > 1)
        for w in words
    )


def _inverted(text: str) -> Iterator[Identifier]:
    """ "SMITH, John": a family name, a comma, a given name."""
    for match in INVERTED.finditer(text):
        family, given = match.group(1), match.group(2).split()[0]
        last = family.split()[-1]
        if not (is_surname(last) or (family.isupper() and not is_word(last))):
            continue
        if given.lower() in listed("labels"):
            continue
        while " " in family and is_word(family.split()[0]):  # "DISCHARGE SUMMARY LUND, Ana"
            family = family.partition(" ")[2]
        set_off = match.group("set_off") is not None
        if (is_given_name(given) and (set_off or family.isupper())) or (
            set_off and not is_word(given) and not is_misspelt(given)
        ):
            start, end = match.end(1) - len(family), match.end(2)
            yield Identifier(start, end, IdentifierKind.NAME, text[start:end], LIKELY)


def _identifier(text: str, tokens: list[_Token], score: float) -> Identifier:
    last = tokens[-1]
    start, end = tokens[0].start, last.start + len(last.bare)
    if len(last.bare) == 1 and text[end : end + 1] == ".":
        end += 1  # an initial's
    return Identifier(start, end, IdentifierKind.NAME, text[start:end], score)
