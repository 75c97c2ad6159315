"""Static files under names that carry a hash of their content, so that browsers keep them."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedNames(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage; a file that was not collected keeps its plain name.

    So a checkout serves its pages before the files are collected, and the tests need no
    collected files at all.
    """

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The hashed name, where there is one."""
        return str(self.hashed_files.get(self.hash_key(self.clean_name(name)), name))


def collect() -> None:
    """Collect and compress the static files, unless nothing has changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / "collected.json"
    now = _found()
    if not stamp.exists() or stamp.read_text("utf-8") != now:
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(now, "utf-8")


def _found() -> str:
    """Every static file with its size and time, as text."""
    found = {}
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            found.setdefault(name, [file.st_size, int(file.st_mtime)])
    return json.dumps(found, sort_keys=True)
