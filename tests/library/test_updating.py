"""What came from a feed is asked for again, against a real server on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from osler.answering import ask
from osler.domain import SourceStatus
from osler.library import Library
from osler.reading.importers import fetch, look_up

PAGE = "<html><head><title>Gout</title></head><body><h1>Gout</h1><p>{}</p></body></html>"
OLD = "The maintenance dose of allopurinol is 100 mg orally once daily."
NEW = "The maintenance dose of allopurinol is 300 mg orally once daily."
RECORD = """<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article>
<Journal><JournalIssue><PubDate><Year>2017</Year></PubDate></JournalIssue><Title>Invented</Title>
</Journal><ArticleTitle>Trial {pmid} of inventine</ArticleTitle><Abstract><AbstractText>{text}
</AbstractText></Abstract><PublicationTypeList><PublicationType>{kind}</PublicationType>
</PublicationTypeList></Article></MedlineCitation></PubmedArticle>"""
TRIAL = "Randomized Controlled Trial"


class Service:
    """Pages by path, and PubMed's records by number; counts what it is asked."""

    def __init__(self) -> None:
        self.url = ""
        self.pages: dict[str, str] = {}
        self.records: dict[str, tuple[str, str]] = {}  # text, publication type
        self.etags = True
        self.asked: list[tuple[str, int]] = []

    def answer(self, path: str, query: dict[str, list[str]], tag: str | None) -> Any:
        if path == "/efetch.fcgi":
            wanted = query["id"][0].split(",")
            inside = "".join(
                RECORD.format(pmid=n, text=self.records[n][0], kind=self.records[n][1])
                for n in wanted
                if n in self.records
            )
            return 200, {}, f"<PubmedArticleSet>{inside}</PubmedArticleSet>", "text/xml"
        if path == "/search":
            return 200, {}, '{"hitCount": 0, "resultList": {"result": []}}', "application/json"
        if path not in self.pages:
            return 404, {}, "", "text/plain"
        body = self.pages[path]
        own = f'"{hash(body)}"'
        if self.etags and tag == own:
            return 304, {}, "", "text/html"
        return 200, {"ETag": own} if self.etags else {}, body, "text/html; charset=utf-8"


@pytest.fixture
def service() -> Iterator[Service]:
    state = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            status, headers, body, kind = state.answer(
                parts.path, parse_qs(parts.query), self.headers.get("If-None-Match")
            )
            state.asked.append((parts.path, status))
            self.send_response(status)
            data = body.encode()
            for name, value in {"Content-Type": kind, **headers}.items():
                self.send_header(name, value)
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


@pytest.fixture
def get(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What asks, taking PubMed and Europe PMC to be the service; adding uses it too."""
    settings: dict[str, Any] = {
        "base_urls": {"pubmed": service.url, "europepmc": service.url},
        "allow_private": True,
        "backoff": 0.01,
    }
    monkeypatch.setattr(
        "osler.reading.importers.fetch", partial(fetch, cache_dir=tmp_path / "one", **settings)
    )
    settings["cache_dir"] = tmp_path / "two"
    return {"fetch": partial(fetch, **settings), "look_up": partial(look_up, **settings)}


@pytest.fixture
def feeds(service: Service, get: Any, tmp_path: Path) -> Iterator[Library]:
    service.pages["/gout"] = PAGE.format(OLD)
    service.records["1"] = ("Inventine 5 mg once daily lowered pain.", TRIAL)
    service.records["2"] = ("Inventine 7 mg once daily lowered fever.", TRIAL)
    with Library.create(tmp_path / "feeds") as library:
        report = library.add([f"{service.url}/gout", "pubmed:1,2"], workers=1)
        assert len(report.added) == 3, report
        service.asked.clear()
        yield library


def said(library: Library, question: str) -> str:
    return " ".join(c.text for c in ask(library, question).bottom_line)


def test_what_is_unchanged_stays_and_is_not_sent_again(
    feeds: Library, service: Service, get: Any
) -> None:
    version = feeds.version
    report = feeds.update(**get)
    assert (report.asked, report.unchanged, report.changes, report.failed) == (3, 3, (), ())
    assert feeds.version == report.version == version
    # No cache but the source's own ETag; the two records in one request, which also tells what
    # became of them, and one more to Europe PMC.
    assert sorted(service.asked) == [("/efetch.fcgi", 200), ("/gout", 304), ("/search", 200)]


def test_a_changed_page_supersedes_the_old(feeds: Library, service: Service, get: Any) -> None:
    question = "maintenance dose of allopurinol"
    assert "100 mg" in said(feeds, question)
    version = feeds.version
    service.pages["/gout"] = PAGE.format(NEW)
    (change,) = feeds.update(**get).changes
    assert (change.what, change.title) == ("new edition", "Gout")
    assert change.supersedes is not None
    assert feeds.source(change.supersedes).status is SourceStatus.SUPERSEDED
    assert feeds.source(change.source_id).supersedes == change.supersedes
    assert "300 mg" in said(feeds, question)
    assert "100 mg" not in said(feeds, question)
    with Library.open(feeds.folder, at=version) as earlier:
        assert "100 mg" in said(earlier, question)
    assert feeds.update(**get).changes == ()


def test_a_dry_run_tells_and_changes_nothing(feeds: Library, service: Service, get: Any) -> None:
    service.pages["/gout"] = PAGE.format(NEW)
    version = feeds.version
    report = feeds.update(**get, dry_run=True)
    assert [c.what for c in report.changes] == ["new edition"]
    assert feeds.version == version
    assert feeds.update(**get).changes == report.changes


def test_a_retracted_article_carries_no_claim_any_more(
    feeds: Library, service: Service, get: Any
) -> None:
    assert ask(feeds, "dose of inventine for pain").answered
    text = service.records["1"][0]
    service.records["1"] = (text, "Retracted Publication")
    (change,) = feeds.update(**get).changes
    assert change.what == "retracted"
    assert change.supersedes is not None
    for identifier in (change.source_id, change.supersedes):
        assert feeds.source(identifier).status is SourceStatus.RETRACTED
    answer = ask(feeds, "dose of inventine for pain")
    cited = {c.source_id for claim in answer.bottom_line for c in claim.citations}
    assert not cited & {change.source_id, change.supersedes}
    assert feeds.update(**get).changes == ()


def test_an_earlier_edition_comes_back(feeds: Library, service: Service, get: Any) -> None:
    service.pages["/gout"] = PAGE.format(NEW)
    feeds.update(**get)
    service.pages["/gout"] = PAGE.format(OLD)
    (change,) = feeds.update(**get).changes
    assert change.what == "earlier edition again"
    assert feeds.source(change.source_id).status is SourceStatus.CURRENT
    assert "100 mg" in said(feeds, "maintenance dose of allopurinol")
    assert feeds.update(**get).changes == ()


def test_what_is_gone_is_told_and_kept(feeds: Library, service: Service, get: Any) -> None:
    service.pages.clear()
    del service.records["2"]
    report = feeds.update(**get)
    assert {f.path for f in report.failed} == {f"{service.url}/gout", "pubmed:2"}
    assert "404" in next(f.error for f in report.failed if "gout" in f.path)
    assert (report.unchanged, report.changes) == (1, ())
    assert len(feeds.sources()) == 3


def test_a_page_without_an_etag_is_compared_by_its_words(
    feeds: Library, service: Service, get: Any
) -> None:
    service.etags = False
    assert feeds.update(**get).unchanged == 3


def test_files_are_not_asked_for(library: Library) -> None:
    report = library.update()
    assert (report.asked, report.changes) == (0, ())
