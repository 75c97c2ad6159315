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
