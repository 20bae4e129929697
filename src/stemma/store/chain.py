"""The chain of hashes over all evidence: any later change of it is found.

Each report's bytes, each document, coding and judgement has one link, made of its own hash and the link
before it (as in a log that can only grow). Who can write to the database can make the whole chain anew; the
head that was noted down elsewhere, on paper or in a backup's name, tells that too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from stemma.errors import CasebookError
from stemma.model import Coding, hash_bytes
from stemma.store import schema
from stemma.store.index import claim_row
from stemma.store.pack import inflate, unpack
from stemma.store.protocol import Verified

VERSION: Final = "version"
DOCUMENT: Final = "document"
CODING: Final = "coding"
JUDGEMENT: Final = "judgement"


def digest(*parts: object) -> str:
    """One hash for all parts, none of which can pass for a part of another."""
    whole = hashlib.sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else str(part).encode("utf-8")
        whole.update(b"%d:" % len(content) + content)
    return whole.hexdigest()


def append(connection: Connection, items: Sequence[tuple[str, int, Sequence[object]]]) -> None:
    """Gives each item (its kind, key and parts) the next link of the chain."""
    table = schema.chain
    last = connection.execute(select(table.c.key, table.c.link).order_by(table.c.key.desc()).limit(1)).first()
    key, link = (int(last.key), str(last.link)) if last else (0, "")
    rows = []
    for kind, item, parts in items:
        key += 1
        found = digest(kind, item, *parts)
        link = digest(link, kind, item, found)
        rows.append({"key": key, "kind": kind, "item": item, "hash": found, "link": link})
    connection.execute(insert(table), rows)


def verify(connection: Connection, head: str = "") -> Verified:
    """Compares all evidence with the chain, and the index of claims with the codings.

    With `head`, a link noted down earlier, it is also an error where the chain has no such link.
    """
    done = Verified()
    hashes = _walk(connection, done, head)
    for kind, rows in _evidence(connection):
        count = 0
        for key, name, parts in rows:
            count += 1
            known = hashes.pop((kind, key), None)
            if known is None:
                done.wrong.append(f"{name} was entered past stemma: it has no link in the chain")
            elif known != digest(kind, key, *parts):
                done.wrong.append(f"{name} was changed")
            elif kind == VERSION and not _is_whole(str(parts[1]), parts[2]):
                done.wrong.append(f"{name} cannot be read any more")
        done.counts[kind] = count
    done.wrong += [f"{kind} {key} is gone" for kind, key in hashes]
    done.wrong += _index_faults(connection)
    return done


def _walk(connection: Connection, done: Verified, head: str) -> dict[tuple[str, int], str]:
    """The hash of each item in the chain; whether each link follows from the one before."""
    hashes: dict[tuple[str, int], str] = {}
    link, before, met = "", 0, not head
    for row in connection.execute(select(schema.chain).order_by(schema.chain.c.key)):
        wanted = digest(link, row.kind, row.item, row.hash)
        if row.key != before + 1 or row.link != wanted:
            done.wrong.append(f"the chain is broken at link {row.key} ({row.kind} {row.item})")
        hashes[row.kind, row.item] = row.hash
        link, before = row.link, row.key
        met = met or link == head
    done.counts["link"] = before
    done.head = link
    if not met:
        done.wrong.append(f"the chain has no link {head}: it was made anew, or this is another casebook")
    return hashes


def _evidence(connection: Connection) -> Iterator[tuple[str, Iterator[tuple[int, str, Sequence[Any]]]]]:
    """Each kind with its rows: key, name for people, and the parts that are hashed."""
    reports, versions = schema.reports, schema.versions
    documents, codings, judgements = schema.documents, schema.codings, schema.judgements
    named = select(versions.c.key, reports.c.id).join_from(versions, reports)
    ids = {row.key: row.id for row in connection.execute(named)}

    def rows(wanted: Any) -> Iterator[Any]:
        return iter(connection.execution_options(yield_per=200).execute(wanted))

    bytes_of = select(versions.c.key, reports.c.id, versions.c.bytes_hash, versions.c.content).join_from(
        versions, reports
    )
    yield (
        VERSION,
        ((r.key, f"the bytes of {r.id}", tuple(r)[1:]) for r in rows(bytes_of.order_by(versions.c.key))),
    )
    wanted = select(documents.c.key, documents.c.version, documents.c.hash, documents.c.wire)
    yield (
        DOCUMENT,
        (
            (r.key, f"a document of {ids.get(r.version, '?')}", tuple(r)[1:])
            for r in rows(wanted.order_by(documents.c.key))
        ),
    )
    c = codings.c
    wanted = select(c.key, c.version, c.document, c.unit, c.added_at, c.report_wire, c.wire)
    yield (
        CODING,
        (
            (r.key, f"a coding of {ids.get(r.version, '?')}", tuple(r)[1:])
            for r in rows(wanted.order_by(c.key))
        ),
    )
    j = judgements.c
    wanted = select(j.key, j.subject, j.verdict, j.person, j.at, j.wire).order_by(j.key)
    yield (
        JUDGEMENT,
        (
            (r.key, f"the judgement of {r.person} on {r.subject} at {r.at}", tuple(r)[1:])
            for r in rows(wanted)
        ),
    )


def _is_whole(bytes_hash: str, content: bytes) -> bool:
    try:
        return hash_bytes(inflate(content)) == bytes_hash
    except CasebookError:
        return False


def _index_faults(connection: Connection) -> list[str]:
    """Reports whose claims in the index are not those of their latest coding."""
    reports, versions, codings, claims = schema.reports, schema.versions, schema.codings, schema.claims
    latest = (
        select(codings.c.wire)
        .join_from(codings, versions)
        .where(versions.c.report == reports.c.key)
        .order_by(versions.c.key.desc(), codings.c.key.desc())
        .limit(1)
        .scalar_subquery()
    )
    faults = []
    for key, report, wire in connection.execute(select(reports.c.key, reports.c.id, latest)).all():
        try:
            coding = unpack(Coding, wire)
        except (CasebookError, ValueError):
            faults.append(f"the latest coding of {report} cannot be read any more")
            continue
        wanted = [{"ordinal": n, **claim_row(claim)} for n, claim in enumerate(coding.claims)]
        columns = [claims.c[name] for name in wanted[0]] if wanted else [claims.c.ordinal]
        rows = connection.execute(select(*columns).where(claims.c.report == key).order_by(claims.c.ordinal))
        if [dict(row._mapping) for row in rows] != wanted:
            faults.append(f"the claims of {report} in the index are not those of its coding")
    return faults
