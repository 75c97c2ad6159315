"""What stands before and after the name of a person: titles, cues, ages, what people do."""

from __future__ import annotations

import re

from osler.answering.everyday import is_everyday
from osler.patterns import lazy
from osler.privacy.dates import FULL_DATE

TITLE = lazy(
    r"\b(?:mr|mrs|ms|miss|mx|master|mister|sir|dame|lady|lord|dr|doctor|prof|professor|nurse|"
    r"señora?|sra?|herr|frau|mme|madame|monsieur|mlle|signora?|don|doña|rev|pastor|imam|baby boy|"
    r"baby girl|b/o|d/o|(?:baby|mother|father|son|daughter|wife|husband|child|carer|sibling|"
    r"brother|"
    r"sister|partner|relatives?|family|parents?) of)\b\.?\s+",
    re.IGNORECASE,
)
CUE = lazy(
    r"(?:(?<!brand )(?<!generic )(?<!trade )(?<!drug )\b(?:surname|forename|first name|"
    r"last name|family name|full name|"
    r"(?:patient|pt|client|resident)(?:'s|’s)? name|name)\s*(?:is\b|was\b|[:=])?\s*"
    r"|\b(?:patient|pt|client|resident|re|regarding|ref|about|for|from|nok|next of kin|carer|"
    r"(?:patient|pt|client)(?:'s|’s)? details?)\s*[:=-]\s*"
    r"|\b(?:call|ring|phone|telephone|tell|text|contact)\s+|\b(?:patient|pt|client|it) (?:is|"
    r"was)\s+|\b(?:on behalf of|(?:thank you|thanks) for (?:seeing|referring|"
    r"reviewing)|rang (?:re|about)|"
    r"(?:t/c|phone call|call|letter|message|email|query) from|spoke (?:to|with))\s+"
    r"|\b(?:hello|hi|hey),? (?:this is|it's|it is|i am|i'm|my name is)\s+"
    r"|\b(?:my|our|the|this|a|another|new)?\s*(?:patient|pt|client|resident|inpatient|outpatient|"
    r"lady|"
    r"gentleman|wife|husband|mother|father|mum|mom|dad|son|daughter|brother|sister|partner|uncle|"
    r"aunt|auntie|grandmother|grandfather|grandma|grandpa|granddad|nan|gran|neighbou?r|friend|"
    r"niece|"
    r"nephew|cousin|baby|infant|child|boy|girl|toddler|teenager)\b,?\s+)",
    re.IGNORECASE,
)
# A drug may be called something, too, so a person is named before.
CALLED = lazy(
    r"\b(?:mother|father|mum|mom|dad|son|daughter|wife|husband|brother|sister|patient|pt|client|"
    r"resident|"
    r"m[ae]n|wom[ae]n|gentleman|lady|boy|girl|baby|child|infant|"
    r"person|"
    r"someone|somebody|old|y/?o|\d[MF]|he|she|he's|she's|who)\b[^.?!;:]{0,40}?"
    r"\b(?:named|called|known as)\s+",
    re.IGNORECASE,
    holds="named|called|known",
)
# What follows a person and no drug: "78F", "(DOB", "is a 60-year-old", "weighs".
PERSON_FOLLOWS = lazy(
    r"\s*(?:[,(;:-]\s*|is\s+|who\s+is\s+|aged?\s+)*(?:an?\s+)?(?:"
    r"\d{1,3}\s*(?:[- ]?(?:years?|yrs?|y|months?|mo|weeks?|days?)[ -]?(?:/?o|old|of age)?\b"
    r"|(?-i:[MF])\b)|\d{1,3}(?:\.\d)?\s?kg\b"
    r"|(?:bed|wheelchair|house)[ -]?bound\b|post[ -]?op\b|frail\b"
    r"|(?-i:[MF])\s?\d{2,3}\b|\d{1,3}(?=[,)]|\s+(?:with|on|has)\b)"
    r"|(?:male|female|man|woman|boy|girl)\b|pregnant\b"
    r"|d\.?o\.?b\b|born\b|(?:NHS|MRN|CHI|SSN|hosp\w*|room|bed|ward|tel|phone|mobile|email|ID)\b"
    r"|(?:weighs|weighing|presents|presented|presenting|attends|attended|lives|"
    r"was (?:admitted|born|seen|discharged|diagnosed|started|prescribed|given)|complains|came in|"
    r"has been|had been|takes|"
    r"is (?:on|taking|breastfeeding|allergic|pregnant|known|due|asking|having|already|currently|"
    r"being)|"
    r"has (?:a |an |had |got |developed |stage|type|chronic|severe|mild|CKD|AF|COPD|T2DM)|asks|"
    r"asked|"
    r"reports|denies|feels|forgot|missed|vomited|took|wants|needs|can(?:'t|not) (?:swallow|"
    r"tolerate))\b)"
    r"|\s*[<(]?\s*\[(?!NAME)[A-Z -]+\]|\s+(?:rang|rings|phoned|called|moved|lives|died|fell)\b"
    r"|(?:'s|’s)\s+(?:dose|weight|potassium|sodium|eGFR|creatinine|INR|B12|bloods?|results?|age|"
    r"kidney|renal|medications?|meds|husband|wife|mother|father|son|daughter|mum|dad|GP|chart|"
    r"record|treatment)",
    re.IGNORECASE,
)
FOLLOWS_STRICTLY = lazy(
    r"(?!-\w)\s*[,(;-]?\s*(?:\d{1,3}\s*(?:[- ]?(?:years?|yrs?|y)[ -]?(?:/?o|old)?\b|(?-i:[MF])\b)"
    r"|(?-i:[MF])\s?\d{2,3}\b"
    r"|(?-i:[MF])\b|(?:is\s+)?an?\s+\d|(?:aged?|who is|is)\s+\d|(?<=[,(] )\d{2}(?=[,)])"
    r"|(?<=\()\d{2}(?=\))|d\.?o\.?b\b|born\b"
    r"|(?:NHS|MRN|CHI|SSN|CRN|URN|hosp\w*)\b|(?:unit|case|record|chart|patient|file|ID)\s*(?:no|"
    r"num|id|#)"
    r"|and (?:her|his|their)\b"
    # What is hidden already tells of a person.
    r"|[<(|/]?\s*\[(?:DATE OF BIRTH|NHS NUMBER|RECORD NUMBER|SOCIAL SECURITY NUMBER|POSTAL CODE|"
    r"E-MAIL ADDRESS|AGE OVER 89)\]"
    r"|\d{1,2}(?P<parted>[/.-])\d{1,2}(?P=parted)\d\d\b(?![\w/.-]|\s*(?:mg|mcg|g|ml|units?|%))"
    r"|(?:rang|phoned)\b|\((?:she|he|they)\b"
    rf"|\(\s*{FULL_DATE}|here\b(?=\s*(?:[,.;?!]|$))|weighs\b|lives\b|was (?:admitted|born|seen)\b"
    r"|\(\s*\d{1,2}/\d{1,2}/\d\d\s*\))",
    re.IGNORECASE,
)
HAS_A_VALUE = lazy(
    r"(?:'s|’s)\s+(?:weight|potassium|sodium|eGFR|creatinine|INR|B12|bloods?|results?|age|kidneys?|"
    r"husband|wife|mother|father|son|daughter|mum|dad|GP|chart|records?|target|blood|last|next|discharge|letter|script|prescription|notes|allerg\w+|wound|"
    r"latest|recent|carer|family|appointment|[a-z]+ (?:levels?|results?|dose|chart|course))\b"
    r"|\s+(?:takes?|swallows?|eats?|drinks?|breastfeeds?|weighs|fl(?:y|ies)|travels?|conceives?|"
    r"drives?)\b"
)
_MARK_FOLLOWS = lazy(r"(?:'s|’s)\s|\s*(?:[?.,;:!)(–—]|\s[/|]\s|-\s|\n|$)")
# A drug may be given on a day, or in a bed, so one word alone before these is no name; nor is
# one before a strength: "Stalevo 50"
BEFORE_HIDDEN = lazy(r"[\s,;:<(|/-]*\[(?:DATE|BED OR ROOM|PHONE NUMBER|ADDRESS)\]|\s\d{2}(?=[,)])")
# What is hidden already, and a mark: a name often comes next. "[RECORD NUMBER] / Ana Lund /"
BEHIND_HIDDEN = lazy(
    r"\[(?:NHS NUMBER|RECORD NUMBER|DATE OF BIRTH|BED OR ROOM|SOCIAL SECURITY NUMBER|"
    r"ACCOUNT OR LICENCE NUMBER)\][\s,;:.|/-]*$"
)
# Initials beside what is hidden already, or as who is asked about: "[DATE OF BIRTH], J.K., T2DM".
INITIALS = lazy(
    r"(?:\][,;:/|-]?\s+|^|(?<=[,;:] )|\b(?:pt|patient|for|re|about)\b:?\s+)"
    r"(?P<value>(?:[A-Z]\.){2,3}|[A-Z]\.[A-Z]\b)(?=,?\s*(?:\(|\d{1,3}\s?[yMF]|in\b|on\b|\[|[,;:?]|has\b|is\b|$))"
)
# "G Herrera", set off: "… - G Herrera, [BED OR ROOM]".
BEFORE_INITIAL = lazy(
    r"(?:[-–—:,;/(\]]\s*|\b(?:for|re|about|from|per|by|of|see|seen)\s+|^|\n)$", re.IGNORECASE
)
# "does anyone know if ana lund should …": a person in small letters.
BEFORE_SMALL = lazy(
    r"(?:\b(?:if|does|can|should|could|may|is|seen|see|saw|reviewed|discussed|for|about|re|on|that|"
    r"was|why is|why was|details|regarding|with|ask\w*|husband|wife|mum|dad|son|daughter|"
    r"patient|pt)\b:?\s+|^)$",
    re.IGNORECASE,
)
DOES_SMALL = lazy(
    r"\s+(?:should|has|is|was|can|could|needs?|takes?|rang|wants?|had|gets?|have|who|be|still|put|"
    r"started|just|im|and (?:i|im|i'm)|keeps|feels|asked|asks|missed|forgot)\b|\s*[,?.;:]?\s*$",
    re.IGNORECASE,
)
_WORD_FOLLOWS = lazy(r"\s+([a-z]+)\b")
# "What are the symptoms of Bardet Biedl?" and "dose of Zubrin Forte" are on no one.
ASKS_WHAT = lazy(
    r"(?:\bdos(?:es?|age|ing)(?:\s+of(?:\s+(?:a|an|the))?)?"
    r"|\b(?:what(?:'s|’s)?|symptoms?|signs?|causes?|(?<!i )(?<!we )treat\w*|diagnos\w+|"
    r"inherit\w+|outlook|"
    r"prognosis|prevent\w*|stages?|research|changes|related|risks?|information|complications?|"
    r"manage\w*|"
    r"tests?|therapy|effects?|interactions?|uses?|use|alternatives?|tablets?|capsules?|"
    r"injections?|cream|"
    r"inhaler|brand|taking|takes|given|give|start\w*|plus|versus|vs|against|than|stop\w*|switch\w*|"
    r"prescrib\w*|add\w*|combin\w+|interact\w*|(?:patients?|m[ae]n|wom[ae]n|child(?:ren)?|"
    r"adults?|people|"
    r"someone|together|mixed|taken|has|had|have) with)"
    r"(?:\s+(?:is|are|\(are\)|of|for|in|to|on|with|from|a|an|the))*"
    r"|^\W*(?:parasites?|drug|brand)\b.*|(?<!advise )(?<!advice )(?<!opinion )(?<!update )\bon|"
    r"(?<!i )(?<!we )(?:have|has|had))\s+\(?$",
    re.IGNORECASE,
)
BEFORE_PERSON = lazy(
    r"(?:\b(?:for|give|giving|treat|treating|and|is|does|can|should|with|put|start|re|about|regarding|"
    r"may|could|will|did|was|has|if|that|on|call\w*|saw|seen|and|or|husband|wife|son|daughter)\s+|^)$",
    re.IGNORECASE,
)
ENDS_THERE = lazy(
    r"(?:'s|’s)?\s*[?.,!]|(?:'s|’s)\s|\s+(?:with|who|be|have|take|get|need|stop|start|on|has|is|"
    r"today|her|his|their|both|and|rang|wants|was|needs|had|still|should|can|missed|forgot)"
    r"\b"
)
_UP, _LOW = r"[A-ZÀ-ÖØ-ÞŁŚŠŞŻŽĆČŃİ]", r"[a-zß-öø-ÿăąćčďęěğıłńňőřśşšťůźżž]"
INVERTED = lazy(
    rf"\b((?:{_UP}{{2,}} ){{0,2}}{_UP}(?:{_UP}|['’-]){{2,}}|{_UP}(?:{_LOW}|['’-])+)"
    rf", ?({_UP}{_LOW}+(?:-[^\W\d_]+)?(?: {_UP}{_LOW}+\b(?=\s*[,(;:.\[-])| {_UP}\.?)?)(?!\w)"
    r"(?P<set_off>\s*[,(;:.\[-]|\s+\(?\d|\s+d\.?o\.?b"
    r"|\s+(?:NHS|MRN|CHI|SSN|hosp\w*|is|was|has|needs|takes|admitted|discharged|seen|attended|on)\b|$)?"
)


