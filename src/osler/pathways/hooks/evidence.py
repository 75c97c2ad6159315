"""Why a card says what it says: conditions that were met, and cited passages, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from osler.domain import Citation, Source
from osler.pathways.applying import Reason
from osler.pathways.hooks.wording import escaped, summary
from osler.pathways.loading import Pathway

_LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passages of a pathway, at addresses of a site."""

    pathway: Pathway
    base: str  # "https://osler.hospital.example"

    @property
    def page(self) -> str:
        """The pathway's own page."""
        return f"{self.base}/pathways/{self.pathway.id}/"

    def cited(self, action_ids: Iterable[str]) -> list[Citation]:
        """The passages that actions cite, each once."""
        found = (c for key in action_ids for c in self.pathway.citations.get(key, ()))
        return list({(c.source_id, c.start, c.end): c for c in found}.values())

    def why(self, reasons: Iterable[Reason], values: Iterable[str] = ()) -> str:
        """The conditions that were met, in their own words, and the values that decided."""
        met = dict.fromkeys(r.text for r in reasons if r.outcome == "true" and r.text)
        return "\n".join(f"- {escaped(text)}" for text in (*met, *values))

    def quoted(self, citations: Sequence[Citation]) -> str:
        """Each passage with its source: title, publisher, year, country, and its address."""
        return "\n\n".join(
            f"> “{escaped(c.quote)}”\n>\n> {escaped(self._named(c))} [passage]({self.passage(c)})"
            for c in citations
        )

    def links(self, citations: Sequence[Citation]) -> list[dict[str, str]]:
        """The pathway's page and the cited passages."""
        named = [(f"Pathway: {self.pathway.title}", self.page)]
        named += [(self._named(c), self.passage(c)) for c in citations]
        return [
            {"label": summary(label, _LONGEST_LABEL), "url": url, "type": "absolute"}
            for label, url in named
        ]

    def source(self, citations: Sequence[Citation]) -> dict[str, Any]:
        """Where the guidance comes from: the one source cited, else the pathway."""
        names = {self._named(c) for c in citations}
        one = len(names) == 1
        label = summary(names.pop(), _LONGEST_LABEL) if one else self.pathway.title
        url = f"{self.base}/library/{citations[0].source_id}/" if one else self.page
        topic = {
            "system": "urn:osler:pathway",
            "code": self.pathway.id,
            "display": self.pathway.title,
        }
        return {"label": label, "url": url, "topic": topic}

    def passage(self, citation: Citation) -> str:
        """Where the cited words are marked, in the version of the library that was checked."""
        at = f"at={citation.start}-{citation.end}&version={self.pathway.library_version}"
        return f"{self.base}/library/{citation.source_id}/passage?{at}"

    def _named(self, citation: Citation) -> str:
        source = self._source(citation)
        if source is None:
            return "Source"
        parts = (source.organization, source.title, source.year, source.jurisdiction)
        status = "" if source.status == "current" else f" ({source.status})"
        return ", ".join(str(part) for part in parts if part) + status

    def _source(self, citation: Citation) -> Source | None:
        for reference in self.pathway.references:
            if reference.source.id == citation.source_id:
                return reference.source
        return None
