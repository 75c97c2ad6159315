"""An answer's question asked once more, for another reader or in another language."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase

from osler.domain.errors import OslerError
from osler_site.answers import recent, steps
from osler_site.answers.asking import ask
from osler_site.answers.models import RawAnswer
from osler_site.answers.writer import site_writer
from osler_site.history.keeping import reworded


def in_other_words(uid: str, audience: str, language: str) -> tuple[RawAnswer, RawAnswer]:
    """An answer, and that to the same question in these words.

    Where it is in these words already, where it is no answer to a question, and where it cannot
    be asked now, that is itself. Raises Http404 where there is no such answer.
    """
    answer = RawAnswer.objects.filter(uid=uid).first()
    if answer is None:
        raise Http404("no such answer")
    is_so = (answer.audience, answer.language) == (audience, language)
    if is_so or answer.kind != "answer":
        return answer, answer
    words = {"audience": audience, "language": language}
    try:
        found = ask(answer.question, **words, patient=answer.patient, writer=site_writer())
    except OslerError:  # the library cannot be opened; what was answered stays
        found = answer
    return answer, found


def keep_place(
    request: HttpRequest, response: HttpResponseBase, answer: RawAnswer, new: RawAnswer
) -> None:
    """Let what leads this reader to an answer lead to its new words: lists, thread, history."""
    if new.uid != answer.uid:
        recent.reworded(request, response, answer.root, new.root)
        steps.reworded(request, response, answer.root, new.root)
        reworded(request.user, answer, new)
