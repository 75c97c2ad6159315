"""What tells whether a word of a text names a person: its kind, its form, what stands around it.

Each piece of evidence is a short string, such as "u4T" (a word that no list has, with the letters
of a name, in title case) or "<for" ("for" stands before it); `osler.privacy.names` adds up what
each counts. Drugs, conditions, tests and their eponyms are known here, so that a brand is not a
name for want of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from osler.answering.understanding.everyday import is_everyday
from osler.library.embedders.static import frequent_words
from osler.privacy.clinical import (
    is_clinical_word,
    is_eponym,
    is_given_name,
    is_misspelt,
    is_surname,
    is_word,
    unaccented,
    written,
)
from osler.privacy.english import is_english
from osler.privacy.likeness import likeness
from osler.privacy.lists import listed
from osler.privacy.tokens import Token, TokenKind

Span = tuple[int, int]
_PLAIN = 2_000  # words that nobody takes for a name
_RARE = 28_000
_AROUND = 3  # tokens
_ROMAN = frozenset(
    ["II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII", "IIa", "IIb", "IIIa", "IIIb"]
)
_CLASS = re.compile(r"[A-Z]{3,5}-[A-D0-4]")  # "BCLC-C", a stage
_CONTRACTED = re.compile(r"(?:n['’]t|['’](?:ve|t|d|ll|re|m))$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_INNER = re.compile(r"[^\W\d_]*[a-zß-ÿ][A-ZÀ-Þ]|[A-ZÀ-Þ]{2,}[a-zß-ÿ]")
_SCOTTISH = ("Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Fitz", "Al", "El")
# Those of the particles that are no words of English.
PARTICLES = frozenset(
    ["de", "del", "della", "di", "da", "dos", "das", "du", "van", "von", "der", "den", "bin"]
) | frozenset(["ibn", "al", "el", "la", "le", "mac"])
EDGE = "|"  # before the first token and behind the last


def sorts_of(tokens: Sequence[Token], clinical: Iterable[Span]) -> list[str]:
    """What each token is: for a word what knows it, else what stands for its like."""
    spans = list(clinical)
    return [
        _sort(token, _is_within(token, tokens[at + 1 : at + 2], spans))
        for at, token in enumerate(tokens)
    ]


def _is_within(token: Token, behind: Sequence[Token], spans: Iterable[Span]) -> bool:
    """Whether a token is part of what is clinical; a letter with no word behind it may be a name's.

    "C diff" is no initial, the K of "K 5.2" may be one.
    """
    lone = len(token.text) == 1 and token.text.isupper()
    end = behind[0].end if lone and behind and behind[0].kind is TokenKind.WORD else token.end
    return any(
        s < token.end and token.start < e and (not lone or e >= end > token.end) for s, e in spans
    )


def _sort(token: Token, clinical: bool) -> str:
    if token.kind is TokenKind.HIDDEN:
        return token.text
    if token.kind is TokenKind.MARK:
        return "\\n" if token.text == "\n" else token.text
    if token.kind is TokenKind.NUMBER:
        return _number(token.text)
    if token.text in _ROMAN:
        return "#r"
    if clinical:
        return "c"
    bare = token.bare
    if _is_joined_word(bare) or _CLASS.fullmatch(bare):
        return "k"
    return _sort_of_written(bare) if bare in written() else sort_of_word(bare)


def _is_joined_word(word: str) -> bool:
    """Whether the last part of a joined word is an ordinary one in small letters: "Jack-knife"."""
    first, _, last = word.rpartition("-")
    return (
        first.istitle()
        and len(last) > 3
        and last.islower()
        and not is_given_name(last)
        and not is_surname(last)
        and (is_word(last) or is_english(last))
    )


@cache  # of words that health texts use most, whoever typed them
def _sort_of_written(word: str) -> str:
    return sort_of_word(word)


def _number(text: str) -> str:
    """Ages with a sex, ages, doses and dates look unlike each other."""
    if text.isdigit():
        return f"#{min(len(text), 5)}"
    if text[:-1].isdigit() and text[-1] in "fFmMyY" and len(text) < 5:
        return "#" + text[-1].lower()
    return "#." if not text[-1].isalpha() else "#a"


@lru_cache(maxsize=256)  # for one request, which asks several times: they are a patient's words
def sort_of_word(word: str, *, listed_names: bool = True) -> str:
    """What knows a word outside of a drug's or condition's name, and how like a name it is.

    First letter: o an eponym, q a particle, k medicine, p a place, w everyday, v health texts,
    e English, r rare, m misspelt, u unknown; then g and s for listed given and family names; for
    the last three a digit from 0 to 7.
    """
    small = _CONTRACTED.sub("", word.lower().rstrip("."))
    if len(small) == 1:
        return "i"
    if _INITIALS.fullmatch(small):
        return "d"
    if small in PARTICLES:
        return "q"
    name = _name_sort(small, word[0].isupper()) if listed_names else ""
    if "-" in small and all(map(is_eponym, small.split("-"))):
        return "k"
    if is_eponym(small) and not (word.islower() and _is_everyday(small)):
        return "o" + name
    if _is_everyday(small):
        return "w" + name
    if is_clinical_word(small):
        return "k" + name
    if small in listed("places") or small in listed("countries") or small in listed("towns"):
        return "p" + name
    if is_word(small):
        return "v" + name
    if is_english(small):
        return "e" + name
    if (
        "-" in small
        and all(is_word(p) or is_english(p) for p in small.split("-") if p)
        and not name
    ):
        return "v"
    letter = "r" if small in _rare() else "m" if is_misspelt(small) else "u"
    return f"{letter}{name}{likeness(small)}"


def _is_everyday(small: str) -> bool:
    return small in _plain() or is_everyday(small)


def _name_sort(small: str, capital: bool) -> str:
    parts = [p for p in small.replace("’", "-").replace("'", "-").split("-") if p]
    both = unaccented(small) in listed("word_names") or (
        capital and small in listed("everyday_names")
    )
    given = both or is_given_name(small)
    family = both or is_surname(small) or (len(parts) > 1 and any(map(is_surname, parts)))
    return "g" * given + "s" * family


@cache
def _plain() -> frozenset[str]:
    return frozenset(frequent_words(_PLAIN))


@cache
def _rare() -> frozenset[str]:
    return frozenset(frequent_words(_RARE))


def evidence(tokens: Sequence[Token], sorts: Sequence[str]) -> list[tuple[str, ...]]:
    """Each token's evidence, in the tokens' order; () for what cannot be a name."""
    forms = [_form(token) for token in tokens]
    style = _style(tokens, forms)
    around = [told(token, sort) for token, sort in zip(tokens, sorts, strict=True)]
    kinds = [
        (sort if token.kind is not TokenKind.WORD else sort + form)
        for token, sort, form in zip(tokens, sorts, forms, strict=True)
    ]
    padding = [EDGE] * _AROUND
    around = [*padding, *around, *padding]
    kinds = [*padding, *kinds, *padding]
    touch = [*(not _parted(a, b) for a, b in pairwise(tokens)), False]
    return [
        _of_word(token, at, around, kinds, style, touch[at - 1] if at else False, touch[at])
        if token.kind is TokenKind.WORD and _may_name(sorts[at])
        else ()
        for at, token in enumerate(tokens)
    ]


def _may_name(sort: str) -> bool:
    """Whether there is anything to judge: drugs, and everyday words that nobody bears, are none."""
    return sort[0] not in "c#" and sort not in ("w", "k")


def _of_word(
    token: Token,
    at: int,
    told: list[str],
    kinds: list[str],
    style: str,
    behind: bool,
    before: bool,
) -> tuple[str, ...]:
    """`told` and `kinds` begin `_AROUND` earlier than the tokens."""
    here = at + _AROUND
    kind = kinds[here]
    coarse = _coarse(kind)
    a, b, c = told[here - 1], told[here - 2], told[here - 3]
    x, y, z = told[here + 1], told[here + 2], told[here + 3]
    if token.bare != token.text:
        x, y, z = "'s", x, y
    p, n = kinds[here - 1], kinds[here + 1]
    if p[-1:] in "TLUISX" and p != kind and not p.startswith("["):
        p = _coarse(p)
    return (
        "0",
        kind,
        f"{kind}{style}",
        f"{coarse}{style}",
        f"<{a}",
        f"<<{b}",
        f"<<<{c}",
        f">{x}",
        f">>{y}",
        f">>>{z}",
        f"<{a} {coarse}",
        f">{x} {coarse}",
        f"<<{b} {coarse}",
        f">>{y} {coarse}",
        f"<{b} {a}",
        f">{x} {y}",
        f"<{b} {a} {coarse}",
        f">{x} {y} {coarse}",
        f"<>{a} {x}",
        f"<>{a} {x} {coarse}",
        f"={kinds[here - 1]}{behind:d}",
        f"={kinds[here - 1]}{behind:d} {coarse}",
        f"={kinds[here + 1]}{before:d}+",
        f"={kinds[here + 1]}{before:d}+ {coarse}",
        f"={_coarse(kinds[here - 1])} {coarse} {_coarse(n)}",
    )


def _coarse(kind: str) -> str:
    """A word's kind with fewer differences: how it is known, and its form."""
    if len(kind) < 2 or kind[0] not in "okpqwvermu" or kind[-1] not in "TLUSX":
        return kind
    if kind[0] in "rmu" and len(kind) > 2:
        like = kind[-2]
        names = "n" if len(kind) > 3 else "+" if like >= "4" else "-"
        return kind[0] + names + kind[-1]
    return kind[0] + ("n" if len(kind) > 2 else "") + kind[-1]


