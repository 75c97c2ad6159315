"""Bare numbers in a follow-up: "and at 55?" after a clearance of 25, "not 3, 8"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from osler.domain import Patient, Term
from osler.patterns import lazy
from osler.statements import find_conditions, find_substances, read_patient
from osler.threads.cues import CORRECTS, KIN
from osler.threads.unsaid import is_of_the_telling

_EMPTY = Patient()

_BARE = lazy(
    r"^(?P<lead>\D*?)"
    r"(?P<value>(?:(?:below|under|less than|above|over|more than|[<>]=?)\s*)?\d+(?:\.\d+)?)"
    r"\s*(?P<unit>mg/d[lL]|[µμu]mol(?:/[lL])?|micromol(?:/[lL])?|m[lL]/min\S*)?"
    r"(?:\s+(?:now|today|then|only|(?:it|that) (?:is|was)|really|actually))*\W*$",
    re.IGNORECASE,
)
# "Renal function 15": of the clearance, or the eGFR, that is known.
_OF_KIDNEYS = lazy(r"\b(?:renal|kidney)\s+function\b|\bkidneys\b", re.IGNORECASE)
# "He is 40" is the age, whatever else is known.
_IS_AGED = lazy(
    r"^\W*(?:(?:and|but|if|no|sorry|actually|now|what)\W+)*s?he(?:['’]s| is| was)\s+"
    r"(?:(?:only|just|now|actually|about)\s+)*\d{1,3}\W*$",
    re.IGNORECASE,
)


def named_value(text: str, patient: Patient, latest: Patient = _EMPTY) -> str:
    """The text with its bare number as the value that is meant: the one told last (`latest`).

    Else the one that is known of the patient. Left as it is where there is none, or several:
    then nobody can tell which is meant.
    """
    if weighed := _WEIGHED.match(text):
        return f"{weighed['said']} kg"
    match = _BARE.match(text)
    if match and KIN.search(match["lead"]):
        return text  # "and for my sister, 40?"
    if match is None or _IS_AGED.match(text):
        return text
    if not _says_nothing(_OF_KIDNEYS.sub("", match["lead"])):
        return text
    if _OF_KIDNEYS.search(match["lead"]):
        named = [n for n in _values(patient) if n in _OF_CLEARANCE]
    elif match["unit"]:
        named = [n for n in _values(patient) if n in _IN_UNIT[match["unit"][:2].lower()]]
    else:
        every = _all_numbers if CORRECTS.search(text) else _values
        last = [n for n in every(latest) if n in every(patient)]
        named = last if len(last) == 1 else every(patient)
    if len(named) != 1:
        return text
    value = match["value"]
    if named[0] == _AGE:
        who = {"female": "she", "male": "he"}.get(patient.sex or "", "the patient")
        return f"{who} is {value}"
    if named[0] == "creatinine":
        amount = read_patient(
            f"creatinine {value} {match['unit'] or 'micromol/L'}"
        ).creatinine_umol_l
        return f"creatinine {amount:f} micromol/L?" if amount is not None else text
    return f"{named[0]} {value}{_UNITS.get(named[0], '')}?"


# "Weighed her again, 24.5": kilograms, in whom nothing else is weighed.
_WEIGHED = lazy(
    r"^(?P<said>[^\d.?!]*\b(?:weigh(?:s|ed|t)?|scales?)\b[^\d.?!]*\d+(?:\.\d+)?)"
    r"(?:\s+(?:now|today|actually))?\W*$",
    re.IGNORECASE,
)


def _says_nothing(words: str) -> bool:
    """Whether the words before a number say nothing of what it is: "sorry, old result, now"."""
    said = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", words)
    return all(map(is_of_the_telling, said))


_AGE = "age"
_UNITS = {"weight": " kg"}
_OF_CREATININE, _OF_CLEARANCE = ("creatinine",), ("eGFR", "CrCl")
_IN_UNIT = {
    "mg": _OF_CREATININE, "um": _OF_CREATININE, "µm": _OF_CREATININE, "μm": _OF_CREATININE,
    "mi": _OF_CREATININE, "ml": _OF_CLEARANCE,
}  # fmt: skip


def _values(patient: Patient) -> list[str]:
    """The values that are known of a patient, as they are called."""
    return [
        *(["eGFR"] if patient.egfr is not None else []),
        *(["CrCl"] if patient.crcl is not None else []),
        *(["BMI"] if patient.bmi is not None else []),
        *(["creatinine"] if patient.creatinine_umol_l is not None else []),
        *(name.upper() if len(name) <= 3 else name for name, _ in patient.measurements),
    ]


def _all_numbers(patient: Patient) -> list[str]:
    return [
        *([_AGE] if patient.age_years is not None else []),
        *(["weight"] if patient.weight_kg is not None else []),
        *_values(patient),
    ]


# "She's 32 weeks", "and at 20 weeks?"
_WEEKS = lazy(
    r"^(?P<lead>\W*(?:(?:and|but|actually|sorry|no|now|if|what if|is)\W+)*(?:she(?:['’]s| is|"
    r" was)|at)\s+"
    r"(?:(?:now|about|only|already|just)\s+)*\d{1,2}(?:\+\d)?[\s-]*(?:weeks?|wks?))\b"
    r"(?!\s*(?:old|pregnant|gestation|into|of|ago|post|after))",
    re.IGNORECASE,
)
_GROWN = 12  # years


def weeks_of_pregnancy(text: str, patient: Patient) -> str:
    """ "She's 32 weeks pregnant" for "she's 32 weeks", where a woman is spoken of."""
    young = patient.life_stage in ("neonate", "infant", "child") or (
        patient.age_years is not None and patient.age_years < _GROWN
    )
    if patient.sex != "female" or young:
        return text
    return _WEEKS.sub(r"\g<lead> pregnant", text, count=1)


def named_part(text: str, known: Sequence[str]) -> str:
    """The text with a bare part of a name in its place: "no, it was the knee" of a hip replacement.

    Left as it is where it fits in no name that is known, or in several.
    """
    words = _OTHER_PART.sub("", _AROUND.sub("", text)).strip(" ,.;:?!")
    if not words or len(words.split()) > _LONGEST_PART or find_conditions(words, any_case=True):
        return text
    named = {name for old in known for name in _with_part(words.lower(), old) if name != old}
    return f"no, {named.pop()}" if len(named) == 1 else text


def plain_values(text: str) -> str:
    """The text with "potassium 5.4" for "potassium came back at 5.4": how it came is not read."""
    return _CAME.sub(" ", text)


_CAME = lazy(
    r"\s+(?:(?:has|have|just|only|now)\s+)*(?:(?:c[ao]me|comes|coming)\s+back|returned|reported|"
    r"(?:gone|went|going|is|was)\s+(?:up|down)|risen|rose|dropped|fallen|fell|measured)"
    r"(?:\s+(?:at|as|to))?\s+(?=\d)",
    re.IGNORECASE,
)


def plain_allergy(text: str) -> str:
    """ "Allergic to penicillin" for "penicillin rash last year", where nothing is asked of it."""
    found = _REACTED.search(text)
    if found is None or "?" in text[found.end() :].partition(".")[0]:
        return text
    if not find_substances(found["drug"]):
        return text
    return f"{text[: found.start()]}allergic to {found['drug']}{text[found.end() :]}"


_REACTED = lazy(
    r"\b(?P<drug>[\w-]{4,})\s+(?:gave (?:him|her|them) )?(?:an? )?(?:rash|hives|anaphylaxis|"
    r"angio-?o?edema|urticaria)\b(?:\s+(?:last \w+|as a (?:child|baby)|years ago|before|once))*",
    re.IGNORECASE,
)


def named_salt(text: str, drugs: Sequence[Term]) -> str:
    """The text with a salt in full, of which the drug before has another: "fumarate"."""
    words = {w.lower() for w in re.findall(r"[^\W\d_]{4,}", text)}
    if find_substances(text):
        return text
    for drug in drugs:
        base, _, salt = drug.name.rpartition(" ")
        for word in sorted(words - {salt}) if base else ():
            whole = f"{base} {word}"
            if any(found.name == whole for found in find_substances(whole)):
                return re.sub(rf"\b{word}\b", whole, text, count=1, flags=re.IGNORECASE)
    return text


_LONGEST_PART = 2  # words
_AROUND = lazy(
    r"^\W*(?:(?:no|nope|sorry|oops|actually|and|but|or|wait|i|it|that|this|he|she|was|is|had|"
    r"it['’]s|mean|meant|in|fact|"
    r"what|about|how|if|the|an?|her|his|for|of|on|after|rather|only)\b\W*)*|"
    r"(?:\W*\b(?:actually|instead|sorry|then|though|one))*\W*$",
    re.IGNORECASE,
)
_OTHER_PART = lazy(r"\W+\bnot\s+(?:the\s+|an?\s+)?[\w-]+(?:\s+[\w-]+)?$", re.IGNORECASE)


def _with_part(words: str, name: str) -> Iterator[str]:
    """The names of the lexicon that a name becomes with other words for its first or last."""
    parts = name.lower().split()
    for at in range(1, len(parts)):
        for said in (f"{words} {' '.join(parts[at:])}", f"{' '.join(parts[:at])} {words}"):
            for found in find_conditions(said, any_case=True):
                if found.start == 0 and found.end == len(said):
                    yield found.name


_NOT_BUT = lazy(
    r"^\W*(?:(?:no|sorry|oops|actually|i mean)\b\W*)*not\s+(?P<old>\d+(?:\.\d+)?)\s*\w*\W+"
    r"(?:but\s+|it['’]s\s+)?(?P<new>\d+(?:\.\d+)?)\s*(?:years?|months?|kg|old|\s)*\W*$",
    re.IGNORECASE,
)
# "Sorry 48 not 78!!", "typo, 85 not 58"
_BUT_NOT = lazy(
    r"^\W*(?:(?:no|sorry|oops|actually|i mean|typo|meant|make that|he['’]?s|she['’]?s|he is|"
    r"she is|it['’]?s)\b\W*)*"
    r"(?P<new>\d+(?:\.\d+)?)\s*\w{0,6}\W{0,3}not\s+(?P<old>\d+(?:\.\d+)?)(?![^.!?]*\?)",
    re.IGNORECASE,
)
_NUMBERS = ("age_years", "weight_kg", "height_cm", "bmi", "egfr", "crcl", "creatinine_umol_l")


def put_right(text: str, patient: Patient) -> Patient | None:
    """The patient with one number in place of another: "no, not 3, 8". None for any other text.

    None too where no fact has the number, or several: then nobody can tell which is meant.
    """
    match = _NOT_BUT.match(text) or _BUT_NOT.match(text)
    if match is None:
        return None
    old, new = Decimal(match["old"]), Decimal(match["new"])
    meant = [name for name in _NUMBERS if getattr(patient, name) == old]
    if len(meant) != 1:
        return None
    changed: dict[str, Any] = {meant[0]: new}
    if meant[0] == "age_years":
        changed["life_stage"] = None
    return replace(patient, **changed)
