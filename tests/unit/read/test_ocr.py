from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

import archives

from stemma.errors import ReadError
from stemma.model import Document, Report
from stemma.read import ReadOptions, ocr, read_document
from stemma.run.unit import unit_of
from stemma.settings import Settings

pytest.importorskip("pypdfium2")

FIRST = [
    "Shells fell on the market of Velin on Saturday and killed",
    "four people, the mayor said. The army of the north said that it had fired at no mar-",
    "ket, and that it would look into what had happened in the town.",
]
THIRD = ["Residents of Narra spoke of two planes, and of a fire in the hospital that burnt all night."]
SECOND = ["The bridge over the Orr stayed open until the evening, when the police closed it."]
ENGLISH = ReadOptions(ocr="eng")
needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="the program tesseract is not installed"
)


def read(content: bytes, options: ReadOptions = ENGLISH) -> Document:
    report = Report(id="r", address="r.pdf", media_type="application/pdf", content=content)
    return read_document(report, options)


def scanned(*pages: list[str]) -> bytes:
    return archives.pdf_of(archives.scan_of(archives.pdf_of(list(pages))))


@needs_tesseract
def test_pages_that_are_pictures_are_read_only_when_asked() -> None:
    content = scanned(FIRST)
    with pytest.raises(ReadError, match="--ocr eng") as refused:
        read(content, ReadOptions())
    assert refused.value.code == "no-text-layer"
    found = read(content)
    assert "killed four people, the mayor said." in found.text
    assert "fired at no market, and" in found.text
    (note,) = [one for one in found.notes if one.code == "text-recognised"]
    assert note.text.startswith("The text of page 1 of the PDF was recognised in pictures (tesseract ")
    assert ", eng)" in note.text


@needs_tesseract
def test_a_page_with_a_text_layer_keeps_it() -> None:
    content = archives.pdf_of([FIRST, *archives.scan_of(archives.pdf_of([SECOND, THIRD]))])
    plain, seen = read(content, ReadOptions()), read(content)
    assert "Orr" not in plain.text
    assert [one.text for one in plain.notes if one.code == "pages-not-read"] == [
        "Pages 2 to 3 of the PDF are pictures, whose text is not read: --ocr recognises it."
    ]
    assert seen.text.startswith(plain.text.strip())
    assert "stayed open until the evening" in seen.text
    assert "a fire in the hospital" in seen.text
    assert "pages 2 to 3 of" in next(one.text for one in seen.notes if one.code == "text-recognised")


def test_a_picture_beside_text_is_none_of_a_page() -> None:
    # A page of text alone: nothing is started, tesseract there or not.
    found = read(archives.pdf_of([FIRST]))
    assert not [one for one in found.notes if one.code in ("text-recognised", "pages-not-read")]


@needs_tesseract
def test_recognising_ends_in_time_and_what_was_read_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    slow = tmp_path / "tesseract"
    slow.write_text(
        "#!/bin/sh\nif [ -e begun ]; then sleep 600; fi\ntouch begun\necho 'Guards left Velin.'\n"
    )
    slow.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ocr, "_installed", lambda: frozenset(["eng"]))
    monkeypatch.setattr(ocr, "version", lambda: "0")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    began = time.monotonic()
    found = read(scanned(FIRST, SECOND), ReadOptions(ocr="eng", ocr_seconds=20))
    assert time.monotonic() - began < 60
    assert found.text.strip() == "Guards left Velin."
    assert [one.text for one in found.notes if one.code == "pages-not-read"] == [
        "Page 2 of the PDF is a picture, whose text is not read: they took longer than 20 seconds."
    ]


@needs_tesseract
def test_recognising_ends_where_its_memory_does() -> None:
    with pytest.raises(ReadError, match="recognising them failed") as refused:
        read(scanned(FIRST), ReadOptions(ocr="eng", ocr_mib=20))
    assert refused.value.code == "no-text-layer"


def test_without_tesseract_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ReadError, match="apt install tesseract-ocr") as refused:
        read(scanned(FIRST))
    assert refused.value.code == "no-ocr"
    with pytest.raises(ReadError, match="is no language"):
        ocr.check_ocr("--psm 3", "--ocr")


@needs_tesseract
def test_a_language_that_is_not_there_is_named() -> None:
    with pytest.raises(ReadError, match="apt install tesseract-ocr-xx-yy"):
        ocr.check_ocr("eng+xx_YY", "--ocr")


def test_a_unit_of_work_is_what_it_was_where_nothing_is_recognised() -> None:
    assert ReadOptions().telling() == {"max_bytes": 20 * 1024 * 1024, "detect_language": True}
    report = Report(id="r", address="r", media_type="application/pdf", content=b"x")

    def unit(options: ReadOptions) -> str:
        return unit_of(report, Settings(read=options), "1", ("e", "1"))

    assert unit(ReadOptions()) == unit(ReadOptions(ocr_seconds=5))
    assert unit(ReadOptions()) != unit(ENGLISH)


def test_a_large_page_is_drawn_more_coarsely() -> None:
    from stemma.read.recognising import MOST_DOTS, draw

    class Page:
        """As large as a page of PDF may be."""

        def get_size(self) -> tuple[float, float]:
            return 14_400.0, 14_400.0

        def render(self, *, scale: float, grayscale: bool) -> Any:
            assert (14_400 * scale) ** 2 <= MOST_DOTS * 1.001
            return json  # not looked at: what follows is not reached

    with pytest.raises(AttributeError):
        draw(Page())
