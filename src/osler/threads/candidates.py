"""Ways of wording a full question, and the one that is understood as it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from osler.answering.cues import cues as question_cues
from osler.answering.understanding.everyday import is_everyday
from osler.domain import Aspect, Patient, Phase, Question, Term
from osler.dosage import find_routes
from osler.library import Library
from osler.statements import read_patient
from osler.statements.vocabulary.conditions import is_a
from osler.threads import cues, speech
from osler.threads.conditions import qualified
from osler.threads.own_words import asks_of_a_time, in_own_words, left_of_patient
from osler.threads.patient_words import in_patient
from osler.threads.topic import DRUGS, Topic, is_checked, read, topic_of
from osler.threads.unsaid import unsaid
from osler.threads.wording import is_class, sentence, subject_in_words, worded

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
    instead: tuple[str, ...],
    kept: bool,
) -> list[str]:
    """Full questions that may ask for the target, the closest to what was typed first.

    `text` is the follow-up, `new` what it was understood as, `last` the question before, `instead`
    the drugs in place of which another is asked for;
    `kept` where the words of the follow-up must not be lost.
    """
    if instead:
        return [_alternative(target, instead), worded(target)]
    if speech.MATTERS.search(text) and target.aspects == (Aspect.INTERACTION,):
        return [worded(target)]
    if target.drugs and any(
        cue.search(text) for cue in (speech.PER_TIME, speech.AIM, speech.OBSERVED)
    ):
        return [worded(target)]
    if target.aspects == (Aspect.CHOICE,) and target.drugs and all(map(is_class, target.drugs)):
        return [worded(target)]
    own = topic_of(new)
    asks_itself = target.aspects != before.aspects or own.aspects == target.aspects
    found = []
    if (
        kept
        and (target.drugs or target.treated)
        and not (asks(text, new) or asks_of_a_time(target, text))
    ):
        whole = worded(target)
        left = unsaid(cues.own_words(text), whole, _understood(text, new, target))
        found.append(sentence(f"{whole.rstrip('?')}: {left}") if left else whole)
    if kept or (asks_itself and _BY_OWN_WORDS & set(target.aspects)):
        found += in_own_words(target, text, own)
    elif not asks_itself and _needs_its_words(before):
        found += _exchanged(target, before, last)
    return [*found, worded(target), *in_own_words(target, text, own)]


def _understood(text: str, new: Question, target: Topic) -> Iterator[str]:
    """Words that were taken up in a part of the question: names, and what asks."""
    for term in (*new.terms, *target.drugs, *target.treated):
        yield term.text
        yield term.name
    if set(new.aspects) <= {*target.aspects, Aspect.ANY}:
        yield from _asking_words(text)


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
        question = read(text, library)
        off = _off(target, question)
        same = question.yes_no or set(question.aspects) == set(target.aspects)
        if off <= (_LITTLE if kept and number == 0 and same else 0):
            return text
        ranked.append((off, number, text))
    return min(ranked)[2]


def is_understood_as(target: Topic, text: str, library: Library | None) -> bool:
    """Whether a full question says the target, no more and no less."""
    return _off(target, read(text, library)) == 0


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


def asks(text: str, new: Question) -> bool:
    """Whether a follow-up is a question by its form, and not a mere name or something told."""
    return new.yes_no or bool(cues.IS_A_QUESTION.search(text))


def has_words_of_its_own(text: str, new: Question) -> bool:
    """Whether a follow-up says more than the parts of a question hold."""
    if cues.WHY.search(cues.own_words(text)):
        return True
    if any(t.kind in DRUGS and is_checked(new.understood, t) for t in new.terms):
        return True  # "how often is blood glucose checked?"
    named = (t if t.kind in DRUGS else qualified(text, t) for t in new.terms)
    known = {w for t in named for w in re.findall(r"[\w'’/-]+", f"{t.text} {t.name}".lower())}
    known |= {w for name, _ in new.patient.measurements for w in name.split()}
    known |= {w for kin in cues.KIN.finditer(text) for w in kin.group().lower().split()}
    if not cues.TOLD.search(text):
        known |= {w for said in _asking_words(text) for w in said.lower().split()}
    routes = find_routes(text)
    known |= {w for r in routes for w in text[r.start : r.end].lower().split()}
    known |= {w for w in new.content_words if read_patient(w) != Patient()}
    spoken = (re.sub(r"['’]s$", "", w) for w in new.content_words if not cues.CONTRACTED.match(w))
    left = (w for w in spoken if w not in known and not is_everyday(w))
    return len({r.value for r in routes}) > 1 or not all(map(cues.OF_A_PATIENT.match, left))


def _asking_words(text: str) -> Iterator[str]:
    """The words by which a text asks for something, or for a step of a course: "how fast"."""
    words = text.split()
    for _, cue in (*question_cues().aspects, *question_cues().phases):
        yield from (found.group() for found in cue.finditer(text))
        yield from (word.strip(" ,.;:?!") for word in words if cue.search(word))


def _needs_its_words(before: Topic) -> bool:
    return before.yes_no or bool(_BY_OWN_WORDS & set(before.aspects))


def names_its_drugs(target: Topic, new: Question) -> bool:
    """Whether a follow-up in its own words names all drugs that it is about."""
    return {t.name for t in target.drugs} <= {t.name for t in topic_of(new).drugs}


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
    return [sentence(f"{text}{in_patient(left_of_patient(target, replace(target, patient=told)))}")]


def _patient_of(topic: Topic) -> str:
    return in_patient(topic.patient, _names(topic.treated))


def _alternative(target: Topic, names: tuple[str, ...]) -> str:
    prevents = Phase.PROPHYLAXIS in target.phases and (target.treated or target.purpose)
    phases = (Phase.PROPHYLAXIS,) if prevents else ()
    rest = subject_in_words(replace(target, drugs=(), phases=phases))
    return sentence(f"what can be given instead of {' and '.join(names)} {rest}")
