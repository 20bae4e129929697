"""The formats that can be imported, by name."""

from __future__ import annotations

import difflib

from stemma.errors import UsageError
from stemma.importing.acled import AcledImporter
from stemma.importing.brat import BratImporter
from stemma.importing.documents import DatashareImporter, OpenAlephImporter
from stemma.importing.ftm import FtmImporter
from stemma.importing.gdelt import GdeltImporter
from stemma.importing.labelstudio import LabelstudioImporter
from stemma.importing.petrarch import PetrarchImporter
from stemma.importing.polecat import PolecatImporter
from stemma.importing.protocol import Importer
from stemma.importing.ucdp import UcdpImporter


def list_importers() -> tuple[Importer, ...]:
    """All formats, those of events first."""
    return (
        AcledImporter(),
        UcdpImporter(),
        PolecatImporter(),
        GdeltImporter(),
        BratImporter(),
        LabelstudioImporter(),
        FtmImporter(),
        PetrarchImporter(),
        OpenAlephImporter(),
        DatashareImporter(),
    )


def find_importer(name: str) -> Importer:
    """The format of this name; raises `UsageError`."""
    known = {one.name: one for one in list_importers()}
    found = known.get(name.strip().lower())
    if found is None:
        near = difflib.get_close_matches(name.lower(), known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
        raise UsageError(f"no format of imports is called {name[:40]!r}", where="FORMAT", mend=hint)
    return found
