from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from stemma.cli.draw_claims import claim_block, draw_coding, headline
from stemma.model import Coding
from stemma.show import make_ledger


def coding_with(**claim: Any) -> Coding:
    return Coding.from_wire(
        {
            "report": "r",
            "outlet": "[bold]The [/] Daily",
            "entities": [
                {"id": "e1", "kind": "group", "names": ["Ardan"]},
                {"id": "e2", "kind": "group", "names": ["Belor"]},
                {"id": "e3", "kind": "people", "names": ["six men"]},
            ],
            "claims": [
                {"id": "c1", "type": "ASSAULT", "evidence": "a [red]b[/red] c", "trigger": "b", **claim}
            ],
        }
    )


def head(**claim: Any) -> str:
    return headline(next(make_ledger([coding_with(**claim)]))).plain


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (
            {"mode": "ambush", "roles": {"actor": ["e1"], "recipient": ["e2"], "victim": ["e3"]}},
            "ASSAULT ambush  Ardan → Belor · victim six men",
        ),
        ({"roles": {"victim": ["e3"]}}, "ASSAULT  somebody not named · victim six men"),
        ({"type": "AGREE", "roles": {"actor": ["e1"], "recipient": ["e2"]}}, "AGREE  Ardan ↔ Belor"),
        (
            {"type": "MEMBER_OF", "mode": "spokesman", "roles": {"actor": ["e3"], "to": ["e2"]}},
            "MEMBER_OF “spokesman”  six men → Belor",
        ),
        (
            {"type": "REALIGN", "mode": "defect", "roles": {"actor": ["e3"], "from": ["e1"], "to": ["e2"]}},
            "REALIGN defect  six men · from Ardan · to Belor",
        ),
        (
            {"type": "CONTROLS", "roles": {"actor": ["e1"]}, "place": {"text": "Velin"}},
            "CONTROLS  Ardan → Velin",
        ),
        (
            {"negated": True, "roles": {"actor": ["e1"], "recipient": ["e2"]}},
            "NOT ASSAULT  Ardan → Belor",
        ),
    ],
)
def test_headline(claim: dict[str, Any], words: str) -> None:
    assert head(**claim) == words


@pytest.mark.parametrize("width", [30, 80, 120])
def test_lines_keep_to_the_width_and_end_without_spaces(width: int) -> None:
    coding = coding_with(evidence="words " * 60 + "b", roles={"actor": ["e1"]})
    out = io.StringIO()
    Console(file=out, width=width, markup=False).print(claim_block(next(make_ledger([coding]))))
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)
    assert all(line.startswith("     ") for line in lines[1:] if line)


def test_markup_in_a_report_is_never_obeyed() -> None:
    out = io.StringIO()
    console = Console(file=out, width=80, markup=False)
    list(draw_coding(console, coding_with()))
    assert "“a [red]b[/red] c”" in out.getvalue()
    assert "[bold]The [/] Daily" in out.getvalue()


def test_a_report_without_claims_says_so() -> None:
    out = io.StringIO()
    list(draw_coding(Console(file=out, width=80), Coding(report="r")))
    assert "no claims found" in out.getvalue()
    assert "outlet unknown · date unknown" in out.getvalue()
