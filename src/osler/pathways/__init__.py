"""Computable protocols: FHIR R4 PlanDefinitions, their evidence, applied to a patient."""

from osler.pathways.applying import Application, Reason, Step, apply
from osler.pathways.authoring import from_yaml, to_yaml
from osler.pathways.definitions import Definitions
from osler.pathways.loading import Pathway, load_pathway, load_pathways, pathway_names
from osler.pathways.outcome import operation_outcome
from osler.pathways.record import Record, read_record

__all__ = [
    "Application",
    "Definitions",
    "Pathway",
    "Reason",
    "Record",
    "Step",
    "apply",
    "from_yaml",
    "load_pathway",
    "load_pathways",
    "operation_outcome",
    "pathway_names",
    "read_record",
    "to_yaml",
]
