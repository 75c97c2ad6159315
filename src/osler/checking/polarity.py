"""Do or do not, more or less, before or after."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from osler.checking import lexicon
from osler.checking.clauses import Part, Sentence, is_stated_level
from osler.checking.evidence import Scope
from osler.checking.tokens import GROUP_KINDS, Kind, Token
from osler.domain import Problem, ProblemKind

_COMPARISONS = frozenset(("bound", "order", "level", "position"))
_CONTENT = GROUP_KINDS | {
    Kind.WORD,
    Kind.SUBSTANCE,
    Kind.DIRECTION,
    Kind.QUANTITY,
    Kind.ROUTE,
}
_JOINTS = frozenset((";", ",", "and", "or", "but", "while", "whereas", "then"))
# "should not be chewed and is taken at night": the second verb is not negated
_AUXILIARIES = frozenset(
    ("is", "are", "was", "were", "should", "must", "may", "can", "will", "has", "have")
)
_SIDE_CLAUSES = frozenset(("if", "when", "unless", "where", "because", "who", "which", "provided"))
_STRONG_ENDS = frozenset(",;.()|\n") | frozenset(("but", "while", "whereas"))
_CLAUSE_ENDS = _STRONG_ENDS | _SIDE_CLAUSES


def check(part: Part, sentence: Sentence, scope: Scope) -> list[Problem]:
    """Directions turned round, and negations put in or left out.

    `sentence` is the claim's sentence that `part` belongs to.
    """
    return [*_directions(part, sentence, scope), *_negations(part, sentence, scope)]


def _axis(token: Token) -> tuple[str, str]:
    return token.key[:-1], token.key[-1]


def _directions(part: Part, sentence: Sentence, scope: Scope) -> list[Problem]:
    above = {id(token) for token in scope.context}
    stated = [
        token
        for token in scope.everything
        if token.kind is Kind.DIRECTION
        # "Starting exampline" as a title does not deny that it is continued
        if not (id(token) in above and _axis(token)[0] == "course")
    ]
    keys = {token.key for token in stated}
    problems = []
    for token in part.tokens:
        if token.kind is not Kind.DIRECTION:
            continue
        axis, _ = _axis(token)
        if token.text.lower() in ("until", "till") or _is_of_time(token, part):
            continue  # says when something ends, not how much at most
        if token.key in keys:
            other = _turned_round(token, part, sentence, scope)
            if other is not None:
                problems.append(Problem(_kind(axis), token.text, other.text))
            continue
        opposite = next((other for other in stated if _axis(other)[0] == axis), None)
        if opposite is not None:
            problems.append(Problem(_kind(axis), token.text, opposite.text))
    return problems


def _is_of_time(token: Token, part: Part) -> bool:
    """Whether a start or end only tells when: "one week after starting"."""
    at = part.tokens.index(token)
    return token.key[:-1] == "course" and at > 0 and part.tokens[at - 1].key[:-1] == "order"


def _kind(axis: str) -> ProblemKind:
    return ProblemKind.COMPARISON if axis in _COMPARISONS else ProblemKind.POLARITY


def _is_on(axis: str, token: Token) -> bool:
    return token.kind is Kind.DIRECTION and _axis(token)[0] == axis


def _turned_round(token: Token, part: Part, sentence: Sentence, scope: Scope) -> Token | None:
    """Where a sentence states both directions, the opposite one that the claim's words go with.

    "Falls in the first trimester and rises in the second" is cut between its directions; the
    piece that shares most words with the claim must hold the claim's direction.
    """
    axis, _ = _axis(token)
    both_ways = {t.key for t in sentence.tokens if _is_on(axis, t)}
    stated = {t.key for t in scope.part.tokens if _is_on(axis, t)}
    if len(both_ways) > 1 or stated == {token.key}:
        return None
    tokens = scope.sentence.tokens
    turns = [n for n, t in enumerate(tokens) if _is_on(axis, t)]
    if len({tokens[n].key for n in turns}) < 2:
        return None
    claimed = content_of(list(part.tokens)) - {token.key}
    pieces: list[tuple[int, Token]] = []
    measured = {t.key for t in part.tokens if t.quantity is not None}
    start = 0
    for position, turn in enumerate(turns):
        stop = len(tokens)
        if position + 1 < len(turns):
            between = range(turn + 1, turns[position + 1])
            joints = [n for n in between if tokens[n].key in _JOINTS]
            stop = joints[-1] if joints else turns[position + 1]
        # what precedes the first turn may be the subject of all
        shared = content_of(list(tokens[max(start, turns[0]) : stop])) & claimed
        weight = 2 * len(shared) + 2 * len(shared & measured)
        if not position:
            weight += len((content_of(list(tokens[: turns[0]])) & claimed) - shared)
        pieces.append((weight, tokens[turn]))
        start = stop
    most = max(shared for shared, _ in pieces)
    best = [other for shared, other in pieces if shared == most]
    return None if any(other.key == token.key for other in best) else best[0]


def clauses(tokens: tuple[Token, ...]) -> list[list[Token]]:
    """Tokens between the marks that end the reach of a negation."""
    return [clause for clause, _ in _opened_clauses(tokens)]


def reaches(tokens: tuple[Token, ...]) -> list[tuple[list[Token], list[Token]]]:
    """Each clause that a negation reaches through, and with it the side clauses behind it.

    "Do not use if eGFR is below 30": what is negated, and that with its condition.
    """
    found: list[tuple[list[Token], list[Token]]] = []
    for clause, opener in _opened_clauses(tokens):
        opened = [opener, *clause] if opener is not None else clause
        if opener is not None and opener.key in _SIDE_CLAUSES and found:
            found[-1][1].extend(opened)
        else:
            found.append((clause, list(opened)))
    return found


def _opened_clauses(tokens: tuple[Token, ...]) -> list[tuple[list[Token], Token | None]]:
    found: list[tuple[list[Token], Token | None]] = [([], None)]
    for number, token in enumerate(tokens):
        following = tokens[number + 1].key if number + 1 < len(tokens) else ""
        if token.key in _CLAUSE_ENDS or (token.key == "and" and following in _AUXILIARIES):
            found.append(([], token))
        else:
            found[-1][0].append(token)
    return [(clause, opener) for clause, opener in found if clause]


def content_of(tokens: list[Token]) -> set[str]:
    """What tokens state, without marks, words of general English, rates and negations."""
    return {token.key for token in tokens if token.kind in _CONTENT}


def _negations(part: Part, sentence: Sentence, scope: Scope) -> list[Problem]:
    ours = [token for token in part.tokens if token.kind is Kind.NEGATION]
    if ours and _is_delay(part.tokens) and any(t.key in _LATER for t in scope.everything):
        ours = []  # "not until 24 hours have passed": after 24 hours
    claimed = content_of(list(part.tokens))
    theirs = [token for token in scope.sentence.tokens if token.kind is Kind.NEGATION]
    if ours and not theirs and not _is_said_above(ours[0], part, scope):
        return [Problem(ProblemKind.POLARITY, ours[0].text, _quote(scope.sentence.tokens))]
    omitted = any(token.key == "course-" for token in scope.sentence.tokens)
    denied = [t for t in sentence.tokens if _denies(t) and not (omitted and t.key == "course-")]
    if theirs and not denied:
        measured = {token.key for token in part.tokens if token.quantity is not None}

        subjects = {t.key for t in (*scope.sentence.tokens, *scope.antecedents) if _is_subject(t)}

        def share(whole: list[Token]) -> int:
            content = content_of(whole)
            if not _PRONOUNS.isdisjoint(token.text.lower() for token in whole):
                content |= subjects  # "it should not be used on the face"
            shared = content & claimed
            return len(shared) + 2 * len(shared & measured)

        reached_by = reaches(scope.sentence.tokens)
        most = max(share(whole) for _, whole in reached_by)
        for clause, whole in reached_by:
            # "Do not use" alone in a cell speaks of the whole row
            content = content_of(clause)
            if scope.sentence.is_row and not content:
                content = content_of(list(scope.sentence.tokens))
            if not content:  # "the course is not repeated"
                content = _general(clause)
                if _negated_in(clause) and content and content <= _general(part.tokens):
                    return [Problem(ProblemKind.POLARITY, _words(part), _negated_in(clause))]
                continue
            negated = [token for token in clause if token.kind is Kind.NEGATION]
            if _is_delay(tuple(whole)) and any(t.key in _LATER for t in sentence.tokens):
                continue
            if not negated or (len(negated) > 1 and negated[-1].text.lower() == "without"):
                continue  # "do not go above it without advice": above it needs advice
            covered = _covered(content, claimed)
            closest = share(whole) >= most or not content_of(whole)
            apart = claimed - {token.key for token in scope.antecedents}
            reached = covered * 2 >= min(len(content), len(apart))
            if covered and closest and reached:
                return [Problem(ProblemKind.POLARITY, _words(part), negated[0].text)]
    return []


_PRONOUNS = frozenset(("it", "they", "them", "these", "this"))


_OMITTING = frozenset(
    (
        "omit",
        "omitted",
        "withhold",
        "withheld",
        "left out",
        "leave out",
        "leaves out",
        "leaving out",
    )
)


def says_omitted(token: Token) -> bool:
    """Whether a word says that something is not given: "withheld", "left out"."""
    return token.text.lower() in _OMITTING


def _denies(token: Token) -> bool:
    text = token.text.lower()
    return token.kind is Kind.NEGATION or text.startswith("not ") or says_omitted(token)


def _is_subject(token: Token) -> bool:
    """Whether a pronoun may stand for it: a drug with its strength."""
    return token.kind is Kind.SUBSTANCE or is_stated_level(token)


def _covered(content: set[str], claimed: set[str]) -> int:
    """How many of the passage's words the claim holds, itself or by a synonym."""
    sets = lexicon.synonyms()
    meanings = {number for key in claimed for number in sets.get(key, ())}
    return sum(key in claimed or not meanings.isdisjoint(sets.get(key, ())) for key in content)


