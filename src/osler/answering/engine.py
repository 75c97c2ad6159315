"""understand → retrieve → select → compose → check, in one visible line."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from osler import __version__
from osler.answering.abstain import abstain, abstain_from, describe
from osler.answering.assemble import assemble, stamp
from osler.answering.candidates.subject import relation
from osler.answering.composing.compose import Composed, compose_claims
from osler.answering.composing.derive import with_derivations
from osler.answering.composing.doubts import with_warning
from osler.answering.disagreeing.conflicts import find_conflicts
from osler.answering.disagreeing.currency import keep_current
from osler.answering.disagreeing.other_positions import MOST_MORE, positions_of_others
from osler.answering.disagreeing.sides import Sides
from osler.answering.judging.allergens import (
    allergens_asked_about,
    in_place_of_allergens,
    is_of_an_allergen,
    that_serve_instead,
)
from osler.answering.judging.relevance import prepare
from osler.answering.judging.with_bars import with_bars
from osler.answering.opening import bottom_line
from osler.answering.opening.support import MOST_WORDS, choose_support
from osler.answering.opening.yes_no import yes_or_no
from osler.answering.retrieving.retrieve import retrieve
from osler.answering.selecting.select import Selection, select
from osler.answering.uncollected import uncollected
from osler.answering.understanding.language import other_language
from osler.answering.understanding.overridden import overridden
from osler.answering.understanding.question_scope import is_general
from osler.answering.understanding.scenarios import scenarios
from osler.answering.understanding.understand import understand
from osler.answering.understanding.unlisted import on_the_drug_named
from osler.domain import Answer, Applies, Aspect, Audience, Patient, Question
from osler.domain.identifier import without_placeholders
from osler.library import Library


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the questions in a text, with what answers it."""

    question: Question
    selection: Selection
    composed: tuple[Composed, ...]
    more: tuple[Composed, ...]  # crowded out, yet perhaps another position
    not_reached: tuple[Composed, ...]  # for patients with other values: says when to act
    former: tuple[Composed, ...]  # of superseded sources, which a current one contradicts, perhaps
    sides: Sides


@uncollected()
def ask(
    library: Library,
    text: str,
    *,
    audience: Audience = Audience.PHYSICIAN,
    patient: Patient | None = None,
) -> Answer:
    """Answer a question from a library, or abstain.

    `patient` adds to (and overrides) what the question says of the patient. The same
    question on the same library version gives the same answer, but for `elapsed_ms`; so does
    one in which placeholders stand for what tells who the patient is ("[NAME]").

    Raises EmptyQuestion and UsageError (see `understand`) and LibraryError.
    """
    started = time.perf_counter()
    typed, text = text, without_placeholders(text)
    whole = _understood(library, text, patient)
    language = other_language(text)
    asked = () if language else _questions(library, whole, patient)
    barred = allergens_asked_about(whole)
    parts = [_answer_part(library, question, barred) for question in asked]
    if language:
        answer = stamp(whole, abstention=abstain_from(language, whole))
    elif any(part.composed for part in parts):
        answer = _answered(library, whole, parts)
    else:
        silence = abstain(
            whole,
            parts[0].selection,
            lambda s: bool(s.dosages) and library.suspicion(s) is not None,
            frequency_of=library.frequency,
            empty=library.is_empty,
        )
        answer = stamp(whole, abstention=silence)
    said = _understood(library, text, None).patient if patient else Patient()
    return replace(
        answer,
        question=replace(answer.question, text=typed),
        safety_notices=(*answer.safety_notices, *overridden(said, patient)),
        audience=audience,
        ranking=library.ranking,
        library_version=library.version,
        engine_version=__version__,
        elapsed_ms=round((time.perf_counter() - started) * 1000, 1),
    )


def _understood(library: Library, text: str, patient: Patient | None) -> Question:
    question = understand(text, frequency_of=library.frequency, other_names=library.other_names)
    if patient is None:
        return question
    return replace(question, patient=merge_patients(question.patient, patient))


def questions_in(library: Library, text: str, patient: Patient | None = None) -> list[Question]:
    """Understand the questions of a text, each as it is answered (see `scenarios`)."""
    return _questions(library, _understood(library, text, patient), patient)


def _questions(library: Library, whole: Question, patient: Patient | None) -> list[Question]:
    """The questions of a text; each takes from those before it what it goes on from."""
    parts = scenarios(whole.text)
    if len(parts) == 1:
        return [in_place_of_allergens(whole)]
    asked: list[Question] = []
    for part in parts:
        question = _understood(library, part.text, patient)
        if part.follows:
            question = go_on(asked[-1], question)
        if part.instead:
            question = in_place_of(question)
        asked.append(in_place_of_allergens(question))
    return asked


def go_on(before: Question, question: Question) -> Question:
    """A question with the conditions and the patient of the one before, where it names none."""
    named = tuple(t for t in before.terms if t.kind not in ("substance", "co-drug"))
    has_own = any(t.kind not in ("substance", "co-drug") for t in question.terms)
    asks_nothing_new = question.aspects == (Aspect.ANY,) and not question.yes_no
    carried = "" if has_own else ", ".join(t.name for t in named)
    return replace(
        question,
        text=f"{question.text} ({carried})" if carried else question.text,
        terms=question.terms if has_own else (*question.terms, *named),
        aspects=before.aspects if asks_nothing_new else question.aspects,
        background=question.background if has_own else before.background,
        route=question.route or (None if _names_another(before, question) else before.route),
        patient=merge_patients(before.patient, question.patient),
    )


