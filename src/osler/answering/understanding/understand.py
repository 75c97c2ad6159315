"""A question in words → a `Question`: what it is about, what it asks, and for whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from osler.answering.advising.thresholds import asks_for_a_value
from osler.answering.cues import YES_NO, cues
from osler.answering.understanding.asked_aspects import aspects_in, phases_in
from osler.answering.understanding.asked_route import route_asked
from osler.answering.understanding.asking import asking_sentences, relevant_text
from osler.answering.understanding.background import background
from osler.answering.understanding.drug_roles import (
    Role,
    asks_for_another,
    asks_which_drug,
    drug_roles,
    is_measured,
    names_of,
)
from osler.answering.understanding.everyday import is_everyday
from osler.answering.understanding.poisoning import (
    POISONING,
    poisonings,
    poisons_in,
    with_poisonings,
)
from osler.answering.understanding.reversing import asks_to_reverse, names_what_is_reversed
from osler.answering.understanding.spelling import correct_spelling
from osler.answering.understanding.together import go_together, together
from osler.answering.understanding.unlisted import words_in_a_drugs_place
from osler.domain import Aspect, Patient, Question, Term
from osler.domain.errors import EmptyQuestion, UsageError
from osler.domain.identifier import without_placeholders
from osler.dosage import find_durations
from osler.library.terms import STOP_WORDS, terms
from osler.statements import read_group, read_patient
from osler.statements.patients.allergies import ALLERGIC_SIGNS, past_rashes
from osler.statements.vocabulary.analytes import read_measurements
from osler.statements.vocabulary.conditions import condition_synonyms, find_conditions, kind_of
from osler.statements.vocabulary.places import without_parts_of_countries
from osler.statements.vocabulary.substances import belongs_to, find_substances, synonyms

MAX_QUESTION_CHARACTERS = 10_000
_WORD = re.compile(r"[^\W_]+(?:[-'’/][^\W_]+)*")


def understand(
    text: str,
    *,
    frequency_of: Callable[[str], int] | None = None,
    other_names: Callable[[str], tuple[str, ...]] | None = None,
) -> Question:
    """Read a question.

    `frequency_of` gives the number of passages of the library that hold a word; it keeps
    spelling correction away from words that the library knows. `other_names` gives what the
    library's sources write out for an abbreviation.

    Raises EmptyQuestion, and UsageError beyond `MAX_QUESTION_CHARACTERS`.
    """
    question = re.sub(r"\s+", " ", without_placeholders(text)).strip()
    if not _WORD.search(question):
        raise EmptyQuestion("the question is empty")
    if len(question) > MAX_QUESTION_CHARACTERS:
        raise UsageError(
            f"the question has {len(question):,} characters; the limit is "
            f"{MAX_QUESTION_CHARACTERS:,}",
            help="Ask about one patient and one problem; paste documents with: osler add",
        )
    question, corrections = correct_spelling(question, frequency_of)
    question = relevant_text(question)
    poisoned = poisonings(question)
    patient = with_poisonings(read_patient(question), poisoned)
    conditions = _conditions(question, poisoned)
    substances = _substances(question, patient)
    written_out = _written_out(question, (*conditions, *substances), other_names)
    if not substances:
        substances = _abbreviated(written_out) or tuple(
            drug
            for drug in _unknown_drugs(question, frequency_of)
            if not any(drug.name == poisoning.text.lower() for poisoning in poisoned)
        )
    asking = asking_sentences(question)
    taken = patient.drugs if go_together(question) else ()
    narrowed = bool(conditions) or patient != Patient(drugs=taken)
    aspects = _aspects(asking, question, bool(substances), narrowed)
    ill = bool(conditions) and _is_a_patient(patient)  # "cellulitis in a girl allergic to X"
    if aspects == (Aspect.ANY,) and (ill or poisoned or asks_to_reverse(question)):
        aspects = (Aspect.TREATMENT,)  # "naproxen overdose": what is to be done
    if asks_for_a_value(question) and not _DOSE_ASKED.search(question):
        aspects = (Aspect.ANY,)
    named, aspects = together(question, (*substances, *conditions), aspects)
    return Question(
        text=text,
        understood=_understood(question, corrections),
        terms=named,
        aspects=aspects,
        phases=phases_in(question),
        route=route_asked(question, tuple(t.name for t in substances if t.kind == "substance")),
        patient=patient,
        yes_no=bool(YES_NO.search(asking)),
        background=(
            *background(question, conditions, bool(substances)),
            *_told_in_other_words(patient, conditions),
        ),
        purposes=_purposes(question, named),
        content_words=_content_words(question),
        corrections=corrections,
        written_out=written_out,
    )


_DOSE_ASKED = re.compile(r"\b(?:dos(?:e|es|age|ing)|how (?:much|many|often|long))\b", re.IGNORECASE)


def _told_in_other_words(patient: Patient, conditions: tuple[Term, ...]) -> list[str]:
    """What the patient has and no term names: "bad kidneys"."""
    named = {term.name for term in conditions}
    return [name for name in patient.conditions if name not in named]


def _is_a_patient(patient: Patient) -> bool:
    """Whether more is said of somebody than what they have and where they are."""
    told = replace(patient, conditions=(), absent_conditions=(), procedures=(), jurisdiction=None)
    return told != Patient()


_ABBREVIATION = re.compile(r"(?<![\w-])[A-Za-z][A-Za-z0-9]{1,5}(?![\w-])")
_MOST_MEANINGS = 2


def _written_out(
    question: str,
    named: tuple[Term, ...],
    other_names: Callable[[str], tuple[str, ...]] | None,
) -> tuple[tuple[str, str], ...]:
    """Abbreviations that no lexicon has, with what the library's own sources write out."""
    if other_names is None:
        return ()
    known = {word for term in named for word in term.text.lower().split()}
    found: list[tuple[str, str]] = []
    for match in _ABBREVIATION.finditer(question):
        word = match.group()
        if word.lower() in known | cues().asking_words | cues().generic_words:
            continue
        found += [(word, name) for name in other_names(word)[:_MOST_MEANINGS] if " " in name]
    return tuple(dict.fromkeys(found))


