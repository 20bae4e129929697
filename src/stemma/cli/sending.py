"""A digest as a mail file, as an Atom feed, to a mail server and to a webhook."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stemma.cli.guard import Status

if TYPE_CHECKING:
    from stemma.show.digest import Digest


def send_digest(
    view: Digest,
    mail: str | None,
    atom: str | None,
    webhook: str | None,
    *,
    allow_private: bool,
    to: Sequence[str] = (),
    smtp: str | None = None,
) -> Status:
    """Writes and sends what was asked for; some refused where webhook or mail server did not take it."""
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
    taken = _mail(mail_of(view, title, at), to, smtp) if to else True
    if webhook:
        taken = _post(webhook, message_of(view, title, at), allow_private=allow_private) and taken
    return Status.DONE if taken else Status.SOME_REFUSED


def check_mail(to: Sequence[str], smtp: str | None) -> None:
    """Raises `UsageError` where a mail could not be sent as asked: before the work, not after it."""
    from stemma.run.mailing import check_address, find_server

    if to:
        find_server(smtp)
    for one in to:
        check_address(one)


def _mail(content: bytes, to: Sequence[str], smtp: str | None) -> bool:
    from stemma.cli.consoles import say
    from stemma.run.mailing import check_address, find_server, send_mail

    server = find_server(smtp)
    failure = send_mail(server, content, [check_address(one) for one in to])
    say(f"mail server {server.host}: {failure.what if failure else 'taken for ' + ', '.join(to)}")
    return failure is None


def _post(webhook: str, body: str, *, allow_private: bool) -> bool:
    from urllib.parse import urlsplit

    from stemma.cli.consoles import say
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
    failure = post(fetcher, webhook, body)
    fetcher.close()
    say(f"webhook {failure.address}: {failure.what}" if failure else "webhook: delivered")
    return failure is None
