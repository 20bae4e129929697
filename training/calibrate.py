#!/usr/bin/env python3
"""Fits the confidence of claims: python training/calibrate.py MODEL_DIR [--write]

Codes the development reports of STEMMA_GOLD, asks the gold's score.py which claims are right (same type
and chief parties) and which a coder makes at all (same type), and fits a logistic regression of each over
`features_of`, the second with a weight of each type. Prints the Brier score and the expected calibration
error (ten bins of like size) before and after, in five folds by report, so that no claim is judged by
weights that saw its report. --write puts the weights of all reports into heads.json: `calibration`, the
confidence of claims, and `heard`, by which doubtful ones are left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
from collections import defaultdict
from pathlib import Path

import numpy as np

from stemma.extract.local import assemble
from stemma.extract.local.confidence import FEATURES, features_of
from stemma.extract.local.engine import LocalEngine
from stemma.extract.options import ExtractOptions
from stemma.model import Header, Report
from stemma.read import read_document

GOLD = Path(os.environ.get("STEMMA_GOLD", "../shared/gold"))
FOLDS, RIDGE, OF_TYPE = 5, 1.0, 10.0


def scorer():
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents(split: str):
    for path in sorted((GOLD / split / "text").rglob("*.txt")):
        name = str(path.relative_to(GOLD / split / "text"))[:-4]
        head = json.loads(path.with_suffix(".json").read_text("utf-8"))
        header = Header(**{key: head.get(key) for key in ("outlet", "title", "url", "published")})
        report = Report(
            id=name, address=name, media_type="text/plain", content=path.read_bytes(), header=header
        )
        yield name, read_document(report)


def collect(folder: Path, split: str):
    """Per claim: its features, its type, the raw score, whether it is right and whether found, its report."""
    score, engine = scorer(), LocalEngine(ExtractOptions(threads=2), folder)
    seen: dict[tuple, tuple] = {}

    def keep(draft, kind, _weights, usual):
        seen[draft.start, draft.end, str(kind)] = features_of(draft, kind, usual)
        return draft.score  # over every limit: nothing is left out here

    assemble.confidence = keep
    rows, types, raw, right, reports = [], [], [], [], []
    for name, document in documents(split):
        seen.clear()
        coding = engine.extract(document)
        gold = json.loads((GOLD / split / f"{name.replace('/', '__')}.json").read_text("utf-8"))
        wire = coding.wire()
        names = score.names_of(gold), score.names_of(wire)
        aligned = score.align(gold, wire, *names, document.text)
        good = {claim["id"]: core for _, claim, core in aligned}
        words = assemble_words(document)
        for claim in coding.claims:
            hit = words.words_in(claim.trigger_span.start, claim.trigger_span.end)
            rows.append(seen[hit[0], hit[1], str(claim.type)])
            types.append(str(claim.type))
            raw.append(claim.score)
            right.append((good.get(claim.id, False), claim.id in good))
            reports.append(name)
    return np.array(rows), types, np.array(raw), np.array(right, dtype=float), reports


def assemble_words(document):
    from stemma.extract.local.words import split_words

    return split_words(document.text)


def fit(x, y):
    """Weights of a logistic regression with a small ridge, by Newton's method; types are held tighter."""
    weights = np.zeros(x.shape[1])
    known = len(FEATURES)
    ridge = np.diag([0.0] + [RIDGE] * (known - 1) + [OF_TYPE] * (x.shape[1] - known))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge
        step = np.linalg.solve(hessian, x.T @ (y - p) - ridge @ weights)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def figures(p, y) -> str:
    order = np.argsort(p)
    bins = np.array_split(order, 10)
    error = sum(abs(p[part].mean() - y[part].mean()) * len(part) for part in bins) / len(p)
    return f"Brier {((p - y) ** 2).mean():.3f}, calibration error {error:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    x, types, raw, told, reports = collect(options.model, options.split)
    if not len(raw):
        print("the model finds no claim (a trial of few steps, it may be): nothing to fit")
        return
    folds: dict[str, int] = defaultdict(lambda: len(folds) % FOLDS)
    fold = np.array([folds[name] for name in reports])
    kinds = sorted(set(types))
    by_type = np.hstack([x, np.array([[kind == own for kind in kinds] for own in types], dtype=float)])
    written = {}
    for name, table, y, names in (
        ("calibration", x, told[:, 0], [*FEATURES]),
        ("heard", by_type, told[:, 1], [*FEATURES, *kinds]),
    ):
        print(f"{name}: {len(y)} claims, {y.mean():.3f} right; the network's own score: {figures(raw, y)}")
        p = np.zeros(len(y))
        for k in range(FOLDS):
            p[fold == k] = 1 / (1 + np.exp(-table[fold == k] @ fit(table[fold != k], y[fold != k])))
        print(f"fitted, five folds by report: {figures(p, y)}")
        written[name] = dict(zip(names, np.round(fit(table, y), 4).tolist(), strict=True))
        print(json.dumps(written[name]))
    if options.write:
        path = options.model / "heads.json"
        labels = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps({**labels, **written}, indent=1) + "\n")


if __name__ == "__main__":
    main()
