"""An answer in the words of its reader: audience, plain language, notices, other languages."""

from osler.readers.as_composed import as_composed, composed_claim
from osler.readers.grade import patient_text, reading_grade
from osler.readers.reasons import reason_said
from osler.readers.translating import SOURCE_LANGUAGE, languages, translator
from osler.readers.worded import worded

__all__ = [
    "SOURCE_LANGUAGE",
    "as_composed",
    "composed_claim",
    "languages",
    "patient_text",
    "reading_grade",
    "reason_said",
    "translator",
    "worded",
]
