"""The size of a request's body, looked at while it arrives.

Django reads a whole body before it looks at anything; a client that sends without end would fill
the disk. Here it is cut off as soon as it is too long, whatever it said its length was.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

LONGEST = 2_000_000  # bytes: as settings.DATA_UPLOAD_MAX_MEMORY_SIZE
LONGEST_UPLOAD = 12_000_000  # in the administration, where files are uploaded
LONGEST_RECORD = 10_000_000  # where programs send a patient's record
_LIMITS = {
    "/admin/": LONGEST_UPLOAD,
    "/cds-services/": LONGEST_RECORD,
    "/fhir/": LONGEST_RECORD,
}
_SAYS = b"The request is too long.\n"
_OUTCOME = (
    b'{"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "too-long", '
    b'"details": {"text": "The request is too long."}}]}'
)


def limited(application: Application) -> Application:
    """The application, told of no body that is too long."""

    async def guarded(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        path = scope["path"]
        limit = next((most for root, most in _LIMITS.items() if path.startswith(root)), LONGEST)
        if _declared(scope) > limit:
            await _refuse(send, path)
            return
        seen, begun = 0, False

        async def counted() -> Message:
            nonlocal seen
            if seen > limit:
                return {"type": "http.disconnect"}
            message = await receive()
            seen += len(message.get("body", b""))
            # As if the client had gone: what was read is thrown away and no view is called.
            return message if seen <= limit else {"type": "http.disconnect"}

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        await application(scope, counted, noted)
        if seen > limit and not begun:
            await _refuse(send, path)

    return guarded


def _declared(scope: MutableMapping[str, Any]) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


async def _refuse(send: Send, path: str) -> None:
    fhir = path.startswith(("/fhir/", "/cds-services/"))
    kind = b"application/fhir+json" if fhir else b"text/plain"
    headers = [(b"content-type", kind), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": _OUTCOME if fhir else _SAYS})
