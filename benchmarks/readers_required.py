"""What each kind of reader is shown of the facts that questions require.

    python benchmarks/readers_required.py LIBRARY QUESTIONS.yaml…

Asks every question of the files (layout of `osler.evaluation.questions`), words the answer for
each reader, and counts required doses shown and in the bottom line, forbidden doses, and other
required facts (by the words of the claims as composed: a reader's words are others).
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path

from osler.answering import ask
from osler.domain import Answer, Audience, Claim, Section
from osler.evaluation.answers import compare
from osler.evaluation.questions import load_questions
from osler.library import Library
from osler.readers import worded

COUNTED = ("doses", "doses_shown", "doses_in_bottom_line", "facts", "facts_shown", "claims")


def as_composed(answer: Answer) -> Answer:
    """The worded answer with its claims as composed: what is shown, in the sources' words."""

    def back(claim: Claim) -> Claim:
        return replace(claim, text=claim.composed or claim.text)

    return replace(
        answer,
        bottom_line=tuple(map(back, answer.bottom_line)),
        sections=tuple(Section(s.title, tuple(map(back, s.claims))) for s in answer.sections),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    given = parser.parse_args()
    counts: dict[Audience, Counter[str]] = {each: Counter() for each in Audience}
    with Library.open(given.library) as library:
        for item in load_questions(*given.questions):
            answer = ask(library, item.question)
            for audience, counted in counts.items():
                shown = worded(answer, audience)
                doses = compare(item, shown, library, reasons=False)
                facts = compare(item, as_composed(shown), library, reasons=False)
                counted["forbidden"] += len(doses.forbidden_shown)
                counted["refused"] += shown.unworded
                for name in COUNTED:
                    from_words = facts if name.startswith("facts") else doses
                    counted[name] += getattr(from_words, name)
    for audience, counted in counts.items():
        print(f"{audience:11}", *(f"{name} {counted[name]}" for name in sorted(counted)))


if __name__ == "__main__":
    main()
