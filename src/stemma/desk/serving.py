"""Serving the desk: find a port, say the address, open the browser, end on Ctrl-C."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable
from typing import Any

from stemma.desk.house import House
from stemma.desk.options import LOOPBACK, DeskOptions
from stemma.desk.sessions import Sessions
from stemma.errors import UsageError
from stemma.store import Store


def new_token() -> str:
    """A secret for one run of the desk."""
    return secrets.token_urlsafe(24)


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; raises `UsageError` where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except (OSError, OverflowError) as error:
        bound.close()
        what = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"cannot listen there ({what})", where=f"{host}:{port}", mend="choose another with --port"
        ) from error
    return bound


def addresses(sessions: Sessions, port: int) -> list[tuple[str, str]]:
    """Each reviewer's name with the address that opens the desk for them; of a shared desk once each."""
    options = sessions.options
    host = f"[{options.host}]" if ":" in options.host else options.host
    known = (
        {name: sessions.invite(name) for name in options.users}
        if options.is_shared
        else {options.reviewer: options.token}
    )
    return [(name, f"http://{host}:{port}/?token={token}") for name, token in known.items()]


def serve(
    store: Store,
    name: str,
    options: DeskOptions,
    *,
    browser: bool,
    tell: Callable[[list[tuple[str, str]]], None],
) -> None:
    """Serves the desk until it is stopped; `tell` gets the addresses once they answer."""
    import uvicorn

    from stemma.desk.app import make_app

    bound = bind(options.host, options.port)
    port = int(bound.getsockname()[1])
    house = House(store, options, name)
    house.warm_up()
    app: Any = make_app(house, port)
    config = uvicorn.Config(
        app,
        # A fault is told in one line by the application; a traceback may carry a report's own words.
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=1,  # seconds: a browser keeps its connections open after Ctrl-C
    )
    server = uvicorn.Server(config)
    known = addresses(house.sessions, port)

    def announce() -> None:
        tell(known)
        if browser and options.host == LOOPBACK and not options.is_shared:
            webbrowser.open(known[0][1])

    # The socket listens before this, so that a browser that is quicker than the server just waits.
    bound.listen(128)
    threading.Timer(0.05, announce).start()
    try:
        server.run(sockets=[bound])
    except KeyboardInterrupt:
        pass  # the way to close a desk, not a fault
    finally:
        bound.close()
