"""Clock times: taken out of time words, and read as an hour with its zone."""

# ruff: noqa: E501 - a pattern broken over many lines is harder to read

from __future__ import annotations

import re
from typing import Final

_ZONES: Final = {
    "gmt": "Z",
    "utc": "Z",
    "z": "Z",
    "zulu": "Z",
    "est": "-05:00",
    "edt": "-04:00",
    "pst": "-08:00",
    "pdt": "-07:00",
    "cet": "+01:00",
    "cest": "+02:00",
    "eet": "+02:00",
    "eest": "+03:00",
    "msk": "+03:00",
}
"""Zones whose letters have one meaning in reports; "local time" and all others are left without one."""
_ZONE = "|".join(_ZONES)
_AT = r"\b(?:(?:between|from) \d{1,2}(?:[:.]\d\d)? (?:and|to|until|till) |at |around |about |by |before |after |until |till |from |approximately |approx\.? |shortly |just |soon )*"
_APPROX = r"(?:at|approximately|approx\.?|around|about) "
_DAWN = r"(?:dawn|daybreak|sunrise|sunset|dusk|nightfall|noon|midday|midnight|dark)"
CLOCK: Final = re.compile(
    _AT + r"(?:\d{1,2}(?::\d{2}){1,2}(?: ?[ap]\.?m\b\.?)?|\d{1,2}(?:\.\d{2})? ?[ap]\.?m\b\.?"
    rf"|\d{{3,4}} ?(?:hours|hrs|h|{_ZONE}|local)\b|0\d{{3}}\b(?!-)|\d{{1,2}}(?::\d{{2}})? ?(?:gmt|utc|o'clock)\b"
    rf"|(?:(?<=at )|(?<=approximately )|(?<=approx )|(?<=approx\. ))(?:[01]\d|2[0-3])[0-5]\d\b(?! (?:people|men|troops|km|miles))"
    r"|(?<=as of )1[0-8][0-5]\d$)"
    rf"(?: ?(?:to|-|until) (?:[01]\d|2[0-3])[0-5]\d\b)?(?: ?(?:{_ZONE}|hours|hrs|local time|local|time))*"
)
"""An hour with what stands around it, in lower-case words."""
DAWN: Final = re.compile(
    rf"{_AT}(?:the )?{_DAWN}\b(?= (?:on |of |the )|(?: ?$))"
    rf"|{_AT}{_DAWN}\b(?= (?:yesterday|today|tomorrow|last|mon|tue|wed|thu|fri|sat|sun))"
)
"""A part of the day that is said like an hour: "before dawn on Friday"."""
_TWELVE = re.compile(rf"(?<![\d:])(\d{{1,2}})(?:[:.](\d{{2}}))? ?([ap])\.?m\b\.?(?: ?({_ZONE})\b)?")
_TWENTY_FOUR = re.compile(
    rf"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?::\d\d)?(?! ?[ap]\.?m)(?: ?(?:hours|hrs|h))?(?: ?({_ZONE})\b)?"
)
_BARE = re.compile(rf"(?<![\d:])([01]\d|2[0-3])([0-5]\d)(?: ?(?:hours|hrs|h)\b)?(?: ?({_ZONE})\b)?")
_TWO_HOURS = re.compile(r"\b(?:between|from) \d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)? (?:and|to|until|till) \d")
""" "Between 2 and 4 a.m." is no one hour."""
_DIGIT = re.compile(r"\d")
_GROUP = re.compile(r"\b[0-3]\d([01]\d|2[0-3])([0-5]\d) ?(?:z|utc|zulu)\b")


def without_clock(words: str) -> str:
    """Lower-case `words` without the hours in them; most have none, which is soon seen."""
    return CLOCK.sub(" ", words) if _DIGIT.search(words) else words


def clock_of(words: str) -> str | None:
    """The one hour that lower-case `words` name, as `T04:30:00Z`; None where there is none or more than one.

    Without a zone the hour is local, as EDTF has it. The seconds are none that the report says: EDTF
    knows no shorter form.
    """
    group = _GROUP.search(words)
    if group:
        return f"T{group[1]}:{group[2]}:00Z"
    said = [match[0] for match in CLOCK.finditer(words)]
    if len(said) != 1:
        return None
    if _TWO_HOURS.search(words):
        return None
    part = re.sub(r"\b(?:to|until) \d{4}.*|-\d{4}.*", "", said[0])
    if part != said[0]:
        return None
    if match := _TWELVE.search(part):
        hour, minute = int(match[1]), int(match[2] or 0)
        if not 1 <= hour <= 12 or minute > 59:
            return None
        hour = hour % 12 + (12 if match[3] == "p" else 0)
        return f"T{hour:02d}:{minute:02d}:00{_ZONES.get(match[4] or '', '')}"
    match = _TWENTY_FOUR.search(part) or _BARE.search(part)
    return f"T{int(match[1]):02d}:{match[2]}:00{_ZONES.get(match[3] or '', '')}" if match else None
