"""A casebook's record beside a dataset: what both have, what one has alone, where they differ and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.lexicon.outlets import find_outlet
from stemma.model import Claim, ClaimAt, Coding, Incident, Origins, Record
from stemma.show.compare_accounts import Account, account_of_row, accounts_of, dead_in, fits
from stemma.show.compare_match import METHOD, Pair, match
from stemma.show.compare_values import differing
from stemma.show.words import number_words

MOST_WORDS: Final = 12
"""Words of our figures that one difference lists; more only say the same again."""


@dataclass(frozen=True, slots=True)
class Word:
    """A figure of ours and on whose word it stands: the ultimate sources, the outlet and the claim."""

    value: str
    voices: tuple[str, ...]
    outlet: str
    at: ClaimAt


@dataclass(frozen=True, slots=True)
class Difference:
    """A value in which the two differ.

    `attribute` is `killed`, `when`, `where`, `who` or `what`. `rests` says on whose word ours stands, `low`
    to `high` on how many independent origins.
    """

    attribute: str
    ours: str
    theirs: str
    rests: tuple[Word, ...]
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Seen:
    """One happening as one of the two tells it, for a reader."""

    id: str
    title: str
    type: str
    when: str
    where: str
    who: str
    killed: str
    sources: tuple[str, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """An incident and a row that are taken for one happening.

    `shared` are sources of theirs that our incident has too, `not_held` those that it has not; `origins` says
    in a sentence what ours rests on.
    """

    ours: Seen
    theirs: Seen
    score: float
    reasons: tuple[str, ...]
    differences: tuple[Difference, ...]
    shared: tuple[str, ...]
    not_held: tuple[str, ...]
    origins: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A casebook beside a dataset. `unlike` counts incidents of types that the dataset has no events for."""

    dataset: str
    matched: tuple[Matched, ...]
    missing_here: tuple[Seen, ...]
    missing_there: tuple[Seen, ...]
    undated: int
    unlike: int
    method: str = METHOD

    @property
    def differing(self) -> int:
        """How many of the matched differ in a value."""
        return sum(bool(row.differences) for row in self.matched)


def make_comparison(
    record: Record, incidents: Sequence[Incident], rows: Sequence[Coding], dataset: str, window: int
) -> Comparison:
    """The incidents asked for beside the rows, as importing makes codings of them.

    `dataset` is `acled`, `ucdp` or `polecat`, `window` the most days between two accounts of one happening.
    """
    everything = accounts_of(record, incidents)
    ours = [account for account in everything if fits(account, dataset)]
    theirs = [account for row in rows if (account := account_of_row(row))]
    pairs = match(ours, theirs, window)
    by_id = {incident.id: incident for incident in incidents}
    codings = {coding.report: coding for coding in record.codings}
    met = {pair.ours for pair in pairs}, {pair.theirs for pair in pairs}
    return Comparison(
        dataset=dataset,
        matched=tuple(_matched(pair, ours, theirs, by_id, codings, dataset) for pair in pairs),
        missing_here=tuple(_seen(one) for n, one in enumerate(theirs) if n not in met[1]),
        missing_there=tuple(_seen(one) for n, one in enumerate(ours) if n not in met[0]),
        undated=sum(account.first is None for account in ours),
        unlike=len(everything) - len(ours),
    )


def _matched(  # noqa: PLR0917 - a pair and where its ends are looked up
    pair: Pair,
    ours: Sequence[Account],
    theirs: Sequence[Account],
    incidents: Mapping[str, Incident],
    codings: Mapping[str, Coding],
    dataset: str,
) -> Matched:
    mine, other = ours[pair.ours], theirs[pair.theirs]
    incident = incidents[mine.id]
    words = tuple(_words(mine, codings))
    differences = []
    for attribute, ours_said, theirs_said in differing(mine, other, dataset):
        origins = _origins(incident, attribute)
        rests = tuple(w for w in words if w.value) if attribute == "killed" else _plain(words)
        differences.append(
            Difference(attribute, ours_said, theirs_said, rests[:MOST_WORDS], origins.low, origins.high)
        )
    known = {_key(name) for name in (*mine.sources, *mine.outlets)}
    return Matched(
        _seen(mine),
        _seen(other),
        pair.score,
        pair.reasons,
        tuple(differences),
        shared=tuple(name for name in other.sources if _key(name) in known),
        not_held=tuple(name for name in other.sources if _key(name) not in known),
        origins=incident.origins.sentence,
    )


def _origins(incident: Incident, attribute: str) -> Origins:
    """The origins of a toll, which may have others than the happening; else those of the incident."""
    own = [one.origins for one in incident.statements if one.attribute == attribute and one.origins.origins]
    return own[0] if own else incident.origins


def _words(account: Account, codings: Mapping[str, Coding]) -> Iterator[Word]:
    """Our claims, each with its toll and its ultimate sources."""
    for at in account.claims:
        coding = codings.get(at.report)
        claim = next((one for one in coding.claims if one.id == at.claim), None) if coding else None
        if coding and claim:
            toll = dead_in(claim)
            value = number_words(*toll) if toll != (None, None) else ""
            yield Word(value, _voices(claim), coding.outlet or coding.report, at)


def _voices(claim: Claim) -> tuple[str, ...]:
    """The ultimate sources of a claim: its first voice and those beside it."""
    found: list[str] = []
    for source in claim.sources:
        if found and not source.parallel:
            break
        found.append(" ".join(source.text.split()))
    return tuple(found)


def _plain(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words without their figures, each voice of each outlet once."""
    once = {
        (word.voices, word.outlet): Word("", word.voices, word.outlet, word.at) for word in reversed(words)
    }
    return tuple(reversed(once.values()))


def _key(name: str) -> str:
    """One key for an outlet by any of its names."""
    outlet = find_outlet(name)
    return outlet.name if outlet else " ".join(name.casefold().removeprefix("the ").split())


def _seen(account: Account) -> Seen:
    reports = tuple(dict.fromkeys(at.report for at in account.claims))
    kind = f"{account.type} {account.mode}" if account.mode else str(account.type)
    return Seen(
        account.id,
        account.title,
        kind,
        account.when,
        account.where,
        account.who,
        account.dead,
        account.sources,
        reports,
    )
