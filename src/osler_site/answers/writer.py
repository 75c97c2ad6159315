"""The language model of this process, where one is configured: opened when it is first wanted."""

from __future__ import annotations

import atexit
import logging
import threading
from functools import cache
from typing import TYPE_CHECKING

from osler.domain.errors import UsageError
from osler.writing import open_writer, writer_settings

if TYPE_CHECKING:
    from osler.writing.model import Writer

_log = logging.getLogger(__name__)
_lock = threading.Lock()  # a writer has a thread: one of them for a process


def site_writer() -> Writer | None:
    """The model that `OSLER_WRITER` names, the same for every request of this process.

    None where none is named. One that cannot be used is logged once, and answers are as composed.
    """
    with _lock:
        return _opened()


@cache
def _opened() -> Writer | None:
    try:
        settings = writer_settings()
        if settings is None:
            return None
        writer = open_writer(settings)
    except UsageError as error:
        _log.error("the language model is not used: %s", error)
        return None
    atexit.register(writer.close)
    return writer


def forget_writer() -> None:
    """Close it; what is configured then is opened at the next use."""
    with _lock:
        writer = _opened() if _opened.cache_info().currsize else None
        _opened.cache_clear()
    if writer is not None:
        atexit.unregister(writer.close)
        writer.close()


def check_writer() -> None:
    """Raise UsageError where the model that is configured cannot be used by the site."""
    settings = writer_settings()
    if settings is not None:
        open_writer(settings).close()
