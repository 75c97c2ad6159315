"""Answers of the starter library as FHIR documents."""

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fhir.resources import get_fhir_model_class as r5_model
from fhir.resources.R4B import get_fhir_model_class as r4_model
from lxml import etree

from osler.answering import ask, overview, summarize, to_json
from osler.domain.errors import StaleCitation
from osler.dosage import from_fhir
from osler.fhir import Release, Review, SignedOff, answer_bundle, bundle_of, faults
from osler.library import Library
from osler.starter import sources

Bundle = dict[str, Any]
Document = Callable[..., Bundle]
AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
QUESTIONS = (
    "What is the maintenance dose of vitamin B12?",
    "78F, eGFR 24: dose of metformin?",
    "What is the first dose of gentamicin in adults of 70 kg?",
    "Folic acid before pregnancy: what dose?",
    "What is monitored with methotrexate?",
    "What is the dose of zorbium?",
)
SIGNED = SignedOff(
    name="Ada Example",
    profession="Physician",
    registration_number="12345",
    scope="The bottom line and <all> sections",
    conflicts_of_interest="None",
    at=datetime(2026, 11, 1, 8, 30, tzinfo=UTC),
    next_review=date(2027, 11, 1),
)
APPROVED = Review(
    title="Vitamin B12 & its doses",
    url="https://osler.example/articles/vitamin-b12/",
    status="approved",
    label="Approved",
    signed=SIGNED,
)


def resources(bundle: Bundle, kind: str) -> list[Any]:
    found = (entry["resource"] for entry in bundle["entry"])
    return [r for r in found if r["resourceType"] == kind]


def inside(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a resource."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from inside(each)
    elif isinstance(value, list):
        for each in value:
            yield from inside(each)


def extensions(value: Any, url: str) -> list[dict[str, Any]]:
    return [each for each in inside(value) if each.get("url") == url]


def part(extension: dict[str, Any], name: str) -> Any:
    (found,) = (e for e in extension["extension"] if e["url"] == name)
    (value,) = (v for k, v in found.items() if k.startswith("value"))
    return value


def section(bundle: Bundle, code: str) -> Any:
    (found,) = (
        s
        for s in bundle["entry"][0]["resource"]["section"]
        if s["code"]["coding"][0]["code"] == code
    )
    return found


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_models_of_both_releases_take_it(question: str, document: Document) -> None:
    for release, model in ((Release.R4, r4_model), (Release.R5, r5_model)):
        bundle = json.loads(json.dumps(document(question, release)))
        assert model("Bundle").model_validate(bundle).type == "document"


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_element_and_code_is_of_r4(question: str, document: Document) -> None:
    assert faults(document(question)) == ()


@pytest.fixture(scope="module")
def schema() -> Any:
    """HL7's own JSON schema of R4, which no Python package carries."""
    path = os.environ.get("OSLER_FHIR_SCHEMA")
    if not path:
        pytest.skip("OSLER_FHIR_SCHEMA does not name HL7's fhir.schema.json (docs/fhir.md)")
    return json.loads(Path(path).read_text("utf-8"))


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_official_schema_takes_every_resource(
    question: str, document: Document, schema: Any
) -> None:
    for entry in json.loads(json.dumps(document(question)))["entry"]:
        kind = entry["resource"]["resourceType"]
        one = {"$schema": schema["$schema"], "definitions": schema["definitions"]}
        one["$ref"] = f"#/definitions/{kind}"
        faults = list(jsonschema.Draft6Validator(one).iter_errors(entry["resource"]))
        assert faults == [], kind


@pytest.mark.parametrize("release", Release)
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_reference_is_to_an_entry(
    question: str, release: Release, document: Document
) -> None:
    bundle = document(question, release)
    held = {entry["fullUrl"] for entry in bundle["entry"]}
    named = {each["reference"] for each in inside(bundle) if "reference" in each}
    assert named <= held
    assert all(
        url == f"urn:uuid:{e['resource']['id']}" for e in bundle["entry"] for url in [e["fullUrl"]]
    )
    assert len(held) == len(bundle["entry"])


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_document_holds_only_what_its_composition_leads_to(
    question: str, document: Document
) -> None:
    bundle = document(question)
    held = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}
    reached, waiting = set(), [bundle["entry"][0]["fullUrl"]]
    while waiting:
        url = waiting.pop()
        if url not in reached:
            reached.add(url)
            waiting += [e["reference"] for e in inside(held[url]) if "reference" in e]
    beside = [held[url]["resourceType"] for url in held.keys() - reached]
    assert beside == ["Provenance"]  # which a document may hold beside


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_quote_is_what_its_source_says(
    question: str, document: Document, library: Library
) -> None:
    bundle = document(question)
    named = {f"urn:uuid:{r['id']}": r for r in resources(bundle, "DocumentReference")}
    answer = ask(library, question)
    cited = extensions(bundle["entry"][0], "urn:osler:citation")
    assert cited or not answer.answered
    for each in cited:
        source = named[part(each, "source")["reference"]]
        text = library.text(source["identifier"][0]["value"])
        assert text[part(each, "start") : part(each, "end")] == part(each, "quote")
        for context in (e for e in each["extension"] if e["url"] == "context"):
            said = text[part(context, "start") : part(context, "end")]
            assert said == part(context, "quote")


