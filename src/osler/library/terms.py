"""Text to index terms: one tokeniser for documents, questions and the index.

Lower-cased, accents and Greek letters folded, British and American spelling brought
together, stop words dropped, stemmed (Snowball English, Porter 2). Numbers stay, apart from
their units ("10mg" and "10 mg" are the same two terms); a letter with a small number is one
term ("b 12", "B-12" and "B₁₂" are "b12").
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain

import Stemmer

# What stands for one of these letters and signs once accents are taken off.
_FOLDED = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "κ": "kappa",
    "λ": "lambda",
    "ω": "omega",
    "μ": "u",
    "’": "'",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": " ",
    "−": "-",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ß": "ss",
    "ł": "l",
}
_COMBINING = re.compile("[\u0300-\u036f]+")

# The gap in "vitamin b 12" and "t-4", not in "a 10 mg tablet" and not in "vitamin c 50 mg".
_LETTER_NUMBER = re.compile(
    r"[ -](?=\d)(?<=\b[b-hj-z].)"
    r"(?=\d{1,2}\b(?![.,]?\d)(?!\s*(?:[mukn]?g|mcg|ml|[dkm]?l|iu|units?|years?|%)\b)(?!\s*%))"
)
# A short prefix belongs to its word: "pre-eclampsia", "co-trimoxazole", "non-steroidal".
_PREFIX = re.compile(
    r"\b(co|non|pre|post|anti|re|x|de|un|sub|multi|inter|intra|extra|hyper|hypo|semi)-(?=[a-z]{3})"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_][^\W_]*")

_SPELLING: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("ae|oe"), "e"),  # anaemia, oedema, oestrogen, paediatric, diarrhoea
    (re.compile("sulph"), "sulf"),
    (re.compile("^leuc"), "leuk"),
    (re.compile("(?<=[a-z]{2})our(?=$|s$|ed$|ing|al|ite|less|ful|able)"), "or"),  # tumour
    (re.compile("(?<=[a-z]{4})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)"), "iz"),
    (re.compile("lys(?=(?:e|ed|es|er|ing)$)"), "lyz"),
    (re.compile("(?<=[btv])re(?=s?$)"), "er"),  # litre, fibre, centre
    (re.compile("(?<=[a-z]{3})ell(?=(?:ed|ing|er)$)"), "el"),  # labelled, counselling
)
_WORDS = {
    "ug": "mcg",
    "microgram": "mcg",
    "micrograms": "mcg",
    "milligram": "mg",
    "milligrams": "mg",
    "gram": "g",
    "grams": "g",
    "kilogram": "kg",
    "kilograms": "kg",
    "millilitre": "ml",
    "millilitres": "ml",
    "milliliter": "ml",
    "milliliters": "ml",
    "licence": "license",
    "practise": "practice",
    "practising": "practicing",
    "programme": "program",
    "programmes": "programs",
    "grey": "gray",
}
_STOP = """a about after again also am an and any are as at be because been being but by can could
    did do does doing for from had has have having he her hers him his how i if in into is it its
    itself me might more most my no nor not of off on once or other our out over own same she
    should so some such than that the their theirs them then there these they this those through
    to too until up very was we were what when where which while who whom why will with would you
    your"""
_KNOWN = 1 << 17  # words whose terms are remembered
_LONGEST = 64  # characters: what is longer is not one word
STOP_WORDS = frozenset(_STOP.split())

_stemmer = Stemmer.Stemmer("english")


class _Terms(dict[str, tuple[str, ...]]):
    """The terms of each folded word seen, with the signs that cling to it."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        plain = _PREFIX.sub(r"\1", _THOUSANDS.sub("", word))
        found = tuple(term for token in _TOKEN.findall(plain) if (term := _term(token)) is not None)
        if len(self) >= _KNOWN:
            self.clear()
        if len(word) <= _LONGEST:
            self[word] = found
        return found


_TERMS = _Terms()


def terms(text: str) -> list[str]:
    """The index terms of `text`, in reading order, repeats kept."""
    return list(chain.from_iterable(map(_TERMS.__getitem__, _folded(text).split())))


def _folded(text: str) -> str:
    """Lower case without accents, letter and small number joined."""
    text = text.lower()
    if not text.isascii():
        text = _COMBINING.sub("", unicodedata.normalize("NFKD", text))
        for sign, plain in _FOLDED.items():
            text = text.replace(sign, plain)
    return _LETTER_NUMBER.sub("", text)


@lru_cache(maxsize=_KNOWN)
def _term(token: str) -> str | None:
    """The term for one folded token, or None for a stop word."""
    if token in STOP_WORDS:
        return None
    if token[0].isdigit():
        return _number(token)
    token = _WORDS.get(token, token)
    if len(token) > 4 and token.isascii():
        for pattern, replacement in _SPELLING:
            token = pattern.sub(replacement, token)
    return str(_stemmer.stemWord(token[:_LONGEST]))


def _number(token: str) -> str:
    """One spelling for one number: "0.50" is "0.5", "1.0" is "1"."""
    if "." in token:
        token = token.rstrip("0").rstrip(".")
    return token.lstrip("0") or "0" if not token.startswith("0.") else token
