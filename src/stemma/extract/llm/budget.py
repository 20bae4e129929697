"""How much may be asked and how fast: caps of tokens and money that are never passed, requests a minute."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from stemma.errors import RunEnded, UsageError
from stemma.extract.llm.wires import Usage
from stemma.extract.llm_options import LlmOptions

PER = 1_000_000
"""Tokens that prices are given for."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one request may cost at the most, set aside until it is known."""

    tokens: int
    money: float


class Budget:
    """The tokens and money of one run, shared by its threads.

    A request is let through only where even its dearest answer stays under the caps.
    """

    def __init__(self, options: LlmOptions) -> None:
        if options.max_cost is not None and None in (options.price_in, options.price_out):
            raise UsageError(
                "a cap of money needs the prices of the model",
                where="--llm-max-cost",
                mend="give --llm-price IN/OUT, for a million tokens each, or use --llm-max-tokens",
            )
        self._options = options
        self._lock = threading.Condition()
        self._waiting = Share(0, 0.0)
        self.tokens = 0
        self.money = 0.0
        self.requests = 0

    def take(self, asked: int) -> Share:
        """Sets aside what a request of about `asked` tokens may cost; raises `RunEnded` at a cap.

        Waits while only what other threads have set aside stands in the way.
        """
        usage = Usage(asked, self._options.answer_tokens)
        share = Share(asked + self._options.answer_tokens, self._cost(usage))
        with self._lock:
            while cap := self._cap(share):
                if not self._waiting.tokens:
                    raise RunEnded(
                        f"the next request could pass the cap of {cap}; {self.told()} are used",
                        where="engine llm",
                        mend="run again with a higher cap: nothing that was answered is asked again",
                    )
                self._lock.wait()
            self._waiting = Share(self._waiting.tokens + share.tokens, self._waiting.money + share.money)
        return share

    def settle(self, share: Share, usage: Usage | None, *, answered: bool) -> None:
        """Books what the request cost: what the endpoint says; all that was set aside where it began to
        answer and did not say; nothing where it never answered."""
        with self._lock:
            self._waiting = Share(self._waiting.tokens - share.tokens, self._waiting.money - share.money)
            if not self._waiting.tokens:
                self._waiting = Share(0, 0.0)
            if answered:
                self.requests += 1
                self.tokens += usage.asked + usage.answered if usage else share.tokens
                self.money += self._cost(usage) if usage else share.money
            self._lock.notify_all()

    def told(self) -> str:
        """`12,300 tokens (0.04 of money)`."""
        money = f" ({self.money:.4g} of money)" if self._options.price_in is not None else ""
        return f"{self.tokens:,} tokens{money}"

    def _cap(self, share: Share) -> str:
        """The cap that this share would pass, in words; empty where it passes none."""
        most, dearest = self._options.max_tokens, self._options.max_cost
        if most is not None and self.tokens + self._waiting.tokens + share.tokens > most:
            return f"{most:,} tokens"
        if dearest is not None and self.money + self._waiting.money + share.money > dearest:
            return f"{dearest:g} of money"
        return ""

    def _cost(self, usage: Usage) -> float:
        price_in, price_out = self._options.price_in or 0.0, self._options.price_out or 0.0
        return (usage.asked * price_in + usage.answered * price_out) / PER


WINDOW = 60.0
"""Seconds over which a rate is counted."""
SLACK = 1.0
"""Seconds by which one request may take longer to the endpoint than another (a connection, a busy machine)
without more than `rate` of them arriving within `WINDOW`."""


class Pace:
    """Lets requests begin one by one: never more than `rate` arrive in any minute. 0 is no limit.

    What counts is when a request really begins. Steps that were only planned let those that were late, and
    those after them, through together: 662 a minute were seen where 600 was set.
    """

    def __init__(
        self,
        rate: float,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._step = (WINDOW + SLACK) / rate if rate > 0 else 0.0
        self._sleep, self._clock = sleep, clock
        self._lock = threading.Lock()
        self._next = float("-inf")

    def wait(self) -> None:
        """Returns when the next request may begin, and takes it for begun."""
        while True:
            with self._lock:
                now = self._clock()
                rest = self._next - now
                if rest <= 0:
                    self._next = now + self._step
                    return
            self._sleep(rest)

    def hold(self, seconds: float) -> None:
        """No request begins before `seconds` from now: an endpoint asked for that."""
        with self._lock:
            self._next = max(self._next, self._clock() + seconds)
