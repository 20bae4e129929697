"""A digest as a mail file, as an Atom feed, and to a webhook."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from stemma.cli.guard import Status

if TYPE_CHECKING:
    from stemma.show.digest import Digest


def send_digest(
    view: Digest, mail: str | None, atom: str | None, webhook: str | None, *, allow_private: bool
) -> Status:
    """Writes and sends what was asked for; some refused where the webhook did not take it."""
    from stemma.cli.consoles import say
    from stemma.run.letters import atom_of, entries_of, mail_of, message_of

    at = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    title = f"Stemma, since {view.since}"
    if mail:
        Path(mail).write_bytes(mail_of(view, title, at))
        say(f"mail: {mail}")
    if atom:
        Path(atom).write_text(atom_of("Stemma digest", [(one, at) for one in entries_of(view)], at), "utf-8")
        say(f"feed: {atom}")
    if not webhook:
        return Status.DONE
    from urllib.parse import urlsplit

    from stemma.run.watch import require
    from stemma.run.watch.subscriptions import check_webhook

    require()
    check_webhook(webhook)
    from stemma.run.watch.fetching import Fetcher
    from stemma.run.watch.options import WatchOptions
    from stemma.run.watch.webhook import post

    # The user names the address: any port will do, as long as the machine behind it may be reached.
    try:
        port = urlsplit(webhook).port
    except ValueError:
        port = None
    ports = (80, 443, *([port] if port else []))
    fetcher = Fetcher(WatchOptions(ports=ports, allow_private=allow_private))
    failure = post(fetcher, webhook, message_of(view, title, at))
    fetcher.close()
    if failure is None:
        say("webhook: delivered")
        return Status.DONE
    say(f"webhook {failure.address}: {failure.what}")
    return Status.SOME_REFUSED
