"""Names of people: for every word the evidence for and against its naming somebody is added up.

A title makes a name of the words behind it, known or not ("Mr Bell"). Every other word is judged
by what `osler.privacy.evidence` says of it and what each piece counts: the weights of a logistic
regression (data/name_weights.tsv, fitted by tools/fit_names.py on made sentences). What belongs
to a drug, a condition, a test or a dose is never judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp

from osler.answering.understanding.everyday import is_everyday
from osler.answering.understanding.language import other_language
from osler.domain.identifier import Identifier, IdentifierKind
from osler.patterns import lazy
from osler.privacy.clinical import is_clinical_word, is_eponym, is_given_name, is_surname, is_word
from osler.privacy.evidence import PARTICLES, evidence, sorts_of
from osler.privacy.likeness import weights_of
from osler.privacy.lists import listed
from osler.privacy.numbers import LIKELY, SURE
from osler.privacy.tokens import Token, TokenKind, tokens_of

LEAST = 0.45  # how likely a word must be a name to be hidden
_ALONE = 0.85  # the same of an abbreviation, an eponym, a misspelt drug
_BESIDE = 0.1  # the same, next to a word that is one
_DOUBTFUL = 0.25  # and up to LEAST: a model is asked
_MOST_WORDS = 5  # behind a title
TITLE = lazy(
    r"\b(?:mr|mrs|ms|miss|mx|master|mister|sir|dame|lady|lord|dr|doctor|prof|professor|nurse|"
    r"señora?|sra?|herr|frau|mme|madame|monsieur|mlle|signora?|don|doña|rev|pastor|imam|baby boy|"
    r"baby girl|b/o|d/o|coach|midwife|sister|matron|rabbi|sergeant|sgt|cllr|captain|dietitian|"
    r"physio|née|nee|alhaji|alhaja|hajia|hajiya|shri|smt|kumari|sheikh|shaikh|datuk|dato|engr)\b\.?\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_FAMILY = lazy(
    r"\b[Tt]he (?P<name>[A-Z][\w'’-]+) (?:family|twins?|baby|household|sisters|brothers|kids|"
    r"children|boys?|girls?|couple)\b"
)
# "P. F.": initials with blanks; "vitamin A. D. …" are sentences.
_INITIALS = lazy(
    r"(?<![\w.])(?<!vitamin )(?<!hepatitis )(?<!type )(?<!grade )(?<!class )(?<!group )"
    r"(?<!stage )(?:[A-Z]\. ){1,3}[A-Z]\.(?=\s*(?P<next>[\w-]*))"
)
_OF_PRODUCT = lazy(
    r"\b(?:brand|trade|generic|proprietary|drug|product)s? names? (?:is |was |of |for |: ?)?$",
    re.IGNORECASE,
)
_OF_ILLNESS = lazy(r"\b(?:treatments for|symptoms of) $", re.IGNORECASE)
# "Pen-y-Bont", "Stoke-on-Trent": places.
_PLACE = re.compile(r"[^\W\d_]+-(?:y|yr|on|upon|under|le|in|the|by|sur)-[^\W\d_]+", re.IGNORECASE)
_LONGEST_LEAD = 24  # letters
_HONORIFICS = frozenset(["mr", "mrs", "ms", "mx", "dr", "prof"])
_BETWEEN = ("", " ", "-", ", ", ",", ". ", " - ")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """The names of a text, which may overlap, and words of which too little is known."""

    names: tuple[Identifier, ...]
    doubtful: tuple[Span, ...]


def judge_names(text: str, hidden: Iterable[Identifier], clinical: Sequence[Span]) -> Judged:
    """Find names of people.

    `hidden` is what else tells who the patient is (sorted, apart), `clinical` what speaks of
    drugs, conditions, tests and doses.
    """
    tokens = tokens_of(text, hidden)
    sorts = sorts_of(tokens, clinical)
    odds = {
        at: p
        for at, p in _odds(tokens, sorts).items()
        if not _is_code(text, tokens[at]) and not _is_thing(text, tokens[at])
    }
    if other_language(text):  # whose words look like names; only titles and labels tell
        odds = {}
    likely = _likely(tokens, sorts, odds)
    names = (
        *_titled(text, tokens),
        *_families(text),
        *_initials(text),
        *_joined(text, tokens, likely),
    )
    doubtful = (
        tokens[at]
        for at, p in odds.items()
        if at not in likely and p >= _DOUBTFUL and _least(tokens[at], sorts[at]) == LEAST
    )
    return Judged(names, tuple((token.start, token.end) for token in doubtful))


def _is_code(text: str, token: Token) -> bool:
    """Whether a word stands in markup or code: "<img src=x onerror=...>"."""
    before, behind = text[token.start - 1 : token.start], text[token.end : token.end + 1]
    return before in ("<", "=", "/") or behind in ("=", "(", ">")


def _is_thing(text: str, token: Token) -> bool:
    """Whether a name is said to be a drug's or an illness's, or is a place's by its form."""
    lead = text[max(0, token.start - _LONGEST_LEAD) : token.start]
    leads = _OF_PRODUCT.search(lead) or _OF_ILLNESS.search(lead)
    return leads is not None or _PLACE.fullmatch(token.text) is not None


