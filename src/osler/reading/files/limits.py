"""How much Osler unpacks and reads before it says no."""

from __future__ import annotations

from dataclasses import dataclass

from osler.domain.errors import DocumentTooLarge

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what one target may unpack to, in bytes, and on how strongly it is packed.

    Text packs 3 to 10 times; what packs more than `ratio` times is a bomb, whatever its size
    on disk. A corpus (JSON Lines) holds many documents and may be larger than one.
    """

    document: int = 50 * MB
    pdf: int = 300 * MB  # mostly pictures
    corpus: int = 1000 * MB
    archive: int = 4000 * MB
    members: int = 1_000_000
    ratio: int = 250
    ratio_applies_from: int = 5 * MB

    def of(self, name: str) -> int:
        """The most bytes that a file of this name may hold."""
        lowered = name.lower().removesuffix(".gz")
        if lowered.endswith(".pdf"):
            return self.pdf
        return self.corpus if lowered.endswith((".jsonl", ".ndjson")) else self.document

    def check_document(self, name: str, size: int) -> None:
        """Raise `DocumentTooLarge` when a document is."""
        allowed = self.of(name)
        if size > allowed:
            raise too_large(name, allowed)

    def check_ratio(self, name: str, packed: int, unpacked: int) -> None:
        """Raise `DocumentTooLarge` for what unpacks to implausibly much."""
        if unpacked > self.ratio_applies_from and unpacked > self.ratio * max(packed, 1):
            raise DocumentTooLarge(
                f"cannot read {name}: it unpacks to more than {self.ratio} times its size (a bomb?)"
            )


def too_large(name: str, allowed: int) -> DocumentTooLarge:
    """The error for a document of more than `allowed` bytes."""
    return DocumentTooLarge(f"cannot read {name}: it is larger than {allowed // MB} MB")


LIMITS = Limits()
