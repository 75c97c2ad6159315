"""Questions that name a patient, made of sentences, names and formats; all sets but one held out.

Two thirds of the `full` names are "given family" as listed, the rest with an initial or a second
family name; the slots of `name` keep the given name and the family name of one person together.
NHS numbers and ages are drawn. The same set, count and seed give the same questions.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from osler.domain.identifier import IdentifierKind

SETS = ("dev", "heldout", "second", "third", "fourth", "fifth", "sixth_own", "sixth")
_SLOT = re.compile(r"\{(\w+)\}")
_KINDS = {
    "full": IdentifierKind.NAME,
    "low_full": IdentifierKind.NAME,
    "low_given": IdentifierKind.NAME,
    "given": IdentifierKind.NAME,
    "surname": IdentifierKind.NAME,
    "low_surname": IdentifierKind.NAME,
    "caps_surname": IdentifierKind.NAME,
    "surname_first": IdentifierKind.NAME,
    "name": IdentifierKind.NAME,
    "low_name": IdentifierKind.NAME,
    "caps_name": IdentifierKind.NAME,
    "last_first": IdentifierKind.NAME,
    "initial_name": IdentifierKind.NAME,
    "initials": IdentifierKind.NAME,
    "dob": IdentifierKind.BIRTH,
    "date": IdentifierKind.DATE,
    "age": IdentifierKind.AGE,
    "old": IdentifierKind.AGE,
    "nhs": IdentifierKind.NHS,
    "mrn": IdentifierKind.RECORD,
    "policy": IdentifierKind.ACCOUNT,
    "ssn": IdentifierKind.SSN,
    "phone": IdentifierKind.PHONE,
    "email": IdentifierKind.EMAIL,
    "postcode": IdentifierKind.POSTCODE,
    "address": IdentifierKind.ADDRESS,
    "low_address": IdentifierKind.ADDRESS,
    "house": IdentifierKind.ADDRESS,
    "town": IdentifierKind.ADDRESS,
    "bed": IdentifierKind.BED,
    "cell": IdentifierKind.BED,
    "roomno": IdentifierKind.BED,
}


@dataclass(frozen=True, slots=True)
class Planted:
    """Something that must be found: `text[start:end]` of its question."""

    start: int
    end: int
    kind: IdentifierKind


@dataclass(frozen=True, slots=True)
class Identified:
    """A question, what in it tells who the patient is, and the question with none of it."""

    text: str
    planted: tuple[Planted, ...]


def identified_questions(name: str, count: int, seed: int) -> Iterator[Identified]:
    """So many questions of a set, each sentence as often as the next."""
    lists = lists_of(name)
    rng = random.Random(seed)
    sentences = lists["sentences"]
    for at in range(count):
        yield filled(sentences[at % len(sentences)], lists, rng)


def plain_questions(name: str) -> tuple[str, ...]:
    """The questions of a set that hold no identifier; the first two sets have none."""
    return tuple(lists_of(name).get("plain", ()))


def lists_of(name: str) -> dict[str, list[str]]:
    """The lists of a set by name, the sentences among them."""
    text = files("osler.evaluation").joinpath(f"data/identified_{name}.toml").read_text("utf-8")
    lists: dict[str, list[str]] = tomllib.loads(text)
    if people := [person.split("|") for person in lists.get("names", ())]:
        lists["given"] = [given for given, _ in people]
        lists["surname"] = [surname for _, surname in people]
    return lists


def filled(sentence: str, lists: dict[str, list[str]], rng: random.Random) -> Identified:
    """The sentence with a value of the lists in each slot."""
    pieces: list[str] = []
    planted: list[Planted] = []
    length = at = 0
    for match in _SLOT.finditer(sentence):
        before, slot = sentence[at : match.start()], match.group(1)
        value = _MADE[slot](lists, rng) if slot in _MADE else rng.choice(lists[slot])
        start = length + len(before)
        if slot in _KINDS:
            planted.append(Planted(start, start + len(value), _KINDS[slot]))
        pieces += [before, value]
        length, at = start + len(value), match.end()
    return Identified("".join([*pieces, sentence[at:]]), tuple(planted))


def _full(lists: dict[str, list[str]], rng: random.Random) -> str:
    given, family = rng.choice(lists["given"]), rng.choice(lists["surname"])
    shape = rng.randrange(6)
    if shape == 0:
        return f"{given} {rng.choice('ABDEFGHJKLMNPRST')}. {family}"
    if shape == 1:
        return f"{given} {rng.choice(lists['surname'])}-{family}".replace(" van", " Van")
    return f"{given} {family}"


def _name(lists: dict[str, list[str]], rng: random.Random) -> tuple[str, str]:
    given, surname = rng.choice(lists["names"]).split("|")
    return given, surname


def _last_first(lists: dict[str, list[str]], rng: random.Random) -> str:
    given, surname = _name(lists, rng)
    return f"{surname.upper()}, {given}"


def _initial_name(lists: dict[str, list[str]], rng: random.Random) -> str:
    given, surname = _name(lists, rng)
    return f"{given[0]}{rng.choice(('.', ''))} {surname}"


def _low_full(lists: dict[str, list[str]], rng: random.Random) -> str:
    return f"{rng.choice(lists['given'])} {rng.choice(lists['surname'])}".lower()


def _nhs(lists: dict[str, list[str]], rng: random.Random) -> str:
    while True:
        digits = [rng.randrange(1, 10), *(rng.randrange(10) for _ in range(8))]
        check = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            text = "".join(map(str, [*digits, check % 11]))
            return text if rng.randrange(2) else f"{text[:3]} {text[3:6]} {text[6:]}"


_MADE: dict[str, Callable[[dict[str, list[str]], random.Random], str]] = {
    "full": _full,
    "low_full": _low_full,
    "low_surname": lambda lists, rng: rng.choice(lists["surname"]).lower(),
    "surname_first": lambda lists, rng: (
        f"{rng.choice(lists['surname']).upper()}, {rng.choice(lists['given'])}"
    ),
    "caps_surname": lambda lists, rng: rng.choice(lists["surname"]).upper(),
    "name": lambda lists, rng: " ".join(_name(lists, rng)),
    "low_name": lambda lists, rng: " ".join(_name(lists, rng)).lower(),
    "caps_name": lambda lists, rng: " ".join(_name(lists, rng)).upper(),
    "last_first": _last_first,
    "initial_name": _initial_name,
    "nhs": _nhs,
    "age": lambda lists, rng: str(rng.randrange(90, 104)),
    "ssn": lambda lists, rng: (
        f"{rng.randrange(100, 660)}-{rng.randrange(10, 100)}-{rng.randrange(1000, 10000)}"
    ),
}