def test_every_claim_is_there_with_its_verdict_and_all_its_citations(
    document: Document, library: Library
) -> None:
    answer = ask(library, QUESTIONS[0])
    claims = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    claims += [p.claim for conflict in answer.conflicts for p in conflict.positions]
    composed = document(QUESTIONS[0])["entry"][0]
    shown = [
        each for each in inside(composed) if extensions(each.get("extension"), "urn:osler:claim")
    ]
    assert [part(extensions(s["extension"], "urn:osler:claim")[0], "text") for s in shown] == [
        claim.text for claim in claims
    ]
    for claim, said in zip(claims, shown, strict=True):
        assert part(extensions(said["extension"], "urn:osler:claim")[0], "verdict") == "supported"
        cited = extensions(said["extension"], "urn:osler:citation")
        assert [part(c, "statement") for c in cited] == [c.statement_id for c in claim.citations]


def test_narrative_is_xhtml_and_escapes_what_sources_say(library: Library) -> None:
    body = to_json(ask(library, QUESTIONS[0]), library)
    body["question"] = '<script>alert(1)</script> & "B12" \x0b\x00 < 1 mg'
    bundle = bundle_of(body, library, at=AT)
    divs = [each["div"] for each in inside(bundle) if "div" in each]
    assert len(divs) > 5
    for div in divs:
        root = etree.fromstring(div)
        assert root.tag == "{http://www.w3.org/1999/xhtml}div"
        assert not {etree.QName(e).localname for e in root.iter()} & {"script", "style", "form"}
        assert "".join(root.itertext()).strip()
    assert "&lt;script&gt;" in divs[0]


def test_ids_come_from_the_content(library: Library, document: Document) -> None:
    first, again = document(QUESTIONS[0]), document(QUESTIONS[0])
    assert first == again
    later = answer_bundle(ask(library, QUESTIONS[0]), library, at=AT.replace(day=29))
    assert later["id"] != first["id"]  # another document: it has another date
    assert later["entry"][0]["fullUrl"] == first["entry"][0]["fullUrl"]
    assert document(QUESTIONS[1])["entry"][0]["fullUrl"] != first["entry"][0]["fullUrl"]


def test_every_moment_has_its_zone(document: Document, library: Library) -> None:
    bundle = document(QUESTIONS[0])
    for said in (bundle["timestamp"], bundle["entry"][0]["resource"]["date"]):
        assert re.fullmatch(r"2026-11-30T09:00:00\+00:00", said)
    with pytest.raises(ValueError, match="zone"):
        answer_bundle(ask(library, QUESTIONS[0]), library, at=AT.replace(tzinfo=None))


