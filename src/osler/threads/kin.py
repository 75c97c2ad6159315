"""Kin spoken of again: "Mum can't swallow pills" after questions on her and on a son."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from osler.domain import Patient
from osler.threads import cues
from osler.threads.thread import Thread

# What holds of a person whatever is asked: for what something is given is asked anew.
_OF_THE_PERSON = (
    "age_years", "life_stage", "sex", "weight_kg", "height_cm", "egfr", "crcl",
    "creatinine_umol_l", "pregnancy", "gestation_weeks", "breastfeeding", "allergies",
    "intolerances", "never_had", "reactions", "procedures",
)  # fmt: skip
_SAME = {"mum": "mother", "mom": "mother", "dad": "father"}
_OF_ANOTHER = ("her ", "his ", "their ")  # "her mother" is not "my mother"


def kin_in(text: str) -> set[str]:
    """Who is spoken of as kin of whom, one word for each: "mother", "her brother"."""
    return set(_kin(text))


def _kin(text: str) -> Iterator[str]:
    for found in cues.KIN.finditer(text):
        said = found.group().lower()
        word = found["kin"].lower().split()[-1]
        whose = next((w for w in _OF_ANOTHER if said.startswith(w)), "")
        yield whose + _SAME.get(word, word)


def known_of_kin(thread: Thread, text: str) -> Patient:
    """What is known of the one person of whom a text speaks, and of whom an earlier turn did.

    Nothing where the last turn is of the same person, or where several are named.
    """
    named = kin_in(text)
    if len(named) != 1 or not thread.turns or named <= kin_in(thread.turns[-1].typed):
        return Patient()
    turns = [t for t in thread.turns[:-1] if kin_in(t.typed) == named]
    if not turns:
        return Patient()
    known = turns[-1].patient
    return replace(Patient(), **{name: getattr(known, name) for name in _OF_THE_PERSON})
