"""Too much of a drug was taken: what a question says of it, and what may answer then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from osler.answering.candidates.candidate import REMEMBERED, Candidate
from osler.answering.candidates.subject import OF_ITS_CLASS, relation
from osler.domain import DosageRole, Patient, Question, Term
from osler.statements.vocabulary.conditions import condition_synonyms, find_conditions, is_a
from osler.statements.vocabulary.substances import classes_of, find_substances

POISONING = "poisoning"
# A drug before these words is the poison; the question is about what it has done.
_POISON_AFTER = re.compile(
    r"\s+(?:tablets?\s+|pills?\s+)?(?:overdos\w*|OD\b(?!\s*(?:\d[\d.]*\s*mc?g\b|for\b|dos|or\s+BD\b))|poison\w*|toxicity|"
    r"intoxication|ingestion)",
    re.IGNORECASE,
)
# … and so is a drug after these, up to the next clause.
_POISON_BEFORE = re.compile(
    r"\b(?:overdos(?:e|es|ed|ing)\s+(?:of|on|with)|OD['’]?d?\s+on|poison(?:ed|ing)\s+(?:with|by|from)|"
    r"ingest(?:ed|ion of)|(?<!be )(?<!being )swallowed(?! whole)|"
    r"(?:took|taken|ate|eaten|drank|drunk)\s+(?:(?:about|around|approx\w*|over|nearly|at least|up "
    r"to|accidentally|all|roughly|maybe|possibly|like|more than)\s+)*"
    r"(?:too (?:many|much)|[^.?!;:]{1,40}? too many|(?:an?|the) double(?: dose)?|"
    r"double (?:the|his|her|my|their) dose|a (?:lot|handful|bottle|box|pack\w*|strip|bunch)|"
    r"an? unknown|(?:the|an?|his|her|my|their) (?:whole|entire|full)|"
    r"all (?:of )?(?:his|her|their|my|the)|"
    r"(?:1\d|[2-9]\d|\d{3})(?=\s*(?:x\s*)?(?:(?:\d+\s*m?c?g|of|the|his|her|my)\s+)*"
    r"(?!m?c?g\b|ml\b|units?\b|days?|weeks?|months?|years?|hours?|min|doses?|times)[a-z])))"
    r"(?P<rest>[^.?!;:]*)",
    re.IGNORECASE,
)
# "Gent OD, 70 kg, which level": once daily, of a drug with which nobody is known to be poisoned.
_IS_DOSED = re.compile(
    r"\b(?:BD|TDS|QDS|once|twice|dos(?:e|ing)|interval|m?c?g/kg|\d+\s*kg|trough|levels?|regimen|"
    r"maintenance|e?GFR|CrCl)\b",
    re.IGNORECASE,
)
_NEXT_CLAUSE = re.compile(
    r"\b(?:what|can|could|should|how|is|are|give|dose|antidote|treat\w*|while|after|who|which|"
    r"now|then|but|has|for|needs?)\b",
    re.IGNORECASE,
)
# "Arrest right after a bupivacaine block": a drug known to poison, and what that looks like.
_HARMED_BY = re.compile(
    r"\b(?:(?P<arrest>(?<!respiratory )arrest(?:s|ed)?)|collaps(?:e|ed|ing)|"
    r"stopped breathing|not breathing|apno?eic|unresponsive)\b"
    r"[^.?!;:]{0,40}\b(?:after|following|with)\s+(?:(?:an?|the|her|his|their|iv|im|\d\S*|mg|mls?|of|"
    r"epidural|spinal|injection|injecting|dose|bolus|infusion)\s+){0,5}$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\d|\b(?:tablets?|pills?|capsules?|pack\w*|box|bottle|strip|handful|them|too m\w+|overdose)\b",
    re.IGNORECASE,
)
# What a text on the matter says.
_SPEAKS_OF_IT = re.compile(r"\b(?:overdos|poison|toxic|intoxicat|ingest|antidote)", re.IGNORECASE)


def poisons_in(question: str) -> tuple[tuple[str, str], ...]:
    """The drugs of which too much was taken: name and text."""
    drugs = find_substances(question)
    found = {
        d.name: d.text
        for d in drugs
        if (after := _POISON_AFTER.match(question, d.end))
        and not (after.group().endswith("OD") and _is_once_daily(d.name, question))
    }
    found |= {
        d.name: d.text
        for d in drugs
        if _HARMED_BY.search(question, max(0, d.start - 120), d.start) and _is_known(d.name)
    }
    for match in _POISON_BEFORE.finditer(question):
        clause = _NEXT_CLAUSE.split(match["rest"], maxsplit=1)[0]
        end = match.start("rest") + len(clause)
        within = [d for d in drugs if match.start() <= d.start and d.end <= end]
        counted = _COUNTED.search(question, match.start(), end)
        if not within and counted and not find_conditions(clause):
            within = [d for d in drugs if d.end <= match.start()][-1:]
        found |= {d.name: d.text for d in within}
    return tuple(found.items())


def _is_once_daily(drug: str, question: str) -> bool:
    return not _is_known(drug) and _IS_DOSED.search(question) is not None


def _is_known(drug: str) -> bool:
    """Whether a lexicon has a poisoning with a drug or its class."""
    return any(map(_listed, (drug, *classes_of(drug))))


def was_taken(question: str) -> bool:
    """Whether a question tells that too much was taken, by a verb."""
    return bool(poisons_in(question)) and _POISON_BEFORE.search(question) is not None


def poisonings(question: str) -> tuple[Term, ...]:
    """The conditions that these are: of the drug, and of its class where a lexicon has that."""
    terms: dict[str, Term] = {}
    for name, text in poisons_in(question):
        own = _listed(name) or f"{name} overdose"
        synonyms = condition_synonyms(own) or (f"{name} poisoning",)
        terms[own] = Term(own, "condition", text, synonyms)
        for listed in filter(None, map(_listed, classes_of(name))):
            terms.setdefault(listed, Term(listed, "condition", text, condition_synonyms(listed)))
    for drug in find_substances(question) if terms else ():
        harm = _HARMED_BY.search(question, max(0, drug.start - 120), drug.start)
        if harm and harm["arrest"]:
            name = "cardiac arrest"
            terms.setdefault(name, Term(name, "condition", harm["arrest"], ()))
    return tuple(terms.values())


def _listed(drug: str) -> str | None:
    """The lexicon's own name for an overdose of a drug or class."""
    first = drug.partition(" ")[0]  # "tricyclic antidepressant": "tricyclic overdose"
    for text in (f"{drug} overdose", f"{drug} toxicity", f"{first} overdose"):
        for found in find_conditions(text):
            if _is_specific(found.name) and found.text.lower() == text:
                return found.name
    return None


