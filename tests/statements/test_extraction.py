import pytest

from osler.domain import (
    Block,
    BlockKind,
    Document,
    Phase,
    Polarity,
    Source,
    Span,
    Statement,
    StatementKind,
    Suspicion,
)
from osler.reading import RawFile, read
from osler.statements import extract, read_group, statement_id
from osler.statements.sentences.cues import (
    kind_of_statement,
    polarity_of,
    states_dose_rule,
    strength_of,
)
from osler.statements.tables.rows import header_and_cell


class Draft:
    """Builds a document by hand: each call writes one block."""

    def __init__(self, title: str) -> None:
        self.text = ""
        self.blocks: list[Block] = []
        self.title = title
        self.section: tuple[str, ...] = ()
        self.headings: tuple[Span, ...] = ()

    def write(self, words: str) -> Span:
        start = len(self.text)
        self.text += words + "\n\n"
        return Span(start, start + len(words))

    def heading(self, words: str) -> None:
        span = self.write(words)
        self.blocks.append(Block(BlockKind.HEADING, span.start, span.end, level=2))
        self.section, self.headings = (words,), (span,)

    def block(self, kind: BlockKind, words: str, context: tuple[Span, ...] = ()) -> Span:
        span = self.write(words)
        self.blocks.append(
            Block(kind, span.start, span.end, self.section, context=context, headings=self.headings)
        )
        return span

    def row(self, words: list[str], header: tuple[Span | None, ...] = ()) -> tuple[Span, ...]:
        start = len(self.text)
        cells = []
        for word in words:
            cells.append(Span(len(self.text), len(self.text) + len(word)))
            self.text += word + " | "
        end = cells[-1].end
        self.text = self.text[:end] + "\n\n"
        over = header or (None,) * len(words)
        self.blocks.append(
            Block(
                BlockKind.ROW,
                start,
                end,
                self.section,
                headings=self.headings,
                cells=tuple(cells),
                header=over,
            )
        )
        return tuple(cells)

    def document(self, suspicions: tuple[Suspicion, ...] = ()) -> Document:
        source = Source("s_0", self.title, "a.md", "a.md", "markdown")
        return Document(source, self.text, tuple(self.blocks), suspicions)

    def statements(self) -> tuple[Statement, ...]:
        document = self.document()
        statements = extract(document)
        for statement in statements:
            assert statement.quote == document.text[statement.start : statement.end]
            assert all(c.quote == document.text[c.start : c.end] for c in statement.context)
        return statements


def test_heading_and_lead_in_travel_with_an_item() -> None:
    draft = Draft("Examplin")
    draft.heading("Adults")
    lead = draft.block(BlockKind.PARAGRAPH, "For maintenance treatment:")
    draft.block(BlockKind.ITEM, "500 mg twice daily", (lead,))
    item = draft.statements()[-1]
    assert [c.role for c in item.context] == ["heading", "lead-in"]
    assert [c.value for c in item.group.criteria] == ["adult"]
    assert item.phase is Phase.MAINTENANCE
    assert item.kind is StatementKind.DOSE


def test_own_words_win_over_the_heading() -> None:
    draft = Draft("Ibuprofen")
    draft.heading("Adults")
    draft.block(BlockKind.PARAGRAPH, "Children: 5 mg/kg of paracetamol.")
    (statement,) = draft.statements()
    assert [c.value for c in statement.group.criteria] == ["child"]
    assert statement.substances == ("paracetamol", "ibuprofen")


def test_a_row_is_written_out_with_its_headers() -> None:
    draft = Draft("Metformin by kidney function")
    header = draft.row(["eGFR (mL/min per 1.73 m²)", "What to do"])
    draft.row(["below 30", "Stop metformin"], header)
    (row,) = draft.statements()
    assert row.text == "eGFR (mL/min per 1.73 m²): below 30; What to do: Stop metformin"
    (criterion,) = row.group.criteria
    assert (criterion.attribute, criterion.high) == ("egfr", 30)
    assert row.polarity is Polarity.NEGATIVE
    assert header_and_cell(row) == (
        ("eGFR (mL/min per 1.73 m²)", "below 30"),
        ("What to do", "Stop metformin"),
    )


def test_a_row_of_a_table_without_headers_has_no_cells_of_columns() -> None:
    draft = Draft("Colchicine")
    draft.row(["Drug class: antigout", "Usual dose: 0.6 mg once daily"])
    (row,) = draft.statements()
    assert header_and_cell(row) == ()


def test_a_paragraph_gives_a_statement_a_sentence() -> None:
    draft = Draft("Salbutamol")
    draft.block(BlockKind.PARAGRAPH, "Give 5 mg by nebuliser. Check potassium after 1 hour.")
    first, second = draft.statements()
    assert (first.kind, second.kind) == (StatementKind.DOSE, StatementKind.MONITORING)
    assert first.id == statement_id("s_0", first.start, first.end)
    assert second.substances[-1] == "salbutamol"


def test_a_suspicious_statement_is_held() -> None:
    draft = Draft("Digoxin")
    draft.block(BlockKind.PARAGRAPH, "Give 62.5 mg daily. Check potassium.")
    at = draft.text.index("62.5")
    held, free = extract(draft.document((Suspicion(at, at + 7, "two extractors disagree"),)))
    assert (held.held, free.held) == ("two extractors disagree", None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ramipril is contraindicated in pregnancy.", StatementKind.CONTRAINDICATION),
        ("Monitor renal function every 3 months.", StatementKind.MONITORING),
        ("Use with caution in heart failure.", StatementKind.CAUTION),
        ("Amoxicillin is the first choice.", StatementKind.CHOICE),
        ("It prefers the columnar epithelium.", StatementKind.OTHER),
        ("Treat for 5 days.", StatementKind.DURATION),
        ("Asthma is a chronic disease of the airways.", StatementKind.DEFINITION),
        ("Mortality was lower (odds ratio 0.8, 95% CI 0.7 to 0.9).", StatementKind.RESULT),
        ("Give 500 mg three times a day.", StatementKind.DOSE),
    ],
)
def test_the_kind_is_told_by_dosages_and_words(text: str, kind: StatementKind) -> None:
    draft = Draft("A guideline")
    draft.block(BlockKind.PARAGRAPH, text)
    assert [s.kind for s in draft.statements()] == [kind]


