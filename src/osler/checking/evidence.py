"""A passage as evidence: each part of it with what serves it from around."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from osler.checking import lexicon
from osler.checking.clauses import Part, Sentence, sentences
from osler.checking.forms import Form, forms
from osler.checking.levels import named_in
from osler.checking.tokens import Kind, Token
from osler.patterns import lazy

_OFTEN = frozenset((Kind.RATE, Kind.TIMING))
_WORDS = lazy(r"[^\W_]+")


@dataclass(frozen=True)
class Scope:
    """One part of a passage, and the tokens from elsewhere that qualify it.

    `nearby` are the other parts of its sentence, nearest first, preceding before following;
    `leads` are tokens of sentences without a dose (a lead-in); `context` those of the title
    and headings.
    """

    part: Part
    sentence: Sentence
    nearby: tuple[Part, ...]
    leads: tuple[Token, ...]
    context: tuple[Token, ...]
    antecedents: tuple[Token, ...] = ()  # drugs of the nearest sentence before that names any

    @cached_property
    def drugs(self) -> tuple[Token, ...]:
        """Drugs of the sentence, else those that the sentence before it is about."""
        own = tuple(t for t in self.sentence.tokens if t.kind is Kind.SUBSTANCE)
        return own or self.antecedents

    def slot(
        self, kind: Kind, where: Callable[[Token], bool] = lambda token: True
    ) -> tuple[Token, ...]:
        """Tokens of this kind that hold for the part: its own, else the nearest."""
        for tokens in self._rings(of_others=not (kind in _OFTEN and self._has_frequency)):
            found = tuple(token for token in tokens if token.kind is kind and where(token))
            if found:
                return found
        return ()

    @cached_property
    def _has_frequency(self) -> bool:
        """Whether the part says of a dose of its own how often: another's does not serve it."""
        return self.part.dose is not None and any(
            token.kind is Kind.RATE or token.key == "at once only" for token in self.part.tokens
        )

    def _rings(self, *, of_others: bool) -> Iterator[Iterable[Token]]:
        yield self.part.tokens
        for part in self.nearby:
            if of_others or part.dose is None:
                yield part.tokens
        yield self.leads
        yield self.context

    @cached_property
    def amounts(self) -> tuple[Token, ...]:
        """Tokens among which the part's doses stand: its own, else the dose's before it."""
        if self.part.dose is not None:
            return self.part.tokens
        before = (p for p in self.nearby if p.dose is not None and self._precedes(p))
        return next(before, self.part).tokens

    @cached_property
    def who(self) -> tuple[Token, ...]:
        """Tokens that may say who the part is about.

        Its own, those of what stands before it, and those of what holds no dose: who a later
        dose is for says nothing of an earlier one.
        """
        parts = self.sentence.parts
        before = parts[: parts.index(self.part)]
        serving = [part for part in parts if part in before or part.dose is None]
        nearby = (token for part in serving for token in part.tokens)
        return (*self.part.tokens, *nearby, *self.leads, *self.context)

    def group_slot(self, kind: Kind) -> tuple[Token, ...]:
        """Tokens of a group kind that hold for the part: its own, else the nearest of `who`."""
        parts = [part for part in self.nearby if part.dose is None or self._precedes(part)]
        for tokens in (self.part.tokens, *(p.tokens for p in parts), self.leads, self.context):
            found = tuple(token for token in tokens if token.kind is kind)
            if found:
                return found
        return ()

    def _precedes(self, part: Part) -> bool:
        return part.tokens[0].start < self.part.tokens[0].start

    @cached_property
    def analytes(self) -> frozenset[str]:
        """What is measured, by the words of `everything`."""
        return named_in(self.everything)

    @cached_property
    def everything(self) -> tuple[Token, ...]:
        """The tokens of the sentence, of lead-ins and of the context."""
        return (*self.sentence.tokens, *self.leads, *self.context)


