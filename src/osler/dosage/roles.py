"""What an amount is: a dose, a ceiling, a step, a product's strength, or none of them."""

from __future__ import annotations

import re
from functools import lru_cache

from osler.domain.dosage import Comparator, DosageRole
from osler.dosage.amounts import GIVING, Amount, find_amounts
from osler.patterns import lazy

_MAXIMUM = lazy(
    r"(?:\b(?:max(?:imum|imal)?\.?|ceiling|not\s+(?:to\s+)?exceed(?:ing)?|(?:do|should|must|does)\s+not\s+exceed|without\s+exceeding|never\s+exceed|(?:no|not)\s+(?:faster|quicker|more\s+(?:quickly|rapidly))\s+than)"
    r"(?:\s+(?:recommended|single|total|daily|adult|oral|dose|dosage|of|is|per|day|usual|the|a|in|24|hours|rate|allowed|weekly|cumulative|initial|infusion|usually|to))*"
    r"(?:(?<=dose)\)|(?<=dosage)\))?[\s:=(,]*)$",  # "10 mg/kg (maximum dose) 600 mg"
    re.I,
)
# "The most that we give is 60 mg"; in "the most suitable dose is 60 mg" it is none.
_THE_MOST = lazy(
    r"(?:\bthe\s+most\s+|(?:^|[(:;,.])\s*most\s+(?=(?:that\s+)?(?:we|you|they)\b))(?:that|which|we|you|they|anyone|an?|any|in|per|(?:to\s+be\s+)?(?:given|taken|used|allowed)(?=\s+(?:in|is|per|a)\b))"
    r"(?:\s+\w+){0,4}\s+is\s*$",
    re.I,
)
# "The highest dose is 900 mg a day"
_HIGHEST = lazy(
    r"\b(?:highest|largest|top|greatest)\s+(?:(?:recommended|usual|licensed|approved|permitted|allowed|single|total|daily|adult|oral|maintenance)\s+)*dos(?:e|age)"
    r"(?:\s+(?:is|of|allowed|permitted|used|per\s+day|a\s+day|in\s+24\s+hours))*[\s:=]*$",
    re.I,
)
# "Until a total of 10 g has been given": what the doses before it add up to.
_ADDS_UP = lazy(
    r"\b(?:until|to|up\s+to)\s+(?:an?\s+|the\s+)?(?:(?:cumulative|grand|overall)\s+)?total\s+(?:dose\s+)?of\s+(?:about\s+)?$",
    re.I,
)
_UNTIL = lazy(r"\buntil\s+(?:about\s+)?$", re.I)
_ADDS_UP_AFTER = lazy(
    r"\s+(?:in\s+(?:total|all)\b|(?:has|have)\s+been\s+(?:given|infused|taken|reached))", re.I
)
# "If nothing has happened after 10 mg in all": what was given, and not what is to be given.
_REACHED = lazy(
    r"\b(?:after|once|when)\s+(?:about\s+)?(?P<total>(?:an?\s+|the\s+)?(?:(?:cumulative|grand|overall)\s+)?total\s+(?:dose\s+)?of\s+(?:about\s+)?)?$",
    re.I,
)
_FORBIDDEN = lazy(rf"\b(?:not|never)\s+{GIVING}$", re.I)  # "do not take more than 10 mg"
# From where on advice is needed: "ask a specialist before giving more than 10 mg".
_ASK_BEFORE = lazy(
    r"\b(?:ask|call|consult|contact|discuss|talk|speak)\b[^.;]*\bbefore\s+giving\s+$", re.I
)
_CHANGE = r"(?:increas|reduc|decreas|rais|lower|adjust|titrat|taper|step)\w*"
# What is given once something has changed is no step: "if it is reduced, give a dose of".
_ANOTHER = r"(?:to|dos(?:e|age)|giv(?:e|en)|tak(?:e|en)|used?|add|then)"
_STEP = lazy(
    rf"(?:\b{_CHANGE}(?:\s+(?!to\b)\w+){{0,6}}\s+by|\b{_CHANGE}(?:\s+(?!{_ANOTHER}\b)\w+){{0,6}}\s+of"
    rf"|\b{_CHANGE}\s+(?:in|by)\s+(?:the\s+|a\s+)?(?:daily\s+)?dos(?:e|age)\s+of|\b(?:up|down|rises?|rising)\s+by"
    r"|\b(?:in|by)\s+(?:steps|increments|decrements|stages)\s+of"
    r"|\bincrements\s+of|\bsteps\s+of)\s*(?:up\s+to\s+|about\s+)?$",
    re.I,
)
_STEPS_HEADER = lazy(
    r"\b(?:step(?:ping)?[\s-]*(?:up|down)|(?:in|de)crements?|steps)\s*[:|]\s*$", re.I
)
_STEP_AFTER = lazy(
    r"[\s-]*(?:increments?|decrements?|steps)\b|\s+(?:(?:an?|per|each|every)\s+(?:day|week)\s+)?extra\b",
    re.I,
)
_MAXIMUM_AFTER = lazy(
    r"\s*(?:\w+\s+)?(?:is\s+the\s+)?(?:\(?(?:max(?:imum)?|ceiling)\b\.?\)?)(?![\s.):,]*(?:(?:single|daily|total)\s+)?(?:dose\b)?[\s):]*(?:of\s+)?\d)",
    re.I,
)
_FORM_AFTER = lazy(
    r"[\s-]*(?:(?:film-coated|modified-release|effervescent|scored|dispersible|oral|m/r|enteric-coated)\s+)?"
    r"(?:tablets?|tabs?|capsules?|caps|vials?|ampoules?|ampules?|sachets?|patch(?:es)?|suppositor(?:y|ies)|pessar(?:y|ies)|inhaler|strength|lozenges?|tubes?|bottles?"
    r"|(?:single-(?:use|dose),?\s+)?(?:pre-?filled\s+)?(?:glass\s+)?(?:syringes?|pens?|cartridges?|auto-?injectors?))\b",
    re.I,
)
# "A 10 mg suppository at night": one of the form is what is given.
_FORM_GIVEN = lazy(
    r"[\s-]*(?:[\w/-]+\s+)?(?:tablet|capsule|sachet|patch|suppository|pessary|lozenge|vial|ampoule|syringe|pen|auto-?injector|nebule|implant)"
    r"(?:\s*\([^()]*\))?,?\s+(?:(?:to\s+be|is|should\s+be)\s+)?(?:bitten|chewed|swallowed|taken|given|inserted|placed|applied|inhaled|dissolved|held|sucked|injected|changed|replaced|renewed|one\b(?!\s+or)"
    r"|once|twice|thrice|(?:one|two|three|four|\d)\s+times|daily|weekly|nightly|monthly|every|each\s+(?:day|morning|night|evening|week)|at\s+(?:night|bedtime)|in\s+the\s+(?:morning|evening)"
    r"|as\s+a\s+single|stat|od|bd|tds|qds|(?:a|per)\s+(?:day|week)|on\s+(?:the\s+first\s+day|days?\s+\d))\b(?!\s+(?:as|for\s+making))",
    re.I,
)
_ONE_OF_IT = lazy(r"\b(?:one|1)\s*(?:[x×]\s*)?$", re.I)  # "one 100 mg capsule every 12 hours"
_LIST_OF_FORMS = lazy(
    r"\s*(?:,|and|or|/)\s*\d[\d.,]*\s*(?:mg|g|micrograms?|mcg)\b(?=(.{0,60}))", re.I
)
_PRODUCT = lazy(
    r"(?<![A-Za-z])(?:cream|ointment|solution|lotion|gel\b|shampoo|spray|paste|suspension|dextrose|glucose|saline|mouth\s?wash|w/v|v/v|w/w|dressing|emulsion"
    r"|foam|\beye|\bear\b|drops|paint|chloride|bicarbonate|albumin|lidocaine|lignocaine|infusion|injection|water|patch|iodine|soap|D/W|D/S|N/S|powder|wash)",
    re.I,
)
# What may stand between what is measured and its value. Words behind a colon or comma name
# something else: "In alcohol dependence: thiamine 50 mg", but "Urine output: below 400 mL".
_COMPARING = (
    r"(?:about|above|an?|and|approximately|around|at|average|below|between|by|estimated|exceed(?:s|ing)?|from|greater"
    r"|hours?|hourly|is|least|less|more|most|of|on|or|over|than|the|to|total|under|up|was)"
)
# "Clearance below 30 mL/min: 5 mg": what is measured has its value, and behind the colon (or the
# dash behind a rate) is a dose.
_RATE_UNIT = r"[^\W\d]+\s?/[^\s:,]+(?:\s*m2)?"
_HAS_VALUE = (
    rf"(?![^.;\n]*\d\s*(?:(?:%|{_RATE_UNIT}|per\s+\w+)?(?:\s+(?:or|and)\s+\w+)?\s*:"
    rf"|{_RATE_UNIT}(?:\s+or\s+\w+)?\s*,|[^\W\d]+\s?/\s?min[^\s:,]*(?:\s*m2)?\s+[-–—]\s))"
)
_UP_TO_VALUE = rf"{_HAS_VALUE}(?:[^.;\n:,]|[:,](?=(?:[^A-Za-z\n.;]|\b{_COMPARING}\b)*$)){{0,40}}$"
_LAB = lazy(
    r"\b(?:levels?|serum|plasma|trough|peak|viral\s+load|tit(?:re|er)s?|concentrations?|creatinine|glucose|haemoglobin|hemoglobin|hb|bilirubin|albumin)\b"
    + _UP_TO_VALUE,
    re.I,
)
# Measured in grams or millilitres ("alcohol withdrawal" is not), and in millilitres alone.
_BODY_FLUID = lazy(
    r"\b(?:loss(?:es)?\s+of|excretion|proteinuria|residual|weigh(?:s|ing)"
    r"|alcohol(?![\s-]+(?:abus|depend|intox|misus|poison|related|use\b|withdraw))|carbohydrates?|fib(?:re|er)|dietary"
    r"|collect(?:ed)?|voided|clearance|bilirubin|haemoglobin|hemoglobin)\b" + _UP_TO_VALUE,
    re.I,
)
_BODY_VOLUME = lazy(
    r"\b(?:urine\s+(?:output|volume)|output|blood\s+loss|oliguria|anuria|diuresis|drainage|bleeding|tidal\s+volume"
    # What a patient may drink: "restrict fluid to 1 litre a day".
    r"|(?:restrict|limit)\w*\s+(?:(?:oral|free|total|daily)\s+)*(?:fluids?|water)(?:\s+intake)?|fluid\s+restriction)\b"
    + _UP_TO_VALUE,
    re.I,
)
# Units of drink: "alcohol is kept below 14 units a week", "14 units of alcohol".
_DRINK = lazy(
    r"\balcohol(?![\s-]+(?:abus|depend|intox|misus|poison|related|use\b|withdraw))" + _UP_TO_VALUE,
    re.I,
)
_OF_DRINK = lazy(r"\s+of\s+alcohol\b", re.I)
_STRENGTH_BEFORE = lazy(r"\bstrengths?(?:\s*\([^()]*\))?\s*[:|]\s*$", re.I)
# What a syringe or bag holds: "at 0.1 units/kg/hour, using 50 units in 50 mL".
_HELD_BEFORE = lazy(r"\b(?:using|made\s+up\s+(?:as|from|with)|prepared\s+(?:as|from))\s*$", re.I)
_HELD_AFTER = lazy(r"\s+(?:in|per|made\s+up\s+to)\s+\d+\s*mL\b", re.I)
# A syringe by its concentration, and no time over which it is given: "use 20,000 units in 20 mL
# (1,000 units/mL)".
_MADE_BEFORE = lazy(
    r"\b(?:use|draw\s+up|prepare|make\s+up|put|mix)\s+(?:[^\W\d][\w-]*\s+){0,3}(?:[\d,.]+\s*[^\W\d]+\s+in\s+)?$",
    re.I,
)
_MADE_AFTER = lazy(
    r"\s*(?:(?:of\s+)?(?:[^\W\d][\w-]*\s+){0,4}(?:in|to|with)\s+(?:a\s+total\s+of\s+)?\d+\s*mL\b)?"
    r"[^.;\n\d(=]{0,40}(?:\(|=|\b(?:to\s+)?(?:make|making|give|giving)\b)\s*[\d,.]+\s*[^\W\d]+\s?/\s?mL\b"
    r"(?![^.;\n]*\b(?:over|every|daily|hourly|once|twice)\b)",
    re.I,
)
# "Caffeine citrate 20 mg = caffeine base 10 mg" is how two salts compare.
_EQUALS_AFTER = lazy(
    r"\s*(?:of\s+)?(?:[^\W\d][\w-]*\s+){0,3}=\s*(?:[^\W\d][\w-]*\s+){1,4}[\d,.]+\s*(?P<unit>[^\W\d]+)(?!\s?/)",
    re.I,
)
_EQUALS_BEFORE = lazy(
    r"[\d,.]+\s*(?P<unit>[^\W\d]+)\s*(?:of\s+)?(?:[^\W\d][\w-]*\s+){0,3}=\s*(?:[^\W\d][\w-]*\s+){1,4}$",
    re.I,
)
_DISSOLVED = lazy(r"\b(?:in|with|into|to)\s+(?:each\s+|an?\s+)?$", re.I)  # "10 g in 1 litre of"
_FLUID_AFTER = lazy(
    r"\s*(?:of\s+)?(?:[\d.]+\s?%\s*)?(?:normal\s+|physiological\s+|sterile\s+|half[- ]strength\s+)*"
    r"(?:sodium\s+chloride|saline|dextrose|glucose|water|ringer|hartmann|lactated|diluent|infusion\s+fluid"
    r"|compatible|[DN]/[SW]\b|[DN]\d?[SW]\b|NS\b|D5W\b)",
    re.I,
)
_SHARE_AFTER = lazy(r"\s+(?:of|to|in|increase|decrease)\b")
_BIRTH = lazy(r"[\s-]*birth", re.I)  # "a 500-g birth weight"
_LAB_UNITS = frozenset({"umol", "nmol", "pmol", "dL"})


