"""What the next block of a document hangs on: a title, open items, the lead-in of a list."""

from __future__ import annotations

from dataclasses import dataclass, field

from osler.domain import Span


@dataclass(frozen=True, slots=True)
class _Open:
    """An item that may still get children, or the lead-in of the items that follow."""

    depth: int
    span: Span
    leads_in: bool


@dataclass(slots=True)
class OpenItems:
    """The items and lead-ins that are open, outermost first, under a title if there is one."""

    title: Span | None = None  # the bold line that what follows stands under
    _entries: list[_Open] = field(default_factory=list)

    @property
    def in_an_item(self) -> bool:
        """Whether an item is open."""
        return any(not entry.leads_in for entry in self._entries)

    def context(self) -> tuple[Span, ...]:
        """What the next block hangs on."""
        opened = tuple(entry.span for entry in self._entries)
        return opened if self.title is None else (self.title, *opened)

    def open(self, depth: int, span: Span, *, leads_in: bool = False) -> None:
        """An item of `depth`, or the lead-in of the items of `depth`, is open."""
        self._entries.append(_Open(depth, span, leads_in))

    def close(self, depth: int, *, also_lead_in: bool = False) -> None:
        """Close the items of `depth` and deeper; the lead-in at `depth` stays open."""
        while self._entries:
            last = self._entries[-1]
            if last.depth < depth or (last.depth == depth and last.leads_in and not also_lead_in):
                return
            self._entries.pop()

    def clear(self) -> None:
        """Close all items and lead-ins; the title holds."""
        self._entries.clear()

    def end(self) -> None:
        """Close the title too: a section begins or ends."""
        self._entries.clear()
        self.title = None
