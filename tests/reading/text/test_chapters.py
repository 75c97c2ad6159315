"""A line whose number the numbers of later lines go on from heads them, however it is written."""

from __future__ import annotations

from osler.reading import RawFile, read

PROTOCOL = b"""EXAMPLE PHARMACY NETWORK
Supply protocol

1. WHO MAY BE SUPPLIED
1.1 Aged 18 or over.

2. VARENICLINE (Champix), begun 1 to 2 weeks before the day
    Days 1-3        500 micrograms once daily
    Day 8 onward    1 mg twice daily
2.1 Kidney: clearance below 30 mL/min, 500 micrograms once daily.

3. BUPROPION SR (Zyban)
3.1 150 mg once daily for 6 days.
3.2 Over 65: 150 mg once daily throughout.
"""
DOSED = b"""HEADACHE

3. Naproxen 500 mg by mouth at once
3.1 Repeat once after 12 hours.
"""


def _sections(raw: bytes) -> dict[str, tuple[str, ...]]:
    (document,) = read(RawFile("a.txt", "a.txt", raw))
    return {document.text[b.start : b.end]: b.section for b in document.blocks}


def test_a_chapter_heads_all_lines_up_to_the_next() -> None:
    sections = _sections(PROTOCOL)
    kidney = next(text for text in sections if text.startswith("2.1 Kidney"))
    assert "VARENICLINE" in sections[kidney][-1]
    older = next(text for text in sections if text.startswith("3.2 Over 65"))
    assert "BUPROPION" in sections[older][-1]
    assert "VARENICLINE" not in " ".join(sections[older])


def test_what_doses_is_no_chapter() -> None:
    sections = _sections(DOSED)
    assert any("Naproxen 500 mg" in text and section for text, section in sections.items())
    repeat = next(section for text, section in sections.items() if text.startswith("3.1"))
    assert not any("500 mg" in heading for heading in repeat)


def test_short_numbered_lines_over_sentences_head_them() -> None:
    raw = b"""STATUS EPILEPTICUS IN ADULTS

1. First line (5 minutes)
Give lorazepam 4 mg IV over 2 minutes.

2. Second line (20 minutes)
Give levetiracetam 60 mg/kg IV over 10 minutes.
Phenytoin is an alternative.
"""
    sections = _sections(raw)
    assert sections["Give lorazepam 4 mg IV over 2 minutes."][-1] == "1. First line (5 minutes)"
    second = next(section for text, section in sections.items() if "Phenytoin" in text)
    assert second[-1] == "2. Second line (20 minutes)"


def test_a_numbered_list_whose_items_are_sentences_stays_one() -> None:
    raw = b"WARD\n\n1. Give oxygen.\n\n2. Give salbutamol 5 mg nebulised.\n\n3. Call for help.\n"
    (document,) = read(RawFile("a.txt", "a.txt", raw))
    kinds = {document.text[b.start : b.end]: b.kind.value for b in document.blocks}
    assert kinds["Give salbutamol 5 mg nebulised."] == "item"
