"""JSON against the elements of FHIR R4: what R4 does not have goes, what is wrong is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from osler.domain.issue import Issue, Severity
from osler.pathways.elements import elements_of, is_resource, is_single, repeats
from osler.pathways.primitives import fault_of, read_number
from osler.pathways.units import normalised
from osler.pathways.value_sets import code_fault

_QUANTITIES = ("Quantity", "Age", "Duration", "Distance", "Count")
MAX_DEPTH = 60
"""Deeper nesting than any real resource has; Python's own limit on recursion lies far beyond."""


@dataclass(slots=True)
class Conforming:
    """One walk over resources; `issues` fills on the way.

    `lenient`: numbers and booleans written as strings become what R4 wants (a plan written for
    another tool). The record of a patient must be right as it stands, its codes too, and its
    quantities get UCUM codes and metric units.
    """

    lenient: bool = False
    issues: list[Issue] = field(default_factory=list)

    def resource(self, data: Any, path: str, depth: int = 0) -> dict[str, Any]:
        """A resource as R4 knows it; empty where it is none."""
        if not isinstance(data, Mapping):
            self._error("structure", "A resource is a JSON object.", path)
            return {}
        name = data.get("resourceType")
        if not isinstance(name, str) or not name:
            self._error("required", "The resource does not say its resourceType.", path)
            return {}
        if not is_resource(name):
            self._error("not-supported", f"FHIR R4 has no resource “{name[:60]}”.", path)
            return {}
        where = path or name
        id_ = data.get("id")
        if isinstance(id_, str) and id_.startswith(f"{name}/"):
            said = f"“{id_[:80]}” is read as the id without its type."
            self._add(Severity.INFORMATION, "value", said, f"{where}.id")
            data = {**data, "id": id_.removeprefix(f"{name}/")}
        return {"resourceType": name, **self._object(data, name, where, depth)}

    def _object(
        self, data: Mapping[Any, Any], holder: str, path: str, depth: int
    ) -> dict[str, Any]:
        if depth > MAX_DEPTH:
            self._error("too-long", f"Nested more than {MAX_DEPTH} deep.", path)
            return {}
        known = elements_of(holder)
        result: dict[str, Any] = {}
        for name, value in data.items():
            if name == "resourceType" and holder[:1].isupper() and "." not in holder:
                continue
            where = f"{path}.{name}"
            element = known.get(name)
            if element is None:
                if isinstance(name, str) and name[:1] == "_" and name[1:] in known:
                    result[name] = self._beside(value, where, depth + 1)
                else:
                    said = "FHIR R4 has no such element: left out."
                    self._add(Severity.WARNING, "structure", said, where)
                continue
            if value is None or value == [] or value == {} or value == "":
                self._add(Severity.WARNING, "structure", "An empty element: left out.", where)
                continue
            listed = isinstance(value, list)
            if is_single(holder, name) if listed else repeats(holder, name):
                wanted = "One value" if listed else "A list"
                if not self.lenient or (listed and len(value) > 1):
                    self._error("structure", f"{wanted} is wanted.", where)
                    continue
                self._add(Severity.INFORMATION, "structure", f"{wanted} is wanted: read so.", where)
                value, listed = (value[0], False) if listed else ([value], True)
            if listed:
                items = [
                    self._value(item, element.path, element.primitive, f"{where}[{i}]", depth + 1)
                    for i, item in enumerate(value)
                ]
                result[name] = [item for item in items if item is not None or element.primitive]
            else:
                read = self._value(value, element.path, element.primitive, where, depth + 1)
                if read is not None:
                    result[name] = read
            if element.path == "code" and not self.lenient:
                self._check_codes(f"{holder}.{name}", result.get(name), where)
        return result

    def _beside(self, value: Any, path: str, depth: int) -> Any:
        """What stands beside a primitive: its id and extensions."""
        if isinstance(value, list):
            return [None if item is None else self._beside(item, path, depth) for item in value]
        return self._value(value, "Element", False, path, depth)

    def _check_codes(self, element: str, value: Any, path: str) -> None:
        for i, code in enumerate(value if isinstance(value, list) else [value]):
            fault = code_fault(element, code) if isinstance(code, str) else None
            if fault is not None:
                where = f"{path}[{i}]" if isinstance(value, list) else path
                self._error("code-invalid", fault, where)

    def _value(self, value: Any, kind: str, primitive: bool, path: str, depth: int) -> Any:
        if primitive:
            return self._primitive(value, kind, path)
        if kind == "Resource":
            return self.resource(value, path, depth) or None
        if not isinstance(value, Mapping):
            self._error("structure", f"{kind} is a JSON object.", path)
            return None
        result = self._object(value, kind, path, depth)
        if kind in _QUANTITIES and not self.lenient:
            result, said = normalised(result)
            if said:
                code = "code-invalid" if "not known" in said else "value"
                self._add(Severity.WARNING, code, said, f"{path}.unit")
        return result

    def _primitive(self, value: Any, kind: str, path: str) -> Any:
        if value is None:
            return None
        fault = fault_of(value, kind)
        if fault is None:
            return value
        if self.lenient and isinstance(value, str):
            number = read_number(value, kind)
            if number is not None:
                note = f"“{value}” is read as {str(number).lower()}."
                self._add(Severity.INFORMATION, "value", note, path)
                return number
        self._error("value", fault, path)
        return None

    def _error(self, code: str, details: str, path: str) -> None:
        self._add(Severity.ERROR, code, details, path)

    def _add(self, severity: Severity, code: str, details: str, path: str) -> None:
        self.issues.append(Issue(severity, code, details, path))