def _is_specific(condition: str) -> bool:
    return condition != POISONING and (
        is_a(condition, POISONING) or condition.endswith(" overdose")
    )


def with_poisonings(patient: Patient, found: Iterable[Term]) -> Patient:
    """The patient, who has them, unless the question denies it."""
    if POISONING in patient.absent_conditions:
        return patient
    names = [t.name for t in found if t.name not in patient.absent_conditions]
    return replace(patient, conditions=tuple(dict.fromkeys((*patient.conditions, *names))))


def poisons_of(question: Question) -> tuple[str, ...]:
    """The drugs that the poisonings of a question are of."""
    found: dict[str, None] = {}
    for term in question.terms:
        if term.kind == "condition" and _is_specific(term.name):
            named = find_substances(term.text) or find_substances(term.name)
            found |= {drug.name: None for drug in named}
    return tuple(found)


def suits_poisoning(candidate: Candidate, question: Question) -> bool:
    """Whether a candidate may be shown where too much of a drug was taken.

    It holds no treatment dose of that drug, and it is on this poisoning, not on another one;
    where another drug is asked about, it need only not be on another poisoning.
    """
    poisons = poisons_of(question)
    if not poisons:
        return True
    if _is_on_another(candidate, poisons) or _is_usual_dose(candidate, poisons):
        return False
    subjects = [t.name for t in question.terms if t.kind == "substance"]
    if any(not _is_of(subject, poisons) for subject in subjects):
        return True
    named = {
        *candidate.own_substances,
        *candidate.lead_substances,
        *candidate.heading_substances,
        *candidate.title_substances,
    }
    texts = (text for text, _ in _levels(candidate))
    listed = any(_names_any(c, poisons) for c in candidate.conditions if _is_specific(c))
    return listed or (
        any(_is_of(name, poisons) for name in named) and any(map(_SPEAKS_OF_IT.search, texts))
    )


