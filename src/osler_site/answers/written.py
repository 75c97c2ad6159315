"""A kept answer in a language model's words: a row of its own, beside the one as composed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from osler.answering import from_json, to_json
from osler.domain import Answer, Place, Written
from osler.domain.errors import LibraryError
from osler.privacy import hide
from osler.writing import Spot, together, with_claims, write_stream
from osler_site.answers.helping import helped, named, with_body
from osler_site.answers.keeping import keep
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


def in_words_of(raw: RawAnswer, writer: Writer) -> RawAnswer:
    """The same for an answer that the model has not had a say in: read and checked by it first."""
    if not raw.composed_uid:
        raw = helped(raw, writer, hide(raw.question))
    return written(raw, writer) if raw.answered else raw


def writing(raw: RawAnswer, writer: Writer) -> Iterator[Changed | RawAnswer]:
    """Each claim once its new words have passed; at last the answer to be shown from now on.

    The same answer is written once: the row is found again. Where nothing of it was the model's,
    the last is a row that is not kept, the answer as composed with `writing` in its JSON.
    """
    uid = uid_of("written", raw.uid, "", raw.audience, named(writer.settings))
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
            if event.writing is not None:
                metrics.wrote(event.writing)
            so_far = _with_help(event, raw)
        else:
            so_far = with_claims(so_far, {event.spot: event.claim})
            yield Changed(event.spot, _body(raw, so_far, library))
    yield _kept(raw, uid, so_far, _body(raw, so_far, library))


def _with_help(answer: Answer, raw: RawAnswer) -> Answer:
    """With what the model did before the answer was shown (`helping`)."""
    before = raw.body.get("writing")
    if before is None:
        return answer
    first = Written(**{**before, "place": Place(before["place"])})
    return replace(answer, writing=together(first, answer.writing) if answer.writing else first)


def _kept(raw: RawAnswer, uid: str, answer: Answer, body: Json) -> RawAnswer:
    if answer.writing is None:  # there was nothing that it may word
        return raw
    if answer.writing.kept:
        return keep(uid, raw.kind, raw.question, raw.patient, raw.audience, body, raw.root)
    return with_body(raw, body)


def _body(raw: RawAnswer, answer: Answer, library: Any) -> Json:
    """The JSON as it was kept, with what the model may change of it."""
    now = to_json(answer, library)
    changed = ("bottom_line", "sections", "writing")
    return {**raw.body, **{name: now[name] for name in changed}}
