"""A language model on the other end of a wire: what it writes, piece by piece, in limited time.

Importing this wants the extra "writing"; see `osler.writing.open_writer`.
"""

from __future__ import annotations

import asyncio
import json
import queue
import threading
from collections.abc import Iterator
from concurrent.futures import Future

import httpx2
from anthropic import AsyncAnthropic
from openai import AsyncOpenAI
from pydantic_ai.direct import model_request_stream
from pydantic_ai.exceptions import ModelAPIError, ModelHTTPError
from pydantic_ai.messages import (
    ModelRequest,
    ModelResponse,
    PartDeltaEvent,
    PartStartEvent,
    TextPart,
    TextPartDelta,
    ToolCallPart,
    ToolCallPartDelta,
)
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.settings import ModelSettings
from pydantic_ai.tools import ToolDefinition

from osler.domain import Written
from osler.writing.pairs import Pairs
from osler.writing.places import NO_KEY, NotAllowed, client_for, find_place
from osler.writing.replies import TOO_LONG, Clock, Request, Stopped, Usage
from osler.writing.settings import Provider, WriterSettings, require_key

_CHARACTERS_A_TOKEN = 8  # more than any tokenizer gives on English; beyond it a text has no end


class Writer:
    """A model that is ready to be asked. Close it, or use it as a context manager."""

    def __init__(self, settings: WriterSettings) -> None:
        """Get ready; nothing is sent yet.

        Raises UsageError where the server stands outside this network and that is not allowed.
        """
        self.settings = settings
        self.place = find_place(settings.url, remote=settings.remote)
        require_key(settings)
        self._client = client_for(self.place)
        self._model = _model(settings, self._client)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close its connections; it cannot be asked after that."""
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        mine = asyncio.current_task()
        others = [task for task in asyncio.all_tasks() if task is not mine]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._client.aclose()
        await self._loop.shutdown_asyncgens()

    def ask(self, request: Request, clock: Clock) -> Reply:
        """Send a request. Its reply comes piece by piece, and is read with `Reply.pieces`."""
        return Reply(self._model, request, self.settings, self._loop, clock)

    def clock(self, *before: Written | None) -> Clock:
        """The time that it has from now on, less what it took `before` for the same answer.

        Where a check of claims has a limit of its own, what comes after it begins anew.
        """
        first, whole, own = (
            self.settings.first_limit, self.settings.limit, self.settings.veto_limit
        )  # fmt: skip
        if own is not None:
            return Clock(first, whole)
        spent = sum(written.elapsed_ms for written in before if written is not None) / 1000
        return Clock(first - spent, whole - spent)

    def veto_clock(self, *before: Written | None) -> Clock:
        """The time for a check of claims: its own limit, else what is left of the first."""
        own = self.settings.veto_limit
        return self.clock(*before) if own is None else Clock(own, own)


class Reply:
    """What a model writes, as it comes in."""

    def __init__(
        self,
        model: Model,
        request: Request,
        settings: WriterSettings,
        loop: asyncio.AbstractEventLoop,
        clock: Clock,
    ) -> None:
        self._pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._response: ModelResponse | None = None
        self._most = settings.most_tokens * _CHARACTERS_A_TOKEN
        self._clock = clock
        self._future: Future[None] = asyncio.run_coroutine_threadsafe(
            self._read(model, request, settings), loop
        )
        # However reading ends, by whatever a server may send, the end is told.
        self._future.add_done_callback(lambda _: self._pieces.put(None))

    def pieces(self) -> Iterator[str]:
        """The text as it comes. Raises Stopped when time is up, and where the server fails."""
        while True:
            self._clock.check()
            try:
                piece = self._pieces.get(timeout=self._clock.left)
            except queue.Empty:
                raise Stopped(TOO_LONG) from None
            if piece is None:
                self._raise_failure()
                return
            yield piece

    def pairs(self) -> Iterator[tuple[str, object]]:
        """The pairs of its JSON object, each as soon as it is whole. Raises Stopped likewise."""
        pairs = Pairs()
        for piece in self.pieces():
            yield from pairs.feed(piece)
        pairs.finish()

    def close(self) -> None:
        """Ask for no more of it."""
        self._future.cancel()

    @property
    def usage(self) -> Usage:
        """What it has taken, as far as the server told."""
        if self._response is None:
            return Usage()
        spent = self._response.usage
        try:
            cost = float(self._response.cost().total_price)
        except (LookupError, ValueError, AssertionError):
            cost = None  # a model that no price list names
        return Usage(spent.input_tokens or None, spent.output_tokens or None, cost)

    async def _read(self, model: Model, request: Request, settings: WriterSettings) -> None:
        prompt = json.dumps(request.data, ensure_ascii=False)
        size = 0
        async with model_request_stream(
            model,
            [ModelRequest.user_text_prompt(prompt, instructions=request.instructions)],
            model_settings=ModelSettings(
                max_tokens=settings.most_tokens, temperature=0, timeout=settings.limit
            ),
            model_request_parameters=_parameters(request, settings.provider),
        ) as stream:
            async for event in stream:
                piece = _text(event)
                size += len(piece)
                if size > self._most:
                    raise Stopped("it did not come to an end")
                if piece:
                    self._pieces.put(piece)
            self._response = stream.get()

    def _raise_failure(self) -> None:
        error = None if self._future.cancelled() else self._future.exception()
        if error is not None:
            raise Stopped(_reason(error)) from error


def _reason(error: BaseException) -> str:
    """Why a reply failed, never in the server's words."""
    causes = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) and cause not in causes:
        causes.append(cause)
    if any(isinstance(cause, NotAllowed) for cause in causes):
        return "its server is outside this network, and that is not allowed"
    if isinstance(error, Stopped):
        return str(error)
    if isinstance(error, ModelHTTPError):
        return f"its server answered with status {error.status_code}"
    if isinstance(error, ModelAPIError):
        return "its server could not be reached"
    return "its reply could not be read"


