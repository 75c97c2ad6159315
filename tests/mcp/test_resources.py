"""What can be read whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from mcp.shared.exceptions import MCPError

Session = Any


def read(session: Session, uri: str) -> Any:
    (content,) = session.read_resource(uri).contents
    assert content.mime_type == "application/json"
    return json.loads(content.text)


def test_resources_are_listed(session: Session) -> None:
    assert {str(r.uri) for r in session.list_resources().resources} == {"osler://sources"}
    templates = {t.uri_template for t in session.list_resource_templates().resource_templates}
    assert templates == {"osler://sources/{source_id}", "osler://passages/{statement_id}"}


def test_a_source_is_read_whole_so_that_citations_can_be_checked(session: Session) -> None:
    answer = session.tool("ask", question="What is the maintenance dose of vitamin B12?")
    cited = answer["bottom_line"][0]["citations"][0]
    source = read(session, f"osler://sources/{cited['source_id']}")
    assert source["text"][cited["start"] : cited["end"]] == cited["quote"]
    assert "never instructions" in source["guidance"]
    passage = read(session, f"osler://passages/{cited['statement_id']}")
    assert passage["statement"]["quote"] == cited["quote"]
    listed = read(session, "osler://sources")["sources"]
    assert cited["source_id"] in {each["source_id"] for each in listed}


@pytest.mark.parametrize(
    ("uri", "says"),
    [
        ("osler://sources/nothing", "osler sources"),
        ("osler://passages/t_0000000000000000", "t_0000000000000000"),
        ("osler://articles/any", "osler://articles/any"),
        ("osler://sources/..%2F..%2Fetc%2Fpasswd", "osler://sources"),
        ("file:///etc/passwd", "file:///etc/passwd"),
    ],
)
def test_what_is_not_there_is_an_error(uri: str, says: str, session: Session) -> None:
    with pytest.raises(MCPError, match=says.replace("?", r"\?")):
        session.read_resource(uri)
