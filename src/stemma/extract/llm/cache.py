"""Answers kept on disk by the hash of what was asked: a run goes on where it was, and plays back offline."""

from __future__ import annotations

import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any

from stemma.extract.llm.wires import Answer, Usage
from stemma.model import hash_bytes


def cache_folder(named: str = "") -> Path:
    """The folder named, else `STEMMA_LLM_CACHE`, else the user's cache folder of this machine."""
    given = named or os.environ.get("STEMMA_LLM_CACHE", "")
    if given:
        return Path(given).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "stemma" / "llm"


def key_of(url: str, body: dict[str, Any]) -> str:
    """The hash of a question: where it goes, and its body. The key is no part of it."""
    canonical = json.dumps([url, body], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hash_bytes(canonical.encode("utf-8", "surrogatepass"))


class Cache:
    """One file per answer, readable by its owner only: it quotes the reports."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> Answer | None:
        """The answer kept under this key; null where there is none, or its file is damaged."""
        try:
            kept = json.loads(self._path(key).read_text("utf-8"))
            usage = kept["usage"] and Usage(int(kept["usage"][0]), int(kept["usage"][1]))
            text, cut, stamp = kept["text"], kept["cut"], kept["hash"]
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return None
        if not isinstance(text, str) or stamp != _stamp(key, text, bool(cut)):
            return None
        return Answer(text, bool(cut), usage or None)

    def put(self, key: str, answer: Answer) -> None:
        """Keeps an answer, wholly or not at all; a disk that is full costs the answer and not the run."""
        usage = [answer.usage.asked, answer.usage.answered] if answer.usage else None
        kept = {
            "text": answer.text,
            "cut": answer.cut,
            "usage": usage,
            "hash": _stamp(key, answer.text, answer.cut),
        }
        path = self._path(key)
        draft = path.with_suffix(f".{secrets.token_hex(6)}.part")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(json.dumps(kept, ensure_ascii=True).encode())
            draft.replace(path)
        except OSError:
            draft.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


def _stamp(key: str, text: str, cut: bool) -> str:
    return hash_bytes(json.dumps([key, text, cut]).encode())
