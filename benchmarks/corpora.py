"""Where the data to measure on stands, and what is made of it. Nothing is copied from it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
NSTG = DATA / "nstg_nigeria_2022"
OPENSTAX = DATA / "openstax_nursing"
MEDQUAD = DATA / "medquad"
LIVEQA = DATA / "medquad_liveqa_qrels"
PUBMEDQA = DATA / "pubmedqa_dev"
DOSING = DATA / "dosing_dev"

ORIGINALS = (
    NSTG / "originals.tar.gz",
    OPENSTAX / "originals_cnxml.tar.gz",
    MEDQUAD / "originals_9_sources_xml.tar.gz",
    DATA / "cdc_opioid_2022" / "CDC-2022-0024-0002_content.pdf",
    DATA / "cdc_opioid_2022" / "CDC_Opioid_Prescribing_Guidelines_2022_Summary.pdf",
)
CORPORA = tuple(folder / "corpus.jsonl.gz" for folder in (NSTG, OPENSTAX, MEDQUAD))
CONDITIONS = NSTG / "question_conditions.txt"


def absent(*paths: Path) -> str | None:
    """Why a part cannot be measured: which of its files are not here; None where all are."""
    missing = [f"{path.parent.name}/{path.name}" for path in paths if not path.exists()]
    return f"not measured: {', '.join(missing)} not found" if missing else None


def texts() -> Iterator[str]:
    """The texts of the three corpora."""
    for corpus in CORPORA:
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def conditions() -> list[str]:
    """The conditions that the Nigerian guideline treats, in lower case, with plain names."""
    names = [name.strip().lower() for name in CONDITIONS.read_text("utf-8").splitlines()]
    plain = [name.removesuffix(".txt").partition(" (")[0] for name in names]
    return [name for name in dict.fromkeys(plain) if name and "_" not in name]
