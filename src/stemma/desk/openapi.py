"""The description of the JSON API (OpenAPI 3.1), made from the nouns."""

from __future__ import annotations

from typing import Any, Final

from stemma.model import ClaimType, Coding, Document, EntityKind, Incident, Judgement, Lineage, Noun
from stemma.version import __version__

_TEXT: Final = {"type": "string", "maxLength": 300}
_DAY: Final = {"type": "string", "format": "date"}
_TYPE: Final = {"type": "string", "enum": [str(kind) for kind in ClaimType]}
_ID: Final = {"type": "string", "minLength": 1, "maxLength": 2000}
_LIMIT: Final = {"type": "integer", "minimum": 1, "maximum": 500, "default": 50}
_OFFSET: Final = {"type": "integer", "minimum": 0, "maximum": 10**9, "default": 0}
_YES: Final = {"type": "string", "enum": ["yes", "no"]}
_COUNTRY: Final = {"type": "string", "maxLength": 2}
_FILTERS: Final = {
    "text": _TEXT,
    "outlet": _TEXT,
    "since": _DAY,
    "until": _DAY,
    "type": _TYPE,
    "country": _COUNTRY,
}

_OBJECT: Final = {"type": "object"}
_LIST: Final = {"type": "array", "items": _OBJECT}
_ORDER: Final = {"type": "string", "enum": ["told", "newest", "fewest"]}
_KIND: Final = {"type": "string", "enum": [kind.value for kind in EntityKind]}
_RECORD: Final = {
    **dict.fromkeys(("q", "actor", "place", "outlet", "source"), _TEXT),
    **{"type": _TYPE, "country": _COUNTRY, "since": _DAY, "until": _DAY},
    **{name: {"type": "string", "enum": ["yes"]} for name in ("disputed", "single")},
}
"""The filters of the record's pages (`desk/filters.py`)."""


def _noun(kind: type[Noun]) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def _list(name: str, item: dict[str, Any], **more: dict[str, Any]) -> dict[str, Any]:
    properties = {name: {"type": "array", "items": item}, **more}
    return {"type": "object", "required": list(properties), "properties": properties}


def _told(**properties: dict[str, Any]) -> dict[str, Any]:
    """An answer about the record: `unmerged` says how far that is behind, null where it is not."""
    given = {**properties, "unmerged": {"type": ["object", "null"]}}
    return {"type": "object", "required": list(given), "properties": given}


def _page(name: str) -> dict[str, Any]:
    """A page of `total`, or of more than that where `more` is true."""
    return _told(**{name: _LIST}, total={"type": "integer"}, more={"type": "boolean"})


PATHS: Final[dict[str, tuple[str, dict[str, Any], dict[str, Any]]]] = {
    "/summary": ("What the casebook holds, counted", {}, _OBJECT),
    "/reports": (
        "A page of the list of reports, newest first",
        {**_FILTERS, "offset": _OFFSET, "limit": _LIMIT},
        _list("reports", _OBJECT, total={"type": "integer"}),
    ),
    "/report": (
        "The coding of a report: the machine's, or with `judged=yes` as people (or one `person`) judged it",
        {"id": _ID, "judged": _YES, "person": _TEXT},
        _noun(Coding),
    ),
    "/document": ("The document of a report, which all offsets point into", {"id": _ID}, _noun(Document)),
    "/judgements": (
        "The judgements that stand on a report's claims",
        {"id": _ID, "person": _TEXT},
        _list("judgements", _noun(Judgement)),
    ),
    "/claims": (
        "The claims that a query asks for, as codings cut down to them",
        {**_FILTERS, "actor": _TEXT, "place": _TEXT, "source": _TEXT, "hedged": _YES, "limit": _LIMIT},
        _list("codings", _noun(Coding)),
    ),
    "/incidents": (
        "A page of what the record says happened, each incident with its independent origins",
        {**_RECORD, "order": _ORDER, "offset": _OFFSET, "limit": _LIMIT},
        _page("incidents"),
    ),
    "/incident": (
        "One incident: its claims, why they are one, origins, disputes, statements",
        {"id": _ID},
        _told(incident=_noun(Incident), row=_OBJECT),
    ),
    "/lineage": (
        "How the reports that tell of an incident depend on others",
        {"id": _ID},
        _told(lineage=_noun(Lineage)),
    ),
    "/disputes": (
        "Where reports differ: of one incident (`incident`), or of a page of the disputed ones",
        {"incident": _TEXT, **_RECORD, "offset": _OFFSET, "limit": _LIMIT},
        _page("disputes"),
    ),
    "/timeline": (
        "A page of the incidents, the latest first",
        {**_RECORD, "offset": _OFFSET, "limit": _LIMIT},
        _page("incidents"),
    ),
    "/network": (
        "Parties and their ties, of one day where `as_of` is given",
        {**_RECORD, "as_of": _DAY, "offset": _OFFSET, "limit": _LIMIT},
        _told(parties=_LIST, ties=_LIST, total={"type": "integer"}, more={"type": "boolean"}),
    ),
    "/entities": (
        "A page of the parties, those of most reports first; `q` is a part of one of their names",
        {"q": _TEXT, "kind": _KIND, "offset": _OFFSET, "limit": _LIMIT},
        _told(parties=_LIST, total={"type": "integer"}),
    ),
    "/dossier": (
        "What the record says of one party, by its key or a name; at most `limit` of each part",
        {"party": _ID, **_RECORD, "as_of": _DAY, "with_units": _YES, "limit": _LIMIT},
        _told(party=_OBJECT, names=_LIST, did=_LIST, suffered=_LIST, named=_LIST, totals=_OBJECT),
    ),
    "/queue": ("The claims that most need a person's eye", {"limit": _LIMIT}, _list("claims", _OBJECT)),
    "/agreement": ("Agreement between reviewers, and between machine and person", {}, _OBJECT),
}
"""Each path with its summary, its parameters and the schema of its answer."""


def description() -> dict[str, Any]:
    """The whole description."""
    error = {"content": {"application/json": {"schema": _list("error", _OBJECT)}}}
    error["content"]["application/json"]["schema"] = {
        "type": "object",
        "required": ["error"],
        "properties": {"error": {"type": "string"}},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Stemma desk",
            "version": __version__,
            "description": "Reads a casebook; changes nothing.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}, {"cookie": []}],
        "paths": {path: {"get": _get(path, error)} for path in PATHS},
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "the token of the opened address",
                },
                "cookie": {"type": "apiKey", "in": "cookie", "name": "stemma_desk"},
            },
        },
    }


def _get(path: str, error: dict[str, Any]) -> dict[str, Any]:
    told, parameters, answer = PATHS[path]
    return {
        "operationId": path.strip("/"),
        "summary": told,
        "parameters": [
            {"name": name, "in": "query", "required": name in ("id", "party"), "schema": schema}
            for name, schema in parameters.items()
        ],
        "responses": {
            "200": {"description": told, "content": {"application/json": {"schema": answer}}},
            "400": {"description": "A parameter cannot be followed; the line says which", **error},
            "403": {"description": "No token, or a wrong one"},
            "404": {"description": "There is no such report, incident or party", **error},
            "503": {"description": "There is no record yet; the line says what to do", **error},
        },
    }


def _schemas() -> dict[str, Any]:
    """The nouns with their parts, each once."""
    found: dict[str, Any] = {}
    for noun in (Coding, Document, Judgement, Incident, Lineage):
        schema = noun.model_json_schema(ref_template="#/components/schemas/{model}")
        found.update(schema.pop("$defs", {}))
        found[noun.__name__] = schema
    return found
