"""How a question of a thread is read, and who read it."""

from __future__ import annotations

from dataclasses import dataclass

from osler.domain import Written
from osler.threads.thread import Resolved


@dataclass(frozen=True, slots=True)
class Reading:
    """How a follow-up is understood: what is asked, and what came of asking a language model.

    `own` is our own reading where the model's stands in its place, else None. `written` says what
    the request took and why it ended; None where no model was asked. Its `question` is the
    model's where that stands.
    """

    resolved: Resolved
    own: Resolved | None = None
    written: Written | None = None

    @property
    def read_by(self) -> str:
        """The model whose reading stands; "" where it is our own."""
        return self.written.model if self.own is not None and self.written is not None else ""