_OF_TIME = frozenset(
    {"before", "after", "until", "when", "while", "where", "because", "prior", "at"}
)
# What is said of a medicine and of nobody.
_OF_A_THING = lazy(
    r"\s+(?:safe|contraindicated|ok|okay|compatible|effective|licensed|available|better|during|"
    r"versus|"
    r"for|vs|interacts?|works?|causes?|contains?|once|twice|daily|"
    r"be (?:stopped|held|used|given|crushed|withheld|continued|taken|combined|switched|started|"
    r"prescribed|avoided))\b",
    re.IGNORECASE,
)
# "How is Bardet Biedl treated?": what is done to somebody tells nothing of who did something.
_PASSIVE = lazy(r"\b(?:is|are|was|were|be|been|being|get)\b", re.IGNORECASE)


def no_noun_follows(text: str, start: int, end: int) -> bool:
    """Whether a mark follows, a word of every day, or what was done by whoever stands there.

    "Lenz Majewski dwarfism" is nobody.
    """
    if _MARK_FOLLOWS.match(text, end):
        return True
    if _OF_A_THING.match(text, end):
        return False
    found = _WORD_FOLLOWS.match(text, end)
    if found is None:
        return False
    word = found.group(1)
    if word.endswith("ed"):
        return _PASSIVE.search(text[:start]) is None
    return word in _OF_TIME or is_everyday(word)