def _text(event: object) -> str:
    """The text that an event brings, whether as an answer or as the arguments of a tool."""
    match event:
        case (
            PartStartEvent(part=TextPart(content=text) | ToolCallPart(args=text))
            | PartDeltaEvent(
                delta=TextPartDelta(content_delta=text) | ToolCallPartDelta(args_delta=text)
            )
        ):
            return text if isinstance(text, str) else ""
    return ""


def _parameters(request: Request, provider: Provider) -> ModelRequestParameters:
    """The shape of the reply: as the format of its text, for Anthropic as a tool's arguments."""
    if provider is Provider.ANTHROPIC:
        tool = ToolDefinition(
            name=request.name,
            parameters_json_schema=request.schema,
            description="Hand in the reply.",
            kind="output",
        )
        return ModelRequestParameters(
            output_mode="tool", output_tools=[tool], allow_text_output=False
        )
    shape = OutputObjectDefinition(json_schema=request.schema, name=request.name, strict=True)
    return ModelRequestParameters(output_mode="native", output_object=shape)


def _model(settings: WriterSettings, client: httpx2.AsyncClient) -> Model:
    key = settings.key or NO_KEY
    if settings.provider is Provider.ANTHROPIC:
        anthropic = AsyncAnthropic(
            api_key=key, base_url=settings.url, http_client=client, max_retries=0
        )
        return AnthropicModel(
            settings.model, provider=AnthropicProvider(anthropic_client=anthropic)
        )
    openai = AsyncOpenAI(api_key=key, base_url=settings.url, http_client=client, max_retries=0)
    provider = OpenAIProvider(openai_client=openai)
    if settings.url.startswith("https://api.openai.com/"):
        return OpenAIChatModel(settings.model, provider=provider)
    # Every other server knows the older name of the limit; OpenAI's own wants the newer one.
    profile = OpenAIModelProfile(
        supports_json_schema_output=True, openai_chat_supports_max_completion_tokens=False
    )
    return OpenAIChatModel(settings.model, provider=provider, profile=profile)
