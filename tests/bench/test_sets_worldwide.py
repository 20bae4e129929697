"""Names: reading tags, cutting proposals to names, counting."""

from __future__ import annotations

import pytest

from corpora.worldwide import parse, tagged
from sets_worldwide import counts_of, figures, name_within, propose, take
from stemma.model import EntityKind

RAW = (
    "https://example.org/1\tO\n\n"
    "The\tO\nBank\tB-Organization\nof\tI-Organization\nSarn\tI-Organization\tB-Location\nclosed\tO\n.\tO\n\n"
    "Darr\tB-Person\nleft\tO\nMonday\tB-Date\n"
)


def test_a_file_is_read_into_text_and_names_within_names() -> None:
    report = parse("own", RAW)
    assert report.text == "The Bank of Sarn closed .\nDarr left Monday"
    names = {(report.text[a:b], kind) for (a, b), kind in report.names}
    assert names == {("Bank of Sarn", "Organization"), ("Darr", "Person"), ("Monday", "Date")}
    assert [report.text[a:b] for a, b in report.inner] == ["Sarn"]


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        (["B-Person", "I-Person", "O"], [(0, 1, "Person")]),
        (["B-Person", "B-Person"], [(0, 0, "Person"), (1, 1, "Person")]),
        (["I-NORP", "I-Location"], [(0, 0, "NORP"), (1, 1, "Location")]),
        (["", "I-NORP", "", "I-NORP"], [(1, 1, "NORP"), (3, 3, "NORP")]),
    ],
)
def test_tagged(tags: list[str], names: list[tuple[int, int, str]]) -> None:
    assert tagged(tags) == names


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the former president Amin Darr", "Amin Darr"),
        ("Bank of Sarn officials", "Bank of Sarn"),
        ("al-Darr", "al-Darr"),
        ("two gunmen", None),
    ],
)
def test_a_proposal_is_cut_to_its_name(words: str, name: str | None) -> None:
    text = f"Saw {words} ."
    found = name_within(text, (4, 4 + len(words)))
    assert (text[found[0] : found[1]] if found else None) == name


def test_the_best_proposals_are_taken_and_none_overlaps() -> None:
    rows = [
        ((0, 5), "person", 0.7),
        ((3, 9), "group", 0.9),
        ((9, 12), "place", 0.6),
        ((20, 22), "place", 0.4),
    ]
    assert take(rows) == [rows[1], rows[2]]
    assert take([((0, 2), "person", 0.8), ((0, 5), "person", 0.8)]) == [((0, 5), "person", 0.8)]


def test_counts_ignore_names_within_names_and_types_left_out() -> None:
    report = parse("own", RAW)
    at = {report.text[a:b]: (a, b) for a, b in [*(place for place, _ in report.names), *report.inner]}
    inner = [(at["Sarn"], "place", 0.9), (at["Monday"], "person", 0.9), (at["Darr"], "place", 0.9)]
    counts = counts_of(report.names, report.inner, [*inner, (at["Bank of Sarn"], "group", 0.3)])
    # Sarn lies within a name and Monday is a date: neither is given. Darr is exact with a wrong type.
    assert (counts["given"], counts["wanted"], counts["exact"], counts["right"]) == (1, 2, 1, 0)
    # The bank is proposed, under the line at which it is taken.
    assert counts["proposed"] == 2
    right = counts_of(report.names, report.inner, [(at["Darr"], "person", 0.9), ((0, 3), "place", 0.9)])
    result = figures(right)
    assert (result["p"], result["r"], result["f1"]) == (0.5, 0.5, 0.5)
    assert (result["Person r"], result["Organization r"], result["proposed"]) == (1.0, 0.0, 0.5)


def test_the_shipped_head_proposes_names_of_the_text() -> None:
    text = "Amin Darr, the mayor, met Oskar Lind in Stockholm on Friday."
    found = propose(text)
    assert {text[a:b] for (a, b), _, _ in found} & {"Amin Darr", "Oskar Lind", "Stockholm"}
    for (a, b), kind, score in found:
        assert name_within(text, (a, b)) == (a, b)
        assert kind in {str(known) for known in EntityKind}
        assert 0 < score <= 1
    assert propose(" ") == []
