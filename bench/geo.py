#!/usr/bin/env python3
"""Places on the map: python bench/geo.py [--root DIR] [--split FOLDER] [--half 1|2] [--misses N]

LGL, GeoVirus and GeoWebNews in DIR/geo, or in DIR/geo/FOLDER for another part of the same layout. DIR is
$STEMMA_BENCH, else ../shared/bench. The spans of place names are given; what is measured, as one JSON object:

within161   share of the gold places with coordinates that are put within 161 km (100 miles) of them; a place
            left empty counts as wrong. `halves` has it for the documents of even and of odd number: weights
            are tuned on the first half only
            In GeoWebNews only the names with a GeoNames id count, as in published figures;
            `within161_all` counts the streets, shops and churches too that have coordinates alone
mean_km, median_km, answered   errors of the places that were put somewhere, and their share
left_empty  share of the names without coordinates in gold that were left empty: in LGL the places that are
            in no gazetteer, in GeoWebNews what is no place (an organisation, a language, a namesake)
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from stemma.extract.value.place_atlas import WEIGHTS, Atlas, Weights
from stemma.extract.value.place_candidates import distance_km

CLOSE_KM = 161.0
NO_PLACES = frozenset({"Non_Toponym", "Homonym", "Language"})


@dataclass(frozen=True)
class Gold:
    start: int
    end: int
    point: tuple[float, float] | None
    listed: bool = True


@dataclass(frozen=True)
class Article:
    text: str
    names: tuple[Gold, ...]


def read_lgl(path: Path) -> Iterator[Article]:
    for article in ElementTree.parse(path).getroot():
        names = []
        for name in article.iter("toponym"):
            tag = name.find("gaztag")
            point = (float(tag.findtext("lat")), float(tag.findtext("lon"))) if tag is not None else None
            names.append(Gold(int(name.findtext("start")), int(name.findtext("end")), point))
        yield Article(article.findtext("text") or "", tuple(names))


def read_geovirus(path: Path) -> Iterator[Article]:
    for article in ElementTree.parse(path).getroot():
        text = article.findtext("text") or ""
        names = []
        for name in article.iter("location"):
            start, end, said = int(name.findtext("start")), int(name.findtext("end")), name.findtext("name")
            # Its offsets count from 1.
            if text[start:end] != said and text[start - 1 : end - 1] == said:
                start, end = start - 1, end - 1
            names.append(Gold(start, end, (float(name.findtext("lat")), float(name.findtext("lon")))))
        yield Article(text, tuple(names))


def read_geowebnews(path: Path) -> Iterator[Article]:
    for article in ElementTree.parse(path).getroot():
        names = []
        for name in article.iter("toponym"):
            start, end, lat = (
                int(name.findtext("start")),
                int(name.findtext("end")),
                name.findtext("latitude"),
            )
            if lat:
                names.append(
                    Gold(
                        start,
                        end,
                        (float(lat), float(name.findtext("longitude"))),
                        bool(name.findtext("geonamesID")),
                    )
                )
            elif name.findtext("type") in NO_PLACES:
                names.append(Gold(start, end, None))
        yield Article(article.findtext("text") or "", tuple(names))


SETS = {
    "lgl": ("lgl.xml", read_lgl),
    "geovirus": ("GeoVirus.xml", read_geovirus),
    "geowebnews": ("GeoWebNews.xml", read_geowebnews),
}


def score(
    articles: list[Article], weights: Weights = WEIGHTS, misses: list | None = None
) -> dict[str, float]:
    right = placed = empty = unknown = unlisted = unlisted_right = 0
    errors = []
    for article in articles:
        atlas = Atlas(article.text, [(name.start, name.end) for name in article.names], weights)
        for name in article.names:
            found = atlas.meanings(name.start, name.end)
            said = article.text[name.start : name.end]
            if name.point is None:
                unknown += 1
                empty += not found
                if found and misses is not None:
                    misses.append(
                        (
                            "empty",
                            said,
                            found[0].candidate.name,
                            found[0].candidate.country,
                            round(found[0].score, 1),
                        )
                    )
                continue
            placed += 1
            unlisted += not name.listed
            if found:
                best = found[0].candidate
                errors.append(distance_km((best.latitude, best.longitude), name.point))
                right += errors[-1] <= CLOSE_KM
                unlisted_right += errors[-1] <= CLOSE_KM and not name.listed
            if misses is not None and (not found or errors[-1] > CLOSE_KM):
                misses.append(
                    (
                        round(errors[-1]) if found else None,
                        said,
                        name.point,
                        found
                        and (
                            found[0].candidate.level,
                            found[0].candidate.name,
                            found[0].candidate.country,
                            round(found[0].score, 1),
                        ),
                    )
                )
    figures = {"within161": right / max(1, placed), "names": placed}
    if unlisted:
        figures |= {"within161": (right - unlisted_right) / (placed - unlisted)}
        figures |= {"within161_all": right / placed, "unlisted": unlisted}
    if errors:
        figures |= {"answered": len(errors) / placed, "mean_km": statistics.fmean(errors)}
        figures |= {"median_km": statistics.median(errors)}
    if unknown:
        figures |= {"left_empty": empty / unknown, "unresolvable": unknown}
    return {key: round(value, 3) for key, value in figures.items()}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SETS)}; all without")
    parser.add_argument("--root", type=Path, default=Path(os.environ.get("STEMMA_BENCH", "../shared/bench")))
    parser.add_argument("--split", default="", help="a folder below DIR/geo with files of the same names")
    parser.add_argument("--half", type=int, choices=(1, 2), help="only the documents of even or odd number")
    parser.add_argument("--misses", type=int, default=0, help="show so many wrong answers of each set")
    options = parser.parse_args()
    results = {}
    for name in options.names or SETS:
        if name not in SETS:
            parser.error(f"no set is called {name}; there are {', '.join(SETS)}")
        file, reader = SETS[name]
        path = options.root / "geo" / options.split / file
        if not path.is_file():
            print(f"bench/geo.py: {path} is not there; name the folder with --root", file=sys.stderr)
            continue
        articles = list(reader(path))
        halves = [articles[0::2], articles[1::2]]
        begun = time.process_time()
        misses: list | None = [] if options.misses else None
        if options.half:
            results[name] = score(halves[options.half - 1], misses=misses)
        else:
            results[name] = score(articles, misses=misses)
            results[name]["halves"] = [score(half)["within161"] for half in halves]
        results[name]["cpu_s"] = round(time.process_time() - begun, 1)
        step = max(1, len(misses or []) // max(1, options.misses))
        for miss in (misses or [])[::step]:
            print(*miss, file=sys.stderr)
    print(json.dumps(results, indent=1))
    return 0 if results else 1


if __name__ == "__main__":
    raise SystemExit(main())
