"""What a picture says in another language than English: its words by gettext, its doses by grammar.

A dose is written from what was read of it (`osler.dosage.format_spanish`, which reads back as the
same dose); one that has no certain wording stays as it is in English.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import get_language

from osler.domain import Dosage
from osler.dosage import differences, format_spanish, parse_spanish

# "Daily" does not say that it is one dose: each day, not once a day.
_EACH = {
    "una vez al día": "cada día",
    "una vez a la semana": "cada semana",
    "una vez al mes": "cada mes",
    "una vez al año": "cada año",
}


def in_spanish() -> bool:
    """Whether the page that is made now speaks Spanish."""
    return (get_language() or "").partition("-")[0] == "es"


def spoken_dose(d: Dosage, *, routes: bool) -> str:
    """Amount and times of a dose in the page's language, routes where wanted; "" for English."""
    if not in_spanish():
        return ""
    bare = replace(
        d,
        text="",
        start=0,
        end=0,
        amount_start=0,
        amount_end=0,
        duration=None,
        over=None,
        maximum=None,
        steps=(),
        route=d.route if routes else None,
        routes=d.routes if routes else (),
    )
    said = format_spanish(bare)
    read = parse_spanish(said) if said else ()
    if said is None or not read or differences(read[0], bare) or differences(bare, read[0]):
        return ""
    for one, each in _EACH.items():
        said = said.replace(one, each)
    return said


def spoken_length(d: Dosage) -> str:
    """How long a dose is given, in the page's language; "" for English."""
    if not in_spanish() or d.duration is None:
        return ""
    bare = replace(d, text="", over=None, maximum=None, steps=(), route=None, routes=())
    whole, without = format_spanish(bare), format_spanish(replace(bare, duration=None))
    if whole is None or without is None or not whole.startswith(without):
        return ""
    return whole[len(without) :].strip().removeprefix("durante ")
