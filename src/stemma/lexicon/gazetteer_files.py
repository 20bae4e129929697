"""Reads the files that a user adds to the gazetteer: GeoNames dumps and Who's On First, row by row."""

from __future__ import annotations

import csv
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from stemma.lexicon.gazetteer import Added, GazetteerError

GEONAMES_COLUMNS: Final = 19
LONGEST_LINE: Final = 4_000_000
"""Bytes of one line or one GeoJSON file: a longer one is no such file."""
LEFT_OUT: Final = frozenset({"R"})
"""Feature classes that reports do not name: roads, railways."""
CLASS_OF: Final = {
    "country": "", "region": "A", "county": "A", "localadmin": "A", "macroregion": "A", "macrocounty": "A",
    "locality": "P", "borough": "P", "neighbourhood": "P", "campus": "S",
}  # fmt: skip
"""Who's On First placetypes and the GeoNames class that they come nearest to."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
_WHOLE = "nothing of this file is kept"


@dataclass(frozen=True, slots=True)
class Line:
    """One place of a file with all its names."""

    place: Added
    names: tuple[str, ...]


def form_of(path: Path) -> str:
    """`GeoNames`, `Who's On First CSV` or `Who's On First GeoJSON`, by the file's name and first line."""
    suffix = path.suffix.lower()
    if suffix in (".json", ".geojson"):
        return "Who's On First GeoJSON"
    if suffix == ".csv":
        return "Who's On First CSV"
    return "GeoNames"


def read_lines(path: Path) -> Iterator[Line]:
    """The places of the file, in its order, never the whole file at once. Raises `GazetteerError`."""
    form = form_of(path)
    try:
        if form == "GeoNames":
            yield from _geonames(path)
        elif form == "Who's On First CSV":
            yield from _csv(path)
        else:
            yield from _geojson(path)
    except UnicodeDecodeError as error:
        raise _fault(path, f"not in UTF-8 (byte {error.object[error.start]:#04x})") from error
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise _fault(path, f"a damaged or cut zip file ({error})", "fetch it again") from error


def _fault(path: Path, what: str, mend: str = "", number: int = 0) -> GazetteerError:
    where = f"{path}, line {number}" if number else str(path)
    return GazetteerError(what, where=where, mend=f"{mend}; {_WHOLE}" if mend else _WHOLE)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The file, or the one table within a zip: `SY.txt` beside its `readme.txt`."""
    with path.open("rb") as plain:
        if plain.read(4) != b"PK\x03\x04":
            plain.seek(0)
            yield plain
            return
    with zipfile.ZipFile(path) as packed:
        members = [m for m in packed.infolist() if m.filename.lower().endswith(".txt")]
        members = [m for m in members if "readme" not in m.filename.lower()]
        if len(members) != 1:
            raise _fault(path, f"a zip file with {len(members)} tables, not one", "unpack it and add a table")
        with packed.open(members[0]) as inner:
            yield inner


def _geonames(path: Path) -> Iterator[Line]:
    with _opened(path) as stream:
        number, found = 0, False
        while raw := stream.readline(LONGEST_LINE):
            number += 1
            if b"\0" in raw:
                raise _fault(path, "a binary file, no GeoNames table", number=number)
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
            except UnicodeDecodeError as error:
                raise _fault(
                    path, "not in UTF-8, or cut within a letter", "fetch it again", number
                ) from error
            if not line or line.startswith("#"):
                continue
            columns = line.split("\t")
            if len(columns) != GEONAMES_COLUMNS or not _DAY.match(columns[18]):
                raise _columns_fault(path, columns, number, found)
            found = True
            place = _geonames_place(path, columns, number)
            if place and place.kind not in LEFT_OUT:
                yield Line(place, (columns[1], columns[2], *columns[3].split(",")))
        if not found:
            raise _fault(path, "an empty file")


def _columns_fault(path: Path, columns: list[str], number: int, found: bool) -> GazetteerError:
    if found:
        return _fault(
            path, f"the line is cut or damaged ({len(columns)} columns)", "fetch the file again", number
        )
    mend = "take a country file of GeoNames, or a CSV or GeoJSON of Who's On First"
    what = f"{len(columns)} columns between tabs where GeoNames has {GEONAMES_COLUMNS}"
    return _fault(path, what, mend, number)


def _geonames_place(path: Path, columns: list[str], number: int) -> Added | None:
    try:
        place = Added(
            id=int(columns[0]),
            name=columns[1],
            kind=columns[6],
            country=columns[8],
            admin1=columns[10],
            latitude=float(columns[4]),
            longitude=float(columns[5]),
            population=int(columns[14] or 0),
        )
    except ValueError as error:
        raise _fault(
            path, "figures are wrong: id, coordinates or population", "fetch it again", number
        ) from error
    if place.id <= 0 or not _is_on_earth(place):
        raise _fault(path, "no such point on Earth, or no such id", "fetch it again", number)
    return place if place.country else None


def _is_on_earth(place: Added) -> bool:
    return abs(place.latitude) <= 90 and abs(place.longitude) <= 180


def _csv(path: Path) -> Iterator[Line]:
    """A Who's On First table (meta CSV): id, name, placetype, country, coordinates, by any prefix."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        names = {name.lower(): name for name in rows.fieldnames or ()}
        wanted = {
            "id": ("id", "wof:id", "wof_id"),
            "name": ("name", "wof:name", "wof_name"),
            "type": ("placetype", "wof:placetype", "wof_placetype"),
            "country": ("iso_country", "wof_country", "wof:country", "country", "iso"),
            "lat": ("geom_latitude", "geom:latitude", "latitude", "lbl_latitude"),
            "lon": ("geom_longitude", "geom:longitude", "longitude", "lbl_longitude"),
        }
        columns = {
            key: next((names[n] for n in options if n in names), "") for key, options in wanted.items()
        }
        missing = [wanted[key][0] for key, column in columns.items() if not column]
        if missing:
            raise _fault(path, f"no column {' or '.join(missing)}", "take a meta CSV of Who's On First", 1)
        found = False
        try:
            for row in rows:
                if None in row or None in row.values():
                    raise _fault(
                        path, "the line is cut or has too many columns", "fetch it again", rows.line_num
                    )
                values = {key: row[column] for key, column in columns.items()}
                found = True
                yield from _on_first(path, values, (values["name"],), 0, rows.line_num)
        except csv.Error as error:
            raise _fault(path, f"no readable table ({error})", number=rows.line_num) from error
        if not found:
            raise _fault(path, "a table without rows")


