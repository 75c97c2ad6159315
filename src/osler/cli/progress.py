"""A progress bar with rate and time left on a terminal; silence in a pipe."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from osler.library.records import Progress

_ARCHIVES = (".gz", ".zip", ".tar", ".tgz", ".bz2", ".xz")


@contextmanager
def bar(
    what: str, unit: str, *, total_bytes: int | None = None
) -> Iterator[Callable[[Progress], None] | None]:
    """Give a callback that moves a bar on standard error; None where nobody watches.

    `total_bytes` gives the time left while it is not yet known how many there are.
    """
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    from rich.markup import escape
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    with Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[done]}"),
        TimeRemainingColumn(),
        TextColumn("[dim]{task.fields[name]}"),
        console=console,
        transient=True,
    ) as shown:
        task = shown.add_task(what, total=None, done="", name="")

        def move(progress: Progress) -> None:
            fraction = _fraction(progress, total_bytes)
            shown.update(
                task,
                completed=fraction or 0.0,
                total=None if fraction is None else 1.0,
                done=_done(progress, unit),
                name=escape(progress.name[-40:]),
            )

        yield move


def _fraction(progress: Progress, total_bytes: int | None) -> float | None:
    if progress.total:
        return progress.done / progress.total
    if total_bytes:
        return min(progress.bytes / total_bytes, 0.99)
    return None


def _done(progress: Progress, unit: str) -> str:
    """ "1,200 of 8,000 files · 1,450 passages/s"."""
    of = f" of {progress.total:,}" if progress.total else ""
    rate = f" · {progress.rate:,.0f} passages/s" if progress.passages else ""
    return f"{progress.done:,}{of} {unit}{rate}"


def size_of(targets: Iterable[str]) -> int | None:
    """The bytes in files and folders; None where an archive, a glob or a feed is among them."""
    total = 0
    for target in targets:
        path = Path(target).expanduser()
        if not path.exists():
            return None
        files = [path] if path.is_file() else (Path(r, f) for r, _, fs in os.walk(path) for f in fs)
        for file in files:
            if file.name.lower().endswith(_ARCHIVES):
                return None
            try:
                total += file.stat().st_size
            except OSError:
                continue  # reading it will say so
    return total
