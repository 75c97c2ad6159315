"""What a page says of its own beside an answer, in the answer's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from django.utils.translation import gettext

from osler.domain.identifier import IdentifierKind, told
from osler.readers import SOURCE_LANGUAGE, translator
from osler.render.view import NOTICE, PATIENT_NOTICE
from osler_site.presenting import phrases
from osler_site.presenting.view import Json
from osler_site.speaking import speaking

_WORDS = {
    "bottom_line": "Bottom line",
    "conflicts": "Where sources disagree",
    "composed": "as the sources say",
    "english": "In English",
    "nearby": "What it holds nearby",
    "references": "References",
    "safety": "Safety",
    "looked_for": "Looked for",
}


@cache
def page_words(language: str) -> Mapping[str, str]:
    """The titles that a page gives, by what they stand over."""
    say = translator(language)
    return {name: say(text) for name, text in _WORDS.items()}


def said_in(language: str) -> Callable[[str], str]:
    """What puts a text into a language: the engine's translation, else the site's, else English."""
    if language == SOURCE_LANGUAGE:
        return str
    engines = translator(language)

    def say(text: str) -> str:
        said = engines(text)
        if said != text:
            return said
        with speaking(language):
            return gettext(text)

    return say


def left_out(kinds: tuple[IdentifierKind, ...], language: str) -> str:
    """What was left out of a question, for a sentence: "a name and a date of birth"; or ""."""
    if language == SOURCE_LANGUAGE:
        return told(kinds)
    say = said_in(language)
    words = [say(kind.with_article) for kind in kinds]
    return say(" and ").join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def told_of(writing: Json | None, language: str) -> str:
    """Who wrote the text, where that runs, and what became of its sentences."""
    with speaking(language):
        return ", ".join(_told(writing))


def _told(writing: Json | None) -> Iterator[str]:
    if writing is None:
        yield gettext("composed without a language model")
        return
    who = {
        "model": writing["model"],
        "address": writing["address"],
        "place": gettext(phrases.PLACES[writing["place"]]),
    }
    if writing["kept"]:
        yield gettext("worded by %(model)s at %(address)s (%(place)s)") % who
    else:
        yield gettext("as composed: %(model)s at %(address)s (%(place)s)") % who
    kept, all_ = writing["kept"], writing["kept"] + writing["replaced"]
    if all_:
        yield gettext("%(kept)d of its %(all)d sentences shown") % {"kept": kept, "all": all_}
    yield from _spent(writing)
    if writing["vetoed"]:
        yield gettext("%(vetoed)d held back by it") % {"vetoed": writing["vetoed"]}
    if writing["stopped"]:
        yield gettext(writing["stopped"])


def _spent(writing: Json) -> Iterator[str]:
    """Seconds, and tokens and their price as far as these are known: the same in any language."""
    if writing.get("elapsed_ms"):
        yield f"{writing['elapsed_ms'] / 1000:.1f} s"
    if writing.get("input_tokens") is not None or writing.get("output_tokens") is not None:
        yield f"{writing['input_tokens'] or 0:,} + {writing['output_tokens'] or 0:,} tokens"
    if writing.get("cost_usd") is not None:
        yield f"${writing['cost_usd']:.4f}"


def closing(audience: str, language: str) -> str:
    """Whom an answer is for and what it does not replace."""
    return translator(language)(PATIENT_NOTICE if audience == "patient" else NOTICE)
