"""Patterns that are not compiled where they cannot match: what is left out was never there."""

import re
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osler.dosage import durations, routes
from osler.dosage.spans import words
from osler.patterns import compile_all, folded, lazy
from osler.statements.patients import age as patient_age
from osler.statements.patients import measures as patient_measures
from osler.statements.patients import reading as patients

_ALL = {
    **vars(patients),
    **vars(patient_age),
    **vars(patient_measures),
    **dict(patient_measures._VALUES),
    **dict(patients._PREGNANCY),
}
GATED = {n: pattern for n, pattern in _ALL.items() if hasattr(type(pattern), "_may_match")}
examples = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


def test_folding_knows_every_character_that_ignoring_case_takes_for_a_letter() -> None:
    letter = re.compile("[a-z]", re.IGNORECASE)
    taken = [c for c in map(chr, range(sys.maxunicode + 1)) if letter.match(c)]
    assert len(taken) > 52
    for character in taken:
        assert re.match(folded(character), character, re.IGNORECASE), hex(ord(character))


@pytest.mark.parametrize(
    "text", ["eGFR 24", "EGFR 24 and a gfr of 3", "no such value", "", "eGFR ٣ now", "ſ eGFR 7"]
)
def test_a_pattern_that_names_its_pieces_finds_what_it_would_have_found(text: str) -> None:
    source = r"\be?gfr\s+(?:of\s+)?(\d+)"
    plain = re.compile(source, re.IGNORECASE)

    def fresh() -> re.Pattern[str]:
        return lazy(source, re.IGNORECASE, "gfr")

    assert [m.span() for m in fresh().finditer(text)] == [m.span() for m in plain.finditer(text)]
    assert (fresh().search(text) is None) == (plain.search(text) is None)
    assert (fresh().match(text) is None) == (plain.match(text) is None)
    assert fresh().findall(text) == plain.findall(text)
    assert fresh().search(text, 1, 3) is None


def test_what_cannot_match_is_not_compiled() -> None:
    broken = lazy("gfr(", 0, "gfr")
    assert broken.search("creatinine 80") is None
    with pytest.raises(re.error):
        broken.search("eGFR 24")


@pytest.mark.parametrize("name", sorted(GATED))
@given(data=st.data())
@examples
def test_every_match_of_a_patient_pattern_holds_one_of_its_pieces(
    name: str, data: st.DataObject
) -> None:
    pattern = GATED[name]
    compiled = re.compile(pattern._source, pattern._flags)
    said = data.draw(st.from_regex(compiled))
    assert not compiled.search(said) or pattern._may_match(said), said


@pytest.mark.parametrize("form", durations._FORMS, ids=lambda form: form.pieces[0])
@given(data=st.data())
@examples
def test_every_duration_holds_a_piece_of_its_form(
    form: durations._Form, data: st.DataObject
) -> None:
    said = data.draw(st.from_regex(re.compile(form.pattern.pattern, re.IGNORECASE)))
    for match in form.pattern.finditer(said):
        assert any(piece in folded(match.group()) for piece in form.pieces)


@pytest.mark.parametrize("form", routes._FORMS, ids=lambda form: form[0])
@given(data=st.data())
@examples
def test_every_route_is_opened_and_held_as_its_signs_say(
    form: tuple[str, frozenset[str], tuple[str, ...], re.Pattern[str]], data: st.DataObject
) -> None:
    _, openings, pieces, pattern = form
    said = data.draw(st.from_regex(re.compile(pattern.pattern, re.IGNORECASE)))
    for match in pattern.finditer(said):
        assert any(piece in folded(match.group()) for piece in pieces)
        opens = next((word for start, word in words(said) if start == match.start()), None)
        assert opens is None or opens[:2] in openings or not match.group().isascii()


def test_all_patterns_can_be_compiled_before_their_first_use() -> None:
    plain, gated = lazy(r"a+"), lazy(r"b+", re.IGNORECASE, holds="b")
    assert "pattern" not in vars(plain)
    assert "pattern" not in vars(gated)
    compile_all()
    assert vars(plain)["pattern"] == r"a+"
    assert vars(gated)["flags"] & re.IGNORECASE
    assert gated.search("aBb")
