"""Which facts a turn takes back, so that a model may leave them out."""

from decimal import Decimal
from typing import Any

import pytest

from osler.writing.taken_back import is_taken_back


@pytest.mark.parametrize(
    ("name", "value", "turn"),
    [
        ("conditions", "asthma", "should we drop it for asthma?"),
        ("conditions", "asthma", "drop it for asthma"),
        ("conditions", "asthma", "no recent asthma attacks"),
        ("crcl", Decimal(22), "by how much to drop for kidneys?"),
        ("crcl", Decimal(22), "drop the dose for kidneys?"),
        ("egfr", Decimal(22), "drop the eGFR?"),
        ("pregnancy", "pregnant", "drop it in pregnancy?"),
        ("allergies", "penicillin", "no other allergies"),
        ("allergies", "penicillin", "no known allergies apart from that"),
        ("allergies", "penicillin", "she is off her allergy tablets"),
        ("allergies", "penicillin", "no allergic reaction so far"),
        ("drugs", "amiodarone", "stopped amiodarone 3 days ago"),
        ("drugs", "warfarin", "she has not had her warfarin today"),
    ],
)
def test_a_question_and_a_word_on_the_dose_take_nothing_back(
    name: str, value: Any, turn: str
) -> None:
    assert not is_taken_back(name, value, turn)


@pytest.mark.parametrize(
    ("name", "value", "turn"),
    [
        ("egfr", Decimal(22), "forget about the eGFR, what dose?"),
        ("crcl", Decimal(22), "scrap the kidneys"),
        ("egfr", Decimal(22), "her eGFR was wrong"),
        ("allergies", "penicillin", "the penicillin allergy was a mistake"),
        ("allergies", "penicillin", "she is not allergic to penicillin"),
        ("drugs", "amiodarone", "she is no longer taking amiodarone"),
        ("conditions", "asthma", "asthma has been ruled out"),
    ],
)
def test_what_is_named_is_taken_back(name: str, value: Any, turn: str) -> None:
    assert is_taken_back(name, value, turn)
