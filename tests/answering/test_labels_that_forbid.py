"""What stands behind a label, in a row or under a column that forbids bars the drug."""

from __future__ import annotations

from pathlib import Path

import pytest

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library

DOSE = "Flecainide 50 mg by mouth twice daily for atrial fibrillation."
IN_PORPHYRIA = "flecainide dose atrial fibrillation with porphyria"
IN_EPILEPSY = "flecainide dose atrial fibrillation with epilepsy"


def asked(folder: Path, name: str, text: str, question: str) -> Answer:
    (folder / name).write_text(text, "utf-8")
    with Library.create(folder / "library") as library:
        library.add([folder / name])
    return ask(Library.open(folder / "library"), question)


def opening(answer: Answer) -> str:
    return " / ".join(claim.text for claim in answer.bottom_line)


BARS = {
    "a bold label opens a paragraph": (
        "a.md",
        f"# Flecainide\n\n{DOSE}\n\n**Contraindications.** Heart failure, porphyria.\n",
    ),
    "a label holds for the sentences after it": (
        "a.txt",
        f"Flecainide\n\n{DOSE}\n\nContraindications. Heart failure. Porphyria.\n\n"
        "Monitoring. ECG after a week.\n",
    ),
    "a label with a dash opens an item": (
        "a.md",
        f"# Flecainide\n\n- {DOSE}\n- **Contraindicated** – heart failure; porphyria\n",
    ),
    "only its type sets the label off": (
        "a.html",
        f"<h1>Flecainide</h1><p>{DOSE}</p><p><b>Contraindications</b> Gout, porphyria.</p>",
    ),
    "not for": ("a.txt", f"Flecainide\n\n{DOSE}\n\nNot for: heart failure, porphyria.\n"),
    "avoid": ("a.txt", f"Flecainide\n\n{DOSE}\n\nAvoid: porphyria.\n"),
    "a row under a heading": (
        "a.md",
        f"# Flecainide\n\n{DOSE}\n\n## Contraindications\n\n| Condition | Reason |\n|---|---|\n"
        "| Porphyria | Attacks |\n| Heart failure | Epilepsy |\n",
    ),
    "a row with a label": (
        "a.md",
        f"# Flecainide\n\n| Item | Details |\n|---|---|\n| Dose | {DOSE} |\n"
        "| Contraindications | porphyria, heart failure |\n| Cautions | epilepsy |\n",
    ),
    "a row with a label and no header": (
        "a.html",
        f"<h1>Flecainide</h1><table><tr><td>Dose</td><td>{DOSE}</td></tr>"
        "<tr><td>Avoid in</td><td>porphyria</td></tr></table>",
    ),
    "a column": (
        "a.md",
        "# Drugs for atrial fibrillation\n\n| Drug | Dose | Contraindications |\n|---|---|---|\n"
        "| Flecainide | 50 mg by mouth twice daily | porphyria |\n"
        "| Sotalol | 80 mg by mouth twice daily | asthma |\n",
    ),
    "a cell that bars its row's label": (
        "a.md",
        f"# Flecainide\n\n{DOSE}\n\n| Condition | Advice |\n|---|---|\n| Porphyria | Avoid |\n"
        "| Epilepsy | No change |\n",
    ),
    "a line that ends in its bar, under a mixed heading": (
        "a.md",
        f"# Flecainide\n\n{DOSE}\n\n## Contraindications and cautions\n\n"
        "- Porphyria: contraindicated\n- Epilepsy: use with caution\n",
    ),
}


@pytest.mark.parametrize(("name", "text"), BARS.values(), ids=BARS)
def test_who_has_what_is_barred_is_not_dosed(tmp_path: Path, name: str, text: str) -> None:
    said = opening(asked(tmp_path, name, text, IN_PORPHYRIA))
    assert "orphyria" in said
    assert "mg" not in said


@pytest.mark.parametrize(("name", "text"), BARS.values(), ids=BARS)
def test_who_has_something_else_is_dosed(tmp_path: Path, name: str, text: str) -> None:
    said = opening(asked(tmp_path, name, text, "flecainide dose for atrial fibrillation"))
    assert "50 mg" in said


def test_the_reason_beside_what_is_barred_bars_nobody(tmp_path: Path) -> None:
    said = opening(asked(tmp_path, *BARS["a row under a heading"], IN_EPILEPSY))
    assert "50 mg" in said


MIXED = {
    "a heading": (
        "a.md",
        f"# Flecainide\n\n{DOSE}\n\n## Contraindications and cautions\n\n- Epilepsy\n- Gout\n",
    ),
    "a label": (
        "a.md",
        f"# Flecainide\n\n{DOSE}\n\n**Contraindications and cautions.** Epilepsy, gout.\n",
    ),
    "a row": (
        "a.md",
        f"# Flecainide\n\n| | |\n|---|---|\n| Dose | {DOSE} |\n"
        "| Contraindications/cautions | epilepsy, gout |\n",
    ),
}


@pytest.mark.parametrize(("name", "text"), MIXED.values(), ids=MIXED)
def test_what_may_be_barred_opens_and_leaves_no_dose(tmp_path: Path, name: str, text: str) -> None:
    said = opening(asked(tmp_path, name, text, IN_EPILEPSY))
    assert "autions: epilepsy" in said.lower()
    assert "50 mg" not in said


CARED_FOR = {
    "a heading": ("a.md", "## Contraindications and cautions\n\n- Gout\n- {}\n"),
    "a lead-in": ("a.md", "Contraindications and cautions:\n\n- Gout\n- {}\n"),
    "a heading in capitals": ("a.txt", "CONTRAINDICATIONS AND CAUTIONS\n\n- Gout\n- {}\n"),
    "a label": ("a.md", "**Contraindications and cautions.** {}.\n"),
}


@pytest.mark.parametrize(("name", "text"), CARED_FOR.values(), ids=CARED_FOR)
def test_what_is_only_a_caution_stands_before_the_dose(
    tmp_path: Path, name: str, text: str
) -> None:
    title = "# Flecainide" if name == "a.md" else "Flecainide"
    text = f"{title}\n\n{DOSE}\n\n{text.format('Epilepsy: use with caution')}"
    first, second = asked(tmp_path, name, text, IN_EPILEPSY).bottom_line
    assert "Epilepsy" in first.text
    assert "50 mg" in second.text


def test_a_caution_alone_bars_nobody(tmp_path: Path) -> None:
    said = opening(asked(tmp_path, *BARS["a row with a label"], IN_EPILEPSY))
    assert "50 mg" in said