def test_an_abstention_is_a_document_that_says_so(document: Document) -> None:
    bundle = document("What is the dose of zorbium?")
    (outcome,) = resources(bundle, "OperationOutcome")
    assert (outcome["issue"][0]["severity"], outcome["issue"][0]["code"]) == (
        "warning",
        "not-found",
    )
    refused = section(bundle, "abstention")
    assert outcome["issue"][0]["details"]["text"] in refused["text"]["div"]
    assert refused["entry"][0]["reference"] == f"urn:uuid:{outcome['id']}"
    assert resources(bundle, "MedicationKnowledge") == []


def test_the_doses_of_the_bottom_line_are_dosages(document: Document, library: Library) -> None:
    question = QUESTIONS[0]
    claims = ask(library, question).bottom_line
    stated = [d for claim in claims for d in claim.dosages]
    found = resources(document(question), "MedicationKnowledge")
    read = [
        from_fhir(dose["dosage"])
        for medication in found
        for guideline in medication["administrationGuidelines"]
        for dose in guideline["dosage"]
    ]
    assert [(d.low, d.high, d.unit, d.route, d.frequency) for d in read] == [
        (d.low, d.high, d.unit, d.route, d.frequency) for d in stated
    ]
    assert all(m["monograph"] and m["code"]["text"] == "vitamin b12" for m in found)


def test_a_step_stands_in_its_sequence_alone(document: Document) -> None:
    found = resources(document("thiamine dose to prevent Wernicke"), "MedicationKnowledge")
    courses = [
        course["dosage"]
        for medication in found
        for guideline in medication["administrationGuidelines"]
        for course in guideline["dosage"]
    ]
    sequences = [course for course in courses if len(course) > 1]
    assert [len(sequence) for sequence in sequences] == [2]
    assert "route" not in sequences[0][0]
    assert len(found) == 3  # one for each claim: what comes second is not given on its own


def test_what_must_not_be_given_is_no_dosage(document: Document) -> None:
    assert resources(document("78F, eGFR 24: dose of metformin?"), "MedicationKnowledge") == []


@pytest.mark.parametrize(
    "change",
    [{"verdict": "unsupported"}, {"warning": "ten times too much"}, {"applies": "no"}],
    ids=lambda c: next(iter(c)),
)
def test_a_claim_that_does_not_stand_gives_no_dosage(
    change: dict[str, str], library: Library
) -> None:
    body = to_json(ask(library, QUESTIONS[0]), library)
    body["bottom_line"] = [{**claim, **change} for claim in body["bottom_line"]]
    assert resources(bundle_of(body, library, at=AT), "MedicationKnowledge") == []


def test_a_source_is_described_and_hashed(document: Document, library: Library) -> None:
    import base64
    import hashlib

    found = resources(document(QUESTIONS[0]), "DocumentReference")
    described = {r.source.id: r.source for r in ask(library, QUESTIONS[0]).references}
    assert {r["identifier"][0]["value"] for r in found} == described.keys()
    for each in found:
        source = described[each["identifier"][0]["value"]]
        assert (each["description"], each["status"]) == (source.title, source.status.value)
        assert extensions(each, "urn:osler:source-seen")[0]["valueString"] == source.seen
        text = library.text(source.id).encode()
        held = each["content"][1]["attachment"]
        assert base64.b64decode(held["hash"]) == hashlib.sha1(text).digest()
        assert extensions(held, "urn:osler:text-sha256")[0]["valueString"] == (
            hashlib.sha256(text).hexdigest()
        )


def test_a_retracted_source_is_not_to_be_used(library: Library) -> None:
    body = to_json(ask(library, QUESTIONS[0]), library)
    body["references"][0]["status"] = "retracted"
    first = resources(bundle_of(body, library, at=AT), "DocumentReference")
    by_id = {r["identifier"][0]["value"]: r for r in first}
    gone = by_id[body["references"][0]["source_id"]]
    assert (gone["status"], gone["docStatus"]) == ("entered-in-error", "entered-in-error")


