"""What a file says of itself, in the terms of `Source`. Nothing is guessed here."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from osler.domain import SourceKind, SourceStatus

_KINDS = {kind.value: kind for kind in SourceKind} | {
    "randomized trial": SourceKind.RANDOMISED_TRIAL,
    "randomised controlled trial": SourceKind.RANDOMISED_TRIAL,
    "randomized controlled trial": SourceKind.RANDOMISED_TRIAL,
    "meta-analysis": SourceKind.SYSTEMATIC_REVIEW,
    "label": SourceKind.DRUG_LABEL,
    "product label": SourceKind.DRUG_LABEL,
    "prescribing information": SourceKind.DRUG_LABEL,
    "summary of product characteristics": SourceKind.DRUG_LABEL,
    "smpc": SourceKind.DRUG_LABEL,
    "formulary page": SourceKind.FORMULARY,
    "formulary entry": SourceKind.FORMULARY,
}
# What a hospital calls the guidance that it writes for its own wards.
_KINDS |= dict.fromkeys(
    (
        "clinical guideline",
        "practice guideline",
        "hospital guideline",
        "local guideline",
        "ward guideline",
        "clinical protocol",
        "ward protocol",
        "protocol",
        "algorithm",
        "emergency algorithm",
        "dosing sheet",
    ),
    SourceKind.GUIDELINE,
)
_COUNTRIES = {"UK": "GB", "USA": "US"}
_STATUSES = {status.value: status for status in SourceStatus}
_TEXTS = (
    "title",
    "organization",
    "url",
    "doi",
    "pmid",
    "licence",
    "supersedes",
    "seen",
    "summarises",
)
_SPELLINGS = {"organisation": "organization", "license": "licence", "publisher": "organization"}


def known_fields(given: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of `Source` from loose keys and values; what Osler does not know is in "extra".

    A value that does not fit its key (a kind that is none, a year of five digits) stays in
    "extra" under its key, so that nothing is lost and nothing false is claimed.
    """
    fields: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for key, value in given.items():
        name = str(key).strip().lower().replace("-", "_")
        name = _SPELLINGS.get(name, name)
        read = _field(name, value)
        if read is None or name in fields:
            if value is not None:
                extra[str(key)] = plain(value)
        else:
            fields[name] = read
    fields["extra"] = extra
    return fields


def misfits(extra: Mapping[str, Any]) -> list[str]:
    """What a file says of itself that is none of the values its key may have, in words."""
    found = []
    for key, value in extra.items():
        name = str(key).strip().lower().replace("-", "_")
        allowed = {
            "kind": f"one of: {', '.join(kind.value for kind in SourceKind)}",
            "status": f"one of: {', '.join(status.value for status in SourceStatus)}",
            "year": "a year of four digits",
            "jurisdiction": "an ISO 3166 code, such as GB",
        }.get(name)
        if allowed is not None and _field(name, value) is None:
            found.append(
                f"{key}: {value} is not known and is shown as unknown; it may be {allowed}"
            )
    return found


def _field(name: str, value: Any) -> Any:
    if name in _TEXTS:
        return " ".join(str(value).split()) or None if isinstance(value, str | int) else None
    if name == "year":
        return year_of(value)
    if name == "kind":
        return _KINDS.get(str(value).strip().lower().replace("_", " "))
    if name == "status":
        text = str(value).strip().lower()
        return _STATUSES.get(text)
    if name == "jurisdiction":
        text = str(value).strip().upper()
        if value is False:  # YAML 1.1 reads the code of Norway as "no"
            text = "NO"
        text = _COUNTRIES.get(text, text)
        return text if re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", text) else None
    return None


def year_of(value: Any) -> int | None:
    """The year in a date or a text, between 1800 and 2199."""
    if isinstance(value, datetime.date):
        return value.year
    found = re.search(r"(?<!\d)(1[89]\d\d|2[01]\d\d)(?:\d{4})?(?!\d)", str(value))
    return int(found[1]) if found else None


def plain(value: Any) -> Any:
    """The value as JSON can hold it (dates as ISO text)."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    return str(value)
