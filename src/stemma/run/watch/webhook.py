"""A message to an address that the user gave: under the same guard as every request, tried three times."""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Final

from stemma.run.watch.answers import Answer, Failure
from stemma.run.watch.fetching import BUSY, Fetcher, retry_after
from stemma.run.watch.guard import Refused, check_address
from stemma.run.watch.naming import host_of

WAITS: Final = (1.0, 4.0)
"""Seconds before the second and the third try."""
MOST_WAIT: Final = 60.0
SECRET: Final = "STEMMA_WEBHOOK_SECRET"
"""With this in the environment each message is signed: `X-Stemma-Signature: sha256=HMAC`."""
SMALL: Final = 65_536


def post(fetcher: Fetcher, target: str, body: str) -> Failure | None:
    """Delivers `body` (JSON); a failure where that cannot be done, null where it was.

    `wait` of the failure is null where another try would not help. No redirect is followed, and messages
    name the host only: the path of a webhook is often its secret.
    """
    where = host_of(target) or "webhook"
    try:
        url = check_address(target, fetcher.options)
    except Refused as refused:
        return Failure(where, refused.code, refused.what)
    content = body.encode("utf-8", "replace")
    headers = {
        "User-Agent": fetcher.options.agent,
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": hashlib.sha256(content).hexdigest()[:32],
    }
    secret = os.environ.get(SECRET)
    if secret:
        headers["X-Stemma-Signature"] = f"sha256={hmac.new(secret.encode(), content, 'sha256').hexdigest()}"
    failure = Failure(where, "network", "no answer", 0.0)
    for wait in (*WAITS, None):
        found = fetcher.send("POST", url, headers, content, SMALL, cut=True)
        if isinstance(found, Answer) and 200 <= found.status < 300:
            return None
        if isinstance(found, Failure):
            if found.code not in ("network", "slow"):
                return Failure(where, found.code, found.what)
            failure, asked = Failure(where, found.code, found.what, 0.0), None
        else:
            said = f"it answers with status {found.status}"
            if found.status < 500 and found.status not in BUSY:
                return Failure(where, "status", said)
            failure = Failure(where, "status", said, 0.0)
            asked = retry_after(found.head.get("retry-after"), fetcher.clock.now())
        if wait is not None:
            fetcher.clock.sleep(min(max(wait, asked or 0.0), MOST_WAIT))
    return failure
