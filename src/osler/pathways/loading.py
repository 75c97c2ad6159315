"""Pathways loaded with a library: what its sources do not support does not load."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from osler.domain import Citation, Issue, Reference, Severity
from osler.domain.errors import InvalidResource, PathwayNotFound, UnsupportedPathway
from osler.library import Library
from osler.pathways.authoring import from_yaml
from osler.pathways.citing import with_statements
from osler.pathways.definitions import Definitions
from osler.pathways.evidence import Evidence, Step, steps_of
from osler.pathways.gating import check_action
from osler.pathways.reading import from_json
from osler.pathways.soundness import faults_of

SUFFIXES = (".yaml", ".yml", ".json")


@dataclass(frozen=True)
class Pathway:
    """A PlanDefinition whose every dose and sentence the library's sources support.

    `definitions` are what is applied: the plan, whose evidence names the library's statements.
    `citations` are those of each action, by its id; a citation's `reference` is the number of
    its source in `references`. `warnings` tell of superseded sources.
    """

    name: str
    plan: Mapping[str, Any]
    definitions: Definitions
    citations: Mapping[str, tuple[Citation, ...]]
    references: tuple[Reference, ...]
    library_version: int
    warnings: tuple[Issue, ...] = ()

    @property
    def id(self) -> str:
        """The plan's id."""
        return str(self.plan.get("id") or self.name)

    @property
    def title(self) -> str:
        """The plan's title, else its name."""
        return str(self.plan.get("title") or self.plan.get("name") or self.id)

    @property
    def version(self) -> str:
        """The plan's version; empty where it has none."""
        return str(self.plan.get("version", ""))

    @cached_property
    def questionnaire(self) -> dict[str, Any]:
        """The inputs; empty where there are none."""
        held = self.plan.get("contained") or ()
        return next((dict(r) for r in held if r.get("resourceType") == "Questionnaire"), {})


def pathway_names() -> tuple[str, ...]:
    """The packaged pathways."""
    folder = files("osler.pathways") / "plans"
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(n.removesuffix(".yaml") for n in names if n.endswith(".yaml")))


def read_text(name_or_path: str | Path) -> tuple[str, str]:
    """The file of a packaged pathway's name, or of a path: its text, and what it is called.

    Raises PathwayNotFound.
    """
    name = str(name_or_path)
    if name in pathway_names():
        packaged = files("osler.pathways") / "plans" / f"{name}.yaml"
        return packaged.read_text(encoding="utf-8"), f"{name}.yaml"
    path = Path(name_or_path)
    if not path.is_file():
        raise PathwayNotFound(
            f"there is no pathway “{name}”, and no file of that name",
            help=f"Packaged are: {', '.join(pathway_names())}.",
        )
    try:
        return path.read_text(encoding="utf-8-sig"), path.name
    except (OSError, UnicodeDecodeError) as error:
        raise PathwayNotFound(f"cannot read {path}: {error}") from error


def read_plan(name_or_path: str | Path) -> dict[str, Any]:
    """The resource of a packaged pathway's name, or of a file in YAML or JSON.

    Raises PathwayNotFound, InvalidResource.
    """
    text, name = read_text(name_or_path)
    plan = from_json(text) if name.endswith(".json") else from_yaml(text, name)
    if not isinstance(plan, dict):
        raise InvalidResource([Issue(Severity.ERROR, "structure", "a pathway is one object")])
    return plan


def load_pathway(name_or_path: str | Path, library: Library) -> Pathway:
    """A pathway, by its packaged name or its file, checked against a library.

    Raises UnsupportedPathway with an issue for each fault, InvalidResource where the file is no
    PlanDefinition, PathwayNotFound.
    """
    plan = read_plan(name_or_path)
    return check_plan(plan, library, Path(name_or_path).stem)


def load_pathways(
    library: Library, folder: Path | None = None
) -> tuple[tuple[Pathway, ...], tuple[tuple[str, InvalidResource], ...]]:
    """The pathways that load, packaged and in a folder, and those refused, by name, with why."""
    loaded, refused = [], []
    names: tuple[str | Path, ...] = (*pathway_names(), *_in_folder(folder))
    for found in names:
        try:
            loaded.append(load_pathway(found, library))
        except InvalidResource as error:
            refused.append((str(found), error))
    return tuple(loaded), tuple(refused)


def _in_folder(folder: Path | None) -> Iterator[Path]:
    if folder is not None and folder.is_dir():
        yield from sorted(p for p in folder.iterdir() if p.suffix in SUFFIXES)


def check_plan(plan: Mapping[str, Any], library: Library, name: str = "") -> Pathway:
    """A PlanDefinition as a pathway. Raises UnsupportedPathway, InvalidResource."""
    faults = faults_of(plan)
    if faults:
        raise InvalidResource(faults)
    Definitions.from_json(plan)  # refuses what is no FHIR
    evidence = Evidence(library)
    held = {f"#{r['id']}": r for r in plan.get("contained") or () if r.get("id")}
    citations: dict[str, tuple[Citation, ...]] = {}
    issues: list[Issue] = []
    for step in steps_of(plan):
        before = len(evidence.issues)
        cited = evidence.of(step)
        if len(evidence.issues) > before:
            continue  # what cannot be found says nothing of the rest
        citations[step.id] = tuple(c.citation for c in cited)
        activity, told = _activity(step, held)
        if told:
            issues.append(Issue(Severity.ERROR, "not-supported", told, step.path))
        issues += check_action(step.action, activity, cited, step.path)
    issues = [*evidence.issues, *issues]
    if issues:
        raise UnsupportedPathway(issues)
    cited_plan = with_statements(plan, citations, evidence.references, library.version)
    return Pathway(
        name or str(plan.get("id", "")),
        plan,
        Definitions.from_json(cited_plan),
        citations,
        tuple(evidence.references),
        library.version,
        tuple(evidence.warnings),
    )


def _activity(
    step: Step, held: Mapping[str, Mapping[str, Any]]
) -> tuple[Mapping[str, Any] | None, str]:
    canonical = step.action.get("definitionCanonical")
    other = next((k for k in ("definitionUri", "transform") if k in step.action), None)
    if other:
        return None, f"“{other}” cannot be checked: a pathway holds what it orders"
    if canonical is None:
        return None, ""
    found = held.get(str(canonical))
    if found is None or found.get("resourceType") != "ActivityDefinition":
        return None, f"{canonical} is no ActivityDefinition that the pathway contains"
    return found, ""
