"""The options of the llm engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

OPENAI, ANTHROPIC = "openai", "anthropic"
APIS: Final = (OPENAI, ANTHROPIC)
LOCAL_URL: Final = "http://localhost:11434/v1"
"""Where Ollama listens: a server on this machine is the default, nothing leaves it unasked."""


@dataclass(frozen=True, slots=True)
class LlmOptions:
    """How a language model is asked. The key is no option: it is read from the environment only.

    `url` is the endpoint's base (`https://host/v1`); `api` its protocol, `openai` (chat completions) or
    `anthropic` (messages), empty to tell by the url; `model` its name there. `temperature` null leaves it out
    of the request, `answer_tokens` is the most that one answer may have. `timeout` is the seconds that one
    answer may take as a whole, `retries` how often a fault is tried again, `rate` the requests a minute (0:
    no limit). `max_cost` and `max_tokens` end the run before they are passed; `price_in` and `price_out` are
    the money for a million tokens of request and answer, in the unit of `max_cost`. `cache` is the folder of
    kept answers (empty: the user's own), `replay` answers from there alone. `chunk` is the characters of a
    report that are asked about at once, `overlap` the sentences that two neighbours share.
    """

    url: str = LOCAL_URL
    model: str = ""
    api: str = ""
    temperature: float | None = 0.0
    answer_tokens: int = 4096
    timeout: float = 180.0
    retries: int = 4
    rate: float = 0.0
    max_cost: float | None = None
    max_tokens: int | None = None
    price_in: float | None = None
    price_out: float | None = None
    cache: str = ""
    replay: bool = False
    chunk: int = 6000
    overlap: int = 2
