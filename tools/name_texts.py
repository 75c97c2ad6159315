"""Write the texts that `tools/fit_names.py` learns from: what names nobody, drugs, and conditions.

    python tools/name_texts.py DATA OUT

DATA is the folder of public data sets; of it are read, where they are there, the questions of
`dosing_dev`, the titles and one sentence in fourteen of MedQuAD, the sentences of the Nigerian
guideline (NSTG) and the products of Drugs@FDA. From the repository come the evaluation questions
and the questions without identifiers of the first packaged sets; the tools that fit take those of
every set that they are given themselves. PLAIN.txt, DRUGS.txt and CONDITIONS.txt are written to
OUT; the same input gives the same files.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from zlib import crc32

import yaml

from osler.evaluation.identified import plain_questions
from osler.statements.vocabulary.substances import all_names

TESTS = Path(__file__).parents[1] / "tests/evaluation"
SETS = ("dev", "heldout", "second", "fourth")
ASKED = (
    "What is the dose of {} for a 70-year-old with eGFR 35?",
    "Is {} safe in pregnancy?",
    "{} 10 mg daily: interactions?",
    "Can my patient have {} with warfarin?",
    "Should {} be stopped before surgery?",
)
ASKED_OF_CONDITIONS = (
    "How is {} treated, and with what dose?",
    "What are the symptoms of {}?",
    "How might {} be treated?",
)
ONE_IN = 14  # sentences of MedQuAD
LONGEST = 240  # letters of a sentence
_NAME = re.compile(r"[a-z]{2}[a-z'-]+(?: [a-z]{3}[a-z'-]+){0,2}")  # of a drug
_END = re.compile(r"(?<=[.?!])\s+|\n")


def main() -> None:
    """Write the three files."""
    data, out = Path(sys.argv[1]), Path(sys.argv[2])
    drugs = sorted({*_short(all_names()), *_short(_products(data))})
    titles = sorted(set(_titles(data)))
    conditions = sorted({*titles, *_conditions()})
    plain = [q for name in SETS for q in plain_questions(name)]
    folders = (TESTS, data / "dosing_dev")
    plain += sorted({q for folder in folders for q in _questions(folder)})
    plain += _asked(drugs, ASKED, 2)
    plain += _asked(conditions, ASKED_OF_CONDITIONS, 1)
    medquad = data / "medquad/corpus.jsonl.gz"
    plain += [s for s in _sentences(medquad) if crc32(s.encode()) % ONE_IN == 0]
    plain += _sentences(data / "nstg_nigeria_2022/corpus.jsonl.gz")
    for name, lines in (("PLAIN", plain), ("DRUGS", drugs), ("CONDITIONS", conditions)):
        out.joinpath(f"{name}.txt").write_text("\n".join(lines) + "\n", "utf-8")
        print(name, f"{len(lines):,}")


def _short(names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if _NAME.fullmatch(name))


def _asked(names: list[str], sentences: tuple[str, ...], times: int) -> list[str]:
    """Each name in some of the sentences, as it is or with capitals."""
    made = []
    for name in names:
        draw = crc32(name.encode())
        shown = name.title() if draw % 7 < 5 else name
        made += [sentences[(draw + at) % len(sentences)].format(shown) for at in range(times)]
    return made


def _products(data: Path) -> Iterator[str]:
    table = data / "fda/drugs_at_fda_products.tsv.gz"
    if table.exists():
        with gzip.open(table, "rt", encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                yield (row["DrugName"] or "").lower().strip()
                yield (row["ActiveIngredient"] or "").lower().strip()


def _titles(data: Path) -> Iterator[str]:
    listed = data / "nstg_nigeria_2022/question_conditions.txt"
    if listed.exists():
        yield from (n.removesuffix(".txt") for n in listed.read_text("utf-8").split("\n") if n)
    for row in _rows(data / "medquad/corpus.jsonl.gz"):
        yield row["title"].strip()


def _conditions() -> Iterator[str]:
    text = files("osler.statements").joinpath("data/conditions.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, synonyms, _ = line.split("\t")
            yield from (n for n in (name, *synonyms.split("|")) if len(n) > 3 and not n.isupper())


def _rows(file: Path) -> Iterator[dict[str, str]]:
    if file.exists():
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _sentences(file: Path) -> list[str]:
    """The sentences of a corpus, each once, in the order of their first place."""
    found = (part.strip() for row in _rows(file) for part in _END.split(row["text"]))
    return [s for s in dict.fromkeys(found) if 20 < len(s) <= LONGEST]


def _questions(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*.yaml")):
        yield from _under(yaml.safe_load(file.read_text("utf-8")))


def _under(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "question" and isinstance(inner, str):
                yield " ".join(inner.split())
            else:
                yield from _under(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _under(inner)


if __name__ == "__main__":
    main()
