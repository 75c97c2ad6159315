"""A bar is of the drug that it bars, wherever it names the other one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import TINZAPARIN

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library

CO_TRIMOXAZOLE = """# Urinary infection

Trimethoprim 200 mg by mouth twice daily for 3 days.

- On methotrexate: do not use trimethoprim
- If taking warfarin, avoid nitrofurantoin
"""


def asked(folder: Path, name: str, text: str, question: str) -> Answer:
    (folder / name).write_text(text, "utf-8")
    with Library.create(folder / "library") as library:
        library.add([folder / name])
    return ask(Library.open(folder / "library"), question)


def opening(answer: Answer) -> str:
    return " / ".join(claim.text for claim in answer.bottom_line)


def everything(answer: Answer) -> str:
    return opening(answer) + " / ".join(c.text for s in answer.sections for c in s.claims)


@pytest.mark.parametrize(
    "question",
    [
        "tinzaparin dose pulmonary embolism with heparin-induced thrombocytopenia",
        "tinzaparin treatment dose pulmonary embolism, CrCl 12",
    ],
)
def test_no_dose_stands_beside_a_bar_that_names_another_drug(tmp_path: Path, question: str) -> None:
    answer = asked(tmp_path, "a.md", TINZAPARIN, question)
    assert "o not use" in opening(answer)
    assert "175 units" not in everything(answer)


def test_the_other_drug_before_its_bar_bars(tmp_path: Path) -> None:
    question = "trimethoprim dose urinary infection, patient takes methotrexate"
    said = opening(asked(tmp_path, "a.md", CO_TRIMOXAZOLE, question))
    assert said.endswith("On methotrexate: do not use trimethoprim")


@pytest.mark.parametrize("beside", ["warfarin", "ramipril"])
def test_a_bar_of_another_drug_bars_not_this_one(tmp_path: Path, beside: str) -> None:
    question = f"trimethoprim dose urinary infection, patient takes {beside}"
    assert "200 mg" in opening(asked(tmp_path, "a.md", CO_TRIMOXAZOLE, question))


FEBUXOSTAT = """# Febuxostat in gout

Febuxostat 80 mg by mouth once daily.

Do not start during an acute attack of gout.
"""


def test_what_is_not_started_in_an_attack_is_not_dosed_in_one(tmp_path: Path) -> None:
    said = opening(asked(tmp_path, "a.md", FEBUXOSTAT, "febuxostat dose acute attack of gout"))
    assert said.endswith("Do not start during an acute attack of gout.")


def test_a_bar_for_an_attack_bars_nobody_between_them(tmp_path: Path) -> None:
    assert "80 mg" in opening(asked(tmp_path, "a.md", FEBUXOSTAT, "febuxostat dose for gout"))


@pytest.mark.parametrize(
    "bar",
    [
        "Contraindicated in gout, acute heart failure and phaeochromocytoma.",
        "Contraindicated in acute heart failure, gout and phaeochromocytoma.",
        "Contraindicated in acute asthma or gout.",
        "Contraindicated in gout and during relapses of colitis.",
    ],
)
def test_the_attack_of_another_illness_beside_it_leaves_the_bar(tmp_path: Path, bar: str) -> None:
    text = FEBUXOSTAT.replace("Do not start during an acute attack of gout.", bar)
    said = opening(asked(tmp_path, "a.md", text, "febuxostat dose for gout"))
    assert said.endswith(bar)
    assert "80 mg" not in said


@pytest.mark.parametrize("attack", ["a gout flare", "flares of gout", "an acute attack of gout"])
def test_the_attack_may_be_told_before_or_behind_the_illness(tmp_path: Path, attack: str) -> None:
    text = FEBUXOSTAT.replace("an acute attack of gout", attack)
    assert "80 mg" in opening(asked(tmp_path, "a.md", text, "febuxostat dose for gout"))


def test_acute_may_be_the_kind_of_an_illness_that_lasts(tmp_path: Path) -> None:
    bar = "Contraindicated in acute porphyria."
    text = f"# Carbamazepine\n\nCarbamazepine for pain: 100 mg twice daily.\n\n{bar}\n"
    question = "carbamazepine dose for pain, porphyria"
    said = opening(asked(tmp_path, "a.md", text, question))
    assert bar in said
    assert "100 mg" not in said