@lru_cache(maxsize=16)
def amounts_and_roles(text: str) -> tuple[tuple[Amount, DosageRole | None], ...]:
    """Every amount of a text with its role, in reading order; a few recent texts are remembered."""
    return tuple((a, role_of(text, a)) for a in find_amounts(text))


def role_of(text: str, a: Amount) -> DosageRole | None:
    """The role of an amount in its text; None where it is no dose at all (see `parse_targets`)."""
    before = text[max(0, a.compared_from - 70) : a.compared_from]
    after = text[a.end : a.end + 60]
    if _is_measurement(a, before, after):
        return None
    if a.comparator is Comparator.GREATER and _ASK_BEFORE.search(before):
        return None
    reached = _REACHED.search(before)
    if reached and (reached["total"] or _ADDS_UP_AFTER.match(after)):
        return None
    if a.over:
        return DosageRole.STRENGTH
    if a.unit == "%" or _STRENGTH_BEFORE.search(before) or _is_diluent(a, before, after):
        return DosageRole.STRENGTH
    if _HELD_BEFORE.search(before) and _HELD_AFTER.match(after):
        return DosageRole.STRENGTH
    if _MADE_BEFORE.search(before) and _MADE_AFTER.match(after):
        return DosageRole.STRENGTH
    if _compares_salts(text, a, before, after):
        return DosageRole.STRENGTH
    if not a.unit.startswith("{") and (_FORM_AFTER.match(after) or _lists_forms(after)):
        counted = a.pieces > 1 or _ONE_OF_IT.search(before) or _FORM_GIVEN.match(after)
        return DosageRole.DOSE if counted else DosageRole.STRENGTH
    if _FORBIDDEN.search(before) and a.comparator is Comparator.AT_MOST:
        return DosageRole.MAXIMUM
    most = _MAXIMUM.search(before) or _THE_MOST.search(before) or _HIGHEST.search(before)
    if most or _MAXIMUM_AFTER.match(after):
        return DosageRole.MAXIMUM
    if _ADDS_UP.search(before) or (_UNTIL.search(before) and _ADDS_UP_AFTER.match(after)):
        return DosageRole.MAXIMUM
    bounds = a.comparator is Comparator.AT_MOST and _bounds_another(text, a, before)
    if bounds and not _STEP_AFTER.match(after):
        return DosageRole.MAXIMUM
    if _STEP.search(before) or _STEPS_HEADER.search(before) or _STEP_AFTER.match(after):
        return DosageRole.STEP
    return DosageRole.DOSE


