"""Europe PMC: full text where it is open, else the abstract; by identifier or by search."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from osler.domain import Document, Notice, NoticeKind, SourceStatus
from osler.domain.errors import ImportFailed, MalformedDocument
from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.files.raw import RawFile
from osler.reading.importers.pubmed import kind_of
from osler.reading.importers.services import EUROPE_PMC
from osler.reading.markup.xml import parse_html, text_of

if TYPE_CHECKING:
    from osler.reading.importers.http import Session

PAGE = 100
SERVICE = "Europe PMC"
# Of `commentCorrection/type`, in lower case.
_NOTICES = {
    "retraction in": NoticeKind.RETRACTION,
    "retracted and republished in": NoticeKind.RETRACTION,
    "expression of concern in": NoticeKind.CONCERN,
    "erratum in": NoticeKind.CORRECTION,
    "corrected and republished in": NoticeKind.CORRECTION,
    "update in": NoticeKind.NEWER,
}
_PER_SECOND = 5.0
_PMCID = re.compile(r"PMC\d{1,9}", re.I)
_NAMED = re.compile(r"(?:(?P<source>[A-Za-z]{3}):)?(?P<id>[A-Za-z]{0,3}\d{1,12})")


def fetch(
    session: Session, what: str, base: str = EUROPE_PMC, limit: int = PAGE
) -> Iterator[RawFile]:
    """One file an article: "PMC123", "28925645", "MED:28925645" or "query=…".

    Full text is JATS; where it is not open, the record with its abstract, as JSON.
    """
    if _PMCID.fullmatch(what):
        yield _full_text(session, what.upper(), base)
        return
    if what.startswith("query="):
        query = what.removeprefix("query=").strip()
    elif match := _NAMED.fullmatch(what):
        query = f"EXT_ID:{match['id']} AND SRC:{(match['source'] or 'MED').upper()}"
    else:
        raise ImportFailed(
            f"europepmc:{what} names no article",
            help='For example europepmc:PMC5334499 or "europepmc:query=metformin AND renal".',
        )
    found = False
    for record, known in search(session, query, base, limit):
        found = True
        pmcid = record.get("pmcid")
        if pmcid and record.get("isOpenAccess") == "Y" and record.get("inEPMC") == "Y":
            yield _full_text(session, str(pmcid), base)
        else:
            yield _record(record, known)
    if not found:
        raise ImportFailed(f"Europe PMC finds nothing for {query!r}")


def _full_text(session: Session, pmcid: str, base: str) -> RawFile:
    try:
        response = session.get(f"{base}/{pmcid}/fullTextXML", per_second=_PER_SECOND)
    except ImportFailed as error:
        if error.status == 404:
            raise ImportFailed(f"Europe PMC has no open full text of {pmcid}") from error
        raise
    return RawFile(
        path=f"europepmc:{pmcid}",
        name=f"{pmcid}.nxml",
        data=response.body,
        url=f"https://europepmc.org/article/PMC/{pmcid}",
        encoding=response.charset,
        seen="import",
        known=response.provenance(),
    )


def search(
    session: Session, query: str, base: str, limit: int
) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Records, each with its provenance, page by page; the cursor stands still at the end."""
    cursor, given = "*", 0
    while given < limit:
        params = {
            "query": query,
            "format": "json",
            "resultType": "core",
            "pageSize": str(min(PAGE, limit - given)),
            "cursorMark": cursor,
        }
        response = session.get(f"{base}/search", params, per_second=_PER_SECOND)
        try:
            answer = json.loads(response.body)
            records = answer["resultList"]["result"]
        except (ValueError, KeyError, TypeError) as error:
            raise ImportFailed(f"Europe PMC's answer to {query!r} cannot be read") from error
        for record in records[: limit - given]:
            given += 1
            yield record, response.provenance()
        following = answer.get("nextCursorMark")
        if not records or not following or following == cursor:
            return
        cursor = following


