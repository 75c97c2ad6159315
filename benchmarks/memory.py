"""The memory of a process and all that it started, sampled from /proc (Linux)."""

from __future__ import annotations

import os
import threading
from pathlib import Path

_EVERY = 0.2  # seconds
_PAGE = os.sysconf("SC_PAGE_SIZE")


class PeakMemory:
    """The highest sum of resident sizes of a process tree while the block runs.

        with PeakMemory(process.pid) as peak:
            process.wait()
        peak.bytes

    Pages that processes share are counted once for each, so the sum is an upper bound. What is
    mapped from files (the index) counts too. `bytes` is 0 where there is no /proc.
    """

    def __init__(self, pid: int) -> None:
        self.bytes = 0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._ended.wait(_EVERY):
            self.bytes = max(self.bytes, sum(_resident(pid) for pid in _tree(self._pid)))


def _tree(root: int) -> set[int]:
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # The name of a process, in parentheses, may hold spaces.
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        parents[int(folder.name)] = int(fields[1])
    found = {root}
    while new := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= new
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
