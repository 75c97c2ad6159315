"""Responses kept on disk, each with what is needed to ask whether it has changed.

One response is two files named by the SHA-256 of its URL: `<key>.body` and `<key>.json`. The
description is written last and holds the body's own SHA-256, so that a run killed in between
leaves an entry that does not count rather than one that lies.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Response:
    """What a service gave: the body and what the headers said of it.

    `fetched` and `checked` are ISO 8601 in UTC: when the body came, and when the service last
    said that it still stands.
    """

    url: str  # after redirects
    body: bytes
    media_type: str  # lower case, without parameters
    fetched: str
    checked: str
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    def provenance(self) -> dict[str, str]:
        """What a source keeps so that it can be brought up to date later."""
        known = {
            "etag": self.etag,
            "last_modified": self.last_modified,
            "fetched": self.fetched,
            "checked": self.checked,
        }
        return {name: value for name, value in known.items() if value}


class Cache:
    """A folder of responses. One that cannot be read back whole is as good as absent."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, url: str) -> Response | None:
        """The kept response of `url`, or None."""
        description, body = self._paths(url)
        try:
            fields = json.loads(description.read_text("utf-8"))
            data = body.read_bytes()
            if fields.pop("sha256") != hashlib.sha256(data).hexdigest():
                return None
            return Response(body=data, **fields)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def put(self, url: str, response: Response) -> None:
        """Keep `response`; a full or read-only disk costs the cache, not the import."""
        description, body = self._paths(url)
        fields = asdict(response)
        data: bytes = fields.pop("body")
        fields["sha256"] = hashlib.sha256(data).hexdigest()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _replace(body, data)
            _replace(description, json.dumps(fields, sort_keys=True).encode())
        except OSError:
            return

    def _paths(self, url: str) -> tuple[Path, Path]:
        key = hashlib.sha256(url.encode()).hexdigest()
        return self.folder / f"{key}.json", self.folder / f"{key}.body"


def _replace(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
