"""Label Studio: tasks with the annotations that people submitted; predictions are the machine's own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from stemma.importing.options import ImportOptions
from stemma.importing.protocol import AnnotatedClaim, AnnotatedMark, AnnotatedText, Kind, Loss
from stemma.importing.reading import flat, read_objects, refuse
from stemma.model import ClaimType, Refusal, Span

CHOICES: Final = ("status", "certainty", "negated")


class LabelstudioImporter:
    """Label Studio's JSON export (`JSON`, not `JSON-MIN`, which leaves relations out)."""

    name = "labelstudio"
    kind = Kind.JUDGEMENTS
    description = "Label Studio's JSON export: what annotators changed, added or took away, as judgements."

    def losses(self) -> tuple[Loss, ...]:
        """What of the annotations becomes no judgement."""
        return _LOSSES

    def read(self, path: Path, options: ImportOptions) -> Iterator[AnnotatedText | Refusal]:
        """An annotated text for each annotation of each task."""
        for item in read_objects(path, options):
            if isinstance(item, Refusal):
                yield item
            else:
                yield from _task(*item)


def _task(where: str, task: Mapping[str, Any]) -> Iterator[AnnotatedText | Refusal]:
    data = task.get("data")
    text = data.get("text") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(text, str):
        yield refuse(where, "the task has no data.text", "export as JSON, with the tasks' data", "no-text")
        return
    given = task.get("annotations")
    annotations = [one for one in given if isinstance(one, Mapping)] if isinstance(given, list) else []
    if not annotations:
        yield refuse(
            where, "nobody has annotated this task", "export annotated tasks, as JSON", "no-annotation"
        )
    report = data.get("report")
    for number, annotation in enumerate(annotations, start=1):
        if annotation.get("was_cancelled"):
            continue
        place = f"{where}, annotation {number}"
        regions, links, choices = _sorted(annotation.get("result"), text)
        for mark in regions.pop("", []):
            yield refuse(f"{place}, region {flat(mark.label)[:40]}", "it lies outside the text", "look at it")
        yield AnnotatedText(
            place,
            text,
            tuple(_claims(place, {name: marks[0] for name, marks in regions.items()}, links, choices)),
            report=report if isinstance(report, str) else None,
            person=_person(annotation.get("completed_by")),
            whole="coding" in data,
        )


def _sorted(
    result: Any, text: str
) -> tuple[dict[str, list[AnnotatedMark]], list[tuple[str, str, str]], dict[str, dict[str, str]]]:
    """Regions by id (those outside the text under the empty id), relations, and choices by region."""
    regions: dict[str, list[AnnotatedMark]] = {}
    links: list[tuple[str, str, str]] = []
    choices: dict[str, dict[str, str]] = {}
    for one in result if isinstance(result, list) else []:
        if not isinstance(one, Mapping):
            continue
        value = one.get("value")
        if one.get("type") == "relation":
            labels = _texts(one.get("labels"))
            links.append((str(one.get("from_id")), str(one.get("to_id")), labels[0] if labels else ""))
        elif one.get("type") == "labels" and isinstance(value, Mapping):
            mark = _mark(one, value, text)
            regions[str(one.get("id")) if mark else ""] = (
                [mark]
                if mark
                else [*regions.get("", []), AnnotatedMark(str(one.get("id")), Span(start=0, end=0))]
            )
        elif one.get("type") == "choices" and isinstance(value, Mapping):
            picked = _texts(value.get("choices"))
            if picked and one.get("from_name") in CHOICES:
                choices.setdefault(str(one.get("id")), {})[str(one["from_name"])] = picked[0]
    return regions, links, choices


def _mark(one: Mapping[str, Any], value: Mapping[str, Any], text: str) -> AnnotatedMark | None:
    start, end, labels = value.get("start"), value.get("end"), _texts(value.get("labels"))
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text) and labels):
        return None
    meta = one.get("meta")
    notes = _texts(meta.get("text")) if isinstance(meta, Mapping) else []
    values: Mapping[str, Any] = {}
    for note in notes:
        try:
            found = json.loads(note)
        except (ValueError, RecursionError):
            continue
        values = found if isinstance(found, dict) else values
    return AnnotatedMark(labels[0], Span(start=start, end=end), values)


def _claims(
    where: str,
    regions: Mapping[str, AnnotatedMark],
    links: Sequence[tuple[str, str, str]],
    choices: Mapping[str, Mapping[str, str]],
) -> Iterator[AnnotatedClaim]:
    types = set(ClaimType)
    for name, mark in regions.items():
        if mark.label not in types:
            continue
        parts = [(role, regions[to]) for start, to, role in links if start == name and to in regions]
        picked = choices.get(name, {})
        own = mark.values.get("claim")
        yield AnnotatedClaim(
            f"{where}, region {flat(name)[:40]}",
            mark,
            tuple(parts),
            claim=own if isinstance(own, str) else None,
            status=picked.get("status"),
            certainty=picked.get("certainty"),
            negated="negated" in picked,
        )


def _person(given: Any) -> str | None:
    if isinstance(given, Mapping):
        given = given.get("email") or given.get("username") or given.get("id")
    return flat(str(given))[:200] or None if isinstance(given, str | int) and given != "" else None


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


_LOSSES: Final = (
    Loss(("predictions", "drafts", "cancelled annotations"), "nobody stands behind them"),
    Loss(("regions outside claims",), "only who takes part in a claim is judged"),
    Loss(("ratings, comments and other controls",), "a claim has no value for them"),
)
