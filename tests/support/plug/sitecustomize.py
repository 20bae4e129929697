"""Put on PYTHONPATH by tests of archives: an engine without a model, with words that hurt.

Each report has one claim, its first word. The words `segfault`, `leave`, `hang` and `hungry` do to
the process what they say.
"""

from __future__ import annotations

import os
import signal
import time

import stemma.extract
from stemma.model import Coding, Document


class PlugEngine:
    name = "fake"
    version = "1"

    def extract(self, document: Document) -> Coding:
        text = document.text
        if "segfault" in text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "leave" in text:
            os._exit(3)
        if "hang" in text:
            time.sleep(600)
        if "hungry" in text:
            bytearray(1 << 50)
        if "explode" in text:
            raise IndexError("boom")
        time.sleep(float(os.environ.get("STEMMA_TEST_SECONDS", "0")))
        word = text.split()[0]
        return Coding.from_wire(
            {
                "report": document.report,
                "outlet": document.outlet,
                "published": document.published.isoformat() if document.published else None,
                "entities": [{"id": "e1", "kind": "group", "names": [word]}],
                "claims": [{"id": "c1", "type": "DENY", "evidence": word, "trigger": word}],
            }
        )


stemma.extract.find_engine = lambda options: PlugEngine()  # type: ignore[assignment]
