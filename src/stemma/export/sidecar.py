"""The sidecar of an export: what the format could not hold, in words."""

from __future__ import annotations

from collections.abc import Mapping

from stemma.export.protocol import Format


def sidecar_text(format: Format, rows: int, left_out: Mapping[str, int]) -> str:
    """The losses of this export as Markdown, made from the format's one declaration."""
    lines = [
        f"# What this {format.name} file does not hold",
        "",
        format.description,
        "",
        f"Rows written: {rows:,}.",
        "",
    ]
    if left_out:
        lines += ["## Left out", "", "| reason | how many |", "|---|---|"]
        lines += [f"| {_cell(reason)} | {number:,} |" for reason, number in sorted(left_out.items())]
        lines.append("")
    losses = format.losses()
    for title, part in (("Lost", False), ("Kept in part", True)):
        listed = [loss for loss in losses if loss.part is part]
        if listed:
            lines += [f"## {title}", "", "| value | why |", "|---|---|"]
            lines += [f"| `{loss.value}` | {_cell(loss.reason)} |" for loss in listed]
            lines.append("")
    if not losses:
        lines += ["Nothing is lost: every value of the record stands in it.", ""]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
