"""What a small language model does with composed answers: how soon, and how much may be shown.

    make model && PYTHONPATH=.cache/model python benchmarks/writing.py [CLAIMS]
    PYTHONPATH=.cache/model python benchmarks/writing.py following
    python benchmarks/writing.py failing

SmolLM2 (135 million parameters) on this machine: first whole answers within the usual limits, then
CLAIMS (40) one by one with time to spare, then follow-ups that are in doubt (`following` does these
alone). Then how soon the composed answer, or Osler's own reading of a follow-up, is there where a
server is dead, silent or slow, which needs no model (`failing` does that alone). Then the checks
alone, on claims in another order.
"""

from __future__ import annotations

import argparse
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from osler.answering import ask
from osler.domain import Answer, Section
from osler.library import Library
from osler.privacy import hide
from osler.starter import sources
from osler.threads import Thread, follow
from osler.writing import follow_with, open_writer, write, writer_settings
from osler.writing.gating import reworded_claim
from osler.writing.offering import Offered, claims_of, offered_claims

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "writing" / "helpers"))

from model_server import Body, Handler, claims_in, drip, running  # noqa: E402

QUESTIONS = (
    "What is the maintenance dose of vitamin B12?",
    "Metformin with an eGFR of 25",
    "Lithium monitoring",
    "Methotrexate dose in rheumatoid arthritis",
    "Folic acid before conception",
    "Amoxicillin for otitis media in a child",
    "Gentamicin dose in endocarditis",
    "Iron for iron deficiency anaemia in an adult",
)


# Each in doubt: its last words are in no part of the question as Osler reads it by itself.
FOLLOW_UPS = (
    ("Dose of gentamicin in sepsis in a woman aged 78, eGFR 24, allergic to penicillin?",
     "scrap the kidney thing"),
    ("Starting dose of metformin in type 2 diabetes?", "and what if the gut plays up?"),
    ("Starting dose of metformin in type 2 diabetes?", "hows about the slow one"),
    ("Dose of folic acid with methotrexate in a woman aged 52?", "she's queasy, same still?"),
    ("Atorvastatin dose in type 2 diabetes in a man aged 60?", "his muscles ache, go on?"),
    ("Oral iron for iron deficiency anaemia in an adult?", "drop the iron bit, what about diet?"),
    ("Maintenance dose of vitamin B12 in a woman aged 34?", "the shots hurt, hm?"),
    ("Thiamine in Wernicke's encephalopathy, 61 kg?", "ignore the weight, how many ampoules?"),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "what", nargs="?", default="40", metavar="CLAIMS | following | failing",
        help="how many claims are asked for one by one; or the part to run alone",
    )  # fmt: skip
    what = parser.parse_args().what
    if what not in ("following", "failing") and not what.isdecimal():
        parser.error(f"{what} is neither a number of claims, nor following, nor failing")
    with tempfile.TemporaryDirectory() as folder:
        with Library.create(Path(folder) / "starter") as library:
            library.add([Path(path) for path in sources()])
        with Library.open(Path(folder) / "starter") as library:
            answers = [ask(library, question) for question in QUESTIONS]
    if what != "failing":
        with _model() as url:
            if what != "following":
                _with_a_model(answers, int(what), url)
            _report_readings("follow-ups, 15 s", url, 15)
    if what == "following":
        return
    _failing(answers)
    _checks([item for answer in answers for item in offered_claims(answer)])


@contextmanager
def _model() -> Iterator[str]:
    """The address of a small model on this machine."""
    serve = [sys.executable, str(ROOT / "tools" / "serve_model.py")]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        serve, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip() + "/v1"
        finally:
            server.kill()


