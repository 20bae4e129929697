"""A mail handed to a mail server: over TLS, the password from the environment, one line where it fails."""

from __future__ import annotations

import email
import email.policy
import os
import re
import smtplib
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from stemma.errors import UsageError

SERVER: Final = "STEMMA_SMTP"
"""The mail server where no option names one: `smtp://ann@mail.example` or `smtps://ann@mail.example`."""
PASSWORD: Final = "STEMMA_SMTP_PASSWORD"
FROM: Final = "STEMMA_SMTP_FROM"
"""Whom mails come from, where that is not the server's user."""
SECONDS: Final = 30.0
PORTS: Final = {"smtp": 587, "smtps": 465}
LOOPBACK: Final = frozenset(("localhost", "127.0.0.1", "::1"))
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}")


@dataclass(frozen=True, slots=True)
class MailServer:
    """Who takes mails in. `whole` is TLS from the first byte on; else it begins with STARTTLS.

    A server on this machine may do without TLS; to no other is anything sent in the clear.
    """

    host: str
    port: int
    user: str
    sender: str
    whole: bool


def check_address(address: str, where: str = "--mail-to") -> str:
    """A mail address; raises `UsageError` for what is none."""
    plain = address.strip()
    if not _ADDRESS.fullmatch(plain):
        raise UsageError(f"{plain[:60]!r} is no mail address", where=where, mend="write ann@north.example")
    return plain


def find_server(address: str | None = None) -> MailServer:
    """The server that `address` names, else the environment; raises `UsageError`."""
    said = address or os.environ.get(SERVER, "")
    where, mend = "--smtp" if address else SERVER, "write smtp://ann@mail.example:587, or smtps://…"
    if not said:
        raise UsageError("no mail server is named", where="--mail-to", mend=f"give --smtp or set {SERVER}")
    try:
        parts = urlsplit(said)
        port = parts.port
    except ValueError as error:
        raise UsageError("this is no address of a mail server", where=where, mend=mend) from error
    if parts.scheme not in PORTS or not parts.hostname or port == 0 or parts.path.strip("/"):
        raise UsageError("this is no address of a mail server", where=where, mend=mend)
    if parts.password is not None:
        raise UsageError("a password does not belong here", where=where, mend=f"set {PASSWORD}")
    user = unquote(parts.username or "")
    sender = os.environ.get(FROM) or (user if "@" in user else f"{user or 'stemma'}@{parts.hostname}")
    return MailServer(
        parts.hostname,
        port or PORTS[parts.scheme],
        user,
        check_address(sender, FROM),
        parts.scheme == "smtps",
    )


@dataclass(frozen=True, slots=True)
class Unsent:
    """Why a mail was not taken, in words; `passing` where another try may help."""

    what: str
    passing: bool


def send_mail(server: MailServer, content: bytes, to: Sequence[str]) -> Unsent | None:
    """Hands a mail (RFC 5322, as `mail_of` makes it) to the server; null where it took it for all of `to`.

    Sender and receivers are written into it. Nothing of the password is ever said.
    """
    message = email.message_from_bytes(content, policy=email.policy.SMTP)
    own = server.sender.rpartition("@")[2]
    # A name of this machine means nothing elsewhere, and looks like junk to some servers.
    number = str(message["Message-ID"]).replace("@localhost>", f"@{own}>")
    given = {"From": f"Stemma <{server.sender}>", "To": ", ".join(to), "Message-ID": number}
    for name, value in given.items():
        del message[name]
        message[name] = value
    try:
        with _connected(server) as connection:
            refused = connection.send_message(message, server.sender, list(to))
    except smtplib.SMTPAuthenticationError:
        return Unsent(f"it does not take the user's password (see {PASSWORD})", passing=False)
    except smtplib.SMTPRecipientsRefused as error:
        return Unsent(f"it takes mail for none of: {', '.join(error.recipients)}", passing=False)
    except smtplib.SMTPResponseException as error:
        return Unsent(f"it answers with {error.smtp_code}", passing=400 <= error.smtp_code < 500)
    except smtplib.SMTPNotSupportedError as error:
        return Unsent(" ".join(str(error).split())[:120], passing=False)
    except ssl.SSLError as error:
        return Unsent(f"its TLS cannot be trusted ({error.reason or 'no reason given'})", passing=False)
    except (smtplib.SMTPException, OSError) as error:
        slow = isinstance(error, (TimeoutError, socket.timeout))
        return Unsent("it does not answer in time" if slow else "it cannot be reached", passing=True)
    if refused:
        return Unsent(f"it takes no mail for {', '.join(refused)}; the others got it", passing=False)
    return None


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.whole:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=SECONDS, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        connection.ehlo()
        if not server.whole and (connection.has_extn("starttls") or server.host not in LOOPBACK):
            connection.starttls(context=context)
            connection.ehlo()
        if server.user and (password := os.environ.get(PASSWORD, "")):
            connection.login(server.user, password)
    except BaseException:
        connection.close()
        raise
    return connection
