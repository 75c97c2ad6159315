"""Names of people, by what stands around them.

A title or a cue ("patient", "named", "re:") makes a name of the words behind it, known or not. A
listed given or family name needs another word in capitals beside it, or a person's age or doing.
Two unknown words in capitals are a name only where an age, a sex or a record number follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from osler.domain.identifier import Identifier, IdentifierKind
from osler.patterns import lazy
from osler.privacy.clinical import (
    is_clinical_word,
    is_eponym,
    is_given_name,
    is_misspelt,
    is_surname,
    is_word,
)
from osler.privacy.lists import listed
from osler.privacy.numbers import LIKELY, POSSIBLE, SURE

_MOST_WORDS = 5
_WORD = lazy(r"[^\W\d_][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?")
_GAP = re.compile(r"[ \t]+")
_TITLE = lazy(
    r"\b(?:mr|mrs|ms|miss|mx|master|mister|sir|dame|lady|lord|dr|doctor|prof|professor|nurse|"
    r"señora?|sra?|herr|frau|mme|madame|monsieur|mlle|signora?|don|doña|rev|pastor|imam|baby boy|"
    r"baby girl|b/o|d/o|(?:baby|mother|father|son|daughter|wife|husband|child|carer|sibling|brother|"
    r"sister|partner|relatives?|family|parents?) of)\b\.?\s+",
    re.IGNORECASE,
)
_CUE = lazy(
    r"(?:\b(?:surname|forename|first name|last name|family name|full name|"
    r"(?:patient|pt|client|resident)(?:'s|’s)? name|name)\s*(?:is\b|was\b|[:=])?\s*"
    r"|\b(?:patient|pt|client|resident|re|regarding|ref|about|for|from)\s*[:=-]\s*"
    r"|\b(?:call|ring|phone|telephone|tell|text|contact)\s+"
    # A drug may be called something, too.
    r"|\b(?:patient|pt|client|resident|m[ae]n|wom[ae]n|gentleman|lady|boy|girl|baby|child|infant|person|"
    r"someone|somebody|old|y/?o|\d[MF]|he is|she is|he's|she's|who is|\d)[ ,(]{1,2}"
    r"(?:is |who is |was )?(?:named|called|known as)\s+"
    r"|\b(?:my|our|the|this|a|another|new)?\s*(?:patient|pt|client|resident|inpatient|outpatient|lady|"
    r"gentleman|wife|husband|mother|father|mum|mom|dad|son|daughter|brother|sister|partner|uncle|"
    r"aunt|auntie|grandmother|grandfather|grandma|grandpa|granddad|nan|gran|neighbou?r|friend|niece|"
    r"nephew|cousin|baby|infant|child|boy|girl|toddler|teenager)\b,?\s+)",
    re.IGNORECASE,
)
# What follows a person and no drug: "78F", "(DOB", "is a 60-year-old", "weighs".
_PERSON_FOLLOWS = lazy(
    r"\s*(?:[,(;:-]\s*|is\s+|who\s+is\s+|aged?\s+)*(?:an?\s+)?(?:"
    r"\d{1,3}\s*(?:[- ]?(?:years?|yrs?|y|months?|mo|weeks?|days?)[ -]?(?:/?o|old|of age)?\b"
    r"|(?-i:[MF])\b)"
    r"|(?-i:[MF])\s?\d{2,3}\b|\d{1,3}(?=[,)]|\s+(?:with|on|has)\b)"
    r"|(?:male|female|man|woman|boy|girl)\b|pregnant\b"
    r"|d\.?o\.?b\b|born\b|(?:NHS|MRN|CHI|SSN|hosp\w*|room|bed|ward|tel|phone|mobile|email|ID)\b"
    r"|(?:weighs|weighing|presents|presented|presenting|attends|attended|lives|"
    r"was (?:admitted|born|seen|discharged|diagnosed|started|prescribed|given)|complains|came in|has been|had been|takes|"
    r"is (?:on|taking|breastfeeding|allergic|pregnant|known|due|asking|having|already|currently|being)|"
    r"has (?:a |an |had |got |developed |stage|type|chronic|severe|mild|CKD|AF|COPD|T2DM)|asks|asked|"
    r"reports|denies|feels|forgot|missed|vomited|took|wants|needs|can(?:'t|not) (?:swallow|tolerate))\b)"
    r"|(?:'s|’s)\s+(?:dose|weight|potassium|sodium|eGFR|creatinine|INR|B12|bloods?|results?|age|"
    r"kidney|renal|medications?|meds|husband|wife|mother|father|son|daughter|mum|dad|GP|chart|record|treatment)",
    re.IGNORECASE,
)
_FOLLOWS_STRICTLY = lazy(
    r"\s*[,(;-]?\s*(?:\d{1,3}\s*(?:[- ]?(?:years?|yrs?|y)[ -]?(?:/?o|old)?\b|(?-i:[MF])\b)"
    r"|(?-i:[MF])\s?\d{2,3}\b"
    r"|(?-i:[MF])\b|(?:is\s+)?an?\s+\d|(?:aged|who is|is)\s+\d|\d{2}(?=[,)])|d\.?o\.?b\b|born\b"
    r"|(?:NHS|MRN|CHI|SSN|hosp\w*)\b"
    r"|weighs\b|lives\b|was (?:admitted|born|seen)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def bare(self) -> str:
        """Without what makes a possessive of it, and without its dot."""
        return self.text.rstrip(".").removesuffix("'s").removesuffix("’s")


def find_names(text: str) -> Iterator[Identifier]:
    """Find names of people; spans may overlap."""
    tokens = [_Token(*m.span(), m.group()) for m in _WORD.finditer(text)]
    starts = {token.start: at for at, token in enumerate(tokens)}
    yield from _led(text, tokens, starts, _TITLE, SURE)
    if not _is_heading(tokens):
        yield from _led(text, tokens, starts, _CUE, LIKELY)
    yield from _inverted(text)
    for run in _runs(text, tokens):
        yield from _in_run(text, run)
    yield from _in_small_letters(text, tokens)


def _is_heading(tokens: list[_Token]) -> bool:
    """Whether every longer word is in capitals or has one, so that capitals tell nothing."""
    longer = [t for t in tokens if len(t.text) > 3]
    return len(longer) > 1 and all(t.is_capital for t in longer)


def _led(
    text: str,
    tokens: list[_Token],
    starts: dict[int, int],
    pattern: re.Pattern[str],
    score: float,
) -> Iterator[Identifier]:
    """The words behind a title or a cue, as long as they can be a name's."""
    titled = pattern is _TITLE
    for match in pattern.finditer(text):
        at = starts.get(match.end())
        if at is None or (titled and not _is_title(match.group(), tokens[at])):
            continue
        found = []
        capital = tokens[at].is_capital
        for token in tokens[at : at + _MOST_WORDS]:
            if found and not _joined(text, found[-1], token):
                break
            if not _continues(token, capital=capital, titled=titled, first=not found):
                break
            found.append(token)
        while found and found[-1].text.lower() in listed("particles") and len(found) > 1:
            found.pop()
        if len(found) > 1 or (found and found[0].text.lower() not in listed("particles")):
            yield _identifier(text, found, score)


