"""A title or heading that names children beside others says of no dose that it is theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from osler.answering import ask
from osler.domain import Statement
from osler.library import Library
from osler.reading import read, walk
from osler.statements import extract

DOSE = "Ketorolac 10 mg by mouth every 6 hours for pain."


def dose_of(folder: Path, text: str) -> Statement:
    (folder / "a.md").write_text(text, encoding="utf-8")
    [document] = [d for raw in walk(folder / "a.md") for d in read(raw)]
    return next(s for s in extract(document) if s.text == DOSE)


@pytest.mark.parametrize(
    "text",
    [
        f"# Ketorolac for adults and children\n\n{DOSE}\n",
        f"# Pain in children and adults\n\n## Doses\n\n- {DOSE}\n",
        f"# Handbook of surgery and paediatrics\n\n## Pain\n\n{DOSE}\n",
        f"# Handbook\n\n## Surgery and paediatrics\n\n{DOSE}\n",
        f"# Handbook\n\n## Paediatrics & emergency medicine\n\n{DOSE}\n",
        f"# Handbook\n\n## Obstetrics and gynaecology, cardiology and paediatrics\n\n{DOSE}\n",
        f"# Handbook\n\n## Adult and paediatric surgery\n\n### Pain\n\n{DOSE}\n",
        f"# Handbook\n\nThis handbook is for adults and children.\n\n## Pain\n\n{DOSE}\n",
    ],
)
def test_such_a_dose_is_not_a_childs(tmp_path: Path, text: str) -> None:
    assert "life stage" not in dose_of(tmp_path, text).group.attributes
    with Library.create(tmp_path / "library") as library:
        library.add([tmp_path / "a.md"])
        child = ask(library, "ketorolac dose for pain in a child of 4 years")
        anybody = ask(library, "ketorolac dose for pain")
    assert not child.answered
    assert "10 mg" in anybody.bottom_line[0].text


@pytest.mark.parametrize(
    "text",
    [
        f"# Ketorolac\n\n## Adults and children\n\n{DOSE}\n",
        f"# Ketorolac\n\n## Dose for adults and children\n\n{DOSE}\n",
        f"# Ketorolac\n\n## Adults and children with burns\n\n{DOSE}\n",
        f"# Ketorolac\n\n## Paediatrics\n\n{DOSE}\n",
        f"# Ketorolac\n\n## Infants and children\n\n{DOSE}\n",
        f"# Ketorolac in children and young people\n\n{DOSE}\n",
        f"# Fever and pain in children\n\n{DOSE}\n",
        f"# Ketorolac in adults and children over 3 years\n\n{DOSE}\n",
        f"# Handbook\n\n## Colic and newborns\n\n{DOSE}\n",
        f"# Handbook\n\n## Asthma and children\n\n{DOSE}\n",
        f"# Handbook\n\n## Trauma, burns and infants\n\n{DOSE}\n",
        f"# Handbook\n\n## Burns and paediatrics\n\n{DOSE}\n",
        f"# Handbook\n\n## Surgery for burns and paediatrics\n\n{DOSE}\n",
        f"# Handbook\n\n## Surgery and children\n\n{DOSE}\n",
    ],
)
def test_a_heading_that_says_whom_its_lines_are_for_still_does(tmp_path: Path, text: str) -> None:
    assert dose_of(tmp_path, text).group.attributes & {"life stage", "age"}
