"""How a draft is read, in codes and in words, and what it is compared with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hooks_requests import IM, ORAL, Json, bundle, call, condition, egfr, order, patient, taking

from osler.pathways.hooks import Service
from osler.pathways.hooks.contradicting import contradictions
from osler.pathways.hooks.service import actions_of
from osler.pathways.orders import read_order

Cards = Callable[[str, Json], list[Json]]
DIABETES, DEFICIENCY = condition("Type 2 diabetes"), condition("Vitamin B12 deficiency")
METFORMIN, B12 = "metformin-order-sign", "vitamin-b12-order-sign"
TWICE, MONTHLY = (2, 1, "d"), (1, 1, "mo")
INTRAVENOUS, SUBLINGUAL = "47625008", "37839007"
CHILD = patient(birthDate="2018-01-01")
WARNING = ("warning", "critical")


def in_words(text: str, drug: str = "Metformin 500 mg tablets", **more: Any) -> Json:
    return order(drug, 1, "mg") | {"dosageInstruction": [{"text": text, **more}]}


def coded_beside(
    text: str, drug: str = "Metformin 500 mg tablets", value: float = 500, **more: Any
) -> Json:
    """A dose twice a day by mouth, coded, with words beside it."""
    made = order(drug, value, "mg", route=ORAL, every=(2, 1, "d"))
    made["dosageInstruction"][0] |= {"text": text, **more}
    return made


def found(made: list[Json], indicator: str, words: str) -> bool:
    return any(c["indicator"] == indicator and words in c["summary"] for c in made)


def pressing(made: list[Json]) -> list[str]:
    return [card["summary"] for card in made if card["indicator"] in WARNING]


def unread(made: list[Json]) -> list[str]:
    return [c["summary"] for c in made if "not checked" in c["summary"] or "not be" in c["summary"]]


def metformin(cards: Cards, *orders: Json, record: tuple[Json, ...] = (taking(),)) -> list[Json]:
    return cards(METFORMIN, call("order-sign", DIABETES, egfr(65), *record, orders=orders))


def b12(cards: Cards, *orders: Json, record: tuple[Json, ...] = ()) -> list[Json]:
    return cards(B12, call("order-sign", DEFICIENCY, *record, orders=orders))


@pytest.mark.parametrize(
    "text",
    [
        "500 mg twice daily for 1 week, then 1000 mg four times daily",
        "1 tablet in the morning, 2 tablets at noon and 3 tablets in the evening",
        "Take 1 tablet in the morning and 6 tablets at night",
        "Start 500 mg daily, increase by 500 mg weekly to 4000 mg daily",
        "500mg bd; max 5 g/day",
        "2 tabs with every meal",
        "TWO tablets with each meal and 1 tablet at bedtime, then 3 tablets four times a day",
        "1 g every 4-6 hours as needed",
    ],
)
def test_a_day_above_the_maximum_is_critical_whichever_way_it_is_written(
    cards: Cards, text: str
) -> None:
    made = metformin(cards, in_words(text))
    assert found(made, "critical", "more than the maximum of 2,550 mg")


@pytest.mark.parametrize("when", ["C", "AC", "PC"])
def test_each_meal_is_three_times_a_day(cards: Cards, when: str) -> None:
    draft = order("Metformin 1000 mg tablets", 1000, "mg", route=ORAL)
    draft["dosageInstruction"][0]["timing"] = {"repeat": {"when": [when]}}
    assert found(metformin(cards, draft), "critical", "more than the maximum")
    # With a count beside it, the meal says no more than with what it is taken.
    daily = {"frequency": 1, "period": 1, "periodUnit": "d"}
    draft["dosageInstruction"][0]["timing"] = {"repeat": {"when": [when], **daily}}
    assert pressing(metformin(cards, draft)) == []


@pytest.mark.parametrize(
    "text",
    [
        "500 mg twice daily, then as the clinic says, up to double",
        "500 mg bd, take an extra tablet if sugar is high",
        "500 mg bd, increase every week",
        "1-0-1",
        "as directed",
    ],
)
def test_what_cannot_be_read_whole_is_said(cards: Cards, text: str) -> None:
    made = metformin(cards, in_words(text))
    assert "The drafted dose of Metformin 500 mg tablets was not checked" in unread(made)
    assert "Metformin by renal function: The daily dose could not be read" in unread(made)


def test_part_of_an_order_is_not_what_is_recommended(cards: Cards) -> None:
    right = in_words("500 mg twice daily")
    half = right | {"dosageInstruction": [*right["dosageInstruction"], {"text": "and the rest"}]}
    assert unread(metformin(cards, right, record=())) == []
    assert unread(metformin(cards, half, record=())) != []


def test_what_is_dispensed_is_no_dose(cards: Cards) -> None:
    for text in ("Dispense 60 tablets. 1 tablet twice a day", "1 tablet twice a day, 56 tablets"):
        assert pressing(metformin(cards, in_words(text))) == []


def test_an_amount_without_a_unit_is_not_read(cards: Cards) -> None:
    draft = order("Metformin 500 mg tablets", 500, "mg", route=ORAL, every=TWICE)
    draft["dosageInstruction"][0]["doseAndRate"] = [{"doseQuantity": {"value": 500, "unit": ""}}]
    made = metformin(cards, draft)
    assert pressing(made) == []
    assert "The drafted dose of Metformin 500 mg tablets was not checked" in unread(made)


@pytest.mark.parametrize("element", ["text", "patientInstruction"])
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("500 mg twice daily", False),
        ("Take ONE tablet TWICE a day with food", False),
        ("1 tablet in the morning and 1 tablet at night", False),
        ("500 mg twice daily for 1 week, then 1000 mg four times daily", True),
        ("take 5 tablets four times a day", True),
        ("1 tablet daily", True),
    ],
)
def test_all_that_is_written_is_held_against_the_coded_dose(
    cards: Cards, element: str, text: str, told: bool
) -> None:
    draft = order("Metformin 500 mg tablets", 500, "mg", route=ORAL, every=TWICE)
    draft["dosageInstruction"][0][element] = text
    made = metformin(cards, draft)
    assert found(made, "warning", "is coded") is told
    assert unread(made) == []


def test_a_written_overdose_is_critical_beside_a_right_coded_dose(cards: Cards) -> None:
    draft = order("Metformin 500 mg tablets", 500, "mg", route=ORAL, every=TWICE)
    draft["dosageInstruction"][0]["text"] = "take 5 tablets four times a day"
    assert found(metformin(cards, draft), "critical", "more than the maximum")


def test_words_beside_a_coded_dose_that_may_be_another_are_said(cards: Cards) -> None:
    draft = order("Metformin 500 mg tablets", 500, "mg", route=ORAL, every=TWICE)
    draft["dosageInstruction"][0]["text"] = "500 mg bd, double it after a week"
    (card,) = [c for c in metformin(cards, draft) if "was not checked" in c["summary"]]
    assert "words beside it could not be read" in card["detail"]
    draft["dosageInstruction"][0]["text"] = "Take with a snack; ask the pharmacist about storage"
    assert unread(metformin(cards, draft)) == []


def test_a_schedule_coded_in_parts_is_what_its_words_say(cards: Cards) -> None:
    text = "500 mg in the morning and 1000 mg at night"
    parts = [
        order("Metformin", value, "mg", route=ORAL, every=(1, 1, "d"))["dosageInstruction"][0]
        | {"text": text}
        for value in (500, 1000)
    ]
    draft = order("Metformin", 1, "mg") | {"dosageInstruction": parts}
    assert not found(metformin(cards, draft), "warning", "is coded")


def test_a_maximum_a_day_bounds_what_is_taken_as_needed(cards: Cards) -> None:
    draft = order("Metformin 500 mg tablets", 1000, "mg", route=ORAL, every=(1, 4, "h"))
    draft["dosageInstruction"][0]["asNeededBoolean"] = True
    assert found(metformin(cards, draft), "critical", "more than the maximum")

    def at_most(value: int) -> Json:
        draft["dosageInstruction"][0]["maxDosePerPeriod"] = {
            "numerator": {"value": value, "code": "mg"}, "denominator": {"value": 1, "code": "d"},
        }  # fmt: skip
        return draft

    assert pressing(metformin(cards, at_most(2000))) == []
    assert found(metformin(cards, at_most(8000)), "critical", "more than the maximum")


@pytest.mark.parametrize("born", ["2009-06-01", "2014-06-01", "2021-06-01", "1980"])
def test_above_every_ceiling_is_critical_at_any_age(cards: Cards, born: str) -> None:
    draft = order("Metformin 500 mg tablets", 5000, "mg", route=ORAL, every=TWICE)
    body = call("order-sign", patient(birthDate=born), DIABETES, egfr(95), orders=(draft,))
    assert found(cards(METFORMIN, body), "critical", "more than the maximum of 2,")


def test_the_maxima_in_words_are_known_to_the_service(services: dict[str, Service]) -> None:
    known = dict(services[METFORMIN].known)
    most = {d.low for d in known["up-immediate"].dosages}
    assert {str(amount) for amount in most} == {"2550"}


@pytest.mark.parametrize(
    ("drug", "value", "unit", "route"),
    [
        ("Cyanocobalamin tablets", 1000, "mg", ORAL),
        ("Cytacon 50 mcg tablets", 50, "mg", ORAL),
        ("Hydroxocobalamin", 1000, "mg", INTRAVENOUS),
        ("B-12 1000 mcg/mL injection", 1000, "mg", IM),
        ("Vitamin B-12", 1000, "mg", IM),
    ],
)
def test_a_thousandfold_is_critical_for_every_form_and_route(
    cards: Cards, drug: str, value: int, unit: str, route: str
) -> None:
    draft = order(drug, value, unit, route=route, every=(1, 1, "d"))
    assert found(b12(cards, draft), "critical", "is drafted, the pathway has")


def test_another_form_or_use_is_no_slip(cards: Cards) -> None:
    """Ten micrograms in a tablet are a supplement; a vial of 5 g is sold as that."""
    low = order("Cyanocobalamin 10 microgram tablets", 10, "ug", route=ORAL, every=(1, 1, "d"))
    vial = order("Hydroxocobalamin 5 g powder for infusion", 5, "g", route=INTRAVENOUS)
    for draft in (low, vial):
        assert not found(b12(cards, draft), "critical", "")


@pytest.mark.parametrize("drug", ["Hydroxocobalamin", "Cyanocobalamin", "Methylcobalamin"])
@pytest.mark.parametrize("every", [(3, 1, "wk"), (1, 1, "d")])
def test_a_salt_for_a_child_is_held_against_what_names_none(
    cards: Cards, drug: str, every: tuple[int, int, str]
) -> None:
    adult = order(f"{drug} 1 mg/ml injection", 1, "mg", every=every)
    assert pressing(b12(cards, adult, record=(CHILD,))) != []
    stated = order(f"{drug} 1 mg/ml injection", 100, "ug", every=MONTHLY)
    assert pressing(b12(cards, stated, record=(CHILD,))) == []


def test_a_salt_goes_by_what_names_none_only_by_the_same_route() -> None:
    generic = read_order(order("Vitamin B12", 2, "mg", route=ORAL, every=(1, 1, "d")))
    swallowed = read_order(order("Cyanocobalamin", 2, "mg", route=ORAL, every=(1, 1, "d")))
    injected = read_order(order("Cyanocobalamin", 2, "mg", route=IM, every=(1, 1, "d")))
    hydroxo = read_order(order("Hydroxocobalamin", 2, "mg", route=ORAL, every=(1, 1, "d")))
    assert generic
    assert swallowed
    assert injected
    assert hydroxo
    assert swallowed.fulfils(generic)
    assert not injected.fulfils(generic)
    assert generic.fulfils(swallowed)
    assert not swallowed.fulfils(hydroxo)
    assert not swallowed.names(hydroxo)


def by_reference(reference: Json, *contained: Json) -> Json:
    draft = order("x", 1000, "ug", every=MONTHLY)
    del draft["medicationCodeableConcept"]
    return draft | {"medicationReference": reference, "contained": list(contained)}


@pytest.mark.parametrize(
    "draft",
    [
        by_reference(
            {"reference": "#m"},
            {"resourceType": "Medication", "id": "m", "code": {"text": "Cytamen 1000"}},
        ),
        by_reference(
            {"reference": "#m", "display": "Cytamen 1000"},
            {"resourceType": "Medication", "id": "m", "code": {"text": "Cytamen 1000"}},
        ),
        by_reference({"display": "Cytamen 1000 mcg/ml"}),
        by_reference(
            {"reference": "#m"},
            {
                "resourceType": "Medication",
                "id": "m",
                "ingredient": [{"itemReference": {"reference": "#s"}}],
            },
            {"resourceType": "Substance", "id": "s", "code": {"text": "cyanocobalamin"}},
        ),
    ],
    ids=["contained", "both", "display", "ingredient"],
)
def test_a_brand_by_reference_is_the_salt_that_it_holds(cards: Cards, draft: Json) -> None:
    made = b12(cards, draft, record=(condition("CKD stage 4"),))
    assert found(made, "warning", "Cyanocobalamin is being ordered and the kidneys are impaired")


def test_a_reference_that_names_its_drug_is_named_once(cards: Cards) -> None:
    drug = {"resourceType": "Medication", "id": "m", "code": {"text": "Metformin 500 mg"}}
    draft = by_reference({"reference": "#m"}, drug)
    draft["dosageInstruction"] = [{"text": "as directed"}]
    (title,) = [t for t in unread(metformin(cards, draft)) if "drafted" in t]
    assert title == "The drafted dose of Metformin 500 mg was not checked"


@pytest.mark.parametrize(
    "reference",
    ["Medication/9", "https://ehr.example/fhir/Medication/9", "Medication/9/_history/2"],
)
@pytest.mark.parametrize("where", ["draftOrders", "prefetch"])
def test_a_medication_is_found_wherever_it_was_sent(
    cards: Cards, reference: str, where: str
) -> None:
    draft = order("x", 500, "mg", route=ORAL, every=TWICE)
    del draft["medicationCodeableConcept"]
    draft["medicationReference"] = {"reference": reference}
    drug = {"resourceType": "Medication", "id": "9", "code": {"text": "Metformin 500 mg"}}
    body = call("order-sign", DIABETES, egfr(25), orders=(draft,))
    if where == "prefetch":
        body["prefetch"]["drugs"] = bundle(drug)
    else:
        body["context"]["draftOrders"]["entry"].append({"resource": drug})
    assert found(cards(METFORMIN, body), "critical", "at an eGFR below 30")


@pytest.mark.parametrize(
    "name",
    [
        "Metformin500mg", "Metformine", "Metformina", "Metforminum", "metforminhydrochlorid",
        "Siofor 850", "Diaformin", "Bolamyn SR", "Metabet", "Qternmet XR", "Vokanamet", "Glibomet",
    ],
)  # fmt: skip
def test_a_name_of_metformin_in_another_form_is_recognised(cards: Cards, name: str) -> None:
    draft = order(name, 500, "mg", route=ORAL, every=TWICE)
    body = call("order-sign", DIABETES, egfr(25), orders=(draft,))
    assert found(cards(METFORMIN, body), "critical", "at an eGFR below 30")


@pytest.mark.parametrize(
    ("service", "name"),
    [
        (METFORMIN, "Metfornin 500 mg"),
        (METFORMIN, "Metfromin"),
        (METFORMIN, "Metforminembonat"),
        (METFORMIN, "Metfor-min"),
        (METFORMIN, "Sitagliptin / metfornin"),
        (B12, "Cyanocobalmin 1 mg"),
        (B12, "Hydroxocobalaminn"),
    ],
)
def test_a_name_that_resembles_a_drug_of_the_pathway_is_not_passed_in_silence(
    cards: Cards, service: str, name: str
) -> None:
    draft = order(name, 500, "mg", route=ORAL, every=TWICE)
    made = cards(service, call("order-sign", DIABETES, egfr(25), orders=(draft,)))
    assert found(made, "warning", "not checked, the ordered drug is not recognised")
    assert any(name.split()[0].split("/")[0] in card["detail"] for card in made)


@pytest.mark.parametrize("service", [METFORMIN, B12])
@pytest.mark.parametrize(
    "name",
    [
        "Paracetamol 500 mg", "Steglujan", "Glucose test strips", "Glucometer", "Insulin glargine",
        "Compression stockings", "Fortisip", "Methotrexate 2.5 mg", "Metoprolol", "Metolazone",
        "Melatonin", "Memantine", "Foxglove tea", "Zzyzx 5 mg", "Ensure Plus", "Hydroxychloroquine",
        "Cyclosporin", "Thyroid extract", "Diabetes shoes", "Glucosamine",
    ],
)  # fmt: skip
def test_what_resembles_nothing_stays_silent(cards: Cards, service: str, name: str) -> None:
    draft = order(name, 1, "mg", route=ORAL, every=TWICE)
    record = DIABETES if service == METFORMIN else DEFICIENCY
    assert cards(service, call("order-sign", record, egfr(65), orders=(draft,))) == []


EPIC = (
    "Take 1 tablet (1,000 mg total) by mouth in the morning and 1 tablet (1,000 mg total) in the "
    "evening. Take with meals."
)
RIGHT: list[tuple[str, Json, tuple[Json, ...]]] = [
    ("metformin", order("Metformin 500 mg tablets", 500, "mg", route=ORAL, every=TWICE),
     (taking(),)),
    ("metformin", order("Metformin 850 mg tablets", 1, "{tablet}", route=ORAL, every=(3, 1, "d")),
     (taking(),)),
    ("metformin", order("Metformin 1 g tablets", 1, "g", route=ORAL, every=TWICE), (taking(),)),
    ("metformin", order("Glucophage SR 500 mg", 2000, "mg", route=ORAL, every=(1, 1, "d")),
     (taking(),)),
    ("metformin", order("Metformin 500 mg/5 mL", 10, "mL", route=ORAL, every=TWICE), (taking(),)),
    ("metformin", in_words("Take ONE tablet TWICE a day with meals"), ()),
    ("metformin", in_words("500 mg twice daily with food, swallow whole with water"), ()),
    ("metformin", in_words("1 tablet in the morning and 1 tablet in the evening"), ()),
    ("metformin", in_words("500 mg bd for 1 week, then 500 mg tds for 1 week, then 1 g bd"), ()),
    ("metformin", in_words("500 mg twice daily, increase by 500 mg weekly to 2000 mg daily"), ()),
    ("metformin", in_words("1 tablet (500 mg total) by mouth 2 (two) times a day with meals."), ()),
    ("metformin", in_words(EPIC, "metFORMIN 1,000 mg tablet"), (taking(),)),
    ("metformin", coded_beside(EPIC, "metFORMIN 1,000 mg tablet", 1000), (taking(),)),
    ("metformin", coded_beside("500 mg = 1 tab(s), Oral, BID, # 60 tab(s), 0 Refill(s)"), ()),
    ("metformin", coded_beside("Take 1 tab bid. Hold for 48 hours after IV contrast."), ()),
    ("metformin", in_words("one tablet each morning and two tablets at night"), (taking(),)),
    ("vitamin-b12", order("Hydroxocobalamin 1 mg/ml", 1, "mg", every=(1, 3, "mo")), ()),
    ("vitamin-b12", order("Hydroxocobalamin 1 mg/ml", 1, "mL", every=(1, 2, "mo")), ()),
    ("vitamin-b12", order("Neo-Cytamen 1000 micrograms/ml", 1000, "ug", every=(1, 2, "mo")), ()),
    ("vitamin-b12", order("Cyanocobalamin 1000 microgram tablets", 1, "{tablet}", route=ORAL,
                          every=(1, 1, "d")), ()),
    ("vitamin-b12", order("Vitamin B12", 1000, "ug", route=SUBLINGUAL, every=(1, 1, "d")),
     (condition("Roux-en-Y gastric bypass"),)),
    ("vitamin-b12", in_words("1 mg IM every 3 months", "Hydroxocobalamin 1 mg/ml injection"), ()),
    ("vitamin-b12", in_words("1 mg IM three times a week for 2 weeks, then 1 mg every 3 months",
                             "Hydroxocobalamin 1 mg/ml injection"), ()),
    ("vitamin-b12", in_words("350 micrograms by mouth once a day", "Vitamin B12"), ()),
    ("vitamin-b12", in_words("Inject 1 mL (1,000 mcg total) into the muscle every month.",
                             "Cyanocobalamin 1,000 mcg/mL injection"), ()),
    ("vitamin-b12", order("Hydroxocobalamin", 1000, "ug", every=(1, 3, "mo")),
     (condition("Pregnancy"), patient(birthDate="1995-01-01"))),
]  # fmt: skip


@pytest.mark.parametrize("at", range(len(RIGHT)))
def test_a_usual_right_order_is_quiet(cards: Cards, at: int) -> None:
    pathway, draft, record = RIGHT[at]
    problem = DIABETES if pathway == "metformin" else DEFICIENCY
    body = call("order-sign", problem, egfr(65), *record, orders=(draft,))
    made = cards(f"{pathway}-order-sign", body)
    # Whether a start by the right dose has a card is for the pathway's conditions on formulation.
    assert [title for title in pressing(made) if "Starting" not in title] == []
    assert unread(made) == []


@pytest.mark.parametrize("service", [METFORMIN, B12])
def test_no_order_of_a_pathway_contradicts_its_own_words(
    services: dict[str, Service], service: str
) -> None:
    plan = services[service].pathway.plan
    made = [a for a in plan["contained"] if a.get("kind") == "MedicationRequest"]
    assert len(made) >= 5
    assert any(True for _ in actions_of(plan))
    for activity in made:
        request = {
            "resourceType": "MedicationRequest",
            "medicationCodeableConcept": activity["productCodeableConcept"],
            "dosageInstruction": activity["dosage"],
        }
        read = read_order(request)
        assert read is not None
        assert (read.unread, read.obscure) == (0, 0), activity["dosage"]
        assert list(contradictions(request, read)) == []


def test_what_is_only_advice_beside_a_coded_dose_is_quiet(cards: Cards) -> None:
    for text in (
        "Take with or just after food, or a meal",
        "Take 30 to 60 minutes before food",
        "Swallow this medicine whole. Do not chew or crush",
        "Take 1 tablet (500 mg total) by mouth 2 (two) times daily with meals., "
        "Starting Mon 11/30/2026, Normal, Disp-60 tablet, R-3",
    ):
        draft = order("Metformin 500 mg tablets", 500, "mg", route=ORAL, every=TWICE)
        draft["dosageInstruction"][0]["additionalInstruction"] = [{"text": text}]
        made = metformin(cards, draft)
        assert pressing(made) == []
        assert unread(made) == [], text


def test_times_of_day_alone_are_how_often(cards: Cards) -> None:
    draft = order("Metformin 1000 mg tablets", 1000, "mg", route=ORAL)
    times = ["08:00:00", "14:00:00", "20:00:00"]
    draft["dosageInstruction"][0]["timing"] = {"repeat": {"timeOfDay": times}}
    assert found(metformin(cards, draft), "critical", "more than the maximum")


def test_a_course_goes_on_as_something_is_recommended(cards: Cards) -> None:
    drug = "Hydroxocobalamin 1 mg/ml injection"
    start = "1 mg IM three times a week for 2 weeks, then "
    assert pressing(b12(cards, in_words(f"{start}every 3 months", drug))) == []
    assert pressing(b12(cards, in_words(f"{start}1 mg daily", drug))) != []
    loading, maintenance = (
        order(drug, 1, "mg", every=every)["dosageInstruction"][0] | {"sequence": n}
        for n, every in ((1, (3, 1, "wk")), (2, (1, 3, "mo")))
    )
    loading["timing"]["repeat"]["boundsDuration"] = {"value": 2, "unit": "wk", "code": "wk"}
    both = order(drug, 1, "mg") | {"dosageInstruction": [loading, maintenance]}
    assert pressing(b12(cards, both)) == []


def test_tablets_are_swallowed_and_a_vial_for_another_use_is_no_slip(cards: Cards) -> None:
    tablets = order("Cyanocobalamin 1 mg tablets", 1, "{tablet}", every=(1, 1, "d"))
    del tablets["dosageInstruction"][0]["route"]
    assert pressing(b12(cards, tablets)) == []
    antidote = order("Cyanokit", 5, "g", route=INTRAVENOUS)
    assert not found(b12(cards, antidote), "critical", "")
