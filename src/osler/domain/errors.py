"""Every error that Osler raises on purpose, in one tree.

OslerError
├── UsageError                    what was asked for cannot be done as asked (exit status 2)
├── ReadingError                  a document could not be read
│   ├── UnsupportedFormat         no reader knows this format
│   ├── EncryptedDocument         a password is needed
│   ├── NoTextLayer               a scan: pages without text
│   ├── MalformedDocument         truncated or ill-formed
│   ├── DocumentTooLarge          beyond the limits, or an archive that unpacks to too much
│   └── ImportFailed              a public service did not give what was asked
├── DosageError                   a text or a FHIR resource is not a dosage
├── LibraryError
│   ├── LibraryNotFound           there is no library at this path
│   ├── LibraryLocked             another process is writing
│   ├── LibraryCorrupt            a checksum does not match, or the store does not open
│   ├── LibraryTooNew             written by a newer schema
│   ├── LibraryFull               the disk is full
│   ├── BackupCorrupt             a backup is damaged, or is none
│   ├── SourceNotFound
│   ├── StatementNotFound
│   ├── VersionNotFound
│   └── StaleCitation             a quote is not what the source says at its offsets
├── AnsweringError
│   └── EmptyQuestion
├── SiteUnreachable               a site did not give an article
└── PathwayError
    ├── InvalidResource           a FHIR resource cannot be worked with; its issues say where
    ├── UnsupportedPathway        a pathway says what its sources do not
    ├── PathwayNotFound
    └── RecordUnavailable         a FHIR server does not give what a pathway needs

Each carries a `help` line that says what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable

from osler.domain.issue import Issue


class OslerError(Exception):
    """Base of all deliberate errors; `help` tells the reader what to do."""

    help: str = ""

    def __init__(self, message: str, *, help: str | None = None) -> None:  # noqa: A002
        super().__init__(message)
        if help is not None:
            self.help = help


class UsageError(OslerError):
    """The request itself is not one that can be carried out."""


class ReadingError(OslerError):
    """A document could not be read."""


class UnsupportedFormat(ReadingError):
    """No reader knows this format."""

    help = (
        "Osler reads Markdown, HTML, PDF, DOCX, JATS, SPL, CNXML, MedQuAD XML, JSON, JSON Lines "
        "and plain text, alone or in .gz, .zip and .tar.gz archives."
    )


class EncryptedDocument(ReadingError):
    """The document needs a password."""

    help = "Remove the password (for example with qpdf --decrypt) and add the file again."


class NoTextLayer(ReadingError):
    """A page without text: a scan."""

    help = "Run OCR first, for example: ocrmypdf guideline.pdf readable.pdf"


class MalformedDocument(ReadingError):
    """The document is truncated or not well formed."""

    help = "Open the file in its own program and save it again, or fetch it anew."


class DocumentTooLarge(ReadingError):
    """The document, or what an archive unpacks to, is beyond the limits."""

    help = "Split the document, or raise the limits in the library's settings."


class ImportFailed(ReadingError):
    """A public service did not give what was asked for."""

    help = "Check the identifier and the network, then run the same command again: it resumes."
    status: int | None = None  # HTTP, where the service answered with one


class DosageError(OslerError):
    """A text or FHIR resource is not a dosage that Osler can represent."""


class LibraryError(OslerError):
    """Something is wrong with a library."""


class LibraryNotFound(LibraryError):
    """There is no library at this path."""

    help = "Create one with: osler init LIBRARY --starter"


class LibraryLocked(LibraryError):
    """Another process is writing."""

    help = "Wait until it has finished; reading and asking go on meanwhile."


class LibraryCorrupt(LibraryError):
    """A checksum does not match, or the store does not open."""

    help = "Run: osler doctor LIBRARY"


class LibraryTooNew(LibraryError):
    """The library was written by a newer version of Osler."""

    help = "Upgrade Osler; this version will not touch the library."


class LibraryFull(LibraryError):
    """The disk is full; what was committed before is intact."""

    help = "Free some space and run the same command again: it resumes."


class BackupCorrupt(LibraryError):
    """A backup is damaged, or is none; nothing was restored."""

    help = "Use another backup; the library was left as it was."


class SourceNotFound(LibraryError):
    """No source with this id, file name or title."""

    help = "List what the library holds with: osler sources LIBRARY"


class StatementNotFound(LibraryError):
    """No statement with this id."""


class VersionNotFound(LibraryError):
    """The library never had this version."""


class StaleCitation(LibraryError):
    """A quote is not what the source says at its offsets."""

    help = "Run: osler doctor LIBRARY"


class AnsweringError(OslerError):
    """A question could not be answered for a reason other than the library's silence."""


class EmptyQuestion(AnsweringError):
    """There is no question."""

    help = 'Ask one, for example: "maintenance dose of vitamin B12"'


class SiteUnreachable(OslerError):
    """A site did not give an article to the server for assistants."""

    help = "Check --site, and that the token of --site-token-env has the scope “read”."


class PathwayError(OslerError):
    """A pathway could not be loaded or applied."""


class InvalidResource(PathwayError):
    """FHIR resources that cannot be worked with; `issues` names every fault and where it lies."""

    help = "Each line names the element at fault; mend it and send the resource again."

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__(
            "; ".join(f"{i.path}: {i.details}" if i.path else i.details for i in self.issues)
        )


class UnsupportedPathway(InvalidResource):
    """A pathway states what the sources it cites do not; it is not loaded."""

    help = "Correct the pathway, or cite the passage that says so; see docs/pathways.md."


class PathwayNotFound(PathwayError):
    """No pathway with this name, and no file at this path."""


class RecordUnavailable(PathwayError):
    """A patient's record could not be had from the FHIR server that was named."""

    help = "Send the data with the request, or give access to a FHIR server that holds it."
