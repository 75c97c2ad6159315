"""One writer, many readers, and a writer that dies at any moment."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from osler.domain import errors
from osler.library import Library
from osler.library.locking import writing

ADD = """
import sys
from osler.library import Library, adding
if __name__ == "__main__":
    adding._COMMIT_PASSAGES = 20
    with Library.open(sys.argv[1]) as library:
        print("begun", flush=True)
        library.add(sys.argv[2], workers=int(sys.argv[3]))
"""
READ = """
import sys
from osler.library import Library
with Library.open(sys.argv[1]) as library:
    print([(h.passage.id, h.score) for h in library.search("dose")])
"""


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(150):
        (folder / f"{number:03}.md").write_text(
            f"# Chapter {number}\n\nThe dose is {number} mg daily.\n\n## Caution\n\nAvoid in age "
            f"over {number} years. Unique word w{number}x.\n"
        )
    return folder


def test_a_second_writer_is_told_at_once(library: Library, files: Path) -> None:
    with writing(library.folder):
        begun = time.perf_counter()
        with pytest.raises(errors.LibraryLocked):
            library.add(files)
        with pytest.raises(errors.LibraryLocked):
            library.remove("iron.md")
        with pytest.raises(errors.LibraryLocked):
            library.doctor()
        assert time.perf_counter() - begun < 1
        assert library.search("dose")
    library.remove("iron.md")


def test_another_process_reads_while_one_writes(library: Library) -> None:
    with writing(library.folder):
        reader = start(READ, library.folder)
        said, complained = reader.communicate(timeout=30)
    assert complained == ""
    assert said.strip() == str([(h.passage.id, h.score) for h in library.search("dose")])


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_addition_loses_nothing_that_was_committed(
    tmp_path: Path, many: Path, workers: int
) -> None:
    folder = tmp_path / "library"
    Library.create(folder).close()
    chance = random.Random(workers)
    for _ in range(4):
        writer = start(ADD, folder, many, workers)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "begun\n"
        time.sleep(chance.uniform(0.25, 0.9))
        writer.kill()
        writer.communicate()
        with Library.open(folder) as library:
            for source in library.sources():
                number = int(source.file[:3])
                assert library.search(f"w{number}x")[0].passage.source_id == source.id
            assert library.doctor().problems == ()
            assert library.doctor().rebuilt == ()
    with Library.open(folder) as library:
        library.add(many, workers=1)
        assert len(library.sources()) == 150
        again = Library.create(tmp_path / "at once")
        again.add(many, workers=1)
        for query in ("dose", "w7x caution", "age over 60"):
            assert library.search(query, k=50) == again.search(query, k=50)


def test_ctrl_c_keeps_what_is_committed(
    tmp_path: Path, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from osler.library import adding

    monkeypatch.setattr(adding, "_TASK_FILES", 10)
    library = Library.create(tmp_path / "library")
    calls = []

    def interrupt(progress: object) -> None:
        calls.append(progress)
        if len(calls) == 3:
            raise KeyboardInterrupt

    report = library.add(many, workers=1, progress=interrupt)
    assert report.interrupted
    assert 0 < len(library.sources()) == len(report.added) < 150
    assert not library.add(many, workers=1).interrupted
    assert len(library.sources()) == 150
    assert library.doctor().sound


def test_ctrl_c_keeps_what_the_workers_have_done(monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures import Future

    from osler.library import workforce

    class Pool:
        """The first three tasks are done when Ctrl-C comes, the fourth is not, the fifth is."""

        count = 0

        def submit(self, work: object, task: str) -> Future[list[str]]:
            self.count += 1
            future: Future[list[str]] = Future()
            if self.count != 4:
                future.set_result([task])
            if self.count == 1:
                future.result = interrupted(future.result)  # type: ignore[method-assign]
            return future

        def shutdown(self, **options: bool) -> None:
            pass

    def interrupted(result: object) -> object:
        calls: list[int] = []

        def once(timeout: float | None = None) -> object:
            calls.append(1)
            if len(calls) == 1:
                raise KeyboardInterrupt
            return result(timeout)  # type: ignore[operator]

        return once

    monkeypatch.setattr(workforce, "_pool", lambda workers: Pool())
    got: list[object] = []
    with pytest.raises(KeyboardInterrupt):
        got.extend(workforce._by_workers(iter("abcde"), 2))  # type: ignore[arg-type]
    assert got == [["a"], ["b"], ["c"]]
