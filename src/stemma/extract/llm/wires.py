"""The two protocols that endpoints speak: a request's body and headers, and what an answer says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Protocol

from stemma.extract.llm.form import make_schema
from stemma.extract.llm.prompt import Message, system_text
from stemma.extract.llm_options import ANTHROPIC, LlmOptions

TOOL: Final = "give_claims"
ANTHROPIC_VERSION: Final = "2023-06-01"


@dataclass(frozen=True, slots=True)
class Usage:
    """The tokens that an endpoint says it counted."""

    asked: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model answered: the JSON text, whether the limit of tokens cut it off, and its tokens."""

    text: str
    cut: bool = False
    usage: Usage | None = None


class WireError(ValueError):
    """An answer that is not of the protocol."""


class Wire(Protocol):
    """One protocol."""

    path: str

    def headers(self, key: str) -> dict[str, str]:
        """The headers that carry the key; none where there is no key."""
        ...

    def body(self, options: LlmOptions, messages: list[Message]) -> dict[str, Any]:
        """The body of a request: equal bodies are one question."""
        ...

    def answer(self, body: Any) -> Answer:
        """What the body of a response says; raises `WireError`."""
        ...


class ChatCompletions:
    """OpenAI's chat completions, as Ollama, vLLM, llama.cpp and many hosts speak it too."""

    path = "/chat/completions"

    def __init__(self, host: str) -> None:
        # The original host has renamed the limit; servers that follow it know the first name.
        self._limit = "max_completion_tokens" if host == "api.openai.com" else "max_tokens"

    def headers(self, key: str) -> dict[str, str]:
        """A bearer key."""
        return {"authorization": f"Bearer {key}"} if key else {}

    def body(self, options: LlmOptions, messages: list[Message]) -> dict[str, Any]:
        """The schema goes along as a strict `response_format`."""
        body: dict[str, Any] = {
            "model": options.model,
            "messages": [{"role": "system", "content": system_text()}, *messages],
            self._limit: options.answer_tokens,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": TOOL, "strict": True, "schema": make_schema()},
            },
        }
        if options.temperature is not None:
            body["temperature"] = options.temperature
        return body

    def answer(self, body: Any) -> Answer:
        """The first choice's text."""
        try:
            choice = body["choices"][0]
            text = choice["message"]["content"]
            refused = choice["message"].get("refusal")
            cut = choice.get("finish_reason") == "length"
            usage = _usage(body.get("usage"), "prompt_tokens", "completion_tokens")
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise WireError("it is no chat completion") from error
        if not isinstance(text, str) or (refused and not text):
            raise WireError("the model declined to answer" if refused else "it has no text")
        return Answer(text, cut, usage)


class Messages:
    """Anthropic's messages; the schema is that of a tool which the model must use."""

    path = "/messages"

    def headers(self, key: str) -> dict[str, str]:
        """The version of the protocol, and the key."""
        return {"anthropic-version": ANTHROPIC_VERSION} | ({"x-api-key": key} if key else {})

    def body(self, options: LlmOptions, messages: list[Message]) -> dict[str, Any]:
        """The instructions apart from the messages, and one tool."""
        body: dict[str, Any] = {
            "model": options.model,
            "max_tokens": options.answer_tokens,
            "system": system_text(),
            "messages": messages,
            "tools": [
                {"name": TOOL, "description": "Gives the claims of a report.", "input_schema": make_schema()}
            ],
            "tool_choice": {"type": "tool", "name": TOOL},
        }
        if options.temperature is not None:
            body["temperature"] = options.temperature
        return body

    def answer(self, body: Any) -> Answer:
        """What the tool was given, as JSON text; or the text, where a model wrote it there."""
        import json

        try:
            cut = body.get("stop_reason") == "max_tokens"
            blocks = [block for block in body["content"] if isinstance(block, dict)]
            usage = _usage(body.get("usage"), "input_tokens", "output_tokens")
        except (KeyError, TypeError, AttributeError) as error:
            raise WireError("it is no message") from error
        for block in blocks:
            if block.get("type") == "tool_use" and isinstance(block.get("input"), dict):
                return Answer(json.dumps(block["input"], ensure_ascii=False), cut, usage)
        text = "".join(str(block.get("text", "")) for block in blocks if block.get("type") == "text")
        if not text:
            raise WireError("it has no text")
        return Answer(text, cut, usage)


def wire_of(options: LlmOptions, host: str) -> Wire:
    """The protocol that `options` name, else the one that the url tells."""
    if options.api == ANTHROPIC or (not options.api and host == "api.anthropic.com"):
        return Messages()
    return ChatCompletions(host)


def _usage(usage: Any, asked: str, answered: str) -> Usage | None:
    """The tokens told; null where they are not, or are no numbers: then the worst is assumed."""
    if not isinstance(usage, dict):
        return None
    numbers = [usage.get(asked), usage.get(answered)]
    cached = [usage.get("cache_creation_input_tokens"), usage.get("cache_read_input_tokens")]
    more = sum(number for number in cached if type(number) is int and number > 0)
    counted = [number for number in numbers if type(number) is int and 0 <= number < 10**9]
    return Usage(counted[0] + more, counted[1]) if len(counted) == 2 else None
