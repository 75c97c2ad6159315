"""What a question is about, in the parts that a follow-up may change one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from osler.answering.cues import cues
from osler.answering.understanding.drug_roles import Role, drug_roles
from osler.answering.understanding.understand import understand
from osler.domain import Aspect, Patient, Phase, Question, Term
from osler.domain.group import UNKNOWN_PATIENT
from osler.library import Library
from osler.statements import find_substances
from osler.threads.conditions import is_for, is_had, purpose_phrase, qualified
from osler.threads.unsaid import is_of_the_telling

DRUGS = ("substance", "co-drug")


@dataclass(frozen=True, slots=True)
class Topic:
    """The parts of a question. `purpose` is what a drug is for, where no lexicon has it."""

    drugs: tuple[Term, ...] = ()
    treated: tuple[Term, ...] = ()
    purpose: str | None = None
    aspects: tuple[Aspect, ...] = ()
    phases: tuple[Phase, ...] = ()
    route: str | None = None
    patient: Patient = UNKNOWN_PATIENT
    yes_no: bool = False


def read(text: str, library: Library | None) -> Question:
    """Understand a question as `ask` does. Raises EmptyQuestion and UsageError."""
    if library is None:
        return understand(text)
    return understand(text, frequency_of=library.frequency, other_names=library.other_names)


def names_a_subject(text: str, library: Library | None) -> bool:
    """Whether a text says itself which drug or condition it is about."""
    topic = topic_of(read(text, library))
    return bool(topic.drugs or topic.treated or topic.purpose)


def topic_of(question: Question) -> Topic:
    """The parts of a question as it was understood."""
    patient = question.patient
    drugs = tuple(
        t
        for t in question.terms
        if t.kind == "substance" and not is_measured(question, t) and not _is_left(question, t)
    )
    named = [t for t in question.terms if t.kind not in DRUGS]
    treated = tuple(
        t
        for t in named
        if t.name not in question.background
        and t.name not in patient.absent_conditions
        and not is_had(without_note(question), t.text)
        and (t.kind != "procedure" or is_for(question.understood, t.text))
    )
    treated = tuple(qualified(without_note(question), t) for t in treated) or tuple(
        # "in oedema": a sign that something is given for, and nothing else
        t
        for t in named
        if t.name in cues().features and is_for(question.understood, t.text)
    )
    return Topic(
        drugs=drugs,
        treated=treated,
        purpose=_purpose_of(question, treated),
        aspects=question.aspects,
        phases=question.phases,
        route=question.route,
        patient=replace(patient, drugs=beside(taken_in(question), drugs)),
        yes_no=question.yes_no,
    )


def _purpose_of(question: Question, treated: tuple[Term, ...]) -> str | None:
    """What a drug is for; not what another is taken for, "she is on clarithromycin for a cough"."""
    purpose = purpose_phrase(question, tuple(t.text for t in treated))
    if purpose is None:
        return _prevented(question) if not treated else None
    if _NO_PURPOSE.fullmatch(purpose) or _IS_SOMEONE.match(purpose):
        return None
    at = question.understood.find(purpose)
    told = _TAKEN_FOR.search(question.understood, 0, at)
    return None if told and find_substances(told["drug"]) else purpose


def _prevented(question: Question) -> str | None:
    """What no lexicon has and is to be prevented: "to prevent sickness after surgery"."""
    found = _TO_PREVENT.search(without_note(question))
    if found is None or find_substances(found["what"]):
        return None
    return found["what"].strip()


_TO_PREVENT = re.compile(
    r"\bto (?:prevent|ward off|stop)\s+(?P<what>(?:(?!(?:it|this|that|them|these|those|for|in|"
    r"after|and|or|with|from|if|how|what|when|is|to|who|while|by|at|on|a|an|the|another)\b)"
    r"[a-z][a-z'’-]{3,}\s*){1,4})",
    re.IGNORECASE,
)
# "Just for prevention": the step of a course, and no illness.
_NO_PURPOSE = re.compile(
    r"(?:prevention|prophylaxis|maintenance|treatment|therapy|induction|preventer|that|this|it)\s*",
    re.IGNORECASE,
)
_IS_SOMEONE = re.compile(
    r"(?:(?:an?|the|this|that|my|our|her|his|their)\s+)?(?:[\w-]+\s+){0,2}?(?:school-?)?(?:girl|boy|"
    r"child|kid|baby|infant|toddler|newborn|man|woman|lady|gentleman|patient|adult)s?\b(?!['’]s)",
    re.IGNORECASE,
)
_TAKEN_FOR = re.compile(
    r"\b(?:(?:has|have|had|put|started|got)\s+(?:him|her|them|me)\s+on|(?:is|was|['’]s|been|already)\s+"
    r"(?:on|taking|having)|takes|taking)\s+(?P<drug>[\w-]+(?:\s+[\w-]+)?)\s+(?:for|against)\s+$",
    re.IGNORECASE,
)


def without_note(question: Question) -> str:
    """What was understood, without the note on what was read as what."""
    return question.understood.partition(" (“")[0]


def is_measured(question: Question, term: Term) -> bool:
    """Whether a substance is only named with its level, or as a test: "K 2.7"."""
    if is_checked(question.understood, term):
        return True
    if term.name not in dict(question.patient.measurements):
        return False
    text = without_note(question)
    named = [found for found in find_substances(text) if found.name == term.name]
    return all(_is_level(text, found.end) for found in named)


def _is_level(text: str, end: int) -> bool:
    """Whether a number follows, behind words that tell only how it came: "came back at 5.4"."""
    number = _NUMBER.search(text, end)
    if number is None:
        return False
    between = text[end : number.start()]
    words = re.findall(r"[^\W\d_]+", between)
    telling = (is_of_the_telling(w) or w.lower() in ("level", "levels") for w in words)
    return "." not in between and all(telling)


_NUMBER = re.compile(r"\d")


def _is_left(question: Question, term: Term) -> bool:
    """Whether something is asked for in place of a drug: it is not asked about itself."""
    if Aspect.CHOICE not in question.aspects:
        return False
    at = question.understood.lower().find(term.text.lower())
    return at >= 0 and _INSTEAD_OF.search(question.understood, 0, at) is not None


_INSTEAD_OF = re.compile(
    r"\binstead of\s+(?:[\w-]+\s+(?:and|or)\s+)*(?:(?:an?|the)\s+)?$", re.IGNORECASE
)


def is_checked(text: str, term: Term) -> bool:
    """Whether a substance is named as what is measured in the blood: "blood glucose checked"."""
    at = text.lower().find(term.text.lower())
    return (
        at >= 0
        and _CHECKED.match(text, at + len(term.text)) is not None
        and bool(_IN_BLOOD.search(text, 0, at))
    )


_IN_BLOOD = re.compile(r"\b(?:blood|serum|plasma|capillary|urine)\s+$", re.IGNORECASE)
_CHECKED = re.compile(
    r"\s+(?:levels?\s+)?(?:(?:is|are|be|to be|being|gets?)\s+)*(?:checked|measured|monitored|"
    r"tested|repeated|checks?|tests?|monitoring)\b",
    re.IGNORECASE,
)


def taken_in(question: Question) -> tuple[str, ...]:
    """The drugs that the patient takes, those named beside the one asked about among them.

    "Folic acid dose with methotrexate" tells that methotrexate is taken.
    """
    roles = drug_roles(question.understood)
    drugs = (t for t in question.terms if t.kind == "co-drug")
    named = (t.name for t in drugs if not is_measured(question, t))
    return (*question.patient.drugs, *(n for n in named if roles.get(n) in _IS_TAKEN))


_IS_TAKEN = (Role.ASKED, Role.TAKEN)


def beside(taken: tuple[str, ...], asked: tuple[Term, ...]) -> tuple[str, ...]:
    """What is taken beside the drugs asked about: "monitoring on amiodarone" asks about it."""
    names = {t.name for t in asked}
    return tuple(name for name in dict.fromkeys(taken) if name not in names)


def signature(question: Question) -> dict[str, object]:
    """What two questions must share to ask the same, as values that can be compared.

    The yes/no form and the words of a question are left out: they change how it is answered,
    not what is answered.
    """
    found: dict[str, object] = {
        "substance": frozenset(t.name for t in topic_of(question).drugs),
        "condition": frozenset(t.name for t in question.terms if t.kind not in DRUGS),
        "aspect": frozenset(question.aspects),
        "phase": frozenset(question.phases),
        "route": question.route,
        "purpose": frozenset(question.purposes),
    }
    for name in Patient.__dataclass_fields__:
        value = getattr(question.patient, name)
        found[name] = frozenset(value) if isinstance(value, tuple) else value
    if question.patient.age_years is not None:
        found["life_stage"] = None  # the age tells it: "a 3-year-old", "a child of 3"
    found["drugs"] = frozenset(topic_of(question).patient.drugs)
    return found


def differences(one: Question, other: Question) -> tuple[str, ...]:
    """The parts in which two questions are not the same."""
    ours, theirs = signature(one), signature(other)
    return tuple(name for name in ours if ours[name] != theirs[name])


_SPACES = re.compile(r"\s+")


# "girl is HIV+. pyridoxine how much": a sentence begins behind a word, and no abbreviation.
_BEGINS = re.compile(
    r"(?<=[\w+)%][\w+)%][.])(?<!\bvs\.)(?<!\bdr\.)(?<!\bmax\.)(?<!\bmin\.)(?<!\bapprox\.)\s+[a-z](?=[a-z])",
    re.IGNORECASE,
)


def with_capitals(text: str) -> str:
    """The text with a capital where a sentence begins, by which the one that asks is told."""
    return _BEGINS.sub(lambda m: m.group().upper(), text) if "?" in text else text


def tidy(text: str) -> str:
    """The text on one line, without needless space."""
    return _SPACES.sub(" ", text).strip()