def _is_title(title: str, first: _Token) -> bool:
    """Whether it is one: "dr" and "sister" in small letters may be words before words."""
    return title[0].isupper() or not is_word(first.bare) or is_given_name(first.bare)


def _continues(token: _Token, *, capital: bool, titled: bool, first: bool) -> bool:
    word = token.bare
    if not first and (word.lower() in listed("particles") or (token.is_capital and len(word) == 1)):
        return True
    if word.lower() in listed("labels") or _is_abbreviation(word):
        return False
    if titled and first:
        # "Mr Bell" is a man; "Mr warfarin" nobody.
        return (token.is_capital and not word.isupper()) or not is_word(word) or _is_name(word)
    if capital:
        if not token.is_capital or (word.isupper() and len(word) < 6 and not _is_name(word)):
            return False
        return _is_name(word) or not (is_clinical_word(word) if titled else is_word(word))
    if token.is_capital or (is_word(word) and (not _is_name(word) or is_clinical_word(word))):
        return False
    return titled or _is_name(word)


_INNER_CAPITAL = lazy(r"[^\W\d_]*[a-z][A-Z]|[A-Z]{2,}[a-z]")
_SCOTTISH = ("Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Fitz", "Al", "El")


def _is_abbreviation(word: str) -> bool:
    """Whether capitals stand within a part of it, as in no name but "McDonald": "HBsAg"."""
    return any(
        _INNER_CAPITAL.match(part) is not None and not part.startswith(_SCOTTISH)
        for part in re.split(r"[-'’]", word)
    )


def _is_name(word: str) -> bool:
    return any(is_given_name(part) or is_surname(part) for part in (word, *word.split("-")))


def _joined(text: str, before: _Token, token: _Token) -> bool:
    return _GAP.fullmatch(text, before.end, token.start) is not None


