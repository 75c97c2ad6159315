"""The answer's JSON contract, read back into what a picture is drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from osler.domain import (
    Comparator,
    Dosage,
    DosageRole,
    Duration,
    Frequency,
    Maximum,
    Phase,
)

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One supported claim, as the answer shows it, with where it stands in its first source."""

    text: str
    references: tuple[int, ...]
    dosages: tuple[Dosage, ...]
    group: str
    headings: tuple[str, ...]
    leads: bool  # it stands in the bottom line
    applies: str | None
    doubted: bool
    start: int


@dataclass(frozen=True, slots=True)
class Source:
    """A reference as a picture names it."""

    number: int
    name: str
    status: str


def claims_of(body: Body) -> tuple[Spoken, ...]:
    """Every supported claim once, in the order of the answer."""
    found: dict[str, Spoken] = {}
    for leads, claim in _all(body):
        if claim.get("verdict") != "supported" or not _numbers(claim):
            continue
        found.setdefault(claim["text"], _spoken(claim, leads))
    return tuple(found.values())


def sources_of(body: Body) -> dict[int, Source]:
    """The references by their number: the organisation (else the title) and the year."""
    found = {}
    for reference in body["references"]:
        name = reference["organization"] or reference["title"] or reference["file"]
        year = reference["year"]
        number = reference["number"]
        found[number] = Source(number, f"{name}, {year}" if year else name, reference["status"])
    return found


def dosage_of(value: Mapping[str, Any]) -> Dosage:
    """A dosage of the contract as the dosage that it was written from."""
    maximum, divided = value.get("max"), value.get("divided")
    return Dosage(
        text=value["text"],
        start=value["start"],
        end=value["end"],
        amount_start=value["amount_start"],
        amount_end=value["amount_end"],
        low=_number(value["low"]),
        high=_number(value["high"]),
        unit=value["unit"],
        comparator=Comparator(value["comparator"]) if value.get("comparator") else None,
        per=value["per"],
        per_time=value.get("per_time"),
        divided=(divided[0], divided[1]) if divided else None,
        route=value["route"],
        routes=tuple(value.get("routes") or ()),
        frequency=_frequency(value["frequency"]),
        duration=_duration(value["duration"]),
        maximum=None
        if maximum is None
        else Maximum(
            Decimal(str(maximum["amount"])), maximum["unit"], maximum["per"], maximum["per_time"]
        ),
        role=DosageRole(value.get("role", "dose")),
        phase=Phase(value["phase"]) if value["phase"] else None,
        substance=value["substance"],
        steps=tuple(dosage_of(step) for step in value["steps"]),
        over=_duration(value.get("over")),
        combined=tuple(Decimal(str(part)) for part in value.get("combined") or ()),
    )


def _all(body: Body) -> Iterator[tuple[bool, Mapping[str, Any]]]:
    for claim in body["bottom_line"]:
        yield True, claim
    for section in body["sections"]:
        for claim in section["claims"]:
            yield False, claim
    for conflict in body["conflicts"]:
        for position in conflict["positions"]:
            yield False, position["claim"]


def _numbers(claim: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(c["reference"] for c in claim["citations"] if c["reference"])


def _spoken(claim: Mapping[str, Any], leads: bool) -> Spoken:
    citations = claim["citations"]
    return Spoken(
        text=claim["text"],
        references=tuple(dict.fromkeys(_numbers(claim))),
        dosages=tuple(dosage_of(d) for d in claim["dosages"]),
        group=claim["group"] or "",
        headings=tuple(citations[0]["section"]),
        leads=leads,
        applies=claim["applies"],
        doubted=bool(claim.get("warning")),
        start=citations[0]["start"],
    )


def _number(value: float | int | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _frequency(value: Mapping[str, Any] | None) -> Frequency | None:
    if value is None:
        return None
    return Frequency(
        count=value["count"],
        count_high=value["count_high"],
        period_low=_number(value["period_low"]),
        period_high=_number(value["period_high"]),
        period_unit=value["period_unit"],
        as_needed=value["as_needed"],
        once=value.get("once", False),
        weekdays=tuple(value.get("weekdays") or ()),
        when=tuple(value.get("when") or ()),
        on=tuple(value.get("on") or ()),
        on_unit=value.get("on_unit"),
        most=value.get("most"),
        most_unit=value.get("most_unit"),
    )


def _duration(value: Mapping[str, Any] | None) -> Duration | None:
    if value is None:
        return None
    comparator = value.get("comparator")
    return Duration(
        low=_number(value["low"]),
        high=_number(value["high"]),
        unit=value["unit"],
        until=value["until"],
        for_life=value["for_life"],
        comparator=Comparator(comparator) if comparator else None,
        text=value["text"],
    )
