"""Names: name_bench, Arabic-English pairs, re3d's "is the same as". Prints one JSON object.

`python bench/names.py [--root FOLDER]`; the folder (or `STEMMA_BENCH`, else `../shared/bench`) holds
`names/` and `re3d/`. Each set is cut in two by hash: rules and thresholds were chosen on `tune` only.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from stemma.extract.value.names import SAME_NAME, alias_groups, likeness_of_names, said_same
from stemma.model import EntityKind, Span
from stemma.names.letters import bits_of, usual_latin

HALVES = ("tune", "held")
KINDS = {
    "Person": EntityKind.PERSON,
    "Organisation": EntityKind.ORGANISATION,
    "Location": EntityKind.ORGANISATION,
    "Vehicle": EntityKind.OBJECT,
    "Weapon": EntityKind.WEAPON,
    "MilitaryPlatform": EntityKind.WEAPON,
}
"""re3d's types that a report's parties can have; quantities, times and money are no names."""
BEST_OF = 60


def half_of(key: str) -> str:
    return HALVES[int(hashlib.sha256(key.encode()).hexdigest(), 16) % 2]


def score(found: int, right: int, gold: int) -> dict[str, float]:
    precision, recall = right / max(found, 1), right / max(gold, 1)
    f1 = 2 * right / max(found + gold, 1)
    return {
        "f1": round(f1, 3),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "found": found,
        "gold": gold,
    }


def name_bench(path: Path) -> dict[str, object]:
    counts = {half: [0, 0, 0] for half in HALVES}
    plain = {half: [0, 0, 0] for half in HALVES}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            half = half_of(f"{row['name1']}|{row['name2']}")
            kind = EntityKind.PERSON if row["schema"] == "Person" else EntityKind.ORGANISATION
            same = row["is_match"] == "true"
            said = likeness_of_names(row["name1"], row["name2"], kind) >= SAME_NAME
            ratio = Levenshtein.normalized_similarity(row["name1"].casefold(), row["name2"].casefold())
            for tally, answer in ((counts[half], said), (plain[half], ratio >= SAME_NAME)):
                tally[0] += answer
                tally[1] += answer and same
                tally[2] += same
    return {half: {**score(*counts[half]), "levenshtein_f1": score(*plain[half])["f1"]} for half in HALVES}


def arabic_pairs(path: Path) -> dict[str, object]:
    """How often the right one of all Latin names of the file is the likeliest writing of an Arabic one."""
    pairs = [line.split("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line]
    latin = [pair[1] for pair in pairs]
    counts = {half: [0, 0] for half in HALVES}
    for arabic, right in pairs:
        near = process.extract(usual_latin(arabic), latin, scorer=fuzz.ratio, limit=BEST_OF)
        best = min((name for name, _, _ in near), key=lambda name: bits_of(arabic, name))
        tally = counts[half_of(arabic)]
        tally[0] += best == right
        tally[1] += 1
    return {
        half: {"recall_at_1": round(ok / max(of, 1), 3), "names": of} for half, (ok, of) in counts.items()
    }


def re3d(root: Path) -> dict[str, object]:
    """Pairs of mentions of one sentence: from their names alone, and with the words around them."""
    tallies = {way: {half: [0, 0, 0] for half in HALVES} for way in ("names_alone", "with_words")}
    misses = []
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        texts = {line["_id"]: line["text"] for line in read_lines(folder / "documents.json")}
        gold = gold_pairs(read_lines(folder / "relations.json"))
        sentences = by_sentence(read_lines(folder / "entities.json"))
        for document, text in texts.items():
            half = half_of(document)
            alone, worded = pairs_of(text, sentences[document])
            for way, found in (("names_alone", alone), ("with_words", worded)):
                tally = tallies[way][half]
                tally[0] += len(found)
                tally[1] += len(found & gold[document])
                tally[2] += len(gold[document])
            if half == "tune":
                for pair in sorted(worded ^ gold[document]):
                    words = [text[a:b] for a, b in pair]
                    misses.append(("missed " if pair in gold[document] else "wrong ", *words))
    result = {way: {half: score(*tally) for half, tally in halves.items()} for way, halves in tallies.items()}
    return {**result, "tune_errors": misses}


def read_lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


Pair = tuple[tuple[int, int], tuple[int, int]]


def gold_pairs(relations: list[dict]) -> dict[str, set[Pair]]:
    found: dict[str, set[Pair]] = defaultdict(set)
    for r in relations:
        if r["type"] == "IsSynonymOf" and r.get("confidence", 1) >= 0.5:
            one, two = place(r, "source"), place(r, "target")
            if not any(letter.isdigit() for letter in r["source"][:1]):
                found[r["documentId"]].add((min(one, two), max(one, two)))
    return found


def place(relation: dict, side: str) -> tuple[int, int]:
    return int(relation[f"{side}Begin"]), int(relation[f"{side}End"])


def by_sentence(entities: list[dict]) -> dict[str, dict[str, list[dict]]]:
    found: dict[str, dict[str, list[dict]]] = defaultdict(lambda: defaultdict(list))
    for entity in entities:
        if entity["type"] in KINDS and entity.get("confidence", 1) >= 0.5:
            found[entity["documentId"]][entity["_id"].split("-")[1]].append(entity)
    return found


def pairs_of(text: str, sentences: dict[str, list[dict]]) -> tuple[set[Pair], set[Pair]]:
    alone: set[Pair] = set()
    worded: set[Pair] = set()
    for entities in sentences.values():
        spans = {(e["begin"], e["end"]): KINDS[e["type"]] for e in entities}
        for one, two in combinations(sorted(spans), 2):
            if spans[one] is not spans[two] or one[1] > two[0]:
                continue
            names = {"a": [text[slice(*one)]], "b": [text[slice(*two)]]}
            kinds = {"a": spans[one], "b": spans[two]}
            if names["a"] != names["b"] and alias_groups(names, kinds):
                alone.add((one, two))
                worded.add((one, two))
            elif said_same(text, Span(start=one[0], end=one[1]), Span(start=two[0], end=two[1]), spans[one]):
                worded.add((one, two))
    return alone, worded


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(os.environ.get("STEMMA_BENCH", "../shared/bench")))
    parser.add_argument("--errors", action="store_true", help="print the errors of the tune half of re3d")
    options = parser.parse_args()
    same_as = re3d(options.root / "re3d")
    errors = same_as.pop("tune_errors")
    result = {
        "threshold": SAME_NAME,
        "name_bench": name_bench(options.root / "names" / "name_bench_cases.csv"),
        "arabic_english": arabic_pairs(options.root / "names" / "ar2en-eval.txt"),
        "re3d_same_as": same_as,
    }
    if options.errors:
        result["errors"] = errors
    print(json.dumps(result, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
