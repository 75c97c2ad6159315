"""Whether a document says of itself that it no longer stands."""

from __future__ import annotations

import pytest

from osler.domain import Source, SourceStatus
from osler.reading import RawFile, read
from osler.reading.blocks.standing import told_standing


def source_of(text: str, name: str = "a.txt") -> Source:
    return next(read(RawFile(name, name, text.encode()))).source


DOSE = "\n\nDrugone 5 mg by mouth twice a day.\n"


@pytest.mark.parametrize(
    ("title", "by"),
    [
        ("Wheeze on the ward, 2011 (superseded by the sheet of 2019)", "the sheet of 2019"),
        ("Wheeze on the ward [superseded]", ""),
        ("Wheeze on the ward – superseded 2019", ""),
        ("Wheeze on the ward (replaced by the regional sheet)", "the regional sheet"),
        ("Wheeze on the ward (no longer in force)", ""),
        ("SUPERSEDED: wheeze on the ward", ""),
        ("(Superseded) Wheeze on the ward", ""),
    ],
)
def test_a_title_says_it(title: str, by: str) -> None:
    assert told_standing(title, "") == (SourceStatus.SUPERSEDED, by)


@pytest.mark.parametrize(
    "line",
    [
        "Status: superseded",
        "Status: Superseded by the sheet of 2019.",
        "Edition 2. Status: withdrawn.",
        "Document status: no longer valid",
        "**Status:** archived",
        "This sheet has been superseded by the regional one.",
        "This ward guideline is no longer in use.",
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_line_near_the_top_says_it(line: str, name: str) -> None:
    head = "# Wheeze" if name == "a.md" else "WHEEZE"
    assert source_of(f"{head}\n\n{line}{DOSE}", name).status is SourceStatus.SUPERSEDED


def test_a_retracted_one_is_retracted() -> None:
    assert source_of(f"WHEEZE\n\nStatus: retracted{DOSE}").status is SourceStatus.RETRACTED


@pytest.mark.parametrize(
    "text",
    [
        "Superseded drugs in wheeze",
        "Withdrawn medicines (2019)",
        "WHEEZE\n\nThis sheet supersedes the one of 2011.",
        "WHEEZE\n\nStatus: current; the sheet of 2011 is superseded.",
        "WHEEZE\n\nStatus: in force. Supersedes: the sheet of 2011",
        "WHEEZE\n\nThe sheet of 2011 has been superseded.",
        "WHEEZE\n\nDrugthree was withdrawn in 2004.",
        "WHEEZE\n\nThis drug is withdrawn over two weeks.",
        "WHEEZE\n\nMental status: drowsy. Drugtwo replaced by drugthree.",
        "OPIOIDS\n\nSocial status: retired",
        "WHEEZE (DRUGONE REPLACED BY DRUGTWO)",
        "Change: drugone replaced by drugtwo",
        "Drugone: superseded by drugtwo",
    ],
)
def test_what_is_said_of_others_is_not_said_of_it(text: str) -> None:
    assert source_of(text + DOSE).status is SourceStatus.CURRENT


def test_far_down_it_is_said_of_something_else() -> None:
    lines = "\n\n".join(f"Drug{n:02}a {n + 1} mg by mouth once a day." for n in range(20))
    text = f"WHEEZE\n\n{lines}\n\nStatus: superseded\n"
    assert source_of(text).status is SourceStatus.CURRENT


def test_what_is_declared_counts() -> None:
    text = f"---\nstatus: current\n---\n\n# Wheeze (superseded by the sheet of 2019){DOSE}"
    assert source_of(text, "a.md").status is SourceStatus.CURRENT
