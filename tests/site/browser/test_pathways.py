"""A pathway's page: the result follows the answers, opens its passages, and is taken along."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from axe import objections
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from running import Served

B12 = "/pathways/vitamin-b12/"
NEUROLOGICAL = f"{B12}?example=neurological"
ALTERNATE_DAYS = "1 mg by intramuscular injection on alternate days"
# Whether what stands in the middle of a control is the control, or its label.
UNCOVERED = """e => {
  const { left, top, width, height } = e.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  return there === e || there.closest("label")?.contains(e) === true;
}"""
RECORD = {
    "resourceType": "Bundle", "type": "collection",
    "entry": [
        {"resource": {"resourceType": "Patient", "id": "p", "birthDate": "1950-04-01"}},
        {"resource": {
            "resourceType": "Condition", "code": {"text": "Pernicious anaemia"},
            "subject": {"reference": "Patient/p"},
        }},
    ],
}  # fmt: skip


@pytest.fixture
def plain(browser: Browser, site: Served) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    yield context.new_page()
    context.close()


def answer(page: Page, question: str, said: str) -> None:
    page.get_by_role("group", name=question).get_by_label(said, exact=True).check()


def ways(page: Page, said: str) -> Locator:
    """The ways to choose from that say this."""
    return page.locator(".position").filter(has_text=said)


def test_the_result_follows_each_answer(page: Page) -> None:
    page.goto(B12)
    page.evaluate("window.same = true")
    expect(page.locator(".dose")).to_have_count(0)
    answer(page, "Is there neurological involvement?", "No")
    expect(ways(page, "three times a week")).to_have_count(1)
    answer(page, "Is there neurological involvement?", "Yes")
    expect(ways(page, "three times a week")).to_have_count(0)
    expect(ways(page, ALTERNATE_DAYS)).to_have_count(1)
    expect(page.locator("#announce")).to_contain_text("Result: 1 warning")
    chosen = page.get_by_role("group", name="Is there neurological involvement?").get_by_label(
        "Yes"
    )
    expect(chosen).to_be_focused()
    expect(chosen).to_be_checked()
    assert page.url.endswith(B12)
    assert page.evaluate("window.same") is True


def test_what_is_still_open_leads_to_its_question(page: Page) -> None:
    page.goto(B12)
    page.get_by_role("link", name="Find out whether there is neurological involvement").click()
    expect(page.locator("#a-neurology")).to_be_focused()
    answer(page, "Is there neurological involvement?", "No")
    expect(
        page.get_by_role("link", name="Find out whether there is neurological involvement")
    ).to_be_hidden()


def test_what_was_unfolded_stays_open(page: Page) -> None:
    page.goto(NEUROLOGICAL)
    page.get_by_text("Every branch, taken and not taken").click()
    expect(page.locator(".branches").first).to_be_visible()
    answer(page, "Is there neurological involvement?", "No")
    expect(ways(page, "three times a week")).to_have_count(1)
    expect(page.locator(".branches").first).to_be_visible()


def test_the_way_is_drawn_and_today_is_marked(page: Page) -> None:
    page.goto(NEUROLOGICAL)
    flow = page.get_by_role("img", name="The way through the pathway")
    expect(flow).to_be_visible()
    assert flow.locator("rect.taken").count() > 5
    course = page.get_by_role("img", name=re.compile("^From "))
    expect(course).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("img", name="The way through the pathway")).to_be_visible()


def test_a_number_opens_its_passage_beside_the_result(page: Page) -> None:
    page.goto(NEUROLOGICAL)
    page.locator(".position a.cite").first.click()
    panel = page.locator(".panel-slot [data-panel]")
    expect(panel.locator("mark")).to_contain_text("alternate days")
    answer(page, "Is there neurological involvement?", "No")
    expect(ways(page, "three times a week")).to_have_count(1)
    page.locator(".position a.cite").first.click()
    expect(panel.locator("mark")).to_contain_text("three times a week")


def test_everything_is_done_by_keys(page: Page) -> None:
    page.goto(B12)
    page.locator("#inputs-title").evaluate("e => { e.tabIndex = -1; e.focus(); }")
    page.keyboard.press("Tab")
    for _ in range(40):
        if page.evaluate("document.activeElement.name") == "a-neurology":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    yes = page.get_by_role("group", name="Is there neurological involvement?").get_by_label("Yes")
    expect(yes).to_be_checked()
    expect(ways(page, "three times a week")).to_have_count(0)
    expect(yes).to_be_focused()
    page.locator(".position a.cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-panel] h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".position a.cite").first).to_be_focused()


def test_a_record_fills_in_what_is_left_open(page: Page) -> None:
    page.goto(B12)
    page.get_by_text("Fill in from a record").click()
    page.get_by_label("Record", exact=True).fill(json.dumps(RECORD))
    page.get_by_role("button", name="Fill in").click()
    expect(page.locator(".inputs")).to_contain_text("the record says: Pernicious anaemia")
    expect(page.locator("[data-result] .given").first).to_contain_text("16 years or over")
    assert page.url.endswith(B12)


def test_a_file_is_read_into_the_box(page: Page) -> None:
    page.goto(B12)
    page.get_by_text("Fill in from a record").click()
    page.get_by_label("or a file").set_input_files(
        {"name": "p.json", "mimeType": "application/json", "buffer": json.dumps(RECORD).encode()}
    )
    expect(page.locator(".inputs")).to_contain_text("the record says: Pernicious anaemia")
    expect(page.get_by_label("Record", exact=True)).to_have_value(json.dumps(RECORD))


def test_a_record_that_cannot_be_used_is_told_in_place(context: BrowserContext) -> None:
    page = context.new_page()  # Chromium logs the 400 as an error
    page.goto(B12)
    page.get_by_text("Fill in from a record").click()
    page.get_by_label("Record", exact=True).fill('{"resourceType": "Patient", "birthDate": "x"}')
    page.get_by_role("button", name="Fill in").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Patient.birthDate")
    expect(alert).to_be_focused()
    expect(page.locator("[data-result]")).to_contain_text("There is no result")
    assert objections(page) == []


def test_when_the_server_cannot_be_reached_the_form_is_sent_as_it_is(page: Page) -> None:
    def broken(route: Route) -> None:
        if "osler-part" in route.request.headers:
            route.fulfill(status=200, body="no result")
        else:
            route.continue_()

    page.route("**/pathways/vitamin-b12/", broken)
    page.goto(B12)
    with page.expect_navigation():
        answer(page, "Is there neurological involvement?", "Yes")
    expect(page.locator("[data-result]")).to_contain_text(ALTERNATE_DAYS)


def test_the_result_is_copied_with_its_references(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(NEUROLOGICAL)
    page.get_by_role("button", name="Copy with references").click()
    expect(page.locator("#announce")).to_have_text("Copied with its references.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert ALTERNATE_DAYS in copied
    assert re.search(r"^\d+\. Hydroxocobalamin - indications and dose", copied, re.M)
    assert "does not replace it" in copied


def test_the_result_is_downloaded(page: Page) -> None:
    page.goto(NEUROLOGICAL)
    with page.expect_download() as started:
        page.get_by_role("button", name="Download as FHIR CarePlan").click()
    assert started.value.suggested_filename == "vitamin-b12-careplan.json"
    resource = json.loads(Path(started.value.path()).read_text("utf-8"))
    assert resource["resourceType"] == "CarePlan"
    answer(page, "Is there neurological involvement?", "No")
    expect(ways(page, "three times a week")).to_have_count(1)


def test_the_form_hides_no_question_and_its_way_out_stays_in_view(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    for width, height in ((1280, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(B12)
        form = page.locator(".inputs")
        assert form.evaluate("e => e.scrollHeight <= e.clientHeight + 1")
        assert form.evaluate("e => getComputedStyle(e).overflowY") == "visible"
        expect(page.get_by_role("heading", name="About the patient")).to_be_in_viewport(ratio=1)
        for question in ("a-neurology", "a-country"):
            page.locator(f"#{question}").focus()
            expect(page.locator(f"#{question}")).to_be_in_viewport(ratio=1)
            expect(page.get_by_role("link", name="To the result")).to_be_in_viewport(ratio=1)
            assert page.locator(f"#{question}").evaluate(UNCOVERED)
        page.get_by_role("link", name="To the result").click()
        expect(page.get_by_role("heading", name="Result", exact=True)).to_be_in_viewport()


def test_paper_has_the_time_line_and_why_there_is_a_warning(page: Page) -> None:
    page.goto(NEUROLOGICAL)
    page.emulate_media(media="print")
    expect(page.get_by_role("img", name=re.compile("^From "))).to_be_visible()
    expect(page.get_by_role("img", name="The way through the pathway")).to_be_hidden()
    expect(page.locator(".urgent .reason").first).to_be_visible()
    expect(page.locator(".assumed")).to_be_visible()
    page.goto("/pathways/metformin/?example=start")
    silence, dose = page.locator("#silent"), page.locator(".dose").first
    expect(silence).to_be_visible()
    above, below = silence.bounding_box(), dose.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] < below["y"]


def test_a_sheet_of_paper(page: Page, tmp_path: Path) -> None:
    page.goto(NEUROLOGICAL)
    page.pdf(path=tmp_path / "sheet.pdf", format="A4")
    with pypdfium2.PdfDocument(tmp_path / "sheet.pdf") as paper:
        texts = [re.sub(r"\s+", " ", sheet.get_textpage().get_text_bounded()) for sheet in paper]
    text = " ".join(texts)
    assert len(texts) <= 4  # as the fonts of the machine have it
    assert "No folic acid alone" in texts[0]
    assert ALTERNATE_DAYS in texts[0]
    assert len(texts[-1]) > 300  # the closing lines stand on no sheet of their own
    for said in (
        "Vitamin B12 replacement",
        "Is there neurological involvement? Yes",
        "No folic acid alone",
        ALTERNATE_DAYS,
        "British National Formulary",
        "Serum vitamin B12 and homocysteine",
        "References",
        "does not replace it",
        "library version",
        "not stored",
    ):
        assert said in text, said
    for pressed in ("Start again", "Fill in from a record", "Copy with references", "Sign in"):
        assert pressed not in text, pressed


def test_nothing_needs_scripts(plain: Page) -> None:
    plain.goto(B12)
    answer(plain, "Is there neurological involvement?", "Yes")
    plain.get_by_role("button", name="Show the result").click()
    expect(plain.locator("[data-result]")).to_contain_text(ALTERNATE_DAYS)
    expect(ways(plain, "three times a week")).to_have_count(0)
    assert plain.url.endswith(B12)
    plain.get_by_text("As plain text", exact=True).click()
    box = plain.get_by_label("The result as plain text")
    expect(box).to_have_value(re.compile(ALTERNATE_DAYS))
    expect(box).to_have_attribute("readonly", "")
    for hidden in ("Print", "Copy with references"):
        expect(plain.get_by_role("button", name=hidden)).to_be_hidden()
    plain.locator(".position a.cite").first.click()
    expect(plain.locator("mark")).to_contain_text("alternate days")


def test_the_pathways_are_found_from_the_first_page(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Pathways").click()
    page.get_by_role("link", name="Metformin by renal function").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Metformin by renal function")
    answer(page, "What is the eGFR", "Below 30, or kidney failure")
    expect(page.locator(".urgent")).to_contain_text("Stop metformin")


def test_on_a_phone_the_passage_comes_from_below(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(NEUROLOGICAL)
    page.locator(".position a.cite").first.click()
    expect(page.get_by_role("dialog").locator("mark")).to_contain_text("alternate days")


def test_what_is_typed_counts_after_a_pause_and_stays_in_its_box(page: Page) -> None:
    page.goto("/pathways/typed/")
    box = page.get_by_label("Weight in kg")
    box.press_sequentially("120.50")
    expect(page.locator("[data-result]")).to_contain_text("Weight above 100 kg: nothing is known")
    expect(box).to_be_focused()
    expect(box).to_have_value("120.50")


def test_a_question_is_asked_once_another_calls_for_it(page: Page) -> None:
    page.goto("/pathways/typed/")
    egfr, dialysis = page.get_by_label("eGFR"), page.get_by_role("group", name="Is dialysis done?")
    expect(egfr).to_be_hidden()
    answer(page, "How well do the kidneys work?", "Impaired")
    expect(egfr).to_be_visible()
    expect(dialysis).to_be_hidden()
    egfr.fill("12")
    expect(dialysis).to_be_visible()
    answer(page, "How well do the kidneys work?", "Normally")
    expect(egfr).to_be_hidden()
    expect(dialysis).to_be_hidden()


def test_what_cannot_be_read_is_told_beside_the_box(context: BrowserContext) -> None:
    page = context.new_page()  # Chromium logs the 400 as an error
    page.goto("/pathways/typed/")
    box = page.get_by_label("Weight in kg")
    box.press_sequentially("61,5")
    expect(page.locator("[data-field=a-weight] .error-line")).to_contain_text("such as 61.5")
    expect(box).to_be_focused()
    expect(box).to_have_value("61,5")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-result]")).to_contain_text("There is no result")
    expect(page.locator("#announce")).to_contain_text("There is no result")
    assert objections(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link", name="Weight in kg").click()
    expect(box).to_be_focused()
    box.fill("61.5")
    expect(page.locator(".error-line")).to_have_count(0)
    expect(box).not_to_have_attribute("aria-invalid", "true")


def test_questions_that_are_called_for_are_reached_without_scripts(plain: Page) -> None:
    plain.goto("/pathways/typed/")
    answer(plain, "How well do the kidneys work?", "Impaired")
    plain.get_by_role("button", name="Show the result").click()
    plain.get_by_label("eGFR").fill("none")
    plain.get_by_role("button", name="Show the result").click()
    expect(plain.get_by_role("alert")).to_contain_text("Give a number")
    plain.get_by_role("alert").get_by_role("link", name="eGFR").click()
    expect(plain.get_by_label("eGFR")).to_be_focused()
    plain.get_by_label("eGFR").fill("12")
    plain.get_by_role("button", name="Show the result").click()
    answer(plain, "Is dialysis done?", "Yes")
    plain.get_by_role("button", name="Show the result").click()
    expect(plain.locator("[data-result]")).to_contain_text("Dialysis: nothing is known")


def test_a_pathway_that_no_source_supports_is_told_and_not_offered(page: Page) -> None:
    page.goto("/pathways/")
    refused = page.get_by_role("listitem").filter(has_text="not supported by the library")
    expect(refused).to_contain_text("unsupported")
    refused.get_by_text("What is wrong").click()
    expect(refused).to_contain_text("does not say")
    assert page.request.get("/pathways/unsupported/").status == 404