# "20 mmol at no more than 10 mmol an hour", "1 mg/kg (at most 40 mg)"
_RATE = lazy(r"\b(?:at|rate(?:\s+of)?)\s*(?:an?\s+rate\s+of\s*)?$", re.I)
_OF_A_SIZE = lazy(r"(?:/|\bper)\s?(?:kg|m2|m²)\b[^();.]{0,25}[(,]\s*$", re.I)
# "1 g four times a day, no more than 4 g a day"
_NO_MORE = lazy(r"(?:no|not)\s+more\s+than|at\s+most", re.I)
_AFTER_A_DOSE = lazy(r"\d[^.;\n]*[,(]\s*$")
_NOT_ABOVE = lazy(r"(?:not|never)\s+(?:above|over)\b", re.I)
_TOTAL = lazy(r"\btotal\s+(?:dose\s+)?(?:of\s+)?(?:an?\s+)?$", re.I)


def _bounds_another(text: str, a: Amount, before: str) -> bool:
    """Whether "at most" bounds the dose before it: its rate, its sum, or its amount by size."""
    comparator = text[a.compared_from : a.start]
    if "total" in comparator or _NOT_ABOVE.match(comparator) or _TOTAL.search(before):
        return True
    if a.per_time in ("d", "wk") and _NO_MORE.match(comparator):
        return _AFTER_A_DOSE.search(before) is not None
    if a.per_time in ("s", "min", "h"):
        return _RATE.search(before) is not None
    return a.per is None and _OF_A_SIZE.search(before) is not None


