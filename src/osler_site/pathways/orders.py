"""Requests that a pathway makes (FHIR R4), in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from osler.domain import Dosage
from osler.domain.errors import DosageError
from osler.dosage import format_dosage, from_fhir, parse_dosages
from osler_site.pathways.calendar import Due, due_dates, how_often, is_later, then, until
from osler_site.pictures.wording import capital

Json = Mapping[str, Any]

_URGENT = ("urgent", "asap", "stat")


@dataclass(frozen=True, slots=True)
class Given:
    """One dosage: in words, its parts by name, and as it was read; None where it could not be."""

    text: str
    parts: tuple[tuple[str, str], ...]
    dosage: Dosage | None


@dataclass(frozen=True, slots=True)
class Medication:
    """A medicine and its doses in their order; `stops` where it is said not to be given."""

    name: str
    doses: tuple[Given, ...]
    notes: tuple[str, ...]
    stops: bool


@dataclass(frozen=True, slots=True)
class Monitoring:
    """What is to be checked, how often, and on which days from today."""

    what: str
    often: str
    dates: tuple[Due, ...]
    then: str  # how it goes on after these; "" where it does not
    notes: tuple[str, ...]
    timing: Json


def is_urgent(request: Json) -> bool:
    """Whether a request's priority puts it before the others."""
    return request.get("priority") in _URGENT


def medication(request: Json) -> Medication:
    """A MedicationRequest."""
    given = sorted(request.get("dosageInstruction", ()), key=lambda d: int(d.get("sequence", 1)))
    return Medication(
        name=concept(request.get("medicationCodeableConcept", {})),
        doses=tuple(_given(d) for d in given),
        notes=(*_notes(request), *(n for d in given for n in _dosage_notes(d))),
        stops=request.get("doNotPerform") is True,
    )


def monitoring(request: Json, today: date, wording: str = "") -> Monitoring:
    """A ServiceRequest; `today` is the day that its dates count from, `wording` its sentence."""
    timing = request.get("occurrenceTiming", {})
    if "occurrenceDateTime" in request:
        timing = {"event": [request["occurrenceDateTime"]]}
    end = until(timing, wording)
    dates = () if is_later(timing, wording) else due_dates(timing, today)
    period = request.get("occurrencePeriod", {})
    if {"start", "end"} <= set(period):
        first, last = (date.fromisoformat(str(period[end])[:10]) for end in ("start", "end"))
        dates = (Due(first, last),)
    return Monitoring(
        what=capital(concept(request.get("code", {}))),
        often=f"{how_often(timing)} {end}".strip(),
        dates=dates,
        then=then(timing, today, len(dates), end.partition(",")[0]) if dates else "",
        notes=(*_notes(request), *filter(None, [request.get("patientInstruction")])),
        timing=timing,
    )


def message(request: Json) -> str:
    """What a CommunicationRequest says."""
    said = [str(p["contentString"]) for p in request.get("payload", ()) if "contentString" in p]
    return " ".join(said) or concept(next(iter(request.get("reasonCode", ())), {}))


def concept(codeable: Json) -> str:
    """The words of a CodeableConcept."""
    if codeable.get("text"):
        return str(codeable["text"])
    codings = codeable.get("coding", ())
    return next((str(c.get("display") or c.get("code")) for c in codings), "")


def _given(dosage: Json) -> Given:
    stated = str(dosage.get("text", ""))
    try:
        read = from_fhir(dosage)
    except DosageError:
        return Given(stated, (), None)
    return Given(_words(read, stated), tuple(_parts(read)), read)


def _words(read: Dosage, stated: str) -> str:
    """A dosage as it is worded, where the words say what its elements do; else what these do."""
    meant = format_dosage(read)
    found = parse_dosages(stated)
    return stated if found and format_dosage(found[0]) == meant else meant or stated


def _parts(d: Dosage) -> Iterator[tuple[str, str]]:
    """Amount, route, how often and how long, each in words; what is not stated is left out."""
    nothing = Dosage(text="", start=0, end=0, amount_start=0, amount_end=0)
    amount = replace(nothing, low=d.low, high=d.high, unit=d.unit, comparator=d.comparator,
                     per=d.per, per_time=d.per_time)  # fmt: skip
    named = (
        ("Amount", amount),
        ("Route", replace(nothing, route=d.route, routes=d.routes)),
        ("How often", replace(nothing, frequency=d.frequency)),
        ("How long", replace(nothing, duration=d.duration)),
    )
    for name, only in named:
        said = format_dosage(only)
        if said:
            yield name, said


def _notes(request: Json) -> Iterator[str]:
    for note in request.get("note", ()):
        if note.get("text"):
            yield str(note["text"])


def _dosage_notes(dosage: Json) -> Iterator[str]:
    for instruction in dosage.get("additionalInstruction", ()):
        yield concept(instruction)
    if dosage.get("patientInstruction"):
        yield str(dosage["patientInstruction"])
