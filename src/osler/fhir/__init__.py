"""Answers and articles as FHIR documents, for record systems."""

from osler.fhir.bundle import answer_bundle, bundle_of
from osler.fhir.release import Release
from osler.fhir.review import Review, SignedOff
from osler.fhir.values import unknown_codes

__all__ = ["Release", "Review", "SignedOff", "answer_bundle", "bundle_of", "unknown_codes"]
