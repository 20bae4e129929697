"""A mail server on this machine that keeps what it is sent, with or without TLS and a password."""

from __future__ import annotations

import base64
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Post:
    """What the server does and got. `refuse` are receivers; `answer` is what it says to the whole mail."""

    port: int = 0
    password: str = ""
    context: ssl.SSLContext | None = None
    whole: bool = False
    refuse: tuple[str, ...] = ()
    answer: str = "250 kept"
    mails: list[tuple[str, tuple[str, ...], bytes]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    secure: list[bool] = field(default_factory=list)


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        post: Post = self.server.post  # type: ignore[attr-defined]
        connection = self.request
        secure = post.whole
        if post.whole and post.context:
            try:
                connection = post.context.wrap_socket(connection, server_side=True)
            except (ssl.SSLError, OSError):
                return
        file = connection.makefile("rwb")

        def say(line: str) -> None:
            file.write(line.encode() + b"\r\n")
            file.flush()

        sender, to = "", []
        say("220 here")
        while raw := file.readline():
            line = raw.decode("latin-1").strip()
            post.said.append(line.split(" ")[0].upper() if line[:4].upper() == "AUTH" else line)
            word = line[:4].upper()
            if word == "EHLO":
                offers = ["250-here", *(["250-STARTTLS"] if post.context and not secure else [])]
                offers += ["250-AUTH PLAIN"] if post.password else []
                say("\r\n".join([*offers, "250 SIZE 1000000"]))
            elif word == "STAR" and post.context:
                say("220 go")
                try:
                    connection = post.context.wrap_socket(connection, server_side=True)
                except (ssl.SSLError, OSError):
                    return
                file, secure = connection.makefile("rwb"), True
            elif word == "AUTH":
                own = base64.b64decode(line.split(" ")[2]).split(b"\0")[-1].decode()
                say("235 in" if own == post.password else "535 no")
            elif word == "MAIL":
                sender, to = line, []
                say("250 yes")
            elif word == "RCPT":
                no = any(one in line for one in post.refuse)
                to += [] if no else [line]
                say("550 nobody" if no else "250 yes")
            elif word == "DATA":
                say("354 go on")
                content = b""
                for part in iter(file.readline, b".\r\n"):
                    content += part.removeprefix(b".")
                if post.answer.startswith("2"):
                    post.mails.append((sender, tuple(to), content))
                    post.secure.append(secure)
                say(post.answer)
            elif word == "QUIT":
                say("221 bye")
                return
            else:
                say("250 yes")


@contextmanager
def serving(**given: object) -> Iterator[Post]:
    """The server, listening on loopback until the end of the block."""
    post = Post(**given)  # type: ignore[arg-type]
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.daemon_threads = True
        server.post = post  # type: ignore[attr-defined]
        post.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield post
        finally:
            server.shutdown()


def own_certificate(folder: Path) -> Path:
    """A certificate for localhost with its key, in one file; raises `FileNotFoundError` without openssl."""
    file, key = folder / "certificate.pem", folder / "key.pem"
    call = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    call += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run([*call, "-keyout", str(key), "-out", str(file)], check=True, capture_output=True)
    return file
