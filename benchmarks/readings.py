"""Which readings of follow-ups would stand, were a model to put them: no model is needed.

    python benchmarks/readings.py [--failing] [FILE.yaml ...]

Each turn of the conversations that `osler evaluate threads` measures is read by Osler itself; the
full question that a person wrote for it stands for a good model's, and wrong ones are made of that:
a fact or condition left out, a number changed or two changed over, another drug, a fact added, a
denial. Wrong is what is not understood as the person's question is, in its drugs and conditions or
in the facts of the patient. `--failing` names the wrong ones that stand.
"""

from __future__ import annotations

import argparse
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from osler.domain.errors import EmptyQuestion, UsageError
from osler.evaluation.threads import ThreadFile
from osler.statements import find_substances
from osler.threads import Thread, as_proposed, follow
from osler.threads.facts import FIELDS
from osler.threads.topic import differences, read
from osler.writing.faithful import unfaithful
from osler.writing.following import in_doubt

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "evaluation" / "threads_dev"
FILES = ("threads_3", "threads_4", "threads_5", "threads_held_out_3", "threads_held_out_4")
WRONG = {"substance", "condition", *FIELDS}
ADDED = ("who is pregnant", "allergic to penicillin", "with eGFR 20", "aged 8 years", "with asthma")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE.yaml")
    parser.add_argument("--failing", action="store_true", help="name the wrong ones that stand")
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    for path in given.files or [FOLDER / f"{name}.yaml" for name in FILES]:
        for found in ThreadFile.model_validate(yaml.safe_load(path.read_text("utf-8"))).threads:
            thread = Thread()
            for turn in found.turns:
                full = turn.full or turn.q
                if thread.last is not None and turn.full:
                    counts += _turn(thread, turn.q, full, failing=given.failing)
                thread = thread.then(as_proposed(thread, turn.q, full))
    for name, number in sorted(counts.items()):
        print(f"{number:6} {name}")


def _turn(thread: Thread, typed: str, full: str, *, failing: bool) -> Counter[str]:
    try:
        own = follow(thread, typed)
    except EmptyQuestion:
        return Counter()
    right = not differences(read(full, None), read(own.full, None))
    kind = "read right by Osler" if right else "read otherwise by Osler"
    counts = Counter({f"turns {kind}": 1})
    counts[f"turns {kind}, in doubt"] += in_doubt(own, thread)
    reason = unfaithful(full, typed, thread, own)
    counts[f"turns {kind}, the person's question stands"] += reason is None
    both = reason is None and in_doubt(own, thread)
    counts[f"turns {kind}, in doubt, and the person's question stands"] += both
    if reason is not None and not right:
        counts[f"turned down, though a person wrote it: {reason}"] += 1
    for way, put in _worse(full, thread):
        try:
            off = set(differences(read(full, None), read(put, None))) & WRONG
            stands = off and unfaithful(put, typed, thread, own) is None
        except (EmptyQuestion, UsageError):
            continue
        if off and set(differences(read(own.full, None), read(put, None))):
            counts[f"wrong ones, {way}"] += 1
            counts[f"wrong ones, {way}, that stand"] += bool(stands)
            if stands and failing:
                print(f"{way}: {typed}\n    before {thread.turns[-1].full}\n    person {full}")
                print(f"    wrong  {put}\n    own    {own.full}")
    return counts


def _worse(full: str, thread: Thread) -> Iterator[tuple[str, str]]:
    """The question with something else in it, and in which way."""
    body = full.rstrip("?. ")
    pieces = re.split(
        r"(?<=,) | (?=with |and |in |who |aged |for |weighing |taking |allergic )", body
    )
    for n in range(1, len(pieces)):
        yield "something left out", " ".join(pieces[:n] + pieces[n + 1 :]).rstrip(",") + "?"
    numbers = list(re.finditer(r"\d+(?:\.\d+)?", body))
    for m in numbers:
        for other in (f"{m.group()}0", str(int(float(m.group())) + 1)):
            yield "a number changed", f"{body[: m.start()]}{other}{body[m.end() :]}?"
    for a, b in itertools.pairwise(numbers):
        changed = body[: a.start()] + b.group() + body[a.end() : b.start()] + a.group()
        yield "two numbers changed over", f"{changed}{body[b.end() :]}?"
    drugs = list(find_substances(body))
    others = {d.name for t in thread.turns for d in find_substances(t.full)} | {"gentamicin"}
    for drug in drugs[:1]:
        for name in sorted(others - {drug.name}):
            yield "another drug", f"{body[: drug.start]}{name}{body[drug.end :]}?"
    for more in ADDED:
        yield "something added", f"{body}, {more}?"
    for word in ("with", "allergic", "aged", "given"):
        if re.search(rf"\b{word}\b", body):
            yield "a denial", re.sub(rf"\b{word}\b", f"not {word}", body, count=1) + "?"


if __name__ == "__main__":
    main()
