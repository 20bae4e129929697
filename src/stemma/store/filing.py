"""The part of a store that merging keeps its state in, and what it writes there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from stemma.model import Coding, Document, Record
from stemma.store.listing import Gist


@dataclass(frozen=True, slots=True)
class Filed:
    """One writing of what merging found, wholly or not at all.

    `keys` are the keys of reports filed anew. `dropped` are circles that are no more, `made` new ones: the
    reports of each, and the record made of them. `judgements` have been followed, by this `maker`. `gists`
    are what `made` says for lists, one for each of them; without them it is in no list.
    """

    keys: Mapping[int, Sequence[int]] = field(default_factory=dict)
    dropped: Collection[int] = ()
    made: Sequence[tuple[Sequence[int], Record]] = ()
    judgements: int = 0
    maker: str = ""
    gists: Sequence[Gist] = ()


class Filing(Protocol):
    """The part of a `Store` that merging keeps its state in. Reports are numbers here, see `ids_of`."""

    def unfiled(self) -> Sequence[int]:
        """The reports whose latest coding has not been merged yet, in rising order."""
        ...

    def unfile(self, reports: Iterable[str]) -> None:
        """Marks reports as not merged yet; unknown ids are passed over."""
        ...

    def ids_of(self, numbers: Collection[int]) -> Mapping[int, str]:
        """The ids of these reports."""
        ...

    def loaded(self, reports: Collection[int]) -> Mapping[int, tuple[Document, Coding]]:
        """The latest document and coding of each of these reports."""
        ...

    def keys_of(self, reports: Collection[int]) -> Mapping[int, Sequence[int]]:
        """The keys that these reports are filed under; none for one that is not filed."""
        ...

    def sharing(self, keys: Collection[int], most: int) -> Mapping[int, Collection[int]]:
        """The reports under each of these keys, those keys left out that more than `most` reports have."""
        ...

    def crowded(self, keys: Collection[int], most: int) -> Collection[int]:
        """Those of these keys that more than `most` reports have."""
        ...

    def all_keys(self) -> Iterator[tuple[int, bytes]]:
        """Each filed report with its keys in one piece: signed numbers of eight bytes, as this machine
        writes them."""
        ...

    def circles_of(self, reports: Collection[int]) -> Mapping[int, int]:
        """The circle of each of these reports that has one."""
        ...

    def members_of(self, circles: Collection[int]) -> Mapping[int, Sequence[int]]:
        """The reports of these circles."""
        ...

    def merged_by(self) -> tuple[int, str]:
        """How many judgements have been followed, and by which maker; (0, "") before the first merging."""
        ...

    def file(self, filed: Filed) -> None:
        """Writes what merging found; the reports of its circles count as merged from then on."""
        ...

    def merged(self) -> Iterator[Record]:
        """What was made of each circle: a record without codings."""
        ...

    def merged_with(self, report: str) -> Record | None:
        """What was made of the circle of this report; None where it has not been merged."""
        ...
