"""Summaries are short, and every dose in them is whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from osler.dosage import parse_dosages
from osler.pathways.hooks.wording import LONGEST_SUMMARY, escaped, summary

DOSES = (
    "1000 micrograms intramuscularly every 2 months", "2.5 mg", "1 g twice a day", "0.1 mg daily",
    "1,000 mg three times a day for 7 days", "500 mg every 6 hours, up to 4 times a day",
)  # fmt: skip
WORDS = (
    "Give",
    "hydroxocobalamin",
    "to",
    "patients",
    "with",
    "neurology",
    "then",
    "until",
    "better",
)


def test_a_short_text_stays() -> None:
    assert summary("  Give 1 mg\n daily. ") == "Give 1 mg daily."


@given(st.lists(st.sampled_from((*WORDS, *DOSES)), min_size=1, max_size=40).map(" ".join))
def test_no_dose_is_cut(text: str) -> None:
    short = summary(text)
    assert len(short) <= LONGEST_SUMMARY
    if not short.endswith("…"):
        assert short in (text, "See the details.")
        return
    kept = short[:-1]
    assert text.startswith(kept)
    stated = {(d.start, d.low, d.unit, d.frequency) for d in parse_dosages(text)}
    assert {(d.start, d.low, d.unit, d.frequency) for d in parse_dosages(kept)} <= stated
    assert not kept[-1].isdigit()


@pytest.mark.parametrize("dose", DOSES)
@pytest.mark.parametrize("before", range(80, 140, 3))
def test_a_dose_at_the_edge_is_whole_or_left_out(dose: str, before: int) -> None:
    text = "x" * (before - 6) + " take " + dose + " and more of this and of that " + "y" * 60
    short = summary(text)
    assert dose in short or not any(sign.isdigit() for sign in short)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60))
def test_a_text_in_markdown_is_what_it_says(text: str) -> None:
    words = " ".join(text.split())
    tokens = MarkdownIt().parseInline(escaped(text).strip())[0].children or []
    shown = "".join(token.content for token in tokens if token.type in ("text", "softbreak"))
    assert shown == words
    assert all(token.type in ("text", "text_special") for token in tokens)