@lru_cache(maxsize=REMEMBERED)
def stands_under_the_poison(candidate: Candidate, condition: str) -> bool:
    """Whether a heading names what a poisoning is with, in a text on poisons or antidotes:
    "Iron", in a list of antidotes."""
    if not _is_specific(condition):
        return False
    poisons = tuple(drug.name for drug in _drugs(condition))
    texts = (candidate.source.title, *(c.quote for c in candidate.headings))
    return any(_is_of(name, poisons) for name in candidate.heading_substances) and any(
        map(_SPEAKS_OF_IT.search, texts)
    )


def _is_of(name: str, poisons: tuple[str, ...]) -> bool:
    return any(relation(poison, name) >= OF_ITS_CLASS for poison in poisons)


def _names_any(condition: str, poisons: tuple[str, ...]) -> bool:
    texts = (condition, *condition_synonyms(condition))
    own = {listed for p in poisons for listed in (_listed(p), *map(_listed, classes_of(p)))}
    return condition in own or any(_is_of(f.name, poisons) for t in texts for f in _drugs(t))


def _drugs(text: str) -> Iterator[Term]:
    return (Term(f.name, "substance", f.text) for f in find_substances(text))


def _is_on_another(candidate: Candidate, poisons: tuple[str, ...]) -> bool:
    """Whether the nearest words that name a poisoning name others only."""
    for near in (candidate.own_conditions, candidate.setting, candidate.conditions):
        specific = [c for c in near if _is_specific(c)]
        if specific:
            return not any(_names_any(c, poisons) for c in specific)
    return False


def _levels(candidate: Candidate) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The texts that a statement stands under, nearest first, with the drugs that they name."""
    statement = candidate.statement
    yield statement.text, candidate.dosed_substances or candidate.own_substances
    above = (*reversed(candidate.lead), *reversed(candidate.headings))
    focus = (candidate.focus,) if candidate.focus is not None else ()
    for context in (*focus, *above):
        yield context.quote, tuple(f.name for f in find_substances(context.quote))
    yield candidate.source.title, candidate.title_substances


# "1 mg for every 1 mg of heparin", "per 100 units of heparin": no dose of heparin.
_FOR_EACH = re.compile(r"\b(?:for\s+(?:every|each)|per|each)\s+[\d.,]+\s*\w+\s+(?:of\s+)?$", re.I)


@lru_cache(maxsize=1024)
def _measured_by(text: str) -> frozenset[str]:
    """The drugs by whose amount another one is dosed."""
    drugs = find_substances(text)
    return frozenset(d.name for d in drugs if _FOR_EACH.search(text, 0, d.start))


def _is_usual_dose(candidate: Candidate, poisons: tuple[str, ...]) -> bool:
    """Whether it doses a drug of which too much was taken, and not as an amount taken."""
    if not candidate.dosages:
        return False
    measured_by = _measured_by(candidate.statement.text)
    for number, (text, named) in enumerate(_levels(candidate)):
        if number == 0:
            named = tuple(name for name in named if name not in measured_by) or named
        if not named:
            continue
        if not any(_is_of(name, poisons) for name in named):
            return False
        ceiling = any(d.role is DosageRole.MAXIMUM for d in candidate.dosages)
        return _SPEAKS_OF_IT.search(text) is None or (number == 0 and ceiling)
    return any(_is_of(name, poisons) for name in candidate.passage_substances)
