"""Computable protocols: FHIR R4 PlanDefinitions, applied to a patient."""

from osler.pathways.applying import Application, Reason, Step, apply
from osler.pathways.definitions import Definitions
from osler.pathways.outcome import operation_outcome
from osler.pathways.record import Record, read_record

__all__ = [
    "Application",
    "Definitions",
    "Reason",
    "Record",
    "Step",
    "apply",
    "operation_outcome",
    "read_record",
]
