"""What is found in each set of identifiers when the weights of candidates never saw it.

    python tools/leave_one_set_out.py OUT/PLAIN.txt OUT/DRUGS.txt OUT/CONDITIONS.txt

Weights are fitted without a set's sentences and plain questions (tools/fit_candidates.py), and the
set is measured with them; what of the recognisers was written after the set was read stays. Names'
weights stay, too, unless --names gives a folder of `SET/name_weights.tsv` fitted without the set.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import fit_candidates as fitting
from fit_names import fit, write

from osler.evaluation.identified import identified_questions, plain_questions
from osler.evaluation.privacy import evaluate_privacy
from osler.privacy import finding, names, weighing
from osler.privacy.likeness import read_weights

COUNTS = {"dev": 500, "heldout": 320, "second": 360, "third": 195, "fourth": 400, "fifth": 400,
          "sixth_own": 420, "sixth": 470}  # fmt: skip


def main() -> None:
    """Fit and measure, set by set."""
    parser = argparse.ArgumentParser()
    for name in ("plain", "drugs", "conditions"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--sets", default=",".join(COUNTS))
    parser.add_argument("--least", type=float, default=weighing.LEAST)
    parser.add_argument("--penalty", type=float, default=fitting.PENALTY)
    parser.add_argument("--misses", type=int, default=0)
    args = parser.parse_args()
    texts = [p.read_text("utf-8").splitlines() for p in (args.plain, args.drugs, args.conditions)]
    held = {q for name in COUNTS for q in plain_questions(name)}
    source = fitting.Source([q for q in texts[0] if q not in held], *texts[1:])
    rows = {name: list(source.rows(name)) for name in ("", *COUNTS)}
    weighing.LEAST = args.least
    for name in args.sets.split(","):
        used = [row for other in rows if other != name for row in rows[other]]
        with tempfile.TemporaryDirectory() as folder:
            weights = fit(
                [r for r, _ in used],
                [g for _, g in used],
                fitting.SEEN,
                fitting.LEAST,
                args.penalty,
            )
            write("candidate_weights", fitting.WHAT, weights, Path(folder))
            weights = read_weights(Path(folder, "candidate_weights.tsv").read_text("utf-8"))
        weighing._weights = lambda weights=weights: weights
        if args.names:
            text = Path(args.names, name, "name_weights.tsv").read_text("utf-8")
            of_names = read_weights(text)
            names._weights = lambda weights=of_names: weights
        finding.find_identifiers.cache_clear()
        made = identified_questions(name, COUNTS[name], 2026)
        report = evaluate_privacy(made, plain_questions(name))
        print("==", name, *report.lines(args.misses), sep="\n", flush=True)


if __name__ == "__main__":
    main()
