"""Importers against a real server on loopback that answers in the services' own shapes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from osler import __version__
from osler.domain import SourceKind, SourceStatus
from osler.domain.errors import ImportFailed
from osler.reading import read
from osler.reading.importers import is_feed

from .conftest import Answer, Get, Server

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
