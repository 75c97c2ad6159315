from __future__ import annotations

import math
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from osler.domain import Citation, SourceKind, SourceStatus, errors
from osler.library import Filters, Library, Progress, ranking
from osler.library.terms import terms

Write = Callable[[str, str], Path]


def found(library: Library, query: str, **options: object) -> list[str]:
    return [hit.passage.title for hit in library.search(query, **options)]  # type: ignore[arg-type]


def test_a_passage_is_found_in_either_spelling(library: Library) -> None:
    assert found(library, "haemoglobin") == found(library, "hemoglobin")
    assert set(found(library, "haemoglobin")) == {"Iron deficiency", "Pernicious anaemia"}


def test_a_hit_points_to_its_exact_characters(library: Library) -> None:
    for hit in library.search("1 mg intramuscularly"):
        passage = hit.passage
        assert library.text(passage.source_id)[passage.start : passage.end] == passage.text
        assert hit.score == hit.bm25 > 0
        assert hit.similarity is None
        for statement in library.statements_in(passage):
            assert library.statement(statement.id) == statement
            assert passage.start <= statement.start < statement.end <= passage.end


def test_bm25_is_exact(library: Library) -> None:
    """Against the formula, worked out here over all passages of all sources."""
    query = "loading dose after intramuscular haemoglobin"
    passages = [p for source in library.sources() for p in library.passages_of(source.id)]
    above = {p.id: 2 * terms(p.title) + terms(" ".join(p.section)) for p in passages}
    fields = {p.id: terms(p.text) + above[p.id] for p in passages}
    average = sum(map(len, fields.values())) / len(fields)

    def bm25(words: list[str], usual: float) -> float:
        counts, total = Counter(words), 0.0
        for term in terms(query):
            df = sum(term in field for field in fields.values())
            if df:
                idf = math.log(1 + (len(fields) - df + 0.5) / (df + 0.5))
                norm = 1.2 * (0.25 + 0.75 * len(words) / usual)
                total += idf * counts[term] * 2.2 / (counts[term] + norm)
        return total

    for hit in library.search(query):
        heading = bm25(above[hit.passage.id], ranking.HEADING_LENGTH)
        expected = bm25(fields[hit.passage.id], average) + ranking.HEADED * heading
        assert hit.bm25 == pytest.approx(expected, abs=1e-8)


def test_a_word_said_again_counts_again_only_in_a_list_of_names(library: Library) -> None:
    once, again = "iron intramuscularly", "iron iron iron intramuscularly"
    assert library.search(once) == library.search(again)
    assert library.search(once, words_only=True) != library.search(again, words_only=True)


def test_nothing_is_found_for_nothing(library: Library) -> None:
    assert library.search("") == library.search("the of and") == library.search("zzzz") == ()
    assert library.search("dose", k=0) == ()
    assert library.search("维生素 B12 的剂量") is not None
    assert library.search("dose " * 2000) == library.search("dose " * 2000)


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (Filters(jurisdiction=("gb",)), {"Pernicious anaemia"}),
        (Filters(kind=(SourceKind.FORMULARY, SourceKind.TEXTBOOK)), {"Iron deficiency"}),
        (Filters(year_from=2020), {"Pernicious anaemia"}),
        (Filters(year_from=2020, jurisdiction=("US",)), set()),
        (Filters(status=(SourceStatus.SUPERSEDED,)), set()),
        (Filters(), {"Iron deficiency", "Pernicious anaemia"}),
    ],
)
def test_filters_choose_sources(library: Library, filters: Filters, titles: set[str]) -> None:
    assert set(found(library, "haemoglobin", filters=filters)) == titles


def test_a_filter_does_not_change_scores(library: Library) -> None:
    everything = {h.passage.id: h.score for h in library.search("haemoglobin")}
    for hit in library.search("haemoglobin", filters=Filters(jurisdiction=("US",))):
        assert everything[hit.passage.id] == hit.score


def test_sources_by_id_file_and_title(library: Library) -> None:
    source = library.source("IRON.md")
    assert source == library.source(source.id) == library.source("iron deficiency")
    assert (source.year, source.kind, source.jurisdiction) == (2015, SourceKind.FORMULARY, "US")
    with pytest.raises(errors.SourceNotFound):
        library.source("nothing")
    with pytest.raises(errors.StatementNotFound):
        library.statement("t_0123456789abcdef")


def test_the_same_content_is_one_source_with_aliases(library: Library, write: Write) -> None:
    text = (library.folder.parent / "files" / "iron.md").read_text(encoding="utf-8")
    before = library.version
    report = library.add(write("copy of iron.md", text))
    assert (report.added, len(report.already_there)) == ((), 1)
    assert library.source("copy of iron.md").aliases == ("copy of iron.md",)
    assert len(library.sources()) == 3
    with Library.open(library.folder, at=before) as old:
        assert old.source("iron.md").aliases == ()


