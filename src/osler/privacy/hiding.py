"""A text without what tells who the patient is, and the way back."""

from __future__ import annotations

from dataclasses import dataclass

from osler.domain.identifier import Identifier, IdentifierKind, hidden_kinds, told
from osler.privacy.finding import find_identifiers

# An age over 89 is an identifier, and doses depend on it.
NEEDED = frozenset({IdentifierKind.AGE})


@dataclass(frozen=True, slots=True)
class Hidden:
    """A text with placeholders, and what they stand for.

    `text` is to show, keep, log and send; `asked` is for the engine of this machine alone: ages
    over 89, which doses depend on, stand in it. `identifiers` have the original's offsets.
    """

    original: str
    text: str
    asked: str
    identifiers: tuple[Identifier, ...]

    @property
    def kinds(self) -> tuple[IdentifierKind, ...]:
        """The kinds that are hidden in the text, each once, in reading order."""
        return hidden_kinds(self.text)

    @property
    def told(self) -> str:
        """What was left out, for a sentence: "a name and a date of birth"; "" for nothing."""
        return told(self.kinds)

    def restore(self, text: str | None = None) -> str:
        """The original; or another text in which the placeholders stand in the same order.

        A placeholder more than there are identifiers of its kind stays.
        """
        if text is None:
            return self.original
        for identifier in self.identifiers:
            text = text.replace(identifier.kind.placeholder, identifier.text, 1)
        return text


def hide(text: str) -> Hidden:
    """Put a placeholder for every identifier; hiding what is hidden already changes nothing."""
    identifiers = find_identifiers(text)
    needed = tuple(i for i in identifiers if i.kind not in NEEDED)
    return Hidden(text, _hidden(text, identifiers), _hidden(text, needed), identifiers)


def _hidden(text: str, identifiers: tuple[Identifier, ...]) -> str:
    pieces = []
    at = 0
    for identifier in identifiers:
        pieces += [text[at : identifier.start], identifier.kind.placeholder]
        at = identifier.end
    return "".join([*pieces, text[at:]])
