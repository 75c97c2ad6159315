"""Whether a follow-up is asked of someone else than who was spoken of: "and for Mr Jones?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from osler.domain import Patient
from osler.domain.identifier import IdentifierKind
from osler.patterns import lazy
from osler.statements import read_patient
from osler.threads import cues
from osler.threads.facts import another_patient, is_of_one, someone_unknown, too_young
from osler.threads.topic import Topic

_HIDDEN = "|".join(re.escape(k.placeholder) for k in (IdentifierKind.NAME, IdentifierKind.BED))
_TITLES = {
    "mr": "a man", "mister": "a man", "mrs": "a woman", "ms": "a woman", "miss": "a woman",
    "baby": "a baby", "master": "a boy",
}  # fmt: skip
_LEADS = (
    r"(?P<lead>\b(?:for|in|with|about|to|of|and|or)\s+|^\W*(?:next|then|now)\b\W*|^\W*)"
    r"(?:the\s+)?"
)
# "For Mr Jones", "and Mrs [NAME]", "in [BED]"
_NAMED = lazy(
    rf"{_LEADS}(?:(?i:(?P<title>mr|mister|mrs|ms|miss|baby|master))\b\.?\s*"
    rf"(?:(?:{_HIDDEN})|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)|"
    rf"(?P<hidden>(?:{_HIDDEN})))(?P<of>['’]s)?",
)
_BED = lazy(
    r"\b(?P<lead>for|in|about)\s+(?:the\s+)?(?P<who>(?:wo)?man\s+|lady\s+|patient\s+|child\s+|"
    r"girl\s+|boy\s+)?(?:in\s+)?(?:bed|room|bay|cubicle)\s+\w+",
    re.IGNORECASE,
)
# "A different woman", "the next one", "someone else", "patient 2"
_OTHER = lazy(
    r"\b(?:an?|the|my)?\s*\b(?:different|another|other|next|new|second)\s+"
    r"(?P<who>wom[ae]n|m[ae]n|lady|gentleman|patient|person|child|boy|girl|baby|infant|"
    r"neonate|adult|"
    r"case|pt|(?<=for the next )one|(?<=for another )one|(?<=about the next )one)\b"
    r"|\bsome(?:one|body) else\b(?!['’]s)|\bpatient\s+(?:number\s+)?(?:[2-9]|two|three)\b",
    re.IGNORECASE,
)
_AS_BEFORE = lazy(
    r"\bwith (?:that|this|the same|those|these)\b|\b(?:same|this|that)\s+(?:wom[ae]n|m[ae]n|"
    r"lady|patient|person|child|boy|girl|baby)\b",
    re.IGNORECASE,
)
_BARE_AGE = lazy(r",\s*(?P<n>\d{1,3})(?=\s*(?:[,.;?!]|$))")
_THE_BABY = lazy(
    r"\b(?:for|to|in|does|can|should|about|and)\s+(?:the|her|their|my|this)\s+(?:\w+\s+)?"
    r"(?:bab(?:y|ies)|newborn|neonate|infant|child|toddler|twins)\b",
    re.IGNORECASE,
)
# "That was her sister, this girl has no allergy"
_THIS_ONE = lazy(
    r"\bthis\s+(?:patient|girl|boy|child|woman|man|lady|one)\b|\bthat\s+was\s+(?:her|his|the)\b",
    re.IGNORECASE,
)
_ANYONE = lazy(
    r"(?<!is )(?<!was )(?<!['’]s )(?<!as )(?<!such )\ban?\s+"
    r"(?:(?!for\b)[a-z-]+\s+){0,2}(?:child|baby|infant|woman|man|boy|"
    r"girl|adult|patient|neonate|newborn)\b",
    re.IGNORECASE,
)
_MAN, _WOMAN = (
    lazy(r"\b(?:he|his|him|m[ae]n|males?)\b", re.I),
    lazy(r"\b(?:she|her|wom[ae]n|lady|females?)\b", re.I),
)
# Who only tells or asks is not the patient.
_TELLS = lazy(
    r"\b(?:(?:her|his|their|my|the|our)\s+(?:\w+\s+)?)?(?:mother|mum|mom|dad|father|husband|wife|"
    r"partner|"
    r"son|daughter|sister|brother|parents?|midwife|nurse|doctor|gp|family|registrar|consultant)\b",
    re.IGNORECASE,
)


# "Mr Jones is bleeding" tells of him; "for Mr Jones", "and Mr Jones?" goes over to him.
_IS_TOLD = lazy(
    r"\s*(?:['’]s\b|(?:is|has|was|had|weighs?|takes?|needs?|can(?:not|['’]t)?|also|now|did|does|"
    r"already|reports?|develop\w*|got|gets|started|stopped)\b)",
    re.IGNORECASE,
)
_TITLE = lazy(rf"\b(?P<title>{'|'.join(_TITLES)})\b\.?\s*(?:{_HIDDEN}|(?-i:[A-Z]))", re.IGNORECASE)


def with_anyone(text: str, typed: Sequence[str] = ()) -> str:
    """The text with "someone else, a man" for "Mr Jones": a name, hidden or not, is no word.

    Where it only tells something of who was spoken of in what was `typed`, "he"; where it names
    nobody, the text itself.
    """
    named = _NAMED.search(text)
    if named is not None and named["title"] and not named["lead"].strip(" ,.;:"):
        who = _TITLES[named["title"].lower()]
        before = [_TITLES[m["title"].lower()] for each in typed for m in _TITLE.finditer(each)]
        if who in ("a man", "a woman") and before[-1:] in ([], [who]):
            at = named.end() - len(named["of"] or "")
            if _IS_TOLD.match(text, at):
                pronoun = "he" if who == "a man" else "she"
                return f"{text[: named.start()]}{pronoun}{text[at:]}"
    if named is not None and (named["title"] or named["lead"].strip()):
        who = _TITLES.get((named["title"] or "").lower(), "a patient")
        owner = "'s" if named["of"] else ""
        text = f"{text[: named.start()]}{named['lead']}{_MARK}{who}{owner}{text[named.end() :]}"
        return _BARE_AGE.sub(r", aged \g<n>", text, count=1)
    bed = _BED.search(text)
    if bed is not None:
        who = f"a {bed['who'].strip()}" if bed["who"] else "a patient"
        return f"{text[: bed.start()]}{bed['lead']} {_MARK}{who}{text[bed.end() :]}"
    return text


_MARK = "another: "  # stands before who is meant; no reader of questions sees it


def another_in(text: str, typed: Sequence[str] = ()) -> tuple[str, bool]:
    """A text with "a woman" for "a different woman", and whether it means someone else."""
    text = with_anyone(text, typed)
    if _MARK in text:
        return text.replace(_MARK, ""), True
    other = _OTHER.search(text)
    if other is None or _AS_BEFORE.search(text):
        return text, False
    who = (other["who"] or "patient").lower()
    who = "patient" if who in ("one", "case", "pt", "person") else who
    said = f"{text[: other.start()]} a {who}{text[other.end() :]}"
    return _BARE_AGE.sub(r", aged \g<n>", " ".join(said.split()), count=1), True


def someone_else(text: str, given: Patient, known: Patient) -> bool:
    """Whether what is told cannot be of who was spoken of: a baby after a pregnant woman.

    Then it is not known which facts hold, and none does.
    """
    if is_of_this_one(text):
        return False
    if cues.KIN.search(text):
        return True
    if cues.CORRECTS.search(text):
        return False
    if known.age_years is not None and given.age_years is None and _ANYONE.search(text):
        return True  # "and a grown man?" after a boy of 16
    expecting = _is_mother(known)
    if is_of_the_unborn(text, known):
        return False
    if not too_young(known) and _HER_CHILD.search(text):
        return True
    if expecting and (too_young(given) or _THE_BABY.search(text)):
        return True
    if known.sex == "female" and known.life_stage not in ("infant", "neonate", "child"):
        grown = known.age_years is None or known.age_years >= _GROWN
        if grown and given.life_stage in ("neonate", "infant") and known.age_years is not None:
            return True
    return _is_of_the_other_sex(text, known)


def is_of_this_one(text: str) -> bool:
    """Whether it is said to be of who was spoken of: "that was her sister, this girl"."""
    return _THIS_ONE.search(text) is not None


def _is_mother(known: Patient) -> bool:
    return known.pregnancy not in (None, "not pregnant") or bool(known.breastfeeding)


def is_of_the_unborn(text: str, known: Patient) -> bool:
    """Whether "is it safe for the baby?" is asked of who carries or feeds it."""
    child = _THE_BABY.search(text) or _HER_CHILD.search(text) or _UNBORN.search(text)
    return bool(_is_mother(known) and child and _HARMS.search(text))


_UNBORN = lazy(r"\b(?:the|her|my)\s+(?:unborn\s+)?(?:baby|f(?:o)?etus)\b", re.IGNORECASE)
_HARMS = lazy(
    r"\b(?:safe\w*|harm\w*|affect\w*|risks?|hurts?|damag\w*|bad|dangerous|effects?|problems?)\b",
    re.IGNORECASE,
)
_HER_CHILD = lazy(
    r"\b(?:her|his|their)\s+(?:\w+\s+){0,2}?(?:bab(?:y|ies)|newborn|infant|child(?:ren)?|toddler|"
    r"kids?|twins|neonate)\b",
    re.IGNORECASE,
)


def of_the_other(text: str, given: Patient, known: Patient) -> Patient:
    """What is told of who is meant: "the baby ... from her" tells no sex of the baby."""
    if is_of_the_unborn(text, known):
        return replace(given, life_stage=None)
    child = _THE_BABY.search(text) or _HER_CHILD.search(text)
    if child:
        return replace(given, sex=None)
    bare = _TELLS.sub(" ", text)
    if given.sex and bare != text and not cues.KIN.search(text):
        return replace(given, sex=read_patient(bare).sex)  # "mum wants a cream"
    return given


_TOO = lazy(
    r"\b(?:has|have|had|got|caught|with|gets)\b[^.?!]*\b(?:too|as well|also|the same|it)\b",
    re.IGNORECASE,
)


def for_someone_else(topic: Topic, *, too: bool = False) -> Topic:
    """What is asked, of someone of whom nothing is known but that he may have it `too`.

    A failing organ named beside what is treated was the patient's.
    """
    patient = another_patient(topic.patient) if too else someone_unknown(topic.patient)
    if not (topic.treated or topic.purpose) and not too:
        # "A child with malaria": the one illness is what it is for.
        ill = another_patient(topic.patient).conditions
        patient = replace(patient, conditions=ill if len(ill) == 1 else ())
    elif too and not (topic.treated or topic.purpose):
        # "A girl with it too": the illness told first, and not what he has besides.
        patient = replace(patient, conditions=patient.conditions[:1])
    treated = tuple(t for t in topic.treated if not is_of_one(t.name)) or topic.treated
    return replace(topic, patient=patient, treated=treated)


def allergic_too(text: str, patient: Patient, known: Patient) -> Patient:
    """The patient with the allergies of who was spoken of, where both are said to have them."""
    if not _ALLERGIC_TOO.search(text):
        return patient
    return replace(
        patient,
        allergies=tuple(dict.fromkeys((*patient.allergies, *known.allergies))),
        intolerances=tuple(dict.fromkeys((*patient.intolerances, *known.intolerances))),
    )


_ALLERGIC_TOO = lazy(
    r"\b(?:also|likewise) allergic\b(?! to)|\ballerg(?:ic|y) (?:as well|too|also)\b|"
    r"\bsame allerg(?:y|ies)\b",
    re.IGNORECASE,
)


def has_it_too(text: str) -> bool:
    """Whether someone else is said to be ill with the same: "her brother has it too"."""
    return _TOO.search(text) is not None


_GROWN = 12  # years


def _is_of_the_other_sex(text: str, known: Patient) -> bool:
    """ "He is 40" after a woman; who only brings the patient is not looked at."""
    if known.sex is None:
        return False
    bare = _TELLS.sub(" ", text)
    man, woman = _MAN.search(bare), _WOMAN.search(bare)
    if known.sex == "female":
        return man is not None and woman is None
    return woman is not None and man is None and read_patient(bare).sex == "female"
