"""What a figure was measured on, and waiting until the machine is quiet."""

from __future__ import annotations

import os
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

_QUIET = 1.0  # load average of the last minute
patience = 600.0  # seconds; set by run.py


def described() -> str:
    """Processor, cores, memory, system and Python, in a line."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    parts = [_processor(), f"{os.cpu_count()} cores", _memory(), platform.system(), python]
    return ", ".join(part for part in parts if part)


def today() -> str:
    """The date and time, UTC, to the minute."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")


def load() -> float:
    """The load average of the last minute."""
    return os.getloadavg()[0]


def wait_until_quiet() -> float:
    """Wait until the load is below 1, for at most `patience` seconds; the load then."""
    deadline = time.monotonic() + patience
    while load() >= _QUIET and time.monotonic() < deadline:
        print(f"  waiting: the load is {load():.1f}", file=sys.stderr)
        time.sleep(min(15.0, max(0.0, deadline - time.monotonic())))
    return load()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> str:
    try:
        size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return ""
    return f"{size / 2**30:.0f} GiB memory"
