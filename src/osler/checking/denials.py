"""Words that deny another by their prefix: what is said of the untreated is not of the treated.

The stem of the one is a part of the other's, and both are often general English, so that neither
the words left over nor their likelihood tells them apart.
"""

from __future__ import annotations

from osler.checking import lexicon
from osler.checking.clauses import Sentence
from osler.checking.evidence import Evidence
from osler.checking.forms import forms
from osler.domain import Problem, ProblemKind


def check(sentence: Sentence, evidence: Evidence) -> list[Problem]:
    """Words of a claim of which the passage, its title or headings hold only the opposite."""
    problems = []
    for word in forms(sentence.tokens):
        if word.word in evidence.forms:
            continue
        opposites = [
            form
            for other, held in evidence.forms.items()
            if lexicon.denied_by(word.word) == other or lexicon.denied_by(other) == word.word
            for form in held
        ]
        # "Not controlled" is "uncontrolled".
        if opposites and all(word.is_denied == other.is_denied for other in opposites):
            problems.append(Problem(ProblemKind.POLARITY, word.text, opposites[0].text))
    return problems
