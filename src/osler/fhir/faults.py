"""Whether a resource is one of FHIR R4, as far as no model of FHIR looks.

Models check shapes and let `gender: "banana"` through. This holds every element, value and code
against the table of R4 that pathways are read by.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from osler.domain import Issue
from osler.pathways.conforming import Conforming
from osler.pathways.reading import from_json, to_json


def faults(resource: Mapping[str, Any]) -> tuple[Issue, ...]:
    """What R4 does not have of a resource and those inside it, each with its path.

    Unknown elements, values of the wrong form, codes that are in no required value set
    ("Bundle.entry[0].resource.gender"). None where all is well.
    """
    walk = Conforming()
    walk.resource(from_json(to_json(resource)), "")
    return tuple(walk.issues)
