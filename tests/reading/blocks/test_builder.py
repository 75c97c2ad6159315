"""What every reader writes through: one text, blocks that fit it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.domain import BlockKind, Document
from osler.reading import DocumentBuilder, RawFile, read
from osler.reading.blocks.tables import Cell, Table, write_table
from osler.reading.suspicions.normalise import normalise, superscript

RAW = RawFile("folder/note.txt", "note.txt", b"")


def check_shape(document: Document) -> None:
    """Sorted, apart, inside the text, stripped; cells inside their row."""
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        words = document.text[block.start : block.end]
        assert words == words.strip()
        assert len(block.header) == len(block.cells)
        for cell in block.cells:
            assert block.start <= cell.start <= cell.end <= block.end
        for span, heading in zip(block.headings, block.section, strict=True):
            assert document.text[span.start : span.end] == heading
        for span in block.context:
            assert 0 <= span.start < span.end <= len(document.text)
        end = block.end


def context(document: Document, words: str) -> list[str]:
    block = next(b for b in document.blocks if document.text[b.start : b.end].startswith(words))
    return [document.text[span.start : span.end] for span in block.context]


def test_a_nested_item_has_lead_in_and_parent_as_context() -> None:
    builder = DocumentBuilder()
    builder.heading("Seizures", 1)
    builder.paragraph("Act fast. Give one of:")
    builder.item("Phenytoin")
    builder.item("Adult: 15 mg/kg", 1)
    builder.item("Diazepam 10 mg")
    document = builder.build(RAW, "text")
    assert context(document, "Adult") == ["Give one of:", "Phenytoin"]
    assert context(document, "Diazepam") == ["Give one of:"]
    assert document.text.endswith("- Phenytoin\n  - Adult: 15 mg/kg\n- Diazepam 10 mg\n")
    check_shape(document)


def test_a_footnote_joins_the_block_that_refers_to_it() -> None:
    builder = DocumentBuilder()
    builder.row(["Drug", "Dose"])
    builder.row(["A", "5 mg"], notes=("a",))
    builder.footnote("Halve in renal failure.", "a")
    assert context(builder.build(RAW, "text"), "A |") == ["Halve in renal failure."]


def test_the_id_depends_on_text_and_title_alone() -> None:
    def build(title: str, path: str) -> str:
        builder = DocumentBuilder()
        builder.paragraph("Give 1 mg.")
        return builder.build(RawFile(path, "a.md", b""), "markdown", title=title).source.id

    assert build("A", "x/a.md") == build("A", "y/a.md") != build("B", "x/a.md")
    assert len(build("A", "x")) == 18


def test_merged_cells_repeat_down_and_join_across() -> None:
    table = Table(
        [
            [Cell("Drug", rows=2, header=True), Cell("Dose", columns=2, header=True)],
            [Cell("Adult", header=True), Cell("Child", header=True)],
            [Cell("A", rows=2), Cell("1 mg"), Cell("2 mg")],
            [Cell("3 mg"), Cell("4 mg")],
            [Cell("In renal failure", columns=3)],
            [Cell("B"), Cell("as above", columns=2)],
        ]
    )
    builder = DocumentBuilder()
    write_table(builder, table)
    document = builder.build(RAW, "text")
    rows = [b for b in document.blocks if b.kind is BlockKind.ROW]
    assert document.text.startswith("Drug | Dose: Adult | Dose: Child\nA | 1 mg | 2 mg\nA | 3 mg")
    heads = [document.text[h.start : h.end] for h in rows[2].header if h]
    assert heads == ["Drug", "Dose: Adult", "Dose: Child"]
    assert context(document, "B |") == ["In renal failure"]
    assert document.text.endswith("B | as above | as above\n")  # said of adults and of children
    check_shape(document)


@pytest.mark.parametrize(
    ("columns", "written"),
    [
        (("Ramipril", "Losartan", "Aliskiren"), "Pregnancy | Do not use | Do not use | Do not use"),
        (("Men's dose", "Women's dose", "Notes"), "Pregnancy | Do not use | Do not use"),
        (("Dose", "Route", "Duration"), "Pregnancy | Do not use"),
        (("", "Losartan", "Losartan"), "Pregnancy | Do not use"),
    ],
)
def test_a_cell_over_several_drugs_or_groups_is_said_of_each(
    columns: tuple[str, ...], written: str
) -> None:
    table = Table(
        [
            [Cell(name, header=True) for name in ("State", *columns)],
            [Cell("Asthma"), *(Cell(f"{n} mg") for n in range(1, 4))],
            [Cell("Pregnancy"), Cell("Do not use", columns=3)],
        ]
    )
    builder = DocumentBuilder()
    write_table(builder, table)
    document = builder.build(RAW, "text")
    assert document.text.splitlines()[-1] == written
    row = document.blocks[-1]
    heads = [document.text[h.start : h.end] if h else "" for h in row.header]
    assert heads[1:] == list(columns[: len(heads) - 1])
    check_shape(document)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5\u00a0mg\u200b and 5\u00ad\u202emg", "5 mg and 5mg"),
        ("e\u0301pilepsie ﬁrst", "épilepsie first"),
        ("5 µg is 5 μg, 10⁹/L", "5 µg is 5 μg, 10⁹/L"),
        ("  two\n\tlines ", "two lines"),
    ],
)
def test_normalising_folds_looks_and_keeps_meaning(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    ("before", "raised", "written", "notes"),
    [
        ("5 mg", "2", "", ("2",)),
        ("1.73 m", "2", "²", ()),
        ("10", "9", "⁹", ()),
        ("ml min", "-1", "⁻¹", ()),
        ("daily", "a,b", "", ("a", "b")),
        ("", "14", "14", ()),
        ("Ca", "2+", "2+", ()),
        ("24 h", "3", "", ("3",)),
    ],
)
def test_a_raised_number_never_sticks_to_a_dose(
    before: str, raised: str, written: str, notes: tuple[str, ...]
) -> None:
    assert superscript(before, raised) == (written, notes)


WORDS = st.text(max_size=60)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("heading"), WORDS, st.integers(1, 6)),
            st.tuples(st.just("paragraph"), WORDS, st.integers(0, 3)),
            st.tuples(st.just("item"), WORDS, st.integers(0, 4)),
            st.tuples(st.just("row"), st.lists(WORDS, min_size=1, max_size=4), st.just(0)),
        ),
        max_size=20,
    )
)
def test_any_sequence_of_blocks_is_well_formed(calls: list[tuple[str, object, int]]) -> None:
    builder = DocumentBuilder()
    for name, value, number in calls:
        if name == "heading":
            builder.heading(str(value), number)
        elif name == "paragraph":
            builder.paragraph(str(value), depth=number or None)
        elif name == "item":
            builder.item(str(value), number)
        else:
            assert isinstance(value, list)
            builder.row(value)
    check_shape(builder.build(RAW, "text"))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@settings(max_examples=60, deadline=None)
@given(
    text=st.text(
        alphabet=st.one_of(st.sampled_from("-*#•|:\n\t <>/abpliu0123.[]^`&;="), st.characters()),
        max_size=200,
    )
)
def test_any_text_reads_to_well_formed_blocks(name: str, text: str) -> None:
    from osler.domain.errors import ReadingError

    try:
        documents = list(read(RawFile(name, name, text.encode("utf-8", "replace"))))
    except ReadingError:
        return
    for document in documents:
        check_shape(document)