_LONG = 5


def _general(tokens: Iterable[Token]) -> set[str]:
    """Words of general English that are more than joints: "course", "repeated"."""
    return {t.key for t in tokens if t.kind is Kind.NEUTRAL and len(t.key) >= _LONG}


def _negated_in(clause: list[Token]) -> str:
    return next((token.text for token in clause if token.kind is Kind.NEGATION), "")


def _is_said_above(negation: Token, part: Part, scope: Scope) -> bool:
    """Whether a heading denies the same: "No bleeding"."""
    after = part.tokens[part.tokens.index(negation) + 1 :]
    denied = next((token for token in after if token.kind is not Kind.NEUTRAL), None)
    above = scope.context
    return denied is not None and any(
        first.kind is Kind.NEGATION and second.key == denied.key
        for first, second in pairwise(above)
    )


_LATER = frozenset(("order+", "once", "when", "only", "bound≥"))


def _is_delay(tokens: tuple[Token, ...]) -> bool:
    """Whether a negation only puts off: "not … until"."""
    for number, token in enumerate(tokens):
        if token.kind is not Kind.NEGATION:
            continue
        for other in tokens[number + 1 : number + 9]:
            if other.text.lower() in ("until", "till"):
                return True
            if other.key in (",", ";", "and", "or"):
                break
    return False


def _quote(tokens: tuple[Token, ...]) -> str:
    return " ".join(token.text for token in tokens if token.kind is not Kind.MARK)[:80]


def _words(part: Part) -> str:
    return " ".join(token.text for token in part.tokens if token.kind is not Kind.MARK)[:80]
