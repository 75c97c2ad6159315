"""Which model is meant, where it may stand, and whose key goes where."""

from __future__ import annotations

import pytest

from osler.domain import Place
from osler.domain.errors import UsageError
from osler.writing import Provider, open_writer, writer_settings
from osler.writing.places import farthest, find_place, place_of_address


@pytest.mark.parametrize(
    ("named", "provider", "model", "url"),
    [
        (
            "openai:qwen3:8b@http://127.0.0.1:8000/v1",
            Provider.OPENAI, "qwen3:8b", "http://127.0.0.1:8000/v1",
        ),
        ("openai:gpt-9", Provider.OPENAI, "gpt-9", "https://api.openai.com/v1"),
        ("ollama:llama3.2", Provider.OLLAMA, "llama3.2", "http://127.0.0.1:11434/v1"),
        ("anthropic:claude-x", Provider.ANTHROPIC, "claude-x", "https://api.anthropic.com"),
        ("openai:a@b@http://h:1/v1", Provider.OPENAI, "a@b", "http://h:1/v1"),
    ],
)  # fmt: skip
def test_a_writer_is_a_provider_a_model_and_an_address(
    named: str, provider: Provider, model: str, url: str
) -> None:
    for settings in (writer_settings(named, {}), writer_settings(None, {"OSLER_WRITER": named})):
        assert settings is not None
        assert (settings.provider, settings.model, settings.url) == (provider, model, url)


@pytest.mark.parametrize("named", [None, "", "none"])
def test_without_a_name_there_is_no_writer(named: str | None) -> None:
    assert writer_settings(named, {}) is None


def test_none_switches_the_configured_one_off() -> None:
    assert writer_settings("none", {"OSLER_WRITER": "ollama:x"}) is None


@pytest.mark.parametrize(
    "named",
    ["gpt", "mistral:x", "openai:", "openai:@http://127.0.0.1/v1", "openai:x@http://",
     "openai:x@http://user:secret@127.0.0.1/v1", "openai:x@http://127.0.0.1:99999/v1",
     "openai:x@localhost:8000/v1", "ollama:llama@10.0.0.5"],
)  # fmt: skip
def test_what_names_no_writer_is_refused_with_help(named: str) -> None:
    with pytest.raises(UsageError) as caught:
        writer_settings(named, {})
    assert caught.value.help
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("OSLER_WRITER_FIRST_LIMIT", "soon"),
        ("OSLER_WRITER_LIMIT", "-1"),
        ("OSLER_WRITER_VETO_LIMIT", "0"),
        ("OSLER_WRITER_LIMIT", "nan"),
        ("OSLER_WRITER_TOKENS", "0"),
        ("OSLER_WRITER_REMOTE", "maybe"),
    ],
)
def test_a_setting_that_is_none_is_refused(variable: str, value: str) -> None:
    with pytest.raises(UsageError, match=variable):
        writer_settings("ollama:x", {variable: value})


def test_a_providers_key_goes_to_its_own_address_alone() -> None:
    keys = {"OPENAI_API_KEY": "sk-home", "OSLER_WRITER_REMOTE": "yes"}
    home = writer_settings("openai:x", keys)
    other = writer_settings("openai:x@http://127.0.0.1:8000/v1", keys)
    assert home is not None
    assert other is not None
    assert (home.key, other.key) == ("sk-home", None)
    named = {**keys, "OSLER_WRITER_KEY_ENV": "WARD_KEY", "WARD_KEY": "k"}
    given = writer_settings("openai:x@http://127.0.0.1:8000/v1", named)
    assert given is not None
    assert given.key == "k"
    assert "sk-home" not in repr(home)


def test_a_key_that_is_named_and_missing_is_told() -> None:
    with pytest.raises(UsageError, match="WARD_KEY"):
        writer_settings("ollama:x", {"OSLER_WRITER_KEY_ENV": "WARD_KEY"})


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("127.0.0.1", Place.MACHINE),
        ("127.9.9.9", Place.MACHINE),
        ("::1", Place.MACHINE),
        ("::ffff:127.0.0.1", Place.MACHINE),
        ("10.1.2.3", Place.NETWORK),
        ("172.16.0.1", Place.NETWORK),
        ("172.32.0.1", Place.ELSEWHERE),
        ("192.168.1.1", Place.NETWORK),
        ("fe80::1%eth0", Place.NETWORK),
        ("fd00::1", Place.NETWORK),
        ("8.8.8.8", Place.ELSEWHERE),
        ("::ffff:8.8.8.8", Place.ELSEWHERE),
        ("100.64.0.1", Place.ELSEWHERE),
        ("0.0.0.0", Place.ELSEWHERE),
        ("2001:4860::8888", Place.ELSEWHERE),
    ],
)
def test_where_an_address_leads(address: str, place: Place) -> None:
    assert place_of_address(address) is place


def test_a_name_is_as_far_as_the_farthest_of_its_addresses() -> None:
    assert farthest(["127.0.0.1", "8.8.8.8", "10.0.0.1"]) is Place.ELSEWHERE
    assert farthest([]) is Place.ELSEWHERE


@pytest.mark.parametrize("named", ["openai:gpt", "anthropic:x", "openai:x@http://8.8.8.8/v1"])
def test_a_remote_writer_has_to_be_allowed(named: str) -> None:
    settings = writer_settings(named, {})
    assert settings is not None
    with pytest.raises(UsageError) as caught:
        open_writer(settings)
    assert "OSLER_WRITER_REMOTE=yes" in caught.value.help


@pytest.mark.parametrize(
    ("named", "variable"),
    [("openai:gpt", "OPENAI_API_KEY"), ("anthropic:x", "ANTHROPIC_API_KEY")],
)
def test_a_providers_own_server_wants_its_key(
    named: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("osler.writing.places.farthest", lambda _: Place.ELSEWHERE)
    settings = writer_settings(named, {"OSLER_WRITER_REMOTE": "yes"})
    assert settings is not None
    with pytest.raises(UsageError) as caught:
        open_writer(settings)
    assert variable in caught.value.help


def test_a_remote_writer_that_is_allowed_is_known_as_one() -> None:
    settings = writer_settings("openai:x@http://8.8.8.8/v1", {"OSLER_WRITER_REMOTE": "yes"})
    assert settings is not None
    with open_writer(settings) as writer:  # nothing is sent
        assert writer.place is Place.ELSEWHERE


def test_a_container_that_is_not_up_counts_as_of_this_network() -> None:
    assert find_place("http://no-such-container:8000/v1", remote=False) is Place.NETWORK
