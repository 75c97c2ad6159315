"""Allergies that a question tells of: "penicillin gives her a rash"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from osler.domain import Patient
from osler.patterns import lazy
from osler.statements.vocabulary.conditions import find_conditions
from osler.statements.vocabulary.substances import (
    belongs_to,
    canonical,
    classes_of,
    find_substances,
)
from osler.statements.words.lexicon import Found

ANY_ALLERGY = "drug allergy"  # as the lexicon of conditions names it
ALLERGIC_SIGNS = frozenset({"rash", "urticaria", "anaphylaxis", "angioedema"})
_SIGN = (
    r"(?:rash(?:es)?|hives|urticaria|wheals|angio-?o?edema|swelling|anaphyla\w+|wheez\w+|itch\w*|"
    r"bronchospasm|allergic reaction)"
)
_BEFORE = lazy(
    r"\b(?<!no )(?<!not )(?:(?:allerg(?:ic|y|ies)|hypersensitiv\w+|intoleran(?:t|ce)|"
    r"anaphyla(?:xis|ctic(?: reaction| shock)?)|swells?(?: up)?|swelled(?: up)?|swollen|swelling|"
    r"react(?:ion|ed|s)(?: badly)?|rash|hives|urticaria|wheals|angioo?edema)\s+(?:to|of|with|from|"
    r"after)|allerg(?:ic|y|ies)\s*:|can['’]?t have)\s+(?:the\s+)?$",
    re.IGNORECASE,
    "allerg|hypersens|intoleran|anaphyl|react|rash|have|hives|urticaria|wheals|angio|sw",
)
_AFTER = lazy(r"^\s*-?(?:drugs?\s+)?(?:allerg(?:ic|y)|hypersensitiv|anaphyla)", re.IGNORECASE)
# "Cellulitis, penicillin rash": where something else is to be treated, it was an allergy.
_RASH_AFTER = lazy(r"^\s+(?:skin\s+)?(?:rash|reaction)\b", re.IGNORECASE)
_PERSON = r"(?:her|him|them|me|the (?:patient|child|baby)|this (?:patient|child|m[ae]n|wom[ae]n))"
# "Gives her a rash", "makes him swell up", "brought her out in hives"
_GIVES = lazy(
    rf"\s+(?:once |always |previously |has |had )*(?:(?:gives|gave|given|causes|caused|brings|"
    rf"brought)\s+{_PERSON}\s+(?:out\s+in\s+)?(?:an?\s+|some\s+)?(?:[a-z]+\s+){{0,2}}?{_SIGN}|"
    rf"(?:makes|made)\s+{_PERSON}\s+(?:\w+ly\s+)?(?:(?:come|came|break|broke)\s+(?:up|out)\s+in\s+"
    rf"(?:an?\s+)?(?:[a-z]+\s+){{0,2}}?{_SIGN}|swell|puff up|itch|wheez\w*))\b",
    re.IGNORECASE,
)
# "No allergies except penicillin", "not allergic to anything but sulfa"
_EXCEPT = lazy(
    r"\b(?:no|not|nil|none|without|denies|n['’]t)\b[^.;?!]{0,30}?\ballerg\w*[^.;?!]{0,25}?\b(?:except"
    r"(?:ing)?|apart from|aside from|other than|but|besides|save|bar)\s+(?:for\s+|to\s+|the\s+)*$|"
    r"\bn\.?k\.?d?\.?a\.?\b\W+(?:except|apart from|other than|but)\s+(?:for\s+|to\s+)*$|"
    r"\ballerg(?:y|ies)\s*(?:status\s*)?[:=-]\s*(?:none|nil|no)\b[^.;?!\w]+(?:known\s+)?(?:except"
    r"(?:ing)?|apart from|aside from|other than|but|besides|save|bar)\s+(?:for\s+|to\s+|the\s+)*$",
    re.IGNORECASE,
)
# Behind "Allergies:" a drug after "no" is one that must not be had: "Allergies: no penicillin".
_NOT_TO_BE_HAD = lazy(
    r"\ballerg(?:y|ies)\s*(?:status\s*)?[:=-]\s*no\s+"
    r"(?:[\w-]+\s*(?:,|/|&|\band\b|\bor\b)\s*no\s+)*$",
    re.IGNORECASE,
    "allerg",
)
# "Allergic to penicillin and to sulfa"; not "allergic to penicillin and doxycycline dose?"
_ALSO = lazy(r"\s*(?:and|or|&|/|nor)\s*(?:to\s+)?", re.IGNORECASE)
_OF_ITS_OWN = lazy(r"\s*(?:dos(?:e|es|age|ing)|for|is|mg|\d)\b", re.IGNORECASE)
# "Pen allergic": in wards penicillin goes by three letters.
_PEN = lazy(
    r"\b(?<!no )(?<!not )(?<!no known )pen[\s-]+(?:allerg(?:ic|y)|anaphyla\w+)\b|"
    r"\b(?:allergic|anaphylaxis) to pen\b|"
    r"\ballerg(?:y|ies)\s*[:=-]\s*(?:no\s+)?pen\b(?![\s-]+allerg)",
    re.IGNORECASE,
)
_DENIED = lazy(r"\b(?:no|not|without|denies)\s+(?:known\s+)?$", re.IGNORECASE)
_PAST = lazy(
    r"\b(?:previous|prior|past|once|history of|hx of|h/o|had)\s+(?:had\s+)?(?:an?\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
_ASKS = lazy(
    r"\?|\b(?:what|how|which|treat\w*|manag\w*|should|can|could|dose|advice)\b", re.IGNORECASE
)
# Who is allergic to one of a class is taken to be so to all (British National Formulary,
# "Penicillins" and "Non-steroidal anti-inflammatory drugs: hypersensitivity").
_CLASSES = frozenset({"penicillin", "cephalosporin", "nsaid"})
_AS_NSAIDS = frozenset({"aspirin"})


def cross_reacts(drug: str, allergen: str) -> bool:
    """Whether who is allergic to the one is not given the other: aspirin and ibuprofen."""
    return belongs_to(drug, allergen) or bool(_allergenic(drug) & _allergenic(allergen))


def _allergenic(name: str) -> frozenset[str]:
    if name in _AS_NSAIDS:
        return frozenset({"nsaid"})
    return _CLASSES & {name, *classes_of(name)}


def is_allergen(text: str, found: Found, named: Sequence[Found]) -> bool:
    """Whether the patient is said to react to a drug; `named` are all the drugs of the text."""
    before = text[max(0, found.start - 80) : found.start]
    after = text[found.end : found.end + 20]
    if _EXCEPT.search(before) or _GIVES.match(text, found.end):
        return True
    if _NOT_TO_BE_HAD.search(before) and not _AFTER.match(after):
        return True
    if (
        _BEFORE.search(before)
        or _AFTER.match(after)
        or (_RASH_AFTER.match(after) and _treats_more_than_rash(text))
    ):
        return not _DENIED.search(before)
    others = [d for d in named if d.end < found.start]
    if not others or not _ALSO.fullmatch(text, others[-1].end, found.start):
        return False
    return not _OF_ITS_OWN.match(text, found.end) and is_said_to_react(text, others[-1], others)


def is_said_to_react(text: str, found: Found, named: Sequence[Found]) -> bool:
    """Whether a drug before it in a row is an allergen, by words that stand before the row."""
    before = text[max(0, found.start - 80) : found.start]
    if _BEFORE.search(before) or _EXCEPT.search(before):
        return not _DENIED.search(before)
    others = [d for d in named if d.end < found.start]
    linked = bool(others) and _ALSO.fullmatch(text, others[-1].end, found.start) is not None
    return linked and is_said_to_react(text, others[-1], others)


def is_pen_allergic(text: str) -> bool:
    """Whether "pen", which no lexicon has, is said to be an allergen."""
    return _PEN.search(text) is not None


def past_rashes(text: str) -> frozenset[int]:
    """Where a sign is named that a drug once gave: an allergy, and nothing to be treated."""
    drugs = find_substances(text)
    found: set[int] = set()
    if drugs and (_treats_more_than_rash(text) or not _ASKS.search(text)):
        for drug in drugs:
            if gave := _GIVES.match(text, drug.end):
                found |= _signs(text, drug.end, gave.end())
    for drug in drugs:
        told = _BEFORE.search(text[: drug.start])
        if told is not None and _PAST.search(text[: told.start()]):
            found |= _signs(text, told.start(), drug.start)
    if _treats_more_than_rash(text):
        matches = [(d.end, _RASH_AFTER.match(text[d.end : d.end + 20])) for d in drugs]
        found |= {end + m.end() - len(m.group().split()[-1]) for end, m in matches if m is not None}
    return frozenset(found)


def _signs(text: str, start: int, end: int) -> set[int]:
    named = find_conditions(text, any_case=True)
    return {c.start for c in named if start <= c.start and c.end <= end + 1}


def _treats_more_than_rash(text: str) -> bool:
    named = {found.name for found in find_conditions(text, any_case=True)}
    return bool(named - ALLERGIC_SIGNS)


def allergens(text: str, drugs: Sequence[Found]) -> tuple[str, ...]:
    """What the patient is said to be allergic to, by name, in reading order."""
    names = [canonical(d.name) for d in drugs if is_allergen(text, d, drugs)]
    names += ["penicillin"] if is_pen_allergic(text) else []
    return tuple(dict.fromkeys([*names, *_unlisted(text, drugs)]))


# An allergen that no lexicon has stands right after these words: "allergic to cobalt".
_ALLERGIC_TO = lazy(
    r"\b(?:allerg(?:ic|y|ies)|hypersensitiv(?:e|ity))\s+to\s+(?:the\s+)?"
    r"(?P<name>[^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*){0,2})",
    re.IGNORECASE,
    "allerg|hypersens",
)
# "Cobalt allergy", beside a drug; not "known allergy" or "nasal allergy".
_ITS_ALLERGY = lazy(
    r"\b(?P<name>[^\W\d_]{3,})[\s-]+(?:allergy\b(?!\s+to\b)|allergic\b(?!\s+[a-z]))",
    re.IGNORECASE,
    "allerg",
)
_KIND_WORDS = (
    "acute airborne allergies asthma bad chronic confirmed contact cross current documented drug "
    "environmental eye food had history immediate known laryngeal mild minor moderate multiple "
    "nasal new nil non not ocular occupational old past perennial possible potential presumed "
    "previous prior probable proven questionable recent recorded remote reported respiratory "
    "seasonal self-reported serious severe sinus skin slight specific suspected systemic true "
    "uncertain unknown unspecified vague"
)
_KINDS = frozenset(_KIND_WORDS.split())
_NOT_ALLERGIC = lazy(
    r"\b(?:no|not|never|nil|without|denies|\w+n['’]t|isnt)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
# Words that no name of an allergen holds: it ends before them, or none is named.
_ENDS = (
    "a an and any anything are as at be both but by can dose dosage doses drug drugs each either "
    "few for from give has have he her his how i if in is it its many medicine medicines most my "
    "needs nothing now of on one or other our pen she should so some something that their them "
    "these they this those to us various was what when which who whom with without"
)
_NO_ALLERGEN = frozenset(_ENDS.split())


def _unlisted(text: str, drugs: Sequence[Found]) -> list[str]:
    """Allergens that are no drugs of the lexicon, as they are typed."""
    found: list[str] = []
    for match in _ALLERGIC_TO.finditer(text):
        start = match.start("name")
        denied = _NOT_ALLERGIC.search(text, max(0, match.start() - 30), match.start())
        if denied or any(d.start < match.end() and start < d.end for d in drugs):
            continue
        words = match["name"].split()
        ends = next((i for i, w in enumerate(words) if w.lower() in _NO_ALLERGEN), len(words))
        found += [" ".join(words[:ends]).lower()] if ends else []
    for match in _ITS_ALLERGY.finditer(text) if drugs else ():
        word, start = match["name"].lower(), match.start()
        denied = _NOT_ALLERGIC.search(text, max(0, start - 30), start)
        told = any(d.start < match.end("name") and start < d.end for d in drugs)
        if not (denied or told or word in _NO_ALLERGEN | _KINDS):
            found.append(word)
    return found


_MADE_ILL = frozenset({"anaphylaxis", "angioedema"})
_GRADED = lazy(
    r"\b(?P<not>(?:non|not)[-\s]+)?(?P<grade>severe|life-threatening|mild|minor|immediate)\s+"
    r"(?:[\w-]+\s+){0,2}?(?:allerg\w+|reactions?|rash(?:es)?|hypersensitivity)\b",
    re.IGNORECASE,
)


# "NKDA", "no known drug allergies", "not allergic to anything"; "no other allergies" denies none,
# nor does "no allergies recorded yet": nobody has asked.
_NO_ALLERGY = lazy(
    r"\bNKD?A\b|\b(?:no|nil|without|denies|denied)\s+(?:any\s+)?(?:known\s+)?(?:drug\s+)?"
    r"(?:allerg(?:y|ies))\b(?!\s+(?:to\s+(?!anything|any\b)|card|test|clinic|histor|hx|info|record|"
    r"status|detail|data|list))|"
    r"\ballerg(?:y|ies)\s*(?:status\s*)?[:=-]\s*(?:none|nil|no|nkda)"
    r"(?:\s+known(?:\s+(?:drug\s+)?allerg(?:y|ies))?|\s+drug\s+allerg(?:y|ies))?"
    r"(?=\s*(?:[.;,)\n]|\s[-–—]\s|\Z))|"
    r"\bnot (?:known to be )?allergic to anything\b",
    re.IGNORECASE,
)
# What takes it back in the same sentence: an exception, a doubt, or that nobody has looked.
_TAKEN_BACK = lazy(
    r"[^.;!\n]{0,40}?\b(?:except\w*|apart\s+from|aside\s+from|other\s+than|besides|but|save|bar|"
    r"well|maybe|may\s+be|might|perhaps|possibl[ey]|probabl[ey]|unless|unsure|uncertain|"
    r"not\s+sure|(?:I|we)\s+think|though|although|yet|check\w*|document\w*|record\w*|listed|noted|"
    r"confirmed|asked|entered|charted|unknown)\b",
    re.IGNORECASE,
)


def has_no_allergy(text: str) -> bool:
    """Whether a text says that somebody is allergic to no drug, and does not take it back."""
    return any(not _TAKEN_BACK.match(text, found.end()) for found in _NO_ALLERGY.finditer(text))


def reactions(text: str) -> tuple[str, ...]:
    """How a patient reacted to what they are allergic to: signs, and "severe" or "not severe".

    Signs count where something else than a reaction is to be treated.
    """
    found: list[str] = []
    if _treats_more_than_rash(text):
        named = (c.name for c in find_conditions(text, any_case=True))
        found = [name for name in named if name in ALLERGIC_SIGNS]
    for graded in _GRADED.finditer(text):
        mild = graded["grade"].lower() in ("mild", "minor")
        found.append("not severe" if mild is not bool(graded["not"]) else "severe")
    return tuple(dict.fromkeys(found))


def as_they_reacted(patient: Patient) -> Patient:
    """The patient with the severity and the signs of the reaction in place of the illness's.

    Who had nothing but a rash did not react severely (NICE CG183, drug allergy: non-severe).
    """
    told = set(patient.reactions)
    severe = "severe" if told & {"severe", *_MADE_ILL} else None
    if severe is None and told & {"not severe", "rash"}:
        severe = "not severe"
    signs = tuple(sign for sign in patient.reactions if sign in ALLERGIC_SIGNS)
    return replace(patient, severity=severe, conditions=(*patient.conditions, *signs))
