"""openFDA: drug labels (US prescribing information) as JSON, and their reader."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from osler.domain import Document, SourceKind
from osler.domain.errors import ImportFailed, MalformedDocument
from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.files.raw import RawFile
from osler.reading.importers.services import OPENFDA

if TYPE_CHECKING:
    from osler.reading.importers.http import Session

LIMIT = 10  # labels; a common drug has hundreds, one a maker, that say the same
_PER_SECOND = 4.0  # openFDA allows 240 requests a minute from one address
_NAME = re.compile(r"[\w .,'/()+-]{2,100}")
_SET_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)

# Sections in the order of the label (21 CFR 201.57); others follow by name.
_SECTIONS = (
    "boxed_warning",
    "indications_and_usage",
    "dosage_and_administration",
    "dosage_forms_and_strengths",
    "contraindications",
    "warnings_and_cautions",
    "warnings",
    "precautions",
    "adverse_reactions",
    "drug_interactions",
    "use_in_specific_populations",
    "pregnancy",
    "pediatric_use",
    "geriatric_use",
    "overdosage",
    "description",
    "clinical_pharmacology",
    "how_supplied",
)
_NOT_SECTIONS = frozenset({"id", "set_id", "effective_time", "version", "openfda"})
_NUMBERED = re.compile(r"(?<=[.:;)\]])\s+(?=\d{1,2}\.\d{1,2}\s+[A-Z][A-Za-z])")


def fetch(
    session: Session, what: str, base: str = OPENFDA, limit: int = LIMIT
) -> Iterator[RawFile]:
    """One file a label, newest first: `what` is a drug's name or a label's set id."""
    what = what.strip()
    if _SET_ID.fullmatch(what):
        search = f'set_id:"{what}"'
    elif _NAME.fullmatch(what):
        names = ("generic_name", "brand_name", "substance_name")
        search = " ".join(f'openfda.{name}:"{what}"' for name in names)
    else:
        raise ImportFailed(f"openfda:{what} names no drug", help="For example openfda:metformin")
    key = os.environ.get("OPENFDA_API_KEY")
    given = 0
    while given < limit:
        params = {
            "search": search,
            "sort": "effective_time:desc",
            "limit": str(min(100, limit - given)),
            "skip": str(given),
        }
        try:
            response = session.get(
                f"{base}/drug/label.json",
                params,
                secret={"api_key": key} if key else None,
                per_second=_PER_SECOND,
            )
        except ImportFailed as error:
            if error.status == 404:  # "No matches found!"
                raise ImportFailed(f"openFDA has no label of {what}") from error
            raise
        try:
            answer = json.loads(response.body)
            labels, total = answer["results"], int(answer["meta"]["results"]["total"])
        except (ValueError, KeyError, TypeError) as error:
            raise ImportFailed(f"openFDA's answer about {what} cannot be read") from error
        for label in labels:
            yield _raw(label, response.provenance())
        given += len(labels)
        if not labels or given >= total:
            return


def _raw(label: dict[str, Any], known: dict[str, str]) -> RawFile:
    set_id = str(label.get("set_id") or label.get("id") or "")
    return RawFile(
        path=f"openfda:{set_id}",
        name=f"openfda-{set_id}.json",
        data=json.dumps(label, ensure_ascii=False).encode(),
        url=f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={set_id}",
        seen="import",
        known=known,
    )


def is_openfda(value: Any) -> bool:
    """Whether a JSON value is one label of openFDA's drug label service."""
    return isinstance(value, dict) and "set_id" in value and "effective_time" in value


def read_openfda(raw: RawFile) -> Iterator[Document]:
    """A document a drug label: of one label, or of an answer of the service saved as it came.

    Raises `MalformedDocument`.
    """
    try:
        data = json.loads(raw.data)
    except ValueError as error:
        raise MalformedDocument(f"{raw.path}: not JSON ({error})") from error
    labels = data.get("results", [data]) if isinstance(data, dict) else []
    if not labels or not all(map(is_openfda, labels)):
        raise MalformedDocument(f"{raw.path}: not drug labels of openFDA")
    for label in labels:
        yield _document(raw, label)


def _document(raw: RawFile, label: dict[str, Any]) -> Document:
    about = label.get("openfda") or {}
    brand, generic = _first(about, "brand_name"), _first(about, "generic_name")
    title = (
        f"{brand} ({generic.lower()})" if brand and generic else brand or generic or "Drug label"
    )
    builder = DocumentBuilder()
    builder.heading(title, 1)
    for name in _ordered(label):
        _section(builder, name, [str(text) for text in label[name]])
    effective = str(label["effective_time"])
    extra = {
        "set_id": label["set_id"],
        "version": label.get("version"),
        "effective_time": effective,
        "manufacturer": _first(about, "manufacturer_name"),
        "routes": about.get("route"),
        "substances": about.get("substance_name"),
        "rxcui": about.get("rxcui"),
    }
    return builder.build(
        raw,
        "openfda",
        title=title,
        organization=extra["manufacturer"] or "U.S. Food and Drug Administration",
        year=int(effective[:4]) if re.match(r"(19|20)\d\d", effective) else None,
        kind=SourceKind.DRUG_LABEL,
        jurisdiction="US",
        licence="CC0-1.0",
        extra={key: value for key, value in extra.items() if value},
    )


def _ordered(label: dict[str, Any]) -> list[str]:
    """The sections that hold text; `*_table` repeats in HTML what the text already has."""
    names = [
        name
        for name, value in label.items()
        if name not in _NOT_SECTIONS
        and not name.startswith("spl_")
        and not name.endswith("_table")
        and isinstance(value, list)
    ]
    rank = {name: i for i, name in enumerate(_SECTIONS)}
    return sorted(names, key=lambda name: (rank.get(name, len(rank)), name))


def _section(builder: DocumentBuilder, name: str, texts: list[str]) -> None:
    heading = name.replace("_", " ").capitalize()
    builder.heading(heading, 2)
    for text in texts:
        bare = re.sub(rf"^\s*\d{{0,2}}\.?\s*{re.escape(heading)}\s*:?\s*", "", text, flags=re.I)
        for part in _NUMBERED.split(bare):
            for bullet in re.split(r"\s*[•●]\s*", part):
                builder.paragraph(bullet)


def _first(about: dict[str, Any], name: str) -> str:
    values = about.get(name) or [""]
    return str(values[0]).strip()
