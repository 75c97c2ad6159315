"""A thread kept in a file."""

import stat
from pathlib import Path

import pytest

from osler.domain.errors import UsageError
from osler.threads import Thread, follow
from osler.threads.kept import load, save


def test_a_thread_is_read_back_as_it_was_kept(tmp_path: Path) -> None:
    thread = Thread()
    for question in ("Dose of gentamicin in a 61 kg woman?", "what if her eGFR is 24?"):
        thread = thread.then(follow(thread, question))
    path = tmp_path / "new" / "chat.json"
    save(thread, path)
    assert load(path, None) == thread
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["chat.json"]


def test_without_a_file_the_thread_is_empty(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json", None) == Thread()


@pytest.mark.parametrize("text", ["", "{", '{"turns": [{"typed": "a"}]}', '{"version": 9}', "[]"])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "chat.json"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match="no questions of a chat"):
        load(path, None)


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(UsageError, match="cannot write"):
        save(Thread(), tmp_path / "file" / "chat.json")