def _names_another(before: Question, question: Question) -> bool:
    """Whether a question is on a drug that the one before did not name."""
    known = {t.name for t in before.terms}
    return any(t.kind == "substance" and t.name not in known for t in question.terms)


def in_place_of(question: Question) -> Question:
    """The question for another drug, where it says what is to be treated; else for its dose."""
    aspects = tuple(dict.fromkeys((*question.aspects, Aspect.DOSE)))
    treated = [t for t in question.terms if t.kind not in ("substance", "co-drug")]
    if not any(t.name not in question.background for t in treated):
        return replace(question, aspects=aspects)
    return replace(question, terms=tuple(treated), aspects=(Aspect.CHOICE, *aspects))


def _answer_part(library: Library, question: Question, barred: tuple[str, ...]) -> _Part:
    found = on_the_drug_named(retrieve(library, question), question)
    found = that_serve_instead(found, barred, question)
    asked = prepare(question, library.idf, library.frequency)
    selection = select(with_bars(library, found, asked), asked)
    not_reached = compose_claims(selection.not_reached[:MOST_MORE], question)
    composed = (
        *compose_claims(selection.core, question),
        *compose_claims(positions_of_others(selection, question), question),
        *not_reached,
    )
    current, former = keep_current(
        tuple(with_warning(library, item) for item in composed), question
    )
    current = tuple(with_derivations(library, item, question) for item in current)
    core = {s.candidate.statement.id for s in selection.core}
    unmet = {s.candidate.statement.id for s in selection.not_reached}
    shown = tuple(c for c in current if c.scored.candidate.statement.id in core)
    dosed = [c.scored.candidate for c in shown if c.claim.dosages]
    if barred and all(is_of_an_allergen(candidate, question) for candidate in dosed):
        shown = ()  # nothing is named that may be given in its place
    beside = [c for c in current if c not in shown]
    more = tuple(c for c in beside if c.scored.candidate.statement.id not in unmet)
    unreached = tuple(c for c in beside if c not in more)
    return _Part(question, selection, shown, more, unreached, former, Sides(question))


def _answered(library: Library, whole: Question, parts: list[_Part]) -> Answer:
    told = sum(bool(part.composed) for part in parts)  # of what nothing is known takes no room
    room = bottom_line.MOST_SENTENCES // max(told, 1)
    opening: list[Composed] = []
    for_others: list[str] = []
    for part in parts:
        chosen = bottom_line.choose(part.composed, part.sides)
        opening += _new(chosen[: max(room, 1)], opening)
        if not chosen and any(c.claim.applies is Applies.NO for c in part.composed):
            for_others.append(describe(part.question))
    core = _new((item for part in parts for item in part.composed), [])
    selection = parts[0].selection
    support = choose_support(whole, selection, tuple(core)) if len(parts) == 1 else ()
    support = tuple(
        with_derivations(library, with_warning(library, item), whole) for item in support
    )
    subject = next((t.name for t in whole.terms if t.kind == "substance"), "")
    crowded_out = _new((item for part in parts for item in part.more), core)
    former = tuple(_new((item for part in parts for item in part.former), core))
    not_reached = _new((item for part in parts for item in part.not_reached), core)
    sides = parts[0].sides if len(parts) == 1 else Sides(whole)
    conflicts = find_conflicts(
        tuple(core), tuple(crowded_out), (*support, *not_reached), former, sides, subject
    )
    rest = [*_new(_within_budget(core, opening, whole), opening), *_new(support, core)]
    everything = (*opening, *core, *support, *crowded_out, *not_reached, *former)
    answer = assemble(whole, selection, tuple(opening), rest, conflicts, everything)
    unanswered = [describe(part.question) for part in parts if not part.composed]
    unanswered += for_others
    unanswered += [name for part in parts if part.composed for name in _unmet(part)]
    leave = yes_or_no(parts[0].question, opening)
    if leave == "yes" and selection.unspoken:
        leave = None  # allowed, but for a condition of which nothing is said
    return replace(answer, unanswered=tuple(unanswered), yes_no=leave)


def _within_budget(
    core: list[Composed], opening: list[Composed], question: Question
) -> list[Composed]:
    """What a reader at the bedside has time for; a topic asked about as a whole is told whole."""
    if is_general(question):
        return core
    kept: list[Composed] = []
    words = sum(len(item.claim.text.split()) for item in opening)
    for item in core:
        length = 0 if item in opening else len(item.claim.text.split())
        if words + length <= MOST_WORDS:
            words += length
            kept.append(item)
    return kept


def _unmet(part: _Part) -> list[str]:
    """The drugs asked about that no claim of the answer is on, and the conditions asked about that
    nothing on the drug speaks of."""
    named = {name for c in part.composed for s in c.claim.statements for name in s.substances}
    drugs = [term.name for term in part.question.terms if term.kind == "substance"]
    unmet = [d for d in drugs if named and not any(relation(d, n) for n in named)]
    return unmet + [f"{drugs[0]} in {name}" for name in part.selection.unspoken if drugs]


def _new(items: Iterable[Composed], known: list[Composed]) -> list[Composed]:
    """The items whose statements are not shown yet, each once."""
    seen = {s.id for item in known for s in item.claim.statements}
    fresh = []
    for item in items:
        if not seen & {s.id for s in item.claim.statements}:
            fresh.append(item)
            seen |= {s.id for s in item.claim.statements}
    return fresh


def merge_patients(read: Patient, given: Patient) -> Patient:
    """What was given explicitly, over what the question says."""
    empty = Patient()
    changes = {
        name: getattr(given, name)
        for name in Patient.__dataclass_fields__
        if getattr(given, name) != getattr(empty, name)
    }
    return replace(read, **changes)
