"""Criteria in words: as the source has them, turned round where it turns them round."""

from __future__ import annotations

from osler.domain import Criterion
from osler.statements import read_group

# What a negation is said with, by what is negated; the source's own words follow.
_NEGATED = {"condition": "no", "procedure": "no", "allergy": "no", "drug": "no"}


def criterion_words(criterion: Criterion) -> str:
    """Give a criterion in the source's words, with its negation and its alternatives.

    Empty where the words of one of them are not known.
    """
    members = (criterion, *criterion.alternatives)
    words = [_words(member) for member in members]
    if not all(words):
        return ""
    if len(members) == 1:
        return words[0]
    if criterion.needed > 1:
        return f"{criterion.needed} of {len(members)}: {', '.join(words)}"
    return " or ".join(words)


def _words(criterion: Criterion) -> str:
    text = criterion.text
    if not text or not criterion.negated:
        return text
    if any(own.negated for own in read_group(text).criteria):
        return text  # "not pregnant", "normal renal function"
    return f"{_NEGATED.get(criterion.attribute, 'not')} {text}"
