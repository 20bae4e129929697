"""A dossier to print: one page of HTML that asks nothing of any other place and runs nothing."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any, Final

from stemma.export.declared import below, losses_of
from stemma.export.options import ExportOptions
from stemma.export.phrases import (
    at_path,
    chain_words,
    claim_label,
    entities_of,
    hedge_words,
    place_words,
    safe_json,
    time_words,
    visible,
    web_address,
)
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.export.told import (
    CHAIN,
    HEDGED,
    HEDGES,
    LABELS,
    OFFSETS,
    PARTIES_IN_WORDS,
    PARTIES_LOST,
    PLACE_LOST,
    SOURCES_IN_WORDS,
    SOURCES_LOST,
    TIME_LOST,
)
from stemma.model import Claim, Coding, Dispute, Entity, Incident, Judgement, standing

_LOSSES: Final = losses_of(
    {
        below("codings", "agencies engine engine_version notes"): "a dossier is about what reports say",
        PARTIES_LOST: LABELS,
        below("codings.claims", "counts trigger readings score notes"): "the quoted words say it",
        OFFSETS: "it gives the place of the quoted words only",
        SOURCES_LOST: CHAIN,
        below("codings.claims.time", TIME_LOST): "when is told in words",
        below("codings.claims.place", PLACE_LOST): "where is told in words",
        below("lineage.dependences", "score cue alignments"): "it gives the reason in words",
        "lineage.dispatches": "the siblings of a dispatch each have their line",
        below("incidents", "type merged parties part_of told statements"): "the claims say it",
        below("incidents.time", TIME_LOST): "when is told in words",
        below("incidents.place", PLACE_LOST): "where is told in words",
        below("incidents.origins", "origins reasons"): "the sentence says it",
        below(
            "incidents.disputes.versions", "claims origins said withdrawn"
        ): "a version is a value and reports",
    },
    {
        f"{PARTIES_IN_WORDS} codings.claims.roles": LABELS,
        below("codings.claims", "type mode"): "what it is stands in words",
        below("codings.claims.time", "text start end"): "when is told in words",
        below("codings.claims.place", "text canonical"): "where is told in words",
        SOURCES_IN_WORDS: CHAIN,
        HEDGES: HEDGED,
        below("incidents.time", "text start end"): "when is told in words",
        below("incidents.place", "text canonical"): "where is told in words",
        "judgements": "only those on claims are printed, in words",
    },
)
_STYLE: Final = (
    "body{font:11pt/1.45 Georgia,serif;color:#111;max-width:48em;margin:2em auto;padding:0 1em}"
    "h1,h2,h3{line-height:1.2}h2{border-bottom:1px solid #999;margin-top:2em}"
    "blockquote{margin:.4em 0 .4em 1em;padding-left:.8em;border-left:3px solid #999;white-space:pre-wrap;"
    "overflow-wrap:anywhere}p,li,h2,h3{overflow-wrap:anywhere}.small{color:#555;font-size:.85em}"
    "article{break-inside:avoid-page;margin:1em 0}@media print{body{margin:0;max-width:none}}"
)
_HEAD: Final = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
    '<meta name="referrer" content="no-referrer">'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    f"<title>Dossier: who says so?</title><style>{_STYLE}</style></head><body>\n"
    "<h1>Who says so?</h1>\n<p>What these reports claim, in their words, and on whose word. "
    "Nothing here is a verdict on what is true.</p>\n"
)


class HtmlDossier:
    """One page: incidents with their origins and disputes, then each report with its claims."""

    name = "html"
    description = (
        "A dossier for reading and printing: one HTML page without script or outside requests, incidents "
        "with origins and disputes first, then every claim in its report's words."
    )
    suffix = ".html"
    tables: tuple[str, ...] = ()
    merged = True
    documents = False

    def losses(self) -> tuple[Loss, ...]:
        """What the page does not print."""
        return _LOSSES

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes the page; a row is a claim."""
        rows = 0
        judged: dict[str, list[Judgement]] = {}
        for judgement in standing(stock.judgements):
            # `REPORT#CLAIM/VALUE` is printed below the claim; a report's id may hold slashes itself.
            report, sign, claim = judgement.subject.rpartition("#")
            judged.setdefault(report + sign + claim.partition("/")[0], []).append(judgement)
        with target.open() as out:
            out.write(_HEAD.encode())
            if stock.incidents:
                out.write(b"<h2>Incidents</h2>\n")
            for incident in stock.incidents:
                out.write("".join(_incident(incident)).encode())
            out.write(b"<h2>Reports</h2>\n")
            for coding in stock.codings:
                out.write("".join(_coding(coding, stock, judged)).encode())
                rows += len(coding.claims)
            out.write(b"</body></html>\n")
        return Written(rows)


