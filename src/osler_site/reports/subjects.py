"""What a report is about: the page at an address, and the claim on it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from osler.domain.errors import LibraryError, PathwayNotFound
from osler_site.answers.models import RawAnswer
from osler_site.articles.models import ArticlePage
from osler_site.catalogue.public import public_articles
from osler_site.pathways.loaded import loaded
from osler_site.presenting.naming import claims_of

Json = dict[str, Any]
_ANSWER = re.compile(r"/answers/([a-z2-7]{20})/")
_PATHWAY = re.compile(r"/pathways/([^/?#\x00]{1,255})/")
_ARTICLE = re.compile(r"/articles/([^/?#\x00]{1,255})/")


@dataclass(frozen=True, slots=True)
class Subject:
    """A page, and one of its claims where `claim_id` names one; a pathway is a page as a whole."""

    path: str
    title: str
    answer: RawAnswer | None
    article: ArticlePage | None
    claim_id: str
    claim_text: str
    citations: list[Json]
    library_version: int

    @property
    def fingerprint(self) -> str:
        """Tells whether the claim is still the one that the reader saw."""
        return hashlib.sha256(self.claim_text.encode()).hexdigest()[:16]


def subject_at(path: str, claim_id: str) -> Subject | None:
    """The page at a path of this site, and the claim; None where there is no such page or claim."""
    answer, article = _answer(path), _article(path)
    if answer is None and article is None:
        return None if claim_id else _of_pathway(path)
    body: Json = answer.body if answer is not None else article.answer_json()  # type: ignore[union-attr]
    claim = dict(claims_of(body)).get(claim_id) if claim_id else None
    if claim_id and claim is None:
        return None
    return Subject(
        path=path,
        title=(article.title if article is not None else body["question"])[:255],
        answer=answer,
        article=article,
        claim_id=claim_id,
        claim_text=claim["text"] if claim else "",
        citations=[_kept(c) for c in claim["citations"]] if claim else [],
        library_version=body["library_version"],
    )


def _answer(path: str) -> RawAnswer | None:
    match = _ANSWER.fullmatch(path)
    return RawAnswer.objects.filter(uid=match[1]).first() if match else None


def _article(path: str) -> ArticlePage | None:
    match = _ARTICLE.fullmatch(path)
    return public_articles().filter(slug=match[1]).first() if match else None


def _of_pathway(path: str) -> Subject | None:
    """The page of a pathway, without what was answered on it."""
    match = _PATHWAY.fullmatch(path)
    try:
        pathway = loaded().named(unquote(match[1])) if match else None
    except (PathwayNotFound, LibraryError):
        return None
    if pathway is None:
        return None
    title = f"Pathway: {pathway.title}, version {pathway.version}"[:255]
    return Subject(path, title, None, None, "", "", [], pathway.library_version)


def _kept(citation: Json) -> Json:
    return {key: citation[key] for key in ("source_id", "statement_id", "start", "end", "quote")}
