"""What the measure of conversations counts, and that the files of threads are as it needs them."""

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from osler.cli.app import app
from osler.domain.errors import UsageError
from osler.evaluation.threads import dose_of, evaluate_threads, load_threads
from osler.library import Library

FILES = sorted((Path(__file__).parent / "threads_dev").glob("*.yaml"))
GUIDE = """# Metformin in type 2 diabetes

In adults with type 2 diabetes the starting dose of metformin is 500 mg orally twice daily.

In adults with type 2 diabetes the maximum dose of metformin is 2,000 mg a day.
"""
THREADS = """version: 1
threads:
- id: right
  turns:
  - q: Starting dose of metformin for type 2 diabetes in an adult?
    dose: [metformin | 500 mg | twice daily | oral | adults]
  - q: and the maximum?
    is: Maximum dose of metformin for type 2 diabetes in an adult?
    dose: [metformin | 2000 mg | | oral]
  - q: What is the dose of zinc for diarrhoea?
    new: true
- id: wrong
  turns:
  - q: Starting dose of metformin for type 2 diabetes in an adult?
    dose: [metformin | 850 mg | once daily | oral | adults]
  - q: and the maximum?
    is: Maximum dose of gliclazide for type 2 diabetes in an adult?
    new: true
"""


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "guide.md").write_text(GUIDE, "utf-8")
    (tmp_path / "threads.yaml").write_text(THREADS, "utf-8")
    return tmp_path / "guide.md", tmp_path / "threads.yaml"


def test_right_questions_topics_and_doses_are_counted(
    tmp_path: Path, written: tuple[Path, Path]
) -> None:
    with Library.create(tmp_path / "library") as made:
        made.add([written[0]])
    with Library.open(tmp_path / "library") as library:
        report = evaluate_threads(library, written[1])
    assert [(r.right, r.total) for r in report.rates] == [
        (2, 3),  # follow-ups
        (4, 5),  # all turns
        (2, 3),  # topics
        (1, 2),  # whole threads
        (2, 3), (2, 3), (2, 3), (2, 3),  # doses
        (0, 1), (0, 2),  # told unsure: of those that are not right, and of the right ones
    ]  # fmt: skip
    told = "\n".join(report.lines())
    assert "[substance]" in told
    assert "the change of topic was not told as expected" in told
    assert "not shown:  metformin | 850 mg | once daily | oral | adults" in told


def test_the_command_makes_a_library_of_documents(written: tuple[Path, Path]) -> None:
    documents, threads = map(str, written)
    result = CliRunner().invoke(
        app, ["evaluate", "threads", threads, "--documents", documents], prog_name="osler"
    )
    assert result.exit_code == 0
    assert "full question, follow-ups" in result.stdout


def test_a_dose_is_read_from_its_line() -> None:
    dose = dose_of("erythromycin | 250-500 mg | every 6 hours | oral | over 8 years").dose
    assert dose is not None
    assert (dose.substance, dose.low, dose.high) == ("erythromycin", Decimal(250), Decimal(500))
    assert (dose.frequency, dose.route, dose.population) == (
        "every 6 hours",
        "oral",
        "over 8 years",
    )
    with pytest.raises(UsageError, match="no amount"):
        dose_of("erythromycin | much")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_files_of_threads_are_in_the_layout(path: Path) -> None:
    threads = load_threads(path)
    assert len({t.id for t in threads}) == len(threads)
    for thread in threads:
        assert 3 <= len(thread.turns) <= 5
        assert all(dose_of(dose) for turn in thread.turns for dose in turn.dose)


def test_another_layout_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "threads.yaml"
    path.write_text("threads: [{id: a, turns: [{question: b}]}]", "utf-8")
    with pytest.raises(UsageError, match="threads"):
        load_threads(path)
