"""Whom a dose of a claim is for, in the claim's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from osler.domain import Dosage
from osler.dosage import parse_dosages, to_base
from osler.statements import find_substances
from osler_site.pictures.contract import Spoken
from osler_site.pictures.wording import capital

_LONGEST = 120
_CELL = re.compile(r"(?P<label>[^:;]{1,60}):\s+(?P<value>[^;]*)(?:;\s*|\Z)")
_PRODUCT = re.compile(r"(?:product|preparation|formulation|form|drug|medicine)\Z", re.I)
_WHO = re.compile(r"patient|population|group|who\b", re.I)
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|have|may|can|must|should|not|told|if|given)\b", re.I
)
_SENTENCE = re.compile(r":\s|\b(?:not|told|should|must|need|needs|give)\b", re.I)
_GOING_ON = re.compile(r",? and (?:keep|carry|go|continue)\b.*", re.I)
_PLAIN = re.compile(
    r"(?:dos(?:e|age|ing)|treatment|regimen|amount|total|daily dose|elemental .*|oral|iv|im)\Z",
    re.I,
)
_NOT = re.compile(r"\b(?:no|without|not|non|absence of|absent)[\s-]+(?:\w+\s+)?\Z", re.I)
_FOR_WHOM = re.compile(
    r"\b(?:for|in)\s+(?P<who>(?:[\w-]+\s+){0,4}?"
    r"(?:women|men|people|adults|children|infants|those|anyone)\b[^.,;:()]{0,60})"
)
_PURPOSE = re.compile(
    r"(?P<who>\bto (?:prevent|treat|correct)\s+\w+"
    r"(?:\s+(?!is\b|are\b|give\b|take\b|with\b)\w+){0,4})",
    re.I,
)
_UNNAMED = "For whom: see the claim"  # a group is stated, in words too many for a heading
_EMPTY = re.compile(r"^(?:in|for|with|on)\s+", re.I)
_NONE = re.compile(r"^no\s+", re.I)
# A claim's pieces are read several times for one picture, and in many pictures.
_parsed = lru_cache(maxsize=4096)(parse_dosages)


@dataclass(frozen=True, slots=True)
class Whom:
    """The patient group, and what else sets this dose apart within the claim."""

    group: str
    detail: str


def place_of(d: Dosage, claim: Spoken) -> int | None:
    """Where the amount stands in the claim's text; None where the text does not hold it."""
    said = d.text[d.amount_start - d.start : d.amount_end - d.start]
    whole = claim.text.find(d.text)
    meant = whole + d.amount_start - d.start if whole >= 0 else -1
    places = [f.amount_start for f in _parsed(claim.text) if _same_amount(f, d)]
    if meant in places:
        return meant
    exact = [at for at in places if claim.text.startswith(said, at)]
    found = exact or places
    return found[0] if found else None


def _same_amount(one: Dosage, other: Dosage) -> bool:
    return _ends(one) is not None and _ends(one) == _ends(other)


def _ends(d: Dosage) -> tuple[tuple[Decimal, str], tuple[Decimal, str]] | None:
    if d.low is None or d.high is None or d.unit is None:
        return None
    return to_base(d.low, d.unit), to_base(d.high, d.unit)


def whom(d: Dosage, claim: Spoken, at: int) -> Whom:
    """Who the dose at this place of the claim is for."""
    text, skipped = _without_drug(claim.text)
    at -= skipped
    cells = list(_CELL.finditer(text))
    if len(cells) > 1 and all(a.end() == b.start() for a, b in pairwise(cells)):
        return _of_row(cells, at)
    lead, colon, rest = text.rpartition(": ")
    if colon and at > len(lead) and _is_group(lead):
        return Whom(_tidy(lead), "")
    if colon and at < len(lead) and len(rest) <= _LONGEST and not _parsed(rest):
        return Whom(_tidy(rest), "")
    return Whom(_stated(claim) or _own_words(claim.text) or (_UNNAMED if claim.group else ""), "")


def stated_group(claim: Spoken) -> str:
    """The group of a claim that need not hold a dose, as the engine read it."""
    return _stated(claim)


def _without_drug(text: str) -> tuple[str, int]:
    lead, colon, rest = text.partition(": ")
    found = find_substances(lead)
    if colon and found and found[0].start == 0 and found[0].end == len(lead):
        return rest, len(lead) + 2
    return text, 0


def _of_row(cells: list[re.Match[str]], at: int) -> Whom:
    groups, details = [], []
    for cell in cells:
        label, value = cell["label"].strip(), cell["value"].strip().rstrip(".")
        if cell.start() <= at < cell.end():
            if not _PLAIN.match(label) and not find_substances(label):
                details.append(label)
            break
        lead, colon, rest = value.rpartition(": ")
        if colon and lead:
            label, value = lead, rest
        if _PRODUCT.match(label):
            details.append(value)
        elif not _parsed(value):
            groups.append(value if _WHO.search(label) else f"{label}: {value}")
    group = ", ".join(groups)
    return Whom(_tidy(group) if len(group) <= _LONGEST else "", ", ".join(details))


def _is_group(lead: str) -> bool:
    said = _CLAUSE.search(lead) or _parsed(lead) or find_substances(lead)
    return len(lead) <= _LONGEST and not said


def _stated(claim: Spoken) -> str:
    headings = {h.casefold() for h in claim.headings[:1]}
    folded = claim.text.casefold()
    kept = []
    for part in claim.group.split(";"):
        part = part.strip().rstrip(".:")
        at = folded.find(part.casefold())
        if not part or len(part) > _LONGEST or part.casefold() in headings or at < 0:
            continue
        named = _heading(part, claim)
        if named:
            kept.append(named)
            continue
        if _parsed(part) or _SENTENCE.search(part):
            continue
        negated = _NOT.search(claim.text[:at])
        kept.append(f"without {part}" if negated else _NONE.sub("without ", part))
    if not kept:  # the document as a whole is about them
        kept = [p.strip() for p in claim.group.split(";") if p.strip().casefold() in headings]
    joined = ", ".join(dict.fromkeys(kept))
    return _tidy(joined if len(joined) <= _LONGEST else kept[0])


def _own_words(text: str) -> str:
    """ "For women at raised risk", "to prevent recurrence": where the engine named no group."""
    found = _FOR_WHOM.search(text) or _PURPOSE.search(text)
    said = found["who"] if found else ""
    return "" if _parsed(said) else _tidy(said)


def _heading(part: str, claim: Spoken) -> str | None:
    """The narrowest heading over the claim that names this group, and perhaps more of it."""
    last = claim.headings[-1] if len(claim.headings) > 1 else ""
    named = part.casefold() in last.casefold()
    first = part.split(",")[0].casefold() in last.casefold() and "," in part
    return last if last and len(last) <= _LONGEST and (named or first) else None


def _tidy(text: str) -> str:
    return capital(_EMPTY.sub("", _GOING_ON.sub("", " ".join(text.split())).rstrip(".;:, ")))
