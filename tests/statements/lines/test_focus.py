"""The drug of the sentence before travels with a sentence that names none."""

from pathlib import Path

import pytest

from osler.domain import Statement
from osler.reading import read, walk
from osler.statements import extract
from osler.statements.lines.focus import topic_of


def statements_of(folder: Path, text: str) -> dict[str, Statement]:
    path = folder / "text.md"
    path.write_text(text, encoding="utf-8")
    [document] = [d for raw in walk(path) for d in read(raw)]
    found = extract(document)
    for statement in found:
        for context in statement.context:
            assert document.text[context.start : context.end] == context.quote
    return {s.text: s for s in found}


def focus_of(statement: Statement) -> list[str]:
    return [c.quote for c in statement.context if c.role == "focus"]


def test_a_sentence_goes_on_about_the_drug_before_it(tmp_path: Path) -> None:
    found = statements_of(
        tmp_path,
        "# Allergic emergencies\n\nGive adrenaline into the thigh. Repeat after 5 minutes.\n",
    )
    assert focus_of(found["Repeat after 5 minutes."]) == ["Give adrenaline into the thigh."]
    assert "adrenaline" not in found["Repeat after 5 minutes."].text


def test_the_next_item_of_a_list_is_on_its_own(tmp_path: Path) -> None:
    found = statements_of(
        tmp_path, "# Ears\n\n- First choice: amoxicillin 500 mg.\n- Treat for 5 days.\n"
    )
    assert focus_of(found["Treat for 5 days."]) == []


@pytest.mark.parametrize(
    ("text", "drug"),
    [
        ("Also, before any high-dose steroid or transplant.", None),
        ("Before any steroid, give ivermectin.", "ivermectin"),
        ("Quinagolide, for those who cannot take cabergoline.", "quinagolide"),
    ],
)
def test_what_comes_later_or_cannot_be_had_is_no_topic(text: str, drug: str | None) -> None:
    assert topic_of(text) == drug


def test_a_heading_ends_it(tmp_path: Path) -> None:
    found = statements_of(
        tmp_path, "# A\n\nGive adrenaline at once.\n\n# B\n\nRepeat after 5 minutes.\n"
    )
    assert focus_of(found["Repeat after 5 minutes."]) == []


def test_a_sentence_about_two_drugs_gives_no_focus(tmp_path: Path) -> None:
    found = statements_of(
        tmp_path,
        "# Substitution\n\n"
        "Buprenorphine: begin 24 hours after methadone. The first dose is 4 mg.\n\n"
        "Give adrenaline or glucagon. The dose is 1 mg.\n",
    )
    labels = [c.quote for c in found["The first dose is 4 mg."].context if c.role == "label"]
    assert labels == ["Buprenorphine:"]  # names the drug nearer than the sentence does
    assert topic_of("Buprenorphine: begin 24 hours after methadone.") == "buprenorphine"
    assert focus_of(found["The dose is 1 mg."]) == []


def test_a_companion_is_the_topic_where_no_other_drug_is_named() -> None:
    assert topic_of("Ventilation comes before naloxone.") == "naloxone"
    assert topic_of("Give aspirin with clopidogrel.") == "aspirin"
    assert topic_of("Begin a day after methadone.") is None
    assert topic_of("One dose is considered when paracetamol has failed.") is None


@pytest.mark.parametrize("who", ["Patients not taking warfarin", "If receiving warfarin"])
def test_a_drug_that_tells_who_is_meant_is_no_topic(who: str) -> None:
    assert topic_of(f"{who}: 20 mg daily.") is None


def test_what_is_given_with_it_or_flushes_it_in_is_not_what_it_is_about() -> None:
    assert topic_of("Give amiodarone fast into a big vein, then a saline flush.") == "amiodarone"
    assert topic_of("Brucellosis (in synergy with a tetracycline) is another matter.") is None
    assert topic_of("Treat with doxycycline.") == "doxycycline"


def test_a_table_after_the_sentence_with_the_drug_is_on_it(tmp_path: Path) -> None:
    found = statements_of(
        tmp_path,
        "# Arrest\n\nStill in VF: amiodarone, then a saline flush.\n\n"
        "| | First | Second |\n|---|---|---|\n| Adult | 300 mg | 150 mg |\n",
    )
    [row] = [s for text, s in found.items() if "300 mg" in text]
    assert focus_of(row) == ["Still in VF: amiodarone, then a saline flush."]


