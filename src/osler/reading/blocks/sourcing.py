"""The source that a document is: its id, where it comes from, and what it claims to be."""

from __future__ import annotations

import hashlib
from typing import Any

from osler.domain import Source, SourceStatus, Suspicion
from osler.reading.blocks.standing import told_standing
from osler.reading.files.raw import RawFile
from osler.reading.suspicions.claimed import REASON, is_borrowed


def source_of(
    raw: RawFile, name: str, title: str, text: str, known: dict[str, Any]
) -> tuple[Source, tuple[Suspicion, ...]]:
    """The source of a document in the format `name`, and what makes its claims doubtful.

    Its id is "s_" + 16 hex digits of SHA-256 over title, text and, where it is not current,
    status: the same words retracted are another source. `known` are further fields of `Source`;
    where they declare no status, what the document says of its own counts.
    """
    known = _with_standing(known, title, text)
    said = f"{title}\0{text}"
    status = known.get("status", SourceStatus.CURRENT)
    if status != SourceStatus.CURRENT:
        said += f"\0{status}"
    fields = {"url": raw.url, "seen": raw.seen, **known}
    if raw.known:
        fields["extra"] = {**raw.known, **fields.get("extra", {})}
    suspicions: tuple[Suspicion, ...] = ()
    if is_borrowed(fields.get("organization"), raw.url or fields["url"]):
        claimed = fields.pop("organization")
        fields["extra"] = {**fields.get("extra", {}), "organization_claimed": claimed}
        detail = f"{claimed}; the address is {raw.url or fields['url']}"
        suspicions = (Suspicion(0, 0, REASON, detail, None),)
    source = Source(
        id=f"s_{hashlib.sha256(said.encode()).hexdigest()[:16]}",
        title=title,
        file=raw.name,
        path=raw.path,
        format=name,
        **fields,
    )
    return source, suspicions


def _with_standing(known: dict[str, Any], title: str, text: str) -> dict[str, Any]:
    """The known fields, with the status that a document tells of itself where none is declared."""
    extra = known.get("extra", {})
    if "status" in known or "status" in extra or (told := told_standing(title, text)) is None:
        return known
    status, by = told
    if by:
        extra = {"superseded_by": by, **extra}
    return {**known, "status": status, "extra": extra}
