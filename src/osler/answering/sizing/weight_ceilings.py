"""The greatest weight to dose by, where a source sets one: "on actual weight, up to 110 kg"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from osler.answering.sizing.body_weight import Size
from osler.answering.sizing.weight_rules import is_on
from osler.domain import Context, Statement
from osler.dosage.wording import format_number
from osler.library import Library
from osler.patterns import lazy
from osler.statements import sentence_spans

_KG = r"(?P<{0}>\d+)\s?kg\b(?!\s?/)"
# "Adults of body weight up to 50 kg" are a group: only what is worked out has a ceiling.
_CEILING = lazy(
    r"\b(?:calculat\w+|work(?:ed)? out|based|dosed)\b[^.;]{0,60}?\bweight\b[^.;]{0,30}?"
    r"(?:up to|no more than|not (?:above|exceeding|more than))\s+(?:a maximum of\s+)?"
    + _KG.format("calculated")
    + r"|\bweight\b[^.;]{0,40}?\b(?:ceiling|cap(?:ped)?|limit(?:ed)?|max(?:imum)?)\s+"
    r"(?:(?:of|at|to)\s+)?"
    + _KG.format("capped")
    + r"|\b(?:ceiling|maximum|max|capped)\s+(?:dosing\s+|body\s+)?weight\b[^.;\d]{0,30}"
    + _KG.format("named"),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WeightCeiling:
    """The weight in kg above which a source doses nobody, and where it says so."""

    kg: Decimal
    where: Context


def weight_ceiling(
    library: Library, statement: Statement, drug: str | None
) -> WeightCeiling | None:
    """The greatest weight that the statement's source doses this drug by."""
    text = library.text(statement.source_id)
    if _CEILING.search(text) is None:
        return None
    for start, end in sentence_spans(text, 0, len(text)):
        stated = _CEILING.search(text[start:end])
        where = Context(start, end, text[start:end], "weight")
        if stated is not None and is_on(library, statement, drug, where):
            kg = next(value for value in stated.groupdict().values() if value)
            return WeightCeiling(Decimal(kg), where)
    return None


def held_to(size: Size, ceiling: WeightCeiling) -> Size:
    """The size to dose by, no greater than the ceiling."""
    if size.value <= ceiling.kg:
        return size
    inputs = {**size.inputs, "greatest weight to dose by": f"{format_number(ceiling.kg)} kg"}
    return replace(size, value=ceiling.kg, inputs=inputs, cited=(*size.cited, ceiling.where))
