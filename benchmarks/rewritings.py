"""How many faithful rewritings may be shown, and that no unfaithful one is; no model is needed.

    python benchmarks/rewritings.py [--failing]

The rewritings are written by hand (tests/writing/data/). An unfaithful one is tried on the claims
as they are worded for a physician, a nurse and a patient; a faithful one on those of its reader.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from osler.domain import Claim
from osler.library import Library
from osler.starter import sources
from osler.writing.gating import reworded_claim
from osler.writing.joining import joined_claim
from osler.writing.offering import Offered

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "writing" / "helpers"))

from rewritings import answers_from, offered_for, rewritings  # noqa: E402


def main() -> None:
    tried: Counter[tuple[int, bool, str]] = Counter()
    shown: Counter[tuple[int, bool, str]] = Counter()
    took: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        with Library.create(Path(folder) / "starter") as library:
            library.add([Path(path) for path in sources()])
        with Library.open(Path(folder) / "starter") as library:
            answer_to = answers_from(library)
            for each in rewritings():
                for reader in each.readers:
                    offered = offered_for(answer_to(each.question, reader), each.claims)
                    started = time.perf_counter()
                    passed = _shown(each.text, offered) is not None
                    took.append((time.perf_counter() - started) * 1000)
                    key = (each.part, each.faithful, each.shape)
                    tried[key] += 1
                    shown[key] += passed
                    if passed != each.faithful and (not each.faithful or "--failing" in sys.argv):
                        print(f"{'shown' if passed else 'replaced'}: {reader}: {each.text}")
    for part, faithful, shape in sorted(tried):
        kind = "faithful" if faithful else "unfaithful"
        key = (part, faithful, shape)
        print(f"part {part}, {kind}, {shape}: {shown[key]} of {tried[key]} shown")
    took.sort()
    print(f"each took p50 {took[len(took) // 2]:.1f} ms, most {took[-1]:.0f} ms")


def _shown(text: str, offered: tuple[Offered, ...]) -> Claim | None:
    return reworded_claim(text, offered[0]) if len(offered) == 1 else joined_claim(text, offered)


if __name__ == "__main__":
    main()
