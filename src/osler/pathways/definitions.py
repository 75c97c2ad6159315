"""The definitions that are applied: a root and what it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity
from osler.pathways.conforming import Conforming
from osler.pathways.fhirpath.budget import size_of

_MAX_RESOURCES = 2000
_MAX_PLANS, _MAX_DEPTH = 500, 20


@dataclass(frozen=True)
class Definitions:
    """`root` and every other definition that came with it, as R4 has them.

    `issues` tell what was left out (elements of other versions) or read leniently.
    """

    root: dict[str, Any]
    resources: tuple[dict[str, Any], ...] = ()
    issues: tuple[Issue, ...] = ()
    _indexes: dict[int, Mapping[str, dict[str, Any]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _sizes: dict[int, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def from_json(cls, *documents: Any) -> Definitions:
        """From PlanDefinitions, ActivityDefinitions and Bundles that hold some.

        The root is the first plan that no other refers to; without a plan, the first activity.
        Raises `InvalidResource`, naming each fault and where it lies.
        """
        return cls._read([pair for document in documents for pair in _resources(document)])

    @classmethod
    def from_resources(cls, root: Mapping[str, Any], *others: Mapping[str, Any]) -> Definitions:
        """From a root and the definitions that it refers to.

        Raises `InvalidResource`, naming each fault and where it lies.
        """
        return cls._read([(root, ""), *((other, "") for other in others)], first=True)

    @classmethod
    def _read(cls, pairs: list[tuple[Any, str]], *, first: bool = False) -> Definitions:
        walk = Conforming(lenient=True)
        if len(pairs) > _MAX_RESOURCES:
            raise InvalidResource([_error("too-costly", f"More than {_MAX_RESOURCES} resources.")])
        resources = [walk.resource(data, path) for data, path in pairs]
        faults = [issue for issue in walk.issues if issue.severity is Severity.ERROR]
        if faults:
            raise InvalidResource(faults)
        root = resources[0] if first else _root(resources)
        if root is None:
            wanted = "A PlanDefinition or an ActivityDefinition is wanted; there is none."
            raise InvalidResource([_error("not-found", wanted)])
        others = tuple(r for r in resources if r is not root)
        definitions = cls(root, others, tuple(walk.issues))
        definitions._check_no_circle()
        return definitions

    def resolve(
        self, canonical: str, within: Mapping[str, Any] | None = None
    ) -> dict[str, Any] | None:
        """What "#id", "url", "url|version" or "Type/id" points at; None where it is not here.

        "#id" is contained in `within`, by default the root.
        """
        holder = self.root if within is None else within
        if canonical.startswith("#"):
            return self._contained(holder).get(canonical[1:])
        url, _, version = canonical.partition("|")
        for resource in (*holder.get("contained", []), self.root, *self.resources):
            if resource.get("url") == url and version in ("", resource.get("version")):
                found: dict[str, Any] = resource
                return found
        kind, _, id_ = url.rpartition("/")
        same = (r for r in (self.root, *self.resources) if r["resourceType"] == kind)
        return _by_id(same, id_)

    def size_of(self, data: Mapping[str, Any]) -> int:
        """The values that a part of a definition holds; counted once for each part."""
        found = self._sizes.get(id(data))
        if found is None:
            found = self._sizes[id(data)] = size_of(data)
        return found

    def own_size_of(self, action: Mapping[str, Any]) -> int:
        """The values that an action holds without those within; counted once for each."""
        key = -id(action)
        found = self._sizes.get(key)
        if found is None:
            inner = sum(map(self.size_of, action.get("action", [])))
            found = self._sizes[key] = self.size_of(action) - inner
        return found

    def _contained(self, holder: Mapping[str, Any]) -> Mapping[str, dict[str, Any]]:
        """What a definition contains, by id; looked through once for each definition."""
        found = self._indexes.get(id(holder))
        if found is None:
            contained = reversed(holder.get("contained", []))
            found = {str(r.get("id", "")).lstrip("#"): r for r in contained}
            self._indexes[id(holder)] = found
        return found

    def _check_no_circle(self) -> None:
        waiting: list[tuple[dict[str, Any], str, tuple[int, ...]]] = [(self.root, "", ())]
        applied = 0
        while waiting:
            plan, path, above = waiting.pop()
            applied += 1
            if applied > _MAX_PLANS or len(above) > _MAX_DEPTH:
                said = f"More than {_MAX_PLANS} plans, or {_MAX_DEPTH} within each other."
                raise InvalidResource([_error("too-costly", said, path)])
            if id(plan) in above:
                said = f"The plan “{plan.get('id', plan.get('url', ''))}” refers to itself."
                raise InvalidResource([_error("business-rule", said, path)])
            for canonical, where in references_of(plan):
                nested = self.resolve(canonical, plan)
                if nested is not None and nested["resourceType"] == "PlanDefinition":
                    waiting.append((nested, path or where, (*above, id(plan))))


def _resources(document: Any) -> Iterator[tuple[Any, str]]:
    if not isinstance(document, Mapping) or document.get("resourceType") != "Bundle":
        yield document, ""
        return
    entries = document.get("entry", [])
    if not isinstance(entries, list):
        raise InvalidResource([_error("structure", "A list is wanted.", "Bundle.entry")])
    for i, entry in enumerate(entries):
        if isinstance(entry, Mapping) and entry.get("resource") is not None:
            yield entry["resource"], f"Bundle.entry[{i}].resource"


def references_of(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The definitions that a plan's actions refer to, each with the path of the reference."""
    waiting = [(plan, str(plan["resourceType"]))]
    while waiting:
        holder, path = waiting.pop()
        for i, action in enumerate(holder.get("action", [])):
            where = f"{path}.action[{i}]"
            if "definitionCanonical" in action:
                yield action["definitionCanonical"], f"{where}.definitionCanonical"
            waiting.append((action, where))


def _root(resources: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """The first plan that no other refers to, else the first plan, else the first activity."""
    plans = [r for r in resources if r.get("resourceType") == "PlanDefinition"]
    named = {c.partition("|")[0] for plan in plans for c, _ in references_of(plan)}
    free = [plan for plan in plans if plan.get("url") not in named]
    activities = [r for r in resources if r.get("resourceType") == "ActivityDefinition"]
    return next(iter([*free, *plans, *activities]), None)


def _by_id(resources: Iterable[dict[str, Any]], id_: str) -> dict[str, Any] | None:
    return next((r for r in resources if str(r.get("id", "")).lstrip("#") == id_), None)


def _error(code: str, details: str, path: str = "") -> Issue:
    return Issue(Severity.ERROR, code, details, path)
