"""Worker processes that prepare files, in order, and outlive a file that kills one of them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from osler.domain import errors
from osler.library.preparing import PreparedFile, prepare_files

if TYPE_CHECKING:
    from osler.reading import RawFile

Task = list[tuple[bytes, "RawFile"]]
_SMALL = 400_000  # bytes: less than this is prepared sooner here than a worker starts
_AHEAD = 48  # tasks handed out and not yet taken back


def prepared(tasks: Iterable[Task], workers: int) -> Iterator[list[PreparedFile]]:
    """What becomes of each task, in the order of the tasks."""
    coming = iter(tasks)
    first: list[Task] = []
    size = 0
    for task in coming:
        first.append(task)
        size += sum(len(file.data) for _, file in task)
        if size >= _SMALL and workers > 1:
            break
    else:
        yield from map(prepare_files, first)
        return
    yield from _by_workers(chain(first, coming), workers)


def _by_workers(tasks: Iterable[Task], workers: int) -> Iterator[list[PreparedFile]]:
    pool = _pool(workers)
    waiting: deque[tuple[Task, Future[list[PreparedFile]]]] = deque()
    coming = iter(tasks)
    try:
        while True:
            while len(waiting) < _AHEAD and (task := next(coming, None)) is not None:
                waiting.append((task, pool.submit(prepare_files, task)))
            if not waiting:
                return
            task, future = waiting.popleft()
            try:
                yield future.result()
            except KeyboardInterrupt:
                # What the workers have done by now is kept, as far as it is without a gap.
                for _, each in (task, future), *waiting:
                    if not each.done() or each.exception() is not None:
                        break
                    yield each.result()
                raise
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                yield [_alone(item) for item in task]
                pool = _pool(workers)
                again = [handed for handed, _ in waiting]
                waiting = deque((t, pool.submit(prepare_files, t)) for t in again)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _alone(item: tuple[bytes, RawFile]) -> PreparedFile:
    """One file in a process of its own, which it may well kill."""
    digest, file = item
    with _pool(1) as pool:
        try:
            return pool.submit(prepare_files, [item]).result()[0]
        except BrokenProcessPool:
            error = errors.MalformedDocument(f"reading {file.path} killed the reader")
            return PreparedFile(file.path, file.name, digest, len(file.data), error=error)


def _pool(workers: int) -> ProcessPoolExecutor:
    # Never plain fork: the parent has threads (tantivy's, a progress bar's) and holds locks.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


def _begin() -> None:
    """In a worker: leave Ctrl-C to the parent, and end when the parent has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Statements hold no cycles: looking for some as often as usual takes a tenth of the time.
    gc.set_threshold(50_000, 20, 20)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
