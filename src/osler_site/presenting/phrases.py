"""Words of the engine that pages show as they are, named here so that they are translated.

`tools/site_translations.py` collects them with what templates say. Names of drugs, conditions and
publishers, and whatever quotes a source, are none of them.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

PLACES = {
    "this machine": _("on this machine"),
    "this network": _("on this network"),
    "elsewhere": _("outside this network"),
}
STOPPED = (
    _("it took too long"),
    _("it did not come to an end"),
    _("it gave no reply"),
    _("its reply broke off"),
    _("its reply was not in the form that was asked for"),
    _("its server is outside this network, and that is not allowed"),
    _("its server could not be reached"),
    _("its reply could not be read"),
)
IDENTIFIERS = (
    _("a name"), _("a date of birth"), _("a date"), _("an age over 89"), _("an NHS number"),
    _("a record number"), _("a social security number"), _("a phone number"),
    _("an e-mail address"), _("a postal code"), _("an address"), _("a bed or room"),
    _("an account or licence number"), _(" and "),
)  # fmt: skip
KINDS = (
    _("Guideline"), _("Guideline summary"), _("Formulary"), _("Drug label"),
    _("Systematic review"), _("Randomised trial"), _("Review"), _("Textbook"),
    _("Patient information"), _("Kind unknown"), _("Summary of a guideline"),
    _("Summary of a formulary"), _("Summary of a drug label"), _("Summary of a systematic review"),
    _("Summary of a randomised trial"), _("Summary of a review"), _("Summary of a textbook"),
    _("Summary of patient information"),
)  # fmt: skip
STATUSES = (_("current"), _("superseded"), _("retracted"), _("SUPERSEDED"), _("RETRACTED"))
HELD = (
    _("read on the source's own page"),
    _("read on a copy of the source"),
    _("quoted second-hand, the source itself not read"),
    _("from bibliographic knowledge, not re-read"),
    _("as another answer page cites it, not re-read"),
    _("added as a file"),
    _("fetched from a public service"),
    _("EXPRESSION OF CONCERN"),
    _("CORRECTED SINCE"),
    _("NEWER EDITION PUBLISHED"),
    _("publisher unknown"),
    _("year unknown"),
)
COUNTRIES = (
    _("Australia"), _("Austria"), _("Belgium"), _("Brazil"), _("Canada"), _("China"),
    _("Denmark"), _("European Union"), _("Finland"), _("France"), _("Germany"), _("India"),
    _("Ireland"), _("Italy"), _("Japan"), _("Kenya"), _("Mexico"), _("Netherlands"),
    _("New Zealand"), _("Nigeria"), _("Norway"), _("Poland"), _("Portugal"), _("South Africa"),
    _("Spain"), _("Sweden"), _("Switzerland"), _("United Kingdom"), _("United States"),
)  # fmt: skip
CHECKED = (
    _("amount"), _("unit"), _("per weight or surface"), _("route"), _("timing"), _("duration"),
    _("maximum"), _("group"), _("wording"),
)  # fmt: skip
REMARKS = (
    _("The automatic check does not find this in the cited passages."), _("Yes"), _("No"),
)  # fmt: skip
ASKED = (
    _("What is the patient's age?"), _("What is the patient's weight?"),
    _("What is the patient's height?"), _("What is the patient's sex?"), _("What is the eGFR?"),
    _("What is the creatinine clearance?"), _("What is the serum creatinine?"),
    _("What is the patient's BMI?"), _("What is the ten-year cardiovascular risk?"),
    _("How many weeks pregnant is the patient?"), _("Is the patient breastfeeding?"),
    _("How severe is it?"), _("Is the patient pregnant?"), _("Which trimester is it?"),
    _("Is the patient planning a pregnancy?"), _("Could the patient become pregnant?"),
    _("age"), _("weight"), _("height"), _("sex"), _("creatinine clearance"), _("creatinine"),
    _("ten-year risk"), _("gestation"), _("pregnancy"), _("breastfeeding"), _("severity"),
)  # fmt: skip
FIELDS = (
    _("Age"), _("years"), _("Sex"), _("Female"), _("Male"), _("Weight"), _("Height"),
    _("Creatinine clearance"), _("Creatinine"), _("BMI"), _("Ten-year risk"), _("Pregnancy"),
    _("Not pregnant"), _("Pregnant"), _("Planning a pregnancy"), _("Gestation"), _("weeks"),
    _("Breastfeeding"), _("Severity"), _("Conditions"), _("Medicines"), _("Allergies"),
)  # fmt: skip
READERS = (
    _("Physician"), _("Pharmacist"), _("Nurse"), _("Student"), _("Patient or carer"),
    _("Not chosen"),
)  # fmt: skip
ARTICLES = (
    _("Answer"), _("Topic overview"), _("Guideline summary"), _("Draft"), _("Submitted"),
    _("Under Review"), _("Approved"), _("Changes requested"), _("Withdrawn"), _("Desk"),
    _("Review"),
    _("Educational purpose only; no clinician has reviewed this answer"),
    _("Educational purpose only; pending human review"),
    _("Educational purpose only; pending human review. A reviewer has asked for changes."),
)  # fmt: skip
PICTURES = (
    _("One source's regimen, as far as this answer holds it. Not to scale."),
    _(
        "The amounts a day are arithmetic, not advice: the low amount at the longest interval to "
        "the high amount at the shortest. The dose to give is the one stated."
    ),
    _(
        "The amounts a week are arithmetic, not advice: the low amount at the longest interval to "
        "the high amount at the shortest. The dose to give is the one stated."
    ),
    _(
        "The amounts a month are arithmetic, not advice: the low amount at the longest interval to "
        "the high amount at the shortest. A month is 30.4375 days. The dose to give is the one "
        "stated."
    ),
)
ALERTS = (
    _("Published again"), _("Its place in the review changed"),
    _("Something it rests on changed"), _("Withdrawn"),
)  # fmt: skip
SORTS = (
    _("Title"), _("Newest first"), _("Most statements"), _("Most cited by articles"),
)  # fmt: skip
