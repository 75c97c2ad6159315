"""A progress bar with rate and time left on a terminal; silence in a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from osler.library.records import Progress


@contextmanager
def bar(what: str, unit: str) -> Iterator[Callable[[Progress], None] | None]:
    """Give a callback that moves a bar on standard error; None where nobody watches."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        SpinnerColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar

    with Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("[dim]{task.fields[name]}"),
        console=console,
        transient=True,
    ) as shown:
        task = shown.add_task(what, total=None, rate="", name="")

        def move(progress: Progress) -> None:
            shown.update(
                task,
                completed=progress.done,
                total=progress.total,
                rate=f"{progress.rate:,.0f} passages/s" if progress.passages else "",
                name=progress.name[-40:].replace("[", "\\["),
            )

        yield move
