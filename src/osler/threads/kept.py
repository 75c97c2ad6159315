"""A thread in a file: the questions as typed and in full, and none of the answers."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from osler.domain.errors import OslerError, UsageError
from osler.library import Library
from osler.threads.thread import Thread, Turn
from osler.threads.topic import read


class _Turn(BaseModel):
    model_config = ConfigDict(extra="allow")

    typed: str = Field(min_length=1)
    full: str = Field(min_length=1)


class _File(BaseModel):
    model_config = ConfigDict(extra="allow")

    version: Literal[1] = 1
    turns: list[_Turn] = []


def load(path: Path, library: Library | None) -> Thread:
    """The thread of a file; an empty one where there is no such file.

    What is known of the patient is read from the questions again. Raises UsageError where the
    file cannot be read or holds no thread.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Thread()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from error
    try:
        kept = _File.model_validate_json(text)
        return Thread(
            tuple(Turn(t.typed, t.full, read(t.full, library).patient) for t in kept.turns)
        )
    except (ValidationError, OslerError) as error:
        raise UsageError(
            f"{path} holds no questions of a chat", help="Name another file, or remove this one."
        ) from error


def save(thread: Thread, path: Path) -> None:
    """Write a thread, whole or not at all, for its owner's eyes only. Raises UsageError."""
    turns = [{"typed": turn.typed, "full": turn.full} for turn in thread.turns]
    text = json.dumps({"version": 1, "turns": turns}, ensure_ascii=False, indent=1)
    beside = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Patients are spoken of: nobody else on the machine may read it.
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"{text}\n")
        beside.replace(path)
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror}", help="Name another file with --history."
        ) from error
