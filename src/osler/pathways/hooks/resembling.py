"""Names that are not known, and are nearly those of a drug: a misspelling must not pass unseen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from osler.pathways.ingredients import brands_of, ingredients, spaced
from osler.statements.vocabulary.substances import is_substance, members, synonyms
from osler.statements.words.cutting import split

_SHORTEST = 6  # letters: of shorter words too many are alike
_SHORTEST_BRAND = 7
_SHORTEST_TWO = 9  # of which two letters may be wrong
_SHORTEST_WHOLE = 8  # that may stand within a longer word ("metforminembonat")


@lru_cache(maxsize=64)
def vocabulary_of(substances: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The single words that are names of these substances, their forms and their products.

    Each with the substance that it is a name of.
    """
    found: dict[str, str] = {}
    for substance in sorted(substances):
        forms = (substance, *members(substance))
        names = [n for form in forms for n in (form, *synonyms(form))]
        brands = [n for n in brands_of(substance) if len(n) >= _SHORTEST_BRAND]
        for name in (*names, *brands):
            word = split(name.lower())
            if len(word) == 1 and len(word[0]) >= _SHORTEST:
                found.setdefault(word[0], substance)
    return tuple(found.items())


def resembled(names: Iterable[str], vocabulary: Sequence[tuple[str, str]]) -> str | None:
    """The substance that a name of no known drug resembles; None where it resembles none.

    One letter may be wrong, left out, added or exchanged with the next; of long words two.
    """
    known = tuple(vocabulary)
    return next((s for name in names if (s := _resembled(spaced(name), known))), None)


@lru_cache(maxsize=4096)
def _resembled(name: str, vocabulary: tuple[tuple[str, str], ...]) -> str | None:
    from rapidfuzz.distance import OSA  # not loaded where every drug is known

    for word in split(name.lower()):
        if len(word) < _SHORTEST - 1 or is_substance(word) or ingredients((word,), ()):
            continue
        for written, substance in vocabulary:
            if len(written) >= _SHORTEST_WHOLE and written in word:
                return substance
            allowed = 2 if len(written) >= _SHORTEST_TWO else 1
            if OSA.distance(word, written, score_cutoff=allowed) <= allowed:
                return substance
    return None
