"""The patient's own conditions, procedures and allergies, as expressions meet them.

Each is given as a resource of its own type whose words say what is said of the patient alone
(`assertion`), and whose codes name what it is (`findings`, `ingredients`), so that a plan need
know neither every code nor every way to write "ruled out".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from osler.pathways.assertion import Asserted, asserted
from osler.pathways.findings import FINDING, by_codes, by_words
from osler.pathways.ingredients import ingredients
from osler.pathways.medicines import SUBSTANCE
from osler.pathways.record import Record
from osler.pathways.record_checks import is_past

Json = dict[str, Any]

_OVER = frozenset({"inactive", "resolved", "remission"})
_REFUTED = frozenset({"refuted", "entered-in-error"})
_DOUBTED = frozenset({"unconfirmed", "provisional", "differential"})
_DONE = frozenset({"completed", "in-progress"})
_ALLERGY = re.compile(
    r"\b(?:allerg\w*|hypersensitiv\w*|intoleran\w*|anaphyla\w*|sensitivity"
    r"|adverse (?:drug )?reaction)\b"
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A concept as far as it is the patient's: what is stated of it, and what is in doubt."""

    stated: Json | None
    doubted: Json | None


@dataclass(frozen=True)
class Problems:
    """What one patient has and had done; each concept is read once."""

    record: Record
    now: datetime

    @cached_property
    def stated(self) -> list[Json]:
        """Conditions that the patient has: not over, refuted, denied, doubted or a relative's."""
        return [
            _with(resource, read.stated)
            for resource, read in self._conditions
            if read.stated is not None and not _is_provisional(resource)
        ]

    @cached_property
    def doubted(self) -> list[Json]:
        """Conditions and procedures that are suspected, planned for or only spoken of.

        Of a condition that is provisional that is all, of another what its words doubt.
        """
        found = [
            (resource, (_is_provisional(resource) and read.stated) or read.doubted)
            for resource, read in (*self._conditions, *self._procedures)
        ]
        return [_with(resource, code) for resource, code in found if code is not None]

    @cached_property
    def performed(self) -> list[Json]:
        """Procedures that were done on the patient or are going on."""
        found = ((resource, read.stated) for resource, read in self._procedures)
        return [_with(resource, code) for resource, code in found if code is not None]

    @cached_property
    def allergies(self) -> list[Json]:
        """Allergies and intolerances, those that stand as conditions too, with their substances."""
        found = [
            _allergy(self.record, concept)
            for resource in self.record.of_type("AllergyIntolerance")
            if not _codes(resource, "clinicalStatus") & _OVER
            and not _codes(resource, "verificationStatus") & _REFUTED
            for concept in _substances_of(resource)
        ]
        codes = [condition.get("code", {}) for condition in self.stated]
        found += [
            _allergy(self.record, code) for code in codes if any(map(_ALLERGY.search, _texts(code)))
        ]
        return [allergy for allergy in found if allergy is not None]

    @cached_property
    def _conditions(self) -> list[tuple[Json, _Read]]:
        found = (c for c in self.record.of_type("Condition") if _stands(c, self.now))
        return [(condition, _read(condition.get("code"))) for condition in found]

    @cached_property
    def _procedures(self) -> list[tuple[Json, _Read]]:
        found = (p for p in self.record.of_type("Procedure") if p.get("status") in _DONE)
        return [(procedure, _read(procedure.get("code"))) for procedure in found]


def _is_provisional(condition: Mapping[str, Any]) -> bool:
    return bool(_codes(condition, "verificationStatus") & _DOUBTED)


def _stands(condition: Mapping[str, Any], now: datetime) -> bool:
    end = condition.get("abatementDateTime") or condition.get("abatementPeriod", {}).get("end")
    return (
        not _codes(condition, "clinicalStatus") & _OVER
        and not _codes(condition, "verificationStatus") & _REFUTED
        and not (isinstance(end, str) and is_past(end, now))
    )


def _read(concept: Any) -> _Read:
    """A CodeableConcept in the patient's own words, with the findings that it names.

    Its codes stand unless its words, if it has any, deny or doubt all of what they say.
    """
    if not isinstance(concept, Mapping):
        return _Read({}, None)
    codings = [c for c in concept.get("coding", ()) if isinstance(c, Mapping)]
    texts = {text: asserted(text) for text in _texts(concept)}
    said = list(texts.values())
    if any(each.is_denied for each in said):
        return _Read(None, None)
    whole_in_doubt = bool(said) and any(not each.stated for each in said)
    is_over = bool(said) and any(not each.present for each in said)
    named = [by_words(each.stated, each.present) for each in said]
    doubts = [n for each in said for n in _named_in(each.doubted)]
    doubts += [n for told in named for n in told.spoken_of]
    by_code = by_codes(codings, is_past=is_over)
    if whole_in_doubt:
        return _Read(None, _concept(codings, texts, "doubted", (*doubts, *by_code)))
    told = [n for t in named for n in t.told]
    kept = _concept(codings, texts, "stated", (*told, *by_code))
    rest = [n for n in doubts if n not in {*told, *by_code}]
    has_doubts = any(each.doubted for each in said) or rest
    return _Read(kept, _concept((), texts, "doubted", rest) if has_doubts else None)


def _named_in(text: str) -> tuple[str, ...]:
    found = by_words(text, text)
    return (*found.told, *found.spoken_of)


def _concept(
    codings: Iterable[Mapping[str, Any]],
    texts: Mapping[str, Asserted],
    part: str,
    findings: Iterable[str],
) -> Json:
    """A CodeableConcept of codes, of one part of its words, and of findings."""
    said = {text: str(getattr(each, part)) for text, each in texts.items()}
    coded = [
        {k: said.get(v, v) if k == "display" else v for k, v in coding.items()}
        for coding in codings
    ]
    coded += [{"system": FINDING, "code": name} for name in dict.fromkeys(findings)]
    words = "; ".join(dict.fromkeys(text for text in said.values() if text))
    made: Json = {"coding": [{k: v for k, v in c.items() if v} for c in coded]}
    if words:
        made["text"] = words
    return {k: v for k, v in made.items() if v}


def _allergy(record: Record, concept: Any) -> Json | None:
    if not isinstance(concept, Mapping):
        return None
    texts = _texts(concept)
    said = [asserted(text).stated for text in texts]
    if texts and not any(said):
        return None
    codings = [c for c in concept.get("coding", ()) if c.get("system") != FINDING]
    names = ingredients(said, codings)
    coding = [*codings, *({"system": SUBSTANCE, "code": name} for name in names)]
    told: Json = {"coding": coding, "text": "; ".join(filter(None, said))}
    return {
        "resourceType": "AllergyIntolerance",
        "code": {k: v for k, v in told.items() if v},
        "patient": {"reference": record.subject},
    }


def _substances_of(allergy: Mapping[str, Any]) -> Iterator[Any]:
    yield allergy.get("code")
    for reaction in allergy.get("reaction", ()):
        yield reaction.get("substance")


def _texts(concept: Mapping[str, Any]) -> list[str]:
    """Text and displays, each once."""
    found = [concept.get("text"), *(c.get("display") for c in concept.get("coding", ()))]
    return list(dict.fromkeys(text for text in found if isinstance(text, str) and text.strip()))


def _codes(resource: Mapping[str, Any], element: str) -> set[str]:
    return {str(c.get("code")) for c in resource.get(element, {}).get("coding", ())}


def _with(resource: Mapping[str, Any], code: Json) -> Json:
    made = {k: v for k, v in resource.items() if k != "code"}
    return made | ({"code": code} if code else {})
