"""An answer or an article as a FHIR document: a Bundle that a Composition opens.

A document and not a collection: it has an author, a date and a status, its parts are read in
order, and a system that knows nothing of Osler can show every one of its narratives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from osler.answering import source_to_json, to_json
from osler.domain import Answer
from osler.domain.errors import SourceNotFound, StaleCitation
from osler.fhir import evidence
from osler.fhir.composition import (
    abstention_section,
    answer_sections,
    composition,
    reference_section,
    review_section,
)
from osler.fhir.medications import medications
from osler.fhir.parts import Json, identity, instant
from osler.fhir.provenance import claims_of, device, outcome, practitioner, provenance
from osler.fhir.release import Release, in_release
from osler.fhir.review import Review
from osler.fhir.sources import document_reference
from osler.library import Library
from osler.readers import as_composed

_PASSING = ("elapsed_ms",)  # what differs between two answers that are the same


def answer_bundle(
    answer: Answer, library: Library, *, at: datetime, release: Release = Release.R4
) -> Json:
    """An answer as a document; see `bundle_of`."""
    return bundle_of(to_json(answer, library), library, at=at, release=release)


def bundle_of(
    body: Mapping[str, Any],
    library: Library,
    *,
    at: datetime,
    release: Release = Release.R4,
    review: Review | None = None,
    changed: Sequence[str] = (),
) -> Json:
    """A document of an answer's JSON, or of an article's with the record of its `review`.

    `at` is when it was composed or published, with its zone; `changed` are lines that warn of what
    happened since to what it cites. The same content gives the same ids;
    every reference is to an entry of the Bundle. Claims stand as composed, whoever the answer was
    worded for. An abstention is a document too.

    Raises StaleCitation where a quote is not what the library's source says at its offsets, and
    ValueError where a moment has no zone.
    """
    return _Document(as_composed(body), library, at, release, review, changed).bundle()


class _Document:
    def __init__(
        self,
        body: Mapping[str, Any],
        library: Library,
        at: datetime,
        release: Release,
        review: Review | None,
        changed: Sequence[str],
    ) -> None:
        self._body, self._library, self._at = body, library, at
        self._release, self._review, self._changed = release, review, changed
        self._described = {r["source_id"]: r for r in body["references"]}
        self._sources: dict[str, Json] = {}
        self._texts: dict[str, str | None] = {}
        self._medications: dict[str, Json] = {}

    def bundle(self) -> Json:
        for each in _citations(self._body):
            self._prove(each)
        author = device(self._body)
        signed = self._review.signed if self._review else None
        reviewer = practitioner(signed) if signed else None
        kept = {name: value for name, value in self._body.items() if name not in _PASSING}
        target: Json = {"id": identity("document", [kept, self._review])}
        assessment = evidence.assessment(self._review, target, reviewer or author)
        cited = [evidence.citation(each) for each in self._body["references"]]
        outcomes = []
        sections = [*answer_sections(self._body, self._source, self._medications_of)]
        if self._body["abstention"]:
            outcomes.append(outcome(self._body["abstention"]))
            sections.append(abstention_section(self._body, self._source, outcomes[0]))
        sections.append(review_section(self._review, self._changed, assessment))
        if cited:
            sections.append(reference_section(self._body, self._source, cited))
        document = composition(
            target["id"], self._body, sections, at=self._at, author=author,
            review=self._review, reviewer=reviewer, changed=self._changed,
        )  # fmt: skip
        sources = list(self._sources.values())
        made = provenance(self._body, document, author, sources, at=self._at, reviewer=reviewer)
        resources = [
            document,
            author,
            *([reviewer] if reviewer else []),
            *self._medications.values(),
            *sources,
            *map(self._newer, (*cited, assessment)),
            *outcomes,
            made,
        ]
        return self._joined([in_release(each, self._release) for each in resources])

    def _newer(self, resource: Json) -> Json:
        """What only R5 has."""
        return resource if self._release is Release.R5 else evidence.as_basic(resource)

    def _joined(self, resources: list[Json]) -> Json:
        urn = f"urn:uuid:{identity('bundle', resources)}"
        return {
            "resourceType": "Bundle",
            "id": urn.removeprefix("urn:uuid:"),
            "identifier": {"system": "urn:ietf:rfc:3986", "value": urn},
            "type": "document",
            "timestamp": instant(self._at),
            "entry": [{"fullUrl": f"urn:uuid:{r['id']}", "resource": r} for r in resources],
        }

    def _source(self, source_id: str) -> Json:
        if source_id not in self._sources:
            described = self._described.get(source_id)
            if described is None:  # nearby an abstention: in no list of references
                described = source_to_json(self._library.source(source_id))
            self._sources[source_id] = document_reference(described, self._text(source_id))
        return self._sources[source_id]

    def _medications_of(self, claim: Mapping[str, Any]) -> tuple[Json, ...]:
        sources = {c["source_id"]: self._source(c["source_id"]) for c in claim["citations"]}
        found = medications(claim, [*sources.values()], self._library)
        self._medications.update((each["id"], each) for each in found)
        return found

    def _text(self, source_id: str) -> str | None:
        """The text of a source; None where it has left the library."""
        if source_id not in self._texts:
            try:
                self._texts[source_id] = self._library.text(source_id)
            except SourceNotFound:
                self._texts[source_id] = None
        return self._texts[source_id]

    def _prove(self, cited: Mapping[str, Any]) -> None:
        """That the source says what is quoted; of one that left the library nothing is known."""
        text = self._text(cited["source_id"])
        for part in (cited, *cited["context"]):
            start, end, quote = part["start"], part["end"], part["quote"]
            if text is not None and text[start:end] != quote:
                raise StaleCitation(f"{cited['source_id']} does not say {quote[:60]!r} at {start}")


def _citations(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for claim in claims_of(body):
        yield from claim["citations"]
    if body["abstention"]:
        yield from body["abstention"]["nearby"]
