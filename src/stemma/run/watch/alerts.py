"""Saved queries, asked after every round that brought something."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from stemma.errors import StemmaError, UsageError
from stemma.run.filters import make_asking
from stemma.run.letters import (
    Entry,
    atom_of,
    digest_of_new,
    entries_of,
    is_empty,
    mail_of,
    message_of,
    summary_of,
)
from stemma.run.mailing import SERVER, find_server, send_mail
from stemma.run.recording import Asking
from stemma.run.watch.answers import Failure
from stemma.run.watch.fetching import Fetcher
from stemma.run.watch.rounds import Tell
from stemma.run.watch.state import State
from stemma.run.watch.subscriptions import Place, SavedQuery, write_whole
from stemma.run.watch.webhook import post
from stemma.settings import Settings
from stemma.show.digest import Digest
from stemma.store.protocol import Store

KEPT: Final = 200
"""Entries of a query's feed."""
KEPT_SECONDS: Final = 7 * 86_400.0
"""How long a message is offered again to a webhook that does not take it."""
_MAILTO: Final = "mailto:"
_NAME: Final = re.compile(r"[\w][\w .-]{0,59}")


def check_query(query: SavedQuery) -> Asking:
    """What a saved query asks for; raises `UsageError` where it cannot be asked, or asks for all."""
    if not _NAME.fullmatch(query.name):
        mend = "use letters, figures, space, point and hyphen, 60 at most"
        raise UsageError(f"{query.name!r} cannot be a name", where="NAME", mend=mend)
    try:
        asking = make_asking(**query.filters)
    except TypeError as error:
        raise UsageError(f"a filter is not known ({error})", where=query.name, mend="make it anew") from error
    if asking.is_open:
        raise UsageError(
            "it asks for everything", where=query.name, mend="give words or a filter, as --actor"
        )
    return asking


@dataclass(slots=True)
class Alerts:
    """Asks the saved queries and hands on what they find."""

    place: Place
    state: State
    store: Store
    settings: Settings
    fetcher: Fetcher
    tell: Tell

    def after_round(self, queries: Collection[SavedQuery], fresh: Collection[str]) -> dict[str, Digest]:
        """What each query finds new; delivered already, and messages of earlier rounds besides."""
        self._deliver_late()
        found: dict[str, Digest] = {}
        for query in queries if fresh else ():
            try:
                view = self._ask(query, set(fresh))
            except StemmaError as error:
                self.tell(f"query {query.name}: {error.line()}")
                continue
            if view is not None:
                found[query.name] = view
                self.tell(f"query {query.name}: {summary_of(view)}")
                self._deliver(query, view)
        return found

    def _ask(self, query: SavedQuery, fresh: set[str]) -> Digest | None:
        asking = check_query(query)
        # Cheap, and mostly the end of it: no new report has such a claim. Units take a look at the record.
        codings = () if asking.with_units else self.store.codings(asking.query)
        if not asking.with_units and not any(coding.report in fresh for coding in codings):
            return None
        day = self._now().date()
        view = digest_of_new(self.store, asking, fresh, day, self.settings.merge)
        return None if is_empty(view) else view

    def _deliver(self, query: SavedQuery, view: Digest) -> None:
        at = self._now()
        mail = mail_of(view, f"Stemma, {query.name}", at)
        try:
            if query.mail:
                name = f"{_plain(query.name)}-{at:%Y%m%dT%H%M%SZ}.eml"
                Path(query.mail).mkdir(parents=True, exist_ok=True)
                Path(query.mail, name).write_bytes(mail)
            self._write_feed(query, view, at)
        except OSError as error:
            self.tell(f"query {query.name}: it cannot be written ({error.strerror}: {error.filename})")
        if query.mail_to:
            # A mail has seven bits a byte: it goes through the same outbox as a message.
            self._post(_MAILTO + ",".join(query.mail_to), mail.decode("ascii"), at.timestamp())
        if query.webhook:
            self._post(query.webhook, message_of(view, query.name, at), at.timestamp())

    def _write_feed(self, query: SavedQuery, view: Digest, at: datetime) -> None:
        path = Path(query.atom) if query.atom else self.place.alerts / f"{_plain(query.name)}.atom"
        new: list[Any] = [(f"{query.name}/{one.id}", one.title, one.html) for one in entries_of(view)]
        self.state.enter(query.name, new, at.timestamp(), KEPT)
        kept = [
            (Entry(key.rpartition("/")[2], title, html), datetime.fromtimestamp(when, UTC))
            for key, title, html, when in self.state.entries(query.name)
        ]
        write_whole(path, atom_of(f"Stemma, {query.name}", kept, at))

    def _post(self, target: str, body: str, at: float) -> None:
        failure = self._send(target, body)
        if failure is None:
            return
        later = failure.wait is not None
        self.tell(f"{_said(target, failure)}{'; it is tried again' if later else ''}")
        if later:
            self.state.post(target, body, at)

    def _send(self, target: str, body: str) -> Failure | None:
        """To a webhook or a mail server; `wait` of a failure is null where another try would not help."""
        if not target.startswith(_MAILTO):
            return post(self.fetcher, target, body)
        try:
            server = find_server()
        except UsageError as error:
            return Failure(SERVER, "server", error.line(), 0.0)
        found = send_mail(server, body.encode("ascii"), target.removeprefix(_MAILTO).split(","))
        return Failure(server.host, "mail", found.what, 0.0 if found.passing else None) if found else None

    def _deliver_late(self) -> None:
        away: set[str] = set()
        for key, target, body, at in self.state.posted():
            if target in away:
                continue
            failure = self._send(target, body)
            if failure is not None and failure.wait is not None:
                away.add(target)
                if self.fetcher.clock.now() - at < KEPT_SECONDS:
                    continue
                self.tell(f"{_said(target, failure)}; a message of a week ago is dropped")
            self.state.deliver(key)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.fetcher.clock.now(), UTC).replace(microsecond=0)


def _said(target: str, failure: Failure) -> str:
    kind = "mail server" if target.startswith(_MAILTO) else "webhook"
    return f"{kind} {failure.address}: {failure.what}"


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip(".-") or "query"