def _with_a_model(answers: list[Answer], most: int, url: str) -> None:
    alone = [one for answer in answers for one in _single(answer)]
    alone = alone[:: max(len(alone) // max(most, 1), 1)][:most]
    _report("whole answers, 2 s", _written(answers, url, {}))
    patient = {"OSLER_WRITER_FIRST_LIMIT": "15", "OSLER_WRITER_LIMIT": "15"}
    _report("single claims, 15 s", _written(alone, url, patient))


def _report_readings(name: str, url: str, seconds: float) -> None:
    """How many readings of follow-ups stand, and how soon it was known."""
    environ = {
        "OSLER_WRITER_READS": "yes", "OSLER_WRITER_FIRST_LIMIT": str(seconds),
        "OSLER_WRITER_TOKENS": "200",
    }  # fmt: skip
    settings = writer_settings(f"openai:smollm2@{url}", environ)
    assert settings is not None
    with open_writer(settings) as writer:
        readings = [
            follow_with(writer, Thread().then(follow(Thread(), earlier)), hide(turn))
            for earlier, turn in FOLLOW_UPS
        ]
    asked = [reading.written for reading in readings if reading.written is not None]
    took = sorted(written.elapsed_ms for written in asked)
    print(
        f"{name}: {len(asked)} of {len(readings)} sent, {sum(w.stopped is None for w in asked)} "
        f"replies, {sum(r.own is not None for r in readings)} stand; "
        f"took p50 {statistics.median(took):.0f} ms, most {took[-1]:.0f} ms"
    )


def _silent(handler: Handler, body: Body) -> None:
    time.sleep(30)


def _slow(handler: Handler, body: Body) -> None:
    drip(handler, json.dumps(claims_in(body)), 0.2)


def _broken(handler: Handler, body: Body) -> None:
    handler.refuse(500)


def _failing(answers: list[Answer]) -> None:
    """Time how soon an answer is there, as composed, whatever its server does."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        _report("dead server", _written(answers, dead, {}))
        _report_readings("dead server, follow-ups", dead, 2)
    for name, reply in (("silent", _silent), ("slow", _slow), ("status 500", _broken)):
        with running() as server:
            server.reply = reply
            _report(f"{name} server", _written(answers, server.url, {}))
            _report_readings(f"{name} server, follow-ups", server.url, 2)


def _single(answer: Answer) -> list[Answer]:
    return [
        replace(answer, bottom_line=(), sections=(Section("One", (item.claim,)),))
        for item in offered_claims(answer)
    ]


def _written(answers: list[Answer], url: str, environ: dict[str, str]) -> list[Answer]:
    settings = writer_settings(f"openai:smollm2@{url}", environ)
    assert settings is not None
    with open_writer(settings) as writer:
        return [write(answer, writer) for answer in answers]


def _report(name: str, answers: list[Answer]) -> None:
    written = [answer.writing for answer in answers if answer.writing is not None]
    reworded = sum(claim.composed is not None for a in answers for _, claim in claims_of(a))
    kept, replaced = sum(w.kept for w in written), sum(w.replaced for w in written)
    took = sorted(w.elapsed_ms for w in written)
    firsts = [w.first_ms for w in written if w.first_ms is not None]
    stopped = sum(w.stopped is not None for w in written)
    print(
        f"{name}: {len(written)} requests, {kept} sentences kept "
        f"({reworded} claims in other words), {replaced} replaced, "
        f"{stopped} stopped; took p50 {statistics.median(took):.0f} ms, "
        f"p95 {took[int(len(took) * 0.95)]:.0f} ms, most {took[-1]:.0f} ms"
        + (f"; first sentence p50 {statistics.median(firsts):.0f} ms" if firsts else "")
    )


def _checks(offered: list[Offered]) -> None:
    """Time a wording that has every word of its claim, in another order."""
    took = []
    for item in offered:
        head, comma, tail = item.claim.text.rstrip(".").partition(", ")
        wording = f"{tail[:1].upper()}{tail[1:]}, {head[:1].lower()}{head[1:]}." if comma else ""
        started = time.perf_counter()
        reworded_claim(wording, item)
        took.append((time.perf_counter() - started) * 1000)
    took.sort()
    print(
        f"checks of one wording: {len(took)} wordings, p50 {statistics.median(took):.2f} ms, "
        f"p95 {took[int(len(took) * 0.95)]:.2f} ms, most {took[-1]:.1f} ms"
    )


if __name__ == "__main__":
    main()
