"""Small documents of our own, and a library of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from osler.library import Library

FILES = {
    "pernicious.md": """---
title: Pernicious anaemia
organization: Example Society
year: 2021
kind: guideline
jurisdiction: GB
---
# Treatment

## Maintenance

Give hydroxocobalamin 1 mg intramuscularly every 2–3 months for life.

Measure the haemoglobin after 10 days.

## Loading

Adults:

- 1 mg intramuscularly three times a week for 2 weeks
- with neurological involvement, 1 mg on alternate days
""",
    "iron.md": """---
title: Iron deficiency
organization: Example College
year: 2015
kind: formulary
jurisdiction: US
---
# Iron deficiency

Ferrous sulfate 200 mg orally once daily. Continue for three months after the hemoglobin is normal.
""",
    "epilepsy.md": """---
title: Epilepsy
year: 2019
kind: textbook
---
# Epilepsy

Phenytoin levels are measured after a change of dose. Avoid valproate in pregnancy.
""",
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path, files: Path) -> Library:
    library = Library.create(tmp_path / "library")
    report = library.add(files, workers=1)
    assert len(report.added) == len(FILES), report
    return library


@pytest.fixture
def write(files: Path) -> Callable[[str, str], Path]:
    def written(name: str, text: str) -> Path:
        path = files / name
        path.write_text(text, encoding="utf-8")
        return path

    return written