def _odds(tokens: Sequence[Token], sorts: Sequence[str]) -> dict[int, float]:
    """How likely each token that may be a name is one."""
    weights = _weights()
    return {
        at: 1 / (1 + exp(-sum(weights.get(what, 0.0) for what in row)))
        for at, row in enumerate(evidence(tokens, sorts))
        if row
        and tokens[at].text.lower() not in listed("labels")
        and tokens[at].text.lower() not in _HONORIFICS
        and not _opens_question(tokens, at)
        and not _is_trial(tokens, at)
    }


def _is_trial(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word in capitals is a trial's: "JUPITER", where others are in small letters."""
    word = tokens[at].bare
    return word.isupper() and word.lower() in listed("trials") and _is_mixed(tokens)


def _opens_question(tokens: Sequence[Token], at: int) -> bool:
    """Whether "Will" or "May" asks: it opens a sentence, and nothing parts it from what follows."""
    if tokens[at].text not in ("Will", "May"):
        return False
    behind = tokens[at + 2].kind if at + 2 < len(tokens) else TokenKind.WORD
    return (not at or tokens[at - 1].text in (".", "?", "!", "\n")) and behind is TokenKind.WORD


def _likely(
    tokens: Sequence[Token], sorts: Sequence[str], odds: dict[int, float]
) -> dict[int, float]:
    """The tokens that are a name: sure ones, and what stands next to them."""
    sure = {at for at, p in odds.items() if p >= _least(tokens[at], sorts[at])}
    found = {at: odds[at] for at in sure}
    near = sure
    while near:  # a name's other parts, from word to word
        near = {
            at
            for at, p in odds.items()
            if at not in found
            and p >= _BESIDE
            and not near.isdisjoint((at - 2, at - 1, at + 1, at + 2))
        }
        found |= {at: odds[at] for at in near}
    for at in sorted(found):  # "de la" of "Ana de la Cruz", "van der" of "van der Berg"
        first = at
        while first and _is_particle(tokens[first - 1]):
            first -= 1
        if first < at and (first - 1 in found or tokens[first].text.lower() in PARTICLES):
            found |= dict.fromkeys(range(first, at), found[at])
    for at, p in odds.items():
        # "Grace Young": two words, of which many bear the first and nobody the second
        if (
            p >= _BESIDE
            and _is_behind_given(tokens, sorts, at)
            and sorts[at + 1] in ("w", "v", "e")
            and _is_mixed(tokens)
        ):
            found |= {at: max(p, LEAST), at + 1: max(p, LEAST)}
    for at in sorted(found):
        if _is_before_comma(tokens, sorts, at):
            found[at - 2] = found[at]
        elif _is_behind_given(tokens, sorts, at):
            found[at + 1] = found[at]
        elif _is_before_initial(tokens, sorts, at):
            found[at - 1] = found[at]
    return found


def _is_before_comma(tokens: Sequence[Token], sorts: Sequence[str], at: int) -> bool:
    """Whether a family name stands before: "FIELD, Rose", be it a word or not."""
    if at < 2 or tokens[at - 1].text != "," or not tokens[at].bare.istitle():
        return False
    family = tokens[at - 2]
    return family.kind is TokenKind.WORD and family.text.isupper() and sorts[at - 2][0] in "wveoru"


def _is_before_initial(tokens: Sequence[Token], sorts: Sequence[str], at: int) -> bool:
    """Whether a given name stands before an initial: "twin 1 Joy R. Lund", be it a word or not."""
    if at < 2 or sorts[at] != "i":
        return False
    given, before = tokens[at - 1], tokens[at - 2]
    return (
        given.kind is TokenKind.WORD
        and given.text.istitle()
        and len(given.text) > 2
        and sorts[at - 1][0] in "wveoru"
        and not {given.text.lower(), given.text.lower() + "."} & (listed("labels") | listed("cues"))
        and before.text not in (".", "?", "!", "\n", ":", "-")
    )


def _is_behind_given(tokens: Sequence[Token], sorts: Sequence[str], at: int) -> bool:
    """Whether a word in capitals stands behind a listed given name: "Frank Speed"."""
    if at + 1 == len(tokens) or "g" not in sorts[at] or tokens[at].bare != tokens[at].text:
        return False
    one, other = tokens[at], tokens[at + 1]
    if one.text.lower() in listed("everyday_names"):
        return False
    return (
        other.kind is TokenKind.WORD
        and other.start - one.end == 1
        and sorts[at + 1][0] in "wveoru"
        and (
            (one.bare.istitle() and other.bare.istitle())
            or (one.bare.isupper() and other.bare.isupper() and len(other.bare) > 3)
        )
        and other.text.lower() not in listed("labels")
    )


def _is_mixed(tokens: Sequence[Token]) -> bool:
    """Whether words in small letters stand in the text, so that capitals tell something."""
    return any(t.kind is TokenKind.WORD and t.text.islower() and len(t.text) > 2 for t in tokens)


def _least(token: Token, sort: str) -> float:
    """How likely a word must be a name that stands alone; one letter or a particle never is."""
    if sort in "iq":
        return 2.0
    known = "g" in sort or "s" in sort
    is_short = len(token.bare) < 3 or (token.bare.isupper() and len(token.bare) < 5)
    is_weak = sort[0] in "dok" or (not known and (is_short or sort[0] in "mp"))
    return _ALONE if is_weak else LEAST


@cache
def _weights() -> dict[str, float]:
    return weights_of("name_weights")


def _joined(text: str, tokens: Sequence[Token], likely: dict[int, float]) -> Iterator[Identifier]:
    """Words next to each other are one name."""
    run: list[int] = []
    for at in [*sorted(likely), len(tokens)]:
        if run and (
            at == len(tokens) or text[tokens[run[-1]].end : tokens[at].start] not in _BETWEEN
        ):
            yield _identifier(text, [tokens[i] for i in run], max(likely[i] for i in run))
            run = []
        run.append(at)


def _families(text: str) -> Iterator[Identifier]:
    """ "the Wood family", whatever else the word means."""
    for match in _FAMILY.finditer(text):
        name = match.group("name")
        if not is_clinical_word(name) or is_eponym(name):
            yield Identifier(*match.span("name"), IdentifierKind.NAME, name, LIKELY)


def _initials(text: str) -> Iterator[Identifier]:
    """Initials with blanks between them, before no organism's name: not "S. E. coli"."""
    for match in _INITIALS.finditer(text):
        if match["next"].lower() not in listed("organisms"):
            yield Identifier(*match.span(), IdentifierKind.NAME, match.group(), LIKELY)


def _titled(text: str, tokens: Sequence[Token]) -> Iterator[Identifier]:
    """The words behind a title, as long as they can be a name's."""
    starts = {token.start: at for at, token in enumerate(tokens)}
    for match in TITLE.finditer(text):
        at = starts.get(match.end())
        if at is None or not _is_title(match.group(), tokens[at]):
            continue
        found: list[Token] = []
        for token in tokens[at : at + _MOST_WORDS]:
            if not _continues(text, found, token):
                break
            found.append(token)
        if _is_followed_by_word_name(match.group(), tokens, at, found):
            found.append(tokens[at + 1])
        while found and _is_particle(found[-1]):
            found.pop()
        if found:
            yield _identifier(text, found, SURE)


def _is_followed_by_word_name(
    title: str, tokens: Sequence[Token], at: int, found: Sequence[Token]
) -> bool:
    """Whether the name behind a title has one word more that means something: "Ms Will May"."""
    if len(found) != 1 or at + 1 == len(tokens) or not title[:2].istitle():
        return False
    first, other = found[0], tokens[at + 1]
    rest = [*tokens[: max(at - 1, 0)], *tokens[at + 2 :]]
    words = [t for t in rest if t.kind is TokenKind.WORD and len(t.text) > 2]
    return (
        title.lower().startswith("m")
        and other.kind is TokenKind.WORD
        and other.start - first.end == 1
        and first.bare == first.text
        and first.text.istitle()
        and other.bare.istitle()
        and len(other.bare) > 2
        and other.text.lower() not in listed("labels")
        and other.text.lower() not in listed("cues")
        and (is_everyday(other.bare.lower()) or not is_clinical_word(other.bare))
        and (not words or _is_mixed(rest))
    )


def _is_title(title: str, first: Token) -> bool:
    """Whether it is one: "dr" and "sister" in small letters may be words before words."""
    if title.lower().startswith("d") and first.bare.lower() in listed("bodies"):
        return False  # "Dr Reddy's" makes medicines
    return title[0].isupper() or not is_word(first.bare) or is_given_name(first.bare)


def _continues(text: str, found: Sequence[Token], token: Token) -> bool:
    word, first = token.bare, not found
    if token.kind is TokenKind.MARK:
        return word == "." and not first and len(found[-1].bare) == 1
    if token.kind is not TokenKind.WORD or word.lower() in listed("labels"):
        return False
    if found and (token.start - found[-1].end > 1 or found[-1].bare != found[-1].text):
        return False
    if _is_particle(token) or (word[0].isupper() and len(word) == 1):
        return True
    known = is_word(word) and not (is_given_name(word) or is_surname(word) or is_eponym(word))
    if word[0].islower():
        return not known and (first or found[0].text[0].islower() or _is_particle(found[-1]))
    if first or all(map(_is_particle, found)):
        # "Mr Bell" is a man; "Mr warfarin" and "MR WARFARIN" nobody.
        return not word.isupper() or not known
    return not known


def _is_particle(token: Token) -> bool:
    return token.text.lower() in listed("particles")


def _identifier(text: str, tokens: Sequence[Token], score: float) -> Identifier:
    last = tokens[-1]
    start, end = tokens[0].start, last.start + len(last.bare)
    if (len(last.bare) == 1 or "." in last.bare) and text[end : end + 1] == ".":
        end += 1  # an initial's
    return Identifier(start, end, IdentifierKind.NAME, text[start:end], round(score, 2))