def test_what_services_say_of_a_source_is_told(library: Library) -> None:
    body = to_json(ask(library, QUESTIONS[0]), library)
    notice = {"kind": "correction", "reference": "BMJ. 2019;1:2", "pmid": None, "found_at": None}
    body["references"][0]["notices"] = [{**notice, "service": "PubMed"}]
    bundle = bundle_of(body, library, at=AT)
    (told,) = extensions(bundle, "urn:osler:source-notice")
    assert told["valueString"] == "correction: BMJ. 2019;1:2 (PubMed)"
    assert told["valueString"] in section(bundle, "references")["text"]["div"]


def test_provenance_tells_who_made_it_from_what(document: Document, library: Library) -> None:
    bundle = document(QUESTIONS[0])
    (made,) = resources(bundle, "Provenance")
    (device,) = resources(bundle, "Device")
    answer = ask(library, QUESTIONS[0])
    assert [v["value"] for v in device["version"]] == [
        answer.engine_version, str(answer.library_version),
    ]  # fmt: skip
    assert made["agent"][0]["who"]["reference"] == f"urn:uuid:{device['id']}"
    quoted = {e["what"]["reference"] for e in made["entity"]}
    assert quoted == {f"urn:uuid:{r['id']}" for r in resources(bundle, "DocumentReference")}
    checked = extensions(made, "urn:osler:checked")[0]
    assert part(checked, "claims") == part(checked, "supported") > 0


def test_an_answer_is_preliminary_and_an_approved_article_final(library: Library) -> None:
    body = to_json(ask(library, QUESTIONS[0]), library)
    raw = bundle_of(body, library, at=AT)["entry"][0]["resource"]
    assert (raw["status"], "attester" in raw) == ("preliminary", False)
    waiting = replace(APPROVED, status="submitted", label="Submitted", signed=None)
    page = bundle_of(body, library, at=AT, review=waiting)["entry"][0]["resource"]
    assert page["status"] == "preliminary"
    bundle = bundle_of(body, library, at=AT, review=APPROVED)
    signed = bundle["entry"][0]["resource"]
    (reviewer,) = resources(bundle, "Practitioner")
    assert (signed["status"], signed["title"]) == ("final", "Vitamin B12 & its doses")
    assert signed["attester"][0]["party"]["reference"] == f"urn:uuid:{reviewer['id']}"
    assert signed["attester"][0]["time"] == "2026-11-01T08:30:00+00:00"
    assert "The bottom line and &lt;all&gt; sections" in section(bundle, "review")["text"]["div"]
    assert faults(bundle) == ()


@pytest.mark.parametrize("release", Release)
def test_an_approved_article_is_valid_too(release: Release, library: Library) -> None:
    body = to_json(ask(library, QUESTIONS[0]), library)
    body["references"][0]["supersedes"] = "An earlier edition"
    bundle = bundle_of(body, library, at=AT, review=APPROVED, release=release)
    model = (r4_model if release is Release.R4 else r5_model)("Bundle")
    assert model.model_validate(json.loads(json.dumps(bundle)))


def test_topics_and_summaries_are_documents_too(library: Library) -> None:
    for answer in (overview(library, "methotrexate"), summarize(library, next(sources()).name)):
        bundle = answer_bundle(answer, library, at=AT)
        assert r4_model("Bundle").model_validate(json.loads(json.dumps(bundle)))
        assert extensions(bundle, "urn:osler:citation")


def test_a_quote_that_is_not_in_its_source_is_refused(library: Library) -> None:
    body = to_json(ask(library, QUESTIONS[0]), library)
    body["bottom_line"][0]["citations"][0]["quote"] = "1 g every hour"
    with pytest.raises(StaleCitation, match="1 g every hour"):
        bundle_of(body, library, at=AT)
