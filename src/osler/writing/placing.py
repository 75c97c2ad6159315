"""Does each thing that a wording says stay in its place?

A claim of several clauses says one thing of one and another of another: "avoid in severe
impairment and reduce the dose when it is moderate". In any order its words are the same. So it is
cut between clauses, and wherever its two sides have rivals of two kinds or more (two severities
and two things to do), which might change places; a row of a table is cut between its cells. A
wording has to be made of the same pieces, each whole, in whatever order. Within a piece one phrase
may change places with the one behind it: two words that do so across a third ("A has followed B")
have changed what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from osler.checking.clauses import sentences
from osler.checking.tokens import Kind, Token
from osler.writing.sameness import content_of, same_tokens, tokens_of

_JOINTS = frozenset((";", ":", ",", "(", ")", "and", "or", "but", "while", "whereas", "then"))
_JOINTS |= frozenset(("because", "if", "when", "where", "unless", "followed"))
# Between whole clauses; another joint may stand within a name ("bypass or diversion").
_STRONG = frozenset((";", "but", "while", "whereas", "because", "if", "when", "where", "unless"))
_MOST_FREE = 5  # pieces; more than that stay in their order
# What is to be done is one kind, whether by a verb of denying or of direction.
_DONE = frozenset((Kind.NEGATION, Kind.DIRECTION))

Tokens = tuple[Token, ...]


def places_kept(wording: str, claim: str, cells: Sequence[str] = ()) -> bool:
    """Whether a wording with the words of a claim has them in the same places.

    `cells` are those of a claim that is the row of a table, its lead-in first: what stands there
    holds for each cell, and may stand anywhere.
    """
    said = tokens_of(wording)
    if cells:
        lead, *rest = (tokens_of(cell) for cell in cells)
        of_cells = {_name(token) for cell in rest for token in cell}
        anywhere = {_name(token) for token in lead} - of_cells
        said = tuple(token for token in said if _name(token) not in anywhere)
        pieces = [cell for cell in rest if any(map(_tells, cell))]
    else:
        pieces = list(_pieces(claim))
    said = tuple(token for token in said if _tells(token))
    drugs = {t.key for piece in pieces for t in piece if t.kind is Kind.SUBSTANCE}
    if len(drugs) == 1:  # the one drug may be named again, or once less
        said = _without_drugs(said)
        pieces = [_without_drugs(piece) for piece in pieces]
    pieces = [tuple(filter(_tells, piece)) for piece in pieces]
    return _is_made_of(said, tuple(filter(None, pieces)))


def _pieces(claim: str) -> Iterator[Tokens]:
    """A claim's tokens, cut wherever its two sides might change places."""
    free = set(tokens_of(claim))
    for sentence in sentences(claim):
        tokens = sentence.tokens
        start = 0
        for number, token in enumerate(tokens):
            if token.key not in _JOINTS and token.text.lower() not in _JOINTS:
                continue
            left = tuple(t for t in tokens[start:number] if t in free)
            right = tuple(t for t in tokens[number:] if t in free)
            strong = token.key in _STRONG or token.text.lower() in _STRONG
            if left and (strong or _rivals(left, right) > 1):
                yield left
                start = number
        yield tuple(t for t in tokens[start:] if t in free)


def _rivals(left: Tokens, right: Tokens) -> int:
    """In how many kinds each side has what the other has not."""
    ours, theirs = _by_kind(left), _by_kind(right)
    return sum(
        bool(ours[kind] - theirs[kind]) and bool(theirs[kind] - ours[kind])
        for kind in ours.keys() & theirs.keys()
    )


def _by_kind(tokens: Tokens) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for token in tokens:
        if (content := _telling(token)) is not None:
            kind = "done" if token.kind in _DONE else str(token.kind)
            kind = Kind.WORD if token.kind is Kind.NEUTRAL else kind
            found.setdefault(kind, set()).add(content)
    return found


def _is_made_of(said: Tokens, pieces: tuple[Tokens, ...]) -> bool:
    """Whether tokens are the pieces one behind the other, each with its own words only."""
    if not pieces:
        return not said
    choices = range(len(pieces) if len(pieces) <= _MOST_FREE else 1)
    for choice in choices:
        piece = pieces[choice]
        rest = pieces[:choice] + pieces[choice + 1 :]
        for end in range(1, len(said) + 1):
            same = same_tokens(said[:end], piece) and _moved_once(said[:end], piece)
            if same and _is_made_of(said[end:], rest):
                return True
    return False


def _moved_once(said: Tokens, piece: Tokens) -> bool:
    """Whether two pieces of the same words differ by one phrase that has moved, at most."""
    ours, theirs = _order(said), _order(piece)
    if sorted(ours) != sorted(theirs):
        return False
    while ours and ours[0] == theirs[0]:
        del ours[0], theirs[0]
    while ours and ours[-1] == theirs[-1]:
        del ours[-1], theirs[-1]
    return not ours or any(ours == theirs[at:] + theirs[:at] for at in range(1, len(theirs)))


def _order(tokens: Tokens) -> list[tuple[str, str]]:
    """The words whose order tells: not the one route or rate, nor the one verb of doing."""
    kinds = [_free_kind(token) for token in tokens]
    names = (
        _name(token)
        for token, kind in zip(tokens, kinds, strict=True)
        if kind is None or kinds.count(kind) > 1
    )
    return list(dict.fromkeys((kind, telling or "") for kind, telling in names))


def _free_kind(token: Token) -> str | None:
    """The kind of a word that may stand anywhere in its clause, where it is the only one."""
    if token.kind in (Kind.ROUTE, Kind.RATE, Kind.TIMING):
        return str(token.kind)
    if token.key in _DOING or content_of(token) in _DOING:
        return "doing"
    return "must" if token.key == "always+" else None


# "Avoid X", "X is avoided": keys of the gate, and stems.
_DOING = frozenset(
    ("avoid", "course+", "course-", "course=", "change+", "change-", "act", "check", "hold")
)


def _without_drugs(tokens: Tokens) -> Tokens:
    return tuple(token for token in tokens if token.kind is not Kind.SUBSTANCE)


def _tells(token: Token) -> bool:
    return _telling(token) is not None


def _telling(token: Token) -> str | None:
    """What a token says, where it says anything of its own."""
    return content_of(token) if token.kind in (Kind.WORD, Kind.NEUTRAL) else token.key


def _name(token: Token) -> tuple[str, str | None]:
    kind = Kind.WORD if token.kind is Kind.NEUTRAL else token.kind
    return str(kind), _telling(token)
