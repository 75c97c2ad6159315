"""What chat remembers: the thread, the patient given with the command, and where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from osler.cli.errors import tell
from osler.cli.hiding import asked_as, shown, tell_hidden
from osler.cli.printing import console
from osler.cli.writers import Asking
from osler.domain import Audience, Patient
from osler.library import Library
from osler.privacy import Hidden, hide
from osler.render import text, writing
from osler.threads import Reading, Resolved, Thread, follow, names_a_subject
from osler.threads.facts import facts
from osler.threads.kept import save
from osler.threads.topic import tidy
from osler.threads.withdrawing import forget

HELP = """A question a line. What it leaves out is taken from the question before: "and if she is
pregnant?", "what about tablets?", "no, her eGFR is 42". A question that stands alone, on
something else, takes nothing along.
/history        the questions so far, in full
/edit N TEXT    ask question N again, in these words; the later ones are left out
                (words that name no drug or condition go on from the questions before N)
/own            ask Osler's own reading instead of a language model's
/patient        what is known of the patient
/forget FACT    leave out a fact: /forget weight
/new            begin anew
/sources        what the library holds
/help           this
/quit           leave, as Ctrl-D and Ctrl-C do"""


@dataclass(slots=True)
class Conversation:
    """A chat with one library."""

    library: Library
    asking: Asking  # with a language model, where one is configured
    audience: Audience
    language: str
    given: Patient | None  # with the command
    thread: Thread
    kept_in: Path | None
    as_typed: bool = False  # show what was left out of a question
    own: tuple[Hidden, Resolved] | None = None  # how Osler reads what a model's reading stands for

    def say(self, line: str) -> None:
        """Obey a line that begins with a stroke, or answer the question."""
        name, _, rest = line.partition(" ")
        if not name.startswith("/"):
            self.ask_about(hide(line))
            return
        command = self._commands().get(name)
        if command is None:
            tell(f"there is no {name}", f"Commands: {' '.join(self._commands())} /quit")
        else:
            command(rest.strip())

    def ask_about(self, hidden: Hidden, *, alone: bool = False) -> None:
        """Answer a question as it goes on from those before, or `alone`."""
        thread = Thread() if alone else self.thread
        reading = self.asking.follow(thread, hidden, self.library)
        tell_hidden(hidden)
        self._answer(hidden, reading)
        self.own = (hidden, reading.own) if reading.own is not None else None

    def _answer(self, hidden: Hidden, reading: Reading) -> None:
        for remark in remarks(reading):
            click.echo(shown(hidden, remark, as_typed=self.as_typed))
        if reading.own is not None:
            click.echo("/own asks that instead.")
        self.library.refresh()
        resolved = reading.resolved
        answer = self.asking.ask(
            self.library,
            resolved.full,
            audience=self.audience,
            language=self.language,
            patient=self.given,
            spent=reading.written,
        )
        self._go_on(self.thread.then(resolved))
        put = shown(hidden, resolved.full, as_typed=self.as_typed)
        text.show(asked_as(answer, put), console())

    def _go_on(self, thread: Thread) -> None:
        self.thread, self.own = thread, None
        if self.kept_in is not None:
            save(_without_identifiers(thread), self.kept_in)

    def _commands(self) -> dict[str, Callable[[str], None]]:
        return {
            "/help": lambda _: click.echo(HELP),
            "/sources": self._sources,
            "/history": self._history,
            "/edit": self._edit,
            "/own": self._own,
            "/patient": self._patient,
            "/forget": self._forget,
            "/new": self._new,
        }

    def _sources(self, _: str) -> None:
        for source in self.library.sources():
            click.echo(f"{source.id}  {source.title}")

    def _history(self, _: str) -> None:
        if not self.thread.turns:
            click.echo("Nothing was asked yet.")
        for number, turn in enumerate(self.thread.turns, start=1):
            click.echo(f"{number}  {turn.typed}")
            if turn.full != turn.typed:
                click.echo(f"   = {turn.full}")

    def _edit(self, rest: str) -> None:
        number, _, words = rest.partition(" ")
        asked = len(self.thread.turns)
        if not number.isdecimal() or not 1 <= int(number) <= asked or not words.strip():
            tell("which question, and in which words?", f"/edit N TEXT, with N from 1 to {asked}")
            return
        kept = self.thread.until(int(number) - 1)
        self._go_on(kept)
        hidden = hide(words.strip())
        # A full question is asked as typed, whatever came before; "and at 35?" goes on from that.
        self.ask_about(hidden, alone=names_a_subject(hidden.asked, self.library))

    def _own(self, _: str) -> None:
        if self.own is None:
            tell("Osler read the last question by itself", "/edit N TEXT asks it in other words")
            return
        hidden, own = self.own
        self._go_on(self.thread.until(len(self.thread.turns) - 1))
        self._answer(hidden, Reading(own))

    def _patient(self, _: str) -> None:
        known = facts(self.thread.patient)
        given = facts(self.given) if self.given else ()
        for fact in known:
            click.echo(fact)
        for fact in given:
            click.echo(f"{fact} (--patient)")
        if not known and not given:
            click.echo("Nothing is known of the patient.")

    def _forget(self, what: str) -> None:
        if self.given is not None:
            self.given = forget(what, self.given) or self.given
        if self.thread.last is None or forget(what, self.thread.patient) is None:
            if self.given is None:
                tell(f"nothing is known by the name of “{what}”", "See /patient")
            return
        resolved = follow(self.thread, f"forget {tidy(what)}", self.library)
        typed = self.thread.last.typed
        before = self.thread.until(len(self.thread.turns) - 1)
        self._go_on(before.then(replace(resolved, typed=typed)))
        for remark in remarks(Reading(resolved)):
            click.echo(remark)

    def _new(self, _: str) -> None:
        self._go_on(Thread())
        click.echo("A new conversation: nothing is taken from before.")


def _without_identifiers(thread: Thread) -> Thread:
    """The thread as it may be kept."""
    return Thread(
        tuple(
            replace(turn, typed=hide(turn.typed).text, full=hide(turn.full).text)
            for turn in thread.turns
        )
    )


def remarks(reading: Reading) -> list[str]:
    """How a question was understood, for a person; nothing where it is asked as typed."""
    resolved = reading.resolved
    found: list[str] = []
    if not resolved.stands_alone:
        found.append(f"Understood as: {resolved.full}")
    if resolved.changed_topic:
        found.append("Another topic: nothing is taken from the questions before.")
    if resolved.carried:
        found.append(f"Taken from before: {', '.join(resolved.carried)}")
    if resolved.corrected:
        found.append(f"Changed: {', '.join(resolved.corrected)}")
    if resolved.unsure:
        found.append(f"Not sure: {', '.join(resolved.unsure)}. If it is not meant so, ask in full.")
    return [*found, *writing.read(reading)]
