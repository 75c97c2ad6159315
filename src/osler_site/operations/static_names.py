"""Static files under names that carry a hash of their content, so that browsers keep them."""

from __future__ import annotations

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
