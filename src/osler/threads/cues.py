"""The words by which a question shows that it goes on from another, or begins anew."""

from __future__ import annotations

import re

from osler.answering.understanding.drug_roles import Role, drug_roles
from osler.domain import Term
from osler.patterns import lazy
from osler.statements import find_conditions, find_substances
from osler.threads.written_out import written_out

OPENERS = (
    r"(?:(?:ok|okay|all ?right|right|thanks|thank you|so|well|now|yes|hm+|sorry|great)\b[\s,.!]*)*"
)
GOES_ON = lazy(
    rf"^\W*{OPENERS}(?:and|also|but|or|plus|add(?:ing)?(?!-)|what about|how about|same|likewise|"
    r"ditto|what if|what else|suppose|supposing|say|no|not|actually|rather|i mean\w*|i meant|"
    r"correction|otherwise|then|if not|why not|instead)\b",
    re.IGNORECASE,
)
ANEW = lazy(
    r"^\W*(?:(?:ok|okay|right|thanks|thank you|now|next)\b[\s,.:!]*)*(?:for\s+)?(?:an?\s+)?"
    r"(?:(?:new|different|another|next|unrelated|other|separate)\s+(?:question|topic|patient|"
    r"case|subject|"
    r"one|thing|matter|issue)\b|while (?:i['’]?m here|i have you|you['’]?re there)|quick one on|"
    r"on another (?:note|matter|topic)|unrelated\b|new (?:topic|patient)\b|let['’]?s talk about|"
    r"(?:moving|turning) (?:on )?to|changing (?:the )?(?:topic|subject))"
    r"\s*[:,.;–—-]*\s*",
    re.IGNORECASE,
)
ANEW_PATIENT = lazy(
    r"^\W*(?:(?:ok|okay|right|thanks|now)\W+)*(?:the\s+|an?\s+)?(?:new|different|another|next|other)\s+"
    r"(?:patient|case|one)\b",
    re.IGNORECASE,
)
# What was said before was wrong, or is no longer so.
CORRECTS = lazy(
    r"^\W*(?:(?:ok|oh|ah|and|but|well)\b\W*)*(?:no|nope|sorry|oops|actually|correction|wait|"
    r"(?:my )?mistake|"
    r"i mean\w*|(?:i )?meant|rather|make (?:it|that)|scra(?:tch|p) that|not)\b|"
    r"\b(?:sorry|my mistake|actually|i meant?)\W*$|\b(?:it|that)(?:['’]s| is| was) (?:actually|"
    r"really)\b|"
    r"\b(?:turns? out|it was|it['’]s (?:now|not)|it is(?: now| not)?)\b",
    re.IGNORECASE,
)
# "Ok, and clarithromycin?" asks for no leave.
ACKNOWLEDGED = lazy(
    r"^\W*(?:(?:ok|okay|all ?right|right|thanks|thank you|great|fine|sure|good)\b"
    r"[\s,.!:;-]+)+(?=\w)"
    r"(?!(?:in|for|with|to|if|at|during|when|after|while|by)\b)",
    re.IGNORECASE,
)
# It asks nothing, and is no reason to ask the last question once more.
ONLY_THANKS = lazy(
    r"^(?=.*\b(?:thanks?|thx|ta|cheers|bye|goodbye|got it|that['’]s all|"
    r"understood)\b)\W*(?:(?:ok(?:ay)?|"
    r"great|perfect|many|thanks|thank you|thx|ta|cheers|a lot|very much|so much|got it|brilliant|"
    r"lovely|good|bye|goodbye|that['’]s all|that['’]s it|that['’]s great|for (?:that|now|"
    r"today|your help|the help)|"
    r"nice|cool|understood|all|again|no|yes|then|osler)\b\W*)+$",
    re.IGNORECASE,
)
SAME = lazy(
    r"^\W*(?:the\s+)?(?:same|ditto)(?:\s+(?:question|dose|drug|thing|again|for (?:him|her|"
    r"them)))?\W*$",
    re.IGNORECASE,
)
# "Days?", "weeks of it?"
HOW_LONG = lazy(
    r"^\W*(?:(?:and|the|number of|how many)\s+)*(?P<unit>days|weeks|months)"
    r"(?: of (?:it|this|that))?\W*$",
    re.IGNORECASE,
)
_LEADING = lazy(
    rf"^\W*{OPENERS}(?:(?:and|also|but|or|plus|then|actually)\b[\s,]*|no\s*[,;.:]\s*)*",
    re.IGNORECASE,
)
_TRAILING = lazy(r"[\s,]*\b(?:then|too|as well|instead|after all|please)\W*$", re.IGNORECASE)
# "She", "it" where the text itself names nobody and nothing that is meant.
PERSON = lazy(
    r"\b(?:she|he|her|his|him|hers|they|their|(?:this|that|the|my|our) (?:patient|person|child|"
    r"woman|man|lady|baby|girl|boy))\b(?!['’]?s? (?:\d|old))",
    re.IGNORECASE,
)
ANTECEDENT = lazy(
    r"\b(?:an?|my|our|\d+)[\s-]+(?:[\w-]+\s+){0,3}(?:woman|man|lady|gentleman|patient|child|"
    r"boy|girl|"
    r"baby|infant|neonate|pt|person|adult|mother|mum|mom|dad|father|wife|husband|son|daughter|"
    r"old)\b"
    r"|\b\d{1,3}\s?[FM]\b|\b\d+\s?(?:yo|y/o|yrs?)\b|^\W*my (?:wife|husband|mum|mom|mother|dad|"
    r"father|son|daughter|brother|sister)\b",
    re.IGNORECASE,
)
THING = lazy(
    r"\b(?:it|this|that|them|these|those|its|instead|the (?:drug|medicine|medication))\b"
    r"|\b(?:alongside|as well|too|together|on top|in addition)(?:\W*$|\s*[-–,;])|\bthen\W*$",
    re.IGNORECASE,
)
_DRUG = lazy(
    r"\b(?:it(?!\s+(?:is|was|isn['’]?t|wasn['’]?t|turn(?:s|ed) out)\s+(?:not\s+)?(?:an?|the|"
    r"actually|really|to be)\b)"
    r"(?!['’]?s?\s+(?:has\s+|is\s+)?(?:all\s+)?(?:healed|settled|cleared|resolved|gone)\b)"
    r"(?!['’]?s? (?:is )?(?:ok|okay|necessary|possible|true|better|"
    r"worth|needed|important)\b)|(?:this|that|the|same) (?:drug|medicine|medication|antibiotic)|"
    r"them)\b(?!['’])",
    re.IGNORECASE,
)
SOMEONE = lazy(
    r"\b(?:she|he|they|her|his|him|their|patient)\b",
    re.IGNORECASE,
)
GROUP = lazy(
    r"\b(?:children|kids|adults?|infants?|babies|neonates?|newborns?|adolescents?|teen(?:ager)?s|"
    r"women|men|elderly|older (?:people|adults|patients)|"
    r"\w+[\s-](?:year|month|week|day)s?[\s-]olds?|an?\s+(?:[\w-]+\s+){0,3}(?:child|baby|"
    r"infant|woman|man|boy|girl|adult|patient))\b",
    re.IGNORECASE,
)
INSTEAD = lazy(
    r"\b(?:what else|instead(?! of)|alternatives?|otherwise|if not|"
    r"(?:any|some)thing (?:else|but|other than)|"
    r"(?:an)?other (?:options?|choices?|drugs?|agents?|antibiotics?)|(?:second|third|next)[- ]line|"
    r"next (?:option|choice)|plan b|back-?up|only (?:has|have|got|stocks?|keeps?))\b",
    re.IGNORECASE,
)
# Asks which drug to give, whatever was asked about before: "what do I give if she's pregnant?"
WHICH_DRUG = lazy(
    r"\b(?:what|which (?:drug|antibiotic|medicine)) (?:do|should|can|could|would|to) ?(?:i|we|you|"
    r"one)? ?(?:give|use|prescribe|start|offer)\b(?!\s+(?:it|this|that)\b)",
    re.IGNORECASE,
)
# "What about the thyroid?" asks the same of it; "how should it be withdrawn?" asks by itself.
WHAT_ABOUT = lazy(rf"^\W*{OPENERS}(?:and\s+)?(?:what|how) about\b", re.IGNORECASE)
ASKS_ITSELF = lazy(
    rf"^\W*{OPENERS}(?:(?:and|but|then)\s+)?(?:how|when|where|who|which|what)\b"
    r"(?!\s+(?:about|if|else)\b)(?:\W+\w+){2,}",
    re.IGNORECASE,
)
IS_A_QUESTION = lazy(
    r"\b(?:how|when|where|which|what|why)\b(?!\s+(?:about|if|else)\b)"
    r"|(?:^|[.?!]\s|\band\s+)\W*who\b"
    rf"|^\W*{OPENERS}(?:and\s+|but\s+)?(?:is|are|can|could|should|shall|does|do|did|would|"
    rf"will|may|must|any)\b",
    re.IGNORECASE,
)
# "He's scratching as well": a sentence of its own, and no part of what is asked.
OF_SOMEBODY = lazy(
    r"^\W*(?:and\s+|but\s+|that\s+)?(?:s?he|they|i|we|it|(?:an?|the|her|his|their|my|our)\s+[\w-]+)"
    r"(?:['’](?:s|re|m|ve|d)\b|\s+(?:is|are|was|were|has|have|had|feels?|felt|got|gets|\w+ed)\b)",
    re.IGNORECASE,
)
WITH_IT = lazy(r"\bwith (?:it|that|them|those)\b", re.IGNORECASE)
# Said by the way: it tells nothing, and asks nothing.
ASIDE = lazy(
    r"[\s,;(–—-]*\b(?:(?:i |we )?(?:should|ought to) have (?:said|mentioned|told you)|"
    r"(?:i )?forgot to (?:say|mention)|"
    r"by the way|btw|fyi|lol|haha|if (?:that|it) helps|just so you know|i (?:think|guess|"
    r"suppose)|mind(?= *$)|"
    r"to be (?:clear|honest|precise)|thanks|thank you|cheers|pls|please)\b\)?",
    re.IGNORECASE,
)
# What is told, not asked: "he missed 5 days".
TOLD = lazy(
    r"^\W*(?:(?:and|but|also|no|sorry|actually|now|oh)\b[\s,]*)*(?:she|he|they|it|her|his|"
    r"their|the|"
    r"my)\b(?:['’]s|\s)(?!.*\?)"
    r"(?!.*[,;–—-]\s*(?:and |but |so )?(?:is|are|does|do|did|can|could|should|may|would|what|"
    r"which|how|when|any)\b)",
    re.IGNORECASE,
)
BESIDE = lazy(
    r"\b(?:together|as well|also|at the same time|on top|in addition|too|alongside)"
    r"(?:\W*(?:$|if\b)|\s*[-–,;])|^\W*(?:and\s+)?(?:add|adding|plus)\b",
    re.IGNORECASE,
)
# "Stick with aciclovir" chooses it.
WITH = lazy(
    r"(?<!stick )(?<!stay )(?<!remain )(?<!start )(?<!begin )(?<!continue )(?<!carry )(?<!go )"
    r"\b(?:with|alongside|on|(?<=\w )plus|taking|takes)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
TO_TREAT = lazy(r"\b(?:treatment|treating|therapeutic)\b", re.IGNORECASE)
WHY = lazy(r"^\W*(?:why|is (?:that|this)|are (?:those|these)|how come|does (?:that|this))\b", re.I)
# Forms that say how a drug is given, and no lexicon of routes has.
FORMS = (
    ("nebulised", lazy(r"\bneb(?:s|ulis\w+|uliz\w+)?\b", re.I)),
    ("rectal", lazy(r"\bsuppositor(?:y|ies)\b", re.I)),
    ("intravenous", lazy(r"\b(?:drip|into (?:the|a) vein)\b", re.I)),
    ("intramuscular", lazy(r"\bdepot\b", re.I)),
    ("oral", lazy(r"\b(?:tablets?|pills?|capsules?|syrup|suspension|liquid|oral)\b", re.I)),
    ("topical", lazy(r"\b(?:cream|ointment)\b", re.I)),
)
# The step after the first of a course.
LATER = lazy(
    r"\b(?:from|after) (?:day|week|month) (?:[2-9]|\d\d)\b|\bthereafter\b|\bfrom (?:tomorrow|"
    r"now on)\b|\bday \d+ on(?:wards?)?\b|"
    r"\b(?:longer|long)[- ]term\b|\bdoses? (?:afterwards|after that)\b|"
    r"\bfrom then on\b|\blater on\b|^\W*(?:and\s+)?(?:then|"
    r"after(?:wards)?|after that)\W*$",
    re.IGNORECASE,
)
LEVELS = lazy(
    rf"^\W*{OPENERS}(?:and\s+)?(?:what|which|the|any|what about|how about)?\s*(?:the\s+)?"
    r"(?:(?:(?:blood|serum|plasma|drug|trough|peak)\s+)?levels?|troughs?|peaks?)\W*$",
    re.IGNORECASE,
)
# "What if she had a DVT instead": it replaces what was treated before.
REPLACED = lazy(r"\binstead\b(?!\s+of\b)|\brather than\b", re.IGNORECASE)
SWITCHED = lazy(
    r"\b(?:switch|chang|swap|mov|convert|cross)\w*(?:\s+(?:him|her|them|over|"
    r"across))*\s+(?:on)?to\s+$",
    re.IGNORECASE,
)
# "How do I give the quinine": it has been spoken of.
_SPOKEN_OF = lazy(r"\bthe\s+(?:(?:oral|iv|im|intravenous|rectal)\s+)?$", re.IGNORECASE)
# "The amoxicillin dose": it is the dose that "the" tells of.
_OF_A_DRUG = lazy(
    r"\s+(?:\w+ )?(?:dos(?:e|es|age|ing)|levels?|trough|peak|target|maximum|regimens?|course|"
    r"guidelines?|rules?)\b",
    re.IGNORECASE,
)
_HOW_MANY = lazy(r"\bhow many\b", re.IGNORECASE)
# "It's", "what's", "can't": they say nothing of their own.
CONTRACTED = lazy(
    r"^(?:(?:it|she|he|they|i|we|you|that|what|there|who|how)['’](?:s|re|ll|d|ve|m)|\w+n['’]t)$",
    re.IGNORECASE,
)
# Words that tell of the patient, beside those of the lexicons.
OF_A_PATIENT = lazy(
    r"^(?:weigh\w*|kilos?|aged?|allerg\w+|first|second|third|trimester|breast\w*|feeding|"
    r"lactating|clearance|height|tall|tak(?:es|ing)|also|bmi|egfr|crcl|cm|male|female|uk|us|usa|"
    r"nigeria|severe|mild|moderate|pregnan\w+|has|had|have|poor|failing|intolerant|tolerate|"
    r"swallow|born|"
    r"gestation|planning|conceive)$",
    re.IGNORECASE,
)


def form_route(text: str) -> str | None:
    """The route that a form tells: "what about tablets?"."""
    if _HOW_MANY.search(text):
        return None  # "how many tablets" counts them
    return next((route for route, form in FORMS if form.search(text)), None)


# "Her brother is 8": someone else, of whom no "she" was told.
KIN = lazy(
    r"\b(?:(?:her|his|their|my|our|the|a)\s+)?(?P<kin>(?:(?:older|elder|younger|little|big|"
    r"baby|twin)\s+)?"
    r"(?:\d+[\s-]?(?:(?:year|month|week)s?[\s-]old|yo|y/o|yr old)\s+)?"
    r"(?:brother|sister|(?:grand|step)?(?:son|daughter|mother|father)|mum|dad|husband|wife|"
    r"partner|twin|sibling|"
    r"colleague|friend|(?:boy|girl)friend|neighbou?r|flatmate|fianc[eé]e?|aunt|uncle|"
    r"nephew|niece|cousin|gran(?:ny|dma|dad|dpa)?|"
    # "My lad is 16 and smokes too"
    r"(?:(?<=my )|(?<=our ))(?:lad|lass|boy|girl|kid)"
    r"(?=\s+(?:is|aged|of)\s+\d[^.?!]*\b(?:too|as well)\b)"
    r")s?)\b"
    r"(?!\s+(?:buys?|sa(?:ys|id)|ask(?:s|ed)|want(?:s|ed)|giv(?:es|ing)|gave|br(?:ings|ought)|"
    r"rang|think(?:s|ing)|"
    r"t(?:old|ells)|is (?:asking|worried)|noticed|reports?))",
    re.IGNORECASE,
)
INFUSED = lazy(r"\b(?:infus|inject|drip|bolus)\w*", re.IGNORECASE)
_NO_DRUG_BEFORE = lazy(
    r"\b(?:prevent\w*|treat\w*|cure|cures|has|had|got|caught|caused? by|diagnosed with|"
    r"down with|(?:ill|sick|infected) with|suffer\w* from|catch(?:es)?)\s+$",
    re.IGNORECASE,
)


def same_kin(text: str, last: str) -> str:
    """The text with "this patient" for kin that the question before was asked of: "the aunt"."""
    named = KIN.search(text)
    known = {m["kin"].lower().split()[-1] for m in KIN.finditer(last)}
    if named is None or named["kin"].lower().split()[-1] not in known:
        return text
    return f"{text[: named.start()]}this patient{text[named.end() :]}"


def with_kin(text: str) -> str:
    """The text with "a brother" for "her brother": the "her" tells nothing of him."""
    text = KIN.sub(lambda m: f"a {m['kin']}", text)
    return _KIN_OF.sub(r"\g<who> aged ", text)


# "A brother of 4 years"
_KIN_OF = lazy(
    r"\b(?P<who>brother|sister|son|daughter|twin|nephew|niece|cousin)\s+of\s+(?=\d)", re.IGNORECASE
)


def is_spoken_of(text: str, drug: Term) -> bool:
    """Whether a drug is named as known to both, or as what is gone over to."""
    at = text.lower().find(drug.text.lower())
    if at < 0:
        return False
    spoken_of = _SPOKEN_OF.search(text[:at]) and not _OF_A_DRUG.match(text[at + len(drug.text) :])
    return bool(spoken_of or SWITCHED.search(text[:at]))


_RATHER_THAN = lazy(r"\b(?:rather than|instead of|not)\s+(?:the |an? )?$", re.IGNORECASE)


def is_replaced(text: str, term: Term) -> bool:
    """Whether a term is named as what another takes the place of: "rather than pneumonia"."""
    at = text.lower().find(term.text.lower())
    return at >= 0 and _RATHER_THAN.search(text[:at]) is not None


def refers_back(text: str) -> bool:
    """Whether a text speaks of a person or thing that it does not name itself."""
    person, thing = PERSON.search(text), THING.search(text)
    if person is not None:
        named = ANTECEDENT.search(text)
        if named is None or named.start() > person.start():
            return True
    if thing is None:
        return False
    before = text[: thing.start()]
    return not (
        find_substances(before) and find_conditions(before)
    )  # "permethrin for head lice, how long is it left on"


def with_the_drug(text: str, drugs: tuple[Term, ...]) -> str:
    """The text with the drugs in place of the "it" that means them."""
    meant = _DRUG.search(text) if drugs else None
    if meant is None or find_substances(text[: meant.start()]):
        return text  # "what about insulin, how is it started?"
    if _NO_DRUG_BEFORE.search(text, 0, meant.start()):
        return text  # "and to prevent it?", "the mother has it too"
    told = _IT_IS.match(text, meant.start())
    if told and any(c.start == told.end() for c in find_conditions(text)):
        return text  # "it isn't cellulitis"
    forms = ((t, written_out(t.text, t.name)) for t in drugs)
    names = " and ".join(t.name if form.lower() == t.name else form for t, form in forms)
    named = _DRUG.sub(names, text, count=1)
    others = {found.name for found in find_substances(text)} - {t.name for t in drugs}
    if others and _is_another(text, meant.start(), meant.end()):
        roles = drug_roles(named)
        if all(roles.get(t.name, Role.ASKED) is Role.ASKED for t in drugs):
            return text  # nothing is told of it, and another is asked about
    return named


_IT_IS = lazy(
    r"it\s+(?:is|was|isn['’]?t|wasn['’]?t|turn(?:s|ed) out(?: to be)?)\s+(?:not\s+)?", re.IGNORECASE
)


_CLAUSES = lazy(r"[,;:.?!–—]\s+|\s-\s", re.IGNORECASE)
# "It had better be loratadine"
_SHALL_BE = lazy(
    r"\s+(?:should|must|would|will|could|has to|ought to|needs to|had better|might as well|may)\s+"
    r"(?:then\s+|now\s+)?be\s+(?:the\s+)?(?=\w)",
    re.IGNORECASE,
)


def _is_another(text: str, start: int, end: int) -> bool:
    """Whether "it" beside another drug is not the one before, or not what is asked about now.

    It is not where what it is to be is named, and where the other stands in a later clause.
    """
    drugs = find_substances(text)
    chosen = _SHALL_BE.match(text, end)
    if chosen and any(found.start == chosen.end() for found in drugs):
        return True
    clause = next((c.start() for c in _CLAUSES.finditer(text, start)), len(text))
    return all(found.start > clause for found in drugs)


def own_words(text: str) -> str:
    """A follow-up without the words that tie it to the question before."""
    return _TRAILING.sub("", _LEADING.sub("", text, count=1)).strip(" ,;:?.!")
