"""An answer in the words of its reader: audience, plain language, notices, other languages."""

from osler.readers.as_composed import as_composed, composed_claim
from osler.readers.grade import patient_text, reading_grade
from osler.readers.translating import languages, translator
from osler.readers.worded import worded

__all__ = [
    "as_composed",
    "composed_claim",
    "languages",
    "patient_text",
    "reading_grade",
    "translator",
    "worded",
]
