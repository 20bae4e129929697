"""No format of graphs, maps and the web tells a person's name once names are to be pseudonyms."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from full_record import full_record

from stemma.errors import UsageError
from stemma.export import ExportOptions, write_export
from stemma.export.graph_formats import graph_formats
from stemma.export.protocol import Format

FORMATS = graph_formats()


@pytest.mark.parametrize("format", [one for one in FORMATS if not one.documents], ids=lambda one: one.name)
def test_people_have_pseudonyms_everywhere(format: Format, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_export(full_record(), format.name, out, ExportOptions(salt="key"))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    written = "".join(path.read_text("utf-8") for path in files)
    assert "Lakeside" in written
    assert "Rado" not in written
    assert "Senn" not in written
    assert any(path.name == "out.losses.md" for path in files)


@pytest.mark.parametrize("format", [one for one in FORMATS if one.documents], ids=lambda one: one.name)
def test_what_needs_the_text_is_refused(format: Format) -> None:
    with pytest.raises(UsageError, match="names people"):
        write_export(full_record(), format.name, io.BytesIO(), ExportOptions(salt="key"))


@pytest.mark.parametrize("format", FORMATS, ids=lambda one: one.name)
def test_equal_records_give_equal_files(format: Format, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_export(full_record(), format.name, tmp_path / name)
    first = sorted(p.relative_to(tmp_path / "a") for p in (tmp_path / "a").rglob("*"))
    assert first == sorted(p.relative_to(tmp_path / "b") for p in (tmp_path / "b").rglob("*"))
    for path in first or [Path()]:
        assert (tmp_path / "a" / path).read_bytes() == (tmp_path / "b" / path).read_bytes()