def _runs(text: str, tokens: list[_Token]) -> Iterator[list[_Token]]:
    """Words in capitals next to each other, particles between them included."""
    run: list[_Token] = []
    for token in tokens:
        fits = token.is_capital or (bool(run) and token.text.lower() in listed("particles"))
        if run and not (fits and _joined(text, run[-1], token)):
            yield _trimmed(run)
            run = []
        if token.is_capital or (run and fits):
            run.append(token)
    if run:
        yield _trimmed(run)


def _trimmed(run: list[_Token]) -> list[_Token]:
    while run and not run[-1].is_capital:
        run = run[:-1]
    return run


def _in_run(text: str, run: list[_Token]) -> Iterator[Identifier]:
    for words in _pieces(run):
        score = _score(text, words)
        if score:
            yield _identifier(text, words, score)


def _score(text: str, words: list[_Token]) -> float:
    """How sure it is that these words in capitals name somebody; 0 for not at all."""
    first, last = words[0], words[-1]
    after = last.start + len(last.bare)
    person = _PERSON_FOLLOWS.match(text, after) is not None
    named = [w for w in words if _is_name(w.bare)]
    if not named:
        return POSSIBLE if _are_unknown(words) and _is_of_a_person(text, words, after) else 0
    if len(words) > 1:
        return LIKELY if person or _is_mostly_name(words, named) else 0
    if person:
        return LIKELY if is_given_name(first.bare) else POSSIBLE
    return POSSIBLE if _precedes_person(text, first) else 0


def _in_small_letters(text: str, tokens: list[_Token]) -> Iterator[Identifier]:
    """ "maria gonzalez", both listed; or two words that nobody knows before an age."""
    for first, last in pairwise(tokens):
        if first.is_capital or last.is_capital or not _joined(text, first, last):
            continue
        if is_given_name(first.text) and is_surname(last.bare):
            yield _identifier(text, [first, last], LIKELY)
        elif (
            min(len(first.text), len(last.bare)) > 2
            and not any(is_word(w.bare) and not _is_name(w.bare) for w in (first, last))
            and _FOLLOWS_STRICTLY.match(text, last.start + len(last.bare))
            and not any(is_misspelt(w.bare) for w in (first, last) if not _is_name(w.bare))
        ):
            yield _identifier(text, [first, last], POSSIBLE)


def _is_of_a_person(text: str, words: list[_Token], after: int) -> bool:
    """Whether words that no list has stand where a person's name does, and no drug's or disease's.

    An age, a sex or a value of their own says so. Two words or more may also stand before a mark
    or a word of grammar, unless what is asked is what they are.
    """
    if _FOLLOWS_STRICTLY.match(text, after) or _HAS_A_VALUE.match(text, after):
        return not any(is_misspelt(w.bare) for w in words)
    return (
        sum(len(w.bare) > 1 for w in words) > 1
        and _NO_NOUN_FOLLOWS.match(text, after) is not None
        and not all(w.bare.isupper() for w in words)
        and (words[0].start > 0 or _IS_OR_HAS.match(text, after) is not None)
        and not _ASKS_WHAT.search(text[: words[0].start])
        and not any(is_misspelt(w.bare) for w in words)
    )


def _is_mostly_name(words: list[_Token], named: list[_Token]) -> bool:
    """Whether a given name leads, two are listed, or nothing but a name is beside one."""
    return (
        is_given_name(words[0].bare)
        or len(named) > 1
        or all(w in named or not is_word(w.bare) for w in words)
    )


_HAS_A_VALUE = lazy(
    r"(?:'s|’s)\s+(?:weight|potassium|sodium|eGFR|creatinine|INR|B12|bloods?|results?|age|kidneys?|"
    r"husband|wife|mother|father|son|daughter|mum|dad|GP|chart|records?|target|blood|last|next)\b"
)
_NO_NOUN_FOLLOWS = lazy(
    r"(?:'s|’s)\s|\s*(?:[?.,;:!)(–—]|-\s|$)|\s+(?:is|was|has|had|who|with|on|and|or|may|can|should|"
    r"needs?|takes?|weighs|be|have|get|gets|asks?|wants?|now|today|here|due|phoned|called|came|does|"
    r"did|will|would|must|to|at|in|from|for|about|stop|start|take|if|when|after|before)\b"
)
# "What are the symptoms of Bardet Biedl?" and "dose of Zubrin Forte" are on no one.
_ASKS_WHAT = lazy(
    r"(?:\b(?:what(?:'s| is| are| is \(are\))|(?:symptoms?|signs?|causes?|treat\w*|diagnos\w+|inherit\w+|"
    r"outlook|prognosis|prevent\w*|stages?|research|changes|related|risks?|information|complications?|"
    r"manage\w*|tests?|therapy|dos(?:es?|age|ing)|effects?|interactions?|uses?|use|alternatives?|"
    r"tablets?|capsules?|injections?|cream|inhaler|brand|on|taking|takes|given|give|start\w*|with|has|"
    r"(?<!i )(?<!we )have|had|plus|versus|vs|against|than|stop\w*|switch\w*|prescrib\w*|add\w*)"
    r"(?:\s+(?:is|of|for|in|to|on|with|from|a|an|the))*)|^\W*(?:parasites?|drug|brand)\b.*)\s+\(?$",
    re.IGNORECASE,
)
_IS_OR_HAS = lazy(r"\s+(?:is|was|has|had|who|needs|takes|weighs|wants|asks)\b")
_BEFORE_PERSON = lazy(
    r"(?:\b(?:for|give|giving|treat|treating|and|is|does|can|should|with|put|start)\s+|^)$",
    re.IGNORECASE,
)
_ENDS_THERE = lazy(
    r"(?:'s|’s)?\s*[?.,!]|(?:'s|’s)\s|\s+(?:with|who|be|have|take|get|need|stop|start|on|has|is|today)"
    r"\b"
)


