"""Who may do what in a casebook, and what the database itself holds people to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, delete, insert, select, text

from stemma.errors import CasebookError
from stemma.store import schema
from stemma.store.protocol import Member, Role

_ALL_KEPT: Final = (
    *("circles", "filings", "block_keys", "unfiled", "merged_by"),
    *("incidents", "incident_claims", "parties", "party_names", "circle_parties", "incident_parties", "ties"),
)
_AUDIT_COLUMNS: Final = "key, at, person, act, subject, detail"


def read_members(connection: Connection) -> list[Member]:
    """Everybody with a role, by name."""
    rows = connection.execute(select(schema.members).order_by(schema.members.c.person))
    return [Member(row.person, Role(row.role), row.login) for row in rows]


def write_member(connection: Connection, member: Member, where: str) -> None:
    """Gives a person this role in place of any other; in PostgreSQL the user `login` gets its rights."""
    others = [one for one in read_members(connection) if one.person != member.person]
    if member.role is not Role.OWNER and not any(one.role is Role.OWNER for one in others):
        raise CasebookError(
            "a casebook with members needs an owner", where=where, mend="name the owner first"
        )
    table = schema.members
    connection.execute(delete(table).where(table.c.person == member.person))
    postgres = connection.dialect.name == "postgresql"
    login = member.login or (member.person if postgres and _is_user(connection, member.person) else None)
    row = {"person": member.person, "role": member.role.value, "login": login}
    connection.execute(insert(table), row)
    if login and postgres:
        grant(connection, login, member.role, where)


def drop_member(connection: Connection, person: str, where: str) -> None:
    """Takes a person's role away; raises `CasebookError` for one that has none, and for the last owner."""
    known = {one.person: one for one in read_members(connection)}
    if person not in known:
        raise CasebookError(f"{person} has no role here", where=where, mend="see `stemma members`")
    rest = [one for name, one in known.items() if name != person]
    if rest and not any(one.role is Role.OWNER for one in rest):
        raise CasebookError("the last owner cannot go", where=where, mend="name another owner first")
    connection.execute(delete(schema.members).where(schema.members.c.person == person))
    login = known[person].login
    if login and connection.dialect.name == "postgresql" and _is_user(connection, login):
        _revoke(connection, _quoted(connection, login))


def grant(connection: Connection, login: str, role: Role, where: str) -> None:
    """The rights of a role to a user of the database, in place of what that user had on these tables."""
    if not _is_user(connection, login):
        raise CasebookError(
            f"the database has no user {login}", where=where, mend=f"make one: createuser {login}"
        )
    if login == connection.exec_driver_sql("SELECT current_user").scalar():
        return  # whoever made the tables has all rights to them
    user = _quoted(connection, login)
    _revoke(connection, user)
    statements = [
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {_schema(connection)} TO {user}",
        f"GRANT INSERT ({_AUDIT_COLUMNS}) ON audit TO {user}",
    ]
    if role is not Role.READER:
        statements.append(f"GRANT INSERT ON judgements, chain TO {user}")
        statements.append(f"GRANT INSERT, UPDATE, DELETE ON {', '.join(_ALL_KEPT)} TO {user}")
    if role is Role.OWNER:
        statements.append(f"GRANT ALL ON ALL TABLES IN SCHEMA {_schema(connection)} TO {user}")
    for statement in statements:
        connection.execute(text(statement))


def grant_anew(connection: Connection, where: str) -> None:
    """The rights of all members, on tables too that a migration made."""
    for member in read_members(connection):
        if member.login and _is_user(connection, member.login):
            grant(connection, member.login, member.role, where)


def _revoke(connection: Connection, user: str) -> None:
    connection.execute(text(f"REVOKE ALL ON ALL TABLES IN SCHEMA {_schema(connection)} FROM {user}"))
    connection.execute(text(f"REVOKE INSERT ({_AUDIT_COLUMNS}) ON audit FROM {user}"))


def _is_user(connection: Connection, login: str) -> bool:
    found = text("SELECT 1 FROM pg_roles WHERE rolname = :login")
    return connection.execute(found, {"login": login}).first() is not None


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(name).replace(":", r"\:")


def _schema(connection: Connection) -> str:
    return _quoted(connection, str(connection.exec_driver_sql("SELECT current_schema()").scalar()))


def role_of(members: Sequence[Member], person: str) -> Role | None:
    """The role of a person: owner of a casebook without members, none where only others have one."""
    if not members:
        return Role.OWNER
    return next((one.role for one in members if one.person == person), None)


def require_reviewer(members: Sequence[Member], person: str) -> None:
    """Raises `CasebookError` where this person may not judge."""
    role = role_of(members, person)
    if role not in (Role.REVIEWER, Role.OWNER):
        what = f"is a {role.value}" if role else "has no role"
        raise CasebookError(
            f"{what} in this casebook and may not judge",
            where=person,
            mend="an owner can change that: stemma members NAME reviewer",
        )
