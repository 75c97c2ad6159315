"""`make bench`: measure, and write docs/benchmarks.md.

    make bench                                  all parts but a million passages
    make bench ARGS="--only ingest asking"      some parts
    make bench ARGS="--scale 10000 100000 1000000 --keep"
                                                growth alone, in these steps; keeping what stands

Each part writes its own block of the page, with the command, the date and the machine; blocks of
parts that were not run stay as they are.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=list(PARTS), metavar="PART", default=None)
    parser.add_argument("--scale", nargs="+", type=int, metavar="PASSAGES")
    parser.add_argument("--vectors", action="store_true", help="with --scale: also vectors")
    parser.add_argument(
        "--keep", action="store_true", help="with --scale: ask what was built before"
    )
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(tempfile.gettempdir()) / "osler-bench",
        help="where the libraries are made, and kept",
    )
    parser.add_argument(
        "--patience", type=float, default=600, metavar="SECONDS", help="to wait for a quiet machine"
    )
    arguments = parser.parse_args()
    setattr(import_module("machine"), "patience", arguments.patience)  # noqa: B010
    arguments.folder.mkdir(parents=True, exist_ok=True)
    names = arguments.only or (["scaling"] if arguments.scale else list(PARTS))
    for name in names:
        _run(name, arguments)


def _ingest(arguments: argparse.Namespace) -> Any:
    return import_module("ingest").measure(arguments.folder / "originals")


def _asking(arguments: argparse.Namespace) -> Any:
    return import_module("asking").measure(arguments.folder / "originals")


def _answering(arguments: argparse.Namespace) -> Any:
    return import_module("answering").measure(arguments.folder, arguments.folder / "originals")


def _gating(arguments: argparse.Namespace) -> Any:
    return import_module("gating").measure()


def _retrieval(arguments: argparse.Namespace) -> Any:
    return import_module("retrieval").measure()


def _findings(arguments: argparse.Namespace) -> Any:
    return import_module("findings").measure_halves()


def _scaling(arguments: argparse.Namespace) -> Any:
    scaling = import_module("scaling")
    wanted = arguments.scale or scaling.SIZES
    return scaling.measure(arguments.folder, wanted, vectors=arguments.vectors, keep=arguments.keep)


# Imported when run, not before: worker processes import this file and need none of it.
PARTS: dict[str, Callable[[argparse.Namespace], Any]] = {
    "ingest": _ingest,
    "asking": _asking,
    "scaling": _scaling,
    "answering": _answering,
    "gating": _gating,
    "retrieval": _retrieval,
    "findings": _findings,
}


def _run(name: str, arguments: argparse.Namespace) -> None:
    machine, page = import_module("machine"), import_module("page")
    print(f"{name} …", file=sys.stderr)
    started = time.perf_counter()
    measured = PARTS[name](arguments)
    provenance = (
        f"`{_command(name, arguments)}`, {machine.today()}, {machine.described()}; "
        f"{time.perf_counter() - started:.0f} s in all."
    )
    page.write(name, measured, provenance)
    print("\n".join(("", f"## {measured.title}", provenance, "", *measured.lines, "")))


def _command(name: str, arguments: argparse.Namespace) -> str:
    options = f"--only {name}"
    if name == "scaling" and arguments.scale:
        options += " --scale " + " ".join(map(str, arguments.scale))
        options += " --vectors" * arguments.vectors + " --keep" * arguments.keep
    return f'make bench ARGS="{options}"'


if __name__ == "__main__":
    main()
