"""What stands under a heading that forbids says so by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from osler.domain import Polarity, Statement, StatementKind
from osler.reading import read, walk
from osler.statements import extract
from osler.statements.groups.forbidding import behind, forbids, forbids_or_warns, label_that_forbids


def statements_of(folder: Path, name: str, text: str) -> list[Statement]:
    (folder / name).write_text(text, encoding="utf-8")
    [document] = [d for raw in walk(folder / name) for d in read(raw)]
    return list(extract(document))


@pytest.mark.parametrize(
    "heading",
    [
        *("Contraindications", "CONTRAINDICATIONS", "4.3 Contraindications", "Contra-indications:"),
        *("Absolute contraindications", "Contraindications to thrombolysis", "Do not use"),
        *("DO NOT USE", "Do not give if", "When not to use", "Avoid in", "Not for", "Avoid"),
        *("Drugs to avoid", "Who should not take it", "Contraindicated in", "5. Do not use in"),
    ],
)
def test_a_heading_that_forbids(heading: str) -> None:
    assert forbids(heading)


@pytest.mark.parametrize(
    "heading",
    [
        *("Indications", "No contraindications", "Contraindications and cautions", "Dose"),
        *("Notes", "Use in pregnancy", "How to avoid dehydration", "Not only for adults"),
        *("Not contraindicated", "Avoiding falls", "Interactions", "4.3", ""),
    ],
)
def test_a_heading_that_does_not(heading: str) -> None:
    assert not forbids(heading)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "a.md",
            "# Tizanidine\n\n## Contraindications\n\n- Liver failure\n",
            "Contraindications: ",
        ),
        ("a.md", "# Tizanidine\n\n## Not for\n\n### Absolute\n\n- Liver failure\n", "Not for: "),
        (
            "a.html",
            "<h1>Tizanidine</h1><h2>DO NOT USE</h2><ul><li>Liver failure</li></ul>",
            "Do not use: ",
        ),
        (
            "a.txt",
            "Tizanidine\n\n4.2 Posology\n\nGive 2 mg at night.\n\n4.3 Contraindications\n\n"
            "Liver failure\n",
            "Contraindications: ",
        ),
    ],
)
def test_a_line_under_it_is_worded_as_a_bar(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    found = statements_of(tmp_path, name, text)[-1]
    assert found.text == f"{said}Liver failure"
    assert found.quote == "Liver failure" or found.quote == "- Liver failure"
    assert found.polarity is Polarity.NEGATIVE
    assert found.kind is StatementKind.CONTRAINDICATION
    assert [c.value for c in found.group.criteria] == ["liver failure"]


def test_each_line_stands_for_itself_and_the_next_heading_ends_it(tmp_path: Path) -> None:
    text = (
        "Alteplase\n\n4.3 Contraindications\n\nPast haemorrhagic stroke.\nActive bleeding.\n\n"
        "4.4 Storage\n\nKept in the fridge.\n"
    )
    assert [s.text for s in statements_of(tmp_path, "a.txt", text)] == [
        "Contraindications: Past haemorrhagic stroke.",
        "Contraindications: Active bleeding.",
        "Kept in the fridge.",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Baclofen must not be used in active peptic ulcer.",
        "Use with caution in epilepsy.",
        "Baclofen may be used in asthma.",
    ],
)
def test_a_sentence_that_forbids_or_allows_by_itself_is_left_alone(
    tmp_path: Path, sentence: str
) -> None:
    text = f"# Baclofen\n\n## Contraindications\n\n{sentence}\n"
    assert statements_of(tmp_path, "a.md", text)[-1].text == sentence


@pytest.mark.parametrize(
    ("text", "is_left"),
    [
        ("Shock has followed an iron infusion.", True),
        ("Patients who have porphyria.", False),
        ("Anyone whose clearance is below 30.", False),
    ],
)
def test_a_sentence_with_a_verb_of_its_own_is_left_as_it_is(text: str, is_left: bool) -> None:
    assert (behind("Contraindications", text) == text) is is_left


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Avoid: porphyria", "Avoid:"),
        ("Contraindicated – porphyria", "Contraindicated –"),
        ("Contraindications - porphyria", "Contraindications -"),
        ("Contraindications Porphyria, gout", "Contraindications"),
        ("Contraindications are few", ""),
        ("Contraindications and cautions: gout", ""),
        ("Avoid giving more than 5 mg – it sedates", ""),
    ],
)
def test_a_label_that_forbids_ends_with_its_mark_or_its_type(text: str, label: str) -> None:
    assert text[: label_that_forbids(text)].strip() == label


@pytest.mark.parametrize(
    ("heading", "is_mixed"),
    [
        ("Contraindications and cautions", True),
        ("4.4 Contraindications/precautions", True),
        ("Cautions and contraindications", True),
        ("Contraindications", False),
        ("Cautions", False),
    ],
)
def test_a_heading_over_bars_and_cautions(heading: str, is_mixed: bool) -> None:
    assert forbids_or_warns(heading) is is_mixed
