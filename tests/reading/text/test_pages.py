"""What pages leave in plain text."""

from __future__ import annotations

from osler.reading import RawFile, read


def text_of(text: str) -> str:
    return next(read(RawFile("a.txt", "a.txt", text.encode()))).text


def _paged(head: str, foot: str, *pages: str) -> str:
    return "\n\n".join(
        f"{head}  {number}\n______________\n\n{page}\n______________\n{foot} Page {number} of 3"
        for number, page in enumerate(pages, start=1)
    )


def test_heads_and_feet_with_other_words_go_and_a_sentence_over_a_page_is_whole() -> None:
    text = text_of(
        _paged(
            "PLAGUE MANUAL",
            "Issue 6",
            "Adults have drugone 200 mg at once, followed by 100 mg by mouth",
            "every 12 hours. Ask for help.",
            "Children have less.",
        )
    )
    assert "followed by 100 mg by mouth every 12 hours." in text
    assert "Issue" not in text
    assert "Page" not in text


def test_whom_doses_are_for_is_no_running_head() -> None:
    text = text_of(
        "MANUAL\n\nADULTS\n\nDrugone 5 mg.\n\nIssue 6 Page 1 of 3\nCHILDREN\n\nDrugone 1 mg.\n\n"
        "Issue 6 Page 2 of 3\nCHILDREN\n\nDrugtwo 1 mg.\n\nIssue 6 Page 3 of 3\n"
    )
    assert text.count("CHILDREN") == 2


def test_a_foot_that_states_an_amount_stays() -> None:
    assert (
        text_of("A\n\nGive it.\n\nMax 4 g, page 1\n\nGive more.\n\nMax 4 g, page 2\n").count("4 g")
        == 2
    )
