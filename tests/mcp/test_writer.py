"""A language model behind the tools: what it words and reads, and what is told of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from model_server import Body, Handler, ModelServer, claims_in, in_pieces, running

from osler.domain.errors import UsageError
from osler.library import Following
from osler.mcp.server import build
from osler.writing import open_writer, writer_settings

from .running import Session, connected, listening, over_http, over_stdio

QUESTION = "What is the maintenance dose of vitamin B12 after loading?"
SEPSIS = "Dose of gentamicin in sepsis in a woman aged 78, eGFR 24, allergic to penicillin?"
TURN = "scrap the kidney thing"
READ = "Dose of gentamicin in sepsis in a woman aged 78, allergic to penicillin?"


def words_all(handler: Handler, body: Body) -> None:
    """A model that turns every claim round a little, and one of its doses into another."""
    data = claims_in(body)
    said: dict[str, Any] = {k: f"The {v[0].lower()}{v[1:]}" for k, v in data.items() if k != "turn"}
    if "turn" in data:
        said = {"question": READ}
    elif said:
        first = next(iter(said))
        said[first] = said[first].replace("0", "00")
    in_pieces(handler, json.dumps(said, ensure_ascii=False))


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with running() as started:
        started.reply = words_all
        yield started


@pytest.fixture(scope="module")
def session(library: Path, server: ModelServer) -> Iterator[Session]:
    started = over_stdio(library, "--writer", f"openai:tiny@{server.url}")
    more = {"OSLER_WRITER_READS": "yes", "OSLER_WRITER_FIRST_LIMIT": "20"}
    started.env = {**(started.env or {}), **more}
    with connected(started) as found:
        yield found


def texts(said: dict[str, Any]) -> list[str]:
    lines = [*said["bottom_line"], *(c for s in said["sections"] for c in s["claims"])]
    return [claim["composed"] or claim["text"] for claim in lines]


def test_an_answer_is_worded_and_says_by_whom(session: Session) -> None:
    said = session.tool("ask", question=QUESTION)
    plain = session.tool("ask", question=QUESTION, writer=False)
    assert said["writing"]["kept"] > 0
    assert said["writing"]["replaced"] > 0
    assert "worded by tiny at 127.0.0.1" in said["guidance"]
    assert "No language model wrote this text" not in said["guidance"]
    assert texts(said) == texts(plain)
    assert said["bottom_line"][0]["text"] == plain["bottom_line"][0]["text"]  # the other dose
    assert plain["writing"] is None
    assert "No language model wrote this text" in plain["guidance"]
    tools = {tool.name: tool for tool in session.list_tools().tools}
    jsonschema.validate(said, tools["ask"].output_schema)
    assert tools["ask"].annotations.open_world_hint is False


def test_a_follow_up_that_it_read_comes_with_both_readings(session: Session) -> None:
    said = session.tool("ask", question=TURN, after=[SEPSIS])
    thread = said["thread"]
    assert said["question"] == thread["understood"] == READ
    assert thread["corrected"] == ["eGFR 24 withdrawn"]
    assert "eGFR 24" in thread["own"]
    assert thread["reading"]["question"] == READ
    assert "Tell the user both readings" in said["guidance"]
    own = session.tool("ask", question=TURN, after=[SEPSIS], writer=False)
    assert own["thread"]["understood"] == thread["own"]
    assert own["thread"]["reading"] is None
    tools = {tool.name: tool for tool in session.list_tools().tools}
    jsonschema.validate(said, tools["ask"].output_schema)


def test_a_dead_model_costs_no_answer(library: Path) -> None:
    dead = "openai:tiny@http://127.0.0.1:9/v1"
    with listening(library, OSLER_WRITER=dead) as address, over_http(address) as found:
        said = found.tool("ask", question=QUESTION)
    assert said["answered"]
    assert said["writing"]["stopped"] == "its server could not be reached"
    assert "as composed: tiny" in said["guidance"]


def test_without_a_model_none_can_be_wanted(library: Path) -> None:
    with connected(build(Following(library))) as found:
        assert "no language model is configured" in found.refused(
            "ask", question=QUESTION, writer=True
        )
        assert found.tool("ask", question=QUESTION)["writing"] is None


def test_a_remote_model_is_refused_without_leave_and_told_of_with_it(library: Path) -> None:
    named = "openai:big@https://203.0.113.7/v1"
    settings = writer_settings(named, {})
    assert settings is not None
    with pytest.raises(UsageError, match="outside this network"):
        open_writer(settings)
    allowed = writer_settings(named, {"OSLER_WRITER_REMOTE": "yes"})
    assert allowed is not None
    with (
        open_writer(allowed) as writer,
        connected(build(Following(library), writer=writer)) as found,
    ):
        tools = {tool.name: tool for tool in found.list_tools().tools}
    assert tools["ask"].annotations.open_world_hint is True
    assert tools["search"].annotations.open_world_hint is False