@pytest.mark.parametrize(
    ("text", "negative"),
    [
        ("Do not use in pregnancy.", True),
        ("It should not be given with trimethoprim.", True),
        ("Routine monitoring is not required.", True),
        ("There is no need to taper.", True),
        ("Avoid in severe renal impairment.", True),
        ("Stop metformin.", True),
        ("If the patient does not respond, give 5 mg.", False),
        ("Give 5 mg to those who cannot swallow.", False),
        ("The dose should not exceed 4 g a day.", False),
        ("Give 5 mg daily.", False),
    ],
)
def test_negation_counts_in_the_main_clause(text: str, negative: bool) -> None:
    assert (polarity_of(text) is Polarity.NEGATIVE) is negative


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("We recommend aspirin (GRADE 1A).", "1 (strong)"),
        ("Beta-blockers are indicated (Class IIa).", "class IIa"),
        ("Offer a statin.", "offer"),
        ("Consider a statin.", "consider"),
        ("A statin (strong recommendation).", "strong"),
        ("Give a statin.", None),
    ],
)
def test_strength_is_read_where_stated(text: str, strength: str | None) -> None:
    assert strength_of(text) == strength


@pytest.mark.parametrize(
    ("header", "cell", "amount"),
    [
        ("Dose (mg)", "250", "250 mg"),
        ("Dose, mg", "250", "250 mg"),
        ("Dose [mg/kg/day]", "10–15", "10–15 mg/kg/day"),
        ("Dose (mg)", "250 mg", "250 mg"),
    ],
)
def test_a_unit_that_only_the_header_names_is_read_with_the_number(
    header: str, cell: str, amount: str
) -> None:
    data = f"# Doses\n\n| Drug | {header} |\n|---|---|\n| Amoxicillin | {cell} |\n".encode()
    (document,) = read(RawFile("a.md", "a.md", data))
    (row,) = extract(document)
    assert row.text == f"Drug: Amoxicillin; {header}: {amount}"
    assert [dosage.unit for dosage in row.dosages] == ["mg"]
    assert document.text[row.start : row.end] == row.quote


def test_a_header_without_a_unit_leaves_the_number_bare() -> None:
    data = b"# Doses\n\n| Drug | Times a day (see note) |\n|---|---|\n| Amoxicillin | 3 |\n"
    (document,) = read(RawFile("a.md", "a.md", data))
    assert [each.text for each in extract(document)] == [
        "Drug: Amoxicillin; Times a day (see note): 3"
    ]


def one(text: str, name: str = "a.txt") -> Statement:
    (document,) = read(RawFile(name, name, text.encode()))
    (statement,) = [s for s in extract(document) if s.dosages]
    assert statement.quote == document.text[statement.start : statement.end]
    return statement


def test_the_fluid_that_a_drug_is_given_in_is_named_last() -> None:
    statement = one(
        "FITS\nTREATMENT OF FITS\nMagnesium sulphate:\n"
        "• 10 g in 1 litre of sodium chloride 0.9%, given at a rate of 1 g per hour\n"
    )
    assert statement.substances == ("magnesium sulfate", "sodium chloride")


def test_what_animals_were_given_is_a_result() -> None:
    assert one("STUDIES\nMale rats given 100 mg/kg/day had fewer pups.\n").kind is (
        StatementKind.RESULT
    )
    assert one("BITES\nDog bites: give 0.5 mL of vaccine at once.\n").kind is StatementKind.DOSE


def test_words_in_pieces_are_held_back() -> None:
    assert one("DOSES\nInfants: 20mg( 2 m l)o nce daily until 6 months.\n").held


@pytest.mark.parametrize(
    ("text", "people", "expected"),
    [
        ("One tenth of the total 24-hour dose, as a rapid-release tablet.", "", True),
        ("Divide the daily oral hydromorphone by 3.", "", True),
        ("The amount in mL is the weight in kg times 50.", "", True),
        ("Halve the dose.", "CrCl 10–30 mL/min", True),
        ("Halve the dose.", "", False),
        ("To turn micrograms into IU, multiply by 40.", "", False),
    ],
)
def test_a_dose_may_be_told_by_another_one(text: str, people: str, expected: bool) -> None:
    assert states_dose_rule(text, read_group(people)) is expected


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Surgery: stop 3 days before.", Polarity.POSITIVE),
        ("Stop 48 hours before contrast.", Polarity.POSITIVE),
        ("Potassium above 6: stop and ring the clinic.", Polarity.NEGATIVE),
    ],
)
def test_a_pause_before_something_is_no_ban(text: str, polarity: Polarity) -> None:
    assert polarity_of(text) is polarity


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("eGFR: below 30; What to do: Stop sitagliptin", StatementKind.CONTRAINDICATION),
        (
            "eGFR: 30 to 44; Action: Caution: lower it, and do not start it in new patients",
            StatementKind.CAUTION,
        ),
        ("eGFR: 60 or above; What to do: Stop here and look again", StatementKind.OTHER),
    ],
)
def test_a_cell_that_only_stops_or_cautions(text: str, kind: StatementKind) -> None:
    assert kind_of_statement(text, (), ()) is kind
