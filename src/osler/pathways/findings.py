"""What a condition or procedure is, by its codes and its words: packaged sets of both.

A plan asks for the finding ("kidney failure") and not for every code and spelling of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FINDING = "urn:osler:finding"
"""The system of codings that name a finding ("kidney failure")."""

# ICD-10, by its names and its OIDs; ICD-11 and ICD-O are other codes, and so are all other systems.
_ICD9 = re.compile(r"icd-?9|6\.(?:2|103|104|42)$")
_ICD10 = re.compile(
    r"\bicd(?!-?(?:11|o\b))[-_ ]?(?:10|/release/10|$)|2\.16\.840\.1\.113883\.6\.(?:3|90)$"
)
_SCT_OID = "2.16.840.1.113883.6.96"
_SPACES = re.compile(r"[\s\-‐-―/():]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: the codes and words that tell of it.

    `passes`: what is over is not told of. `kinds` are the findings that it is also.
    """

    name: str
    icd10: tuple[str, ...]
    icd9: tuple[str, ...]
    snomed: frozenset[str]
    words: re.Pattern[str] | None
    unsure: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    passes: bool
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The findings of a text: those that it tells, and those that it only speaks of."""

    told: tuple[str, ...]
    spoken_of: tuple[str, ...]


def by_codes(codings: Iterable[Mapping[str, Any]], *, is_past: bool = False) -> tuple[str, ...]:
    """The findings of codes; of what is past those that do not pass."""
    found = [
        finding.name
        for coding in codings
        if isinstance(coding.get("code"), str)
        for finding in findings()
        if not (is_past and finding.passes) and _has(finding, coding)
    ]
    return _with_kinds(found)


def by_words(stated: str, present: str) -> Told:
    """The findings of words in lower case: what was or is, and what is (`Asserted`)."""
    if not stated:
        return Told((), ())
    texts = {False: _spaced(stated), True: _spaced(present)}
    told: list[str] = []
    spoken_of: list[str] = []
    for finding in findings():
        text = texts[finding.passes]
        if finding.words is None or not text or not finding.words.search(text):
            continue
        if finding.unless is not None:
            text = finding.unless.sub(" ", text)
            if not finding.words.search(text):
                continue
        unsure = finding.unsure is not None and finding.unsure.search(text)
        (spoken_of if unsure else told).append(finding.name)
    return Told(_with_kinds(told), _with_kinds(spoken_of))


def _has(finding: Finding, coding: Mapping[str, Any]) -> bool:
    code, system = str(coding["code"]), str(coding.get("system", "")).lower()
    if code in finding.snomed and (not system or "snomed" in system or system.endswith(_SCT_OID)):
        return True
    if _ICD9.search(system):
        held = finding.icd9
    elif not system or _ICD10.search(system):
        held = finding.icd10
    else:
        return False
    plain = code.upper().replace(".", "")
    return any(
        plain == each.rstrip("$") if each.endswith("$") else plain.startswith(each) for each in held
    )


def _spaced(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _with_kinds(names: Iterable[str]) -> tuple[str, ...]:
    """The findings and what they are kinds of, each once."""
    kinds = {finding.name: finding.kinds for finding in findings()}
    found: dict[str, None] = {}
    left = list(names)
    while left:
        name = left.pop(0)
        if name not in found:
            found[name] = None
            left += kinds.get(name, ())
    return tuple(found)


@cache
def findings() -> tuple[Finding, ...]:
    """The packaged findings."""
    rows: dict[str, dict[str, list[str]]] = {}
    for name, key, value in _lines():
        rows.setdefault(name, {}).setdefault(key, []).append(value)
    return tuple(_made(name, told) for name, told in rows.items())


def _made(name: str, told: Mapping[str, list[str]]) -> Finding:
    def codes(key: str) -> tuple[str, ...]:
        return tuple(code for value in told.get(key, ()) for code in value.split())

    def pattern(key: str) -> re.Pattern[str] | None:
        return re.compile("|".join(told[key])) if key in told else None

    return Finding(
        name, codes("icd10"), codes("icd9"), frozenset(codes("snomed")), pattern("words"),
        pattern("unsure"), pattern("unless"), "passes" in told, tuple(told.get("is", ())),
    )  # fmt: skip


def _lines() -> Iterator[tuple[str, str, str]]:
    text = Path(__file__).with_name("data").joinpath("findings.tsv").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            name, key, value = line.split("\t")
            yield name, key, value
