from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import archives
import pytest

from stemma.errors import UsageError
from stemma.model import Coding, Document, Refusal, Report
from stemma.run import Added, add_paths
from stemma.run.api import open_casebook
from stemma.run.archive.archiving import archive_paths
from stemma.run.archive.choosing import is_asked
from stemma.run.archive.loading import load_archive
from stemma.run.archive.options import ArchiveOptions
from stemma.store.protocol import Query, Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive, rows with an id that repeats, texts, and a file that is refused."""
    path = tmp_path / "in"
    path.mkdir()
    (path / "news.warc.gz").write_bytes(b"".join(archives.warc_of(9)))
    rows = [{"key": f"r{n % 2}", "body": f"Note {n}: the road to Velin is open."} for n in range(4)]
    (path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (path / "last.txt").write_text("The bridge over the Orr is open again, the mayor said.\n")
    (path / "last.json").write_text('{"outlet": "Harbour Post"}')
    (path / "no.docx").write_text("no")
    return path


MAPPING = {"text": "body", "id": "key"}


def tables(folder: Path, out: Path) -> None:
    archive_paths([str(folder)], str(out), options=ArchiveOptions(reports=4), mapping=MAPPING)


def held(store: Store) -> list[tuple[Report, Document, Coding]]:
    return [(store.original(one), store.document(one), store.coding(one)) for one in store.report_ids()]


def loaded(out: Path, store: Store, query: Query | None = None) -> list[str]:
    return [one.report for one in load_archive(str(out), store, query) if isinstance(one, Added)]


def test_the_casebook_is_the_one_that_add_makes(plug: None, folder: Path, tmp_path: Path) -> None:
    tables(folder, tmp_path / "out")
    with open_casebook(tmp_path / "added.casebook", create=True) as store:
        assert sum(isinstance(one, Refusal) for one in add_paths([folder], store, mapping=MAPPING)) == 1
        expected, tally = held(store), store.tally()
    with open_casebook(tmp_path / "loaded.casebook", create=True) as store:
        assert len(loaded(tmp_path / "out", store)) == 14
        assert held(store) == expected
        assert store.tally().claims_by_type == tally.claims_by_type
        assert store.verify().wrong == []
        # Again, and `add` after it: all is known.
        again = list(load_archive(str(tmp_path / "out"), store))
        added = [one for one in add_paths([folder], store, mapping=MAPPING) if isinstance(one, Added)]
        assert {one.outcome.value for one in (*again, *added) if isinstance(one, Added)} == {"known"}
        assert len(again) == len(added) == 14


def test_what_was_loaded_in_part_is_gone_on_with(plug: None, folder: Path, tmp_path: Path) -> None:
    tables(folder, tmp_path / "out")
    with open_casebook(tmp_path / "a.casebook", create=True) as store:
        begun = load_archive(str(tmp_path / "out"), store)
        for _ in range(5):
            next(begun)
        begun.close()
        outcomes = [one.outcome.value for one in load_archive(str(tmp_path / "out"), store)]
        assert sorted(outcomes) == ["added"] * 9 + ["known"] * 5


def test_a_file_that_changed_or_is_gone_is_told(plug: None, folder: Path, tmp_path: Path) -> None:
    tables(folder, tmp_path / "out")
    (folder / "last.txt").write_text("The bridge is shut.\n")
    (folder / "news.warc.gz").unlink()
    with open_casebook(tmp_path / "a.casebook", create=True) as store:
        found = list(load_archive(str(tmp_path / "out"), store))
        refused = [one for one in found if isinstance(one, Refusal)]
        assert [(one.code, Path(one.where).name) for one in refused] == [
            ("changed", "last.txt:#1"), ("not-found", "news.warc.gz"),
        ]  # fmt: skip
        assert store.report_ids() == ["r0", "r0~2", "r1", "r1~2"]


def test_only_a_finished_run_that_says_where_from_is_loaded(plug: None, folder: Path, tmp_path: Path) -> None:
    tables(folder, tmp_path / "out")
    with open_casebook(tmp_path / "a.casebook", create=True) as store:
        with pytest.raises(UsageError, match="no finished run"):
            loaded(tmp_path, store)
        (tmp_path / "out" / "gathered.json").unlink()
        with pytest.raises(UsageError, match="older version"):
            loaded(tmp_path / "out", store)


DAY = datetime.date
QUERIES = [
    Query(types=("ASSAULT",)),
    Query(types=("ASSAULT", "DENY")),
    Query(actor="BRÍGADE"),
    Query(actor="nobody at all"),
    Query(country="SY"),
    Query(country="DE"),
    Query(place="nar"),
    Query(since=DAY(2019, 5, 3)),
    Query(until=DAY(2019, 4, 30)),
    Query(since=DAY(2019, 4, 1), until=DAY(2019, 4, 30), types=("DENY",)),
    Query(outlet="coast"),
    Query(actor="orr", country="SY"),
]


def codings() -> list[Coding]:
    """Each claim unlike the others in one thing that is asked for."""
    times: list[dict[str, Any] | None] = [
        None,
        {"text": "in May", "start": "2019-05", "end": "2019-05"},
        {"text": "since April", "start": "2019-04"},
        {"text": "until 2018", "end": "2018"},
        {"text": "once"},
    ]
    found = []
    for n, time in enumerate(times * 2):
        claim = {
            "id": "c1",
            "type": ("ASSAULT", "DENY", "THREATEN")[n % 3],
            "evidence": "x",
            "trigger": "x",
            "roles": {"actor": ["e1"] if n % 3 else ["e2"]},
            "time": time,
            "place": {"text": "Narra", "country": ("SY", "IQ")[n % 2]} if n % 4 else None,
        }
        entities = [
            {"id": "e1", "kind": "group", "names": ["the Brigade"], "canonical": "Orr Brigade"},
            {"id": "e2", "kind": "group", "names": ["the army"]},
        ]
        outlet = ("Coast Daily", None)[n % 2]
        wire = {"report": f"r{n}", "outlet": outlet, "entities": entities, "claims": [claim]}
        found.append(Coding.from_wire(wire))
    return found


@pytest.mark.parametrize("query", QUERIES, ids=[str(n) for n in range(len(QUERIES))])
def test_what_is_chosen_is_what_a_casebook_finds(query: Query, tmp_path: Path) -> None:
    with open_casebook(tmp_path / "a.casebook", create=True) as store:
        for coding in codings():
            report = Report(id=coding.report, address="a", media_type="text/plain", content=b"x")
            document = Document(
                report=coding.report, report_hash=report.bytes_hash(), text="x", outlet=coding.outlet
            )
            store.add(report, document, coding, coding.report)
        expected = [coding.report for coding in store.codings(query)]
    assert sorted(one.report for one in codings() if is_asked(one, query)) == expected
    if query.actor != "nobody at all" and query.country != "DE":
        assert 0 < len(expected) < 10


def test_only_the_reports_that_are_asked_for_are_loaded(plug: None, folder: Path, tmp_path: Path) -> None:
    tables(folder, tmp_path / "out")
    with open_casebook(tmp_path / "a.casebook", create=True) as store:
        assert loaded(tmp_path / "out", store, Query(outlet="harbour", types=("DENY",))) == ["last"]
        assert store.report_ids() == ["last"]
        assert loaded(tmp_path / "out", store, Query(types=("ASSAULT",))) == []
