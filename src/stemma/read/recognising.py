"""The process that draws pages and has them recognised: `python -m stemma.read.recognising LANG MIB 0,3,4`.

It gets a PDF on its input and answers a line of JSON a page: `[number, text]`. Whoever started it ends it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from typing import Any, Final

DOTS: Final = 300
"""Dots an inch at which pages are drawn: what tesseract's makers advise for printed text."""
MOST_DOTS: Final = 25_000_000
"""Dots of a page, at most: A3 at 300 an inch has 17 million. A larger page is drawn more coarsely."""
POINTS: Final = 72
"""Points of an inch, in which a PDF gives its sizes."""


def main() -> None:
    """Draws, recognises and answers, page by page; a page that cannot be drawn is left out."""
    languages, mib, pages = sys.argv[1:4]
    limit_memory(int(mib))
    import pypdfium2

    pdf = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    for number in map(int, pages.split(",")):
        try:
            picture, dots = draw(pdf[number])
        except pypdfium2.PdfiumError:
            continue
        text = recognised(picture, dots, languages)
        if text is not None:
            sys.stdout.write(json.dumps([number, text]) + "\n")
            sys.stdout.flush()


def draw(page: Any) -> tuple[bytes, int]:
    """The page in shades of grey, as a PGM file, and its dots an inch."""
    width, height = page.get_size()
    scale = min(DOTS / POINTS, (MOST_DOTS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    kept = b"".join(
        rows[at : at + bitmap.width] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride)
    )
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + kept, max(round(scale * POINTS), 70)


def recognised(picture: bytes, dots: int, languages: str) -> str | None:
    """What tesseract reads in a picture; null where it fails."""
    command = ["tesseract", "stdin", "stdout", "-l", languages, "--dpi", str(dots)]
    # Its own threads make one page no faster, and take cores from other workers.
    done = subprocess.run(
        command, input=picture, capture_output=True, check=False, env={**os.environ, "OMP_THREAD_LIMIT": "1"}
    )
    return None if done.returncode else done.stdout.decode("utf-8", "replace").replace("\f", "\n")


def limit_memory(mib: int) -> None:
    """Lets this process, and each that it starts, have so much memory, where the system holds it to that."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (mib << 20, mib << 20))


if __name__ == "__main__":
    main()
