"""Allergies and drugs that a turn denies in so many words; whatever is in doubt is kept."""

from __future__ import annotations

import re

from osler.domain import Patient
from osler.patterns import lazy
from osler.statements import find_substances

DENIED = lazy(
    r"\b(?:not|no|never|isn['’]?t|doesn['’]?t|don['’]?t|hasn['’]?t|wasn['’]?t|no longer|"
    r"stopped|off|without|denies)\b[^.;,?!]*",
    re.IGNORECASE,
)
_REACTION = lazy(r"\b(?:allerg\w+|intoleran\w+)", re.IGNORECASE)
# "No food allergies", "no allergies apart from that": another is denied than the one known.
_ALL_OF_THEM = (
    r"(?:(?:a|any|all|known|drug|medicine|to|be|have|has|had|having|really|actually|been|s?he|"
    r"longer|ever)\s+)*"
    r"{what}(?:\s+to\s+(?:anything|any\s+(?:drugs?|medicines?)))?"
    r"(?:\s+(?:after all|any ?more|at all|actually|really|known|now|it turns out|whatsoever))*\s*$"
)
_NO_ALLERGY = lazy(rf"^\S+\s+{_ALL_OF_THEM.format(what='allerg(?:y|ies|ic)')}", re.IGNORECASE)
_NO_INTOLERANCE = lazy(rf"^\S+\s+{_ALL_OF_THEM.format(what='intoleran(?:t|ces?)')}", re.IGNORECASE)
# "The penicillin allergy was a mistake"
MISTAKEN = lazy(
    r"\b(?:(?:the|her|his|their|that|this)\s+)?(?:(?:[\w-]+\s+)?"
    r"(?:allergy|intolerance))(?:\s+(?:to\s+[\w-]+|label|story))?\s+"
    r"(?:was|is|has been|turned out to be|turns out to be)\s+(?:(?:just|all|actually)\s+)*"
    r"(?:an?\s+(?:mistake|error)|mistaken|wrong|not (?:real|true)|excluded|ruled out|"
    r"de-?labell?ed)\b(?=\s*(?:[.;,!–—]|$))|"
    # "Sorry, it was his brother who has the allergy"
    r"(?:(?:sorry|no|actually|oh)\W+)*\bit(?:['’]s| is| was)\s+(?:his|her|their|my|the)\s+"
    r"(?:\w+\s+)?(?:brother|sister|mother|father|mum|mom|dad|son|daughter|husband|wife|partner|twin|"
    r"cousin)\s+(?:who|that|with)\b[^.;,?!]*\b(?:allerg\w+|intoleran\w+)[^.;,?!]*(?![^.;,?!]*\?)",
    re.IGNORECASE,
)
# Whoever takes a drug no more says so; a dose left out, or to be left out, says nothing of it.
_NOT_TAKEN = lazy(
    r"^(?:stopped|off|no longer|denies|without|"
    r"\S+\s+(?:(?:currently|now|actually|ever|been)\s+)*(?:on|take|takes|taking)\b)|"
    r"^no(?:t)?\s+(?:(?:more|any|the|other)\s+)*[\w-]+"
    r"(?=\s*$|\s+(?:now|any ?more|after all|actually|either)\b)",
    re.IGNORECASE,
)
# What was stopped a while ago may still act (amiodarone does for months).
_LATELY = lazy(
    r"\b(?:ago|yesterday|today|tonight|this (?:morning|week|month|evening)|last \w+|recently|just|"
    r"since|for \w+ (?:hours?|days?|weeks?))\b",
    re.IGNORECASE,
)
_TWICE = lazy(r"(?:\bnot|\bnever|n['’]t)\s+(?:\w+\s+)?$", re.IGNORECASE)
# "No allergies now, other than that"
_BUT = lazy(
    r"^\W*(?:other than|apart from|except\w*|besides|but|aside from|only|just|save)\b", re.I
)
_IF = lazy(r"\b(?:if|say|suppose\w*|assum\w+)\b[^.;?!]*$|^\W*(?:and|but)\b[^.;?!]*$", re.IGNORECASE)


def denied_reactions(text: str, patient: Patient) -> set[str]:
    """The patient's allergies and intolerances that a text denies, each by its name or all."""
    known = {*patient.allergies, *patient.intolerances}
    found: set[str] = set()
    for denied in DENIED.finditer(text):
        said = denied.group().strip()
        if not _REACTION.search(said) or _is_asked(text, denied):
            continue
        if _BUT.search(text[denied.end() :]):
            continue
        drugs = {each.name for each in find_substances(said)}
        if drugs:
            found |= drugs & known
        elif _NO_ALLERGY.match(said):
            found |= set(patient.allergies)
        elif _NO_INTOLERANCE.match(said):
            found |= set(patient.intolerances)
    for mistaken in MISTAKEN.finditer(text):
        drugs = {each.name for each in find_substances(mistaken.group())}
        of_kind = patient.allergies if "lerg" in mistaken.group().lower() else patient.intolerances
        if drugs or len(of_kind) == 1:
            found |= drugs & known if drugs else set(of_kind)
    return found


def no_longer_taken(text: str, patient: Patient) -> set[str]:
    """The drugs taken beside that a text says are taken no more."""
    found: set[str] = set()
    for denied in DENIED.finditer(text):
        said = denied.group()
        if _TWICE.search(text[: denied.start()]):
            continue  # "he hasn't really stopped it"
        if _REACTION.search(said) or not _NOT_TAKEN.match(said) or _LATELY.search(said):
            continue
        if not _is_asked(text, denied):
            found |= {each.name for each in find_substances(said)} & set(patient.drugs)
    return found


def _is_asked(text: str, denied: re.Match[str]) -> bool:
    """Whether it is asked, and neither told nor supposed: "is she not allergic to it?"."""
    if not text[denied.end() :].lstrip().startswith("?"):
        return False
    return _IF.search(text[: denied.start()]) is None


# "She has not had her warfarin today", "stopped amiodarone 3 days ago": it may act all the same.
_LEFT_OUT = lazy(
    r"(?:^|(?<=[.;,!–—] ))[^.;,?!]*(?:(?:\bnot|\bnever|n['’]t)\s+(?:\w+\s+)?"
    r"(?:stopped|off|without)|\bmissed|\bforgot(?:ten)?(?: to take)?|\bskipped|"
    r"\b(?:(?:has|have|had)(?:n['’]t| not) (?:yet )?(?:had|taken|been given)|stopped|off|"
    r"finished)\b"
    r"(?=[^.;,?!]*\b(?:ago|yet|yesterday|today|tonight|last \w+|recently|this \w+|since)\b))"
    r"\b[^.;,?!]*(?:[.;,!–—]\s*|$)",
    re.IGNORECASE,
)


def without_left_out(text: str, patient: Patient) -> str:
    """The text without a dose that was left out, or a drug that was stopped not long ago."""
    for left in reversed(list(_LEFT_OUT.finditer(text))):
        named = {each.name for each in find_substances(left.group())}
        if named and named <= set(patient.drugs):
            text = f"{text[: left.start()]}{text[left.end() :]}"
    return text
