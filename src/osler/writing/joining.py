"""Two claims or three in one sentence: each clause says one of them, and nothing crosses.

A sentence is cut into as many clauses as there are claims, and each clause has to pass as the
wording of its own claim. What opens the sentence ("After gastrectomy, …", "Amoxicillin by mouth:
…") holds for every clause, so it counts for each; a clause that names no drug takes the one drug
that all the claims are about. A condition or a "not" that one claim has and another lacks could
be read over both: such claims are told in sentences of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from osler.checking.tokens import GROUP_KINDS, Kind
from osler.domain import Claim
from osler.readers.claims import pointed
from osler.writing.gating import is_plain, says_the_same
from osler.writing.neutral import in_short
from osler.writing.offering import Offered
from osler.writing.sameness import tokens_of

MOST = 3  # claims in one sentence
_MOST_JOINTS = 16  # of a sentence; one of more is not looked at
_JOINT = re.compile(
    r"(?P<stop>\.\s+)(?=[A-Z0-9])|(?P<strong>;\s+(?:(?:and|but|while|whereas)\s+)?|,?\s+but\s+)"
    r"|,\s+(?:(?:and|while|whereas)\s+)?|\s+(?:and|while|whereas)\s+"
)
_OPENING = re.compile(
    r"(?:in|after|before|with|without|for|if|when|where|while|during|at|on|among|to|once|until"
    r"|unless|because|since|as|under|over|from|by)\b[^,:;.]*,\s+|[^.;:]{1,120}:\s+",
    re.I,
)
_SCOPES = GROUP_KINDS | {Kind.NEGATION}
_ORDERS = ("order+", "order-", "bound≤", "bound≥")
_CONDITIONAL = frozenset(("if", "when", "where", "while", "unless", "until", "who", "whose"))


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause, and how it is parted from the one before it."""

    text: str
    after_stop: bool  # it is a sentence of its own
    strongly: bool  # by a semicolon, or by "but"


def may_join(offered: tuple[Offered, ...]) -> bool:
    """Whether claims stand side by side in one section, and are shown alike but for their text."""
    spots = [item.spot for item in offered]
    return (
        1 < len(offered) <= MOST
        and spots[0].section is not None
        and all(a.section == b.section and a.index + 1 == b.index for a, b in pairwise(spots))
        and len({_shown(item.claim) for item in offered}) == 1
    )


def _shown(claim: Claim) -> tuple[object, ...]:
    """What stands beside a claim's text, and would have to stand beside that of several."""
    return (claim.group, claim.applies, claim.because, claim.strength, claim.evidence,
            claim.missing, claim.language, claim.dose_lines)  # fmt: skip


def joined_claim(text: str, offered: tuple[Offered, ...]) -> Claim | None:
    """The claims as one in these words, where they say just what all of them say; else None."""
    claims = [item.claim for item in offered]
    if not is_plain(text, " ".join(claim.text for claim in claims)):
        return None
    if not any(_say(clauses, offered) for clauses in _cut(text, len(offered))):
        return None
    first = claims[0]
    return replace(
        first,
        text=text,
        composed=" ".join(_ended(claim.composed or claim.text) for claim in claims),
        citations=tuple(dict.fromkeys(c for claim in claims for c in claim.citations)),
        statements=tuple(dict.fromkeys(s for claim in claims for s in claim.statements)),
        dosages=pointed(tuple(d for claim in claims for d in claim.dosages), text),
    )


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _cut(text: str, times: int) -> Iterator[tuple[_Clause, ...]]:
    """Every way to cut a text into so many clauses, in their order."""
    joints = list(_JOINT.finditer(text))
    if len(joints) > _MOST_JOINTS:
        return
    for chosen in combinations(joints, times - 1):
        starts = [0, *(joint.end() for joint in chosen)]
        ends = [*(joint.start() for joint in chosen), len(text)]
        yield tuple(
            _Clause(
                text[start:end].rstrip("."),
                after_stop=joint is None or joint["stop"] is not None,
                strongly=joint is not None and joint["strong"] is not None,
            )
            for start, end, joint in zip(starts, ends, [None, *chosen], strict=True)
        )


def _say(clauses: tuple[_Clause, ...], offered: tuple[Offered, ...]) -> bool:
    """Whether each clause says its claim, alone or with what opens its sentence."""
    opening = ""
    for number, (clause, item) in enumerate(zip(clauses, offered, strict=True)):
        if clause.after_stop:
            found = _OPENING.match(clause.text)
            opening = found.group() if found else ""
            if not says_the_same(clause.text, item):
                return False
            continue
        before = offered[number - 1]
        if not _may_share(before.claim, item.claim, strongly=clause.strongly):
            return False
        if not any(says_the_same(said, item) for said in _in_full(clause.text, opening, offered)):
            return False
    return True


def _in_full(clause: str, opening: str, offered: tuple[Offered, ...]) -> Iterator[str]:
    """A clause with what it takes from the opening of its sentence, or from its subject."""
    if opening:
        yield opening + clause
    if opening and not _OPENING.match(clause) and not _repeats(clause, opening):
        return  # what opens the sentence holds for it too
    yield clause
    drugs = {frozenset(_drugs(item.claim)) for item in offered}
    if len(drugs) == 1 and len(shared := next(iter(drugs))) == 1 and not _drugs_in(clause):
        yield f"{next(iter(shared))}: {clause}"


def _repeats(clause: str, opening: str) -> bool:
    """Whether a clause says again all that opens its sentence."""
    return {t.key for t in tokens_of(opening)} <= {t.key for t in tokens_of(clause)}


def _may_share(one: Claim, other: Claim, *, strongly: bool) -> bool:
    """Whether no condition of one claim, and no "not", could be read over the other."""
    ours, theirs = _scopes(one), _scopes(other)
    if strongly:  # "do not stop A; measure B"
        ours, theirs = ours - {Kind.NEGATION}, theirs - {Kind.NEGATION}
    return ours == theirs


def _scopes(claim: Claim) -> set[str]:
    """What kinds of things limit a claim: who it is for, in what condition, before or after."""
    found = set()
    for token in tokens_of(in_short(claim.composed or claim.text)):
        if token.kind in _SCOPES:
            found.add(str(token.kind))
        elif token.condition:
            found.add("condition")
        elif token.key in _ORDERS:
            found.add("order")
        elif token.kind is Kind.NEUTRAL and token.text.lower() in _CONDITIONAL:
            found.add("if")
        elif token.quantity is not None and token.quantity.role in ("age", "weight", "renal"):
            found.add(token.quantity.role)
    return found


def _drugs(claim: Claim) -> set[str]:
    return _drugs_in(claim.composed or claim.text)


def _drugs_in(text: str) -> set[str]:
    """The drugs that a text names, as it writes them."""
    return {t.text.lower() for t in tokens_of(text) if t.kind is Kind.SUBSTANCE}
