"""Computing the vectors that a library lacks; can stop anywhere and go on."""

from __future__ import annotations

import json
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from osler.library import index
from osler.library.embedders import DEFAULT_TIER, Embedder, Vectors, load_embedder
from osler.library.index import IndexWriter
from osler.library.locking import writing
from osler.library.opening import repair
from osler.library.records import Progress
from osler.library.schema import translated
from osler.library.store import latest
from osler.library.vectors import FOLDER, MADE, file_name, read_state, write_state
from osler.library.writing import Writer

NONE = "none"
BLOCK = 2_048  # passages between two saved positions
# Of the heading in a passage's vector; chosen with the shares of `ranking` and `fusion`.
HEADING_SHARE = 0.6


def embed(
    folder: Path,
    connection: sqlite3.Connection,
    tier: str | None,
    progress: Callable[[Progress], None] | None,
) -> int | None:
    """See `Library.embed`. The tier, once chosen, is kept in the library's settings."""
    with translated(folder), writing(folder):
        repair(connection, folder)
        if tier is not None and tier != NONE:
            load_embedder(tier)  # one that is not installed is not chosen
        tier = choose(connection, tier)
        if tier == NONE:
            return None
        version = latest(connection)
        complete(folder, connection, tier, progress)
        (ranked,) = connection.execute(
            "SELECT embedder FROM versions WHERE number = ?", (version,)
        ).fetchone()
        if ranked == tier:
            return version
        with IndexWriter(folder / index.FOLDER) as index_writer:
            return Writer(connection, index_writer).rank_with(tier)


def choose(connection: sqlite3.Connection, tier: str | None) -> str:
    """The library's tier, set anew where one is given."""
    if tier is not None:
        connection.execute("INSERT OR REPLACE INTO settings VALUES ('embedder', ?)", (tier,))
        return tier
    row = connection.execute("SELECT value FROM settings WHERE name = 'embedder'").fetchone()
    return str(row[0]) if row else DEFAULT_TIER


def complete(
    folder: Path,
    connection: sqlite3.Connection,
    tier: str,
    progress: Callable[[Progress], None] | None,
) -> None:
    """Write the vectors of all passages that have none yet, block by block."""
    embedder = load_embedder(tier)
    (total,) = connection.execute("SELECT COALESCE(MAX(row), 0) FROM passages").fetchone()
    (folder / FOLDER).mkdir(exist_ok=True)
    path = folder / FOLDER / file_name(tier)
    state = usable(read_state(folder, tier), path, embedder.name, embedder.dimensions)
    started, begun = time.perf_counter(), state["rows"]
    with open(path, "r+b" if path.exists() else "w+b") as file:
        for texts in _blocks(connection, state["rows"]):
            data = passage_vectors(embedder, texts).tobytes()
            file.seek(state["rows"] * embedder.dimensions * 4)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            state["rows"] += len(texts)
            state["checksums"].append([len(texts), zlib.crc32(data)])
            write_state(folder, tier, state)
            if progress is not None:
                done = state["rows"]
                seconds = time.perf_counter() - started
                progress(Progress(done, total, passages=done - begun, seconds=seconds))


def usable(state: dict[str, Any] | None, path: Path, name: str, dimensions: int) -> dict[str, Any]:
    """The saved position, as far as the file bears it out; else the beginning."""
    fresh: dict[str, Any] = {
        "name": name,
        "made": MADE,
        "dimensions": dimensions,
        "rows": 0,
        "checksums": [],
    }
    if state is None or state["name"] != name or state["dimensions"] != dimensions:
        return fresh
    if not path.is_file():
        return fresh
    with open(path, "rb") as file:
        for rows, checksum in state["checksums"]:
            data = file.read(rows * dimensions * 4)
            if len(data) < rows * dimensions * 4 or zlib.crc32(data) != checksum:
                break
            fresh["rows"] += rows
            fresh["checksums"].append([rows, checksum])
    return fresh


def _blocks(connection: sqlite3.Connection, after: int) -> Iterator[list[tuple[str, str]]]:
    """What to embed, from passage `after` + 1 on: title with last heading, and words."""
    while True:
        rows = connection.execute(
            "SELECT s.title, h.path, c.text FROM contents c JOIN passages p ON p.row = c.row "
            "JOIN sources s ON s.row = p.source JOIN sections h ON h.row = p.section "
            "WHERE c.row > ? ORDER BY c.row LIMIT ?",
            (after, BLOCK),
        ).fetchall()
        if not rows:
            return
        yield [(_heading(title, path), text) for title, path, text in rows]
        after += len(rows)


def _heading(title: str, path: str) -> str:
    """A passage's title and last heading."""
    headings = json.loads(path)
    above = [title, *headings[-1:]] if headings and headings[-1] != title else [title]
    return ". ".join(filter(None, above))


def passage_vectors(embedder: Embedder, passages: Sequence[tuple[str, str]]) -> Vectors:
    """One row for each passage, given as heading and text; shape (passages, dimensions).

    The mean of two unit vectors, of heading with text and of the heading alone. Without a
    heading it is that of the text.
    """
    bodies = embedder.embed([". ".join(filter(None, passage)) for passage in passages])
    headings = {heading: row for row, heading in enumerate(dict.fromkeys(h for h, _ in passages))}
    alone = embedder.embed(list(headings))
    rows = [headings[heading] for heading, _ in passages]
    headed = np.array([bool(heading) for heading, _ in passages])
    shares = np.where(headed, HEADING_SHARE, 0).astype(np.float32)[:, None]
    mixed: Vectors = (1 - shares) * bodies + shares * alone[rows]
    return np.ascontiguousarray(mixed, np.float32)
