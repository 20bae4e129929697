"""Round trips of exports: what a second reader found in the file, set beside the record value by value."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st
from making import STRATEGIES

from stemma.export.options import ExportOptions
from stemma.export.protocol import Format, Loss, Stock
from stemma.model import Document, Record


class _Kept(io.BytesIO):
    def close(self) -> None:
        pass


class Files:
    """A target in memory: the files by name, the one file under the empty name."""

    def __init__(self) -> None:
        self.files: dict[str, _Kept] = {}

    def open(self, name: str = "") -> io.BytesIO:
        assert name not in self.files, f"{name!r} is written twice"
        return self.files.setdefault(name, _Kept())

    def text(self, name: str = "") -> str:
        return self.files[name].getvalue().decode("utf-8")


def written(
    format: Format,
    record: Record,
    documents: Mapping[str, Document] | None = None,
    options: ExportOptions = ExportOptions(),  # noqa: B008 - frozen
) -> Files:
    files = Files()
    held = documents or {}
    format.write(Stock.of(record, held.get), files, options)
    return files


def differences(record: Any, back: Any, path: str = "") -> Iterator[tuple[str, bool]]:
    """Each value of `record` that `back` has not, by path; true where `back` has another value there.

    What is null or empty in the record may be absent. Lists of nouns are matched by id where they have one.
    """
    if record is None or record in ([], {}):
        return
    if isinstance(record, Mapping) and path != "judgements.value" and record:
        if not isinstance(back, Mapping):
            for name, value in record.items():
                yield from differences(value, None, f"{path}.{name}".lstrip("."))
            return
        for name, value in record.items():
            yield from differences(value, back.get(name), f"{path}.{name}".lstrip("."))
    elif isinstance(record, list) and isinstance(record[0], Mapping) and path != "judgements.value":
        for value, other in _matched(record, back if isinstance(back, list) else []):
            yield from differences(value, other, path)
    elif record != back:
        yield path, back is not None


def _matched(items: Sequence[Any], others: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    for name in ("id", "report"):
        by_id = {one[name]: one for one in others if isinstance(one, Mapping) and name in one}
        if by_id and len({one.get(name) for one in items}) == len(items):
            for one in items:
                yield one, by_id.get(one[name])
            return
    for index, one in enumerate(items):
        yield one, others[index] if index < len(others) else None


def unlisted(losses: Sequence[Loss], record: Record, back: Mapping[str, Any]) -> set[str]:
    """The paths that were lost although no loss says so."""
    found = {path for path, _ in differences(record.wire(), back)}
    return {path for path in found if not any(_covers(loss, path) for loss in losses)}


def unfounded(losses: Sequence[Loss], record: Record, back: Mapping[str, Any]) -> set[str]:
    """The losses listed that did not happen, or happened in part where the whole was said to be lost."""
    found = list(differences(record.wire(), back))
    wrong = set()
    for loss in losses:
        below = [changed for path, changed in found if _covers(loss, path)]
        if not below or (not loss.part and any(below)):
            wrong.add(loss.value)
    return wrong


def _covers(loss: Loss, path: str) -> bool:
    return path == loss.value or path.startswith(loss.value + ".")


@st.composite
def records(draw: st.DrawFn, texts: st.SearchStrategy[str] | None = None) -> Record:
    """Any record whose reports, claims, entities and incidents have ids of their own."""
    record = draw(STRATEGIES[Record])
    codings = []
    for number, coding in enumerate(record.codings):
        claims = [one.model_copy(update={"id": f"c{n}/é"}) for n, one in enumerate(coding.claims)]
        entities = [one.model_copy(update={"id": f"e{n}"}) for n, one in enumerate(coding.entities)]
        changed = {"report": f"r{number} #", "claims": tuple(claims), "entities": tuple(entities)}
        codings.append(coding.model_copy(update=changed))
    incidents = [one.model_copy(update={"id": f"i{n}"}) for n, one in enumerate(record.incidents)]
    return record.model_copy(update={"codings": tuple(codings), "incidents": tuple(incidents)})
