"""The words by which a question says what it asks for."""

from __future__ import annotations

import re
from re import Pattern

from osler.domain import Aspect, Phase


def _words(pattern: str) -> Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


# Order matters only for the wording of "understood"; a question may match several.
ASPECT_CUES: tuple[tuple[Aspect, Pattern[str]], ...] = (
    (
        Aspect.DURATION,
        _words(
            r"how long|how much longer|how many (?:more )?(?:days|weeks|months|years)|durations?\b"
            r"|length of (?:treatment|therapy|course)|until when|for life\b|when (?:can|should|do|to) "
            r"(?:i |we |you |they |he |she )?(?:be )?stop|course length"
        ),
    ),
    (
        Aspect.MONITORING,
        _words(
            r"monitor|blood tests?\b|blood levels?\b|(?:serum |plasma |drug |trough |peak )levels?\b"
            r"|level checks?|what (?:tests|checks|bloods)|which (?:tests|checks|bloods)"
            r"|follow[- ]?up tests?|checks?\b|surveillance"
        ),
    ),
    (
        Aspect.TARGET,
        _words(r"targets?\b|goals?\b|aim(?:ed|ing)?\b|therapeutic range|(?:serum|plasma|level) range"),
    ),
    (Aspect.INTERVAL, _words(r"how often|intervals?\b|how frequent|frequency\b|which day|what day")),
    (
        Aspect.INTERACTION,
        _words(r"interact|together with|combin(?:e|ed|ing|ation) (?:with|of)|alongside|same time as"),
    ),
    (
        Aspect.CONTRAINDICATION,
        _words(
            r"contra-?indicat|avoid|safe\b|safely\b|ok(?:ay)?\b|allowed\b|can (?:i|we|you|she|he|they|the|a|an|it|my)\b"
            r"|should (?:i|we|she|he|they|it|the) (?:not |be )?(?:tak|giv|us|hav)|may (?:i|we|she|he|they)\b"
        ),
    ),
    (
        Aspect.ADJUSTMENT,
        _words(
            r"stop\b|stopped|halv|carry on|continu|reduc|adjust|lower(?:ed)? the|withh[oe]ld|discontinu"
            r"|hold\b|omit|switch|convert|missed"
        ),
    ),
    (
        Aspect.CAUTION,
        _words(
            r"side[- ]effects?|adverse|cautions?\b|warnings?\b|precautions?|pitfalls?|risks? of\b|toxic"
        ),
    ),
    (
        Aspect.CHOICE,
        _words(
            r"which\b|first[- ](?:line|choice)|second[- ]line|alternatives?\b|instead of|drugs? of choice"
            r"|prefer|intensity|what (?:drug|antibiotic|medicine|salt|form|agent|statin)"
            r"|best (?:drug|antibiotic|treatment)"
        ),
    ),
    (
        Aspect.DOSE,
        _words(
            r"dos(?:e|es|age|ages|ing|ed)\b|how much(?! longer)|how many (?:mg|mcg|micrograms?|units?|tablets?|puffs?|drops?)"
            r"|regimens?\b|posology|titrat|initiat|starting\b|max(?:imum)?\b|ceiling|maintenance|loading"
            r"|prescrib|give\b|infusion rate"
        ),
    ),
    (
        Aspect.TREATMENT,
        _words(r"treat(?:ment|ing|ed)?\b|manage(?:ment|d)?\b|therapy\b|what (?:to|should (?:i|we)) (?:give|do)"),
    ),
    (
        Aspect.DEFINITION,
        _words(
            r"what (?:is|are)(?! the)(?: \(are\))?\b|define\b|definition|meaning of|what does .{1,40} mean"
            r"|causes? of|caus(?:e|ed)\b|symptoms?\b|signs?\b|diagnos"
        ),
    ),
)

PHASE_CUES: tuple[tuple[Phase, Pattern[str]], ...] = (
    (Phase.MAINTENANCE, _words(r"maintenance|long[- ]term dose|after (?:the )?(?:acute )?loading|usual dose")),
    (
        Phase.LOADING,
        _words(r"(?<!after the )(?<!after )(?<!after the acute )(?<!after acute )loading|load\b"),
    ),
    (Phase.START, _words(r"start(?:ing)?\b|initial|initiat|first dose|begin(?:ning)?\b|commenc")),
    (Phase.TITRATION, _words(r"titrat|increas|step(?:ping)? up|uptitrat|build up|go(?:es)? up")),
    (Phase.MAXIMUM, _words(r"max(?:imum)?\b|ceiling|upper limit|highest|most (?:i|you|we|she|he|they) can")),
    (Phase.PROPHYLAXIS, _words(r"prophyla|prevent|preventive")),
    (Phase.TAPER, _words(r"taper|wean|withdraw(?:al|n)? (?:dose|schedule)|come off")),
)

# What a statement must say to answer an aspect, where its kind alone does not tell.
STATEMENT_CUES: dict[Aspect, Pattern[str]] = {
    Aspect.MONITORING: _words(
        r"monitor|check|measur|test(?:s|ed)?\b|levels?\b|sample|assess|baseline|screen|review|count\b|FBC|ECG"
    ),
    Aspect.TARGET: _words(r"targets?\b|aim|goals?\b|range|maintain(?:ed)? (?:at|between|above|below)|keep"),
    Aspect.ADJUSTMENT: _words(
        r"stop|halv|carry on|continu|reduc|lower|adjust|withh[oe]ld|discontinu|hold\b|omit|switch|avoid"
        r"|do not|caution|no .{0,20}bar\b|increase"
    ),
    Aspect.INTERACTION: _words(r"interact|with\b|together|avoid|concurrent|concomitant|combin"),
    Aspect.CONTRAINDICATION: _words(
        r"contra-?indicat|avoid|not (?:be )?(?:used|given|recommended|take)|unsafe|safe|must not|should not|never"
    ),
    Aspect.CAUTION: _words(r"caution|avoid|risk|adverse|side[- ]effects?|warn|toxic|care\b|beware|may cause|can cause"),
    Aspect.CHOICE: _words(
        r"prefer|first[- ](?:line|choice)|choice|alternativ|instead|recommend|intensity|means|is used|drugs?\b"
    ),
    Aspect.DURATION: _words(
        r"(?:day|week|month|year)s?\b|for life|lifelong|indefinite|until|continu|stop|single dose|stat\b"
    ),
    Aspect.INTERVAL: _words(
        r"every|daily|weekly|monthly|hourly|once|twice|times|day|interval|annual|yearly|months?\b|weeks?\b"
    ),
}

YES_NO = re.compile(
    r"^(?:is|are|can|could|should|does|do|did|may|must|will|would|has|have)\b|\b(?:ok|okay|safe|allowed)\s*\?",
    re.IGNORECASE,
)

# Words of a question that carry no subject matter.
ASKING_WORDS = frozenset(
    """recommended recommend dose doses dosage dosing patient patients pt give given giving take taking
    tablet tablets tabs how much many what when which who why please tell need needs should would could
    treat treatment use used using get start starting maximum max schedule regimen adult adults year old
    years yr yrs y/o man woman male female her his she he my mum dad acute phase after before normal
    currently already now new ok okay safe thanks hello hi doctor count counts long term want know
    suspected known well otherwise""".split()
)
