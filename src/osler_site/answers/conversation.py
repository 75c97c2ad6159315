"""The thread that an answer stands in, as its page shows it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from django.http import HttpRequest

from osler.domain.errors import OslerError
from osler.domain.identifier import hidden_kinds
from osler.privacy import hide
from osler.threads import Known, known_in
from osler_site.answers import steps
from osler_site.answers.following import Put, as_read_by, earlier_answer, follow_up
from osler_site.answers.models import RawAnswer
from osler_site.answers.recent import as_read
from osler_site.engine import engine
from osler_site.history.keeping import turns_until
from osler_site.patient_facts import each_fact
from osler_site.presenting.language import left_out


@dataclass(frozen=True, slots=True)
class Earlier:
    """A question asked before in the thread, and where its answer stands."""

    question: str
    url: str


@dataclass(frozen=True, slots=True)
class Given:
    """A fact given beside the question, and the others: what is left without it."""

    fact: str
    rest: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """What came before an answer, how its question was understood, what is known of the patient.

    `typed` is "" where the question was asked as it was typed; `after` names the answer before.
    `read_by` is the language model that helped to read it, and `own` Osler's own reading then.
    """

    earlier: tuple[Earlier, ...] = ()
    after: str = ""
    typed: str = ""
    carried: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    changed_topic: bool = False
    unsure: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    read_by: str = ""
    own: str = ""
    left_out: str = ""  # of what was typed, where the full question does not tell it
    known: tuple[Known, ...] = ()
    given: tuple[Given, ...] = ()


def conversation(
    request: HttpRequest, raw: RawAnswer, asked: Put | None = None
) -> Conversation | None:
    """The thread of an answer in this reader's browser, else in their history; None for what
    answers no question. `asked` is how it was come to just now.
    """
    if raw.kind != "answer":
        return None
    known = steps.of(request)
    if asked is not None:
        step = steps.step_to(raw.root, asked)
        if step is not None:
            known[raw.root] = step
        elif asked.after is None:
            known.pop(raw.root, None)
    uids, typed, read_by = _before(request, raw, known)
    found = as_read(uids)
    earlier = [found[uid] for uid in uids if uid in found]
    shown = Conversation(
        earlier=tuple(Earlier(a.question, a.get_absolute_url()) for a in earlier),
        after=earlier[-1].uid if earlier else "",
        typed=typed if typed != raw.question else "",
        left_out="" if hidden_kinds(raw.question) else left_out(hidden_kinds(typed), raw.language),
        given=tuple(Given(fact, rest) for fact, rest in each_fact(raw.patient)),
    )
    with suppress(OslerError):  # the answer is shown, whatever becomes of the library
        shown = replace(shown, known=known_in(raw.question, engine().library()))
        if earlier and typed:
            shown = _understood(shown, earlier[-1], typed, raw.question, read_by)
    return shown


def _before(
    request: HttpRequest, raw: RawAnswer, known: dict[str, steps.Step]
) -> tuple[list[str], str, str]:
    """The names of the answers before, the first first, what was typed for this, who read it."""
    uids: list[str] = []
    uid = raw.root
    while uid in known and known[uid].after not in (raw.root, *uids):
        uid = known[uid].after
        uids.insert(0, uid)
    begun = earlier_answer(uid) if uids else raw
    turns = turns_until(request.user, begun) if begun is not None else []
    names = [t.answer.root for t in turns[:-1] if t.answer.root not in (raw.root, *uids)]
    if uids:
        return [*names, *uids], known[raw.root].typed, known[raw.root].read_by
    return (names, turns[-1].question, turns[-1].read_by) if names else ([], "", "")


def _understood(
    shown: Conversation, after: RawAnswer, typed: str, full: str, read_by: str
) -> Conversation:
    """With what was taken from before; left out where it is not understood so any more."""
    hidden = hide(typed)
    found = follow_up(after, hidden)
    if (own := hide(found.resolved.full).text) != full:
        if not read_by:
            return shown
        found = as_read_by(after, hidden, full, found)
        shown = replace(shown, read_by=read_by, own=own)
    resolved = found.resolved
    return replace(
        shown,
        carried=resolved.carried,
        corrected=resolved.corrected,
        changed_topic=resolved.changed_topic,
        unsure=resolved.unsure,
        left=found.left,
    )
