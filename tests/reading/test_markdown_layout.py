"""What Markdown says by its layout: bold titles, typed lines, terms, quotations, two headers."""

from __future__ import annotations

import pytest

from osler.domain import BlockKind
from osler.reading import RawFile, read


def places(text: str) -> dict[str, tuple[str, ...]]:
    """Of each block that is no heading its words, and the headings and words that it hangs on."""
    (document,) = read(RawFile("a.md", "a.md", f"# Ward doses\n\n{text}\n".encode()))
    found = {}
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING:
            above = [*block.headings[1:], *block.context]
            words = document.text[block.start : block.end]
            found[words] = tuple(document.text[span.start : span.end] for span in above)
    return found


def test_a_bold_line_heads_what_follows_up_to_the_next() -> None:
    found = places("**Ondansetron**\n\n4 mg.\n\n- Child: 1 mg\n\n**Cyclizine**\n\n50 mg.")
    assert found == {
        "Ondansetron": (),
        "4 mg.": ("Ondansetron",),
        "Child: 1 mg": ("Ondansetron",),
        "Cyclizine": (),
        "50 mg.": ("Cyclizine",),
    }


@pytest.mark.parametrize("words", ["Do not give to children", "Stop at once."])
def test_bold_words_that_tell_something_stay_a_statement(words: str) -> None:
    assert words in places(f"**{words}**\n\nThen wait.")


def test_lines_that_were_typed_as_lines_are_read_one_by_one() -> None:
    found = places("**Infliximab**\nInduction 5 mg/kg at week 0\nMaintenance 5 mg/kg every 8 weeks")
    assert found == {
        "Infliximab": (),
        "Induction 5 mg/kg at week 0": ("Infliximab",),
        "Maintenance 5 mg/kg every 8 weeks": ("Infliximab",),
    }


@pytest.mark.parametrize(
    "wrapped",
    [
        "Give 5 mg of the drug of\nDr Smith and see in 2 weeks.",
        "Give 5 mg every day\nand 10 mg at night.",
        "Give 400 mg,\nIf that fails 800 mg.",
    ],
)
def test_wrapped_prose_stays_whole(wrapped: str) -> None:
    assert list(places(wrapped)) == [" ".join(wrapped.split())]


def test_a_term_leads_in_what_colons_say_of_it() -> None:
    found = places("Haloperidol\n: 0.5 mg at night\n: Elderly: 0.25 mg")
    assert found["0.5 mg at night"] == ("Haloperidol:",)
    assert found["Elderly: 0.25 mg"] == ("Haloperidol:",)


def test_what_follows_a_quotation_or_details_is_not_under_their_headings() -> None:
    found = places("## Crohn\n\n> ### Brief\n> Short.\n\nLong.")
    assert found == {"Short.": ("Crohn", "Brief"), "Long.": ("Crohn",)}
    found = places("<details>\n<summary>Colchicine</summary>\n\nHalf.\n\n</details>\n\nAfter.")
    assert found == {"Half.": ("Colchicine",), "After.": ()}


def test_a_second_row_may_go_on_with_the_header() -> None:
    (document,) = read(
        RawFile(
            "a.md",
            "a.md",
            b"| Weight | Dalteparin | |\n|---|---|---|\n| | Units | Syringe |\n"
            b"| 50 kg | 10,000 | green |\n",
        )
    )
    row = document.blocks[-1]
    heads = [document.text[span.start : span.end] for span in row.header if span is not None]
    assert heads == ["Weight", "Dalteparin: Units", "Dalteparin: Syringe"]


@pytest.mark.parametrize(
    "prose",
    [
        "Pain fell with exampline (difference -1.4, CI -2.1;\nP 0.001). It came back by week 12.",
        "In 120 patients who were seen at 12 weeks or later the first dose of the medicine\n"
        "Exampline had been 5 mg.",
    ],
)
def test_what_breaks_off_is_one_paragraph(prose: str) -> None:
    (document,) = read(RawFile("a.md", "a.md", f"# Trial\n\n{prose}\n".encode()))
    assert [block.kind for block in document.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]
