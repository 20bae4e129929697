"""Backups, moving, verifying, roles and judgements that cross, on both databases."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import cluster
import making
import pytest

from stemma.errors import CasebookError, CasebookVersionError
from stemma.model import Claim, ClaimType, Judgement
from stemma.run import teams
from stemma.store import Member, Query, Role, ShelfQuery, Store, StoreOptions, open_casebook

# NUL is a letter that PostgreSQL does not take as it is.
CLAIM = Claim(id="c1", type=ClaimType.AID, evidence="Bread\0 came.", trigger="came", score=0.5)


def _said(person: str, verdict: str = "accept", claim: str = "r0#c1") -> Judgement:
    return Judgement(subject=claim, verdict=verdict, person=person, at=datetime.datetime.now(datetime.UTC))


def _fill(store: Store) -> None:
    for number in range(3):
        bundle = making.bundle(f"r{number}", f"Ten were killed in {number}.", title="\1\0\2", claims=(CLAIM,))
        store.add(*bundle, "u1")
    store.judge(_said("ann"))


def _all(store: Store) -> object:
    return (
        [store.original(report) for report in store.report_ids()],
        list(store.codings()),
        list(store.codings(Query(text="bread"))),
        list(store.judgements()),
        store.shelf(ShelfQuery(text="killed", order="title")),
        store.doubts(9),
        store.reports_with("ten"),
        store.verify(),
    )


@pytest.fixture(params=["file", "postgres"])
def named(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new casebook may be made."""
    return cluster.new_database() if request.param == "postgres" else str(tmp_path / "a.casebook")


def _open(named: str, *, create: bool = False) -> Store:
    return open_casebook(StoreOptions(named), create=create)


def test_a_casebook_goes_from_file_to_database_and_back(tmp_path: Path) -> None:
    first, third = str(tmp_path / "a.casebook"), str(tmp_path / "b.casebook")
    second = cluster.new_database()
    with _open(first, create=True) as store:
        _fill(store)
        before, log = _all(store), store.audit()
    assert teams.move(first, second)["reports"] == 3
    teams.move(second, third)
    for casebook in (second, third):
        with _open(casebook) as store:
            assert _all(store) == before
            assert list(store.audit())[: len(log)] == list(log)
            store.add(*making.bundle("r9"), "u1")
            assert store.verify().wrong == []
    with pytest.raises(CasebookError, match="is not empty"):
        teams.move(first, second)


def _shape(database: str) -> list[tuple[str, ...]]:
    """All indexes and constraints of a database, as it tells them."""
    import psycopg

    asked = (
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL "
        "SELECT conname, conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace"
    )
    with psycopg.connect(database) as connection:
        return sorted(connection.execute(asked).fetchall())


def test_a_moved_casebook_has_the_indexes_and_references_of_a_new_one(tmp_path: Path) -> None:
    first, second, fresh = str(tmp_path / "a.casebook"), cluster.new_database(), cluster.new_database()
    with _open(first, create=True) as store:
        _fill(store)
    _open(fresh, create=True).close()
    teams.move(first, second)
    shape = _shape(second)
    assert shape == _shape(fresh)
    assert sum("FOREIGN KEY" in definition for _, definition in shape) > 20
    assert any("USING gin (words)" in definition for _, definition in shape)


def test_a_row_that_refers_to_nothing_is_not_moved(tmp_path: Path) -> None:
    first, second = str(tmp_path / "a.casebook"), cluster.new_database()
    with _open(first, create=True) as store:
        _fill(store)
    with closing(sqlite3.connect(first)) as connection, connection:
        connection.execute("UPDATE claims SET report = 999999 WHERE key = 1")
    with pytest.raises(CasebookError, match="refers to one that is not there"):
        teams.move(first, second)
    with _open(second, create=True) as store:
        assert store.shelf(ShelfQuery()).total == 0


