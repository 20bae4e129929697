#!/usr/bin/env python3
"""Times found and read: python bench/times.py [NAME ...] [--root DIR] [--json] [--errors N]

NAME is tbaq, wikiwars, recognizers or gold; all where none is given. ROOT is $STEMMA_BENCH, else
../shared/bench; of gold it is $STEMMA_GOLD, else ../shared/gold.

tbaq        TimeBank and AQUAINT (TIMEX3): spans strict and relaxed (any shared character, one to one) F1,
            value F1: relaxed pairs whose value is the same, letter for letter; micro over documents,
            end to end. The document's own date is given, as in TempEval-3
wikiwars    16 histories of wars (TIMEX2 val), the same figures
recognizers Recognizers-Text, English: cases of dates, ranges of days and dates in running text that we
            mean to support (see SUPPORTED): share whose start and end are right at the precision of days.
            Their ranges leave their last day out, also in "4 to 22 January": with it or without is right
gold        the coded reports, value given words: share of gold's time words (dev, then train) whose days
            are gold's; end to end is `time` of gold.py

Values are compared as they stand; of a decade 199 and 199X are one. Durations and sets are also told apart.
"""

# ruff: noqa: E501 - a pattern broken over many lines is harder to read

from __future__ import annotations

import argparse
import collections
import datetime
import html
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stemma.extract.value import read_time
from stemma.extract.value.intervals import first_day, last_day
from stemma.extract.value.timex import find_times
from times_gold import gold_cases

UNSUPPORTED = (
    r"business|workday|working|fiscal|school|my day|week ?\d|\bw\d\d|\d+(?:st|nd|rd|th)? week|week of the year",
    r"^\W*(?:the |on )?\d{1,2}(?:st|nd|rd|th)?\W*$|^\W*(?:the )?\w+ ?-?(?:first|second|third|\w+th)\W*$",  # "the 27th"
    r"^\W*\d{1,2}[-./]\d{1,2}\W*$|^\d{1,2} ?(?:-|to|until|till) ?\d{1,2}$",  # "4/22": which comes first?
    r"\b(?:month|year|decade|week|fortnight)s? (?:ago|back|from|hence|later|earlier|before|since)",  # there a day, here the unit
    r"\b(?:next|last|past|previous|coming|following|within|in|for|upcoming)(?: the)?(?: next| last| past)? (?:\d+|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|couple|few|several|some|a few|a couple)\b.*(?:day|week|month|year|decade)s?",  # there without today
    r"\bthis (?:week|weekend|month|year)\b|\b(?:week|month|year|quarter|decade)[- ]to[- ]date|\brest of|remaining|\bmtd\b|\bytd\b",
    r"^\W*(?:the |my |this |that |next |last |past )*(?:day|week|weekend)\W*$",  # "my week": no anchor but today
    r"^\W*\d{1,2}[-./]\d{1,2}[-./](?:\d{2}|\d{4})\W*$|\d/\d+ to",  # day or month first: reports put the day first
    r"\b(?:from|after) (?:today|tomorrow|yesterday|now)\b|\b\w+days from now|^\w+ \w+day$",  # "two Sundays from now"
    r"\bnext (?:mon|tues|wednes|thurs|fri|satur|sun)",  # there the week after next
    r"\b(?:early|late|mid|middle|beginning|start|end|first half|latter)\b|\bearlier\b|\blater\b",  # parts: our own table
    r"\b(?:spring|summer|fall|autumn|winter)\b",  # there no months
)
"""Kinds of cases left out, because the coding guidelines read them in another way or no report writes so."""
Gold = tuple[int, int, str, str]
_TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
SUPPORTED = ("DateParser", "DatePeriodParser")
"""Specs of days and of ranges of days. Left out: clock times, durations, sets, holidays and time zones
(no claim has them), and of these two specs the kinds named in `supported`."""


def flat(markup: str, tag: str, value: str) -> tuple[str, list[Gold]]:
    """The plain text of a marked-up one and its gold spans with value and type."""
    text, last = "", 0
    spans: list[Gold] = []
    stack: list[tuple[int, dict[str, str]]] = []
    for match in _TAG.finditer(markup):
        text += html.unescape(markup[last : match.start()])
        last = match.end()
        if match[2] != tag:
            continue
        if match[1]:
            start, attributes = stack.pop()
            spans.append((start, len(text), attributes.get(value, ""), attributes.get("type", "")))
        else:
            stack.append((len(text), dict(_ATTRIBUTE.findall(match[3]))))
    return text + html.unescape(markup[last:]), spans


