"""Ways of wording a full question, and the one that is understood as it is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from osler.answering.cues import cues as question_cues
from osler.answering.understand import aspects_in
from osler.domain import Aspect, Patient, Question, Term
from osler.dosage import find_routes
from osler.library import Library
from osler.statements import read_patient
from osler.statements.conditions import is_a
from osler.threads import cues
from osler.threads.facts import not_said
from osler.threads.patient_words import in_patient
from osler.threads.topic import Topic, read, topic_of
from osler.threads.wording import sentence, subject_in_words, worded

# Whose wording by the parts alone would lose what is asked.
_BY_OWN_WORDS = {
    Aspect.ADJUSTMENT, Aspect.CONVERSION, Aspect.RESULT, Aspect.TARGET, Aspect.INTERACTION,
}  # fmt: skip


_LITTLE = 2  # parts in which a question may be off for the sake of its own words


def wordings(
    target: Topic,
    text: str,
    new: Question,
    before: Topic,
    last: str,
    *,
    instead: bool,
    kept: bool,
) -> list[str]:
    """Full questions that may ask for the target, the closest to what was typed first.

    `text` is the follow-up, `new` what it was understood as, `last` the question before;
    `kept` where the words of the follow-up must not be lost.
    """
    if instead:
        return [_alternative(target, before), worded(target)]
    own = topic_of(new)
    asks_itself = target.aspects != before.aspects or own.aspects == target.aspects
    found = []
    if kept or (asks_itself and _BY_OWN_WORDS & set(target.aspects)):
        found += _in_own_words(target, text, own)
    elif not asks_itself and _needs_its_words(before):
        found += _exchanged(target, before, last)
    return [*found, worded(target), *_in_own_words(target, text, own)]


def best(
    target: Topic,
    said: Sequence[str],
    library: Library | None,
    extra: Patient | None = None,
    *,
    kept: bool = False,
) -> str:
    """The first wording that is understood as the target, else the one that comes nearest.

    `extra` facts of the patient are added to each wording that lacks them. Where the first holds
    words that no other does (`kept`), it may be a little off: words are not dropped in silence.
    """
    candidates = list(said)
    if extra is not None:
        tail = in_patient(extra)
        candidates = [sentence(text.rstrip("?.! ") + tail) if tail else text for text in said]
        candidates += said
    else:
        candidates.append(worded(target))
    ranked = []
    for number, text in enumerate(dict.fromkeys(candidates)):
        off = _off(target, read(text, library))
        if off <= (_LITTLE if kept and number == 0 else 0):
            return text
        ranked.append((off, number, text))
    return min(ranked)[2]


def _off(target: Topic, question: Question) -> int:
    """In how many parts a question is not understood as the target; a lost drug counts most."""
    got = topic_of(question)
    off = 4 * (_names(got.drugs) != _names(target.drugs))
    off += 2 * (not _are_alike(_conditions(got), _conditions(target)))
    off += set(got.aspects) != set(target.aspects)
    off += set(got.phases) != set(target.phases)
    off += got.route != target.route
    for name in Patient.__dataclass_fields__:
        if name == "conditions":
            continue
        ours, theirs = getattr(got.patient, name), getattr(target.patient, name)
        if isinstance(ours, tuple):
            off += set(ours) != set(theirs)
        else:
            off += ours != theirs
    return off


def _are_alike(got: set[str], wanted: set[str]) -> bool:
    """Whether the conditions are the same; "hypertension in pregnancy" is hypertension too."""
    found = all(any(is_a(g, w) for g in got) for w in wanted)
    return found and all(any(is_a(g, w) for w in wanted) for g in got)


def _names(terms: Sequence[Term]) -> set[str]:
    return {term.name for term in terms}


def _conditions(topic: Topic) -> set[str]:
    return _names(topic.treated) | set(topic.patient.conditions)


def has_words_of_its_own(text: str, new: Question) -> bool:
    """Whether a follow-up says more than the parts of a question hold."""
    if cues.WHY.search(cues.own_words(text)):
        return True
    known = {w for t in new.terms for w in re.findall(r"[\w'’/-]+", f"{t.text} {t.name}".lower())}
    known |= {w for name, _ in new.patient.measurements for w in name.split()}
    if not cues.TOLD.search(text):
        known |= {w for w in new.content_words if aspects_in(w) or _tells_a_phase(w)}
    routes = find_routes(text)
    known |= {w for r in routes for w in text[r.start : r.end].lower().split()}
    known |= {w for w in new.content_words if read_patient(w) != Patient()}
    left = (w for w in new.content_words if w not in known and not cues.CONTRACTED.match(w))
    return len({r.value for r in routes}) > 1 or not all(map(cues.OF_A_PATIENT.match, left))


def _tells_a_phase(word: str) -> bool:
    return any(cue.search(word) for _, cue in question_cues().phases)


def _needs_its_words(before: Topic) -> bool:
    return before.yes_no or bool(_BY_OWN_WORDS & set(before.aspects))


def _in_own_words(target: Topic, text: str, own: Topic) -> list[str]:
    """The follow-up as typed, with what it leaves out behind it."""
    words = cues.own_words(text)
    if not words:
        return []
    names = {t.name for t in own.drugs}
    fresh = [t for t in target.treated if t.name not in {o.name for o in own.treated}]
    rest = replace(
        target,
        treated=tuple(fresh),
        purpose=None if target.purpose in (own.purpose, None) else target.purpose,
        route=None if own.route == target.route else target.route,
        patient=_left(target, own),
    )
    if all(t.name in names for t in target.drugs):
        tail = subject_in_words(replace(rest, drugs=(), phases=()))
        return [sentence(f"{words} {tail}")]
    asked = worded(rest)
    whole = asked[:1].lower() + asked[1:]  # "what about the thyroid: how often is it monitored"
    phrase = subject_in_words(rest)
    same = cues.WHAT_ABOUT.search(text) and Aspect.DOSE not in target.aspects
    return [sentence(f"{words}: {whole if same else phrase}")]


def names_its_drugs(target: Topic, new: Question) -> bool:
    """Whether a follow-up in its own words names all drugs that it is about."""
    return {t.name for t in target.drugs} <= {t.name for t in topic_of(new).drugs}


def _left(target: Topic, own: Topic) -> Patient:
    """The patient's facts that the follow-up does not tell itself."""
    treated = _names(target.treated)
    left = not_said(target.patient, own.patient)
    return replace(left, conditions=tuple(c for c in left.conditions if c not in treated))


def _exchanged(target: Topic, before: Topic, last: str) -> list[str]:
    """The question before, with the new drug or condition in place of the old."""
    text = last.rstrip("?.! ").removesuffix(_patient_of(before))
    for old, fresh in ((before.drugs, target.drugs), (before.treated, target.treated)):
        if _names(old) == _names(fresh):
            continue
        if len(old) != 1 or not fresh:
            return []
        names = " and ".join(t.text for t in fresh)
        text = re.sub(rf"(?<!\w){re.escape(old[0].text)}(?!\w)", names, text, flags=re.IGNORECASE)
    told = topic_of(read(text, None)).patient if text.strip() else Patient()
    return [sentence(f"{text}{in_patient(_left(target, replace(target, patient=told)))}")]


def _patient_of(topic: Topic) -> str:
    return in_patient(topic.patient, _names(topic.treated))


def _alternative(target: Topic, before: Topic) -> str:
    names = " and ".join(t.text for t in before.drugs)
    if not names:
        return worded(target)
    rest = subject_in_words(replace(target, drugs=(), phases=()))
    return sentence(f"what can be given instead of {names} {rest}")