def _precedes_person(text: str, word: _Token) -> bool:
    """ "for Chidi?", "should Maria take": a listed given name where a person is spoken of."""
    if not is_given_name(word.bare):
        return False
    before = text[max(0, word.start - 12) : word.start]
    return (
        _BEFORE_PERSON.search(before) is not None
        and _ENDS_THERE.match(text, word.start + len(word.bare)) is not None
    )


def _pieces(run: list[_Token]) -> Iterator[list[_Token]]:
    """The run without words that are none of a name: "Does Maria Gonzalez", "Metformin"."""
    piece: list[_Token] = []
    for token in run:
        word = token.bare
        fits = _goes_on(word, piece) if piece else _begins(word)
        if fits and not _is_no_name(token, piece):
            piece.append(token)
            continue
        if trimmed := _trimmed(piece):
            yield trimmed
        piece = []
    if trimmed := _trimmed(piece):
        yield trimmed


def _begins(word: str) -> bool:
    return not is_word(word) or (_is_name(word) and not is_clinical_word(word))


def _goes_on(word: str, before: list[_Token]) -> bool:
    """Whether a word may be the next of a name; "John Bell" is a man, "Bell" a palsy."""
    if len(word) == 1 or word.lower() in listed("particles") or _is_name(word) or not is_word(word):
        return True
    if is_given_name(before[0].bare) and word.istitle() and is_eponym(word):
        return True
    return _is_name(before[0].bare) and not is_clinical_word(word) and not word.isupper()


def _is_no_name(token: _Token, before: list[_Token]) -> bool:
    """A label, an abbreviation, or capitals behind words that are not all in capitals."""
    word = token.bare
    if word.lower() in listed("labels") or _is_abbreviation(word):
        return True
    mixed = any(not t.bare.isupper() for t in before if t.is_capital)
    return mixed and word.isupper() and len(word) > 1 and not _is_name(word)


def _are_unknown(words: list[_Token]) -> bool:
    """Whether they are words that no list has, and no abbreviations."""
    return any(len(w.bare) > 2 for w in words) and all(
        (
            not is_word(w.bare)
            or w.text.lower() in listed("particles")
            or (w is not words[0] and len(w.bare) == 1)
        )
        and (not w.bare.isupper() or len(w.bare) > 5 or len(words) > 1)
        for w in words
    )


_INVERTED = lazy(
    r"\b((?:[A-Z]{2,} ){0,2}[A-Z][A-Z'’-]{2,}|[A-Z][a-z'’-]+), ?([A-Z][a-z]+(?: [A-Z]\.?)?)\b"
    r"(?=\s*[,(;:-]|\s+\(?\d|\s+d\.?o\.?b|$)"
)


def _inverted(text: str) -> Iterator[Identifier]:
    """ "SMITH, John": a family name, a comma, a given name."""
    for match in _INVERTED.finditer(text):
        family, given = match.group(1), match.group(2).split()[0]
        last = family.split()[-1]
        family_name = is_surname(last) or (family.isupper() and not is_word(last))
        if family_name and (is_given_name(given) or not is_word(given)):
            yield Identifier(*match.span(), IdentifierKind.NAME, match.group(), LIKELY)


def _identifier(text: str, tokens: list[_Token], score: float) -> Identifier:
    last = tokens[-1]
    start, end = tokens[0].start, last.start + len(last.bare)
    if len(last.bare) == 1 and text[end : end + 1] == ".":
        end += 1  # an initial's
    return Identifier(start, end, IdentifierKind.NAME, text[start:end], score)
