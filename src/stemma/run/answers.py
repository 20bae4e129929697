"""Answers of a casebook that are one thing and no rows: what was added, and views that a notebook draws."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

from stemma.model import Refusal
from stemma.show.digest import Digest
from stemma.show.dossier import Dossier
from stemma.show.html_views import digest_html, dossier_html, resting_html
from stemma.show.resting import Resting

if TYPE_CHECKING:
    from stemma.run.pipeline import Added


@dataclass(frozen=True, slots=True)
class Addition:
    """What `Casebook.add` did: the reports that are in the casebook now, and those that were refused."""

    reports: tuple[Added, ...]
    refused: tuple[Refusal, ...]

    @property
    def new(self) -> int:
        """How many reports were read; the others were known already."""
        return sum(added.claims is not None for added in self.reports)

    def __repr__(self) -> str:
        known = len(self.reports) - self.new
        return f"<{self.new:,} reports added, {known:,} known already, {len(self.refused):,} refused>"


def _values(view: Any) -> dict[str, Any]:
    return {field.name: getattr(view, field.name) for field in fields(view)}


class RestingAnswer(Resting):
    """On whose word a claim rests."""

    @classmethod
    def of(cls, view: Resting) -> Self:
        """The same view, which a notebook draws."""
        return cls(**_values(view))

    def _repr_html_(self) -> str:
        return resting_html(self)


class DossierAnswer(Dossier):
    """What the record says of one party."""

    @classmethod
    def of(cls, view: Dossier) -> Self:
        """The same view, which a notebook draws."""
        return cls(**_values(view))

    def _repr_html_(self) -> str:
        return dossier_html(self)


class DigestAnswer(Digest):
    """What new reports changed."""

    @classmethod
    def of(cls, view: Digest) -> Self:
        """The same view, which a notebook draws."""
        return cls(**_values(view))

    def _repr_html_(self) -> str:
        return digest_html(self)
