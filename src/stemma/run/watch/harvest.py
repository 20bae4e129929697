"""Pages -> reports: what is new or has changed, kept as it was sent and given on."""

from __future__ import annotations

import datetime
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Final

from stemma.model import Document, Header, PassageKind, Refusal, Report, hash_bytes
from stemma.read import read_document
from stemma.run.intake.warcs import PAGES
from stemma.run.watch.answers import Answer, Failure, Known
from stemma.run.watch.fetching import Fetcher
from stemma.run.watch.naming import host_of, key_of, report_of, version_of
from stemma.run.watch.pages import Pages
from stemma.run.watch.parallel import in_parallel
from stemma.run.watch.state import PageState, State
from stemma.settings import Settings

HOUR: Final = 3600.0
DAY: Final = 24 * HOUR
LOOKS: Final = (HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY)
"""After so long a page is looked at again, as long as it stays as it was: most corrections come within hours.
A page that changed begins anew."""
GIVE_UP: Final = 5
"""Failures in a row after which a page is left."""
FINAL: Final = frozenset(
    ("robots", "private", "bad-address", "port", "bomb", "too-large", "redirects", "not-a-page")
)
"""Failures that another try would not mend."""
ACCEPT: Final = "text/html, application/xhtml+xml, text/plain;q=0.8, application/pdf;q=0.8"


@dataclass(slots=True)
class Round:
    """What one round did.

    `fresh` are the ids of the reports that are new in the casebook, `faults` what could not be had, as
    (address, why), `gone` the pages that were there and are no more.
    """

    feeds: int = 0
    unchanged: int = 0
    failed: int = 0
    pages: int = 0
    same: int = 0
    added: int = 0
    versions: int = 0
    known: int = 0
    refused: int = 0
    missed: int = 0
    waiting: int = 0
    fresh: list[str] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def backoff(failures: int, interval: float, wait: float | None = None) -> float:
    """Seconds until the next try: twice as long after each failure, to a day; or what the server asks."""
    return max(min(interval * float(1 << min(failures, 16)), DAY), wait or 0.0)


@dataclass(slots=True)
class _Coming:
    """A report on its way into the casebook, and what its page will be once it is there."""

    page: PageState
    version: int
    hash: str