def test_adding_the_same_again_changes_nothing(library: Library, files: Path) -> None:
    before, hits = library.version, library.search("dose")
    report = library.add(files)
    assert (report.added, len(report.already_there), library.version) == ((), 3, before)
    assert library.search("dose") == hits


def test_the_order_of_adding_does_not_change_an_answer(
    library: Library, files: Path, tmp_path: Path
) -> None:
    other = Library.create(tmp_path / "other")
    for name in ("pernicious.md", "epilepsy.md", "iron.md"):
        other.add(files / name)
    for query in ("haemoglobin", "dose", "1 mg for life", "pregnancy"):
        assert other.search(query) == library.search(query)


def test_passages_that_tie_are_ordered_by_id(tmp_path: Path) -> None:
    names = [f"{n}.md" for n in range(20)]
    for folder, order in (("a", names), ("b", names[::-1])):
        library = Library.create(tmp_path / folder)
        for name in order:
            path = tmp_path / name
            path.write_text(f"---\ntitle: Same\n---\nGive aspirin. Code x{name[:-3]}y.\n")
            library.add(path)
    both = [Library.open(tmp_path / folder).search("aspirin", k=7) for folder in "ab"]
    assert both[0] == both[1]
    assert len({hit.score for hit in both[0]}) == 1


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
def test_a_new_edition_supersedes_the_old_in_either_order(
    library: Library, write: Write, order: tuple[str, str]
) -> None:
    editions = {
        "old": write("old.md", "---\ntitle: Gout 2010\n---\nColchicine 1 mg.\n"),
        "new": write("new.md", "---\ntitle: Gout\nsupersedes: gout 2010\n---\nColchicine.\n"),
    }
    for edition in order:
        library.add(editions[edition])
    assert library.source("old.md").status is SourceStatus.SUPERSEDED
    assert library.source("new.md").status is SourceStatus.CURRENT
    only = Filters(status=(SourceStatus.CURRENT,))
    assert found(library, "colchicine", filters=only) == ["Gout"]
    library.remove("new.md")
    assert library.source("old.md").status is SourceStatus.CURRENT


def test_resolve_gives_the_quote_or_says_that_it_is_stale(library: Library) -> None:
    statement = library.statements_in(library.search("valproate")[0].passage)[0]
    citation = Citation(
        statement.id, statement.source_id, statement.start, statement.end, statement.quote
    )
    assert library.resolve(citation) == statement.quote
    for stale in (
        replace(citation, quote="Give valproate."),
        replace(citation, start=citation.start + 1),
        replace(citation, source_id="s_0000000000000000"),
    ):
        with pytest.raises(errors.StaleCitation):
            library.resolve(stale)


def test_a_bad_file_does_not_stop_the_others(library: Library, files: Path, write: Write) -> None:
    (files / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    write("good.md", "# Gout\n\nColchicine 0.5 mg.\n")
    report = library.add(files)
    assert len(report.added) == 1
    assert [Path(f.path).name for f in report.failed] == ["broken.pdf"]
    assert report.failed[0].help


def test_one_bad_file_alone_raises(library: Library, files: Path) -> None:
    (files / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(errors.ReadingError):
        library.add(files / "broken.pdf")
    with pytest.raises(errors.OslerError):
        library.add(files / "absent.md")
    assert len(library.sources()) == 3


def test_workers_give_what_one_process_gives(tmp_path: Path, files: Path) -> None:
    padding = "A sentence that says little of much. " * 200
    for n in range(80):
        (files / f"long{n}.md").write_text(f"# Chapter {n}\n\nGive {n} mg. {padding}\n")
    seen: list[Progress] = []
    libraries = [Library.create(tmp_path / name) for name in ("one", "two")]
    reports = [
        libraries[0].add(files, workers=1),
        libraries[1].add(files, workers=2, progress=seen.append),
    ]
    assert reports[0].added == reports[1].added
    assert libraries[0].search("give 7 mg") == libraries[1].search("give 7 mg")
    assert seen[-1].done == seen[-1].total == 83
    assert seen[-1].passages == reports[1].passages


def test_a_moved_library_opens(library: Library, tmp_path: Path) -> None:
    hits = library.search("dose")
    library.close()
    shutil.move(library.folder, tmp_path / "elsewhere")
    assert Library.open(tmp_path / "elsewhere").search("dose") == hits


def test_importing_the_library_does_not_import_readers_or_models() -> None:
    code = (
        "import sys, osler.library;"
        "heavy = {'lxml', 'onnxruntime', 'httpx', 'pypdfium2', 'osler.reading', 'osler.statements',"
        "'multiprocessing.pool'};"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
