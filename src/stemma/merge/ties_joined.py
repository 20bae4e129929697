"""Ties of several circles put together: what each tells of one tie, for one stretch of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stemma.model import Origin, Origins, Tie


def join_ties(ties: Iterable[Tie]) -> list[Tie]:
    """One tie for each type, pair of ends, and stretch; in the order of their first ones.

    Circles are merged apart, so that nobody knows whether an origin of one is an origin of another: the
    fewest are those of the circle with most, the most are those of all circles.
    """
    alike: dict[tuple[str, ...], list[Tie]] = {}
    for tie in ties:
        key = (tie.type.value, tie.party, tie.other, tie.start or "", tie.end or "")
        alike.setdefault(key, []).append(tie)
    return [_joined(list(dict.fromkeys(own))) for own in alike.values()]


def _joined(own: Sequence[Tie]) -> Tie:
    first = own[0]
    if len(own) == 1:
        return first
    told = [tie.first_told for tie in own if tie.first_told], [tie.last_told for tie in own if tie.last_told]
    gone = [tie.ended_by for tie in own if tie.ended_by]
    return first.model_copy(
        update={
            "titles": tuple(dict.fromkeys(title for tie in own for title in tie.titles)),
            "first_told": min(told[0], default=None),
            "last_told": max(told[1], default=None),
            "ended": any(tie.ended for tie in own),
            "ended_by": min(gone, default=None),
            "hedged": all(tie.hedged for tie in own),
            "claims": tuple(dict.fromkeys(at for tie in own for at in tie.claims)),
            "denials": tuple(dict.fromkeys(at for tie in own for at in tie.denials)),
            "denied_by": tuple(dict.fromkeys(name for tie in own for name in tie.denied_by)),
            "origins": _origins(own),
        }
    )


def _origins(own: Sequence[Tie]) -> Origins:
    found: dict[str, Origin] = {}
    for origin in (origin for tie in own for origin in tie.origins.origins):
        before = found.get(origin.name)
        reports = dict.fromkeys((*(before.reports if before else ()), *origin.reports))
        found[origin.name] = origin.model_copy(update={"reports": tuple(reports)})
    low = max(tie.origins.low for tie in own)
    high = sum(tie.origins.high for tie in own)
    likely = max(low, min(len(found), high))
    told = len({report for tie in own for report in tie.reports})
    span = f"between {low:,} and {high:,} origins" if low != high else _counted(low, "origin")
    return Origins(
        origins=tuple(found.values()),
        low=low,
        likely=likely,
        high=high,
        reasons=(f"told in {len(own):,} groups of reports that were merged apart",),
        sentence=f"{_counted(told, 'report')} in {len(own):,} groups, {span}.",
    )


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one if number == 1 else one + 's'}"
