"""Compose every starter article from a new starter library and print it, for reading.

    python tools/try_starter_articles.py [SLUG...]

Exit status 1 if one is not answered, or shows a claim that is not supported or a quote that is
not what its source says.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from osler.answering import ask, overview, summarize
from osler.domain import Answer, Claim
from osler.library import Library
from osler.starter import sources
from osler_site.seeding.entries import Entry, entries

_COMPOSE = {"answer": ask, "overview": overview, "summary": summarize}


def claims_of(answer: Answer) -> list[Claim]:
    """All claims of an answer, those of its conflicts too."""
    return [
        *answer.bottom_line,
        *(claim for section in answer.sections for claim in section.claims),
        *(p.claim for conflict in answer.conflicts for p in conflict.positions),
    ]


def shown(article: Entry, answer: Answer) -> None:
    """Print an article as plain text."""
    files = {r.number: r.source.file for r in answer.references}
    print(f"\n== {article.topic} · {article.title} ({article.kind}: {article.about})")
    if answer.yes_no:
        print(f"  {answer.yes_no.upper()}")
    for claim in answer.bottom_line:
        print(f"  * {claim.text} {sorted({files[c.reference] for c in claim.citations})}")
    for section in answer.sections:
        print(f"  # {section.title}")
        for claim in section.claims:
            print(f"    - {claim.text}")
    for conflict in answer.conflicts:
        print(f"  != {conflict.about}")
        for position in conflict.positions:
            print(f"    - {position.claim.text}")


def main(wanted: list[str]) -> int:
    """Compose, print and check them all, or those named."""
    wrong = []
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.create(Path(folder) / "starter") as library,
    ):
        library.add([Path(path) for path in sources()])
        library.embed()
        for article in entries():
            if wanted and article.slug not in wanted:
                continue
            answer = _COMPOSE[article.kind](library, article.about)
            shown(article, answer)
            for claim in claims_of(answer):
                for citation in claim.citations:
                    library.resolve(citation)
            supported = all(claim.verdict.supported for claim in claims_of(answer))
            if not (answer.answered and answer.bottom_line and supported):
                wrong.append(article.slug)
    print(f"\nnot as they should be: {', '.join(wrong) or 'none'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
