"""Which safety notices of ours a reader is shown, by general rules kept as data.

A notice is uncited and never holds a dose: it says how a drug is given, what to watch for, what
an answer means and when to get help. It is chosen by the routes, drug classes, words and kinds
of the answer; nothing of it is worked out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from osler.domain import Answer, Audience, BoxKind, Claim, Dosage, DosageRole, NoticeBox
from osler.statements.vocabulary.substances import belongs_to


@dataclass(frozen=True, slots=True)
class Rule:
    """A notice and when it is shown: every condition that is given must hold."""

    kind: BoxKind
    text: str
    routes: frozenset[str] = frozenset()
    drugs: tuple[str, ...] = ()  # names of drugs or of classes
    not_drugs: tuple[str, ...] = ()  # with one of these it is not shown, whatever else holds
    cue: re.Pattern[str] | None = None  # of the words of question and claims
    unless: re.Pattern[str] | None = None  # words with which it is not shown: an emergency
    weekly: bool = False  # one of its drugs is given once a week
    anywhere: bool = False  # its drugs count wherever they stand, not only where a reader acts
    with_doses: bool = False
    with_conflicts: bool = False
    always: bool = False


@dataclass(frozen=True, slots=True)
class _Facts:
    routes: frozenset[str]
    drugs: frozenset[str]
    every_drug: frozenset[str]
    weekly: frozenset[str]  # drugs that a claim gives once a week
    words: str
    has_doses: bool
    has_conflicts: bool


@dataclass(frozen=True, slots=True)
class _Kind:
    title: str
    readers: frozenset[str]
    most: int


def boxes_for(
    answer: Answer, audience: Audience, translate: Callable[[str], str] = str
) -> tuple[NoticeBox, ...]:
    """The boxes of notices for a reader of this answer, in the order of the data."""
    kinds, rules = _notices()
    facts = _facts(answer)
    boxes = []
    for kind, about in kinds.items():
        if audience.value not in about.readers:
            continue
        special = [r.text for r in rules if r.kind is kind and not r.always and _holds(r, facts)]
        general = [r.text for r in rules if r.kind is kind and r.always]
        if answer.answered or kind is BoxKind.HELP:
            lines = (*special[: about.most], *general)
            if special or (general and kind is BoxKind.HELP) or answer.answered:
                boxes.append(NoticeBox(kind, translate(about.title), tuple(map(translate, lines))))
    return tuple(box for box in boxes if box.lines)


def texts() -> tuple[str, ...]:
    """Every title and notice, for whoever translates or reviews them."""
    kinds, rules = _notices()
    return (*(kind.title for kind in kinds.values()), *(rule.text for rule in rules))


def _holds(rule: Rule, facts: _Facts) -> bool:
    drugs = facts.every_drug if rule.anywhere or rule.weekly else facts.drugs
    return (
        (not rule.routes or bool(rule.routes & facts.routes))
        and (not rule.drugs or any(_is_of(d, rule.drugs) for d in drugs))
        and not any(_is_of(d, rule.not_drugs) for d in facts.drugs)
        and (not rule.weekly or any(_is_of(d, rule.drugs) for d in facts.weekly))
        and (rule.cue is None or rule.cue.search(facts.words) is not None)
        and (rule.unless is None or rule.unless.search(facts.words) is None)
        and (not rule.with_doses or facts.has_doses)
        and (not rule.with_conflicts or facts.has_conflicts)
    )


def _is_of(drug: str, classes: tuple[str, ...]) -> bool:
    return any(drug == name or belongs_to(drug, name) for name in classes)


def _facts(answer: Answer) -> _Facts:
    """What an answer is about: the drugs and words of the lines that a reader acts on (the bottom
    line, else every dose), and every route and week of any dose that is shown.
    """
    opening = answer.bottom_line
    dosed = tuple(c for s in answer.sections for c in s.claims if c.dosages)
    shown = opening if any(c.dosages for c in opening) else (*opening, *dosed)
    doses = _doses(shown)
    every = _doses((*opening, *dosed))
    drugs = {d.substance for d in doses if d.substance}
    drugs |= {t.name for t in answer.question.terms if t.kind in ("substance", "class")}
    drugs = drugs or {name for c in shown for name in _named(c)}
    claims = (*opening, *(c for s in answer.sections for c in s.claims))
    return _Facts(
        frozenset(r for d in every for r in (d.routes or (d.route,)) if r),
        frozenset(drugs),
        frozenset(drugs | {name for c in claims for name in _named(c)}),
        frozenset(d.substance for d in every if d.substance and _is_weekly(d)),
        " \n".join((answer.question.text, *(c.composed or c.text for c in shown))),
        bool(doses),
        bool(answer.conflicts),
    )


def _doses(claims: tuple[Claim, ...]) -> tuple[Dosage, ...]:
    """The doses of claims and their later steps; strengths of products aside."""
    heads = [d for c in claims for d in c.dosages if d.role is not DosageRole.STRENGTH]
    return tuple(each for head in heads for each in (head, *head.steps))


def _is_weekly(dosage: Dosage) -> bool:
    when = dosage.frequency
    if when is None:
        return dosage.per_time == "wk"
    once = when.count == 1 and when.count_high is None and when.period_low == 1
    return (once and when.period_unit == "wk") or len(when.weekdays) == 1


def _named(claim: Claim) -> tuple[str, ...]:
    return tuple(name for s in claim.statements for name in s.substances)


@cache
def _notices() -> tuple[dict[BoxKind, _Kind], tuple[Rule, ...]]:
    path = Path(__file__).with_name("data") / "notices.toml"
    data = tomllib.loads(path.read_text("utf-8"))
    kinds = {
        BoxKind(name): _Kind(each["title"], frozenset(each["readers"]), each["most"])
        for name, each in data["boxes"].items()
    }
    rules = tuple(
        Rule(
            kind=BoxKind(each["box"]),
            text=each["text"],
            routes=frozenset(each.get("routes", ())),
            drugs=tuple(each.get("drugs", ())),
            not_drugs=tuple(each.get("not_drugs", ())),
            cue=re.compile(each["cue"], re.IGNORECASE) if "cue" in each else None,
            unless=re.compile(each["unless"], re.IGNORECASE) if "unless" in each else None,
            weekly=each.get("weekly", False),
            anywhere=each.get("anywhere", False),
            with_doses=each.get("with_doses", False),
            with_conflicts=each.get("with_conflicts", False),
            always=each.get("always", False),
        )
        for each in data["notice"]
    )
    return kinds, rules