def test_a_backup_is_restored_whole_and_half_of_it_is_refused(named: str, tmp_path: Path) -> None:
    backup, again = str(tmp_path / "x.backup"), str(tmp_path / "again.casebook")
    with _open(named, create=True) as store:
        _fill(store)
        before = _all(store)
        assert teams.back_up(store, backup).wrong == []
        with pytest.raises(CasebookError, match="is there already"):
            teams.back_up(store, backup)
    assert [path.name for path in tmp_path.glob("x.backup*")] == ["x.backup"]
    teams.restore(backup, again)
    with _open(again) as store:
        assert _all(store) == before
    half = tmp_path / "half.backup"
    content = Path(backup).read_bytes()
    half.write_bytes(content[: len(content) // 2])
    with pytest.raises(CasebookError, match=r"half\.backup: is cut short: [\d,]+ of [\d,]+ bytes") as caught:
        teams.restore(str(half), str(tmp_path / "none.casebook"))
    assert "\n" not in caught.value.line()
    assert not (tmp_path / "none.casebook").exists()


CHANGES = {
    "UPDATE documents SET wire = (SELECT wire FROM documents WHERE key = 2) WHERE key = 1": "document of r0",
    "UPDATE versions SET content = (SELECT content FROM versions WHERE key = 1) WHERE key = 2": "bytes of r1",
    "UPDATE codings SET unit = 'u2' WHERE key = 3": "a coding of r2 was changed",
    "UPDATE judgements SET person = 'bob'": "the judgement of bob on r0#c1",
    "DELETE FROM judgements": "judgement 1 is gone",
    "UPDATE claims SET evidence = 'No bread.' WHERE report = 2": "the claims of r1 in the index",
    "DELETE FROM chain WHERE key = 2": "the chain is broken at link 3",
    "INSERT INTO judgements VALUES (2, 's', 'accept', 'eve', '2026', '{}')": "eve on s at 2026 was entered",
}


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_any_change_of_evidence_is_found_and_named(named: str, change: str) -> None:
    """By somebody who has all rights to the database and switches off what guards it."""
    with _open(named, create=True) as store:
        _fill(store)
        head = store.verify().head
        assert store.verify(head).wrong == []
        assert "no link" in store.verify("f" * 64).wrong[0]
    if "://" in named:
        cluster.run_sql(named, "SET session_replication_role = replica", change)
    else:
        with closing(sqlite3.connect(named)) as connection:
            for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                connection.execute(f"DROP TRIGGER {trigger}")
            connection.execute(change)
            connection.commit()
    with _open(named) as store:
        assert CHANGES[change] in "\n".join(store.verify().wrong)


def test_who_judges_second_is_told_and_nothing_is_lost(named: str) -> None:
    with _open(named, create=True) as one, _open(named) as other:
        _fill(one)
        seen = len(list(other.judgements()))
        assert list(one.judge(_said("bob", "reject"), seen)) == []
        assert [crossed.person for crossed in other.judge(_said("cleo"), seen)] == ["bob"]
        assert list(other.judge(_said("dan", claim="r1#c1"), seen)) == []
        assert [given.person for given in one.judgements()] == ["ann", "bob", "cleo", "dan"]


def test_going_down_a_version_and_up_again_keeps_all(named: str) -> None:
    with _open(named, create=True) as store:
        _fill(store)
        shelf, codings = store.shelf(ShelfQuery()), list(store.codings())
    for version in ("0003", "0002", "0001"):
        assert teams.migrate(named, version)[1] == version
    if "://" in named:  # others may work in a database: it is not changed by opening it
        with pytest.raises(CasebookVersionError, match=r"older version \(0001.*stemma migrate"):
            _open(named)
        teams.migrate(named, None)
    with _open(named) as store:
        assert (store.shelf(ShelfQuery()), list(store.codings())) == (shelf, codings)
        assert store.verify().wrong == []
        assert len(store.unfiled()) == 3
    with pytest.raises(CasebookError, match="there is no version 0099"):
        teams.migrate(named, "0099")


def test_a_casebook_with_members_keeps_an_owner(named: str) -> None:
    with _open(named, create=True) as store:
        with pytest.raises(CasebookError, match="needs an owner"):
            store.set_member(Member("bob", Role.REVIEWER))
        store.set_member(Member("ann", Role.OWNER))
        store.set_member(Member("bob", Role.READER), by="ann")
        assert [one.role for one in store.members()] == [Role.OWNER, Role.READER]
        with pytest.raises(CasebookError, match="needs an owner"):
            store.set_member(Member("ann", Role.READER))
        store.drop_member("bob")
        assert [(one.person, one.act, one.detail) for one in store.audit()][1] == ("ann", "role", "reader")


@pytest.fixture
def roles() -> Callable[[Role], Store]:
    """Opens a database as a user with this role."""
    address = cluster.new_database()

    def open_as(role: Role) -> Store:
        user = f"stemma_{role.value}"
        cluster.run_sql(
            address,
            f"DO $$ BEGIN CREATE ROLE {user} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
        )
        with _open(address, create=True) as store:
            if not store.members():
                store.set_member(Member("stemma", Role.OWNER))
                _fill(store)
            store.set_member(Member(role.value, role, user))
        return _open(cluster.as_user(address, user))

    return open_as


def test_the_database_itself_holds_people_to_their_roles(roles: Callable[[Role], Store]) -> None:
    denied = r"your role does not allow that here"
    with roles(Role.READER) as store:
        assert len(store.report_ids()) == 3
        store.note("export", "x.csv")
        assert store.audit()[-1].login == "stemma_reader"
        for act in (lambda: store.judge(_said("eve")), lambda: store.add(*making.bundle("z"), "u")):
            with pytest.raises(CasebookError, match=denied):
                act()
    with roles(Role.REVIEWER) as store:
        store.judge(_said("rae"))
        store.unfile(["r0"])
        for refused in (
            lambda: store.add(*making.bundle("z"), "u"),
            lambda: store.set_member(Member("rae", Role.OWNER)),
        ):
            with pytest.raises(CasebookError, match=denied):
                refused()
    with roles(Role.OWNER) as store:
        store.add(*making.bundle("z"), "u")
        assert store.verify().wrong == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda address: address.replace("@/t", "@/none_"), "there is no such database"),
        (lambda address: address.split("host=")[0] + "host=/nowhere", "the database cannot be reached"),
    ],
)
def test_a_database_that_is_not_there_is_one_line(change: Callable[[str], str], said: str) -> None:
    with pytest.raises(CasebookError, match=said):
        _open(change(cluster.new_database()), create=True)


def test_a_database_with_other_tables_is_left_alone() -> None:
    address = cluster.new_database()
    cluster.run_sql(address, "CREATE TABLE notes (note TEXT)")
    with pytest.raises(CasebookError, match="other tables, not a casebook"):
        _open(address, create=True)
    with pytest.raises(CasebookError, match="no casebook in this database"):
        _open(cluster.new_database())
