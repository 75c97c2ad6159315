"""Words that tell what a statement does: its kind, phase, polarity and strength."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_

from osler.domain import Dosage, DosageRole, Group, Phase, Polarity, StatementKind, Target
from osler.patterns import lazy
from osler.statements.sentences.grades import read_grade
from osler.statements.vocabulary.analytes import analyte_units
from osler.statements.words.cutting import cue, word_mark, words_in

_RESULT = cue(
    r"95\s*%\s*(?:ci|confidence)|odds ratio|hazard ratio|relative risk|risk ratio|"
    r"p\s*[<=>]\s*0?\.\d|"
    r"mean difference|were randomi[sz]ed|was associated with|were associated with|"
    r"we found|this trial|"
    r"(?:no )?(?:statistically )?significant(?:ly)? (?:differ|increas|reduc|decreas|"
    r"improv|higher|lower|better|more|fewer)|"
    r"compared (?:with|to) placebo|participants (?:in|who|were)|"
    r"patients in the \w+ (?:group|arm)|study (?:showed|found)",
    "95 odds haza rela risk p mean was were no we this sign stat comp part pati stud",
)
# What animals were given is no dose for a person; a dog's bite is a person's.
_ANIMALS = cue(
    r"(?:rats?|mice|(?:(?:fe)?male|pregnant|in|of|to) (?:rabbits|dogs|monkeys|animals))\b"
    r"(?! bite)",
    "rat rats mice male fema preg in of to",
)
_CONTRAINDICATION = cue(
    r"contra-?indicat\w*|must not (?:be )?(?:us|giv|tak|start|prescrib|administer)\w*|"
    r"(?:do|should) not (?:be )?(?:us|giv|start|prescrib|administer|co-?prescrib|"
    r"combin)\w*|never (?:us|giv|start|prescrib|combin)\w*|"
    r"not (?:to be|be) (?:used|given)|not licensed for|(?:absolute|strict) bar\b|"
    r"(?<=[:.;] )no (?:oral|systemic|intravenous|iv|live|topical) \w+(?=\s*(?:[.,;)]|$))|"
    r"(?:^|(?<=[.;:] ))not (?:with|in|for|within|during)\b(?! (?:more|longer|less|at|every|all|"
    r"only|over|beyond|the|a)\b)|"
    r"(?:is|are) an? bar\b|precludes?\b|rules? (?:it|this|them|the \w+) out",
    "cont must do shou neve not abso stri is are prec rule no not",
)
_MONITORING = cue(
    r"monitor\w*|check(?:s|ed|ing)?|re-?check\w*|measur(?:e|ed|ing|ements?)\b|follow-?up|"
    r"re-?test\w*|"
    r"blood tests?|(?:serum|plasma|trough|peak|blood) levels?|review(?:ed)? (?:after|at|"
    r"every|in|within)|assess(?:ed)? (?:after|at|every)|surveillance|baseline",
    "moni chec re rech meas foll rete bloo seru plas trou peak leve revi asse surv base",
)
_MONITORS_FIRST = lazy(
    r"^\W*(?:\w+:\s*)?(?:monitor|check|measure|re-?check|review|test)", re.IGNORECASE
)
_TARGET = cue(
    r"targets?|aim(?:s|ing)? (?:for|to)|goal|kept (?:at|between|below|above)|"
    r"keep (?:\w+ ){0,4}(?:at|between|below|above|within)|"
    r"therapeutic range|reference range|maintain(?:ed)? (?:\w+ ){0,3}(?:at|between|below|"
    r"above|within)|range (?:is|of)|normal (?:range|value|level)",
    "targ aim aims aimi goal kept keep ther refe main rang norm",
)
_CHOICE = cue(
    r"first[-\s](?:line|choice)|second[-\s](?:line|choice)|third[-\s]line|(?:drug|"
    r"treatment|agent) of choice|prefer(?!s\b)\w*|alternative\w*|instead(?: of)?|"
    r"rather than|switch(?:ed)?|options?|choose|choice|substitut\w*|in place of|"
    r"best (?:drug|treatment)|is (?:recommended|indicated|advised)|change to",
    "firs seco thir drug trea agen pref alte inst rath swit opti choo choi subs in best is chan",
)
_CAUTION = cue(
    r"caution\w*|careful\w*|avoid\w*|warn\w*|interact\w*|extra care|increases? the risk|"
    r"risk of|toxicity|"
    r"side[-\s]effects?|adverse|beware|take care|may cause|danger\w*|pitfalls?",
    "caut care avoi warn inte extr incr risk toxi side adve bewa take may dang pitf",
)
_DURATION = cue(
    r"(?:continue|treat|carry on|given?|take|course|treatment|therapy|duration|"
    r"lasts?)\b[^.;]{0,40}\b(?:for|until|up to|of|is|at least)\b[^.;]{0,30}"
    r"(?:days?|weeks?|months?|years?|life)|life-?long|for life|indefinitely|\d+[-\s]day course|"
    r"(?:for|until)\s+(?:at least\s+)?\d+(?:\s*(?:-|–|to)\s*\d+)?\s*(?:days?|weeks?|"
    r"months?|years?)",
    "cont trea carr give take cour ther dura last life for inde unti 0",
)
_DEFINITION = cue(
    r"(?:is|are) defined as|refers? to|(?:is|are) (?:an?|"
    r"the) (?:\w+[\s-]){0,4}(?:condition|disease|disorder|infection|syndrome|type|form|"
    r"term|inflammation|group|drug|medicine)|"
    r"means|is called|is known as|characteri[sz]ed by|consists? of",
    "is are refe mean char cons",
)
# A dose told by another one: "one sixth of the 24-hour dose". "Halve it" is no dose yet.
_DOSE_RULE = cue(
    r"(?:divid|multipl)(?:e|y|ing)\s+(?:the|that|this|total|their|your|oral|\d+-hour)\b[^.;]{0,60}"
    r"\bby\s+(?:\d|two|three|four|five|six|ten)|"
    r"dos(?:e|es|age)\b[^.;]{0,40}\b(?:divided|multiplied)\s+by\s+(?:\d|two|three|four|five|six|ten)|"
    r"one[\s-](?:half|third|quarter|fifth|sixth|tenth)\s+(?:to\s+one[\s-]"
    r"(?:half|third|quarter|sixth)\s+)?of\s+(?:the|that|this|their|your|its)\s+(?:[\w-]+\s+){0,4}"
    r"(?:dose|total|amount|morphine|opioid)|"
    r"weight(?:\s+in\s+kg|\s*\(kg\))\s*(?:times|multiplied\s+by|[x×])\s*\d",
    "divi mult one dose dosa weig",
)
# "Halve the dose" is one where it says for whom by what is measured: "CrCl 15–60 mL/min: halve".
_CHANGED = cue(
    r"(?:halv(?:e|es|ed|ing)|doubl(?:e|es|ed|ing))\s+"
    r"(?:(?:the|its|usual|daily|normal|oral|starting|maintenance)\s+)*dos(?:e|es|age)\b|"
    r"dos(?:e|es|age)\s+(?:is|are|should be)\s+(?:halved|doubled)|"
    r"half\s+(?:of\s+)?(?:the|its)\s+(?:(?:usual|normal|daily)\s+)*dose\b",
    "halv doub dose dosa half",
)
# A cell or label that says no more: "below 30: Stop metformin", "30 to 44: Caution: halve it".
_ONLY_STOPS = lazy(
    r"[:;]\s+(?:stop|discontinue|withdraw)(?:\s+(?:the\s+)?[\w-]+){0,2}\s*\.?$", re.IGNORECASE
)
_CAUTION_FIRST = lazy(r"(?:^|[:;]\s+)caution\s*[:–—]", re.IGNORECASE)
_MEASURED = frozenset({"egfr", "crcl", "creatinine", "weight", "age"})
_GIVES = frozenset({DosageRole.DOSE, DosageRole.MAXIMUM, DosageRole.STEP})


_BY_WORDS = (
    (StatementKind.MONITORING, _MONITORING),
    (StatementKind.CAUTION, _CAUTION),
    (StatementKind.CHOICE, _CHOICE),
    (StatementKind.DURATION, _DURATION),
    (StatementKind.DEFINITION, _DEFINITION),
)


_KIND_MARKS = reduce(or_, (known.mark for _, known in _BY_WORDS))


def kind_of_statement(
    text: str, dosages: Sequence[Dosage], targets: Sequence[Target]
) -> StatementKind:
    """Say what a statement is about, by its dosages and its words; the first that fits."""
    if _RESULT.search(text) or _ANIMALS.search(text):
        return StatementKind.RESULT
    if _CAUTION_FIRST.search(text) and not any(dosage.role in _GIVES for dosage in dosages):
        return StatementKind.CAUTION
    if _ONLY_STOPS.search(text):
        return StatementKind.CONTRAINDICATION
    if _CONTRAINDICATION.search(text) and _CONTRAINDICATION.search(main_clause(text)):
        return StatementKind.CONTRAINDICATION
    if _MONITORS_FIRST.match(text):
        return StatementKind.MONITORING
    if targets and _TARGET.search(text):
        return StatementKind.TARGET
    if any(dosage.role in _GIVES for dosage in dosages) or _DOSE_RULE.search(text):
        return StatementKind.DOSE
    return kind_by_words(text)


def states_dose_rule(text: str, group: Group) -> bool:
    """Say whether a text tells a dose by another one: "one sixth of the 24-hour dose"."""
    if _DOSE_RULE.search(text):
        return True
    measured = any(a in _MEASURED or a in analyte_units() for a in group.attributes)
    return measured and _CHANGED.search(text) is not None


_HEADS_BARS = lazy(
    r"[\W\d]*contra-?indications?\b(?!.*\b(?:(?:pre-?)?caution|warning|interaction))", re.I
)


def kind_by_label(text: str) -> StatementKind:
    """Say what a heading or label tells of what stands under it: "Contraindications" bars."""
    return StatementKind.CONTRAINDICATION if _HEADS_BARS.match(text) else kind_by_words(text)


def kind_by_words(text: str) -> StatementKind:
    """Say what words alone tell of a statement or of the heading over it."""
    near = words_in(text).marks
    if near & _KIND_MARKS:
        for kind, known in _BY_WORDS:
            if near & known.mark and known.search(text):
                return kind
    return StatementKind.OTHER


_PHASES = (
    (
        Phase.LOADING,
        cue(
            r"(?<!after )(?<!after the )(?<!following )loading|rapid correction|repletion|"
            r"induction (?:dose|phase|course)|initial (?:intensive )?(?:course|phase)|"
            r"intensive phase|bolus dose",
            "load rapi repl indu init inte bolu",
        ),
    ),
    (
        Phase.TAPER,
        cue(
            r"taper\w*|wean\w*|(?:reduce|withdraw|stop) gradually|"
            r"gradually (?:reduc|withdraw|stop)\w*|step(?:ping)? down",
            "tape wean redu with stop grad step",
        ),
    ),
    (
        Phase.MAINTENANCE,
        cue(
            r"maintenance|thereafter|maintain(?:ed)? (?:on|with)|long[-\s]term|life-?long|for life|"
            r"(?:after|following) (?:the )?loading",
            "main ther long life for afte foll",
        ),
    ),
    (
        Phase.TITRATION,
        cue(
            r"titrat\w*|increas(?:e|ed|ing) (?:the dose |by |to |in steps|gradually|slowly|every|"
            r"as)|increments?|step(?:ped)? up|up-titrat\w*",
            "titr incr step up",
        ),
    ),
    (
        Phase.PROPHYLAXIS,
        cue(r"prophyla\w*|prevent(?:ion|ive|ing)?\b|chemoprevention", "prop prev chem"),
    ),
    (Phase.CONTINUATION, cue(r"continuation|continue (?:with|on|at)|carry on", "cont carr")),
    (
        Phase.START,
        cue(
            r"(?<!before )(?<!after )start(?:s|ing|ed)? (?:with|at(?! least)|dose|on|\d)|"
            r"initial(?:ly)?(?: dose)?|(?<!before )(?<!after )starting|"
            r"begin(?:ning)? (?:with|at(?! least))|initiat\w*",
            "star init begi",
        ),
    ),
    (
        Phase.MAXIMUM,
        cue(r"max(?:imum)?\b|not (?:to )?exceed|no more than|ceiling", "max maxi not no ceil"),
    ),
)


_PHASE_MARKS = reduce(or_, (known.mark for _, known in _PHASES))


def only_phase_of(title: str) -> Phase | None:
    """Give the phase that a title names, if it names one alone and no treatment beside it."""
    named = [phase for phase, pattern in _PHASES if pattern.search(title)]
    beside = re.search(r"treat|\band\b|[,/&]", title, re.IGNORECASE)
    return named[0] if len(named) == 1 and not beside else None


# "After the initial course, maintain with …" names the phase that is over.
_OVER = lazy(r"\b(?:after|once|following)\b[^,.;:]*(?:,|\bover\b|\bcomplete)", re.IGNORECASE)
_OVER_WORDS = word_mark("after once following")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def phase_of(text: str) -> Phase | None:
    """Give the phase that the earliest cue in the text names, or None."""
    near = words_in(text).marks
    if not near & _PHASE_MARKS:
        return None
    if near & _OVER_WORDS:
        text = _OVER.sub(_blank, text)
    first: tuple[int, Phase] | None = None
    for phase, known in _PHASES:
        match = known.search(text) if near & known.mark else None
        if match and (first is None or match.start() < first[0]):
            first = (match.start(), phase)
    return first[1] if first else None


_SUBORDINATE = lazy(
    r"\b(?:if|when|whenever|who|whom|which|that|unless|until|because|where|whether|while|although|"
    r"as long as|in case|since|provided)\b"
    r"(?:(?!\b(?:do not|should not|must not|avoid|never|stop)\b)[^,;:.]|(?<=who )do not|"
    r"(?<=they )do not)*"
    r"(?:,\s*(?:(?:or|and)\s+\w+|is|are|does|has|was)\b[^,;:.]*)*",
    re.IGNORECASE,
)
_NEGATIVE = lazy(
    r"\b(?:"
    r"(?:do|does|should|must|shall|may|can|will|need|is|are|was|were|ought)\s*(?:not|"
    r"n['’]t)\b(?!\s+(?:only|exceed|be exceeded|be (?:below|above|less|more|under|over)|"
    r"more than|just|delay|less than|respond|known|clear))|"
    r"cannot|never(?!theless|\s+(?:the two|both|together|alone|more|less|above|below|over|under|"
    r"beyond|exceed\w*|faster|longer|at the same time|had|taken|received|been)\b)|"
    r"avoid(?:ed|ing|s)?\b|contra-?indicated|"
    r"not (?:to (?:be )?(?:use|give|start)|recommended|advised|indicated|required|needed|"
    r"necessary|be used|be given|to be used|suitable|appropriate|licensed|routinely)|"
    r"no (?:\w+ )?(?:need|role|place|indication|benefit|treatment|dose)\b|no (?:routine|"
    r"statins?)\b|unnecessary|neither|inadvisable|"
    r"(?:should|must) be (?:avoided|stopped|withheld|discontinued)|don['’]?t|"
    r"(?<=[.;:] )no (?:oral|systemic|intravenous|iv|live|topical) \w+(?=\s*(?:[.,;)]|$))|"
    r"(?:^|(?<=[.;:] ))not (?:with|in|for|within|during)\b(?! (?:more|longer|less|at|every|all|"
    r"only|over|beyond|the|a)\b)|"
    r"(?:absolute|strict) bar|(?:is|are) an? bar|precludes?|rules? (?:it|this|them|the \w+) out"
    r")",
    re.IGNORECASE,
)
# "We stop it", "below 30, stop"; but "stop 2 days before surgery" is a pause: whoever is on it may
# be on it.
_STOPS = lazy(
    r"(?:^|[:;.]\s*|\bthen\s+|\bwe\s+(?:usually\s+)?|\b(?:below|under|above|over)\s+\d[\d.]*,\s+)"
    r"(?:stop|withhold|discontinue|omit)\b"
    r"(?![^.;:]{0,40}\b(?:days?|hours?|weeks?)\s+(?:before|prior to)\b)",
    re.IGNORECASE,
)
_SHORT_NO = lazy(r"\W*no\s+\w+(?:\s+\w+){0,3}\.?", re.IGNORECASE)  # "No live vaccines."
_NEGATORS = word_mark(
    "not t cannot never avoid avoided avoiding avoids contraindicated no unnecessary neither "
    "inadvisable bar preclude precludes rule rules stop stopped withhold withheld discontinue "
    "discontinued omit dont"
)


def main_clause(text: str) -> str:
    """Blank out conditions and relative clauses, keeping every offset."""
    return _SUBORDINATE.sub(_blank, text)


def polarity_of(text: str) -> Polarity:
    """Say whether the statement itself is a "do not"; negation inside a condition does not count.

    "Do not use in pregnancy" is negative; "if the patient does not respond, give 5 mg" is not.
    """
    if not words_in(text).marks & _NEGATORS:
        return Polarity.POSITIVE
    negative = (
        _NEGATIVE.search(main_clause(text)) or _STOPS.search(text) or _SHORT_NO.fullmatch(text)
    )
    return Polarity.NEGATIVE if negative else Polarity.POSITIVE


_VERB = cue(
    r"(?:must|should|offer(?! no)|consider|recommend(?:ed|s)?|suggest(?:ed|s)?|"
    r"advise[ds]?|may be considered|can be considered|may)\b",
    "must shou offe cons reco sugg advi may can",
)


def strength_of(text: str) -> str | None:
    """Give the strength of a recommendation as stated: "1 (strong)", "class IIa", "offer"."""
    grade = read_grade(text).strength
    if grade:
        return grade
    verb = _VERB.search(text)
    return verb.group().lower() if verb else None
