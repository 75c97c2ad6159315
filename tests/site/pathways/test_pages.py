"""The pages of the pathways: the list, the form, the result, what is kept of it (nothing)."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from osler_site.engine import engine
from osler_site.pathways.examples import of as examples_of
from osler_site.pathways.loaded import loaded
from osler_site.pathways.questions import questions_of
from osler_site.reports.models import ProblemReport

pytestmark = pytest.mark.usefixtures("site")
B12 = "/pathways/vitamin-b12/"
NEUROLOGICAL = {
    "a-deficiency": "confirmed", "a-phase": "nothing", "a-cause": "pernicious",
    "a-neurology": "yes", "a-renal": "impaired", "a-country": "GB",
}  # fmt: skip
PATIENT = {
    "resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1950-04-01",
    "name": [{"family": "Quillfeather"}],
}  # fmt: skip


def record(*resources: dict[str, Any]) -> str:
    entries = [{"resource": r} for r in (PATIENT, *resources)]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})


def condition(text: str) -> dict[str, Any]:
    return {
        "resourceType": "Condition", "code": {"text": text}, "subject": {"reference": "Patient/p"},
    }  # fmt: skip


def post(client: Client, address: str = B12, **fields: Any) -> Any:
    return client.post(address, {**NEUROLOGICAL, **fields})


def test_the_list_says_what_each_pathway_is_for_and_what_it_rests_on(client: Client) -> None:
    page = client.get("/pathways/")
    assert page.status_code == 200
    assert b"Vitamin B12 replacement" in page.content
    assert b"Metformin by renal function" in page.content
    assert b"supported by the library" in page.content
    assert b"NICE" in page.content
    assert "quoted second-hand" in page.content.decode().lower()
    assert b"does not replace it" in page.content


def test_every_page_leads_there(client: Client) -> None:
    for address in ("/", "/library/", "/articles/"):
        assert b'href="/pathways/"' in client.get(address).content


def test_an_address_alone_shows_the_form_and_only_what_to_answer_first(client: Client) -> None:
    page = client.get(B12)
    assert page.status_code == 200
    for question in questions_of(loaded().named("vitamin-b12").questionnaire):
        assert f'name="{question.name}"' in page.content.decode()
    assert b"Answer these first" in page.content
    assert b"Nothing is answered yet, so nothing is recommended" in page.content
    assert b"Find out whether there is neurological involvement" in page.content
    assert b"does not replace it" in page.content


def test_with_nothing_answered_no_dose_is_shown_or_taken_along(client: Client) -> None:
    for name in ("vitamin-b12", "metformin"):
        page = client.get(f"/pathways/{name}/").content.decode()
        shown = page.partition("data-result")[2]
        assert not re.search(r"\d (mg|microg|micrograms)\b", shown)
        assert "FHIR" not in shown
        refused = client.post(f"/pathways/{name}/fhir", {"shape": "careplan"})
        assert refused.status_code == 400
        assert "nothing is answered yet" in refused.json()["issue"][0]["details"]["text"]


def test_what_is_taken_for_granted_is_told_openly_and_above_the_doses(client: Client) -> None:
    text = client.post(B12, {"a-neurology": "yes"}).content.decode()
    assumed, dose = text.index("Not answered, and taken as this"), text.index('class="dose"')
    assert assumed < dose
    assert "<details" not in text[text.index('id="result-title"') : dose]


def test_where_the_library_is_silent_is_told_above_the_dose(client: Client) -> None:
    text = client.get("/pathways/metformin/", {"example": "start"}).content.decode()
    shown = text.partition("data-result")[2]
    said = shown.index("does not say whether to start")
    assert said < shown.index('class="dose"')
    copied = shown.partition('id="as-text"')[2]
    assert copied.index("does not say whether to start") < copied.index("Starting - choose one")


def test_no_treatment_is_not_said_under_a_warning_that_decides(client: Client) -> None:
    text = client.get("/pathways/metformin/", {"example": "stop"}).content.decode()
    assert "Stop metformin" in text
    assert "No treatment follows" not in text


def test_egfr_is_written_as_it_is_everywhere(client: Client) -> None:
    lowered = {"a-egfr": "30", "a-use": "taking", "a-age": "adult", "a-acute": "no"}
    text = client.post("/pathways/metformin/", lowered).content.decode()
    assert "<b>eGFR</b>, every 3 months" in text
    assert "- eGFR every 3 months" in text
    assert "EGFR" not in text


def test_what_no_source_says_is_marked_as_ours(client: Client) -> None:
    text = post(client).content.decode()
    assert text.count("Osler’s words</span> Positions of the sources") >= 1
    assert "Osler’s words: Positions of the sources" in text


def test_a_problem_is_reported_with_the_pathway_and_nothing_of_the_patient(client: Client) -> None:
    link = re.search(
        r'class="report-link" rel="nofollow" href="([^"]+)"', post(client).content.decode()
    )
    assert link is not None
    assert link[1] == f"/report?of={B12}"
    form = client.get(link[1])
    assert form.status_code == 200
    assert b"Pathway: Vitamin B12 replacement" in form.content
    sent = client.post(link[1], {"kind": "dose", "words": "The dose is wrong", "seen": ""})
    assert sent.status_code == 302
    kept = ProblemReport.objects.get()
    assert (kept.path, kept.claim_text) == (B12, "")
    assert kept.library_version == engine().library().version
    assert client.get("/report", {"of": "/pathways/nothing/"}).status_code == 404
    assert client.get("/report", {"of": B12, "claim": "c1"}).status_code == 404


def test_answers_give_a_result(client: Client) -> None:
    page = post(client)
    text = page.content.decode()
    assert page.status_code == 200
    assert "1 mg by intramuscular injection on alternate days" in text
    assert "cyanocobalamin" in text
    assert "No folic acid alone while deficiency is untreated or suspected" in text
    assert "Neurological involvement is present" in text
    assert page.headers["Cache-Control"] == "no-store"
    assert f"library version {engine().library().version}" in text
    assert "not stored" in text


def test_a_part_is_what_the_page_holds_without_what_stands_around(client: Client) -> None:
    part = client.post(B12, NEUROLOGICAL, headers={"Osler-Part": "1"}).content.decode()
    assert part.lstrip().startswith('<div class="sheet pathway"')
    assert "<html" not in part
    assert "1 mg by intramuscular injection on alternate days" in part


def test_every_branch_is_told_with_its_reason(client: Client) -> None:
    text = post(client).content.decode()
    reasons = text.partition('class="branches"')[2]
    assert '<span class="way">taken</span>' in reasons
    assert '<span class="way">not taken</span>' in reasons
    assert '<span class="way">not reached</span>' in reasons
    assert '<span class="outcome yes">yes</span>' in reasons
    assert '<span class="outcome no">no</span>' in reasons


def test_every_citation_opens_the_passage_that_it_quotes(client: Client) -> None:
    library = engine().library()
    pathway = loaded().named("vitamin-b12")
    cited = [c for citations in pathway.citations.values() for c in citations]
    assert len(cited) > 20
    for c in cited:
        assert library.text(c.source_id)[c.start : c.end] == c.quote
    text = post(client).content.decode()
    links = set(re.findall(r'class="cite[^"]*" href="([^"]+)"', text))
    assert len(links) > 5
    for link in links:
        passage = client.get(link.replace("&amp;", "&"))
        assert passage.status_code == 200
        marked = re.findall(r"<mark>(.*?)</mark>", passage.content.decode(), re.S)
        assert marked


def test_the_numbers_beside_a_line_stand_in_the_references(client: Client) -> None:
    text = post(client).content.decode()
    beside = set(re.findall(r'data-cite="(\d+)"', text))
    listed = set(re.findall(r'id="ref-(\d+)"', text))
    assert beside == listed != set()


def test_every_example_is_of_answers_that_there_are(client: Client) -> None:
    for pathway in loaded().pathways.values():
        questions = {q.link_id: q for q in questions_of(pathway.questionnaire)}
        for example in examples_of(pathway):
            for link, token in example.answers.items():
                assert token in {o.token for o in questions[link].options}, (example.name, link)
            page = client.get(f"/pathways/{pathway.id}/", {"example": example.name})
            assert page.status_code == 200
            assert b"data-summary" in page.content


def test_an_address_answers_no_question(client: Client) -> None:
    plain = client.get(B12).content
    asked = client.get(B12, {"a-neurology": "yes", "record": record()}).content
    assert without_token(asked) == without_token(plain)


def without_token(page: bytes) -> bytes:
    page = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", page)
    page = re.sub(rb'name="next" value="[^"]*"', b"", page)
    return re.sub(rb"\d\d:\d\d", b"", page)


def test_nothing_of_the_patient_is_kept_or_logged(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    def rows() -> dict[str, int]:
        return {
            m._meta.label: m._base_manager.count()
            for m in apps.get_models()
            if m._meta.managed
        }  # fmt: skip

    before = rows()
    with caplog.at_level(logging.DEBUG):
        page = post(client, record=record(condition("Quillfeather syndrome")))
        post(client, f"{B12}fhir", record=record(condition("Quillfeather syndrome")))
    assert page.status_code == 200
    assert rows() == before
    assert not client.session.keys()
    assert "Quillfeather" not in caplog.text
    assert "pernicious" not in caplog.text
    assert "Quillfeather" not in str(client.cookies)


def test_without_its_token_a_form_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    for address in (B12, f"{B12}fhir"):
        assert strict.post(address, NEUROLOGICAL).status_code == 403


def test_a_record_answers_what_is_left_open(client: Client) -> None:
    page = client.post(B12, {"record": record(condition("Pernicious anaemia"))})
    text = page.content.decode()
    assert page.status_code == 200
    assert "the record says: Pernicious anaemia" in text
    assert "the record says: 16 years or over" in text
    assert "(from the record)" in text


def test_an_answer_goes_before_the_record(client: Client) -> None:
    given = record(condition("Pernicious anaemia"))
    text = client.post(B12, {"record": given, "a-cause": "diet"}).content.decode()
    assert "the record says: Pernicious anaemia" not in text
    assert '<option value="diet" selected>' in text
    assert "and the record says “Pernicious anaemia or atrophic gastritis”" in text
    same = client.post(B12, {"record": given, "a-cause": "pernicious"}).content.decode()
    assert "and the record says" not in same
    alone = client.post(B12, {"a-cause": "diet", "a-age": "child"}).content.decode()
    assert "and the record says" not in alone


def test_an_alert_of_the_record_stands_among_the_warnings(client: Client) -> None:
    told = "nothing is proposed for starting it or stepping it up"
    answers = {"a-egfr": "60", "a-age": "adult", "a-diabetes": "2", "a-use": "new"}
    page = client.post("/pathways/metformin/", {**answers, "a-reaction": "yes"})
    assert told in page.context["result"].warnings[0].text
    assert told not in client.post("/pathways/metformin/", answers).content.decode()


def test_a_file_is_read_like_what_is_pasted(client: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("p.json", record(condition("Pernicious anaemia")).encode())
    text = client.post(B12, {"file": file}).content.decode()
    assert "the record says: Pernicious anaemia" in text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("{", "This is no JSON"),
        ("[1]", "This record cannot be used"),
        ('{"a": NaN}', "This is no JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"resourceType": "Bundle", "entry": []}', "There is no Patient"),
        (json.dumps({**PATIENT, "birthDate": "yesterday"}), "Patient.birthDate"),
        (json.dumps({**PATIENT, "gender": "banana"}), "Patient.gender"),
    ],
)
def test_a_record_that_cannot_be_used_is_told_with_the_path(
    client: Client, given: str, told: str
) -> None:
    page = client.post(B12, {"record": given})
    text = page.content.decode()
    assert page.status_code == 400
    assert "This record cannot be used" in text
    assert told in text
    assert "There is no result until" in text
    as_fhir = client.post(f"{B12}fhir", {"record": given})
    assert as_fhir.status_code == 400
    assert as_fhir.json()["resourceType"] == "OperationOutcome"


def test_the_result_is_taken_along_as_fhir(client: Client) -> None:
    for shape, kind in (("careplan", "CarePlan"), ("bundle", "Bundle")):
        answer = post(client, f"{B12}fhir", shape=shape)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("application/fhir+json")
        assert answer.headers["Content-Disposition"].endswith(f'"vitamin-b12-{shape}.json"')
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.json()["resourceType"] == kind
    assert post(client, f"{B12}fhir", shape="nonsense").status_code == 400


def everything_in(resource: Any) -> list[dict[str, Any]]:
    """The objects within a resource, itself too."""
    if isinstance(resource, dict):
        return [resource, *(o for v in resource.values() for o in everything_in(v))]
    return [o for v in resource for o in everything_in(v)] if isinstance(resource, list) else []


def test_what_is_taken_along_stands_by_itself_and_nobody_has_ordered_it(client: Client) -> None:
    for given, who in (("", "patient"), (record(), "p")):
        plan = post(client, f"{B12}fhir", shape="careplan", record=given).json()
        bundle = post(client, f"{B12}fhir", shape="bundle", record=given).json()
        full = {e["fullUrl"]: e["resource"] for e in bundle["entry"]}
        assert len(full) == len(bundle["entry"])
        held = {f"#{r['id']}": r for r in plan["contained"]}
        assert held[plan["subject"]["reference"]]["resourceType"] == "Patient"
        assert held[f"#{who}"]["resourceType"] == "Patient"
        for objects, there in ((everything_in(plan), held), (everything_in(bundle), full)):
            orders = [o for o in objects if "intent" in o and "resourceType" in o]
            assert len([o for o in orders if o["resourceType"] == "MedicationRequest"]) > 1
            assert {o["status"] for o in orders} == {"draft"}
            subjects = {o["subject"]["reference"] for o in orders}
            assert {there[s]["resourceType"] for s in subjects} == {"Patient"}
            references = {o["reference"] for o in objects if isinstance(o.get("reference"), str)}
            assert references <= {*there, "#apply-outcome-vitamin-b12"}  # held by the RequestGroup
        version = engine().library().version
        for whole in (plan, bundle):
            assert whole["meta"]["tag"] == [{
                "system": "urn:osler:evidence", "code": "checked",
                "display": f"Checked against version {version} of the library",
            }]  # fmt: skip
        assert "do not replace it" in plan["text"]["div"]
        (outcome,) = (r for r in full.values() if r["resourceType"] == "OperationOutcome")
        assert "do not replace it" in outcome["issue"][0]["details"]["text"]


def test_an_answer_that_is_none_is_told_and_nothing_is_concluded(client: Client) -> None:
    page = post(client, **{"a-renal": "purple"})
    text = page.content.decode()
    assert page.status_code == 400
    assert "Choose one of the answers" in text
    assert 'href="#a-renal"' in text
    assert "There is no result until" in text
    assert "alternate days" not in text.partition("data-result")[2]


def test_what_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/pathways/nothing/").status_code == 404
    assert client.post("/pathways/nothing/fhir").status_code == 404


def test_what_is_given_is_shown_as_text_only(client: Client) -> None:
    page = post(client, record="<script>alert(1)</script>")
    assert b"<script>alert" not in page.content