def tbaq(root: Path) -> Iterator[tuple[str, str, datetime.date | None, list[Gold]]]:
    for path in sorted((root / "time" / "TBAQ-cleaned").glob("*/*.tml")):
        if path.name.startswith("._"):
            continue
        raw = path.read_text(encoding="utf-8", errors="replace")
        day = re.search(
            r'functionInDocument="(?:CREATION|PUBLICATION)_TIME"[^>]*value="(\d{4}-\d\d-\d\d)|'
            r'value="(\d{4}-\d\d-\d\d)[^>]*functionInDocument="(?:CREATION|PUBLICATION)_TIME"',
            raw,
        )
        body = re.search(r"<TEXT>(.*)</TEXT>", raw, re.S)
        text, gold = flat(body[1] if body else raw, "TIMEX3", "value")
        yield path.stem, text, datetime.date.fromisoformat(day[1] or day[2]) if day else None, gold


def wikiwars(root: Path) -> Iterator[tuple[str, str, datetime.date | None, list[Gold]]]:
    for path in sorted((root / "time" / "wikiwars").glob("*.key.xml")):
        raw = path.read_text(encoding="utf-8", errors="replace")
        day = re.search(r"<DATETIME>.*?(\d{4}-\d\d-\d\d)", raw, re.S)
        body = re.search(r"<TEXT>(.*)</TEXT>", raw, re.S)
        text, gold = flat(body[1] if body else raw, "TIMEX2", "val")
        yield path.stem, text, datetime.date.fromisoformat(day[1]) if day else None, gold


def same(one: str | None, two: str) -> bool:
    shape = re.compile(r"^((?:BC)?\d{3})X$")
    return shape.sub(r"\1", one or "") == shape.sub(r"\1", two)


