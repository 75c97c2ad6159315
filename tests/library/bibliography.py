"""PubMed's E-utilities and Europe PMC's search on loopback, in the forms that they speak."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

_DOCTYPE = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st '
    'January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)
_ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="1">{pmid}</PMID><Article PubModel="Print"><Journal><Title>Invented</Title></Journal>
<ArticleTitle>Article {pmid}</ArticleTitle><PublicationTypeList>
<PublicationType UI="D016428">Journal Article</PublicationType>{types}</PublicationTypeList>
</Article>{notices}</MedlineCitation><PubmedData><ArticleIdList>
<ArticleId IdType="pubmed">{pmid}</ArticleId>{doi}</ArticleIdList></PubmedData></PubmedArticle>"""
_NOTICE = (
    '<CommentsCorrections RefType="{kind}"><RefSource>{where}</RefSource>{pmid}'
    "</CommentsCorrections>"
)


@dataclass
class Article:
    """An article as the services know it; a notice is (RefType, where, its PMID)."""

    pmid: str
    doi: str | None = None
    types: tuple[str, ...] = ()
    pubmed: tuple[tuple[str, str, str | None], ...] = ()
    europepmc: tuple[tuple[str, str, str | None], ...] = ()

    def as_xml(self) -> str:
        told = "".join(
            _NOTICE.format(
                kind=kind, where=where, pmid=f'<PMID Version="1">{n}</PMID>' if n else ""
            )
            for kind, where, n in self.pubmed
        )
        listed = f"<CommentsCorrectionsList>{told}</CommentsCorrectionsList>" if told else ""
        return _ARTICLE.format(
            pmid=self.pmid,
            types="".join(f"<PublicationType>{t}</PublicationType>" for t in self.types),
            notices=listed,
            doi=f'<ArticleId IdType="doi">{self.doi}</ArticleId>' if self.doi else "",
        )

    def as_record(self) -> dict[str, Any]:
        told = [
            {"type": kind, "reference": where, **({"id": n, "source": "MED"} if n else {})}
            for kind, where, n in self.europepmc
        ]
        return {
            "id": self.pmid,
            "source": "MED",
            "pmid": self.pmid,
            **({"doi": self.doi} if self.doi else {}),
            "title": f"Article {self.pmid}.",
            "pubTypeList": {"pubType": ["Journal Article", *self.types]},
            **({"commentCorrectionList": {"commentCorrection": told}} if told else {}),
        }


@dataclass
class Bibliography:
    """What the services hold, which of them is down, and what they were asked."""

    url: str = ""
    articles: dict[str, Article] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)  # paths
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def hold(self, *articles: Article) -> None:
        self.articles.update((article.pmid, article) for article in articles)

    def answer(self, path: str, query: dict[str, str]) -> tuple[int, str, str]:
        if path in self.down:
            return 404, "text/plain", "down"
        if path == "/efetch.fcgi":
            found = [self.articles[n] for n in query["id"].split(",") if n in self.articles]
            inside = "".join(article.as_xml() for article in found)
            whole = f"{_DOCTYPE}<PubmedArticleSet>{inside}</PubmedArticleSet>"
            return 200, "text/xml; charset=UTF-8", whole
        if path == "/esearch.fcgi":
            wanted = re.findall(r'"([^"]+)"\[AID\]', query["term"])
            ids = [a.pmid for a in self.articles.values() if (a.doi or "").lower() in wanted]
            result = {"count": str(len(ids)), "retmax": "100", "retstart": "0", "idlist": ids}
            return 200, "application/json; charset=UTF-8", json.dumps({"esearchresult": result})
        numbers = re.findall(r"\d+", query["query"].partition("EXT_ID:")[2])
        names = re.findall(r'DOI:"([^"]+)"', query["query"])
        records = [
            a.as_record()
            for a in self.articles.values()
            if a.pmid in numbers or (a.doi or "").lower() in names
        ]
        body = {
            "version": "6.9",
            "hitCount": len(records),
            "nextCursorMark": query["cursorMark"],
            "resultList": {"result": records},
        }
        return 200, "application/json;charset=UTF-8", json.dumps(body)


@contextmanager
def serving() -> Iterator[Bibliography]:
    """Both services at one address."""
    state = Bibliography()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            state.asked.append((parts.path, query))
            status, kind, body = state.answer(parts.path, query)
            data = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    yield state
    server.shutdown()
    server.server_close()
    thread.join()
