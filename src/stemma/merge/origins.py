"""How many independent origins a thing rests on: an interval with reasons, and a sentence to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from stemma.lexicon.outlets import find_outlet
from stemma.merge.roots import Root
from stemma.merge.voices import FORCES, POLICE, is_wild
from stemma.model import Origin, Origins

NUMBERS: Final = "no one two three four five six seven eight nine ten eleven twelve".split()
SHOWN: Final = 4
"""Origins that the sentence names; the rest are counted."""

_STATE: Final = (FORCES, POLICE, "presidency")


def count_origins(roots: Sequence[Root], reports: Sequence[str], agencies: Iterable[str] = ()) -> Origins:
    """The origins of what `reports` say, from its roots.

    One institution is one origin, whoever speaks for it; a pool from inside an institution that gives
    the institution's figures is that institution. `low` also folds pools that may overlap, `likely` counts
    them apart, `high` adds outlets that speak for themselves beside others and what is not held.
    """
    roots = _fold_inside(_fold_bare(_fold_wild(_fold_short(roots))))
    known = [root for root in roots if root.sort in ("body", "person", "pool")]
    own = [root for root in roots if root.sort == "own"]
    # Who gives a figure that nobody else gives has counted: its own word, not another's.
    told = {figure for root in known for figure in root.figures}
    if told:
        known += [root for root in own if root.figures and not root.figures & told]
        own = [root for root in own if root not in known]
    missing = [root for root in roots if root.sort in ("absent", "open", "unknown")]
    reasons: list[str] = []
    if known:
        likely = len(known)
        low = likely - _overlaps(known, reasons)
        high = likely + len(own) + len(missing)
        if own:
            reasons.append(f"{_listed(own)} may rest on another's word or on its own")
    else:
        likely = 1 if roots else 0
        low, high = likely, max(likely, len(own) + len(missing))
        if len(own) > 1:
            reasons.append(f"{_listed(own)} say so without a source and may rest on one")
    held = [root for root in missing if root.sort == "absent"]
    if held:
        reasons.append(f"not held: {_listed(held)}")
    silent = [root for root in missing if root.sort != "absent"]
    if silent:
        reasons.append(f"whose word it is was not found in {_listed(silent)}")
    origins = tuple(_origin(root) for root in (*known, *own, *missing))
    return Origins(
        origins=origins,
        low=low,
        likely=likely,
        high=high,
        reasons=tuple(reasons),
        sentence=_sentence(known or own or missing, reports, tuple(agencies), (low, likely, high)),
    )


def _fold_wild(roots: Sequence[Root]) -> list[Root]:
    """`The army` is the only army that is named, `the group` the only group, a state its body that speaks."""
    bodies = [root for root in roots if root.sort == "body" and not is_wild(root.key)]
    kept: list[Root] = []
    for root in roots:
        if root.key.startswith("body:state "):
            alike = [body for body in bodies if body.key.endswith(root.key[-3:]) and body is not root]
            if alike:
                _join(max(alike, key=lambda body: (len(body.reports), body.key)), root)
                continue
        if root.sort == "body" and is_wild(root.key):
            sort = root.key.removeprefix("body:").removesuffix(" ?")
            alike = [body for body in bodies if _is_sort(body.key, sort)]
            if not alike and sort in _STATE:
                # `Lieutenant Colonel X` beside `Kenya said`: the only state that speaks is his.
                states = [body for body in bodies if body.key.startswith("body:state ")]
                alike = states if len(states) == 1 else []
            if alike:
                into = max(alike, key=lambda body: (len(body.reports), body.key))
                _join(into, root)
                continue
        kept.append(root)
    return kept


def _fold_short(roots: Sequence[Root]) -> list[Root]:
    """`The Front` is the Tolvar Free Front where that is the only body whose name ends so."""
    kept: list[Root] = []
    for root in roots:
        if root.sort == "body" and not is_wild(root.key):
            short = root.key.removeprefix("body:")
            longer = [
                r for r in roots if r.sort == "body" and r.key.endswith(f" {short}") and not is_wild(r.key)
            ]
            if len(longer) == 1 and longer[0] is not root:
                _join(longer[0], root)
                continue
        kept.append(root)
    return kept


def _is_sort(key: str, sort: str) -> bool:
    name = key.removeprefix("body:")
    if sort == "group":
        return not name.startswith(_STATE)
    return name.startswith(f"{sort} ")


def _fold_bare(roots: Sequence[Root]) -> list[Root]:
    """`The sources` are those that the same newsroom describes elsewhere; a body's own page is the body."""
    kept: list[Root] = []
    bodies = {root.key.removeprefix("body:"): root for root in roots if root.sort == "body"}
    for root in roots:
        into = bodies.get(root.key.removeprefix("outlet:")) if root.sort == "own" else None
        if root.sort == "pool" and not root.traits:
            into = next((r for r in roots if r.key.startswith(root.key) and r is not root and r.traits), None)
        if into:
            _join(into, root)
        else:
            kept.append(root)
    return kept