def _incident(incident: Incident) -> Iterator[str]:
    yield f'<article class="incident" id="{_text("incident-" + incident.id)}">'
    yield f"<h3>{_part('title', incident.title)}</h3>\n"
    yield _line("when", time_words(incident.time)) + _line("where", place_words(incident.place))
    origins = incident.origins
    yield _line("sentence", origins.sentence)
    numbers = (("low", origins.low), ("likely", origins.likely), ("high", origins.high))
    spans = ", ".join(f'{name} <span class="{name}">{number}</span>' for name, number in numbers)
    yield f'<p class="small">Independent origins: {spans}.</p>\n'
    for dispute in incident.disputes:
        yield from _dispute(dispute)
    paths = "".join(f"<li>{_part('claim', at_path(at))}</li>" for at in incident.claims)
    yield f'<ul class="claims small">{paths}</ul></article>\n'


def _dispute(dispute: Dispute) -> Iterator[str]:
    of = f" of {_part('of', dispute.of)}" if dispute.of is not None else ""
    yield f'<div class="dispute"><p>In dispute: {_part("attribute", dispute.attribute)}{of} '
    yield f"({_part('kind', dispute.kind)}). {_part('note', dispute.note)}</p><ul>\n"
    for version in dispute.versions:
        reports = ", ".join(_part("report", report) for report in version.reports)
        yield f'<li class="version">{_part("value", version.value)}: {reports}</li>\n'
    yield "</ul></div>\n"


def _coding(coding: Coding, stock: Stock, judged: Mapping[str, list[Judgement]]) -> Iterator[str]:
    yield f'<section class="report" id="{_text("report-" + coding.report)}">'
    yield f"<h3>{_part('title', coding.title)}</h3>\n<p>{_part('outlet', coding.outlet)} "
    day = coding.published.isoformat() if coding.published else None
    yield f"{_part('published', day)} {_part('language', coding.language)} {_address(coding.url)}</p>\n"
    yield f'<p class="small">Report {_part("id", coding.report)} '
    yield f"{_part('document', coding.document_hash)}</p>\n"
    for one in stock.lineage.of(coding.report):
        credited = '<span class="credited">credited</span>' if one.credited else "not credited"
        yield f'<p class="dependence">{_part("kind", str(one.kind))} {_part("parent", one.parent)} '
        yield f"({credited}): {_part('reason', one.reason)}</p>\n"
    entities = entities_of(coding)
    for claim in coding.claims:
        yield from _claim(coding, claim, entities)
        for judgement in judged.get(f"{coding.report}#{claim.id}", ()):
            yield _judgement(judgement)
    yield "</section>\n"


def _claim(coding: Coding, claim: Claim, entities: Mapping[str, Entity]) -> Iterator[str]:
    yield f'<article class="claim" id="{_text(f"claim-{coding.report}#{claim.id}")}">'
    yield f"<p><b>{_part('label', claim_label(claim, entities))}</b></p>\n"
    yield f'<blockquote class="evidence" dir="auto">{_text(claim.evidence)}</blockquote>\n'
    yield _line("when", time_words(claim.time)) + _line("where", place_words(claim.place))
    yield _line("voices", chain_words(claim.sources) or "the report's own voice", "On the word of: ")
    yield _line("hedge", hedge_words(claim), "Held back: ")
    place = ""
    if claim.span:
        ends = (("start", claim.span.start), ("end", claim.span.end))
        place = ", characters " + " to ".join(f'<span class="{name}">{end}</span>' for name, end in ends)
    yield f'<p class="small">Claim {_part("id", claim.id)}{place}</p></article>\n'


def _judgement(judgement: Judgement) -> str:
    of = judgement.subject.rpartition("#")[2]
    said = f"{judgement.verdict} on {of} by {judgement.person}, {judgement.at.isoformat()}"
    if judgement.value is not None:
        said += f", {safe_json(judgement.value)}"
    return _line("judgement", f"{said}: {judgement.reason}" if judgement.reason else said)


def _address(url: str | None) -> str:
    """A link to a page of the web; any other address as mere text."""
    href = web_address(url)
    if href is None:
        return _part("url", url)
    return f'<a class="url" rel="noreferrer noopener nofollow" href="{html.escape(href)}">{_text(href)}</a>'


def _line(name: str, text: str, before: str = "") -> str:
    return f"<p>{before}{_part(name, text)}</p>\n" if text else ""


def _part(name: str, text: Any) -> str:
    return f'<bdi class="{name}">{_text(text)}</bdi>' if text is not None else ""


def _text(text: str) -> str:
    return html.escape(visible(text))