def _compares_salts(text: str, a: Amount, before: str, after: str) -> bool:
    """Whether it is one side of an equation of two named amounts of the same unit."""
    found = _EQUALS_AFTER.match(after) or _EQUALS_BEFORE.search(before)
    return found is not None and text[a.start : a.end].strip().lower().endswith(
        found["unit"].lower()
    )


def _is_diluent(a: Amount, before: str, after: str) -> bool:
    """Whether a volume is what a drug is dissolved in: "10 g in 1 litre of sodium chloride"."""
    return (
        a.unit in ("mL", "L")
        and not a.per_time
        and _DISSOLVED.search(before) is not None
        and _FLUID_AFTER.match(after) is not None
    )


def _lists_forms(after: str) -> bool:
    listed = _LIST_OF_FORMS.match(after)
    return bool(listed and _FORM_AFTER.match(listed[1]))


# "By oxygen-driven nebuliser (6 L/min)": what carries the drug is no dose of it.
_DRIVES = lazy(r"\b(?:nebuli|driven\b|drives?\b)[^.;]*$", re.I)


def _is_measurement(a: Amount, before: str, after: str) -> bool:
    if a.unit in _LAB_UNITS or a.unit == "kg" or _BIRTH.match(after):
        return True
    if a.over:
        if a.over in ("L", "dL", "min/{1.73_m2}", "mmol", "mg") or a.unit == "ng":
            return True
        return a.over == "mL" and bool(_LAB.search(before))
    if a.unit == "%":
        near = f"{before[-25:].rsplit('.', 1)[-1]} % {after[:30].split('.')[0]}"
        return _SHARE_AFTER.match(after) is not None or not _PRODUCT.search(near)
    if a.unit in ("mL", "L") and a.per_time == "min" and not a.per:
        if _DRIVES.search(before):
            return True
        return not re.search(r"oxygen|\bO2\b|flow|infus|drip|mask|nasal", before + after, re.I)
    if a.unit == "U":
        return bool(_DRINK.search(before) or _OF_DRINK.match(after))
    if a.unit in ("mL", "L", "g", "mg"):
        measured = _BODY_FLUID.search(before) or (
            a.unit in ("mL", "L") and _BODY_VOLUME.search(before)
        )
        return bool(measured) and not re.search(
            r"\b(?:give|administer|dose|infus|add)", before, re.I
        )
    return False
