"""An answer in a model's words, as far as these pass; in its own words for the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from osler.domain import Answer, Claim, Written
from osler.statements.sentences.splitting import sentence_spans
from osler.writing.counting import blank, record, together
from osler.writing.gating import reworded_claim
from osler.writing.joining import joined_claim, may_join
from osler.writing.offering import Offered, Spot, offered_claims, with_claims
from osler.writing.prompting import batches, fitting, rewording
from osler.writing.replies import Stopped, Usage

if TYPE_CHECKING:
    from osler.writing.model import Writer


@dataclass(frozen=True, slots=True)
class Reworded:
    """A claim in the model's words, every one of them checked, to be shown at its place.

    Where it says the claims behind it too, `gone` are the places of these: at the end they are
    left out, as what they said has been said.
    """

    spot: Spot
    claim: Claim
    gone: tuple[Spot, ...] = ()


@dataclass(slots=True)
class _Page:
    """What came of the model's sentences so far."""

    offered: dict[str, Offered]
    done: dict[str, Claim] = field(default_factory=dict)
    gone: dict[str, Spot] = field(default_factory=dict)  # said in the words of one before
    failed: dict[str, str] = field(default_factory=dict)  # words that may yet be of several
    together: dict[str, list[str]] = field(default_factory=dict)
    kept: int = 0
    replaced: int = 0
    left: int = 0  # wordings that may still be looked at
    first_ms: float | None = None

    def take(self, named: str, text: object) -> Reworded | None:
        """Take in one wording: the claim in these words, where they may stand for it."""
        self.left -= 1
        if self.left < 0:
            raise Stopped("it did not come to an end")
        offered = self.offered.get(named)
        wording = text.strip() if isinstance(text, str) else ""
        is_open = offered is not None and named not in self.done and named not in self.gone
        if is_open and wording in self.offered:
            return self._join(wording, named)
        claim = reworded_claim(wording, offered) if offered is not None and is_open else None
        if offered is None or claim is None:
            self.replaced += _sentences(wording)
            if is_open:
                self.failed[named] = wording
            return None
        self.done[named] = claim
        self.kept += _sentences(wording)
        return Reworded(offered.spot, claim)

    def _join(self, first: str, named: str) -> Reworded | None:
        """Take in that a claim is said in the words of an earlier one, where these may stand."""
        names = self.together.setdefault(first, [first])
        if named in names:
            return None
        names.append(named)
        items = tuple(self.offered[name] for name in names)
        wording = self.failed.get(first)
        claim = joined_claim(wording, items) if wording and may_join(items) else None
        if wording is None or claim is None:
            return None
        del self.failed[first]
        self.done[first] = claim
        others = {item.id: item.spot for item in items[1:]}
        self.gone.update(others)
        self.kept += _sentences(wording)
        self.replaced -= _sentences(wording)
        return Reworded(items[0].spot, claim, tuple(others.values()))


def write(answer: Answer, writer: Writer, spent: Written | None = None) -> Answer:
    """The answer in the model's words wherever they pass; `Answer.writing` says how it went.

    `spent` took of its time before the answer was asked for. Never raises for what a model or its
    server does: the answer is then as it was composed.
    """
    for event in write_stream(answer, writer, spent):
        if isinstance(event, Answer):
            answer = event
    return answer


def write_stream(
    answer: Answer, writer: Writer, spent: Written | None = None
) -> Iterator[Reworded | Answer]:
    """Each claim once its new words have passed, as they come; at last the whole answer.

    The first comes within `first_limit` seconds or none comes, the whole within `limit`. To
    stop reading stops the model.
    """
    offered = fitting(offered_claims(answer), writer.settings.most_tokens)
    if not offered:
        yield answer
        return
    clock = writer.clock(spent, answer.writing)
    page = _Page({item.id: item for item in offered}, left=2 * len(offered))
    stopped: str | None = None
    usage = Usage()
    try:
        for number, batch in enumerate(batches(offered)):
            clock.check()
            # The first request is short, so that something is soon there.
            request = rewording(batch, answer.audience, together=number > 0)
            reply = writer.ask(request, clock)
            try:
                for named, text in reply.pairs():
                    clock.check()
                    reworded = page.take(named, text)
                    if reworded is not None:
                        page.first_ms = page.first_ms or clock.elapsed_ms
                        clock.take_time()
                        yield reworded
            finally:
                reply.close()
                usage += reply.usage
    except Stopped as end:
        stopped = str(end)
    written = replace(
        blank(writer, usage, clock),
        kept=page.kept,
        replaced=page.replaced,
        composed=len(offered) - len(page.done) - len(page.gone),
        first_ms=page.first_ms,
        stopped=stopped,
    )
    record(written)
    if answer.writing is not None:
        written = together(answer.writing, written)
    changed: dict[Spot, Claim | None] = {
        page.offered[named].spot: claim for named, claim in page.done.items()
    }
    changed.update(dict.fromkeys(page.gone.values()))
    yield replace(with_claims(answer, changed), writing=written)


def _sentences(text: str) -> int:
    return max(len(sentence_spans(text)), 1)
