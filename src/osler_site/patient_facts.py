"""The facts of one patient: the fields of a form ⇄ the text "age=78,egfr=24"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import QueryDict

_PREGNANCY = (
    ("not pregnant", "Not pregnant"),
    ("pregnant", "Pregnant"),
    ("planning", "Planning a pregnancy"),
)
_SEX = (("female", "Female"), ("male", "Male"))
_YES_NO = (("yes", "Yes"), ("no", "No"))


@dataclass(frozen=True, slots=True)
class Field:
    """One fact as a form asks for it; `kind` is "number", "choice" or "text"."""

    key: str
    label: str
    kind: str = "number"
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    value: str = ""

    @property
    def name(self) -> str:
        """Its name in a form."""
        return f"fact-{self.key}"


FIELDS = {
    field.key: field
    for field in (
        Field("age", "Age", unit="years"),
        Field("sex", "Sex", "choice", choices=_SEX),
        Field("weight", "Weight", unit="kg"),
        Field("height", "Height", unit="cm"),
        Field("egfr", "eGFR", unit="mL/min/1.73 m²"),
        Field("crcl", "Creatinine clearance", unit="mL/min"),
        Field("creatinine", "Creatinine", unit="µmol/L"),
        Field("bmi", "BMI", unit="kg/m²"),
        Field("risk", "Ten-year risk", unit="%"),
        Field("pregnancy", "Pregnancy", "choice", choices=_PREGNANCY),
        Field("gestation", "Gestation", unit="weeks"),
        Field("breastfeeding", "Breastfeeding", "choice", choices=_YES_NO),
        Field("severity", "Severity", "text"),
        Field("condition", "Conditions", "text", hint="asthma, type 2 diabetes"),
        Field("drug", "Medicines", "text", hint="warfarin, omeprazole"),
        Field("allergy", "Allergies", "text", hint="penicillin"),
    )
}
USUAL = (
    "age", "sex", "weight", "height", "egfr", "pregnancy", "breastfeeding", "condition", "drug",
    "allergy",
)  # fmt: skip


def field_named(key: str) -> Field:
    """The field of a fact."""
    return FIELDS[key]


def compose(form: QueryDict) -> str:
    """What a form says of the patient as "k=v,…".

    The text box `patient`, then every `fact-KEY` field, then pairs such as "no=asthma" in the
    fields `facts-N`. Nothing is judged here: the engine refuses what it does not understand.
    """
    parts = [form.get("patient", "").strip().strip(",")]
    for name in form:
        for value in form.getlist(name):
            said = value.strip()
            if not said:
                continue
            if name.startswith("fact-"):
                key = name.removeprefix("fact-")
                parts += [f"{key}={word}" for word in _words(said)]
            elif name.startswith("facts-"):
                parts.append(said)
    return ",".join(part for part in parts if part)


def fields_of(patient: str) -> tuple[tuple[Field, ...], str]:
    """The usual fields filled from a patient's text, and what of the text has no field."""
    values: dict[str, list[str]] = {}
    rest: list[str] = []
    for key, value in _pairs(patient):
        if key in USUAL and (key not in values or FIELDS[key].kind == "text"):
            values.setdefault(key, []).append(value)
        else:
            rest.append(f"{key}={value}" if value else key)
    filled = (replace(FIELDS[key], value=", ".join(values.get(key, ()))) for key in USUAL)
    return tuple(filled), ",".join(rest)


def each_fact(patient: str) -> Iterator[tuple[str, str]]:
    """Each pair of a patient's text, and the text without it."""
    pairs = [part.strip() for part in patient.split(",") if part.strip()]
    for place, pair in enumerate(pairs):
        yield pair, ",".join(pairs[:place] + pairs[place + 1 :])


def _pairs(patient: str) -> Iterator[tuple[str, str]]:
    for part in patient.split(","):
        key, _, value = part.partition("=")
        if key.strip():
            yield key.strip(), value.strip()


def _words(said: str) -> list[str]:
    return [word.strip() for word in re.split(r"[,;\n]", said) if word.strip()]