def _geojson(path: Path) -> Iterator[Line]:
    """One Who's On First feature, a collection of them, or one on each line."""
    with path.open("rb") as stream:
        head = stream.readline(LONGEST_LINE)
        if stream.read(1) and head.rstrip().endswith(b"}") and b'"Feature"' in head:
            stream.seek(0)
            for number, raw in enumerate(iter(lambda: stream.readline(LONGEST_LINE), b""), 1):
                if raw.strip():
                    yield from _features(path, raw, number)
            return
    if path.stat().st_size > 16 * LONGEST_LINE:
        raise _fault(path, "larger than 64 MB in one piece", "write one feature a line, or take the CSV")
    yield from _features(path, path.read_bytes(), 0)


def _features(path: Path, raw: bytes, number: int) -> Iterator[Line]:
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (json.JSONDecodeError, RecursionError) as error:
        raise _fault(path, "no whole JSON: the file is cut or damaged", "fetch it again", number) from error
    features = data.get("features") if isinstance(data, dict) and "features" in data else [data]
    if not isinstance(features, list) or not features:
        raise _fault(path, "no features", number=number)
    for feature in features:
        facts = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(facts, dict) or "wof:id" not in facts:
            raise _fault(path, "a feature without wof:id", "take GeoJSON of Who's On First", number)
        values = {
            "id": facts.get("wof:id"), "name": facts.get("wof:name"), "type": facts.get("wof:placetype"),
            "country": facts.get("iso:country") or facts.get("wof:country"),
            "lat": facts.get("lbl:latitude", facts.get("geom:latitude")),
            "lon": facts.get("lbl:longitude", facts.get("geom:longitude")),
        }  # fmt: skip
        names = [
            name
            for key, said in facts.items()
            if key.startswith("name:") and isinstance(said, list)
            for name in said
            if isinstance(name, str)
        ]
        people = facts.get("wof:population", facts.get("gn:population", 0))
        yield from _on_first(path, values, (str(values["name"] or ""), *names), people, number)


def _on_first(
    path: Path, values: dict[str, Any], names: tuple[str, ...], people: Any, number: int
) -> Iterator[Line]:
    kind = CLASS_OF.get(str(values["type"] or ""), "S")
    name, country = str(values["name"] or "").strip(), str(values["country"] or "").upper()
    if not kind or not name or not re.fullmatch("[A-Z]{2}", country):
        return
    try:
        # Ids of the two sources overlap; the sign tells them apart.
        place = Added(
            -int(values["id"]),
            name,
            kind,
            country,
            "",
            float(values["lat"]),
            float(values["lon"]),
            int(people or 0),
        )
    except (TypeError, ValueError) as error:
        raise _fault(path, "figures are wrong: id or coordinates", "fetch it again", number) from error
    if place.id >= 0 or not _is_on_earth(place):
        raise _fault(path, "no such point on Earth, or no such id", "fetch it again", number)
    yield Line(place, names)
