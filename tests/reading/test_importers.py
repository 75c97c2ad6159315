"""Importers against a real server on loopback that answers in the services' own shapes."""

from __future__ import annotations

import email.utils
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from osler import __version__
from osler.domain import SourceKind, SourceStatus
from osler.domain.errors import DocumentTooLarge, ImportFailed
from osler.reading import RawFile, read
from osler.reading.importers import fetch, is_feed
from osler.reading.importers.addresses import is_public
from osler.reading.importers.http import RateLimit

Answer = tuple[int, dict[str, str], bytes]

ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="1">{pmid}</PMID><Article PubModel="Print">
<Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2017</Year><Month>Aug</Month></PubDate>
</JournalIssue><Title>Journal of Invented Trials</Title></Journal>
<ArticleTitle>Oral against intramuscular vitamin B<sub>12</sub>.</ArticleTitle>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/invented.{pmid}</ELocationID>
<Abstract><AbstractText Label="METHODS" NlmCategory="METHODS">Adults with eGFR above 60
mL/min/1.73 m<sup>2</sup> took 1000 \u03bcg daily.</AbstractText>
<AbstractText Label="RESULTS">Levels rose.</AbstractText></Abstract>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Doe</LastName><ForeName>Ann</ForeName>
<Initials>A</Initials></Author></AuthorList>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
<PublicationType UI="D016449">Randomized Controlled Trial</PublicationType>{types}
</PublicationTypeList></Article>{notices}</MedlineCitation><PubmedData><ArticleIdList>
<ArticleId IdType="pubmed">{pmid}</ArticleId><ArticleId IdType="doi">10.5555/invented.{pmid}
</ArticleId></ArticleIdList></PubmedData></PubmedArticle>"""

RETRACTION = """<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn">
<RefSource>J Invented Trials. 2019;1:2</RefSource><PMID Version="1">99</PMID>
</CommentsCorrections></CommentsCorrectionsList>"""

JATS = """<article article-type="research-article" dtd-version="1.3"><front><article-meta>
<article-id pub-id-type="pmid">77</article-id><title-group><article-title>Open trial
</article-title></title-group></article-meta></front>{body}</article>"""
BODY = "<body><sec><title>Results</title><p>Give 5 mg once daily.</p></sec></body>"

LABEL = {
    "id": "1c2d0000-0000-4000-8000-000000000001",
    "set_id": "1c2d0000-0000-4000-8000-000000000002",
    "effective_time": "20230401",
    "version": "7",
    "dosage_and_administration": [
        "2 DOSAGE AND ADMINISTRATION 2.1 Adults Start with 500 mg orally twice a day. "
        "2.2 Renal Impairment Do not start below an eGFR of 45."
    ],
    "dosage_and_administration_table": ["<table><tr><td>500 mg</td></tr></table>"],
    "spl_product_data_elements": ["Inventine tablet"],
    "openfda": {
        "brand_name": ["Inventine"],
        "generic_name": ["INVENTINE HYDROCHLORIDE"],
        "manufacturer_name": ["Invented Labs"],
        "route": ["ORAL"],
    },
}


def record(number: int, **more: object) -> dict[str, object]:
    return {
        "id": str(number),
        "source": "MED",
        "pmid": str(number),
        "title": f"Record {number}",
        "pubYear": "2020",
        "journalInfo": {"journal": {"title": "Journal of Invented Trials"}},
        "abstractText": "<h4>Background</h4>Per 1.73 m<sup>2</sup>.<h4>Results</h4>5 mg won.",
        "pubTypeList": {"pubType": ["Journal Article", "Meta-Analysis"]},
        "isOpenAccess": "N",
        "inEPMC": "N",
        **more,
    }


def article_set(*articles: str) -> bytes:
    doctype = '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "pubmed.dtd">'
    xml = f'<?xml version="1.0" ?>{doctype}<PubmedArticleSet>{"".join(articles)}</PubmedArticleSet>'
    return xml.encode()


@dataclass
class Server:
    url: str = ""
    answer: Callable[[str, dict[str, str]], Answer] = lambda path, query: (404, {}, b"")
    headers: list[dict[str, str]] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            state.headers.append({name.lower(): value for name, value in self.headers.items()})
            state.queries.append(query)
            status, headers, body = state.answer(parts.path, query)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            return

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{http.server_port}"
    yield state
    http.shutdown()
    http.server_close()
    thread.join()


@pytest.fixture
def get(server: Server, tmp_path: Path) -> Callable[..., list[RawFile]]:
    def run(identifier: str, **more: object) -> list[RawFile]:
        services = ("pubmed", "pmc", "europepmc", "openfda")
        options = {"cache_dir": tmp_path, "base_urls": dict.fromkeys(services, server.url)}
        return list(fetch(identifier, backoff=0.01, **{**options, **more}))  # type: ignore[arg-type]

    return run


Get = Callable[..., list[RawFile]]


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("pubmed:28925645", True),
        ("pmc:PMC123", True),
        ("europepmc:query=metformin", True),
        ("openfda:metformin", True),
        ("https://example.org/a", True),
        ("guideline.pdf", False),
        ("C:\\guidelines\\a.pdf", False),
        ("notes/pubmed", False),
    ],
)
def test_feeds_are_told_from_paths(identifier: str, expected: bool) -> None:
    assert is_feed(identifier) is expected


def test_a_pubmed_record_becomes_a_source_with_its_identifiers(server: Server, get: Get) -> None:
    body = article_set(ARTICLE.format(pmid=28925645, types="", notices=""))
    server.answer = lambda path, query: (200, {"Content-Type": "text/xml; charset=UTF-8"}, body)
    (raw,) = get("pubmed:28925645")
    (document,) = read(raw)
    source = document.source
    assert (source.pmid, source.doi, source.year) == ("28925645", "10.5555/invented.28925645", 2017)
    assert source.kind is SourceKind.RANDOMISED_TRIAL
    assert (source.seen, source.url) == ("import", "https://pubmed.ncbi.nlm.nih.gov/28925645/")
    assert source.status is SourceStatus.CURRENT
    assert "1.73 m² took 1000 μg daily" in document.text
    assert document.blocks[-1].section[-1] == "Results"
    assert source.extra["fetched"].startswith("20")
    assert server.queries[0]["db"] == "pubmed"
    assert server.headers[0]["user-agent"].startswith(f"osler/{__version__}")


@pytest.mark.parametrize(
    ("types", "notices"),
    [("<PublicationType>Retracted Publication</PublicationType>", ""), ("", RETRACTION)],
)
def test_a_retracted_article_says_so(server: Server, get: Get, types: str, notices: str) -> None:
    body = article_set(ARTICLE.format(pmid=5, types=types, notices=notices))
    server.answer = lambda path, query: (200, {}, body)
    (document,) = read(get("pubmed:5")[0])
    assert document.source.status is SourceStatus.RETRACTED


def test_an_unknown_pmid_is_named(server: Server, get: Get) -> None:
    server.answer = lambda path, query: (200, {}, article_set())
    with pytest.raises(ImportFailed, match="no record 999"):
        get("pubmed:999")


def test_a_pubmed_search_goes_on_page_by_page(server: Server, get: Get) -> None:
    def answer(path: str, query: dict[str, str]) -> Answer:
        if path.endswith("esearch.fcgi"):
            start = int(query["retstart"])
            ids = [str(n) for n in range(1, 6)][start : start + 2]
            found = {"esearchresult": {"count": "5", "retstart": str(start), "idlist": ids}}
            return 200, {"Content-Type": "application/json"}, json.dumps(found).encode()
        ids = query["id"].split(",")
        return 200, {}, article_set(*(ARTICLE.format(pmid=i, types="", notices="") for i in ids))

    server.answer = answer
    assert [raw.path for raw in get("pubmed:query=b12")] == [f"pubmed:{n}" for n in range(1, 6)]


def test_a_key_is_sent_but_not_kept(
    server: Server, get: Get, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NCBI_API_KEY", "not-for-the-disk")
    body = article_set(ARTICLE.format(pmid=5, types="", notices=""))
    server.answer = lambda path, query: (200, {}, body)
    get("pubmed:5")
    assert server.queries[0]["api_key"] == "not-for-the-disk"
    assert all(b"not-for-the-disk" not in file.read_bytes() for file in tmp_path.iterdir())


def test_pmc_gives_the_article_alone(server: Server, get: Get) -> None:
    body = f"<pmc-articleset>{JATS.format(body=BODY)}</pmc-articleset>".encode()
    server.answer = lambda path, query: (200, {}, body)
    (raw,) = get("pmc:PMC123")
    (document,) = read(raw)
    assert server.queries[0] | {"db": "pmc", "id": "123"} == server.queries[0]
    assert "Give 5 mg once daily." in document.text
    assert document.source.pmid == "77"


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ('<Reply Id="123" error="The following PMCID is not available"/>', "has no article PMC123"),
        (JATS.format(body=""), "may not be downloaded"),
    ],
)
def test_pmc_without_full_text_fails_with_help(
    server: Server, get: Get, inside: str, said: str
) -> None:
    body = f"<pmc-articleset>{inside}</pmc-articleset>".encode()
    server.answer = lambda path, query: (200, {}, body)
    with pytest.raises(ImportFailed, match=said) as raised:
        get("pmc:PMC123")
    assert raised.value.help


def test_europe_pmc_pages_and_prefers_open_full_text(server: Server, get: Get) -> None:
    pages = {
        "*": ([record(1), record(2, pmcid="PMC2", isOpenAccess="Y", inEPMC="Y")], "two"),
        "two": ([record(3)], "three"),
        "three": ([], "three"),
    }

    def answer(path: str, query: dict[str, str]) -> Answer:
        if path.endswith("/PMC2/fullTextXML"):
            return 200, {"Content-Type": "application/xml"}, JATS.format(body=BODY).encode()
        found, following = pages[query["cursorMark"]]
        reply = {"hitCount": 3, "nextCursorMark": following, "resultList": {"result": found}}
        return 200, {}, json.dumps(reply).encode()

    server.answer = answer
    documents = [document for raw in get("europepmc:query=b12") for document in read(raw)]
    assert [document.source.title for document in documents] == [
        "Record 1",
        "Open trial",
        "Record 3",
    ]
    assert documents[0].source.kind is SourceKind.SYSTEMATIC_REVIEW
    assert "m²" in documents[0].text
    assert documents[0].blocks[-1].section[-1] == "Results"


def test_an_openfda_label_has_its_sections(server: Server, get: Get) -> None:
    reply = {"meta": {"results": {"skip": 0, "limit": 10, "total": 1}}, "results": [LABEL]}
    server.answer = lambda path, query: (200, {}, json.dumps(reply).encode())
    (raw,) = get("openfda:inventine")
    (document,) = read(raw)
    source = document.source
    assert source.title == "Inventine (inventine hydrochloride)"
    assert (source.kind, source.jurisdiction) == (SourceKind.DRUG_LABEL, "US")
    assert (source.year, source.extra["version"]) == (2023, "7")
    assert "Dosage and administration" in document.blocks[-1].section
    assert document.text.count("500 mg") == 1
    assert 'openfda.generic_name:"inventine"' in server.queries[0]["search"]


def test_openfda_without_a_label_says_so(server: Server, get: Get) -> None:
    body = b'{"error": {"code": "NOT_FOUND", "message": "No matches found!"}}'
    server.answer = lambda path, query: (404, {}, body)
    with pytest.raises(ImportFailed, match="no label of nothing"):
        get("openfda:nothing")


def page(body: bytes = b"<html><body><h1>A</h1><p>Give 5 mg.</p></body></html>") -> Answer:
    return 200, {"Content-Type": "text/html; charset=utf-8"}, body


@pytest.mark.parametrize("after", ["0", "date"])
def test_a_busy_service_is_asked_again_when_it_says(server: Server, get: Get, after: str) -> None:
    if after == "date":
        after = email.utils.format_datetime(datetime.now(UTC) - timedelta(seconds=5), usegmt=True)
    answers = [(429, {"Retry-After": after}, b"slow down"), page()]
    server.answer = lambda path, query: answers.pop(0)
    (raw,) = get(f"{server.url}/a", allow_private=True)
    assert raw.name == "a.html"
    assert len(server.queries) == 2


def test_a_service_that_wants_too_long_a_wait_is_left_alone(server: Server, get: Get) -> None:
    server.answer = lambda path, query: (503, {"Retry-After": "86400"}, b"")
    with pytest.raises(ImportFailed, match="86400"):
        get(f"{server.url}/a", allow_private=True)
    assert len(server.queries) == 1


def test_a_broken_service_is_given_up_on_after_four_attempts(server: Server, get: Get) -> None:
    server.answer = lambda path, query: (500, {}, b"")
    with pytest.raises(ImportFailed, match="500"):
        get("openfda:metformin")
    assert len(server.queries) == 4


def test_a_missing_page_is_not_asked_for_twice(server: Server, get: Get) -> None:
    with pytest.raises(ImportFailed, match="404") as raised:
        get(f"{server.url}/gone", allow_private=True)
    assert raised.value.status == 404
    assert len(server.queries) == 1


def test_a_slow_service_times_out(server: Server, get: Get) -> None:
    def answer(path: str, query: dict[str, str]) -> Answer:
        time.sleep(0.3)
        return page()

    server.answer = answer
    with (
        httpx.Client(timeout=0.05) as client,
        pytest.raises(ImportFailed, match="did not answer in time"),
    ):
        get("openfda:metformin", client=client)


def test_a_body_cut_short_is_fetched_again(server: Server, get: Get) -> None:
    answers = [(200, {"Content-Length": "1000", "Connection": "close"}, b"<html>cut"), page()]
    server.answer = lambda path, query: answers.pop(0)
    (raw,) = get(f"{server.url}/a", allow_private=True)
    assert b"Give 5 mg." in raw.data


def test_an_unchanged_page_is_not_sent_again(server: Server, get: Get) -> None:
    def answer(path: str, query: dict[str, str]) -> Answer:
        if server.headers[-1].get("if-none-match") == '"v1"':
            return 304, {"ETag": '"v1"'}, b""
        status, headers, body = page()
        return status, {**headers, "ETag": '"v1"'}, body

    server.answer = answer
    first, second = (get(f"{server.url}/a", allow_private=True)[0] for _ in range(2))
    assert first.data == second.data
    assert len(server.queries) == 2
    (document,) = read(second)
    assert document.source.extra["etag"] == '"v1"'


def test_a_damaged_cache_is_as_good_as_none(server: Server, get: Get, tmp_path: Path) -> None:
    server.answer = lambda path, query: page()
    get(f"{server.url}/a", allow_private=True)
    (body,) = tmp_path.glob("*.body")
    body.write_bytes(b"something else")
    (raw,) = get(f"{server.url}/a", allow_private=True)
    assert b"Give 5 mg." in raw.data
    assert len(server.queries) == 2


def test_too_large_a_page_is_refused(server: Server, get: Get) -> None:
    server.answer = lambda path, query: page(b"x" * 100_000)
    with pytest.raises(DocumentTooLarge):
        get(f"{server.url}/a", allow_private=True, max_bytes=10_000)


def test_a_page_on_a_private_address_is_refused(server: Server, get: Get) -> None:
    with pytest.raises(ImportFailed, match="private address"):
        get(f"{server.url}/a", base_urls={})
    assert server.queries == []


def test_a_redirect_to_a_private_address_is_refused(server: Server, get: Get) -> None:
    server.answer = lambda path, query: (302, {"Location": "http://169.254.169.254/latest"}, b"")
    with pytest.raises(ImportFailed, match="private address"):
        get("openfda:metformin")


def test_redirects_end(server: Server, get: Get) -> None:
    server.answer = lambda path, query: (302, {"Location": "/again"}, b"")
    with pytest.raises(ImportFailed, match="redirects more than"):
        get(f"{server.url}/a", allow_private=True)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:127.0.0.1", False),
        ("0.0.0.0", False),
        ("not an address", False),
    ],
)
def test_only_the_public_internet_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_requests_keep_their_distance() -> None:
    waited: list[float] = []
    limit = RateLimit(4.0)
    for _ in range(3):
        limit.wait(waited.append)
    assert waited == pytest.approx([0.25, 0.5], abs=0.05)
