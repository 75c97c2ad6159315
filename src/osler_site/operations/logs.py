"""Logs: a JSON object a line, without the text of questions unless that is switched on."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

_OWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_WITHHELD = frozenset({"request", "question", "patient"})


class JsonLines(logging.Formatter):
    """A record as one line of JSON; what was passed as `extra` becomes fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        for key, value in record.__dict__.items():
            if key not in _OWN and key not in _WITHHELD:
                line[key] = value if isinstance(value, str | int | float | None) else str(value)
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def configure(settings: dict[str, Any]) -> None:
    """Send everything to standard error as lines of JSON. Called by Django."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings["level"])
    for chatty in ("django_tasks", "wagtail", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
