"""Drugs, vitamins and vaccines: their names, what they are forms of, and their classes.

The table comes from `tools/build_substances.py`. A drug that it does not hold is found by the
stem of its name (the WHO's INN stems: -mab, -pril, -sartan, ...).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from osler.patterns import lazy
from osler.statements.words.cutting import new_mark, split, words_in
from osler.statements.words.lexicon import Found, Lexicon

_STEMS = (
    "mab", "nib", "azole", "cillin", "mycin", "micin", "pril", "sartan", "olol", "statin",
    "floxacin", "cycline", "oxetine", "azepam", "azolam", "gliptin", "gliflozin", "glutide",
    "parin", "xaban", "gatran", "setron", "triptan", "tidine", "dipine", "terol", "sone",
    "onide", "lukast", "vir", "quine", "fungin", "penem", "platin", "rubicin", "taxel",
    "tinib", "ciclib", "dronate", "dronic", "thiazide", "semide", "barbital", "caine",
    "curonium", "fibrate", "glitazone", "tecan", "trexate", "bactam", "bendazole", "nidazole",
    "profen", "coxib", "fentanil", "vaptan", "grastim", "poetin", "cept", "kinra",
)  # fmt: skip
_STEM = lazy(rf"[a-z]{{3,}}(?:{'|'.join(_STEMS)})")
_LETTERS = lazy(r"[^\W\d_]+")
_NOT_LETTERS = lazy(r"[\W\d_]+")
_TAILS = frozenset(stem[-3:] for stem in _STEMS)
_NOT_DRUGS = frozenset(
    [
        "accept",
        "concept",
        "except",
        "precept",
        "intercept",
        "percept",
        "person",
        "stone",
        "bone",
        "cortisone",
        "testosterone",
        "virus",
        "elvir",
        "keystone",
        "milestone",
        "gallstone",
        "hormone",
        "cornerstone",
        "limestone",
        "gravestone",
        "aldosterone",
        "progesterone",
        "sterol",
        "cholesterol",
        "ergosterol",
        "triterol",
        "caffeine",
        "cocaine",
        "hurricane",
        "control",
        "someone",
        "everyone",
        "anyone",
        "patrol",
        "enrol",
        "parol",
        "marine",
    ]
)


@cache
def _by_letters() -> dict[tuple[str, str], str]:
    """Long names of one word by their first letter and their letters; of two alike none."""
    known: dict[tuple[str, str], str] = {}
    for word in words_of_names():
        if len(word) >= _LONG and _table().lexicon.get(word):
            key = (word[0], "".join(sorted(word)))
            known[key] = "" if key in known else word
    return known


@lru_cache(maxsize=16_384)
def _misspelt(word: str) -> str:
    """The long name of a drug in which two letters that stand together changed places, or ""."""
    if len(word) < _LONG:
        return ""
    name = _by_letters().get((word[0], "".join(sorted(word))), "")
    apart = [at for at, (a, b) in enumerate(zip(word, name, strict=False)) if a != b]
    return name if len(apart) == 2 and apart[1] == apart[0] + 1 else ""


_LONG = 10  # letters


def _has_stem(word: str) -> bool:
    return (
        len(word) >= 6
        and word[-3:] in _TAILS
        and word not in _NOT_DRUGS
        and _STEM.fullmatch(word) is not None
    )


def _is_stemmed(word: str) -> bool:
    """Whether letters in a word (which may hold digits) end as the name of a drug does."""
    return any(map(_has_stem, _NOT_LETTERS.split(word)))


_STEMMED = new_mark(test=_is_stemmed)


@dataclass(frozen=True, slots=True)
class _Table:
    lexicon: Lexicon
    bases: dict[str, str]
    classes: dict[str, tuple[str, ...]]
    names: dict[str, tuple[str, ...]]
    is_class: frozenset[str]


def _text() -> str:
    return Path(__file__).parents[1].joinpath("data", "substances.tsv").read_text("utf-8")


@cache
def _table() -> _Table:
    lexicon = Lexicon()
    bases: dict[str, str] = {}
    classes: dict[str, tuple[str, ...]] = {}
    names: dict[str, tuple[str, ...]] = {}
    groups = set()
    rows = [line.split("\t") for line in _text().splitlines()]
    for name, base, above, others, brands, sort in rows:
        if base:
            bases[name] = base
        if above:
            classes[name] = tuple(above.split("|"))
        if others or brands:
            names[name] = tuple(n for n in f"{others}|{brands}".split("|") if n)
        if sort:
            groups.add(name)
        _enter(lexicon, name, name)
    for name, aliases in names.items():
        for alias in aliases:
            _enter(lexicon, alias, name)
    for name in [row[0] for row in rows]:
        for joined in _joined(name, names.get(name, ()), lexicon):
            _enter(lexicon, joined, name)
    return _Table(lexicon, bases, classes, names, frozenset(groups))


def _joined(name: str, aliases: tuple[str, ...], lexicon: Lexicon) -> Iterator[str]:
    """A fixed combination as formularies write it: "piperacillin with tazobactam"."""
    parts = name.split("-")
    pairs = [alias.split(" and ") for alias in aliases if alias.count(" and ") == 1]
    if len(parts) == 2 and all(lexicon.get(part) for part in parts):
        pairs.append(parts)
    for one, other in pairs:
        for link in ("with", "and", "plus"):
            yield f"{one} {link} {other}"


def _enter(lexicon: Lexicon, phrase: str, name: str) -> None:
    lexicon.add(phrase, name, upper=phrase.isupper())
    if "sulf" in phrase:
        lexicon.add(phrase.replace("sulf", "sulph"), name)


_BODYS_OWN = lazy(
    r"(?:[-\s]+(?:secretion|synthesis|production)|(?<=insulin)\s+(?:sensitivity|resistance|release))\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def find_substances(text: str) -> tuple[Found, ...]:
    """Find drugs, drug classes, vitamins and vaccines in reading order.

    What the body does with its own ("insulin secretion", "insulin sensitivity") names none.
    """
    found = tuple(f for f in _table().lexicon.find(text) if not _BODYS_OWN.match(text, f.end))
    if words_in(text).marks & _STEMMED:
        found = tuple(sorted((*found, *_by_stem(text, found)), key=lambda f: f.start))
    if swapped := {word for word in words_in(text).all if _misspelt(word)}:
        found = tuple(sorted((*found, *_by_spelling(text, swapped)), key=lambda f: f.start))
    return _without_salts(text, found)


def _by_spelling(text: str, swapped: set[str]) -> Iterator[Found]:
    for match in _LETTERS.finditer(text):
        if (word := match.group().lower()) in swapped:
            yield Found(canonical(_misspelt(word)), match.start(), match.end(), match.group())


_SALTS = frozenset({"sodium", "potassium", "calcium"})


def _without_salts(text: str, found: tuple[Found, ...]) -> tuple[Found, ...]:
    """Without the metal of a salt: "thyroxine sodium" is no sodium."""
    return tuple(
        f
        for i, f in enumerate(found)
        if f.name not in _SALTS
        or i == 0
        or found[i - 1].name in (*_SALTS, "insulin")
        or found[i - 1].name in _table().is_class
        or text[found[i - 1].end : f.start] != " "
    )


_HARM = lazy(
    r"[-\s]+(?:overdos|overload|excess|poison|toxicity|intoxication|withdrawal|dependen|misuse|"
    r"addiction|use disorder|abuse|allerg|induced|related|associated|resistan|refractory|"
    r"responsive|sensitive|sparing|na[iï]ve|failure)",
    re.IGNORECASE,
)


# "Resistant to isoniazid": nor on what does not help.
_AGAINST = lazy(
    r"\b(?:resistan\w+|refractory|unresponsive|allerg\w+|intoleran\w+|hypersensitiv\w+)"
    r"\s+(?:to|of)\s+(?:[\w-]+\s+(?:and|or)\s+)?$"
    r"|\b(?:cannot|can't|could\s+not|unable\s+to)\s+(?:bear|tolerate|take|have|use|be\s+given)\s+"
    r"(?:[\w-]+\s+(?:and|or)\s+)?$",
    re.IGNORECASE,
)
# "Bloods (FBC, U&E, albumin):" lists what is measured.
_TESTED = lazy(
    r"\W*(?:(?:baseline|routine|initial)\s+)?(?:bloods|(?:blood|laboratory|lab|baseline)\s+tests|"
    r"investigations)\s*[:(]",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def find_subjects(title: str) -> tuple[Found, ...]:
    """Find the drugs that a title or heading is on: "Opioid overdose" is on none, and
    "Steroid-resistant nephrotic syndrome" neither, nor "Resistant to isoniazid" or
    "Who cannot take aspirin"."""
    if _TESTED.match(title):
        return ()
    return tuple(
        f
        for f in find_substances(title)
        if not _HARM.match(title, f.end) and not is_ruled_out(title, f)
    )


def is_ruled_out(text: str, found: Found) -> bool:
    """Whether a drug is one that does nothing or cannot be had: "who cannot bear ganciclovir"."""
    return _AGAINST.search(text, 0, found.start) is not None


def _by_stem(text: str, known: tuple[Found, ...]) -> list[Found]:
    found = []
    for match in _LETTERS.finditer(text):
        word = match.group().lower()
        if _has_stem(word) and not any(
            f.start < match.end() and match.start() < f.end for f in known
        ):
            found.append(Found(word, match.start(), match.end(), match.group()))
    return found


def canonical(name: str) -> str:
    """Give the name that Osler uses, in lower case: "Glucophage" is "metformin"."""
    return _table().lexicon.get(name) or " ".join(name.lower().split())


def is_substance(name: str) -> bool:
    """Say whether this is exactly a name in the table, or ends as the name of a drug does."""
    return _table().lexicon.get(name) is not None or _has_stem(name.lower())


def synonyms(name: str) -> tuple[str, ...]:
    """Give the other names and brands of a substance or class."""
    return _table().names.get(canonical(name), ())


def all_names() -> Iterator[str]:
    """Give every name, synonym and brand that the table knows."""
    table = _table()
    known = {*table.names, *table.bases, *table.classes}
    yield from sorted(known.union(*table.names.values()))


def words_of_names() -> set[str]:
    """Give the words of all names, in lower case."""
    return set(split(_text()))


def is_class(name: str) -> bool:
    """Say whether a name is a class of drugs."""
    return canonical(name) in _table().is_class


def members(name: str) -> tuple[str, ...]:
    """Give the members of a class, its subclasses' included, or the forms of a substance."""
    wanted = canonical(name)
    table = _table()
    direct = [n for n, above in table.classes.items() if wanted in above]
    direct += [n for n, base in table.bases.items() if base == wanted]
    below = [m for n in direct if n in table.is_class for m in members(n)]
    return tuple(dict.fromkeys((*direct, *below)))


def classes_of(name: str) -> tuple[str, ...]:
    """Give the classes of a substance, the narrowest first."""
    table = _table()
    current = canonical(name)
    above: list[str] = []
    queue = [current, base_of(current)]
    while queue:
        for group in table.classes.get(queue.pop(0), ()):
            if group not in above:
                above.append(group)
                queue.append(group)
    return tuple(above)


def base_of(name: str) -> str:
    """Give the substance that a salt or derivative is a form of, else the substance itself."""
    current = canonical(name)
    return _table().bases.get(current, current)


@lru_cache(maxsize=16_384)
def belongs_to(name: str, broad: str) -> bool:
    """Say whether `name` is `broad`, a form of it, or a member of that class."""
    narrow, wide = canonical(name), canonical(broad)
    return narrow == wide or base_of(narrow) == wide or wide in classes_of(narrow)
