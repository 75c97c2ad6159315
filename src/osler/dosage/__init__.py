"""Dosage: our own grammar from text to `Dosage` and back, units, comparison and FHIR."""

from osler.dosage.compare import differences, per_day
from osler.dosage.contract import from_json, to_json
from osler.dosage.directions import Directions, bounded, by_the_day, read_directions
from osler.dosage.durations import find_durations
from osler.dosage.fhir import from_fhir, sequence_to_fhir, to_fhir
from osler.dosage.grammar import may_state_dosage, parse_dosages
from osler.dosage.phases import find_phases
from osler.dosage.routes import ROUTES, find_routes
from osler.dosage.spanish import format_spanish, parse_spanish
from osler.dosage.spans import Found
from osler.dosage.strengths import Strength, all_strengths, in_mass
from osler.dosage.targets import parse_targets
from osler.dosage.timing import find_frequencies
from osler.dosage.units import to_base
from osler.dosage.wording import format_dosage

__all__ = [
    "ROUTES",
    "Directions",
    "Found",
    "Strength",
    "all_strengths",
    "bounded",
    "by_the_day",
    "differences",
    "find_durations",
    "find_frequencies",
    "find_phases",
    "find_routes",
    "format_dosage",
    "format_spanish",
    "from_fhir",
    "from_json",
    "in_mass",
    "may_state_dosage",
    "parse_dosages",
    "parse_spanish",
    "parse_targets",
    "per_day",
    "read_directions",
    "sequence_to_fhir",
    "to_base",
    "to_fhir",
    "to_json",
]
