"""The same question in other words, by rules: order, short forms, brands, courtesy, slips.

The rules share nothing with how a question is understood but the lexicons of names. They are
the same for every run: chance is seeded by the id of the question.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from osler.evaluation.questions import validated
from osler.statements import find_conditions, find_substances
from osler.statements.vocabulary.conditions import condition_synonyms
from osler.statements.vocabulary.substances import canonical, is_class, synonyms

FEWEST_LETTERS = 7  # of a word that is long enough for a slip of the pen
_TRIES = 80
_Rule = Callable[[str, random.Random], str]


class Rewording(BaseModel):
    """Other ways of asking one question."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: str
    texts: list[str]


class RewordingFile(BaseModel):
    """The YAML file: a version, and the rewordings of each question."""

    model_config = ConfigDict(extra="allow", frozen=True)

    version: int = 1
    rewordings: list[Rewording]


def load_rewordings(*paths: Path) -> dict[str, tuple[str, ...]]:
    """Read the rewordings of each question id. Raises UsageError as `load_questions` does."""
    files = [validated(path, RewordingFile) for path in paths]
    return {entry.id: tuple(entry.texts) for file in files for entry in file.rewordings}


def reword(text: str, identifier: str, count: int = 10) -> tuple[str, ...]:
    """Up to `count` rewordings of a question that keep its meaning, each different.

    Every rule is tried alone first, then two rules together.
    """
    chance = random.Random(identifier)
    found: dict[str, None] = {}
    for rules in _plans(chance):
        if len(found) >= count:
            break
        changed = text
        for rule in rules:
            changed = rule(changed, chance)
        if changed.strip() and changed != text:
            found.setdefault(changed)
    return tuple(found)


def _plans(chance: random.Random) -> Iterator[tuple[_Rule, ...]]:
    yield from ((rule,) for rule in _RULES)
    for _ in range(_TRIES):
        yield tuple(chance.sample(_RULES, 2))


def _order(text: str, chance: random.Random) -> str:
    """Clauses between commas, turned round where none leans on the one before it."""
    if re.search(r"[(:]|[.?!]\s", text):
        return text
    end = "?" if text.rstrip().endswith("?") else ""
    clauses = [c.strip() for c in re.split(r",\s+|\s+-\s+|;\s+", text.rstrip(" ?."))]
    firsts = [re.split(r"\W+", c.lower())[0] for c in clauses[1:] if c]
    if len(clauses) < 2 or len(clauses[0].split()) < 2 or _leaning().intersection(firsts):
        return text
    by = chance.randrange(1, len(clauses))
    return ", ".join([*clauses[by:], *clauses[:by]]) + end


def _courtesy(text: str, chance: random.Random) -> str:
    words = _data()
    if chance.random() < 0.5:
        return str(chance.choice(words["openers"])) + text
    return text + str(chance.choice(words["closers"]))


def _slip(text: str, chance: random.Random) -> str:
    """Two letters changed round, or one left out, inside one long word."""
    words = [m for m in re.finditer(r"[A-Za-z]+", text) if len(m.group()) >= FEWEST_LETTERS]
    if not words:
        return text
    word = chance.choice(words)
    at = chance.randrange(word.start() + 1, word.end() - 2)
    if chance.random() < 0.5:
        changed = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    else:
        changed = text[:at] + text[at + 1 :]
    slipped = changed[word.start() : word.end()]
    named = {f.name for f in find_substances(slipped)} - {f.name for f in find_substances(text)}
    return text if named else changed  # the name of another drug is another question


def _case(text: str, chance: random.Random) -> str:
    """All in small letters; abbreviations that count only in capitals are kept."""
    kept = {f.text for f in find_conditions(text) if f.text.isupper()}
    words = re.split(r"(\W+)", text)
    lowered = [w if w in kept or (w.isupper() and len(w) < 4) else w.lower() for w in words]
    if chance.random() < 0.6 or text[1:2].isupper():
        return "".join(lowered)
    return text[:1].swapcase() + text[1:]


def _punctuation(text: str, chance: random.Random) -> str:
    bare = text.rstrip(" ?.!")
    return chance.choice([bare, f"{bare}??", f"{bare} ?", f"{bare}...", bare.replace(", ", " , ")])


def _short_forms(text: str, chance: random.Random) -> str:
    """One pair of the list swapped, or a condition for its initials, or the reverse."""
    swaps = [*_pairs_in(text), *_initials_in(text)]
    if not swaps:
        return text
    start, end, instead = chance.choice(swaps)
    return text[:start] + instead + text[end:]


def _pairs_in(text: str) -> Iterator[tuple[int, int, str]]:
    for short, long in _data()["pairs"]:
        for one, other in ((short, long), (long, short)):
            flags = 0 if one.isupper() else re.IGNORECASE
            for match in re.finditer(rf"(?<![\w/]){re.escape(one)}(?!\w)", text, flags):
                yield match.start(), match.end(), other


def _initials_in(text: str) -> Iterator[tuple[int, int, str]]:
    for found in find_conditions(text):
        names = (found.name, *condition_synonyms(found.name))
        shorts = [n for n in names if n.isupper()]
        longs = [n for n in names if not n.isupper()]
        if found.text.isupper():
            spelt = [n for n in longs if _initials(n) == found.text.upper()]
        else:
            spelt = [n for n in shorts if n == _initials(found.text)]
        if spelt:
            yield found.start, found.end, spelt[0]


def _initials(name: str) -> str:
    return "".join(w if w.isdigit() else w[0] for w in re.split(r"[\s-]+", name.upper()) if w)


def _brand(text: str, chance: random.Random) -> str:
    """A brand by its drug, or a drug by its brand where it has one only.

    Of several brands some are other forms (slow release, another salt) with other doses.
    """
    conditions = find_conditions(text)
    swaps = []
    for found in find_substances(text):
        inside = any(c.start <= found.start and found.end <= c.end for c in conditions)
        if is_class(found.name) or inside:  # the iron of "iron deficiency"
            continue
        if found.text.lower() != found.name:
            swaps.append((found, found.name))
        others = [n for n in synonyms(found.name) if canonical(n) == found.name]
        if len(others) == 1 and others[0].isalpha() and others[0].lower() != found.text.lower():
            swaps.append((found, others[0]))
    if not swaps:
        return text
    found, instead = chance.choice(swaps)
    return text[: found.start] + instead + text[found.end :]


_RULES: list[_Rule] = [_courtesy, _case, _punctuation, _slip, _order, _short_forms, _brand]


@cache
def _data() -> dict[str, Any]:
    text = Path(__file__).with_name("data").joinpath("rewordings.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _leaning() -> frozenset[str]:
    return frozenset(_data()["leaning"])