def _record(record: dict[str, Any], known: dict[str, str]) -> RawFile:
    source, number = record.get("source", "MED"), record.get("id", "")
    return RawFile(
        path=f"europepmc:{source}:{number}",
        name=f"europepmc-{source}-{number}.json",
        data=json.dumps(record, ensure_ascii=False).encode(),
        url=f"https://europepmc.org/article/{source}/{number}",
        seen="import",
        known=known,
    )


def is_europepmc(value: Any) -> bool:
    """Whether a JSON value is a record of Europe PMC's search (resultType=core)."""
    return (
        isinstance(value, dict)
        and {"id", "source", "title"} <= value.keys()
        and ("pubTypeList" in value or "journalInfo" in value or "abstractText" in value)
    )


def read_europepmc(raw: RawFile) -> Document:
    """The title and abstract of a Europe PMC record. Raises `MalformedDocument`."""
    try:
        record = json.loads(raw.data)
    except ValueError as error:
        raise MalformedDocument(f"{raw.path}: not JSON ({error})") from error
    if not is_europepmc(record):
        raise MalformedDocument(f"{raw.path}: not a record of Europe PMC")
    title = _plain(str(record["title"]))
    builder = DocumentBuilder()
    builder.heading(title, 1)
    for level, text in _abstract(str(record.get("abstractText") or "")):
        if level:
            builder.heading(text, 2)
        else:
            builder.paragraph(text)
    types = _listed(record, "pubTypeList", "pubType")
    notices = notices_of(record)
    retracted = any(notice.kind is NoticeKind.RETRACTION for notice in notices)
    year = str(record.get("pubYear") or "")
    extra = {
        "journal": ((record.get("journalInfo") or {}).get("journal") or {}).get("title"),
        "publication_types": types,
        "authors": record.get("authorString"),
        "pmcid": record.get("pmcid"),
    }
    return builder.build(
        raw,
        "europepmc",
        title=title,
        organization=extra["journal"],
        year=int(year) if re.fullmatch(r"\d{4}", year) else None,
        kind=kind_of(types),
        status=SourceStatus.RETRACTED if retracted else SourceStatus.CURRENT,
        doi=record.get("doi"),
        pmid=record.get("pmid"),
        notices=notices,
        licence=record.get("license"),
        extra={key: value for key, value in extra.items() if value},
    )


def notices_of(record: dict[str, Any]) -> tuple[Notice, ...]:
    """What a record says of retractions, doubts, corrections and updates of itself."""
    found = [
        Notice(
            kind,
            reference=str(each.get("reference") or ""),
            pmid=str(each["id"]) if each.get("source") == "MED" and each.get("id") else None,
            service=SERVICE,
        )
        for each in _listed(record, "commentCorrectionList", "commentCorrection")
        if (kind := _NOTICES.get(str(each.get("type", "")).strip().lower()))
    ]
    types = [str(each).lower() for each in _listed(record, "pubTypeList", "pubType")]
    if "retracted publication" in types and all(
        notice.kind is not NoticeKind.RETRACTION for notice in found
    ):
        found.append(Notice(NoticeKind.RETRACTION, service=SERVICE))
    return tuple(found)


def _listed(record: dict[str, Any], outer: str, inner: str) -> list[Any]:
    return list((record.get(outer) or {}).get(inner) or [])


def _abstract(html: str) -> Iterator[tuple[int, str]]:
    """(1, heading) and (0, paragraph): Europe PMC marks sections with h4 in running text."""
    pieces = re.split(r"<h4>(.*?)</h4>", html, flags=re.I | re.S)
    for index, piece in enumerate(pieces):
        if text := _plain(piece):
            yield index % 2, text


def _plain(html: str) -> str:
    """The text of a fragment of HTML; raised characters keep their meaning ("m²")."""
    return text_of(parse_html(html)) if html.strip() else ""
