"""A question read, and its answer checked, with the help of a language model, before it is shown.

Where the settings let it (`OSLER_WRITER_READS`, `OSLER_WRITER_VETOES`), the model puts a question
that found no answer more plainly, and holds back claims that it doubts. What comes of it is a row
of its own, beside the answer as composed; asked again, it is found again. What fails or takes
longer than the writer may leaves the answer as composed, and is tried again with the next asking.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from osler.answering import to_json
from osler.domain import Answer, Audience, Written
from osler.domain.errors import OslerError
from osler.privacy import Hidden
from osler.readers import worded
from osler.writing import WriterSettings
from osler.writing import helped as helped_answer
from osler_site.answers.keeping import keep, without_identifiers
from osler_site.answers.models import RawAnswer, uid_of
from osler_site.engine import engine, patient_of
from osler_site.operations import metrics

if TYPE_CHECKING:
    from osler.writing.model import Writer


def helps(settings: WriterSettings) -> bool:
    """Whether the model has a say before an answer is shown."""
    return settings.reads or settings.vetoes


def helped(
    raw: RawAnswer, writer: Writer, hidden: Hidden, spent: Written | None = None
) -> RawAnswer:
    """The answer as the model leaves it, or itself where the model had nothing to do with it.

    `hidden` is its question, and `spent` what reading it took. Where the model failed it is the
    answer as composed, not to be stored, whose JSON says so in `writing`. Never raises for what a
    model does.
    """
    if raw.kind != "answer" or not helps(writer.settings):
        return raw
    uid = uid_of("helped", raw.uid, "", raw.audience, named(writer.settings))
    found = RawAnswer.objects.filter(uid=uid).first()
    if found is not None:
        return found
    try:
        answer, body = _asked(raw, writer, hidden, spent)
    except OslerError:  # the library changed or cannot be opened: what was answered stays
        return raw
    if answer.writing is None:  # there was nothing to read anew or to check
        return raw
    metrics.wrote(answer.writing)
    if answer.writing.stopped:
        return with_body(raw, {**raw.body, "writing": body["writing"]})
    body = without_identifiers(body, hidden)
    return keep(uid, raw.kind, raw.question, raw.patient, raw.audience, body, raw.root)


def named(settings: WriterSettings) -> str:
    """A model as the names of its answers have it: another one, or asked for more, is another."""
    asked_for = ("reads" * settings.reads, "vetoes" * settings.vetoes)
    model = f"{settings.provider.value}:{settings.model}@{settings.url}"
    return " ".join((model, *filter(None, asked_for)))


def with_body(raw: RawAnswer, body: dict[str, Any]) -> RawAnswer:
    """An answer as it is shown this once."""
    row = copy(raw)
    row.body = body
    return row


def _asked(
    raw: RawAnswer, writer: Writer, hidden: Hidden, spent: Written | None
) -> tuple[Answer, dict[str, Any]]:
    library = engine().at(raw.library_version)
    audience = Audience(raw.audience)
    patient = patient_of(raw.patient)
    answer = helped_answer(
        writer, library, hidden.asked, audience=audience, patient=patient, spent=spent
    )
    return answer, to_json(worded(answer, audience, language=raw.language), library)
