"""A disk that is full, for real: a small one of our own where we may mount one."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

MEGABYTE = 1 << 20


def osler(*arguments: object, most: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, whose files may grow to `most` bytes."""

    def limited() -> None:
        if most is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return subprocess.run(
        [sys.executable, "-m", "osler.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=limited,
        check=False,
    )


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.md").write_text("# Metformin\n\nThe dose of metformin is 500 mg twice daily.\n")
    (folder / "large").mkdir()
    for number in range(4):
        parts = (f"## Part {n}\n\nWord {number}x{n} is said here.\n\n" for n in range(700))
        (folder / "large" / f"{number}.md").write_text(f"# Chapter {number}\n\n" + "".join(parts))
    return folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", str(disk)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("may not mount a small disk here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_said_and_nothing_is_lost(small_disk: Path, files: Path) -> None:
    library = small_disk / "library"
    assert osler("init", library).returncode == 0
    assert osler("add", library, files / "a.md").returncode == 0
    result = osler("add", library, files / "large")
    assert result.returncode == 1, result.stdout + result.stderr
    assert result.stderr.startswith("osler: the disk that holds"), result.stderr
    assert "Free some space" in result.stderr
    assert osler("ask", "dose of metformin", "--library", library).returncode == 0
    result = osler("backup", small_disk / "b.tar.gz", "--library", library)
    assert result.returncode in (0, 1), result.stderr
    assert "Traceback" not in result.stderr
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert osler("add", library, files / "large").returncode == 0
    assert osler("doctor", library).stdout.rstrip().endswith("sound")
    assert "5 sources" in osler("sources", library).stdout


def test_files_that_may_not_grow_are_said_and_nothing_is_lost(tmp_path: Path, files: Path) -> None:
    library = tmp_path / "library"
    assert osler("init", library).returncode == 0
    assert osler("add", library, files / "a.md").returncode == 0
    result = osler("add", library, files / "large", most=MEGABYTE // 2)
    assert result.returncode == 1, result.stdout + result.stderr
    assert result.stderr.startswith("osler: "), result.stderr
    assert "Traceback" not in result.stderr
    assert osler("ask", "dose of metformin", "--library", library).returncode == 0
    assert osler("add", library, files / "large").returncode == 0
    assert osler("doctor", library).stdout.rstrip().endswith("sound")
    assert "5 sources" in osler("sources", library).stdout
