"""What a person does at the desk, checked and written down as judgements."""

from __future__ import annotations

import datetime
import threading
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from stemma.desk.book import JudgementBook, parts_of
from stemma.desk.entries import find_or_make, read_entry
from stemma.desk.reviewing import Review, review
from stemma.desk.values import PATHS
from stemma.model import Claim, ClaimType, Entity, Judgement, Span, hash_bytes
from stemma.store import Store
from stemma.store.members import require_reviewer

LONGEST_NOTE: Final = 2000
LONGEST_EVIDENCE: Final = 3000
"""Characters of a selection: a claim's words are a sentence or two, not a page."""

_SENTENCE_ENDS: Final = ".!?\n"


class JudgingError(ValueError):
    """What was asked cannot be followed; the text is one line for the person."""


@dataclass(slots=True)
class Bench:
    """Where judgements are written: the casebook's store and the book over it."""

    store: Store
    book: JudgementBook
    _lock: threading.Lock

    def review_for(self, report: str, person: str) -> Review:
        """The report as this person judged it; raises `KeyError` for an unknown id."""
        self.book.refresh()
        return review(self.store.document(report), self.store.coding(report), self.book.on(report, person))

    def judge(self, person: str, asked: dict[str, Any]) -> str:
        """Writes down what was asked; gives the id of the claim concerned.

        `asked` has `report`, `do` and what that needs: `claim`, `value` (a path) with `new` or `typed`,
        `other` (a subject), `note`, or `start` and `end` of a selection. Raises `JudgingError`, `KeyError`.
        """
        do = asked.get("do")
        require_reviewer(self.store.members(), person)
        with self._lock:
            current = self.review_for(_text(asked, "report"), person)
            if do == "add":
                return self._add(person, current, asked)
            claim = next((c for c in current.coding.claims if c.id == asked.get("claim")), None)
            if claim is None:
                raise JudgingError("this claim is no longer there: load the page again")
            if do in ("accept", "reject"):
                self._write(person, _subject(current, claim.id), do)
            elif do == "correct":
                self._correct(person, current, claim, asked)
            elif do == "split":
                return self._split(person, current, claim)
            elif do == "one":
                self._one(person, current, claim, _text(asked, "other"))
            elif do in ("same", "not-same"):
                self._pair(person, current, claim, do, _text(asked, "other"))
            elif do == "note":
                note = _text(asked, "note").strip()
                if not note or len(note) > LONGEST_NOTE:
                    raise JudgingError(f"a note has 1 to {LONGEST_NOTE} letters")
                self._write(person, _subject(current, claim.id), "note", reason=note)
            else:
                raise JudgingError("nothing is known of that: load the page again")
            return claim.id

    def crossing(self, person: str, report: str, claim: str, seen: int) -> list[Judgement]:
        """What others said of a claim after the first `seen` judgements: told to who comes second."""
        return [
            judgement
            for judgement in self.store.judgements(skip=seen)
            if judgement.person != person and parts_of(judgement.subject)[:2] == (report, claim)
        ]

    def undo(self, person: str) -> Judgement | None:
        """Takes back this person's last judgement that stands; gives it, or None where there is none."""
        return self._turn(person, "undo", self.book.last_done)

    def redo(self, person: str) -> Judgement | None:
        """Brings back what this person took back last; gives it, or None where there is nothing."""
        return self._turn(person, "redo", self.book.last_undone)

    def _turn(self, person: str, verdict: str, last: Any) -> Judgement | None:
        require_reviewer(self.store.members(), person)
        with self._lock:
            self.book.refresh()
            found: tuple[Judgement, str] | None = last(person)
            if found is None:
                return None
            self._write(person, found[0].subject, verdict, found[1])
            return found[0]

    def _correct(self, person: str, current: Review, claim: Claim, asked: dict[str, Any]) -> None:
        path = _text(asked, "value")
        if path not in PATHS:
            raise JudgingError("a claim has no such value")
        entities: list[Entity] = []
        new = asked.get("new")
        if "typed" in asked:
            try:
                entry = read_entry(current.document, current.coding, claim, path, _text(asked, "typed"))
            except ValueError as error:
                raise JudgingError(str(error)) from error
            new, entities = entry.value, entry.entities
        _check(claim, path, new, {entity.id for entity in (*current.coding.entities, *entities)})
        for entity in entities:
            self._write_entity(person, current, entity)
        if current.state(claim.id).verdict == "reject":
            self._write(person, _subject(current, claim.id), "accept")
        self._write(person, f"{_subject(current, claim.id)}/{path}", "correct", new)

    def _pair(self, person: str, current: Review, claim: Claim, verdict: str, other: str) -> None:
        report, there, value = parts_of(other)
        subject = _subject(current, claim.id)
        if value or other == subject:
            raise JudgingError("mark another claim first")
        try:
            known = {known.id for known in self.review_for(report, person).coding.claims}
        except KeyError:
            known = set()
        if there not in known:
            raise JudgingError("the marked claim is no longer there")
        self._write(person, subject, verdict, other)

    def _split(self, person: str, current: Review, claim: Claim) -> str:
        """One claim is two: a second one with the same words and values, to be corrected like any other."""
        made = _new_id(f"{person}\0{_now().isoformat()}\0{claim.id}")
        wire = {**claim.wire(), "id": made, "score": None, "notes": []}
        self._write(person, _subject(current, made), "add", wire, f"split from {claim.id}")
        return made

    def _one(self, person: str, current: Review, claim: Claim, other: str) -> None:
        """Two claims of a report are one: the marked one goes, and says into which."""
        report, there, value = parts_of(other)
        known = {known.id for known in current.coding.claims}
        if report != current.coding.report or value or there not in known - {claim.id}:
            raise JudgingError("mark another claim of this report first")
        self._write(person, other, "reject", reason=f"one with {claim.id}")

    def _add(self, person: str, current: Review, asked: dict[str, Any]) -> str:
        """A claim on the words selected: they are its trigger, their sentence its evidence."""
        text = current.document.text
        start, end = asked.get("start"), asked.get("end")
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
            raise JudgingError("select some words of the report first")
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end or end - start > LONGEST_EVIDENCE:
            raise JudgingError(f"select 1 to {LONGEST_EVIDENCE} letters")
        try:
            kind = ClaimType(str(asked.get("type")))
        except ValueError as error:
            raise JudgingError(f"{asked.get('type')!r} is no type of claim") from error
        evidence = _sentence(current, start, end)
        moment = _now()
        made = _new_id(f"{person}\0{moment.isoformat()}\0{start}\0{end}")
        claim = Claim(
            id=made,
            type=kind,
            evidence=evidence.of(text),
            trigger=text[start:end],
            span=evidence,
            trigger_span=Span(start=start, end=end),
        )
        actor = asked.get("actor")
        if isinstance(actor, str) and actor.strip():
            entity = find_or_make(current.document, current.coding, " ".join(actor.split())[:200])
            if entity not in current.coding.entities:
                self._write_entity(person, current, entity)
            claim = Claim.from_wire({**claim.wire(), "roles": {"actor": [entity.id]}})
        self._write(person, _subject(current, made), "add", claim.wire())
        return made

    def _write_entity(self, person: str, current: Review, entity: Entity) -> None:
        self._write(person, f"{current.coding.report}#@{entity.id}", "add", entity.wire())

    def _write(
        self, person: str, subject: str, verdict: str, value: Any = None, reason: str | None = None
    ) -> None:
        self.book.write(
            Judgement(subject=subject, verdict=verdict, value=value, person=person, at=_now(), reason=reason)
        )


