"""Templates, filters and assets: how a view becomes a page."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from stemma.desk.harmless import clean, fragments
from stemma.desk.house import MOST_TO_JOIN
from stemma.model import ClaimType
from stemma.show.ledger import plural

_PACKAGE: Final = files("stemma.desk")
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_DAY: Final = re.compile(r"(\b\d{4}-\d\d(?:-\d\d)?\b)")
_A_YEAR: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages load: its bytes, and an address that changes with them."""

    content: bytes
    media_type: str
    address: str


@cache
def assets() -> dict[str, Asset]:
    """All files of `static/`, by name; nothing else is ever served from the disk.

    One mark for all: a script that another imports must have one address, or it would run twice.
    """
    found = {}
    mark = hashlib.sha256()
    for entry in sorted(_PACKAGE.joinpath("static").iterdir(), key=lambda entry: entry.name):
        suffix = "." + entry.name.rpartition(".")[2]
        if entry.is_file() and suffix in _TYPES:
            found[entry.name] = (entry.read_bytes(), _TYPES[suffix])
            mark.update(found[entry.name][0])
    folder = f"/static/{mark.hexdigest()[:12]}/"
    return {name: Asset(content, kind, folder + name) for name, (content, kind) in found.items()}


def serve_asset(request: Request) -> Response:
    """A file of `static/` by its name."""
    asset = assets().get(request.path_params["name"])
    if asset is None:
        return Response("no such file", 404, media_type="text/plain")
    return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": _A_YEAR})


def report_address(report: str, claim: str = "") -> str:
    """The address of a report's reading room; any id is safe in it."""
    return "/read?" + urlencode({"report": report}) + (f"#{quote(claim)}" if claim else "")


def with_query(values: dict[str, Any], **changed: Any) -> str:
    """A query string of these values, those that are empty left out: `?q=shells&page=2`."""
    kept = {name: value for name, value in {**values, **changed}.items() if value not in (None, "", 0)}
    return "?" + urlencode(kept, doseq=True)


def days_whole(text: str) -> Markup:
    """`text`, escaped, with days that no line is broken within: 2021-10-12."""
    parts = _DAY.split(clean(text))
    return Markup("").join(
        Markup('<span class="nowrap">{}</span>').format(part) if at % 2 else part
        for at, part in enumerate(parts)
    )


def is_web(url: object) -> bool:
    """True for an address that may be a link; never for `javascript:` and the like."""
    return isinstance(url, str) and url.startswith(("http://", "https://")) and url.isprintable()


@cache
def environment() -> Environment:
    """The templates. Everything is escaped, and a name that is missing is a fault."""
    made = Environment(
        loader=FileSystemLoader(str(_PACKAGE.joinpath("templates"))),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # What a template prints of a report never carries controls or direction overrides.
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    made.filters["fragments"] = fragments
    made.filters["number"] = lambda value: f"{value:,}"
    made.filters["days_whole"] = days_whole
    made.filters["room"] = report_address
    made.globals.update(
        asset=lambda name: assets()[name].address,
        with_query=with_query,
        is_web=is_web,
        plural=plural,
        room=report_address,
        types=[str(kind) for kind in ClaimType],
    )
    return made


def draw(name: str, **values: Any) -> str:
    """A template as text."""
    return environment().get_template(name).render(**values)


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A whole page: the template with what every page needs, besides `values`."""
    session = request.state.session
    shared = {
        "session": session,
        "casebook": request.app.state.house.name,
        "navigation": request.app.state.navigation,
        "path": request.url.path,
        "behind": getattr(request.state, "behind", None),
        "house": request.app.state.house,
        "most_to_join": MOST_TO_JOIN,
        "address": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
    }
    return HTMLResponse(draw(name, **shared, **values), status)
