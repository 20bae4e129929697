#!/usr/bin/env python3
"""Codings as offsets only, so that no report's text is in the project.

python training/standoff.py pack GOLD_DIR TEXT_DIR OUT.jsonl      gold files -> offsets
python training/standoff.py unpack CODED.jsonl OUT_DIR            offsets -> gold files and texts
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))


def sha1(text: str) -> str:
    return hashlib.sha1(text.encode("utf-8"), usedforsecurity=False).hexdigest()


def _spot(text: str, words: str | None, low: int = 0, high: int | None = None) -> list[int] | None:
    if words is None:
        return None
    at = text.find(words, low, len(text) if high is None else high)
    if at < 0:
        at = text.find(words)
    if at < 0:
        raise ValueError(f"not in the text: {words!r}")
    return [at, at + len(words)]


def pack(gold: dict, text: str) -> dict:
    """A gold object with every text replaced by [start, end] in the report's text."""
    result = {**gold, "sha1": sha1(text), "entities": [], "claims": []}
    for entity in gold["entities"]:
        result["entities"].append({**entity, "names": [_spot(text, name) for name in entity["names"]]})
    for claim in gold["claims"]:
        low, high = _spot(text, claim["evidence"])
        packed = {
            **claim,
            "evidence": [low, high],
            "trigger": _spot(text, claim["trigger"], low, high),
            "cue": _spot(text, claim.get("cue"), low, high),
        }
        for key in ("time", "place"):
            if claim.get(key):
                packed[key] = {**claim[key], "text": _spot(text, claim[key]["text"], low, high)}
        packed["counts"] = [{**c, "text": _spot(text, c["text"], low, high)} for c in claim.get("counts", [])]
        packed["sources"] = [
            {**s, "text": _spot(text, s["text"]), "cue": _spot(text, s.get("cue"))} for s in claim["sources"]
        ]
        result["claims"].append(packed)
    return result


def unpack(packed: dict, text: str) -> dict:
    """The gold object that `pack` read; raises `ValueError` where the text is another one."""
    if sha1(text) != packed["sha1"]:
        raise ValueError(f"{packed['report']}: the text is not the one that was coded")

    def words(spot):
        return None if spot is None else text[spot[0] : spot[1]]

    gold = {key: value for key, value in packed.items() if key != "sha1"}
    gold["entities"] = [{**e, "names": [words(spot) for spot in e["names"]]} for e in packed["entities"]]
    gold["claims"] = []
    for claim in packed["claims"]:
        full = {**claim, **{key: words(claim[key]) for key in ("evidence", "trigger", "cue")}}
        for key in ("time", "place"):
            if claim.get(key):
                full[key] = {**claim[key], "text": words(claim[key]["text"])}
        full["counts"] = [{**c, "text": words(c["text"])} for c in claim["counts"]]
        full["sources"] = [{**s, "text": words(s["text"]), "cue": words(s["cue"])} for s in claim["sources"]]
        gold["claims"].append(full)
    return gold


def main() -> None:
    if len(sys.argv) == 5 and sys.argv[1] == "pack":
        gold_dir, text_dir, out = map(Path, sys.argv[2:])
        with out.open("w", encoding="utf-8") as lines:
            for path in sorted(gold_dir.glob("*__*.json")):
                gold = json.loads(path.read_text("utf-8"))
                text = (text_dir / f"{gold['report']}.txt").read_text("utf-8")
                lines.write(json.dumps(pack(gold, text), ensure_ascii=False, separators=(",", ":")) + "\n")
    elif len(sys.argv) == 4 and sys.argv[1] == "unpack":
        from corpora.texts import text_of

        out = Path(sys.argv[3])
        for line in Path(sys.argv[2]).read_text("utf-8").splitlines():
            packed = json.loads(line)
            text = text_of(packed["report"])
            name = packed["report"].replace("/", "__", 1)
            out.mkdir(parents=True, exist_ok=True)
            (out / f"{name}.json").write_text(json.dumps(unpack(packed, text), ensure_ascii=False, indent=1))
            target = out / "text" / f"{packed['report']}.txt"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