def told(token: Token, sort: str) -> str:
    """What a token is for its neighbours: a word that has no name's place stands for itself."""
    if token.kind is not TokenKind.WORD:
        return sort
    if sort[0] in "wve" and len(sort) == 1:
        return token.bare.lower()
    small = token.text.lower().rstrip(".")
    return (
        small
        if small in listed("labels") or small in listed("cues")
        else sort.rstrip("01234567") or sort
    )


def _form(token: Token) -> str:
    word = token.bare
    if token.kind is not TokenKind.WORD:
        return ""
    if len(word.rstrip(".")) == 1:
        return "I" if word[0].isupper() else "L"
    if word.isupper():
        return "U" if len(word) > 4 else "S"
    if any(_INNER.match(p) and not p.startswith(_SCOTTISH) for p in re.split(r"[-'’]", word)):
        return "X"
    return "T" if word[0].isupper() else "L"


def _style(tokens: Sequence[Token], forms: Sequence[str]) -> str:
    """How the text is written: "l" all small, "u" mostly capitals, "t" a heading, "m" mixed."""
    words = [f for t, f in zip(tokens, forms, strict=True) if f and len(t.bare) > 3]
    if not any(f and f in "TUSX" for f in forms[1:]):
        return "l"
    if words and words.count("U") + words.count("S") > len(words) * 0.6:
        return "u"
    if len(words) > 2 and words.count("L") == 0:
        return "t"
    return "m"


def _parted(one: Token, other: Token) -> bool:
    return other.start - one.end > 1 or TokenKind.MARK in (one.kind, other.kind)
