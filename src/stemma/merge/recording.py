"""The steps of merging, in their order: judgements, lineage, incidents, origins, disputes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stemma.merge.entities import Entities
from stemma.merge.facts import facts_of
from stemma.merge.incidents import group_facts
from stemma.merge.judgements import Judged, apply_judgements
from stemma.merge.kinship import Kinship
from stemma.merge.lineage_judged import judge_lineage
from stemma.merge.making import Maker
from stemma.merge.options import MergeOptions
from stemma.merge.parts import link_parts
from stemma.merge.protocol import Held
from stemma.merge.splitting import split_judged
from stemma.merge.tellings import look_again
from stemma.model import Coding, Incident, Judgement, Lineage, Note, Record


def make_record(held: Sequence[Held], judgements: Sequence[Judgement], options: MergeOptions) -> Record:
    """The record of these reports, as `stemma.merge.merge_record` says."""
    ordered = sorted({one.report: one for one in held}.values(), key=lambda one: one.report)
    ordered = split_judged(ordered, judgements)
    judged = apply_judgements(ordered, judgements, _claims_of_incidents(ordered, judgements, options))
    lineage = judge_lineage(_lineage(judged.held, options), judged)
    incidents = _incidents(judged, lineage)
    codings = tuple(_noted(one, judged) for one in judged.held)
    return Record(codings=codings, judgements=tuple(judgements), lineage=lineage, incidents=tuple(incidents))


def _lineage(held: Sequence[Held], options: MergeOptions) -> Lineage:
    if not options.lineage:
        return Lineage()
    from stemma.merge.lineage import lineage_of

    return lineage_of(held)


def _incidents(judged: Judged, lineage: Lineage) -> list[Incident]:
    held = {one.report: one for one in judged.held}
    kinship = Kinship(lineage, held)
    entities = Entities(judged.held, judged.identity)
    facts = facts_of(judged.held, entities)
    groups = group_facts(facts, kinship, judged.same, judged.apart)
    telling = look_again(groups, judged.held, kinship)
    maker = Maker(held, kinship, entities)
    made = [
        (maker.incident(group, index, telling), group)
        for index, group in enumerate(groups)
        if group.profile.members
    ]
    return link_parts(made)


def _claims_of_incidents(
    held: Sequence[Held], judgements: Sequence[Judgement], options: MergeOptions
) -> Callable[[str], tuple[str, str] | None]:
    """The first claim of an incident by its id, for judgements on incidents; computed only where one is."""
    subjects = [j.subject for j in judgements if j.verdict in ("same", "not-same")]
    if not any(subject.startswith("i-") for subject in subjects):
        return lambda _: None
    plain = _incidents(Judged(list(held)), _lineage(held, options))
    table = {incident.id: incident.claims[0] for incident in plain if incident.claims}

    def claim(path: str) -> tuple[str, str] | None:
        at = table.get(path)
        return (at.report, at.claim) if at else None

    return claim


def _noted(one: Held, judged: Judged) -> Coding:
    skipped = [
        (judgement, why)
        for judgement, why in judged.skipped
        if judgement.subject.rpartition("#")[0] == one.report
    ]
    if not skipped:
        return one.coding
    notes = tuple(
        Note(code="judgement-skipped", text=f"{j.verdict} of {j.subject} by {j.person}: {why}")
        for j, why in skipped
    )
    return one.coding.model_copy(update={"notes": (*one.coding.notes, *notes)})
