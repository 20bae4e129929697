"""One question to an endpoint, asked until it is answered: waits, tries again, gives up with one line.

A thin client over httpx2: both protocols are one POST each, and what a report needs (caps that hold, a limit
for the whole answer, answers by hash, replay) no vendor's library has.
"""

from __future__ import annotations

import email.utils
import json
import math
import random
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NoReturn

from stemma.errors import EngineError, RunEnded
from stemma.extract.llm.budget import Budget, Pace
from stemma.extract.llm.cache import Cache, key_of
from stemma.extract.llm.endpoint import Endpoint
from stemma.extract.llm.form import FormError, read_answer
from stemma.extract.llm.wires import Answer, Usage, WireError
from stemma.extract.llm_options import LlmOptions

if TYPE_CHECKING:
    import httpx2

MOST_BYTES: Final = 8_000_000
"""Bytes of one response: a hundred times the longest answer."""
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
"""Seconds before the first repeat, and at the most; each doubles the one before, with jitter."""
LONGEST_ASKED: Final = 600.0
"""Seconds that an endpoint may ask us to wait: beyond that the run ends."""
CONNECT: Final = 15.0
AGAIN: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})
"""Statuses that pass by themselves."""
ENDING: Final = frozenset({301, 302, 303, 307, 308, 401, 402, 403, 404, 405})
"""Statuses that the next report would get too."""
IN_A_ROW: Final = 5
"""Reports without an answer, one after the other, after which the run ends."""
LETTERS_A_TOKEN: Final = 2.5
"""Characters of a request that a token has at the least, so that caps hold: English text has about four,
JSON about three."""


class Fault(Exception):  # noqa: N818 - no error yet: it is tried again
    """What went wrong with one try, whether anything was answered, and how long to wait."""

    def __init__(
        self, what: str, *, answered: bool = False, usage: Usage | None = None, wait: float | None = None
    ) -> None:
        self.what, self.answered, self.usage, self.wait = what, answered, usage, wait
        super().__init__(what)


