"""All the ways in which a model's server may fail."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable

from model_server import Body, Handler, claims_in, drip, in_pieces

SILENCE = 40  # seconds for which a server says nothing


def silent(handler: Handler, body: Body) -> None:
    time.sleep(SILENCE)


def opened_and_silent(handler: Handler, body: Body) -> None:
    handler.start()
    time.sleep(SILENCE)


def slow(handler: Handler, body: Body) -> None:
    drip(handler, json.dumps(claims_in(body)), 0.3)


def endless(handler: Handler, body: Body) -> None:
    handler.start()
    handler.say('{"c1": "')
    while True:
        handler.say("so it goes on and on ")


def endless_spaces(handler: Handler, body: Body) -> None:
    handler.start()
    while True:
        handler.say(" " * 1000)


def endless_pairs(handler: Handler, body: Body) -> None:
    handler.start()
    handler.say("{")
    while True:
        handler.say('"c1": "Stop it.", ')


def no_events(handler: Handler, body: Body) -> None:
    handler.start()
    while True:
        handler.chunk(b": keep-alive\n\n")
        time.sleep(0.05)


def broken_json(handler: Handler, body: Body) -> None:
    in_pieces(handler, '{"c1": ["not a sentence", {"c2": ')


def refusal(handler: Handler, body: Body) -> None:
    in_pieces(handler, "I'm sorry, I cannot help with medical advice.")


def empty(handler: Handler, body: Body) -> None:
    in_pieces(handler, "")


def nested(handler: Handler, body: Body) -> None:
    in_pieces(handler, '{"c1": ' + "[" * 5000)


def not_events(handler: Handler, body: Body) -> None:
    handler.start()
    handler.chunk(b"data: 5\n\ndata: {\n\n")
    handler.chunk(b"")


def a_web_page(handler: Handler, body: Body) -> None:
    handler.start("text/html")
    handler.chunk(b"<html><script>alert(1)</script></html>")
    handler.chunk(b"")


def hangs_up(handler: Handler, body: Body) -> None:
    handler.start()
    handler.say('{"c1": "Stop')
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def redirect(handler: Handler, body: Body) -> None:
    handler.send_response(307)
    handler.send_header("Location", "http://192.0.2.1/v1/chat/completions")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def status(number: int) -> Callable[[Handler, Body], None]:
    return lambda handler, _: handler.refuse(number, "Give 4000 mg of lithium now.")


FAILING = {
    "silent": silent,
    "opened and silent": opened_and_silent,
    "slow": slow,
    "endless": endless,
    "endless spaces": endless_spaces,
    "endless pairs": endless_pairs,
    "no events": no_events,
    "broken json": broken_json,
    "refusal": refusal,
    "empty": empty,
    "nested": nested,
    "not events": not_events,
    "a web page": a_web_page,
    "hangs up": hangs_up,
    "redirect": redirect,
    "400": status(400),
    "401": status(401),
    "429": status(429),
    "500": status(500),
    "503": status(503),
}
