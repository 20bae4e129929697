"""The description of the JSON API (OpenAPI 3.1), made from the nouns."""

from __future__ import annotations

from typing import Any, Final

from stemma.model import ClaimType, Coding, Document, Judgement, Noun
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


def _noun(kind: type[Noun]) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def _list(name: str, item: dict[str, Any], **more: dict[str, Any]) -> dict[str, Any]:
    properties = {name: {"type": "array", "items": item}, **more}
    return {"type": "object", "required": list(properties), "properties": properties}


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
            {"name": name, "in": "query", "required": name == "id", "schema": schema}
            for name, schema in parameters.items()
        ],
        "responses": {
            "200": {"description": told, "content": {"application/json": {"schema": answer}}},
            "400": {"description": "A parameter cannot be followed; the line says which", **error},
            "403": {"description": "No token, or a wrong one"},
            "404": {"description": "There is no such report", **error},
        },
    }


def _schemas() -> dict[str, Any]:
    """The nouns with their parts, each once."""
    found: dict[str, Any] = {}
    for noun in (Coding, Document, Judgement):
        schema = noun.model_json_schema(ref_template="#/components/schemas/{model}")
        found.update(schema.pop("$defs", {}))
        found[noun.__name__] = schema
    return found
