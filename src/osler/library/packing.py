"""A passage's statements as one compressed value, and back, exactly.

What the passage already says is not written again: a statement's quote is cut from the
passage's text, its id follows from its offsets, and the context that several statements share
is written once. A preset dictionary makes small values compress.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence

import msgspec

from osler.domain import (
    BlockKind,
    Context,
    Dosage,
    Group,
    Phase,
    Polarity,
    SourceId,
    Statement,
    StatementKind,
    Target,
)
from osler.domain.group import EVERYONE
from osler.library.codec import encode

# Changing this makes written libraries unreadable: raise SCHEMA_VERSION with it.
_DICTIONARY = (
    b'"comparator":"at least","negated":true,"criteria":[{"attribute":"condition","value":"'
    b'"life stage","value":"child","adult","pregnancy","severity","combinator":"any","low":"18"'
    b'"high_inclusive":false,"group":{"criteria":[{"attribute":"age"}],"text":"'
    b'"maximum":{"amount":"4","unit":"mg","per_time":"d","text":"maximum "}'
    b'"duration":{"low":"7","high":"14","unit":"d","text":"for 7 days"},"for_life":true'
    b'"divided":[2,3],"per":"kg","per_time":"d","phase":"maintenance","loading","titration"'
    b'"role":"strength","steps":[],"substance":"","targets":[{"text":"","start":0,"end":1,'
    b'"analyte":"age","low":"","high":"","unit":"a","comparator":"<"}]'
    b'"frequency":{"count":2,"period_low":"1","period_high":"1","period_unit":"h","as_needed":true}'
    b'"route":"intramuscular","routes":["oral","intravenous","subcutaneous"]'
    b'"dosages":[{"text":"","start":0,"end":10,"amount_start":0,"amount_end":5,"low":"500",'
    b'"high":"1000","unit":"mg"}],"held":"two extractors read a dose differently"'
    b'"polarity":"negative","strength":"should","substances":["'
    b'"block":"row","kind":"monitoring","contraindication","caution","definition","choice",'
    b'"result","target","duration","section":[],"page":1,"text":"'
    b'{"contexts":[[0,10,"title","heading","lead-in","header","parent","caption","footnote"]],'
    b'"statements":[{"start":0,"end":100,"block":"paragraph","kind":"other","contexts":[0,1]},'
    b'{"start":0,"end":100,"block":"item","kind":"dose","contexts":[0,1,2]}]}'
)

_LEFT_OUT = frozenset(("id", "source_id", "quote", "text", "section", "page", "context"))


def statement_id(source_id: SourceId, start: int, end: int) -> str:
    """The id of the statement at `start:end` of a source."""
    return "t_" + _hash(source_id, start, end)


def passage_id(source_id: SourceId, start: int, end: int) -> str:
    """The id of the passage at `start:end` of a source."""
    return "p_" + _hash(source_id, start, end)


def _hash(source_id: SourceId, start: int, end: int) -> str:
    return hashlib.sha256(f"{source_id}:{start}:{end}".encode()).hexdigest()[:16]


def id_number(identifier: str) -> int | None:
    """The signed 64-bit number that an id's 16 hex digits are; None where it is not such an id."""
    digits = identifier[2:]
    if len(digits) != 16:
        return None
    try:
        number = int(digits, 16)
    except ValueError:
        return None
    return number - (1 << 64) if number >> 63 else number


def pack(
    statements: Sequence[Statement],
    *,
    start: int,
    section: tuple[str, ...],
    page: int | None,
) -> bytes | None:
    """`statements` of the passage that begins at `start`; None when there are none."""
    if not statements:
        return None
    contexts: dict[Context, int] = {}
    packed = []
    for statement in statements:
        data = encode(statement, without=_LEFT_OUT)
        if statement.id != statement_id(statement.source_id, statement.start, statement.end):
            data["id"] = statement.id
        if statement.text != one_line(statement.quote):
            data["text"] = statement.text
        if statement.section != section:
            data["section"] = statement.section
        if statement.page != page:
            data["page"] = statement.page
        if statement.context:
            data["contexts"] = [contexts.setdefault(c, len(contexts)) for c in statement.context]
        data["start"] -= start
        data["end"] -= start
        packed.append(data)
    value = {
        "contexts": [[c.start, c.end, c.quote, c.role] for c in contexts],
        "statements": packed,
    }
    compressor = zlib.compressobj(6, zdict=_DICTIONARY)
    return compressor.compress(msgspec.json.encode(value)) + compressor.flush()


def unpack(
    packed: bytes | None,
    *,
    source_id: SourceId,
    start: int,
    text: str,
    section: tuple[str, ...],
    page: int | None,
) -> tuple[Statement, ...]:
    """The statements of the passage `text`, which begins at `start` of its source.

    Raises zlib.error, and msgspec.MsgspecError where what was packed is of another shape.
    """
    if packed is None:
        return ()
    found = _PASSAGES.decode(zlib.decompressobj(zdict=_DICTIONARY).decompress(packed))
    contexts = [Context(*context) for context in found.contexts]
    return tuple(
        _statement(one, contexts, source_id, start, text, section, page) for one in found.statements
    )


class _Packed(msgspec.Struct):
    """A statement as `pack` wrote it: what is missing is the default, or the passage's own."""

    start: int
    end: int
    block: BlockKind
    kind: StatementKind
    contexts: tuple[int, ...] = ()
    dosages: tuple[Dosage, ...] = ()
    targets: tuple[Target, ...] = ()
    group: Group = EVERYONE
    phase: Phase | None = None
    polarity: Polarity = Polarity.POSITIVE
    strength: str | None = None
    substances: tuple[str, ...] = ()
    held: str | None = None
    id: str | None = None
    text: str | None = None
    section: tuple[str, ...] | None = None
    page: int | msgspec.UnsetType | None = msgspec.UNSET


class _Passage(msgspec.Struct):
    contexts: list[tuple[int, int, str, str]]
    statements: list[_Packed]


# Made here, before there are threads: two that make decoders of one class at once crash.
_PASSAGES = msgspec.json.Decoder(_Passage)


def _statement(
    packed: _Packed,
    contexts: Sequence[Context],
    source_id: SourceId,
    start: int,
    text: str,
    section: tuple[str, ...],
    page: int | None,
) -> Statement:
    begin, end = start + packed.start, start + packed.end
    quote = text[packed.start : packed.end]
    return Statement(
        id=packed.id or statement_id(source_id, begin, end),
        source_id=source_id,
        start=begin,
        end=end,
        quote=quote,
        text=one_line(quote) if packed.text is None else packed.text,
        block=packed.block,
        kind=packed.kind,
        section=section if packed.section is None else packed.section,
        page=page if packed.page is msgspec.UNSET else packed.page,
        context=tuple([contexts[number] for number in packed.contexts]),
        dosages=packed.dosages,
        targets=packed.targets,
        group=packed.group,
        phase=packed.phase,
        polarity=packed.polarity,
        strength=packed.strength,
        substances=packed.substances,
        held=packed.held,
    )


def one_line(text: str) -> str:
    """White space folded to single spaces."""
    return " ".join(text.split())
