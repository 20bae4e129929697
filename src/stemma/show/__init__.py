"""Record -> View: answers made for a reader, as frozen data without any terminal code."""

from stemma.show.chain import Link, Voice, chain_words, links_of
from stemma.show.ledger import COLUMNS, LedgerRow, LedgerTally, make_ledger
from stemma.show.page import Block, Page, Stretch, make_page
from stemma.show.room import Piece, Room, RoomBlock, make_room
from stemma.show.summary import Summary

__all__ = [
    "COLUMNS",
    "Block",
    "LedgerRow",
    "LedgerTally",
    "Link",
    "Page",
    "Piece",
    "Room",
    "RoomBlock",
    "Stretch",
    "Summary",
    "Voice",
    "chain_words",
    "links_of",
    "make_ledger",
    "make_page",
    "make_room",
]
