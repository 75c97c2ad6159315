"""Faithful paraphrases pass, changed claims do not, each with the kind of its change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from osler.checking import check_text

_HERE = Path(__file__).parent
_ENTRIES = [
    entry
    for name in ("pairs.yaml", "pairs_wards.yaml", "pairs_clinics.yaml", "pairs_rounds.yaml")
    for entry in yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))
]
_FAITHFUL = [(e["passage"], e.get("context", ""), c) for e in _ENTRIES for c in e["faithful"]]
_CHANGED = [
    (e["passage"], e.get("context", ""), claim, kind)
    for e in _ENTRIES
    for kind, claims in e["changed"].items()
    for claim in ([claims] if isinstance(claims, str) else claims)
]


@pytest.mark.parametrize(("passage", "context", "claim"), _FAITHFUL)
def test_a_faithful_paraphrase_is_supported(passage: str, context: str, claim: str) -> None:
    assert check_text(claim, passage, context).problems == ()


@pytest.mark.parametrize(("passage", "context", "claim", "kind"), _CHANGED)
def test_a_changed_claim_is_caught(passage: str, context: str, claim: str, kind: str) -> None:
    problems = check_text(claim, passage, context).problems
    kinds = {problem.kind.value for problem in problems}
    assert kinds if kind == "any" else kind in kinds


def test_a_problem_names_the_words_of_both_sides() -> None:
    (problem,) = check_text("Give 1000 mg IM weekly.", "Give 1000 mcg IM weekly.").problems[:1]
    assert (problem.kind.value, problem.claim, problem.passage) == ("unit", "1000 mg", "1000 mcg")


_DEV = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "dosing_dev"


@pytest.mark.skipif(not _DEV.is_dir(), reason="the development set is not beside the checkout")
def test_the_development_pairs_are_judged_right() -> None:
    wrong = []
    for pair in yaml.safe_load((_DEV / "mutations.yaml").read_text("utf-8"))["pairs"]:
        source = (_DEV / "sources" / pair["source"]).read_text(encoding="utf-8")
        title = re.search(r"^title: *'?(.*?)'?$", source, re.MULTILINE)
        assert title is not None
        verdict = check_text(pair["claim"], pair["passage"], title.group(1))
        if verdict.supported != (pair["label"] == "pass"):
            wrong.append(pair["id"])
    assert wrong == []


@pytest.mark.skipif(not _DEV.is_dir(), reason="the development set is not beside the checkout")
def test_every_line_of_a_document_supports_itself() -> None:
    lines = {
        line
        for path in sorted((_DEV / "sources").glob("*.md"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip(" |-:")
    }
    assert [line for line in sorted(lines) if not check_text(line, line).supported] == []
