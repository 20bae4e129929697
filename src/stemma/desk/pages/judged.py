"""Judged reports as one archive, in the form that training takes."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stemma.desk.asking import house_of, word
from stemma.desk.gold import gold_files, judged_reports


def judged(request: Request) -> Response:
    """A zip archive of the reports that were judged whole, by everybody or by one `person`."""
    house = house_of(request)
    house.bench.book.refresh()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for held in judged_reports(house.store, house.bench.book, word(request, "person") or None):
            for file in gold_files(held):
                archive.writestr(file.path, file.content)
    headers = {"Content-Disposition": 'attachment; filename="judged.zip"'}
    return Response(made.getvalue(), media_type="application/zip", headers=headers)


ROUTES: Final = [Route("/judged.zip", judged)]
