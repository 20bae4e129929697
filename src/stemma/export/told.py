"""What the formats of graphs, maps and the web lose alike: what is told in words is kept in part."""

from __future__ import annotations

from typing import Final

from stemma.export.declared import below

SOURCES_LOST: Final = below("codings.claims.sources", "entity cue span cue_span score")
SOURCES_IN_WORDS: Final = below("codings.claims.sources", "text kind parallel")
HEDGES: Final = below("codings.claims", "status negated certainty cue")
OFFSETS: Final = below("codings.claims", "trigger_span cue_span role_spans")
PARTIES_LOST: Final = below("codings.entities", "kind mentions")
PARTIES_IN_WORDS: Final = below("codings.entities", "id names canonical")
PLACE_LOST: Final = "country span geonames latitude longitude admin1 precision reason alternatives"
TIME_LOST: Final = "span edtf anchor"

CHAIN: Final = "the chain is told in words"
HEDGED: Final = "hedges are told in words"
LABELS: Final = "parties are told by their labels"
