"""A kept answer in a language model's words: a row of its own, beside the one as composed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from osler.answering import from_json, to_json
from osler.domain import Answer
from osler.domain.errors import LibraryError
from osler.writing import Spot, with_claims, write_stream
from osler_site.answers.asking import keep
from osler_site.answers.models import RawAnswer, uid_of
from osler_site.engine import engine
from osler_site.operations import metrics

if TYPE_CHECKING:
    from osler.writing.model import Writer

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """The answer's JSON with one more claim in the model's words, and where that claim stands."""

    spot: Spot
    body: Json


def written(raw: RawAnswer, writer: Writer) -> RawAnswer:
    """The answer in the model's words as far as they pass, or itself where none does.

    In JSON `writing` says how it went. It takes as long as the writer may; never raises for what
    a model does.
    """
    for event in writing(raw, writer):
        if isinstance(event, RawAnswer):
            raw = event
    return raw


def writing(raw: RawAnswer, writer: Writer) -> Iterator[Changed | RawAnswer]:
    """Each claim once its new words have passed; at last the answer to be shown from now on.

    The same answer is written once: the row is found again. Where nothing of it was the model's,
    the last is a row that is not kept, the answer as composed with `writing` in its JSON.
    """
    uid = _uid(raw, writer)
    found = RawAnswer.objects.filter(uid=uid).first() if raw.answered else raw
    if found is not None:
        yield found
        return
    try:
        library = engine().at(raw.library_version)
        answer = from_json(raw.body, library)
    except LibraryError:  # of a version that is not here any more
        yield raw
        return
    so_far = answer
    for event in write_stream(answer, writer):
        if isinstance(event, Answer):
            so_far = event
        else:
            so_far = with_claims(so_far, {event.spot: event.claim})
            yield Changed(event.spot, _body(raw, so_far, library))
    yield _kept(raw, uid, so_far, _body(raw, so_far, library))


def _kept(raw: RawAnswer, uid: str, answer: Answer, body: Json) -> RawAnswer:
    if answer.writing is None:  # there was nothing that it may word
        return raw
    metrics.wrote(answer.writing)
    if answer.writing.kept:
        return keep(uid, raw.kind, raw.question, raw.patient, raw.audience, body)
    row = RawAnswer.objects.defer("body").get(pk=raw.pk)
    row.body = body
    return row


def _body(raw: RawAnswer, answer: Answer, library: Any) -> Json:
    """The JSON as it was kept, with what the model may change of it."""
    now = to_json(answer, library)
    changed = ("bottom_line", "sections", "writing")
    return {**raw.body, **{name: now[name] for name in changed}}


def _uid(raw: RawAnswer, writer: Writer) -> str:
    settings = writer.settings
    model = f"{settings.provider.value}:{settings.model}@{settings.url}"
    return uid_of("written", raw.uid, "", raw.audience, model)