@dataclass(slots=True)
class Harvest:
    """Fetches what is due, keeps it, and gives reports on; told what became of each, it writes that down."""

    state: State
    pages: Pages
    fetcher: Fetcher
    settings: Settings
    outlets: dict[str, str]
    done: Round
    _coming: dict[str, _Coming] = field(default_factory=dict)

    def reports(self) -> Generator[Report, None, None]:
        """The reports of the pages that are due now and are new or have changed."""
        options = self.fetcher.options
        groups = list(self.state.due_pages(self._now(), options.pages_per_host))

        def fetch(page: PageState) -> Answer | Failure:
            known = Known(page.etag, page.modified)
            return self.fetcher.get(page.address, options.max_page, known, ACCEPT)

        with closing(in_parallel(groups, fetch, options.hosts_at_once, self.fetcher.clock.stop)) as found:
            for page, answer in found:
                report = self._take(page, answer)
                if report is not None:
                    yield report

    def arrived(self, report: str, *, version: bool) -> None:
        """Writes down that this report is in the casebook."""
        coming = self._coming.pop(report)
        page = coming.page
        page.versions, page.hash, page.looked, page.said = coming.version, coming.hash, 0, ""
        self._look_again(page)
        if version:
            self.done.versions += 1

    def refused(self, refusal: Refusal) -> None:
        """Writes down that the report of this address cannot be read."""
        for report, coming in list(self._coming.items()):
            if coming.page.address == refusal.where:
                del self._coming[report]
                coming.page.hash, coming.page.said = coming.hash, refusal.what
                self._look_again(coming.page)

    def is_version(self, report: str) -> bool:
        """True for a report that is a later version of a page."""
        return report in self._coming and self._coming[report].version > 1

    def _now(self) -> float:
        return self.fetcher.clock.now()

    def _look_again(self, page: PageState) -> None:
        page.failures = 0
        page.seen = self._now()
        page.due = page.seen + LOOKS[page.looked] if page.looked < len(LOOKS) else None
        page.looked += 1
        self.state.put(page)

    def _take(self, page: PageState, answer: Answer | Failure) -> Report | None:
        self.done.pages += 1
        if isinstance(answer, Failure):
            self._miss(page, answer)
            return None
        if answer.status == 304:
            self.done.same += 1
            self._look_again(page)
            return None
        if answer.status in (404, 410) and page.versions:
            self.done.gone.append(page.address)
            page.said, page.due = f"gone (status {answer.status})", None
            self.state.put(page)
            return None
        if answer.status != 200:
            self._miss(page, Failure(page.address, "status", f"status {answer.status}"))
            return None
        media_type = PAGES.get(answer.media_type)
        if media_type is None and not answer.media_type and answer.body.lstrip()[:1] == b"<":
            media_type = "text/html"
        if media_type is None:
            said = answer.media_type or "an unknown type"
            self._miss(page, Failure(page.address, "not-a-page", f"it is no page but {said}"))
            return None
        moved = self._moved(page, answer)
        return self._report(moved, answer, media_type) if moved else None

    def _miss(self, page: PageState, failure: Failure) -> None:
        self.done.missed += 1
        self.done.faults.append((page.address, failure.what))
        page.said = failure.what
        if failure.code != "busy":
            page.failures += 1
        if failure.code in FINAL or page.failures >= GIVE_UP:
            page.due = None
        else:
            page.due = self._now() + backoff(page.failures, HOUR / 4, failure.wait)
        self.state.put(page)

    def _moved(self, page: PageState, answer: Answer) -> PageState | None:
        """The page that the answer is of: another one after a redirect, none where that was looked at."""
        key = key_of(answer.address)
        if key == page.key:
            return page
        target = self.state.page(key)
        page.due, page.said, page.seen = None, f"moved to {answer.address}", self._now()
        self.state.put(page)
        if target is not None:
            if target.versions or target.seen is not None:
                self.done.same += 1
                return None
        else:
            target = PageState(
                key, answer.address, host_of(answer.address), page.feed, report_of(answer.address)
            )
            target.published, target.stated = page.published, page.stated
        target.seen = self._now()
        self.state.put(target)
        return target

    def _report(self, page: PageState, answer: Answer, media_type: str) -> Report | None:
        report = Report(
            id=page.report,
            address=page.address,
            media_type=media_type,
            content=answer.body,
            charset=_charset(answer),
            header=Header(url=answer.address, outlet=self.outlets.get(page.feed)),
            retrieved=answer.at,
        )
        page.etag, page.modified = answer.head.get("etag"), answer.head.get("last-modified")
        mark = hash_bytes(answer.body)
        try:
            document = read_document(report, self.settings.read)
        except Exception:
            # Whatever a hostile page does to a parser: the pipeline, which comes next, says why and notes it.
            document = None
        if document is not None:
            mark = text_hash(document)
            if document.published is None and page.published:
                # The page's own date is better than the feed's, and the feed's better than none.
                day = datetime.date.fromisoformat(page.published)
                report = report.model_copy(
                    update={"header": report.header.model_copy(update={"published": day})}
                )
        if mark == page.hash:
            self.done.same += 1
            self._look_again(page)
            return None
        number = page.versions + 1
        report = report.model_copy(update={"id": version_of(page.report, number)})
        page.kept = f"{page.kept} {self.pages.keep(answer)}".strip()
        page.first = page.first or self._now()
        self._coming[report.id] = _Coming(page, number, mark)
        return report


def text_hash(document: Document) -> str:
    """The hash of what a reader reads: changed boilerplate (`most read`, dates in the foot) is no change."""
    read = [
        passage.span.of(document.text)
        for passage in document.passages
        if passage.kind not in (PassageKind.FURNITURE, PassageKind.QUOTATION)
    ]
    return hash_bytes("\n".join([document.title or "", *read]).encode("utf-8", "replace"))


def _charset(answer: Answer) -> str | None:
    _, _, said = answer.head.get("content-type", "").lower().partition("charset=")
    name = said.split(";")[0].strip(" \"'")
    return name if name and name.isascii() and len(name) <= 40 else None