def _abbreviated(written_out: tuple[tuple[str, str], ...]) -> tuple[Term, ...]:
    """Drugs that an abbreviation stands for: "hCG"."""
    terms: dict[str, Term] = {}
    for word, name in written_out:
        for found in find_substances(name):
            if found.text == name:
                terms.setdefault(
                    found.name, Term(found.name, "substance", word, synonyms(found.name))
                )
    return tuple(terms.values())


def _aspects(asking: str, question: str, about_drug: bool, narrowed: bool) -> tuple[Aspect, ...]:
    """What the sentences that ask say, else what the whole question says."""
    # "Had 4 doses as a child. Does she need a booster?" asks whether, not how much.
    asks_whether = YES_NO.search(asking) is not None
    found = aspects_in(asking) or ([] if asks_whether else aspects_in(question))
    if not found:
        # "Gentamicin for endocarditis, 75 kg": a drug with a purpose asks for its dose.
        found = [Aspect.DOSE] if about_drug and narrowed and not asks_whether else [Aspect.ANY]
    return tuple(dict.fromkeys(found))


_ITS_DOSE = re.compile(
    r"\s+(?:(?:oral|iv|starting|initial|loading|maintenance|maximum|max|usual)\s+){0,2}"
    r"dos(?:e|age|ing)\b"
    r"(?!\s+(?:is|was|of)\b)",
    re.IGNORECASE,
)


