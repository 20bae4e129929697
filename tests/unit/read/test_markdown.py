from __future__ import annotations

import datetime

from stemma.model import Document, Report
from stemma.read import read_document

SOURCE = """---
title: "Rebels take the bridge"
date: 2019-03-04
source: The Ford Courier
draft: true
---

# Rebels take the bridge

By Ana Ruiz

The army **withdrew** on [Monday](http://x.example), and *nobody* was hurt. Reuters reports:

> Rebels hold the bridge,
> two officers said on Monday.

![A soldier stands at the bridge on Monday. Photo: Jo Doe/AFP](x.png)

<script>alert("killed")</script>
"""


def read(source: str) -> Document:
    return read_document(Report(id="a", address="a.md", media_type="text/markdown", content=source.encode()))


def test_the_words_are_read_without_the_marks() -> None:
    document = read(SOURCE)
    cut = [(p.kind.value, p.span.of(document.text), p.outlet) for p in document.passages]
    assert cut == [
        ("title", "Rebels take the bridge", None),
        ("byline", "By Ana Ruiz", None),
        ("body", "The army withdrew on Monday, and nobody was hurt. Reuters reports:", None),
        ("excerpt", "Rebels hold the bridge, two officers said on Monday.", "Reuters"),
        ("caption", "A soldier stands at the bridge on Monday.", "AFP"),
        ("credit", "Photo: Jo Doe/AFP", "AFP"),
    ]
    assert "killed" not in document.text


def test_front_matter_is_the_report_s_own_header() -> None:
    document = read(SOURCE)
    assert document.title == "Rebels take the bridge"
    assert document.outlet == "The Ford Courier"
    assert document.published == datetime.date(2019, 3, 4)
    assert document.byline == "Ana Ruiz"


def test_a_text_of_marks_alone_is_kept_as_it_is() -> None:
    assert read("> > >\n").text == "> > >\n"


def test_a_rule_at_the_start_is_no_front_matter() -> None:
    assert "A first line of the story." in read("---\n\nA first line of the story.\n").text
