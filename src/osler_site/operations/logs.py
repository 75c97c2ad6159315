"""Logs: a JSON object a line, without the text of questions unless OSLER_LOG_QUESTIONS is set.

A question can hide in the message of an exception, in the path of an address and in a record's
arguments. So of an exception its type and place are logged and its message is not; of Django's
records on requests, what happened and not where. Where texts are let in, what tells who a patient
is stays out.
"""

from __future__ import annotations

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from osler.privacy import hide

request_id: ContextVar[str] = ContextVar("request_id", default="")

_OWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_WITHHELD = frozenset({"request", "question", "patient"})
_OF_REQUESTS = ("django.request", "django.security")


class JsonLines(logging.Formatter):
    """A record as one line of JSON; what was passed as `extra` becomes fields."""

    def __init__(self, *, texts: bool) -> None:
        super().__init__()
        self._texts = texts

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._message(record),
        }
        if identifier := request_id.get():
            line["request_id"] = identifier
        for key, value in record.__dict__.items():
            if key not in _OWN and (self._texts or key not in _WITHHELD):
                plain = isinstance(value, int | float | None)
                line[key] = value if plain else self._safe(str(value))
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = self._exception(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)

    def _message(self, record: logging.LogRecord) -> str:
        if not self._texts and record.name.startswith(_OF_REQUESTS):
            return record.getMessage().partition(":")[0]
        return self._safe(record.getMessage())

    def _safe(self, text: str) -> str:
        """Where texts may be logged, what tells who a patient is still is not."""
        return hide(text).text if self._texts else text

    def _exception(self, error: BaseException) -> str:
        if self._texts:
            return self._safe("".join(traceback.format_exception(error)))
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        before = self._exception(cause) + "\nthen:\n" if cause is not None else ""
        return before + _place(error.__traceback__) + _name(type(error))


class Lines(logging.StreamHandler[TextIO]):
    """Makes records' lines without holding a lock; each is written at once, so none is parted.

    Making one may wait for another thread that loads a model, and that thread logs.
    """

    def handle(self, record: logging.LogRecord) -> bool:
        """Write the record, if the filters let it through."""
        shown = bool(self.filter(record))
        if shown:
            self.emit(record)
        return shown


def _place(found: TracebackType | None) -> str:
    return "".join(traceback.format_tb(found))


def _name(kind: type[BaseException]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def configure(settings: dict[str, Any]) -> None:
    """Send everything to standard error as lines of JSON. Called by Django."""
    handler = Lines()
    handler.setFormatter(JsonLines(texts=settings["questions"]))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings["level"])
    # Chatty, or (database, http) with the texts that were sent.
    for name in ("django_tasks", "wagtail", "uvicorn", "httpx", "httpcore", "django.db"):
        logging.getLogger(name).setLevel(logging.WARNING)
