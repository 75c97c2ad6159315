import pytest

from osler.statements import find_conditions, find_substances
from osler.statements.vocabulary.substances import (
    base_of,
    belongs_to,
    canonical,
    classes_of,
    find_subjects,
    members,
    synonyms,
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Give acetaminophen or epinephrine", ["paracetamol", "adrenaline"]),
        ("Glucophage 500 mg", ["metformin"]),
        ("ferrous sulphate 200 mg", ["ferrous sulfate"]),
        ("ferrous dose per kg", ["iron"]),
        ("NiQuitin 24h, or nicotine gum", ["nicotine", "nicotine"]),
        ("amoxicillin–clavulanate", ["co-amoxiclav"]),
        ("artemether-lumefantrine", ["artemether-lumefantrine"]),
        ("Pabrinex", ["vitamins b and c"]),
        ("Thiamin (vitamin B1)", ["thiamine", "thiamine"]),
        ("examplizumab and testopril", ["examplizumab", "testopril"]),
        ("urso for itching, or UDCA", ["ursodeoxycholic acid", "ursodeoxycholic acid"]),
        ("vanc and co-amox, then pred", ["vancomycin", "co-amoxiclav", "prednisolone"]),
        ("ACT for malaria", ["artemisinin combination therapy"]),
        ("act at once and rig the tent", []),
        ("the stone, the virus and the person", []),
        ("Take one a day with food and plenty of water", []),
        ("8-MOP capsules, 8-methoxypsoralen", ["methoxsalen", "methoxsalen"]),
    ],
)
def test_substances_are_found(text: str, names: list[str]) -> None:
    found = find_substances(text)
    assert [f.name for f in found] == names
    assert all(f.text == text[f.start : f.end] for f in found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Levothyroxine sodium (thyroxine sodium)", ["levothyroxine", "levothyroxine"]),
        ("ramipril, sodium 128", ["ramipril", "sodium"]),
        ("diuretic potassium levels", ["diuretic", "potassium"]),
        ("Ciprofloxacni 500 mg", ["ciprofloxacin"]),
        ("Psuedoephedrine 30 mg", ["pseudoephedrine"]),
        ("Pseudoephedirnne", []),  # more than two letters swapped
        ("prednisone and prednisolone", ["prednisone", "prednisolone"]),
    ],
)
def test_salts_and_swapped_letters(text: str, names: list[str]) -> None:
    assert [found.name for found in find_substances(text)] == names


def test_salts_differ_and_share_a_base() -> None:
    assert canonical("hydroxycobalamin") != canonical("cyanocobalamin")
    assert base_of("hydroxocobalamin") == base_of("cyanocobalamin") == "vitamin b12"
    assert base_of("ferrous fumarate") == base_of("ferrous sulphate") == "iron"
    assert base_of("colecalciferol") == base_of("vitamin D2") == "vitamin d"
    assert base_of("metformin") == "metformin"


def test_classes_have_members() -> None:
    assert "atorvastatin" in members("statins")
    assert "beta-lactam" in classes_of("amoxicillin")
    assert belongs_to("co-trimoxazole", "antifolate")
    assert not belongs_to("metformin", "statin")
    assert "acetaminophen" in synonyms("paracetamol")


def test_short_abbreviations_count_in_capitals_only() -> None:
    assert [f.name for f in find_conditions("AF and CKD")] == [
        "atrial fibrillation",
        "chronic kidney disease",
    ]
    assert find_conditions("hf") == ()
    assert [f.name for f in find_conditions("hf", any_case=True)] == ["heart failure"]


def test_what_is_measured_is_no_subject() -> None:
    assert not find_subjects("Bloods (FBC, LFT, albumin):")
    assert [f.name for f in find_subjects("Albumin in cirrhosis")] == ["albumin"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("piperacillin with tazobactam 4.5 g", "piperacillin-tazobactam"),
        ("Sulfamethoxazole with trimethoprim", "co-trimoxazole"),
        ("salmeterol plus fluticasone", "salmeterol-fluticasone"),
        ("levodopa with carbidopa", "levodopa-carbidopa"),
    ],
)
def test_a_fixed_combination_written_with_its_parts_is_one_drug(text: str, name: str) -> None:
    assert [found.name for found in find_substances(text)] == [name]


def test_two_drugs_given_together_stay_two() -> None:
    found = find_substances("ceftriaxone with azithromycin")
    assert [each.name for each in found] == ["ceftriaxone", "azithromycin"]


def test_no_colon_stands_within_a_name() -> None:
    assert [found.name for found in find_substances("One-alpha 1 microgram")] == ["alfacalcidol"]
    assert not find_substances("Step one: alpha blockade")


def test_before_an_operation_is_no_drug() -> None:
    assert find_substances("Adult 300 mg i.m. 30 min pre-op.") == ()


@pytest.mark.parametrize(
    "label",
    [
        "A marrow that cannot bear ganciclovir.",
        "Who cannot take aspirin:",
        "Resistant to isoniazid",
    ],
)
def test_a_label_is_not_on_the_drug_that_is_not_borne(label: str) -> None:
    assert find_subjects(label) == ()
