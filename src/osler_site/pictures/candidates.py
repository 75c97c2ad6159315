"""The doses of an answer that may share an axis, and which of them do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop as _

from osler.domain import Dosage, Phase
from osler.dosage import find_phases, to_base
from osler.statements.vocabulary.substances import base_of
from osler_site.pictures.comparable import why_not
from osler_site.pictures.contract import Source, Spoken
from osler_site.pictures.naming import bases_asked, form_of, kin, phases_asked
from osler_site.pictures.patients import Whom, place_of, whom
from osler_site.pictures.rates import rate

PHASES: dict[Phase | None, str] = {
    Phase.MAINTENANCE: _("maintenance dose"), None: _("dose"),
    Phase.PROPHYLAXIS: _("preventive dose"),
    Phase.CONTINUATION: _("continued dose"), Phase.START: _("starting dose"),
    Phase.LOADING: _("loading dose"), Phase.TAPER: _("dose while tapering"),
    Phase.TITRATION: _("dose while titrating"),
}  # fmt: skip


_CONTINUED = re.compile(r"\bcontinued as\b", re.I)
_Key = tuple[str, Phase | None, tuple[str, str]]  # form, phase, measure


@dataclass(frozen=True, slots=True)
class Candidate:
    """One dosage of a claim, and what must be known to place it."""

    dosage: Dosage
    claim: Spoken
    form: str
    phase: Phase | None
    step: int  # 0 where the dose is no step of a sequence
    whom: Whom
    reason: str | None

    @property
    def measure(self) -> tuple[str, str]:
        """What must be equal for two doses to have one axis, their forms apart."""
        return to_base(Decimal(1), self.dosage.unit or "")[1], self.dosage.per or ""


def candidates(claim: Spoken, sources: dict[int, Source]) -> Iterator[Candidate]:
    """Every dosage of a claim, with why it cannot be compared where it cannot."""
    steps = {s.text: i for d in claim.dosages for i, s in enumerate(d.steps, 2)}
    for d in claim.dosages:
        at = place_of(d, claim)
        who = Whom("", "") if at is None else whom(d, claim, at)
        yield Candidate(
            d,
            claim,
            form_of(d, claim, at) if at is not None else d.substance or "",
            _phase(d, who),
            1 if d.steps else steps.get(d.text, 0),
            who,
            why_not(d, claim, at, sources),
        )


def _phase(d: Dosage, who: Whom) -> Phase | None:
    if d.phase is not None:
        return d.phase
    if d.duration is not None and d.duration.for_life:
        return Phase.MAINTENANCE
    if who.detail.casefold() in ("start", "starting", "initial"):
        return Phase.START
    named = find_phases(who.detail)
    return named[0].value if named else None


def choose(every: list[Candidate], question: str) -> list[Candidate]:
    """The doses of the picture: of one substance, one phase and one measure."""
    asked, phases = bases_asked(question), phases_asked(question)
    sets: dict[_Key, list[Candidate]] = defaultdict(list)
    for c in every:
        if (
            c.reason is None
            and c.form
            and c.phase in PHASES
            and (not asked or base_of(c.form) in asked)
        ):
            sets[kin(c.form), c.phase, c.measure].append(c)
    order: tuple[Phase | None, ...] = phases or tuple(PHASES)

    def worth(key: _Key) -> tuple[bool, bool, int, int, int, int]:
        form, phase, (_, per) = key
        members = sets[key]
        leading = len({c.claim.text for c in members if c.claim.leads})
        return (
            len({c.claim.text for c in members}) < 2,  # one claim compares no sources
            bool(per),
            order.index(phase) if phases or phase is Phase.MAINTENANCE else 1,
            -leading,
            -len(merged(members)),
            asked.index(base_of(form)) if asked else 0,
        )

    fit = [key for key, members in sets.items() if key[1] in order and _fits(members)]
    return sets[min(fit, key=worth)] if fit else []


def _fits(members: list[Candidate]) -> bool:
    """Whether the answer turns on these doses, and there are two, not only steps of one course."""
    one_course = len({c.claim.text for c in members}) == 1 and all(c.step for c in members)
    leads = any(c.claim.leads for c in members)
    return leads and not one_course and len(merged(members)) > 1


def same_base(c: Candidate, other: Candidate) -> bool:
    """Whether both are of forms of one substance."""
    return base_of(c.form) == base_of(other.form) and bool(c.dosage.low)


def merged(members: list[Candidate]) -> list[list[Candidate]]:
    """One mark for what one source says more than once."""
    same: dict[tuple[Any, ...], list[Candidate]] = defaultdict(list)
    for c in members:
        least = rate(c.dosage, "d")
        key = (c.claim.references, c.dosage.route, c.whom, c.form, least, c.dosage.comparator)
        same[key].append(c)
    for key in [k for k in same if k[1] is None]:
        routed = [k for k in same if k[1] is not None and (k[0], *k[2:]) == (key[0], *key[2:])]
        if routed:
            same[routed[0]] += same.pop(key)
    return list(same.values())


def is_continued(c: Candidate) -> bool:
    """Whether a loading dose is said to go on from one before it."""
    return c.dosage.phase is Phase.LOADING and _CONTINUED.search(c.claim.text) is not None
