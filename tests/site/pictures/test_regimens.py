"""Which doses share an axis, which do not and why."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from tests.site.pictures.bodies import body, claim, reference
from tests.site.pictures.drawing import assert_readable

from osler.domain import Phase
from osler_site.pictures import regimens, to_svg

LOADING, KEPT = Phase.LOADING, Phase.MAINTENANCE


def test_two_sources_stand_on_one_axis() -> None:
    picture = regimens(
        body(
            claim("Give methotrexate 15 mg by mouth once weekly.", 1),
            claim("Methotrexate 20–25 mg subcutaneously every week.", 2),
        )
    )
    assert picture is not None
    assert picture.title == "Methotrexate: dose in mg a week"
    assert [(m.route, m.low, m.high, m.references) for m in picture.marks] == [
        ("By mouth", 15, 15, (1,)),
        ("Subcutaneous", 20, 25, (2,)),
    ]
    assert [m.source for m in picture.marks] == ["Publisher 1, 2021 [1]", "Publisher 2, 2022 [2]"]
    assert not picture.axis.log
    assert picture.axis.low == 0


def test_one_dose_is_no_comparison() -> None:
    assert regimens(body(claim("Give methotrexate 15 mg once weekly.", 1))) is None


def test_units_are_compared_by_what_they_measure() -> None:
    picture = regimens(
        body(
            claim("Vitamin B12 1 mg intramuscularly once a month.", 1, substance="vitamin b12"),
            claim("Vitamin B12 1000 micrograms every month.", 2, substance="vitamin b12"),
            claim("Vitamin B12 100 micrograms every month.", 3, substance="vitamin b12"),
            question="vitamin B12 dose",
        )
    )
    assert picture is not None
    assert picture.unit == "µg"
    assert sorted(m.low for m in picture.marks) == [100, 1000, 1000]


def test_phases_are_not_mixed_and_what_is_left_out_is_named() -> None:
    picture = regimens(
        body(
            claim("Load with methotrexate 50 mg daily.", 1, phase=LOADING),
            claim("Then keep on methotrexate 15 mg daily.", 1, phase=KEPT),
            claim("Keep on methotrexate 20 mg daily.", 2, phase=KEPT),
            claim("Methotrexate 5 mg daily is given.", 3),
        )
    )
    assert picture is not None
    assert [m.low for m in picture.marks] == [15, 20]
    assert picture.not_shown == (
        "50 mg daily (Publisher 1, 2021 [1]), because it is a loading dose",
        "5 mg daily (Publisher 3, 2023 [3]), because its source does not say that it is a "
        "maintenance dose",
    )


def test_the_phase_that_is_asked_for_is_drawn() -> None:
    answer = body(
        claim("Load with methotrexate 50 mg daily.", 1, phase=LOADING),
        claim("Load with methotrexate 60 mg daily.", 2, phase=LOADING),
        claim("Keep on methotrexate 15 mg daily.", 1, phase=KEPT),
        claim("Keep on methotrexate 20 mg daily.", 2, phase=KEPT),
        question="methotrexate loading dose",
    )
    loading, kept = regimens(answer), regimens({**answer, "question": "methotrexate after loading"})
    assert loading is not None
    assert kept is not None
    assert [m.low for m in loading.marks] == [50, 60]
    assert [m.low for m in kept.marks] == [15, 20]


def test_another_substance_is_not_drawn() -> None:
    assert (
        regimens(
            body(
                claim("Give methotrexate 15 mg once weekly.", 1),
                claim("Give folic acid 5 mg once weekly.", 2, substance="folic acid"),
            )
        )
        is None
    )


def test_a_dose_per_kg_does_not_stand_beside_a_fixed_one() -> None:
    fixed = [claim("Give 250 mg three times daily.", 1, substance="amoxicillin"),
             claim("Give 500 mg three times daily.", 2, substance="amoxicillin")]  # fmt: skip
    weighed = [claim("Give 30 mg/kg three times daily.", 3, substance="amoxicillin"),
               claim("Give 90 mg/kg/day.", 4, substance="amoxicillin")]  # fmt: skip
    both = regimens(body(*fixed, *weighed, question="amoxicillin dose"))
    assert both is not None
    assert both.unit == "mg"
    assert len(both.marks) == 2
    assert sum("because it is a dose per kg" in line for line in both.not_shown) == 2
    alone = regimens(body(*weighed, question="amoxicillin dose"))
    assert alone is not None
    assert alone.unit == "mg/kg"
    assert [(m.low, m.high) for m in alone.marks] == [(90, 90), (90, 90)]


def test_a_salt_of_an_element_is_not_the_element() -> None:
    salt = claim("Give ferrous sulphate 200 mg daily.", 1, substance="iron")
    picture = regimens(
        body(
            claim("Give 65 mg of elemental iron daily.", 2, substance="iron"),
            claim("Give 100 mg of elemental iron daily.", 3, substance="iron"),
            salt,
            question="iron dose",
        )
    )
    assert picture is not None
    assert [m.low for m in picture.marks] == [65, 100]
    assert picture.not_shown == (
        "200 mg daily (Publisher 1, 2021 [1]), because it is an amount of ferrous sulphate",
    )


def test_forms_are_named_where_they_differ() -> None:
    picture = regimens(
        body(
            claim("Hydroxocobalamin 1 mg every month.", 1, substance="hydroxocobalamin"),
            claim("Cyanocobalamin 1 mg every month.", 2, substance="cyanocobalamin"),
            question="vitamin B12 dose",
        )
    )
    assert picture is not None
    assert [m.form for m in picture.marks] == ["hydroxocobalamin", "cyanocobalamin"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Give methotrexate 10 mg once only.", "it is a single dose"),
        ("Give methotrexate 10 mg.", "how often is not stated"),
        ("It goes up by 5 mg every week.", "it is a change of dose"),
        (
            "Start: 15 mg weekly; Step up: 5 mg every month",
            "it is a change of dose",
        ),
        ("It should not be below 10 mg weekly.", "it is a limit and not a dose"),
        ("Methotrexate 10 mg daily is toxic.", "the claim speaks of it without advising it"),
        ("Women need 10 mg a day.", "it is what the body needs and not a dose of treatment"),
        ("Give 2 tablets daily.", "it is not stated as an amount of the substance"),
        ("Give 5 mg/hour intravenously.", "it is a rate of infusion"),
        ("Take two 5 mg daily.", "several units are taken at once"),
        ("Take 1 mg daily on every day except Sunday.", "it is not given in every interval"),
        ("Take 5 mg daily on 5 days of each week.", "it is not given in every interval"),
        (
            "5 mg daily in the morning and 10 mg daily at night.",
            "it is one part of a day's dose",
        ),
        ("Ciclosporin 10 mg daily or methotrexate.", "its claim names several substances"),
    ],
)
def test_what_cannot_be_compared_is_left_out_with_its_reason(text: str, reason: str) -> None:
    picture = regimens(
        body(
            claim("Give methotrexate 15 mg once weekly.", 1),
            claim("Give methotrexate 20 mg once weekly.", 2),
            claim(text, 3),
        )
    )
    assert picture is not None
    assert {m.references for m in picture.marks} <= {(1,), (2,), (3,)}
    assert any(line.endswith(f"because {reason}") for line in picture.not_shown), picture.not_shown


def test_what_the_answer_doubts_or_rules_out_is_left_out() -> None:
    picture = regimens(
        body(
            claim("Give methotrexate 15 mg once weekly.", 1),
            claim("Give methotrexate 20 mg once weekly.", 2),
            claim("Give methotrexate 250 mg once weekly.", 3, warning="ten times the most known"),
            claim("Give methotrexate 7 mg once weekly.", 4, applies="no"),
            claim("Give methotrexate 9 mg once weekly.", 5, verdict="unsupported"),
            claim("Give methotrexate 11 mg once weekly.", 6),
            references=tuple(
                reference(n, status="retracted" if n == 6 else "current") for n in range(1, 7)
            ),
        )
    )
    assert picture is not None
    assert [m.low for m in picture.marks] == [15, 20]
    assert [line.split("because ")[1] for line in picture.not_shown] == [
        "the answer warns about this amount",
        "it is not for this patient",
        "its source is retracted",
    ]


def test_at_least_is_open_upwards_and_a_superseded_source_is_marked() -> None:
    picture = regimens(
        body(
            claim("Give methotrexate at least 15 mg once weekly.", 1),
            claim("Give methotrexate 20 mg once weekly.", 2),
            references=(reference(1), reference(2, status="superseded")),
        )
    )
    assert picture is not None
    first, second = picture.marks
    assert (first.at_least, first.total) == (True, "= at least 15 mg a week")
    assert second.superseded
    assert "superseded" in second.label
    assert "<polygon" in to_svg(picture)


def test_without_keeps_its_meaning() -> None:
    picture = regimens(
        body(
            claim("With renal disease give methotrexate 5 mg weekly.", 1, group="renal disease"),
            claim("Without renal disease give 15 mg weekly.", 2, group="renal disease"),
        )
    )
    assert picture is not None
    assert [m.group for m in picture.marks] == ["Renal disease", "Without renal disease"]


def test_a_lead_in_says_whom_a_dose_is_for() -> None:
    picture = regimens(
        body(
            claim("Low risk of relapse: 5 mg weekly.", 1, group="relapse"),
            claim("Age: 1–4 years; Dose: 10 mg weekly", 2),
        )
    )
    assert picture is not None
    assert [m.group for m in picture.marks] == ["Low risk of relapse", "Age: 1–4 years"]


def test_whom_the_engine_did_not_name_is_named_in_the_words_of_the_claim() -> None:
    higher = "The higher dose, 5 mg a day, is for women at raised risk."
    picture = regimens(
        body(
            claim(higher, 1, group=higher),
            claim("The dose to treat recurrence is 4 mg daily.", 2),
            claim("With so much else to say 3 mg daily.", 3, group="what is said nowhere"),
            claim("Give methotrexate 2 mg daily.", 4),
        )
    )
    assert picture is not None
    assert {m.low: m.group for m in picture.marks} == {
        5: "Women at raised risk",
        4: "To treat recurrence",
        3: "For whom: see the claim",
        2: "",
    }


def test_far_apart_doses_stand_on_a_logarithmic_axis() -> None:
    picture = regimens(
        body(
            claim("Give methotrexate 100 mg daily.", 1),
            claim("Give methotrexate 2 mg daily.", 2),
        )
    )
    assert picture is not None
    assert picture.axis.log
    assert picture.axis.place(Fraction(100)) > picture.axis.place(Fraction(2)) >= 0


def test_a_source_is_drawn_once_for_what_it_says_twice() -> None:
    picture = regimens(
        body(
            claim("Give methotrexate 15 mg once weekly.", 1),
            claim("Give methotrexate 15 mg by mouth once weekly.", 1),
            claim("Give methotrexate 20 mg once weekly.", 2),
        )
    )
    assert picture is not None
    assert len(picture.marks) == 2
    assert picture.marks[0].route == "By mouth"
    assert len(picture.marks[0].claims) == 2


def test_a_picture_is_only_drawn_where_the_answer_turns_on_doses() -> None:
    doses = (claim("Give methotrexate 15 mg weekly.", 1), claim("Give 20 mg weekly.", 2))
    check = claim("Check the blood count every month.", 1)
    assert regimens(body(check, sections=doses)) is None


def test_every_row_of_the_table_has_its_reference() -> None:
    picture = regimens(
        body(
            claim("Give methotrexate 15 mg once weekly.", 1, 3),
            claim("Give methotrexate 20 mg once weekly.", 2),
        )
    )
    assert picture is not None
    assert [row.references for row in picture.table.rows] == [(1, 3), (2,)]
    assert all(len(row.cells) == len(picture.table.header) for row in picture.table.rows)
    assert picture.table.rows[0].cells[-1] == "[1][3]"


def test_an_abstention_has_no_picture() -> None:
    assert regimens(body()) is None


def test_the_same_answer_gives_the_same_picture_and_is_not_changed() -> None:
    answer = body(
        claim("Give methotrexate <15> & 15 mg once weekly.", 1),
        claim("Give methotrexate 20 mg once weekly.", 2),
        references=(reference(1, 'A <b>"publisher"</b> & sons'), reference(2)),
    )
    before = json.dumps(answer)
    first, second = regimens(answer), regimens(json.loads(before))
    assert first is not None
    assert first == second
    assert json.dumps(answer) == before
    for width in ("narrow", "wide"):
        svg = to_svg(first, width, "p1")
        assert "<b>" not in svg
        assert_readable(svg)
