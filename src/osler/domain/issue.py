"""What is wrong with a resource that was given to us, in FHIR's terms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How far an issue goes (http://hl7.org/fhir/issue-severity)."""

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Issue:
    """One entry of an `OperationOutcome` (https://hl7.org/fhir/R4/operationoutcome.html).

    `code` is of http://hl7.org/fhir/issue-type ("invalid", "value", "required", "not-supported",
    "not-found", "too-costly", "conflict", ...). `path` is a FHIRPath to the fault
    ("Bundle.entry[3].resource.valueQuantity.unit"), empty where it lies in no element.
    """

    severity: Severity
    code: str
    details: str
    path: str = ""
