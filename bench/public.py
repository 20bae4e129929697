#!/usr/bin/env python3
"""The public benchmarks: python bench/public.py [NAME ...] [--split dev|tst] [--root DIR] [--json]

NAME is polnear, muc4, muc4-templates, wikievents, uw, re3d, worldwide, plover or rams; all where none is
given. ROOT is $STEMMA_BENCH, else
../shared/bench. Heads that only a benchmark needs are in bench/heads.npz, trained with the shipped
encoder; the shipped program does not carry them.

polnear     strict F1 of source, cue and content spans; overlap F1 of their words; F1 of source-content
            pairs, a pair being right where both spans overlap gold's
muc4        role fillers, CEAF-REE (Du et al. 2021): one mention an entity, right where it is one of the
            entity's wordings; entities aligned one to one per role and document; micro F1
wikievents  triggers: span and type; arguments: head word, role and type of an event whose trigger is
            right (end to end, no gold trigger)
muc4-templates, re3d, worldwide, plover, rams: see the docstring of each bench/sets_*.py
uw          factuality: mean absolute error and Pearson r at the gold event words; F1 on events that did
            not happen (below 0)
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent / "training"), str(Path(__file__).parent)]
os.environ.setdefault("STEMMA_BENCH", "../shared/bench")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--root", type=Path, default=Path(os.environ["STEMMA_BENCH"]))
    parser.add_argument(
        "--split",
        help="another part of the same layout: a folder of polnear or muc4, a file of wikievents or uw",
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    os.environ["STEMMA_BENCH"] = str(options.root)
    from public_sets import SCORERS

    unknown = set(options.names) - set(SCORERS)
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(SCORERS)}")
    results = {}
    for name in options.names or SCORERS:
        results[name] = SCORERS[name](options.root, options.split)
        if not options.json:
            for figure, value in results[name].items():
                print(f"{name:11} {figure:28} {value}")
    if options.json:
        print(json.dumps(results))


if __name__ == "__main__":
    main()