def _substances(question: str, patient: Patient) -> tuple[Term, ...]:
    """The drugs asked about; those taken already come last, and those that are ruled out not."""
    subject: list[Term] = []
    taken: list[Term] = []
    ruled_out: list[Term] = []
    roles = drug_roles(question)
    within = [
        (c.start, c.end)
        for c in find_conditions(question, any_case=True)
        if not names_what_is_reversed(c.text)  # "reverse warfarin" names the drug that is reversed
    ]
    drugs = find_substances(question)
    names = [found.name for found in drugs]
    several = len(set(names)) > 1
    poisons = {name for name, _ in poisons_in(question)}
    for found in drugs:
        if any(start <= found.start and found.end <= end for start, end in within):
            continue  # "iron deficiency anaemia" names no drug
        if any(found.name == t.name for t in (*subject, *taken, *ruled_out)):
            continue
        # What is treated may be named instead of a drug: "cellulitis, penicillin allergy".
        if found.name in poisons or (found.name in patient.allergies and (several or within)):
            continue  # "penicillin allergy: dose of doxycycline"
        role = roles.get(found.name)
        if role is None:
            continue  # "isoniazid-resistant tuberculosis"
        if several and is_measured(question, found):
            continue  # "desmopressin dose, when to check sodium"
        beside = role in (Role.TAKEN, Role.LEFT)
        # Named again, what is taken is asked about: "on phenytoin, level 5. Phenytoin dose?"
        # And so is that whose dose is wanted: "on phenytoin, folic acid dose".
        taken_only = (
            found.name in patient.drugs
            and names.count(found.name) == 1
            and not (role is Role.ASKED and several and _ITS_DOSE.match(question, found.end))
        )
        kind = "substance" if role is Role.ASKED and not taken_only else "co-drug"
        term = Term(found.name, kind, found.text, synonyms(found.name))
        (subject if kind == "substance" else taken if beside else ruled_out).append(term)
    out = names_of(roles, Role.OUT, Role.TRIED, Role.LEFT)
    another = bool(out) and asks_for_another(question)
    if another and within and all(any(belongs_to(o, s.name) for o in out) for s in subject):
        subject = []  # "which antibiotic instead of flucloxacillin": one for the condition
    which = not subject and asks_which_drug(question)
    # "Head lice, dimeticone failed": what else there is for it.
    gave_up = bool(within and ruled_out) and not ("?" in question or _DOSE_ASKED.search(question))
    gave_up = gave_up and all(roles.get(t.name) is Role.TRIED for t in ruled_out)
    gave_up = gave_up and not set(aspects_in(question)) - {Aspect.CHOICE, Aspect.TREATMENT}
    if subject or taken or (another and within) or which or gave_up:
        ruled_out = []
    # "Had adrenaline twice, what next?"; of "on lithium, now ataxic, what now?" lithium is asked.
    lives_with = cues().circumstances | cues().features | {"transplant"}
    ill = bool(patient.procedures) or any(c not in lives_with for c in patient.conditions)
    on_it = any(term.name in patient.drugs for term in taken)
    moved_on = (ill or (patient.conditions and not on_it)) and cues().urgent.search(question)
    open_which = (which and out) or (within and (which or asks_for_another(question)))
    if not subject and (taken or ruled_out) and not (moved_on or another or open_which or gave_up):
        again = sorted((*taken, *ruled_out), key=lambda t: names.count(t.name) < 2)
        subject = [replace(again[0], kind="substance")]  # "on A and B. What do I change B to?"
        taken = [term for term in taken if term.name != subject[0].name]
        ruled_out = [term for term in ruled_out if term.name != subject[0].name]
    return (*subject, *taken, *ruled_out)


def _unknown_drugs(question: str, frequency_of: Callable[[str], int] | None) -> tuple[Term, ...]:
    """Words in a drug's place that neither lexicon nor library knows: they are asked about.

    A dose of something else must not answer for them.
    """
    if frequency_of is None:
        return ()
    words = words_in_a_drugs_place(question)
    unknown = dict.fromkeys(
        word for word in words if word not in STOP_WORDS and frequency_of(word) == 0
    )
    return tuple(Term(word, "substance", word, ()) for word in unknown)


_EXAMINED = re.compile(r"(?:scopy|graphy|biopsy)$")
_SEEN_ON = re.compile(r"\b(?:on|at|by|via)\s+(?:\w+\s+)?$", re.IGNORECASE)


def _conditions(question: str, poisoned: tuple[Term, ...]) -> tuple[Term, ...]:
    terms: dict[str, Term] = {term.name: term for term in poisoned}
    past = past_rashes(question)
    for found in find_conditions(question, any_case=True):
        if found.start in past:
            continue
        if poisoned and found.name == POISONING:
            continue  # it is said of what
        if _EXAMINED.search(found.name) and _SEEN_ON.search(question, 0, found.start):
            continue  # "candida on endoscopy"
        synonymous = condition_synonyms(found.name)
        terms.setdefault(found.name, Term(found.name, kind_of(found.name), found.text, synonymous))
    if terms.keys() <= ALLERGIC_SIGNS:
        for score, _ in read_measurements(question):
            if (graded := _OF_A_SCORE.get(score)) is not None:
                terms[graded] = Term(graded, "condition", score, condition_synonyms(graded))
    return tuple(terms.values())


