"""What became of the cards: read, kept, counted (CDS Hooks 2.0, "Feedback")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils import timezone
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationError,
)

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity
from osler.pathways.hooks import path_of
from osler.pathways.hooks.cards import CODED_REASONS
from osler_site.cds_hooks.models import CardFeedback, Outcome

DAYS = 90
MOST = 200  # entries of one message
_MOST_SHOWN = 12
LONGEST_COMMENT = 2_000
_EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
_KNOWN = {(r["system"], r["code"]): r["display"] for r in CODED_REASONS}


def _cut(most: int) -> Any:
    """A text that is cut where it is too long, and empty where it is null."""

    def cut(given: object) -> object:
        return "" if given is None else given[:most] if isinstance(given, str) else given

    return BeforeValidator(cut)


_Text = Annotated[str, _cut(255), StringConstraints(strip_whitespace=True)]
_Comment = Annotated[str, _cut(LONGEST_COMMENT), StringConstraints(strip_whitespace=True)]
# Numbers of records, dates and addresses have no place in a remark on a card.
_OF_A_PERSON = re.compile(
    r"\S+@\S+|\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b|\b(?:\d[ -]?){6,}\d\b|\b\d{7,}\b"
)


def _possible(given: datetime) -> datetime:
    """Within what every database and time zone can hold, and not still to come."""
    if not _EARLIEST <= given <= timezone.now() + timedelta(days=1):
        raise ValueError("is no time at which a card can have been shown")
    return given


class _Coding(BaseModel):
    code: Annotated[str, _cut(100), StringConstraints(min_length=1)]
    system: _Text = ""
    display: _Text = ""


class _Reason(BaseModel):
    reason: _Coding | None = None
    comment: _Comment = Field(alias="userComment", default="")


class _Accepted(BaseModel):
    id: UUID


class _Entry(BaseModel):
    card: UUID
    outcome: Literal["accepted", "overridden"]
    accepted: list[_Accepted] = Field(alias="acceptedSuggestions", default=[], max_length=MOST)
    reason: _Reason | None = Field(alias="overrideReason", default=None)
    happened: Annotated[AwareDatetime, AfterValidator(_possible)] = Field(alias="outcomeTimestamp")


class _Message(BaseModel):
    feedback: list[_Entry] = Field(min_length=1, max_length=MOST)


def keep(data: Any, *, service: str, client: str) -> None:
    """Keep what a client tells of the cards of a service; what was told before is left out.

    Raises InvalidResource with the path of every fault.
    """
    rows = [_row(entry, service, client) for entry in _read(data)]
    CardFeedback.objects.bulk_create(rows, ignore_conflicts=True)


def _read(data: Any) -> Sequence[_Entry]:
    try:
        entries = _Message.model_validate(data).feedback
    except ValidationError as error:
        raise InvalidResource(
            Issue(
                Severity.ERROR,
                "required" if e["type"] == "missing" else "value",
                e["msg"],
                path_of(e["loc"]),
            )
            for e in error.errors(include_input=False)
        ) from error
    lacking = [
        Issue(
            Severity.ERROR,
            "required",
            "is required where the outcome is accepted",
            f"feedback[{n}].acceptedSuggestions",
        )
        for n, entry in enumerate(entries)
        if entry.outcome == Outcome.ACCEPTED and not entry.accepted
    ]
    if lacking:
        raise InvalidResource(lacking)
    return entries


def _row(entry: _Entry, service: str, client: str) -> CardFeedback:
    reason = entry.reason or _Reason()
    coding = reason.reason
    return CardFeedback(
        service=service,
        card=entry.card,
        outcome=entry.outcome,
        suggestions=[str(accepted.id) for accepted in entry.accepted],
        reason_system=_scrubbed(coding.system) if coding else "",
        reason_code=_scrubbed(coding.code) if coding else "",
        reason_display=_display(coding) if coding else "",
        comment=_scrubbed(reason.comment),
        happened=entry.happened,
        client=client,
    )


def _display(coding: _Coding) -> str:
    """Of a reason of ours; what others call theirs may be anything, a patient's name too."""
    return _KNOWN.get((coding.system, coding.code), "")


def _scrubbed(text: str) -> str:
    return _OF_A_PERSON.sub("…", _clean(text))


def _clean(text: str) -> str:
    return text.replace("\x00", "")  # PostgreSQL keeps none


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the cards of one service."""

    service: str
    accepted: int
    overridden: int
    last: Any
    reasons: tuple[tuple[str, int], ...]  # why cards were overridden, the most frequent first
    comments: tuple[str, ...]  # the newest first


def told(days: int = DAYS) -> list[Told]:
    """Each service that something was told of in the last days, the most told of first."""
    rows = CardFeedback.objects.filter(received__gte=timezone.now() - timedelta(days=days))
    counted = (
        rows.order_by()
        .values("service")
        .annotate(
            accepted=Count("pk", filter=Q(outcome=Outcome.ACCEPTED)),
            overridden=Count("pk", filter=Q(outcome=Outcome.OVERRIDDEN)),
            last=Max("received"),
        )
        .order_by("-accepted", "-overridden", "service")
    )
    return [
        Told(
            **one,
            reasons=_reasons(rows.filter(service=one["service"])),
            comments=tuple(
                rows.filter(service=one["service"])
                .exclude(comment="")
                .values_list("comment", flat=True)[:_MOST_SHOWN]
            ),
        )
        for one in counted
    ]


def _reasons(rows: Any) -> tuple[tuple[str, int], ...]:
    counted = (
        rows.filter(outcome=Outcome.OVERRIDDEN)
        .order_by()
        .values_list("reason_display", "reason_code")
        .annotate(times=Count("pk"))
        .order_by("-times", "reason_code")
    )
    named: dict[str, int] = {}
    for display, code, times in counted:
        name = display or ("another reason" if code else "no reason given")
        named[name] = named.get(name, 0) + times
    return tuple(sorted(named.items(), key=lambda one: -one[1]))[:_MOST_SHOWN]
