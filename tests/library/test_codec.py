"""Statements are stored exactly."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.domain import (
    BlockKind,
    Context,
    Criterion,
    Dosage,
    Duration,
    Frequency,
    Group,
    Maximum,
    Statement,
    StatementKind,
    Target,
)
from osler.library.codec import encode
from osler.library.packing import pack, statement_id, unpack
from osler.statements import extraction

amounts = st.one_of(
    st.none(), st.decimals(allow_nan=False, allow_infinity=False), st.just(Decimal("1.50"))
)


def built(cls: type[Any], **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(cls, **{"low": amounts, "high": amounts, **fixed})


dosages = built(
    Dosage,
    frequency=st.one_of(st.none(), st.builds(Frequency, period_low=amounts, period_high=amounts)),
    duration=st.one_of(st.none(), built(Duration)),
    maximum=st.one_of(st.none(), st.builds(Maximum, amount=amounts.filter(bool))),
    steps=st.just(()),
)
nested = st.builds(
    lambda first, rest: replace(first, steps=tuple(rest)), dosages, st.lists(dosages, max_size=2)
)
groups = st.builds(Group, criteria=st.lists(built(Criterion), max_size=2).map(tuple))
contexts = st.builds(Context)


@st.composite
def statements(draw: st.DrawFn, text: str) -> Statement:
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    return draw(
        st.builds(
            Statement,
            id=st.sampled_from([statement_id("s_1", start + 7, end + 7), "t_other"]),
            source_id=st.just("s_1"),
            start=st.just(start + 7),
            end=st.just(end + 7),
            quote=st.just(quote),
            text=st.sampled_from([quote, " ".join(quote.split()), "Drug: aspirin; Dose: 75 mg"]),
            block=st.sampled_from(BlockKind),
            kind=st.sampled_from(StatementKind),
            section=st.sampled_from([(), ("Treatment",), ("A", "B")]),
            page=st.sampled_from([None, 3]),
            context=st.lists(contexts, max_size=2).map(tuple),
            dosages=st.lists(nested, max_size=2).map(tuple),
            targets=st.lists(built(Target), max_size=2).map(tuple),
            group=groups,
            substances=st.lists(st.text(), max_size=2).map(tuple),
        )
    )


TEXT = "Give 1 mg  IM every\n2–3 months. Measure B₁₂ after 10 days."


@settings(max_examples=60, deadline=None)
@given(st.lists(statements(TEXT), min_size=1, max_size=3))
def test_a_passage_s_statements_come_back_exactly(written: list[Statement]) -> None:
    section, page = ("Treatment",), 3
    packed = pack(written, start=7, section=section, page=page)
    read = unpack(packed, source_id="s_1", start=7, text=TEXT, section=section, page=page)
    assert read == tuple(written)
    assert [str(d.low) for s in read for d in s.dosages] == [
        str(d.low) for s in written for d in s.dosages
    ]


def test_a_passage_without_statements_takes_no_room() -> None:
    assert pack([], start=0, section=(), page=None) is None
    assert unpack(None, source_id="s_1", start=0, text="", section=(), page=None) == ()


def test_only_what_is_not_default_is_written() -> None:
    target = Target("age over 75", 0, 11, "age", Decimal(75), None, "a")
    data = json.dumps(encode(target))
    assert "comparator" not in data
    assert msgspec.json.decode(data, type=Target) == target


def test_the_store_and_the_extractor_name_statements_alike() -> None:
    assert statement_id("s_1", 3, 9) == extraction.statement_id("s_1", 3, 9)