def make_bench(store: Store) -> Bench:
    """The bench over this casebook."""
    return Bench(store, JudgementBook(store), threading.Lock())


_last = [datetime.datetime.min.replace(tzinfo=datetime.UTC)]


def _now() -> datetime.datetime:
    """The time, later than any given before: judgements of one moment would have no order."""
    moment = datetime.datetime.now(datetime.UTC)
    if moment <= _last[0]:
        moment = _last[0] + datetime.timedelta(microseconds=1)
    _last[0] = moment
    return moment


def _new_id(of: str) -> str:
    """The id of a claim that a person makes; an engine's ids begin otherwise."""
    return "h" + hash_bytes(of.encode("utf-8", "surrogatepass"))[:10]


def _text(asked: dict[str, Any], name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str):
        raise JudgingError(f"{name} is missing")
    return value


def _subject(current: Review, claim: str) -> str:
    return f"{current.coding.report}#{claim}"


def _check(claim: Claim, path: str, new: Any, entities: set[str]) -> None:
    """Raises `JudgingError` where the new value does not fit the claim."""
    wire = claim.wire()
    head, _, role = path.partition(".")
    if role:
        if not isinstance(new, list) or not all(
            isinstance(party, str) and party in entities for party in new
        ):
            raise JudgingError("one of the parties is not known in this report")
        wire["roles"][role] = new
    else:
        wire[head] = new
    try:
        Claim.from_wire(wire)
    except (ValidationError, ValueError, TypeError) as error:
        raise JudgingError("this value does not fit a claim") from error


def _sentence(current: Review, start: int, end: int) -> Span:
    """The sentence around a selection, within its passage."""
    text = current.document.text
    passage = current.document.passage_at(start)
    low, high = (passage.span.start, max(passage.span.end, end)) if passage else (0, len(text))
    first, last = start, end
    while first > low and start - first < LONGEST_EVIDENCE // 2:
        if text[first - 1] == "\n" or (
            text[first - 1] in " \t" and text[max(low, first - 2)] in _SENTENCE_ENDS
        ):
            break
        first -= 1
    while last < high and last - end < LONGEST_EVIDENCE // 2 and text[last - 1] not in _SENTENCE_ENDS:
        last += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return Span(start=first, end=last)
