"""FollowTheMoney entities: organisations and bodies as actors of the user's own lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from stemma.importing.options import ImportOptions
from stemma.importing.protocol import ActorRow, Kind, Loss
from stemma.importing.reading import flat, read_objects, refuse
from stemma.model import EntityKind, Refusal

BODIES: Final = {
    "Organization": EntityKind.ORGANISATION,
    "Company": EntityKind.ORGANISATION,
    "PublicBody": EntityKind.GOVERNMENT,
}
"""The schemata that are actors. A `LegalEntity` may be a person, and people are in no lexicon of ours."""

GROUPS: Final = frozenset(("crime.terror", "crime.traffick", "crime", "mil", "role.rca"))
"""Topics that make an organisation an armed group."""

NAMES: Final = ("name", "alias", "weakAlias", "previousName", "abbreviation")
_PART_OF = re.compile(r"(?i)\bpart[ _-]of\b|\bsubsidiary\b|\bunit of\b")
_YEAR = re.compile(r"(\d{4})(?:-.*)?")
LONGEST: Final = 200


@dataclass(slots=True)
class _Links:
    """Who belongs to whom, by ids, with the years."""

    member_of: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    parent: dict[str, str] = field(default_factory=dict)


class FtmImporter:
    """Entities of FollowTheMoney, one JSON object a line."""

    name = "ftm"
    kind = Kind.LEXICON
    description = "FollowTheMoney entities: organisations and public bodies into your own lexicon of actors."

    def losses(self) -> tuple[Loss, ...]:
        """What of the file does not come in."""
        return _LOSSES

    def read(self, path: Path, options: ImportOptions) -> Iterator[ActorRow | Refusal]:
        """An actor for each organisation and public body; links between them are its memberships."""
        bodies: dict[str, Mapping[str, Any]] = {}
        links = _Links()
        for item in read_objects(path, options):
            if isinstance(item, Refusal):
                yield item
                continue
            where, entity = item
            properties = entity.get("properties")
            if not isinstance(entity.get("schema"), str) or not isinstance(properties, Mapping):
                yield refuse(where, "this is no entity of FollowTheMoney", "give schema and properties")
                continue
            key = str(entity.get("id") or where)
            if entity["schema"] in BODIES:
                if _names(properties):
                    bodies[key] = entity
                else:
                    yield refuse(f"{where}, column name", "it has no name", "name it, or leave it out")
            else:
                _link(entity["schema"], properties, links)
        names = {key: _names(entity["properties"])[0] for key, entity in bodies.items()}
        for key, entity in bodies.items():
            yield _row(key, entity, names, links)


def _link(schema: str, properties: Mapping[str, Any], links: _Links) -> None:
    years = _year(properties, "startDate"), _year(properties, "endDate")
    if schema == "Membership":
        for member in _values(properties, "member"):
            for body in _values(properties, "organization"):
                links.member_of.setdefault(member, []).append((body, *years))
    elif schema == "UnknownLink" and any(_PART_OF.search(role) for role in _values(properties, "role")):
        for part in _values(properties, "subject"):
            for body in _values(properties, "object"):
                links.parent.setdefault(part, body)


def _row(id: str, entity: Mapping[str, Any], names: Mapping[str, str], links: _Links) -> ActorRow:
    properties = entity["properties"]
    own = _names(properties)
    kind = BODIES[entity["schema"]]
    if kind is EntityKind.ORGANISATION and GROUPS & set(_values(properties, "topics")):
        kind = EntityKind.GROUP
    countries = [
        c for c in (*_values(properties, "country"), *_values(properties, "jurisdiction")) if len(c) == 2
    ]
    members = [
        f"{names[body]}:{start}-{end}" if start or end else names[body]
        for body, start, end in links.member_of.get(id, ())
        if body in names and body != id
    ]
    parent = links.parent.get(id, "")
    return ActorRow(
        own[0],
        kind.value,
        countries[0].upper() if countries and countries[0].isascii() and countries[0].isalpha() else "",
        tuple(own[1:]),
        names[parent] if parent in names and parent != id else "",
        _year(properties, "incorporationDate"),
        _year(properties, "dissolutionDate"),
        tuple(dict.fromkeys(members)),
    )


def _names(properties: Mapping[str, Any]) -> list[str]:
    """All names, the first to show; a bar would end a name in the lexicon's lists."""
    found = (flat(name).replace("|", " ") for prop in NAMES for name in _values(properties, prop))
    return list(dict.fromkeys(" ".join(name.split()) for name in found if name and len(name) <= LONGEST))


def _year(properties: Mapping[str, Any], prop: str) -> str:
    found = (match[1] for value in _values(properties, prop) if (match := _YEAR.fullmatch(value)))
    return next(found, "")


def _values(properties: Mapping[str, Any], prop: str) -> Sequence[str]:
    value = properties.get(prop)
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, str)]


_LOSSES: Final = (
    Loss(("Person", "LegalEntity"), "people are in no lexicon: a report names them, or nobody does"),
    Loss(("Address",), "places go in with `stemma gazetteer add`"),
    Loss(("Event", "Article", "Asset", "other schemata"), "no actors; reports go in with `stemma add`"),
    Loss(("other links than Membership and UnknownLink as part",), "the lexicon has no place for them"),
    Loss(("name", "alias", "weakAlias", "previousName", "abbreviation"), "the first is the name", part=True),
    Loss(("country", "jurisdiction"), "the first alone", part=True),
    Loss(("startDate", "endDate", "incorporationDate", "dissolutionDate"), "the year alone", part=True),
    Loss(("topics",), "whether it is an armed group", part=True),
)
