"""A question → its stored answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from osler import __version__
from osler.domain import Audience, Patient, Written
from osler.domain.errors import EmptyQuestion, UsageError
from osler.library import Library
from osler.privacy import Hidden, hide
from osler_site.answers.helping import helped
from osler_site.answers.keeping import keep, without_identifiers
from osler_site.answers.models import Ask, RawAnswer, uid_of
from osler_site.engine import engine, patient_of
from osler_site.operations import metrics
from osler_site.operations.nul import NUL

if TYPE_CHECKING:
    from osler.writing.model import Writer

LONGEST_QUESTION = 2_000  # characters
LONGEST_PATIENT = 500


def ask(
    question: str,
    *,
    audience: str = "physician",
    language: str = "en",
    patient: str = "",
    through: str = "page",
    writer: Writer | None = None,
    spent: Written | None = None,
) -> RawAnswer:
    """The answer to a question, kept under its permanent address, and that it was asked.

    A `writer` helps to read the question and holds claims back, as far as its settings let it;
    what it `spent` on reading a follow-up is taken off its time.
    Raises what `answered` raises, and nothing for what a model does.
    """
    found = answered(question, audience=audience, language=language, patient=patient)
    if writer is not None:
        found = helped(found, writer, hide(on_one_line(question)), spent)
    Ask.objects.create(answer=found, through=through)
    metrics.asked(through, "answered" if found.answered else "abstained")
    return found


def answered(
    question: str, *, audience: str = "physician", language: str = "en", patient: str = ""
) -> RawAnswer:
    """The answer to a question, kept under its permanent address.

    The same question on the same library is not answered twice: the row is found again. What
    tells who the patient is, is hidden before anything else is done with it; it is kept nowhere.
    Raises EmptyQuestion, UsageError (too long; a patient or language that is not understood),
    LibraryError.
    """
    read = _read(question, audience, language, patient)
    found = RawAnswer.objects.filter(uid=read.uid).first()
    if found is None:
        with metrics.engine_time():
            body = engine().ask(
                read.hidden.asked, read.who, read.facts, language=language, library=read.library
            )
        body = without_identifiers(body, read.hidden)
        found = keep(read.uid, "answer", read.hidden.text, read.patient, read.who.value, body)
    return found


def uid_for(question: str, *, audience: str, language: str = "en", patient: str) -> str:
    """The name that the answer has, or will have; raises what `ask` raises of the question."""
    return _read(question, audience, language, patient).uid


@dataclass(frozen=True, slots=True)
class _Read:
    """A question as it is asked of the engine now, and the library that will answer it.

    The name holds that library's version: another that comes meanwhile answers the next question.
    """

    hidden: Hidden  # the question
    patient: str
    who: Audience
    facts: Patient | None
    library: Library
    uid: str


def _read(question: str, audience: str, language: str, patient: str) -> _Read:
    question = on_one_line(question)
    patient = patient.replace(NUL, "")
    if not question:
        raise EmptyQuestion("There is no question.")
    if len(question) > LONGEST_QUESTION:
        raise UsageError(
            f"The question has {len(question):,} characters; {LONGEST_QUESTION:,} are the most.",
            help="Ask one question at a time, in a sentence or two.",
        )
    if len(patient) > LONGEST_PATIENT:
        raise UsageError(f"The patient's facts are longer than {LONGEST_PATIENT} characters.")
    hidden, patient = hide(question), hide(patient).asked
    who, facts = Audience(audience), patient_of(patient)
    library = engine().library()
    version = f"{library.version}/{__version__}"
    uid = uid_of("answer", hidden.asked, patient, words_of(who.value, language), version)
    return _Read(hidden, patient, who, facts, library, uid)


def words_of(audience: str, language: str) -> str:
    """Which words an answer is in, for its name; the physician's English is named by itself."""
    return audience if (audience, language) == ("physician", "en") else f"{audience}/{language}"


def on_one_line(question: str) -> str:
    """A question as its offsets are counted: its words with a space between them."""
    return " ".join(question.replace(NUL, " ").split())
