from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from osler.domain import Block, BlockKind, Document, Source, Span
from osler.library.passages import WORDS, Draft, passages
from osler.statements import extract

SOURCE = Source(id="s_1", title="Title", file="a.txt", path="a.txt", format="text")


def document(*parts: tuple[BlockKind, str, tuple[str, ...]], lead: int | None = None) -> Document:
    """A document of blocks; items point to part `lead` as their lead-in."""
    text, blocks, spans = "", [], []
    headings: dict[str, Span] = {}
    for kind, words, section in parts:
        text += "\n\n" if text else ""
        span = Span(len(text), len(text) + len(words))
        text += words
        spans.append(span)
        context = (spans[lead],) if lead is not None and kind is BlockKind.ITEM else ()
        blocks.append(
            Block(
                kind,
                span.start,
                span.end,
                section,
                context=context,
                headings=tuple(headings[name] for name in section if name in headings),
            )
        )
        if kind is BlockKind.HEADING:
            headings[words] = span
    return Document(SOURCE, text, tuple(blocks))


def made(doc: Document) -> tuple[Draft, ...]:
    return passages(doc, extract(doc))


P, H, ITEM = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM


def test_short_paragraphs_of_one_section_are_one_passage() -> None:
    doc = document((H, "Dose", ()), (P, "One thing.", ("Dose",)), (P, "Another.", ("Dose",)))
    (only,) = made(doc)
    assert doc.text[only.start : only.end] == "One thing.\n\nAnother."
    assert only.section == ("Dose",)


def test_sections_are_never_joined() -> None:
    doc = document((H, "A", ()), (P, "One thing.", ("A",)), (H, "B", ()), (P, "Another.", ("B",)))
    assert [d.section for d in made(doc)] == [("A",), ("B",)]


def test_a_heading_with_nothing_under_it_can_still_be_found() -> None:
    doc = document((H, "Lonely words", ()), (H, "B", ()), (P, "Body.", ("B",)))
    assert [doc.text[d.start : d.end] for d in made(doc)] == ["Lonely words", "Body."]


def test_a_long_paragraph_is_cut_between_statements() -> None:
    sentence = "Give one tablet with a glass of water after each of the meals today. "
    doc = document((P, (sentence * 30).strip(), ()))
    drafts = made(doc)
    assert len(drafts) > 2
    for draft in drafts:
        words = doc.text[draft.start : draft.end]
        assert words.startswith("Give")
        assert words.endswith(".")
        assert len(words.split()) <= WORDS


def test_a_list_that_fits_stays_with_its_lead_in() -> None:
    filler = " ".join(["word"] * 100) + "."
    doc = document(
        (P, filler, ()),
        (P, "Adults:", ()),
        *[(ITEM, f"- give {n} mg daily for a week", ()) for n in range(5)],
        lead=1,
    )
    drafts = made(doc)
    assert [doc.text[d.start : d.end].split()[0] for d in drafts] == ["word", "Adults:"]


def test_a_list_that_is_split_is_indexed_with_its_lead_in_again() -> None:
    items = [(ITEM, "- " + " ".join([f"word{n}"] * 40), ()) for n in range(6)]
    doc = document((P, "Adults with anaemia:", ()), *items, lead=0)
    drafts = made(doc)
    assert len(drafts) > 1
    assert drafts[0].beside == ()
    for draft in drafts[1:]:
        assert [doc.text[a:b] for a, b in draft.beside] == ["Adults with anaemia:"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([P, ITEM, H]),
            st.lists(
                st.sampled_from(["Give 5 mg.", "word " * 50 + "end.", "If so, stop"]),
                min_size=1,
                max_size=5,
            ).map(" ".join),
            st.sampled_from([(), ("A",), ("A", "B")]),
        ),
        max_size=12,
    )
)
def test_every_statement_is_in_exactly_one_passage_and_none_overlap(parts: list) -> None:  # type: ignore[type-arg]
    doc = document(*parts)
    found = extract(doc)
    drafts = passages(doc, found)
    assert sorted(s.id for d in drafts for s in d.statements) == sorted(s.id for s in found)
    for draft in drafts:
        assert all(draft.start <= s.start and s.end <= draft.end for s in draft.statements)
        assert doc.text[draft.start : draft.end] == doc.text[draft.start : draft.end].strip()
    for one, next_one in pairwise(drafts):
        assert one.end <= next_one.start
