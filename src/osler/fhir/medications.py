"""The dosages of the bottom line, as FHIR R4 MedicationKnowledge: general, for no one patient.

A MedicationRequest would be an order and needs a patient; an answer is neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from osler.domain import Dosage, DosageRole, Polarity
from osler.domain.errors import LibraryError
from osler.dosage import from_json, sequence_to_fhir
from osler.fhir.columns import column_group
from osler.fhir.parts import Json, identity, reference, said
from osler.library import Library


def medications(
    claim: Mapping[str, Any], sources: Sequence[Json], library: Library
) -> tuple[Json, ...]:
    """One MedicationKnowledge for each substance that a claim doses.

    None for a claim that does not stand as it is: not supported, of an implausible dose, not for
    this patient, or of a passage that says what not to do. An amount that is no dose (a tablet's
    strength, a step of a titration, a ceiling by itself) is never given as one.
    """
    if not _stands(claim, library):
        return ()
    by_substance: dict[str | None, list[Dosage]] = {}
    for held in claim["dosages"]:
        dosage = from_json(held)
        if any(_is_step(dosage, other) for stated in by_substance.values() for other in stated):
            continue  # it stands in the sequence that it is part of
        if dosage.role is DosageRole.DOSE and dosage.low is not None:
            by_substance.setdefault(dosage.substance, []).append(dosage)
    return tuple(
        _medication(claim, name, dosages, sources) for name, dosages in by_substance.items()
    )


def _is_step(dosage: Dosage, of: Dosage) -> bool:
    return any(step.amount_start == dosage.amount_start for step in of.steps)


def _medication(
    claim: Mapping[str, Any], name: str | None, dosages: Sequence[Dosage], sources: Sequence[Json]
) -> Json:
    by_column: dict[str, list[Dosage]] = {}
    for dosage in dosages:
        by_column.setdefault(column_group(claim, dosage), []).append(dosage)
    return said(
        resourceType="MedicationKnowledge",
        id=identity("medication", [claim["text"], name, claim["citations"]]),
        code=said(text=name),
        status="inactive" if claim.get("currency") else "active",
        monograph=[{"type": {"text": "cited source"}, "source": reference(s)} for s in sources],
        administrationGuidelines=[
            _guideline((claim["group"], column), doses) for column, doses in by_column.items()
        ],
    )


def _guideline(groups: Sequence[str | None], dosages: Sequence[Dosage]) -> Json:
    """Dosages with whom they are for, in the source's words; all of it must hold."""
    return said(
        dosage=[
            {"type": {"text": d.phase.value if d.phase else "dose"}, "dosage": sequence_to_fhir(d)}
            for d in dosages
        ],
        patientCharacteristics=[
            {"characteristicCodeableConcept": {"text": "group"}, "value": [group]}
            for group in dict.fromkeys(groups)
            if group
        ],
    )


def _stands(claim: Mapping[str, Any], library: Library) -> bool:
    if claim["verdict"] != "supported" or claim.get("warning") or claim["applies"] == "no":
        return False
    return not any(_forbids(c["statement_id"], library) for c in claim["citations"])


def _forbids(statement_id: str, library: Library) -> bool:
    try:
        return library.statement(statement_id).polarity is Polarity.NEGATIVE
    except LibraryError:  # gone since: what cannot be read again is not passed on as a dose
        return True