def test_what_poisoned_somebody_is_not_what_is_given_for_it(tmp_path: Path) -> None:
    found = statements_of(
        tmp_path,
        "# Antidotes\n\nBETA BLOCKER POISONING (adults):\n\n"
        "- Glucagon 5 mg over 1 minute. Then infuse 3 mg each hour.\n",
    )
    assert focus_of(found["Then infuse 3 mg each hour."]) == ["Glucagon 5 mg over 1 minute."]


@pytest.mark.parametrize(
    "text",
    [
        "Cumulative maximum 7 mg/kg; 4 mg/kg if it is due to aniline or dapsone.",
        "It is given again where the fits are caused by theophylline.",
        "Hypothyroidism secondary to amiodarone: 25 micrograms.",
    ],
)
def test_what_an_illness_is_due_to_is_not_what_is_given(text: str) -> None:
    assert topic_of(text) is None


def test_a_list_is_on_the_drug_that_ends_the_paragraph_before_it(tmp_path: Path) -> None:
    found = statements_of(
        tmp_path,
        "# Lymphangioma\n\nSmall ones: bleomycin by injection.\n\nAll others: oral sirolimus.\n\n"
        "1. See the dentist first.\n2. Begin with 1 mg once daily.\n",
    )
    assert focus_of(found["Begin with 1 mg once daily."]) == ["All others: oral sirolimus."]


def test_a_list_is_not_on_a_drug_that_is_only_mentioned_before_it(tmp_path: Path) -> None:
    found = statements_of(
        tmp_path,
        "# Lymphangioma\n\nOral sirolimus has been tried for this.\n\n"
        "1. See the dentist first.\n2. Begin with 1 mg once daily.\n",
    )
    assert focus_of(found["Begin with 1 mg once daily."]) == []


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Patients with a body iron that is held steady begin at 7 mg/kg.", None),
        ("Transfusional iron overload needs deferiprone 25 mg/kg.", "deferiprone"),
        ("Serum potassium above 5.5 stops spironolactone.", "spironolactone"),
    ],
)
def test_what_the_body_holds_is_not_given(text: str, topic: str | None) -> None:
    assert topic_of(text) == topic


@pytest.mark.parametrize("name", ["Zurimexine", "Brolantamide:"])
def test_a_line_that_may_name_an_unknown_drug_ends_it(tmp_path: Path, name: str) -> None:
    text = f"Atenolol: 25 mg once daily.\n\n{name}\n\n- begin with 250 mg twice daily\n"
    assert focus_of(statements_of(tmp_path, text)["begin with 250 mg twice daily"]) == []


@pytest.mark.parametrize("who", ["Maintenance:", "Children:", "Adolescents:"])
def test_a_line_that_tells_when_or_whom_does_not(tmp_path: Path, who: str) -> None:
    text = f"Atenolol is given by mouth.\n\n{who}\n\n- begin with 25 mg twice daily\n"
    assert focus_of(statements_of(tmp_path, text)["begin with 25 mg twice daily"])


def test_a_drug_that_cannot_be_borne_is_not_what_the_text_goes_on_about() -> None:
    assert topic_of("For a marrow that cannot bear ganciclovir.") is None
    assert topic_of("Foscarnet, where the marrow cannot bear ganciclovir.") == "foscarnet"


def test_what_another_drug_acts_on_is_not_what_the_text_goes_on_about() -> None:
    assert topic_of("Counteracts levodopa, so they are kept apart.") is None
    assert topic_of("Levodopa counteracts the tremor.") == "levodopa"


def test_a_sentence_on_who_never_had_a_class_goes_on_about_the_drug(tmp_path: Path) -> None:
    found = statements_of(
        tmp_path,
        "Naloxone: 100 micrograms every 2 minutes. In patients who have never had opioids: "
        "400 micrograms.\n",
    )
    naive = next(s for text, s in found.items() if "never had" in text)
    assert any("Naloxone" in quote for quote in focus_of(naive))
