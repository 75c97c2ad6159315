"""Answers and articles as FHIR documents, for record systems."""

from osler.fhir.bundle import answer_bundle, bundle_of
from osler.fhir.faults import faults
from osler.fhir.release import Release
from osler.fhir.review import Review, SignedOff

__all__ = ["Release", "Review", "SignedOff", "answer_bundle", "bundle_of", "faults"]
