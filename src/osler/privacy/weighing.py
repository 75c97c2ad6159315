"""Whether something that may tell who or where a patient is does: its evidence is added up.

As for names (`osler.privacy.names`), each piece of evidence is a short string, and what it counts
is the weight of a logistic regression (data/candidate_weights.tsv, fitted by
tools/fit_candidates.py on made sentences and on texts without identifiers).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from math import exp

from osler.domain.identifier import Identifier
from osler.privacy.candidates import Candidate, candidates
from osler.privacy.evidence import EDGE, sorts_of, told
from osler.privacy.likeness import weights_of
from osler.privacy.tokens import Token, TokenKind, tokens_of

LEAST = 0.8  # how likely a candidate must be an identifier to be hidden
_AROUND = 3  # tokens
_NEAR = 4
_NO_TEXT = (".", "[", "'")
Span = tuple[int, int]


def judge_candidates(
    text: str, hidden: Sequence[Identifier], clinical: Sequence[Span]
) -> list[Identifier]:
    """Beds, addresses, dates and ages that only what stands around them tells; may overlap.

    `hidden` is what is found already (sorted, apart), `clinical` what speaks of drugs, conditions,
    tests and doses; nothing in that is ever judged.
    """
    open_ones = [c for c in candidates(text) if is_open(c, hidden, clinical)]
    if not open_ones:
        return []
    tokens = tokens_of(text, hidden)
    weights = _weights()
    found = []
    for one in open_ones:
        odds = sum(weights.get(what, 0.0) for what in evidence_of(one, tokens, clinical))
        likely = 1 / (1 + exp(-odds))
        if likely >= LEAST or _extends(one, hidden):
            said = text[one.start : one.end]
            found.append(Identifier(one.start, one.end, one.kind, said, round(likely, 2)))
    return found


def is_open(one: Candidate, hidden: Iterable[Identifier], clinical: Iterable[Span]) -> bool:
    """Whether there is anything to judge: the whole is neither hidden nor clinical."""
    if any(h.start <= one.start and one.end <= h.end for h in hidden):
        return False
    if any(h.start < one.end and one.start < h.end and h.kind is not one.kind for h in hidden):
        return False
    return not any(s < one.end and one.start < e for s, e in clinical)


def _extends(one: Candidate, hidden: Iterable[Identifier]) -> bool:
    """Whether a part of it is found already: "3 November" of "Monday 3 November"."""
    return one.form not in ("two", "coded") and any(
        one.start <= h.start and h.end <= one.end and h.kind is one.kind for h in hidden
    )


@cache
def _weights() -> dict[str, float]:
    return weights_of("candidate_weights")


def evidence_of(
    one: Candidate, tokens: Sequence[Token], clinical: Iterable[Span]
) -> tuple[str, ...]:
    """What tells for and against a candidate."""
    first = next((i for i, t in enumerate(tokens) if t.end > one.start), len(tokens))
    last = next((i for i, t in enumerate(tokens) if t.start >= one.end), len(tokens))
    begin = max(0, first - _AROUND)
    near_by = tokens[begin : last + _AROUND]
    sorts = sorts_of(near_by, clinical)
    said = [EDGE] * (_AROUND - first + begin) + list(map(told, near_by, sorts)) + [EDGE] * _AROUND
    before, after = said[_AROUND - 1 :: -1], said[_AROUND + last - first :]
    a, b, c = before
    x, y, z = after[:_AROUND]
    form, kind = one.form, one.kind.name
    near = [
        i - first
        for i, t in enumerate(tokens)
        if t.kind is TokenKind.HIDDEN and first - _NEAR <= i < last + _NEAR
    ]
    count = min(2, sum(t.kind is TokenKind.HIDDEN for t in tokens))
    inside = [
        _inner(t, s)
        for t, s in zip(near_by, sorts, strict=True)
        if one.start < t.end and t.start < one.end
    ]
    coarse_a, coarse_x = _class(a), _class(x)
    return (
        "0",
        form,
        f"{form}={one.detail}",
        *(f"{form}:{what}" for what in inside),
        f"{form}#{' '.join(inside[:4])}",
        f"{form} n{count}",
        f"{form} {'in a list' if one.listed else ''}",
        *{f"{form} {'near' if at < 0 else 'then'}" for at in near},
        *(
            f"{one_kind}{what}"
            for one_kind in (f"{form} ", f"{kind} ", "")
            for what in (
                f"<{a}", f"<<{b}", f"<<<{c}", f">{x}", f">>{y}", f">>>{z}",
                f"<{b} {a}", f">{x} {y}", f"<>{a} {x}",
            )
        ),
        f"{form}={one.detail} <{a}",
        f"{form}={one.detail} >{x}",
        f"{form} <>{coarse_a} {coarse_x}",
        f"{form} <>{coarse_a} {coarse_x} n{count}",
        f"{form}#{' '.join(inside[:2])} <{a}",
        f"{form}#{' '.join(inside[:2])} >{x}",
    )  # fmt: skip


def _class(what: str) -> str:
    """Hidden, a mark, a number, a word that is known, or one that is not."""
    if what[:1] in "[|#" or not what[0].isalnum():
        return what[:5]
    return what if len(what) < 5 else "~"


def _inner(token: Token, sort: str) -> str:
    """What a candidate's own token is: its kind, and whether it has capitals."""
    form = "U" if token.text.isupper() else "T" if token.text[:1].isupper() else "L"
    return sort + form if token.kind is TokenKind.WORD else sort
