from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import making
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from stemma.errors import CasebookError, CasebookVersionError
from stemma.model import Claim, ClaimType
from stemma.store import Query, Store, migrating, schema

OpenStore = Callable[..., Store]

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade():
    # Batch mode makes the table anew: what points to its rows must outlive that.
    with op.batch_alter_table("reports", recreate="always") as batch:
        batch.add_column(sa.Column("shelf", sa.Text(), nullable=False, server_default="none"))
"""


def _claimed(id: str) -> tuple[making.Report, making.Document, making.Coding]:
    claim = Claim(id="c1", type=ClaimType.AID, evidence="Bread came.", trigger="came")
    return making.bundle(id, claims=(claim,))


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes this program the next one, with one migration more."""

    def turn(migration: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(migrating.MIGRATIONS, folder, dirs_exist_ok=True)
        (folder / "versions" / "v0007_shelves.py").write_text(migration)
        monkeypatch.setattr(migrating, "MIGRATIONS", folder)
        monkeypatch.setattr(schema, "SCHEMA_VERSION", "0007")

    return turn


def test_the_program_knows_its_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrating.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.SCHEMA_VERSION]


def test_the_migrations_make_the_tables_that_the_program_uses(casebook: Path, open_store: OpenStore) -> None:
    open_store().close()
    engine = create_engine(f"sqlite:///{casebook}")

    def is_ours(name: str | None, kind: str, _: object) -> bool:
        return kind != "table" or not str(name).startswith(("claim_words", "document_words", "name_letters"))

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        differences = compare_metadata(context, schema.metadata)
    engine.dispose()
    assert differences == []


def test_an_older_casebook_is_brought_up_to_date_with_all_it_holds(
    casebook: Path,
    open_store: OpenStore,
    next_version: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bundle = _claimed("a")
    with open_store() as store:
        store.add(*bundle, "u1")
    next_version(NEXT)
    with open_store(create=False) as store:
        assert store.tally().schema_version == "0007"
        assert list(store.codings(Query(text="bread"))) == [bundle[2]]
        store.add(*_claimed("b"), "u1")
    with closing(sqlite3.connect(casebook)) as connection:
        assert connection.execute("SELECT shelf FROM reports").fetchall() == [("none",), ("none",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    monkeypatch.undo()
    with pytest.raises(CasebookVersionError, match=r"0007.*0006"):
        open_store()


def test_a_migration_that_fails_changes_nothing(
    open_store: OpenStore, next_version: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = _claimed("a")
    with open_store() as store:
        store.add(*bundle, "u1")
    next_version(NEXT + "    op.execute('INSERT INTO nowhere VALUES (1)')\n")
    with pytest.raises(CasebookError, match="no such table: nowhere"):
        open_store(create=False)
    monkeypatch.undo()
    with open_store(create=False) as store:
        assert store.coding("a") == bundle[2]


def test_a_migration_that_loses_rows_is_taken_back(
    open_store: OpenStore, next_version: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = _claimed("a")
    with open_store() as store:
        store.add(*bundle, "u1")
    next_version(NEXT + "    op.execute('DELETE FROM reports')\n")
    with pytest.raises(CasebookError, match="cannot be brought up to date"):
        open_store(create=False)
    monkeypatch.undo()
    with open_store(create=False) as store:
        assert store.coding("a") == bundle[2]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE judgements SET person = 'someone else'",
        "DELETE FROM judgements",
        "UPDATE documents SET wire = x''",
        "UPDATE codings SET wire = x''",
        "UPDATE versions SET content = x''",
    ],
)
def test_what_was_kept_is_not_changed_by_anyone(
    casebook: Path, open_store: OpenStore, statement: str
) -> None:
    judgement = making.Judgement(
        subject="a#c1", verdict="accept", person="Ada", at=making.datetime.datetime(2017, 2, 7)
    )
    with open_store() as store:
        store.add(*_claimed("a"), "u1")
        store.judge(judgement)
    with (
        closing(sqlite3.connect(casebook)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="never"),
    ):
        connection.execute(statement)
    with open_store() as store:
        assert list(store.judgements()) == [judgement]