def pairs(
    gold: list[Gold], found: list[tuple[int, int, str | None]]
) -> list[tuple[Gold, tuple[int, int, str | None]]]:
    """One-to-one pairs that share a character: equal spans first, then the most shared characters."""
    options = sorted(
        (-(g[:2] == f[:2]), -(min(g[1], f[1]) - max(g[0], f[0])), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if g[0] < f[1] and f[0] < g[1]
    )
    out, left, right = [], set(), set()
    for _, _, i, j in options:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((gold[i], found[j]))
    return out


def f1(right: int, found: int, gold: int) -> float:
    return round(2 * right / (found + gold), 4) if found + gold else 0.0


def spans(
    documents: Iterator[tuple[str, str, datetime.date | None, list[Gold]]], errors: collections.Counter[str]
) -> dict[str, float]:
    count: collections.Counter[str] = collections.Counter()
    for _, text, day, gold in documents:
        found = [(t.start, t.end, t.value) for t in find_times(text, day)]
        matched = pairs(gold, found)
        count["gold"] += len(gold)
        count["found"] += len(found)
        count["relaxed"] += len(matched)
        count["strict"] += sum(g[:2] == f[:2] for g, f in matched)
        count["value"] += sum(same(f[2], g[2]) for g, f in matched)
        for g in gold:
            kind = "length" if re.match(r"P[TX\d]", g[2]) else "date"
            count[f"{kind} gold"] += 1
        for g, f in matched:
            kind = "length" if re.match(r"P[TX\d]", g[2]) else "date"
            count[f"{kind} right"] += same(f[2], g[2])
            if not same(f[2], g[2]):
                errors[f"value  {text[g[0] : g[1]]!r} {g[2]} / {text[f[0] : f[1]]!r} {f[2]}"] += 1
        for g in set(gold) - {g for g, _ in matched}:
            errors[f"missed {' '.join(text[g[0] : g[1]].lower().split())!r} {g[2]}"] += 1
        for f in set(found) - {f for _, f in matched}:
            errors[f"false  {' '.join(text[f[0] : f[1]].lower().split())!r} {f[2]}"] += 1
    return {
        "documents' times": count["gold"],
        "strict F1": f1(count["strict"], count["found"], count["gold"]),
        "relaxed F1": f1(count["relaxed"], count["found"], count["gold"]),
        "value F1": f1(count["value"], count["found"], count["gold"]),
        "value recall, dates": round(count["date right"] / max(1, count["date gold"]), 4),
        "value recall, lengths": round(count["length right"] / max(1, count["length gold"]), 4),
    }


def recognizers(root: Path, errors: collections.Counter[str]) -> dict[str, float]:
    right = total = 0
    for spec in SUPPORTED:
        path = root / "time" / "recognizers_specs" / "Specs" / "DateTime" / "English" / f"{spec}.json"
        for case in json.loads(path.read_text(encoding="utf-8-sig")):
            if not supported(case):
                continue
            result = case["Results"][0]
            anchor = datetime.date.fromisoformat(case["Context"]["ReferenceDateTime"][:10])
            start, end = read_time(result["Text"], anchor)
            total += 1
            wanted = [
                wanted_of(result["Value"].get(key) or {}) for key in ("PastResolution", "FutureResolution")
            ]
            mine = (first_day(start).isoformat(), last_day(end).isoformat()) if start and end else None
            if mine in wanted or (mine and (mine[0], before(mine[1])) in wanted):
                right += 1
            else:
                errors[f"{spec} {result['Text']!r} on {anchor}: {mine} for {wanted}"] += 1
    return {"cases": total, "right": round(right / max(1, total), 4)}


def gold(root: Path, errors: collections.Counter[str]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for split in ("dev", "train"):
        cases = list(gold_cases(root, split))
        for case in cases:
            if not case.right and split == "train":
                errors[f"{case.text!r} on {case.anchor}: {case.mine} for {case.gold}"] += 1
        figures[f"{split} times"] = len(cases)
        figures[f"{split} right"] = round(sum(c.right for c in cases) / max(1, len(cases)), 4)
    return figures


def before(day: str) -> str:
    return (datetime.date.fromisoformat(day) - datetime.timedelta(1)).isoformat()


def wanted_of(resolution: dict[str, str]) -> tuple[str, str] | None:
    """The first and the last day of a case's resolution, None for a date that does not exist."""
    if "0001" in str(resolution):
        return None
    if "date" in resolution:
        return resolution["date"], resolution["date"]
    if "startDate" in resolution and "endDate" in resolution:
        last = datetime.date.fromisoformat(resolution["endDate"]) - datetime.timedelta(1)
        return resolution["startDate"], max(resolution["startDate"], last.isoformat())
    return None


def supported(case: dict[str, Any]) -> bool:
    """One result, a reference date, a value with both ends, no business days and no weeks of a year."""
    results = case.get("Results")
    if (
        not isinstance(results, list)
        or len(results) != 1
        or "ReferenceDateTime" not in (case.get("Context") or {})
    ):
        return False
    if "python" in str(case.get("NotSupported", "")).lower():
        return False
    value = results[0].get("Value") or {}
    keys = set(value.get("FutureResolution") or {}) | set(value.get("PastResolution") or {})
    ends = "date" in keys or {"startDate", "endDate"} <= keys
    return ends and not any(re.search(kind, results[0]["Text"], re.I) for kind in UNSUPPORTED)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--root", type=Path, default=Path(os.environ.get("STEMMA_BENCH", "../shared/bench")))
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="also print the N most frequent errors"
    )
    options = parser.parse_args()
    results = {}
    for name in options.names or ("tbaq", "wikiwars", "recognizers", "gold"):
        errors: collections.Counter[str] = collections.Counter()
        if name == "recognizers":
            results[name] = recognizers(options.root, errors)
        elif name == "gold":
            results[name] = gold(Path(os.environ.get("STEMMA_GOLD", "../shared/gold")), errors)
        elif name in ("tbaq", "wikiwars"):
            results[name] = spans((tbaq if name == "tbaq" else wikiwars)(options.root), errors)
        else:
            parser.error(f"no benchmark is called {name}; there are tbaq, wikiwars, recognizers, gold")
        if not options.json:
            for figure, number in results[name].items():
                print(f"{name:11} {figure:22} {number}")
        for error, times in errors.most_common(options.errors):
            print(f"{times:4} {error}")
    if options.json:
        print(json.dumps(results))


if __name__ == "__main__":
    main()
