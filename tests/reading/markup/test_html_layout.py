"""What a page says by its layout: boxes, tabs, bold lines, labels beside values, merged cells."""

from __future__ import annotations

import pytest

from osler.domain import BlockKind, Document
from osler.reading import RawFile, read


def page(body: str, name: str = "a.html") -> Document:
    text = f"<html><body><h1>Ward doses</h1>{body}</body></html>" if name == "a.html" else body
    (document,) = read(RawFile(name, name, text.encode()))
    return document


def places(document: Document) -> dict[str, tuple[str, ...]]:
    """Of each block that is no heading its words, and the headings and words that it hangs on."""
    found = {}
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING:
            above = [*block.headings[1:], *block.context]
            words = document.text[block.start : block.end]
            found[words] = tuple(document.text[span.start : span.end] for span in above)
    return found


def test_a_bold_line_heads_what_follows_up_to_the_next() -> None:
    found = places(
        page(
            "<h2>Sickness</h2><p><strong>Ondansetron</strong></p><p>4 mg.</p>"
            "<ul><li>Child: 1 mg</li></ul><p><b>Cyclizine</b></p><p>50 mg.</p>"
            "<h2>Pain</h2><p>Ask.</p>"
        )
    )
    assert found == {
        "Ondansetron": ("Sickness",),
        "4 mg.": ("Sickness", "Ondansetron"),
        "Child: 1 mg": ("Sickness", "Ondansetron"),
        "Cyclizine": ("Sickness",),
        "50 mg.": ("Sickness", "Cyclizine"),
        "Ask.": ("Pain",),
    }


@pytest.mark.parametrize(
    "words",
    ["Do not give to children", "Give 5 mg now", "Stop at once.", "see the chart", "Never crush"],
)
def test_bold_words_that_tell_something_stay_a_statement(words: str) -> None:
    assert words in places(page(f"<p><strong>{words}</strong></p><p>Then wait.</p>"))


def test_a_summary_heads_its_details_and_no_more() -> None:
    found = places(
        page(
            "<details><summary>Colchicine</summary><p>500 micrograms.</p>"
            "<h3>Kidneys</h3><p>Halve.</p></details><details><summary>Naproxen</summary>"
            "<ul><li>500 mg</li></ul></details><p>End.</p>"
        )
    )
    assert found == {
        "500 micrograms.": ("Colchicine",),
        "Halve.": ("Colchicine", "Kidneys"),
        "500 mg": ("Naproxen",),
        "End.": (),
    }


def test_the_first_line_of_a_card_heads_it() -> None:
    cards = (
        '<div class="card"><h3>Adrenaline</h3><div>500 micrograms IM</div></div>'
        '<div class="card"><div class="t">Chlorphenamine</div><div>10 mg IV</div></div>'
        '<div class="card"><div class="card-title">Glucagon</div><p>1 mg IM</p></div>'
        '<div class="card"><div>Ring the nurse.</div><div>Ward 4</div></div>'
    )
    assert places(page(f"<div>{cards}</div>")) == {
        "500 micrograms IM": ("Adrenaline",),
        "10 mg IV": ("Chlorphenamine",),
        "1 mg IM": ("Glucagon",),
        "Ring the nurse.": (),
        "Ward 4": (),
    }


def test_a_frame_around_a_heading_does_not_end_it() -> None:
    found = places(
        page('<div class="head"><h2>Gout</h2></div><div class="body"><p>Rest.</p></div>')
    )
    assert found == {"Rest.": ("Gout",)}


def test_a_tab_names_its_panel() -> None:
    found = places(
        page(
            '<ul><li><a role="tab" href="#a">Adults</a></li>'
            '<li><a role="tab" href="#b">Children</a></li></ul>'
            '<div id="a"><h3>Once</h3><p>1 g</p></div><div id="b"><p>15 mg/kg</p></div>'
        )
    )
    assert found["1 g"] == ("Adults", "Once")
    assert found["15 mg/kg"] == ("Children",)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (
            '<div><span class="l">Adult</span><span class="v">Start 5 mg</span></div>',
            "Adult: Start 5 mg",
        ),
        ('<div><span class="l">Usual</span><span class="v">5 mg</span></div>', "Usual: 5 mg"),
        ("<p><span>Amox</span><span>icillin 5 mg</span></p>", "Amoxicillin 5 mg"),
        ("<p><b>A</b>moxicillin 5 mg</p>", "Amoxicillin 5 mg"),
        ('<p>Start <span class="x">0.5</span> <span>mg</span></p>', "Start 0.5 mg"),
        ('<p><b class="n">0.5</b><i>mg</i></p>', "0.5 mg"),
    ],
)
def test_what_a_style_sheet_sets_apart_does_not_run_together(markup: str, words: str) -> None:
    assert words in places(page(markup))


