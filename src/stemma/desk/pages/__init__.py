"""One file per page. A new page joins here: its routes, and its place in the navigation."""

from __future__ import annotations

from typing import Final

from starlette.routing import Route

from stemma.desk.pages import (
    agreement,
    api,
    api_record,
    dossier,
    home,
    joining,
    judged,
    network,
    places,
    queue,
    room,
    stories,
    timeline,
)

ROUTES: Final[list[Route]] = [
    *home.ROUTES,
    *room.ROUTES,
    *queue.ROUTES,
    *agreement.ROUTES,
    *judged.ROUTES,
    *api.ROUTES,
    *api_record.ROUTES,
    *stories.ROUTES,
    *timeline.ROUTES,
    *network.ROUTES,
    *places.ROUTES,
    *dossier.ROUTES,
    *joining.ROUTES,
]

NAVIGATION: Final = (
    ("/", "Reports"),
    ("/queue", "Queue"),
    ("/stories", "Stories"),
    ("/timeline", "Timeline"),
    ("/network", "Network"),
    ("/map", "Map"),
    ("/entities", "Parties"),
    ("/agreement", "Agreement"),
)
"""Address and name of the pages in the head of every page."""
