from __future__ import annotations

from collections.abc import Iterator

import pytest

from osler.library import Library

DOCUMENTS = {
    "hospital.md": """---
title: Folic acid before pregnancy
organization: Our hospital
year: 2023
kind: guideline
jurisdiction: GB
---
# Folic acid before pregnancy

Women planning pregnancy without other risks take folic acid 400 micrograms orally once daily.

Women with diabetes who are planning pregnancy take folic acid 5 mg orally once daily.
""",
    "clinic.md": """---
title: Folic acid, advice of the clinic
organization: Our clinic
year: 2021
kind: guideline
jurisdiction: US
---
# Folic acid before pregnancy

Women planning pregnancy without other risks take folic acid 800 micrograms orally once daily.
""",
    "chest.md": """---
title: Chest infection
organization: Our hospital
year: 2022
kind: guideline
---
# Pneumonia

Adults with pneumonia: amoxicillin 500 mg orally three times daily for 5 days.

Children aged 1 to 4 years with pneumonia: amoxicillin 250 mg orally three times daily.
""",
}


@pytest.fixture(scope="session")
def wards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of three short documents of ours, ranked by words."""
    folder = tmp_path_factory.mktemp("wards")
    texts = folder / "texts"
    texts.mkdir()
    for name, text in DOCUMENTS.items():
        (texts / name).write_text(text, "utf-8")
    with Library.create(folder / "library") as library:
        library.add(texts)
        yield library