def test_definitions_within_definitions_keep_what_they_are_of() -> None:
    found = places(
        page(
            "<dl><dt>Prednisolone</dt><dd><dl><dt>Adult</dt><dd>40 mg</dd>"
            "<dt>Child</dt><dd>20 mg</dd></dl></dd>"
            "<dt>Salbutamol</dt><dd>Adult: 10 puffs<br>Child: 6 puffs</dd></dl>"
        )
    )
    assert found["40 mg"] == ("Prednisolone:", "Adult")
    assert found["20 mg"] == ("Prednisolone:", "Child")
    assert found["Child: 6 puffs"] == ("Salbutamol:",)


def table(rows: str) -> dict[str, tuple[str, ...]]:
    return places(page(f"<table>{rows}</table>"))


def test_a_spanning_row_is_a_caption_of_what_is_under_it() -> None:
    head = "<tr><th>Drug</th><th>Dose</th></tr>"
    rows = "<tr><td>Gentamicin</td><td>{}</td></tr>"
    for span in ("<th colspan=2>{}</th>", "<td colspan=2>{}</td>", "<td>{}</td><td></td>"):
        found = table(
            head
            + f"<tr>{span.format('Neonates')}</tr>{rows.format('5 mg/kg')}"
            + f"<tr>{span.format('Adults')}</tr>{rows.format('7 mg/kg')}"
        )
        assert found["Gentamicin | 5 mg/kg"] == ("Neonates",)
        assert found["Gentamicin | 7 mg/kg"] == ("Adults",)


def test_a_title_over_the_header_is_the_caption() -> None:
    found = table(
        "<tr><th colspan=2>By mouth</th></tr><tr><th>Drug</th><th>Dose</th></tr>"
        "<tr><td>Codeine</td><td>30 mg</td></tr>"
    )
    assert found["Codeine | 30 mg"] == ("By mouth",)


def test_the_drug_of_a_table_of_labels_is_context_of_its_rows() -> None:
    found = table(
        "<tr><th>Drug</th><td>Amiodarone</td></tr><tr><th>Loading</th><td>5 mg/kg</td></tr>"
    )
    assert found["Loading | 5 mg/kg"] == ("Amiodarone",)


def test_labelled_lines_of_a_cell_are_rows() -> None:
    found = table(
        "<tr><th>Drug</th><th>Dose</th></tr><tr><td>Sildenafil</td>"
        "<td>20 kg or less: 10 mg<br>over 20 kg: 20 mg</td></tr>"
        "<tr><td>Ibuprofen</td><td>200 mg<br>up to 400 mg</td></tr>"
    )
    assert "Sildenafil | over 20 kg: 20 mg" in found
    assert "Ibuprofen | 200 mg up to 400 mg" in found


def test_a_name_on_a_line_of_its_own_leads_in_the_lines_below_it() -> None:
    found = places(
        page(
            "<p>Labetalol<br>Adult: 100 mg twice daily<br>Usual: 200 mg twice daily</p>"
            "<p>Ask a senior.</p>"
        )
    )
    assert found == {
        "Labetalol": (),
        "Adult: 100 mg twice daily": ("Labetalol",),
        "Usual: 200 mg twice daily": ("Labetalol",),
        "Ask a senior.": (),
    }


def test_a_later_name_ends_the_one_before_it_even_with_a_number_in_it() -> None:
    found = places(page("<p>Ramipril<br>2.5 mg daily<br>Vitamin B6<br>Adult: 10 mg daily</p>"))
    assert found["2.5 mg daily"] == ("Ramipril",)
    assert found["Adult: 10 mg daily"] == ("Vitamin B6",)


@pytest.mark.parametrize(
    "lines",
    ["Glucose hourly.<br>Salt 2 g", "Ramipril: 5 mg<br>Digoxin: 62.5 mg", "Liver<br>Kidneys"],
)
def test_lines_without_a_name_above_them_stand_alone(lines: str) -> None:
    assert set(places(page(f"<p>{lines}</p>")).values()) == {()}


@pytest.mark.parametrize("line", ["<u>{}</u>", '<span class="Underline">{}</span>'])
def test_an_underlined_line_heads_what_follows(line: str) -> None:
    body = "".join(
        f"<p>{line.format(who)}</p><p>{dose}</p>"
        for who, dose in (("Adults", "40 mg."), ("Children", "10 mg."))
    )
    found = places(page(body))
    assert found["40 mg."] == ("Adults",)
    assert found["10 mg."] == ("Children",)