class Client:
    """Asks one endpoint, for all threads of a run."""

    def __init__(
        self,
        options: LlmOptions,
        endpoint: Endpoint,
        cache: Cache,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.options, self.endpoint, self.cache = options, endpoint, cache
        self.budget = Budget(options)
        self._pace = Pace(options.rate, sleep, clock)
        self._sleep = sleep
        self._failed = 0
        self._lock = threading.Lock()
        # Jitter only spreads requests in time and changes no answer.
        self._random = random.Random()
        self._http: httpx2.Client | None = None

    def ask(self, body: dict[str, Any]) -> Answer:
        """The answer to `body`: the one kept, else a new one.

        Raises `EngineError` where this question has no answer and `RunEnded` where no other would have one.
        """
        key = key_of(self.endpoint.address, body)
        kept = self.cache.get(key)
        if kept is not None:
            return kept
        if self.options.replay:
            raise EngineError(
                "no answer to this report is kept",
                where="--replay",
                mend="read it once without --replay, with the same --llm-url and --llm-model",
                code="not-in-cache",
            )
        answer = self._ask_until_answered(body)
        self.cache.put(key, answer)
        return answer

    def _ask_until_answered(self, body: dict[str, Any]) -> Answer:
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        faults: list[str] = []
        for attempt in range(self.options.retries + 1):
            share = self.budget.take(int(len(content) / LETTERS_A_TOKEN) + 1)
            usage, answered = None, False
            try:
                # Last of all: what is let through here begins now.
                self._pace.wait()
                answer = self._try_once(content)
                usage, answered = answer.usage, True
            except Fault as fault:
                usage, answered = fault.usage, fault.answered
                faults.append(fault.what)
                wait = self._wait_after(fault, attempt)
            else:
                with self._lock:
                    self._failed = 0
                return answer
            finally:
                self.budget.settle(share, usage, answered=answered)
            if attempt < self.options.retries:
                self._sleep(wait)
        raise self._given_up(faults)

    def _wait_after(self, fault: Fault, attempt: int) -> float:
        """Seconds until the next try: what the endpoint asks for, else longer each time, with jitter."""
        if fault.wait is not None:
            if fault.wait > LONGEST_ASKED:
                self._end(f"it asks to wait {fault.wait:,.0f} seconds", "run again later")
            self._pace.hold(fault.wait)
            return fault.wait
        ceiling: float = min(LONGEST_WAIT, FIRST_WAIT * 2.0**attempt)
        return ceiling * (0.5 + self._random.random() / 2)

    def _try_once(self, content: bytes) -> Answer:
        import httpx2

        client = self._client()
        end = time.monotonic() + self.options.timeout
        try:
            headers = self.endpoint.headers()
            with client.stream("POST", self.endpoint.address, content=content, headers=headers) as response:
                self._look_at(response.status_code, response.headers, response)
                raw = self._all_of(response, end)
        except httpx2.TimeoutException as error:
            raise Fault("it did not answer in time") from error
        except httpx2.ConnectError as error:
            raise Fault("it cannot be reached") from error
        except httpx2.HTTPError as error:
            raise Fault("it broke off its answer", answered=True) from error
        return self._read(raw)

    def _client(self) -> httpx2.Client:
        import httpx2

        with self._lock:
            if self._http is None:
                # No proxy, key file or redirect of anybody's: the host told to the user is the one asked.
                self._http = httpx2.Client(
                    follow_redirects=False,
                    trust_env=False,
                    timeout=httpx2.Timeout(self.options.timeout, connect=min(CONNECT, self.options.timeout)),
                    limits=httpx2.Limits(max_connections=64),
                )
            return self._http

    def _look_at(self, status: int, headers: Any, response: httpx2.Response) -> None:
        """Goes on for a status that carries an answer; else says what is to be done."""
        if status == 200:
            kind = str(headers.get("content-type", "")).partition(";")[0].strip().lower()
            if kind not in ("application/json", "text/json", ""):
                raise Fault(f"it answered with {kind[:40]!r} instead of JSON", answered=True)
            return
        if status in AGAIN:
            raise Fault(f"it answered with status {status}", wait=asked_wait(headers))
        said = self._said(response)
        if status in ENDING:
            mends = {401: "check the key", 402: "check the account", 403: "check the key and its rights",
                     404: "check --llm-url and --llm-model"}  # fmt: skip
            self._end(f"it answered with status {status}{said}", mends.get(status, "check --llm-url"))
        raise EngineError(
            f"it does not take this request (status {status}{said})",
            where=f"engine llm, {self.endpoint.host}",
            mend="check --llm-model; the server must know JSON-schema output",
        )

    def _said(self, response: httpx2.Response) -> str:
        """The endpoint's own message, cut short; without the key, should it be repeated there."""
        try:
            body = json.loads(next(response.iter_bytes(4096), b"")[:4096])
            message = body["error"]["message"] if isinstance(body["error"], dict) else body["error"]
        except Exception:
            # A message of a foreign server is a courtesy: whatever is wrong with it changes nothing.
            return ""
        text = self.endpoint.without_key(" ".join(str(message).split()))[:160]
        return f": {text}" if text else ""

    def _all_of(self, response: httpx2.Response, end: float) -> bytes:
        """The whole body, if it comes before `end`: a slow trickle holds nobody up for ever."""
        parts: list[bytes] = []
        size = 0
        for part in response.iter_bytes():
            size += len(part)
            parts.append(part)
            if size > MOST_BYTES:
                raise Fault("its answer is too large", answered=True)
            if time.monotonic() > end:
                raise Fault("it did not answer in time", answered=True)
        return b"".join(parts)

    def _read(self, raw: bytes) -> Answer:
        try:
            body = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise Fault("its answer is no JSON", answered=True) from error
        try:
            answer = self.endpoint.wire.answer(body)
        except WireError as error:
            raise Fault(f"its answer is not of the protocol: {error}", answered=True) from error
        try:
            read_answer(answer.text, cut=answer.cut)
        except FormError as error:
            raise Fault(str(error), answered=True, usage=answer.usage) from error
        return answer

    def _given_up(self, faults: list[str]) -> EngineError:
        """The error for a question without an answer, or the end of the run after several."""
        with self._lock:
            self._failed += 1
            failed = self._failed
        told = "; ".join(dict.fromkeys(faults))
        if failed >= IN_A_ROW:
            self._end(f"{failed} questions in a row have no answer: {told}", "run again when it is up")
        return EngineError(
            f"no answer after {len(faults)} tries: {told}",
            where=f"engine llm, {self.endpoint.host}",
            mend="run again: what was answered is kept",
        )

    def _end(self, what: str, mend: str) -> NoReturn:
        raise RunEnded(what, where=f"engine llm, {self.endpoint.host}", mend=mend)


def asked_wait(headers: Any, now: Callable[[], float] = time.time) -> float | None:
    """Seconds of a `Retry-After` (a number or a date) or `retry-after-ms`; null where there is none."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        given = headers.get(name)
        if given is None:
            continue
        try:
            seconds = float(given) * unit
        except ValueError:
            try:
                seconds = email.utils.parsedate_to_datetime(given).timestamp() - now()
            except (ValueError, TypeError, OverflowError):
                continue
        if not math.isnan(seconds):
            return max(0.0, seconds)
    return None