def _fold_inside(roots: Sequence[Root]) -> list[Root]:
    """A pool from inside an institution is the institution, unless it gives other figures."""
    bodies = [root for root in roots if root.sort == "body"]
    kept: list[Root] = []
    for root in roots:
        inside = [
            body
            for body in bodies
            if root.sort == "pool" and any(body.key.startswith(f"body:{trait}") for trait in root.traits)
        ]
        agreeing = [body for body in inside if not root.figures or root.figures & body.figures]
        if agreeing:
            _join(agreeing[0], root)
        else:
            kept.append(root)
    return kept


def _join(into: Root, other: Root) -> None:
    into.reports = [*dict.fromkeys([*into.reports, *other.reports])]
    into.figures |= other.figures


def _overlaps(known: Sequence[Root], reasons: list[str]) -> int:
    """How many pools may be people of another pool, with the reason."""
    pools = [root for root in known if root.sort == "pool"]
    folded = 0
    for index, pool in enumerate(pools):
        for other in pools[:index]:
            if not pool.traits or not other.traits or pool.traits & other.traits:
                folded += 1
                reasons.append(f"“{other.name}” and “{pool.name}” may be the same people")
                break
    return folded


def _origin(root: Root) -> Origin:
    return Origin(
        name=_label(root),
        kind=root.kind,
        institution=root.institution,
        anonymous=root.sort == "pool",
        held=root.sort not in ("absent", "open", "unknown"),
        reports=tuple(root.reports),
    )


def _sentence(
    named: Sequence[Root], reports: Sequence[str], agencies: Sequence[str], counted: tuple[int, int, int]
) -> str:
    low, likely, high = counted
    distinct = [name for name in dict.fromkeys(agencies) if (known := find_outlet(name)) and known.is_agency]
    parts = [_counted(len(set(reports)), "report", "reports")]
    if distinct:
        parts.append(_counted(len(distinct), "agency", "agencies"))
    parts[0] = parts[0][:1].upper() + parts[0][1:]
    if not named:
        return f"{', '.join(parts)}, no origin found."
    if named[0].sort in ("absent", "open", "unknown"):
        return f"{', '.join(parts)}, no origin in sight: {_names(named)}."
    span = _counted(likely, "origin", "origins")
    if low != high:
        span += f" (between {_word(low)} and {_word(high)})"
    return f"{', '.join(parts)}, {span}: {_names(named)}."


def _label(root: Root) -> str:
    """The institution where the voice speaks for one, else the voice."""
    return root.institution or root.name


def _names(roots: Sequence[Root]) -> str:
    order = sorted(roots, key=lambda root: (-len(root.reports), root.key))
    names = [f"{_label(root)} (anonymous)" if root.sort == "pool" else _label(root) for root in order]
    shown = names[:SHOWN]
    if len(names) > SHOWN:
        shown.append(f"{_word(len(names) - SHOWN)} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _listed(roots: Sequence[Root]) -> str:
    names = Counter(root.name for root in roots)
    return ", ".join(sorted(names))


def _counted(number: int, one: str, many: str) -> str:
    return f"{_word(number)} {one if number == 1 else many}"


def _word(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"
