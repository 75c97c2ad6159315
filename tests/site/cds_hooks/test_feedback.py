"""What became of cards: kept without a patient's data, and shown on the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hooks_clients import ISSUER, SIGNERS

from osler_site.accounts.roles import Role
from osler_site.cds_hooks.feedback import told as told_of
from osler_site.cds_hooks.models import CardFeedback

pytestmark = pytest.mark.usefixtures("site")

SERVICE = "metformin-order-sign"
PATH = f"/cds-services/{SERVICE}/feedback"
CARD, OTHER = "4e0a3a1e-3283-4575-ab82-028d55fe2719", "9368d37b-283f-44a0-93ea-547cebab93ed"
SUGGESTION = "e56e1945-20b3-4393-8503-a1a20fd73152"
WHEN = "2026-11-30T09:00:00Z"
ACCEPTED = {
    "card": CARD, "outcome": "accepted", "outcomeTimestamp": WHEN,
    "acceptedSuggestions": [{"id": SUGGESTION}],
}  # fmt: skip
OVERRIDDEN = {
    "card": OTHER, "outcome": "overridden", "outcomeTimestamp": WHEN,
    "overrideReason": {
        "reason": {"code": "declined", "system": "urn:osler:override-reason",
                   "display": "The patient declines"},
        "userComment": "wants to wait",
    },
}  # fmt: skip


def send(client: Client, *entries: Any, **named: Any) -> Any:
    return client.post(PATH, {"feedback": entries}, content_type="application/json", **named)


def test_what_a_client_tells_is_kept(client: Client) -> None:
    assert send(client, ACCEPTED, OVERRIDDEN).status_code == 200
    accepted = CardFeedback.objects.get(outcome="accepted")
    assert (str(accepted.card), accepted.suggestions) == (CARD, [SUGGESTION])
    assert accepted.service == SERVICE
    overridden = CardFeedback.objects.get(outcome="overridden")
    assert overridden.reason_code == "declined"
    assert overridden.comment == "wants to wait"


def test_the_same_again_is_kept_once(client: Client) -> None:
    for _ in range(2):
        assert send(client, ACCEPTED).status_code == 200
    later = {**ACCEPTED, "outcomeTimestamp": "2026-11-30T10:00:00Z"}
    assert send(client, later).status_code == 200
    assert CardFeedback.objects.count() == 2


def test_who_told_it_is_kept_where_it_is_known(
    client: Client, trusting: Callable[..., None]
) -> None:
    signer = SIGNERS["ES384"]
    trusting({"issuer": ISSUER, "jwks": {"keys": [signer.jwk]}})
    assert send(client, ACCEPTED).status_code == 401
    for audience in (PATH, PATH.removesuffix("/feedback")):
        assert send(client, ACCEPTED, headers=signer.headers(audience)).status_code == 200
    assert send(client, ACCEPTED, headers=signer.headers("/cds-services")).status_code == 401
    assert CardFeedback.objects.get().client == ISSUER


@pytest.mark.parametrize(
    ("comment", "kept"),
    [
        ("NHS 943 476 5919 has a rash", "NHS … has a rash"),
        ("born 03/04/1950, MRN 12345678", "born …, MRN …"),
        ("mail ann@example.org", "mail …"),
        ("1000 mg is too much, eGFR 24", "1000 mg is too much, eGFR 24"),
        ("a\x00b", "ab"),
    ],
)
def test_numbers_and_dates_of_a_person_are_not_kept(
    client: Client, comment: str, kept: str
) -> None:
    send(client, {**OVERRIDDEN, "overrideReason": {"userComment": comment}})
    assert CardFeedback.objects.get().comment == kept


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"card": "x"}, "feedback[0].card"),
        ({"outcome": "ignored"}, "feedback[0].outcome"),
        ({"outcomeTimestamp": "yesterday"}, "feedback[0].outcomeTimestamp"),
        ({"outcomeTimestamp": "2026-11-30T09:00:00"}, "feedback[0].outcomeTimestamp"),
        ({"acceptedSuggestions": []}, "feedback[0].acceptedSuggestions"),
        ({"acceptedSuggestions": [{"id": 7}]}, "feedback[0].acceptedSuggestions[0].id"),
        ({"outcomeTimestamp": "0001-01-01T00:00:00+14:00"}, "feedback[0].outcomeTimestamp"),
        ({"outcomeTimestamp": "9999-12-31T23:59:59-14:00"}, "feedback[0].outcomeTimestamp"),
        ({"overrideReason": {"reason": {}}}, "feedback[0].overrideReason.reason.code"),
    ],
)
def test_a_fault_is_named_with_its_path(client: Client, change: dict[str, Any], path: str) -> None:
    answer = send(client, {**ACCEPTED, **change})
    assert answer.status_code == 400
    assert [i["expression"] for i in answer.json()["issue"]] == [[path]]
    assert not CardFeedback.objects.exists()


def test_a_comment_that_is_null_or_too_long_is_kept_as_it_can_be(client: Client) -> None:
    for comment, kept in ((None, 0), ("x" * 2001, 2000)):
        CardFeedback.objects.all().delete()
        sent = {**OVERRIDDEN, "overrideReason": {"userComment": comment}}
        assert send(client, sent).status_code == 200
        assert len(CardFeedback.objects.get().comment) == kept


def test_what_others_call_a_reason_is_not_shown(client: Client) -> None:
    reason = {"code": "zz", "display": "John Smith 12345678"}
    assert send(client, {**OVERRIDDEN, "overrideReason": {"reason": reason}}).status_code == 200
    assert CardFeedback.objects.get().reason_display == ""
    assert told_of()[0].reasons == (("another reason", 1),)


def test_nothing_told_is_a_fault(client: Client) -> None:
    assert send(client).status_code == 400
    assert client.post(PATH, [], content_type="application/json").status_code == 400


def test_the_desk_counts_by_service_with_the_reasons(client: Client, person: Any) -> None:
    again = {**OVERRIDDEN, "card": CARD}
    silent = {"card": CARD, "outcome": "overridden", "outcomeTimestamp": "2026-11-30T11:00:00Z"}
    assert send(client, ACCEPTED, OVERRIDDEN, again, silent).status_code == 200
    (found,) = told_of()
    assert (found.service, found.accepted, found.overridden) == (SERVICE, 1, 3)
    assert found.reasons == (("The patient declines", 2), ("no reason given", 1))
    assert client.get("/desk/").status_code == 302, "not for everyone"
    client.force_login(person("pat", Role.EDITOR))
    page = client.get("/desk/").content.decode()
    for words in (SERVICE, "The patient declines (2)", "wants to wait"):
        assert words in page


def test_a_comment_is_text_on_the_desk(client: Client, person: Any) -> None:
    send(client, {**OVERRIDDEN, "overrideReason": {"userComment": "<script>alert(1)</script>"}})
    client.force_login(person("pat", Role.EDITOR))
    assert "<script>alert(1)" not in client.get("/desk/").content.decode()
