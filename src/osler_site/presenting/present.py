"""An answer's JSON → its view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import slugify

from osler.domain import Source, SourceKind, SourceStatus
from osler.domain.identifier import hidden_kinds
from osler.render import view as words
from osler.render.countries import country
from osler_site.presenting.asked import asked_facts, is_about_the_patient
from osler_site.presenting.checked import checked
from osler_site.presenting.drawing import pictures_of
from osler_site.presenting.language import closing, left_out, page_words, said_in, told_of
from osler_site.presenting.naming import claims_of
from osler_site.presenting.pieces import parted, pieces
from osler_site.presenting.remarks import remarks, workings
from osler_site.presenting.view import (
    AnswerView,
    BoxView,
    ClaimView,
    ConflictView,
    HeldBack,
    Json,
    Mark,
    NearbyView,
    PositionView,
    ReferenceView,
    SectionView,
)


def present(body: Json, *, composed: Json | None = None, unchecked_by: str = "") -> AnswerView:
    """Everything a page shows of an answer.

    `body` is an answer as `osler.answering.to_json` writes it; `composed` the same before a
    language model held claims back, `unchecked_by` a model that should have looked for such.
    """
    view = _Presenter(body).answer()
    return replace(view, held_back=_held_back(body, composed, unchecked_by))


class _Presenter:
    """Numbers the claims of one answer in the order in which they are shown."""

    def __init__(self, body: Json) -> None:
        self._body = body
        self._version = int(body["library_version"])
        self._references = {r["number"]: reference_view(r) for r in body["references"]}
        self._language = body.get("language", "en")
        self._say = said_in(self._language)
        self._claims = 0

    def answer(self) -> AnswerView:
        body = self._body
        abstention = body["abstention"]
        bottom_line = tuple(self._claim(c) for c in body["bottom_line"])
        sections = tuple(
            SectionView(
                id=f"s{i}-{slugify(s['title'])}",
                title=s["title"],
                claims=tuple(self._claim(c) for c in s["claims"]),
            )
            for i, s in enumerate(body["sections"], start=1)
        )
        conflicts = tuple(
            ConflictView(
                id=f"conflict-{i}",
                about=c["about"],
                reason=c["reason"],
                positions=tuple(
                    PositionView(
                        claim=self._claim(p["claim"]),
                        references=tuple(
                            self._references[n] for n in p["references"] if n in self._references
                        ),
                    )
                    for p in c["positions"]
                ),
            )
            for i, c in enumerate(body["conflicts"], start=1)
        )
        return AnswerView(
            question=body["question"],
            left_out=left_out(hidden_kinds(body["question"]), self._language),
            understood=body["understood"],
            answered=body["answered"],
            verdict=f"{self._say(body['yes_no'].capitalize())}. " if body.get("yes_no") else "",
            abstention=abstention["reason"] if abstention else None,
            looked_for=abstention["looked_for"] if abstention else None,
            nearby=_nearby(abstention["nearby"] if abstention else (), self._version),
            bottom_line=bottom_line,
            sections=sections,
            conflicts=conflicts,
            references=tuple(self._references[n] for n in sorted(self._references)),
            follow_ups=tuple(q for q in body["follow_ups"] if not is_about_the_patient(q)),
            asked=asked_facts(body["missing"], body["follow_ups"], self._say),
            safety_notices=tuple(body["safety_notices"]),
            boxes=tuple(
                BoxView(b["kind"], b["title"], tuple(b["lines"])) for b in body.get("boxes", ())
            ),
            audience=body["audience"],
            language=self._language,
            words=page_words(self._language),
            written=told_of(body.get("writing"), self._language),
            read_as=(body.get("writing") or {}).get("question") or "",
            read_by=_reader(body.get("writing")),
            held_back=None,
            closing=closing(body["audience"], self._language),
            needed=", ".join(map(self._say, body["missing"])) or None,
            silence=f"{'; '.join(body['unanswered'])}." if body["unanswered"] else None,
            draw=partial(pictures_of, body),
            library_version=self._version,
            engine_version=body["engine_version"],
            ranking=body["ranking"],
            elapsed_ms=body["elapsed_ms"],
        )

    def _claim(self, claim: Json) -> ClaimView:
        self._claims += 1
        head, last = parted(pieces(claim))
        return ClaimView(
            id=claim.get("id") or f"c{self._claims}",
            pieces=head,
            last=last,
            marks=self._marks(claim),
            remarks=remarks(claim, self._language),
            workings=workings(claim),
            checked=tuple(map(self._say, checked(claim))),
            text=claim["text"],
            composed=claim.get("composed"),
            dose_lines=tuple(claim.get("dose_lines", ())),
            language=claim.get("language"),
            group=claim["group"],
            supported=claim["verdict"] == "supported",
        )

    def _marks(self, claim: Json) -> tuple[Mark, ...]:
        return marks(claim["citations"], self._references, self._version)


def _reader(writing: Json | None) -> str:
    return writing["model"] if writing and writing["question"] else ""


def _held_back(body: Json, composed: Json | None, unchecked_by: str) -> HeldBack | None:
    writing = body.get("writing") or {}
    if not writing.get("vetoed"):
        return HeldBack(unchecked_by, unchecked=True) if unchecked_by else None
    left = {c["composed"] or c["text"] for _, c in claims_of(body)}
    gone = (
        [c for _, c in claims_of(composed) if (c["composed"] or c["text"]) not in left]
        if (composed)
        else []
    )
    cited = {(c["source_id"], c["start"]): c for claim in gone for c in claim["citations"]}
    return HeldBack(
        writing["model"], writing["vetoed"], _nearby(cited.values(), int(body["library_version"]))
    )


def _nearby(citations: Iterable[Json], version: int) -> tuple[NearbyView, ...]:
    return tuple(
        NearbyView(c.get("said") or c["quote"], _passage([c], version), " › ".join(c["section"]))
        for c in citations
    )


def marks(
    citations: list[Json], references: Mapping[int, ReferenceView], version: int
) -> tuple[Mark, ...]:
    """The numbers beside a text, each with the passages of one source that it opens."""
    by_number: dict[int, list[Json]] = {}
    for citation in citations:
        by_number.setdefault(citation["reference"] or 0, []).append(citation)
    found = []
    for number, cited in by_number.items():
        reference = references.get(number)
        who = reference.organization or reference.title if reference else "source"
        year = f", {reference.year}" if reference and reference.year else ""
        status = reference.status if reference else "current"
        found.append(Mark(number, _passage(cited, version), f"{who}{year}", status))
    return tuple(found)


def _passage(citations: list[Json], version: int) -> str:
    spans = dict.fromkeys(f"{c['start']}-{c['end']}" for c in citations)
    query = urlencode({"at": ",".join(spans), "version": version}, safe=",")
    return f"{reverse('passage', args=[citations[0]['source_id']])}?{query}"


def source_of(described: Json) -> Source:
    """A source as the engine knows it, from its description in an answer's JSON."""
    return Source(
        id=described["source_id"],
        title=described["title"],
        file=described["file"],
        path=described["path"],
        format="",
        organization=described["organization"],
        year=described["year"],
        kind=SourceKind(described["kind"]) if described["kind"] else None,
        jurisdiction=described["jurisdiction"],
        url=described["url"],
        doi=described.get("doi"),
        pmid=described.get("pmid"),
        licence=described.get("licence"),
        status=SourceStatus(described["status"]),
        supersedes=described.get("supersedes"),
        seen=described["seen"],
        summarises=described.get("summarises"),
    )


def reference_view(described: Json) -> ReferenceView:
    """One entry of the list of references."""
    source = source_of(described)
    return ReferenceView(
        number=described.get("number", 0),
        title=source.title,
        kind=words.kind(source),
        publisher=words.publisher(source),
        organization=source.organization,
        year=source.year,
        country=country(source.jurisdiction) if source.jurisdiction else None,
        held=words.held(source),
        status=source.status.value,
        link=words.link(source),
        href=reverse("source", args=[source.id]),
    )
