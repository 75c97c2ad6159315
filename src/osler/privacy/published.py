"""Codes and rows of values that belong to everybody: of drugs, trials, classes, and test results.

"ATC C10AA05" looks like a postal code, "NDC 0071-0155-23" like a telephone and "Na 118-121-124"
like a record number. A label, a maker's letters, the letters of a classification or the name of a
test tells them; nothing in them is ever hidden.
"""

from __future__ import annotations

from collections.abc import Iterator

from osler.patterns import lazy

Span = tuple[int, int]
# Registers of drugs, substances, trials, papers, genes and terms; a code has a digit.
_LABELLED = lazy(
    r"\b(?:ATC(?:/DDD)?|NDC|CAS(?: ?RN)?|UNII|RxCUI|RxNorm|SNOMED(?:[ -]?CT)?|SCTID|LOINC|"
    r"ICD(?:-?(?:9|10|11)(?:-?CM)?)?|ICPC(?:-2)?|OPCS|CPT|HCPCS|EudraCT|ISRCTN|NCT|PMID|PMCID|PMC|"
    r"doi|DrugBank|ChEBI|ChEMBL|InChIKey|OMIM|MIM|MedDRA|MeSH|PROSPERO|GTIN|PIP|dm\+d|HGNC|"
    r"EINECS|UniProt)"
    r"(?:[ -]?(?:code|number|no\.?|id|ref))?\s?[:#=]?\s?(?:is )?"
    r"(?P<value>(?=[\w./-]*\d)[\w./-]*\w)"
)
# Makers' letters before the number of a drug in development: "BAY 59-7939", "RU-486", "LY2835219".
_IN_DEVELOPMENT = lazy(
    r"\b(?:BAY \d\d-\d{4}|RU[ -]?\d{3,5}|(?:AMG|ABT|ABBV|AZD|BIBR|BIBF|BIIB|BMS|CGP|CHIR|CP|"
    r"GSK|GS|ICI|INCB|JNJ|LCZ|LY|MDX|MEDI|MK|MLN|ONO|PD|PF|REGN|RO|SAR|SB|SCH|SKF|SU|TAK|UK|VX|WIN|WAY|YM|ZD)"
    r"-\d{3,7}(?:-\d{2,6})?)\b"
)
# Stages and classes of letters with a digit each: "A2L3B2" (Montreal), "T2N1M0", "C3M5" (Prague),
# "G3P1" (pregnancies), "E4V5M6" (Glasgow).
_CLASS = lazy(
    r"(?<![\w-])(?:A[1-3]L[1-4](?:\+L4)?B[1-3]p?|[cpyr]{0,2}T(?:[0-4][a-d]?|is|x)\s?N[0-3x][a-c]?"
    r"(?:\s?M[01x][a-c]?)?|C\d{1,2}M\d{1,2}|G\d{1,2}P\d{1,2}(?:A\d)?|E[1-4]V[1-5]M[1-6])(?![\w-])"
)
# What is measured again and again: "Na 118-121-124-129", "K 5.2 → 6.1", "platelets 210>88>40".
_MEASURED = (
    "Na|K|Cl|Ca|Mg|PO4|Hb|Hgb|Plts?|WCC|WBC|CRP|ESR|INR|APTT|PT|Cr|Creat|Ur|BUN|e?GFR|CrCl|ALT|AST|"
    "ALP|GGT|bili|TSH|f?T4|f?T3|HR|RR|SpO2|O2|BMs?|CBGs?|pH|p?CO2|pO2|HCO3|BE|trop|BNP|LDL|HDL|TGs?|"
    "HbA1c|A1c|PSA|CK|LDH|CD4|VL|hCG|AFP|CVP|MAP|ICP|GCS|NEWS|PEFR?|FEV1|FVC|BMI"
)
_WORDED = (
    "sodium|potassium|calcium|magnesium|phosphate|chloride|bicarb(?:onate)?|creatinine|urea|"
    "h(?:a)?emoglobin|platelets?|ferritin|lactate|glucose|sugars?|bilirubin|albumin|troponin|level|"
    "levels|trough|troughs|weight|sats|temp|lithium|digoxin|ammonia|lipase|amylase|ketones|"
    "neutrophils?|neuts"
)
_VALUE = r"\d{1,3}(?:\.\d{1,2})?"
_SERIES = lazy(
    rf"\b(?:{_MEASURED}|(?i:{_WORDED}))\s?(?:is|was|of|[:=])?\s?{_VALUE}"
    rf"(?:\s?(?:[–>→-]|->|then|to)\s?{_VALUE})+(?![\w/-]|\.\d)"
)
_PRESSURE = r"\d{2,3}/\d{2,3}"
_PRESSURES = lazy(
    rf"\b(?:BPs?|pressures?)\b[^.?!\n\d]{{0,20}}{_PRESSURE}(?:(?:,|;| and| then| to)* {_PRESSURE})+"
    r"(?![\w/-]|\.\d)"
)


def published_spans(text: str) -> Iterator[Span]:
    """Where codes that everybody shares and rows of values stand; they may overlap."""
    if not any(map(str.isdigit, text)):
        return
    for pattern in (_LABELLED, _IN_DEVELOPMENT, _CLASS, _SERIES, _PRESSURES):
        yield from (match.span() for match in pattern.finditer(text))
