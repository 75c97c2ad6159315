"""An answer's question asked once more, for another reader or in another language."""

from __future__ import annotations

from django.http import Http404

from osler.domain.errors import OslerError
from osler_site.answers.asking import ask
from osler_site.answers.models import RawAnswer


def in_other_words(uid: str, audience: str, language: str) -> str:
    """The address of the answer to the same question in these words.

    Where it is in these words already, where it is no answer to a question, and where it cannot
    be asked now, that is its own address. Raises Http404 where there is no such answer.
    """
    answer = RawAnswer.objects.filter(uid=uid).first()
    if answer is None:
        raise Http404("no such answer")
    is_so = (answer.audience, answer.body.get("language", "en")) == (audience, language)
    if is_so or answer.kind != "answer":
        return answer.get_absolute_url()
    try:
        found = ask(answer.question, audience=audience, language=language, patient=answer.patient)
    except OslerError:  # the library cannot be opened; what was answered stays
        return answer.get_absolute_url()
    return found.get_absolute_url()
