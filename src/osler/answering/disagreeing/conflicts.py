"""Where sources disagree: for each thing asked one position of each source, and why they differ."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from osler.answering.advising.advice import Advice, Respect, phases_meet
from osler.answering.advising.advised_doses import drugs_of
from osler.answering.advising.advising import names_barred
from osler.answering.advising.agreement import same_dosages
from osler.answering.composing.compose import Composed, gate
from osler.answering.disagreeing.asked_sides import as_is_asked
from osler.answering.disagreeing.comparing import compare
from osler.answering.disagreeing.currency import work_of
from osler.answering.disagreeing.disparity import reason_for
from osler.answering.disagreeing.sides import Side, Sides, treated
from osler.answering.judging.relevance import names_condition
from osler.answering.understanding.unlisted import asks_about_a_drug
from osler.domain import Aspect, Conflict, Dosage, Phase, Position, Question, SourceKind
from osler.patterns import lazy
from osler.statements.vocabulary.substances import base_of, belongs_to, is_class


@dataclass(frozen=True, slots=True)
class _Matter:
    """One thing that sources can differ on."""

    respect: Respect
    drug: str
    route: str
    phase: Phase | None
    group: frozenset[str]  # conditions beside those asked about
    unit: str  # an amount a kilogram is another matter than a fixed one


@dataclass(frozen=True, slots=True)
class _Compared:
    """Two sides, by rank, compared on one matter."""

    matter: _Matter
    one: int
    other: int
    apart: bool


# What counts also in what only stands beside the answer, and rules a route or an action out.
_BESIDE = (Respect.ROUTE, Respect.THRESHOLD)


@dataclass(frozen=True, slots=True)
class _Field:
    """All sides of a question, by rank; those before `shown` stand in the answer.

    From `claims` on they stand beside it, from `former` on they are superseded.
    """

    sides: dict[int, Side]
    shown: int
    claims: int
    former: int

    def meet(self, i: int, j: int, respect: Respect) -> bool:
        """Whether two sides, the first of lower rank, are compared in this respect."""
        return i < self.shown and (j < self.claims or j >= self.former or respect in _BESIDE)

    def ranks_of(self, source_id: str) -> list[int]:
        return [i for i, side in self.sides.items() if source_id in side.sources]

    def speaks(self, rank: int, respect: Respect) -> bool:
        return any(a.respect is respect for a in self.sides[rank].advice)


def find_conflicts(
    claims: tuple[Composed, ...],
    more: tuple[Composed, ...],
    others: tuple[Composed, ...],
    former: tuple[Composed, ...],
    sides: Sides,
    about: str,
) -> tuple[Conflict, ...]:
    """What different sources advise that one patient could not follow together.

    `claims` answer the question, best first; `more` would too and are crowded out: they stand
    for a source that says nothing on the matter among the claims. `others` stand beside the
    answer and count only where they rule out a route or an action. `former` are superseded and
    count against what is shown: patients may still be treated so. Of each source only what is
    most to the point for this patient counts, and two sources that somewhere say the same on a
    matter do not disagree on it.
    """
    field = _field(claims, more, others, former, sides)
    differences = _differences(field, nameless=asks_about_a_drug(sides.question))
    conflicts: dict[tuple[int, ...], tuple[list[Respect], _Matter]] = {}
    for matter, members in _joined(differences):
        respects, _ = conflicts.setdefault(members, ([], matter))
        respects.append(matter.respect)
    shown = []
    for members, (respects, matter) in sorted(conflicts.items()):
        taken = [field.sides[i] for i in members]
        of = matter.drug if any(t.name == matter.drug for t in sides.question.terms) else about
        title = _title(respects, matter, of)
        also = [
            s.item for s in field.sides.values() if not any(s.sources & m.sources for m in taken)
        ]
        positions = _positions([s.item for s in taken], also)
        shown.append(Conflict(title, positions, reason_for(taken)))
    return tuple(shown)


def takes_another_side(item: Side | None, chosen: Iterable[Side | None]) -> bool:
    """Whether another source may advise one patient differently from what is chosen already.

    More is found than a conflict: the opening of an answer holds what might be for the patient.
    What says the same as something chosen adds no side.
    """
    differs = False
    for side in chosen:
        if item is None or side is None or item.sources & side.sources:
            continue
        pairs = [apart for x, _, apart in compare(item, side, wide=True)]
        if pairs and not any(pairs):
            return False
        differs = differs or any(pairs)
    return differs


def _field(
    claims: tuple[Composed, ...],
    more: tuple[Composed, ...],
    others: tuple[Composed, ...],
    former: tuple[Composed, ...],
    sides: Sides,
) -> _Field:
    question = sides.question
    items = enumerate((*claims, *more, *others, *former))
    taken = {i: side for i, item in items if (side := sides.of(item)) is not None}
    taken = _with_choices(_of_it_itself(as_is_asked(taken, question), question), question)
    before = len(claims) + len(more)
    return _Field(taken, len(claims), before, before + len(others))


_TELLS_TO_USE = lazy(r"(?:^|:\s)(?:use|give|offer|apply|treat with|start with)\b", re.I)


def _with_choices(sides: dict[int, Side], question: Question) -> dict[int, Side]:
    """Where it is asked which drug to give, one that is dosed for the problem is a choice.

    Not where its source says which comes first.
    """
    drugs = [t.name for t in question.terms if t.kind == "substance"]
    asks = bool(drugs) or Aspect.CHOICE in question.aspects
    if not asks or not all(is_class(name) for name in drugs):
        return sides
    told = {
        source
        for side in sides.values()
        for source in side.sources
        if any(a.respect is Respect.CHOICE for a in side.advice)
    }
    chosen = {}
    for i, side in sides.items():
        names = frozenset(
            name for a in side.advice if a.respect is Respect.DOSE for name in a.names
        )
        if Aspect.CHOICE in question.aspects and _TELLS_TO_USE.search(side.item.claim.text):
            names = names or drugs_of(side.item.claim)
        for_it = any(
            names_condition(candidate, name)
            for name in treated(question)
            for candidate in side.item.candidates
        )
        if names and for_it and side.fits and side.tier < 2 and not side.sources & told:
            choice = Advice(Respect.CHOICE, names=names)
            side = replace(side, advice=(*side.advice, choice))
        chosen[i] = side
    return chosen


def _of_it_itself(sides: dict[int, Side], question: Question) -> dict[int, Side]:
    """Where something is said of the drug itself or its forms, what is said of kin is no side.

    What rules its whole class out rules it out too.
    """
    asked = [t.name for t in question.terms if t.kind in ("substance", "co-drug")]

    def of_it(advice: Advice) -> bool:
        return any(belongs_to(name, drug) for name in advice.names for drug in asked)

    def bars_its_class(side: Side, advice: Advice) -> bool:
        if advice.respect is not Respect.USE or advice.yes:
            return False
        named = names_barred(side.item.claim)
        its_own = {name for name in named if any(belongs_to(d, name) for d in asked)}
        return bool(its_own) and (its_own == named or side.is_of_asked)

    itself = {a.respect for side in sides.values() for a in side.advice if of_it(a)}

    def kept(side: Side) -> tuple[Advice, ...]:
        return tuple(
            a
            for a in side.advice
            if a.respect not in itself or not a.names or of_it(a) or bars_its_class(side, a)
        )

    return {i: replace(side, advice=kept(side)) for i, side in sides.items()}


def _is_one_work(a: Side, b: Side) -> bool:
    """Whether both stand in copies of one edition of a document: as text and as JSON, say."""
    ours, theirs = ({(work_of(s), s.year) for s in side.item.sources} for side in (a, b))
    return bool(ours & theirs)


def _differences(field: _Field, *, nameless: bool) -> list[_Compared]:
    found: dict[tuple[str, str], list[_Compared]] = {}
    for i, a in field.sides.items():
        for j, b in field.sides.items():
            if i >= j or a.sources & b.sources or _is_one_work(a, b):
                continue  # what one source says beside itself is no conflict
            for x, y, apart in compare(a, b):
                if not field.meet(i, j, x.respect):
                    continue
                if x.respect is Respect.DOSE and not (nameless or x.names or y.names):
                    continue  # of what, neither says: they may be two drugs that no lexicon has
                compared = _Compared(_matter(x, y, a.own | b.own), i, j, apart)
                for one in a.sources:
                    for other in b.sources:
                        key = (min(one, other), max(one, other))
                        found.setdefault(key, []).append(compared)
    return [d for pair in found.values() for d in _unreconciled(pair, field)]


def _matter(x: Advice, y: Advice, group: frozenset[str]) -> _Matter:
    names = sorted((x.names & y.names) or (x.names | y.names))
    routes = sorted((x.routes & y.routes) or (x.routes | y.routes))
    phase = x.phase or y.phase  # a dose of no stated phase is compared with the usual one
    drug = base_of(names[0]) if names and x.respect is not Respect.CHOICE else ""
    route = routes[0] if routes else ""
    return _Matter(x.respect, drug, route, phase, group, x.unit)


def _unreconciled(pair: list[_Compared], field: _Field) -> list[_Compared]:
    """The best difference of two sources on each matter that they nowhere agree on."""
    kept: dict[_Matter, _Compared] = {}
    for compared in sorted(pair, key=lambda c: _cost(c, field)):
        tier = _tier(compared, field)
        sides = {compared.one, compared.other}
        agreed = any(
            not other.apart
            and sides & {other.one, other.other}
            and _same(other.matter, compared.matter)
            and _tier(other, field) <= tier
            for other in pair
        )
        if compared.apart and not agreed and _stand(compared, field):
            matter = replace(compared.matter, unit="")
            if not any(_same(matter, known) for known in kept):
                kept[matter] = compared
    return list(kept.values())


def _stand(compared: _Compared, field: _Field) -> bool:
    """Whether both are what their source says to this patient, and one at least is shown."""
    one, other = field.sides[compared.one], field.sides[compared.other]
    leaflets = {_is_leaflet(one), _is_leaflet(other)}
    if len(leaflets) == 2:
        return False  # what patients are told in general is no position against a guideline
    if compared.matter.respect is Respect.THRESHOLD:
        return True  # it is of this patient's value already
    for rank, against in ((compared.one, other), (compared.other, one)):
        side = field.sides[rank]
        for source in side.sources - against.sources:
            for i in field.ranks_of(source):
                rival = field.sides[i]
                if i == rank or not field.speaks(i, compared.matter.respect):
                    continue
                if (
                    field.shown <= rank < field.claims
                    and i < field.shown
                    and rival.tier <= side.tier
                ):
                    return False  # it says something on the matter that is shown
                if rival.tier < side.tier:
                    return False  # it says something that is more to the point
                if side.tier == 1 and against.tier == 0 and rival.by & against.by - side.by:
                    return False  # whether its general advice holds is not known
    return True


def _is_leaflet(side: Side) -> bool:
    return all(s.kind is SourceKind.PATIENT_INFORMATION for s in side.item.sources)


def _cost(compared: _Compared, field: _Field) -> tuple[int, int, int, int]:
    ranks = compared.one, compared.other
    return (_tier(compared, field), sum(ranks), *ranks)


def _tier(compared: _Compared, field: _Field) -> int:
    return field.sides[compared.one].tier + field.sides[compared.other].tier


def _same(a: _Matter, b: _Matter) -> bool:
    same = (a.respect, a.group, a.unit) == (b.respect, b.group, b.unit)
    known = ((a.drug, b.drug), (a.route, b.route))
    return (
        same and phases_meet(a.phase, b.phase) and all(x == y or not x or not y for x, y in known)
    )


def _joined(differences: Iterable[_Compared]) -> list[tuple[_Matter, tuple[int, ...]]]:
    """Differences on one matter, joined where they share a side; their sides in order."""
    groups: list[tuple[_Matter, set[int]]] = []
    for d in differences:
        matter = replace(d.matter, group=frozenset(), unit="")
        touching = [g for g in groups if g[0] == matter and g[1] & {d.one, d.other}]
        groups = [g for g in groups if g not in touching]
        groups.append((matter, {d.one, d.other}.union(*(members for _, members in touching))))
    return sorted(((m, tuple(sorted(ids))) for m, ids in groups), key=lambda g: g[1])


def _positions(items: list[Composed], also: list[Composed]) -> tuple[Position, ...]:
    """One position for each claim; those that give the same doses are joined.

    `also` are claims of further sources, which only join what they say too.
    """
    positions: list[Composed] = []
    for item in (*items, *also):
        for i, known in enumerate(positions):
            joined = _together(known, item)
            if joined is not None:
                positions[i] = joined
                break
        else:
            positions += [item] if item in items else []
    return tuple(
        Position(p.claim, tuple(dict.fromkeys(c.reference for c in p.claim.citations)))
        for p in positions
    )


def _together(known: Composed, item: Composed) -> Composed | None:
    """Two claims of the same doses in the words of the one that the passages of both support."""
    ours, theirs = (_without_durations(c.claim.dosages) for c in (known, item))
    if not ours or not same_dosages(ours, theirs):
        return None
    candidates = (*known.candidates, *item.candidates)
    for said in (known, item):
        if all(gate(said.claim.text, candidate).supported for candidate in candidates):
            citations = known.claim.citations + item.claim.citations
            claim = replace(said.claim, citations=citations)
            return replace(said, claim=claim, candidates=candidates)
    return None


def _without_durations(dosages: tuple[Dosage, ...]) -> tuple[Dosage, ...]:
    return tuple(replace(d, duration=None) for d in dosages)


def _title(respects: list[Respect], matter: _Matter, about: str) -> str:
    """What the sources differ on: "dose and duration of amoxicillin, oral"."""
    what = " and ".join(dict.fromkeys(r.value for r in respects))
    if matter.phase and matter.respect is Respect.DOSE:
        what = f"{matter.phase.value} {what}"
    of = f" of {about}" if about else ""
    if matter.respect in (Respect.USE, Respect.LIMIT, Respect.THRESHOLD):
        of = f" ({about})" if about else ""
    by = f", {matter.route}" if matter.route and matter.respect is not Respect.ROUTE else ""
    return f"{what}{of}{by}"
