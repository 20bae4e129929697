#!/usr/bin/env python3
"""Lineage of public reports against edges judged by reading: python bench/lineage_read.py [--wrong] [--json]

`bench/lineage_read.jsonl` holds edges by the ids of reports, each judged by one reader, without a word of
their texts: `set` is `fa` (FA-KES, row number), `ecb` (ECB+, file), `ww` (Worldwide newswire NER, file) or
`web` (article extraction pages, file); all lie in $STEMMA_BENCH (default ../shared/bench); what is absent is
left out. `family`: `names`, a credited edge to an outlet; `held`, a credited edge to a report; `words`, two
reports of which one has words of the other or both of a third, whatever the direction. `at` is the place of
the credit in the text as it is rebuilt here. `pair` marks reports of one story between which no edge was
found. `half`: `choose` was read while rules were mended, `held` afterwards.

Precision is of the labelled edges that are found; recall of those labelled right, so of what some version of
the rules found and of the pairs without an edge that were read.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stemma.merge.lineage import lineage_of
from stemma.merge.protocol import Held
from stemma.model import Coding, Header, Refusal, Report
from stemma.read import read_document

HEAD_WORDS = 25
"""A sentence of fewer tokens, without a full stop, at the start of an ECB+ file is a title or a date."""


def join(tokens: list[str]) -> str:
    """Tokens as text."""
    text = " ".join(tokens)
    for mark in ("`` ", " ''", "``", "''"):
        text = text.replace(mark, '"')
    text = re.sub(r" ([,.;:!?%)\]])", r"\1", text)
    text = re.sub(r"([(\[$]) ", r"\1", text)
    text = re.sub(r" ('s|'re|'ve|n't|'ll|'d|'m|’ ?s)\b", r"\1", text)
    text = re.sub(r" [’'] (s|t|re|ve|ll|d)\b", r"’\1", text)
    text = re.sub(r"(\w) - (\w)", r"\1-\2", text)
    return re.sub(r"(\d)([.,]) (\d)", r"\1\2\3", text)


def ecb(root: Path) -> Iterator[tuple[str, str, Header]]:
    """Id, text and header of the files of ECB+; the first lines may hold the address and a title."""
    for path in sorted(root.glob("ecbplus/*/*.xml"), key=lambda path: (int(path.parent.name), path.name)):
        sentences: dict[int, list[str]] = {}
        for token in ET.parse(path).getroot().iter("token"):
            sentences.setdefault(int(token.attrib["sentence"]), []).append(token.text or "")
        rows = [sentences[number] for number in sorted(sentences)]
        url = None
        if rows and re.match(r"(?:https?|www\.)", "".join(rows[0])):
            url, rows = "".join(rows[0]), rows[1:]
            url = url if url.startswith("http") else f"http://{url}"
        heads = 0
        while (
            heads < min(3, len(rows) - 1) and len(rows[heads]) < HEAD_WORDS and rows[heads][-1] not in '.!?"'
        ):
            heads += 1
        parts = [*map(join, rows[:heads]), " ".join(map(join, rows[heads:]))]
        yield path.stem, "\n\n".join(parts), Header(url=url)


def newswire(root: Path) -> Iterator[tuple[str, str, Header]]:
    """Id, text and header of the files of Worldwide newswire NER; the first line is the address."""
    for path in sorted(root.glob("worldwide_ner/*.tsv")):
        lines = path.read_text("utf-8").split("\n")
        url = lines.pop(0).split("\t")[0] if lines[0].startswith("http") else None
        sentences = "\n".join(line.split("\t")[0].strip() for line in lines).split("\n\n")
        text = "\n\n".join(join(sentence.split("\n")) for sentence in sentences if sentence.strip())
        yield (
            path.name.split(".")[0],
            text,
            Header(url=url, outlet=None if url else path.name.rsplit("_", 1)[0]),
        )


def fa_kes(root: Path) -> Iterator[tuple[str, str, Header]]:
    """Row number, text and header of the reports of FA-KES."""
    path = root / "reports" / "fa-kes.csv"
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as table:
        for number, row in enumerate(csv.DictReader(table)):
            month, day, year = map(int, row["date"].split("/"))
            published = datetime.date(year, month, day)
            header = Header(
                outlet=row["source"], title=row["article_title"], published=published, language="en"
            )
            yield str(number), row["article_content"], header


def read(texts: Iterator[tuple[str, str, Header]]) -> list[Held]:
    """The reports as `stemma` reads them, without claims."""
    held = []
    for name, text, header in texts:
        report = Report(id=name, address=name, content=text.encode(), media_type="text/plain", header=header)
        document = read_document(report).model_copy(update={"report": name})
        held.append(Held(document, Coding(report=name)))
    return held


def web(root: Path) -> list[Held]:
    """The pages of the article extraction benchmark."""
    from stemma.errors import ReadError
    from stemma.run.intake import gather_reports

    held = []
    folder = root / "web" / "article_extraction" / "html"
    for item in gather_reports([str(folder)], {}, Header()) if folder.is_dir() else ():
        if isinstance(item, Refusal):
            continue
        try:
            document = read_document(item)
        except ReadError:
            continue
        name = document.report.rpartition("/")[2]
        held.append(Held(document.model_copy(update={"report": name}), Coding(report=name)))
    return held


def found_in(held: list[Held]) -> dict[str, set[tuple[str, str]]]:
    """The edges that the program finds, by family; those of `words` in both directions."""
    edges: dict[str, set[tuple[str, str]]] = {"names": set(), "held": set(), "words": set()}
    for edge in lineage_of(held).dependences:
        key = edge.report, edge.parent
        if edge.credited:
            edges["names" if edge.parent.startswith("outlet:") else "held"].add(key)
        if not edge.parent.startswith(("outlet:", "source:")):
            edges["words"] |= {key, key[::-1]}
    return edges


def score(rows: list[tuple[dict[str, Any], bool]]) -> dict[str, Any]:
    """Precision and recall of labelled edges, each with whether it is found."""
    hit = sum(row["right"] for row, found in rows if found)
    found = sum(found for _, found in rows)
    wanted = sum(row["right"] for row, _ in rows)
    p, r = hit / max(1, found), hit / max(1, wanted)
    return {
        "edges": len(rows),
        "p": round(p, 3),
        "r": round(r, 3),
        "f1": round(2 * p * r / max(1e-9, p + r), 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--wrong", action="store_true", help="print the labelled edges that differ")
    options = parser.parse_args()
    root = Path(os.environ.get("STEMMA_BENCH", "../shared/bench"))
    lines = Path(__file__).with_name("lineage_read.jsonl").read_text("utf-8").splitlines()
    labels = [json.loads(line) for line in lines]
    rows = []
    for name, held in (
        ("fa", read(fa_kes(root))),
        ("ecb", read(ecb(root))),
        ("ww", read(newswire(root))),
        ("web", web(root)),
    ):
        edges = found_in(held)
        if held:
            mine = [row for row in labels if row["set"] == name]
            rows += [(row, (row["from"], row["to"]) in edges[row["family"]]) for row in mine]
    figures = {
        f"{half} {family}": score([r for r in rows if (r[0]["half"], r[0]["family"]) == (half, family)])
        for half in ("choose", "held")
        for family in ("names", "held", "words")
    }
    if options.wrong:
        for row, found in rows:
            if row["right"] != found:
                print(row["half"], row["set"], row["from"], row["to"], "missed" if row["right"] else "wrong")
    print(json.dumps(figures) if options.json else "\n".join(f"{k:14} {v}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
