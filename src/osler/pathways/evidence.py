"""The passages that a pathway's actions quote, found in a library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from osler.domain import Citation, Issue, Reference, Severity, Source, SourceStatus, Statement
from osler.domain.errors import SourceNotFound
from osler.library import Library
from osler.pathways.authoring.expanding import BY, SOURCE_URL


@dataclass(frozen=True, slots=True)
class Step:
    """An action of a plan, and the FHIRPath to it ("PlanDefinition.action[3].action[0]")."""

    path: str
    action: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The action's id; its path where it has none."""
        return str(self.action.get("id") or self.path)


def steps_of(plan: Mapping[str, Any]) -> Iterator[Step]:
    """Every action of a plan, those within others after them, in the order written."""

    def walk(actions: Any, path: str) -> Iterator[Step]:
        for number, action in enumerate(actions or ()):
            step = Step(f"{path}.action[{number}]", action)
            yield step
            yield from walk(action.get("action"), step.path)

    return walk(plan.get("action"), str(plan.get("resourceType", "PlanDefinition")))


def cites_sources(plan: Mapping[str, Any]) -> bool:
    """Whether a plan quotes sources of a library: then it is held against them."""
    return any(
        str(document.get("url", "")).startswith(SOURCE_URL)
        for step in steps_of(plan)
        for document in step.action.get("documentation") or ()
    )


@dataclass(frozen=True, slots=True)
class Cited:
    """A quote, with the statement that it stands in."""

    citation: Citation
    statement: Statement
    source: Source


class Evidence:
    """Resolves quotes; numbers the sources as they are first cited, and keeps what is wrong."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.references: list[Reference] = []
        self.issues: list[Issue] = []
        self.warnings: list[Issue] = []

    def of(self, step: Step) -> tuple[Cited, ...]:
        """The passages that an action quotes; what cannot be resolved goes to `issues`."""
        found = []
        for number, document in enumerate(step.action.get("documentation") or ()):
            path = f"{step.path}.documentation[{number}]"
            cited = self._resolve(document, path)
            if cited is not None:
                found.append(cited)
        return tuple(found)

    def _resolve(self, document: Mapping[str, Any], path: str) -> Cited | None:
        url, quote = str(document.get("url", "")), document.get("citation")
        if document.get("type") != "citation" or not url.startswith(SOURCE_URL) or not quote:
            self._fault(path, "required", "evidence names a source of the library and quotes it")
            return None
        source = self._source(url.removeprefix(SOURCE_URL), document, path)
        if source is None:
            return None
        text = self.library.text(source.id)
        start = text.find(quote)
        if start < 0:
            self._fault(path, "not-found", f"{source.file} does not say “{quote}”")
            return None
        if text.find(quote, start + 1) >= 0:
            self._fault(path, "value", f"{source.file} says “{quote}” twice: quote more of it")
            return None
        end = start + len(quote)
        for statement in self.library.statements_of(source.id):
            if statement.start <= start and end <= statement.end:
                if statement.held is not None:
                    self._fault(path, "value", f"“{quote}” is held back: {statement.held}")
                    return None
                number = self._number(source)
                citation = Citation(
                    statement.id, source.id, start, end, quote, statement.context,
                    statement.page, statement.section, number,
                )  # fmt: skip
                return Cited(citation, statement, source)
        self._fault(path, "value", f"“{quote}” is more than one statement of {source.file}")
        return None

    def _source(self, file: str, document: Mapping[str, Any], path: str) -> Source | None:
        try:
            source = self.library.source(file)
        except SourceNotFound:
            title = document.get("display", "no title given")
            told = f"the library has no source {file} (“{title}”): add it with osler add"
            self._fault(path, "not-found", told)
            return None
        if not f"{document.get('display')}{BY}".startswith(f"{source.title}{BY}"):
            told = f"{file} is “{source.title}”, not “{document.get('display')}”"
            self._fault(path, "value", told)
            return None
        if source.status is SourceStatus.RETRACTED:
            self._fault(path, "value", f"{file} was retracted: it carries nothing")
            return None
        if source.status is SourceStatus.SUPERSEDED:
            warning = Issue(Severity.WARNING, "value", f"{file} is superseded", path)
            self.warnings.append(warning)
        return source

    def _number(self, source: Source) -> int:
        for reference in self.references:
            if reference.source.id == source.id:
                return reference.number
        self.references.append(Reference(len(self.references) + 1, source))
        return len(self.references)

    def _fault(self, path: str, code: str, details: str) -> None:
        self.issues.append(Issue(Severity.ERROR, code, details, path))