@dataclass(frozen=True)
class Evidence:
    """A passage with its title and headings."""

    sentences: tuple[Sentence, ...]
    context: tuple[Token, ...]

    @staticmethod
    def of(passage: str, context: str = "") -> Evidence:
        """Read a passage and the title and headings above it."""
        return _evidence(passage, context)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the passage without its context."""
        return tuple(token for sentence in self.sentences for token in sentence.tokens)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The stems of every word of passage and context, those in recognised phrases too."""
        return frozenset(
            stem
            for token in (*self.tokens, *self.context)
            if token.kind is not Kind.MARK
            for stem in (
                token.key,
                *(
                    lexicon.stem(word)
                    for word in _WORDS.findall(f"{token.text} {token.key}".lower())
                ),
            )
        )

    @cached_property
    def forms(self) -> dict[str, list[Form]]:
        """The words of passage and context in full, each where it stands."""
        found: dict[str, list[Form]] = {}
        for form in forms((*self.tokens, *self.context)):
            found.setdefault(form.word, []).append(form)
        return found

    @cached_property
    def states_order(self) -> bool:
        """Whether the passage says that something comes before or after something."""
        return any(
            token.key[:-1] == "order" or token.key in ("before food", "after food")
            for token in self.tokens
        )

    @cached_property
    def meanings(self) -> frozenset[int]:
        """The synonym sets that its words belong to."""
        sets = lexicon.synonyms()
        return frozenset(number for word in self.vocabulary for number in sets.get(word, ()))

    @cached_property
    def is_infused(self) -> bool:
        """Whether something is given into a vein over some time."""
        tokens = (*self.tokens, *self.context)
        return any(t.kind is Kind.ROUTE and t.key == "intravenous" for t in tokens) and any(
            t.quantity is not None and t.quantity.unit == "h" and t.quantity.role == "for"
            for t in self.tokens
        )

    @cached_property
    def denies(self) -> bool:
        """Whether it says of anything that it is not."""
        return any(token.kind is Kind.NEGATION for token in self.tokens)

    @cached_property
    def gives_share(self) -> bool:
        """Whether the passage gives a part of a dose: "half of the dose"."""
        return any(
            q.unit is None and 0 < q.high < 1
            for q in (token.quantity for token in self.tokens)
            if q is not None
        )

    @cached_property
    def gives_pressure(self) -> bool:
        """Whether it states a value in mmHg."""
        return any(t.quantity is not None and t.quantity.unit == "mmhg" for t in self.tokens)

    @cached_property
    def has_sequence(self) -> bool:
        """Whether the passage gives one dose first and another later."""
        return any(token.key in ("then", "followed", "thereaft") for token in self.tokens)

    @cached_property
    def has_end(self) -> bool:
        """Whether the passage says until when: what is stopped then."""
        return any(token.text.lower() in ("until", "till") for token in self.tokens)

    @cached_property
    def trends(self) -> frozenset[str]:
        """ "change+" where a sentence goes from a smaller dose to a larger, "change-" if not."""
        found = set()
        for sentence in self.sentences:
            doses = [part.dose.quantity for part in sentence.parts if part.dose]
            for first, second in pairwise(q for q in doses if q is not None):
                if (first.unit, first.per) == (second.unit, second.per) and not sentence.is_row:
                    if first.high < second.low:
                        found.add("change+")
                    elif first.low > second.high:
                        found.add("change-")
        return frozenset(found) if len(found) == 1 else frozenset()

    @cached_property
    def conditions(self) -> frozenset[str]:
        """The conditions and procedures that it names, by their canonical names."""
        return frozenset(t.condition for t in (*self.tokens, *self.context) if t.condition)

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """Every part of the passage, each with what serves it."""
        found = []
        drugs: tuple[Token, ...] = ()
        for number, sentence in enumerate(self.sentences):
            leads = tuple(
                token
                for other, lead in enumerate(self.sentences)
                if other != number and not lead.has_dose and not lead.is_row
                if not any(token.kind is Kind.NEGATION for token in lead.tokens)
                for token in lead.tokens
            )
            parts = sentence.parts
            for position, part in enumerate(parts):
                before = tuple(reversed(parts[:position]))
                nearby = (*before, *parts[position + 1 :])
                before_it = () if sentence.is_row else drugs
                found.append(Scope(part, sentence, nearby, leads, self.context, before_it))
            named = tuple(t for t in sentence.tokens if t.kind is Kind.SUBSTANCE)
            drugs = named or drugs
        return tuple(found)


@lru_cache(maxsize=1024)
def _evidence(passage: str, context: str) -> Evidence:
    lines = context.replace(" > ", "\n")  # a path of headings
    above = tuple(token for sentence in sentences(lines) for token in sentence.tokens)
    return Evidence(sentences(passage), above)