# A score tells of the illness that it grades, where nothing else does: "FeverPAIN 5".
_OF_A_SCORE = {
    "feverpain": "pharyngitis",
    "centor": "pharyngitis",
    "curb-65": "community-acquired pneumonia",
    "mascc": "febrile neutropenia",
    "cha2ds2-vasc": "atrial fibrillation",
}


# "for panic attacks", "against scabies": what the drug is for.
_PURPOSE = re.compile(
    r"\b(?:for|against|in)\s+((?:(?!(?:for|against|in|of|after|and|or|with|from|if|how|what|when|"
    r"is|to|the last|the next)\b)[a-z][a-z'’-]*\s*){1,5})",
    re.IGNORECASE,
)
# "in a patient allergic to penicillin", "in a boy weighing 20 kg": no purpose either.
_OF_A_PATIENT = frozenset(
    {"allergic", "intolerant", "unable", "weighing", "weighs", "aged", "twin", "brother", "sister"}
)
# "for triglycerides 14": a finding with its value is the patient's, not what the text must name.
_VALUE = re.compile(
    r"(?:of\s+|[:=]\s*)?\d[\d.]*\s*(?:[mµu]mol|mg/d|ng/m|g/l|[,;?.]|$)", re.IGNORECASE
)


# No illness takes an article there, and no ward is one.
_A_PLACE = re.compile(
    r"in\s+(?:(?:an?|my|our|his|her|their|this)\s|(?:the\s+)?(?:ed|a&e|er|icu|itu|hdu|picu|nicu|"
    r"resus|triage|casualty|clinic|theatre|recovery|hospital|emergency (?:department|room))\b)",
    re.IGNORECASE,
)


def _purposes(question: str, named: tuple[Term, ...]) -> tuple[str, ...]:
    """Words for a purpose that no lexicon knows: they must stand in what answers.

    Durations, people and the drugs and conditions already recognised are no purposes.
    """
    known = {word for term in named for word in terms(f"{term.text} {term.name}")}
    found: list[str] = []
    for match in _PURPOSE.finditer(question):
        phrase = match.group(1)
        if _A_PLACE.match(match.group()):
            continue  # "in a muddy field", "in our clinic"
        if read_group(phrase).criteria or find_durations(f"for {phrase}"):
            continue
        if read_patient(match.group()).jurisdiction:
            continue  # "in the UK"
        if _VALUE.match(question, match.end()):
            continue
        words = [w for w in _WORD.findall(phrase.lower()) if _tells(w) and w not in _OF_A_PATIENT]
        fresh = [t for w in words for t in terms(w) if t not in known]
        found += fresh
    return tuple(dict.fromkeys(found))


# "LFTs fine", "echo normal": what is as it should be is no part of the problem.
_AS_IT_SHOULD_BE = re.compile(
    r"\b[\w&+-]+\s+(?:(?:is|are|was|were|all|both)\s+)*(?:fine|normal|NAD|unremarkable)\b"
    r"|\bnormal\s+(?:renal|kidney|liver|thyroid|cardiac)\s+\w+",
    re.IGNORECASE,
)


def _content_words(question: str) -> tuple[str, ...]:
    told = _AS_IT_SHOULD_BE.sub(" ", without_parts_of_countries(question))
    words = (w.group().lower() for w in _WORD.finditer(told))
    return tuple(dict.fromkeys(w for w in words if _tells(w) and len(w) > 1))


def _tells(word: str) -> bool:
    """Whether a word tells of the problem: not of asking, of how it is given, or of the day.

    Numbers are of the patient or of a dose, and are read as such.
    """
    if re.search(r"n['’]t$", word):
        return False
    if "/" in word:  # "mg/kg", "dose/route"
        return any(part and _tells(part) for part in word.split("/"))
    return not any(c.isdigit() for c in word) and not (
        word in cues().asking_words or word in cues().generic_words or is_everyday(word)
    )


def _understood(question: str, corrections: tuple[tuple[str, str], ...]) -> str:
    if not corrections:
        return question
    read_as = ", ".join(f"“{typed}” read as “{meant}”" for typed, meant in corrections)
    return f"{question} ({read_as})"
