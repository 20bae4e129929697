"""Label Studio: each document as a task, with the claims as predictions to be corrected.

Offsets count code points, as Label Studio stores them since pull request 308 of its front end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from stemma.export.brat import NO_DOCUMENT, NO_PLACE
from stemma.export.marks import LABELS, Mark, Marking, marking_of
from stemma.export.options import ExportOptions
from stemma.export.phrases import safe_json
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.model import ClaimType, Coding, EntityKind, Role

_LOSSES: Final = (
    Loss("lineage", "a task is about one text"),
    Loss("incidents", "a task is about one text"),
    Loss("judgements", "a task is to be judged anew"),
)
_CHOICES: Final = ("status", "certainty")


class Labelstudio:
    """Tasks with predictions, and the labelling configuration that goes with them."""

    name = "labelstudio"
    description = (
        "Label Studio for annotators: each document as a task, its claims as predictions, the whole coding "
        "in the task's data; and the labelling configuration."
    )
    suffix = ".json"
    tables: tuple[str, ...] = ("tasks", "config")
    merged = False
    documents = True

    def losses(self) -> tuple[Loss, ...]:
        """Only what is said of several reports together: the whole coding stands in the task's data."""
        return _LOSSES

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes the tasks, the configuration, or both."""
        written = Written(0)
        if options.table in (None, "tasks"):
            written = self._tasks(stock, target, "" if options.table else "tasks.json")
        if options.table in (None, "config"):
            with target.open("" if options.table else "config.xml") as out:
                out.write(_configuration().encode())
        return written

    def _tasks(self, stock: Stock, target: Target, name: str) -> Written:
        left_out: Counter[str] = Counter()
        rows = 0
        with target.open(name) as out:
            out.write(b"[")
            for coding in stock.codings:
                document = stock.document(coding.report)
                if document is None:
                    left_out[NO_DOCUMENT] += 1
                    continue
                marking = marking_of(coding, document.text)
                if marking.unplaced:
                    left_out[NO_PLACE] += marking.unplaced
                task = _task(coding, marking, document.text)
                out.write((b",\n" if rows else b"\n") + safe_json(task).encode())
                rows += 1
            out.write(b"\n]\n")
        return Written(rows, left_out)


def _task(coding: Coding, marking: Marking, text: str) -> dict[str, Any]:
    version = " ".join(part for part in (coding.engine, coding.engine_version) if part)
    prediction = {"model_version": version or "stemma", "result": list(_results(marking, text))}
    data = {"text": text, "report": coding.report, "coding": coding.wire()}
    return {"data": data, "predictions": [prediction]}


def _results(marking: Marking, text: str) -> Iterator[dict[str, Any]]:
    ids: dict[str, str] = {}

    def regions(mark: Mark, key: str) -> Iterator[dict[str, Any]]:
        if key not in ids:
            ids[key] = f"m{len(ids) + 1}"
            yield _region(ids[key], mark, text)

    for mark in marking.mentions:
        yield from regions(mark, _key(mark))
    for number, marked in enumerate(marking.claims):
        # Two claims may share a trigger: each has a region of its own for its choices.
        trigger = f"claim {number}"
        yield from regions(marked.trigger, trigger)
        for name in _CHOICES:
            yield _choice(ids[trigger], marked.trigger, name, str(getattr(marked.claim, name)))
        if marked.claim.negated:
            yield _choice(ids[trigger], marked.trigger, "negated", "negated")
        for role, mark in marked.parts:
            yield from regions(mark, _key(mark))
            link = {"type": "relation", "from_id": ids[trigger], "to_id": ids[_key(mark)]}
            yield {**link, "direction": "right", "labels": [role]}


def _key(mark: Mark) -> str:
    return safe_json([mark.label, mark.span.start, mark.span.end, dict(mark.values)])


def _region(region: str, mark: Mark, text: str) -> dict[str, Any]:
    value = {
        "start": mark.span.start,
        "end": mark.span.end,
        "text": mark.span.of(text),
        "labels": [mark.label],
    }
    found = {"id": region, "from_name": "label", "to_name": "text", "type": "labels", "value": value}
    return {**found, "meta": {"text": [safe_json(dict(mark.values))]}} if mark.values else found


def _choice(region: str, mark: Mark, name: str, choice: str) -> dict[str, Any]:
    value = {"start": mark.span.start, "end": mark.span.end, "choices": [choice]}
    return {"id": region, "from_name": name, "to_name": "text", "type": "choices", "value": value}


def _configuration() -> str:
    """The labelling configuration: labels, relations, and the choices of each claim."""
    labels = "".join(f'    <Label value="{one}"/>\n' for one in dict.fromkeys(_labels()))
    roles = (*map(str, Role), *LABELS)
    relations = "".join(f'    <Relation value="{one}"/>\n' for one in dict.fromkeys(roles))
    choices: Mapping[str, tuple[str, ...]] = {
        "status": ("actual", "ongoing", "future", "hypothetical"),
        "certainty": ("certain", "probable", "possible"),
        "negated": ("negated",),
    }
    asked = "".join(
        f'  <Choices name="{name}" toName="text" perRegion="true" choice="single">\n'
        + "".join(f'    <Choice value="{one}"/>\n' for one in values)
        + "  </Choices>\n"
        for name, values in choices.items()
    )
    return (
        f'<View>\n  <Labels name="label" toName="text">\n{labels}  </Labels>\n'
        f"  <Relations>\n{relations}  </Relations>\n"
        f'  <Text name="text" value="$text"/>\n{asked}</View>\n'
    )


def _labels() -> tuple[str, ...]:
    return (*map(str, ClaimType), *map(str, EntityKind), *LABELS)
