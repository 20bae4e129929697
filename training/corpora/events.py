"""WikiEvents, M2E2 and RAMS: triggers with a type, and arguments with a role, in one shape."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from corpora.gold import nearest, occurrences
from labels import EVENT_ROLES, EVENT_TYPES, EVENT_WIDTH, MAX_WIDTH
from stemma.extract.local.words import Words, split_words

if TYPE_CHECKING:  # torch is for training; the benchmarks load these sets without it
    import torch

ROOT = Path(os.environ.get("STEMMA_BENCH", "../shared/bench"))


@dataclass
class Event:
    trigger: tuple[int, int]
    type: int
    arguments: list[tuple[tuple[int, int], int]] = field(default_factory=list)


@dataclass
class Story:
    name: str
    words: Words
    events: list[Event]
    partial: bool = False  # one event of several is labelled: what is not says nothing
    told: frozenset[int] = frozenset()  # the types that are labelled at all; none: every one


def coarse(kind: str) -> str:
    return ".".join(kind.replace(":", ".").split(".")[:2])


def wikievents(split: str) -> list[Story]:
    """Documents; an argument stands where the set says, else at the occurrence nearest to the trigger."""
    found = []
    for line in (ROOT / "wikievents" / f"{split}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        tokens = row["tokens"]
        starts, text = [], ""
        for token in tokens:
            starts.append(len(text))
            text += token + " "
        words, events = split_words(text), []
        places = {part["id"]: (part["start"], part["end"] - 1) for part in row.get("entity_mentions", ())}
        for mention in row["event_mentions"]:
            trigger = mention["trigger"]
            first = trigger.get("start_idx", trigger.get("start"))
            last = trigger.get("end_idx", trigger.get("end")) - 1
            hit = words.words_in(starts[first], starts[last] + len(tokens[last]))
            kind = coarse(mention["event_type"])
            if not hit or kind not in EVENT_TYPES:
                continue
            event = Event(hit, EVENT_TYPES.index(kind))
            for argument in mention["arguments"]:
                if at := places.get(argument.get("entity_id")):
                    span = words.words_in(starts[at[0]], starts[at[1]] + len(tokens[at[1]]))
                else:
                    span = nearest(occurrences(words, " ".join(argument["text"].split())), hit)
                if span and argument["role"] in EVENT_ROLES:
                    event.arguments.append((span, EVENT_ROLES.index(argument["role"])))
            events.append(event)
        found.append(Story(row.get("docid") or row["doc_id"], words, events))
    return found


def m2e2() -> list[Story]:
    """Sentences of one report joined; offsets are the corpus's own."""
    reports: dict[str, list[dict]] = {}
    for name in ("text_only_event", "text_multimedia_event"):
        for line in (ROOT / "m2e2" / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            reports.setdefault(row["sentence_id"].rsplit("_", 1)[0], []).append(row)
    found = []
    for report, rows in sorted(reports.items()):
        rows.sort(key=lambda r: int(r["sentence_id"].rsplit("_", 1)[1]))
        text, marks = "", []
        for row in rows:
            starts = []
            for word in row["words"]:
                starts.append(len(text))
                text += word + " "
            text = text.rstrip() + "\n"
            for mention in row["golden-event-mentions"]:
                marks.append((row["words"], starts, mention))
        words, events = split_words(text), []
        for tokens, starts, mention in marks:
            hit = _at(words, tokens, starts, mention["trigger"])
            if not hit:
                continue
            event = Event(hit, EVENT_TYPES.index("ACE." + mention["event_type"]))
            for argument in mention["arguments"]:
                at = _at(words, tokens, starts, argument)
                if at:
                    event.arguments.append((at, EVENT_ROLES.index("ACE." + argument["role"])))
            events.append(event)
        found.append(Story(report, words, events))
    return found


# The types and roles of M2E2 in WikiEvents' terms.
_ACE_IN_WIKIEVENTS = {
    "Conflict:Attack": ("Conflict.Attack", "Attacker Target Instrument Place".split(), {}),
    "Movement:Transport": (
        "Movement.Transportation",
        ["Destination", "Origin", "Vehicle"],
        {"Agent": "Transporter", "Artifact": "PassengerArtifact", "Person": "PassengerArtifact"},
    ),
    "Life:Die": ("Life.Die", ["Victim", "Place", "Instrument"], {"Agent": "Killer"}),
    "Contact:Meet": ("Contact.Contact", ["Place"], {"Entity": "Participant"}),
    "Contact:Phone-Write": ("Contact.Contact", ["Place"], {"Entity": "Participant"}),
    "Conflict:Demonstrate": ("Conflict.Demonstrate", ["Place"], {"Entity": "Demonstrator"}),
    "Justice:Arrest-Jail": (
        "Justice.ArrestJailDetain",
        ["Place"],
        {"Person": "Detainee", "Agent": "Jailer"},
    ),
    "Transaction:Transfer-Money": ("Transaction.ExchangeBuySell", ["Giver", "Recipient"], {}),
}


def m2e2_as_wikievents() -> list[Story]:
    """M2E2 with the types and roles of WikiEvents, as far as they have their like there."""
    told = frozenset(EVENT_TYPES.index(kind) for kind, _, _ in _ACE_IN_WIKIEVENTS.values())
    found = []
    for story in m2e2():
        turned = []
        for event in story.events:
            kind, same, renamed = _ACE_IN_WIKIEVENTS[EVENT_TYPES[event.type].removeprefix("ACE.")]
            roles = {role: role for role in same} | renamed
            arguments = [
                (span, EVENT_ROLES.index(roles[name]))
                for span, role in event.arguments
                if (name := EVENT_ROLES[role].removeprefix("ACE.")) in roles
            ]
            turned.append(Event(event.trigger, EVENT_TYPES.index(kind), arguments))
        found.append(Story(story.name, story.words, turned, told=told))
    return found


# RAMS has finer types and roles of its own; these are WikiEvents', the others teach nothing here.
_RAMS_TYPES = {
    "conflict.attack": "Conflict.Attack",
    "conflict.demonstrate": "Conflict.Demonstrate",
    "life.die": "Life.Die",
    "life.injure": "Life.Injure",
    "contact.discussion": "Contact.Contact",
    "contact.negotiate": "Contact.Contact",
    "contact.collaborate": "Contact.Contact",
    "contact.mediastatement": "Contact.Contact",
    "contact.publicstatementinperson": "Contact.Contact",
    "contact.requestadvise": "Contact.RequestCommand",
    "contact.commandorder": "Contact.RequestCommand",
    "contact.threatencoerce": "Contact.ThreatenCoerce",
    "movement.transportperson": "Movement.Transportation",
    "movement.transportartifact": "Movement.Transportation",
    "transaction.transferownership": "Transaction.ExchangeBuySell",
    "transaction.transfermoney": "Transaction.ExchangeBuySell",
    "justice.arrestjaildetain": "Justice.ArrestJailDetain",
    "justice.investigate": "Justice.InvestigateCrime",
    "justice.judicialconsequences.convict": "Justice.Convict",
    "justice.initiatejudicialprocess.trialhearing": "Justice.TrialHearing",
    "justice.initiatejudicialprocess.chargeindict": "Justice.ChargeIndict",
    "artifactexistence.damagedestroy": "ArtifactExistence.DamageDestroyDisableDismantle",
    "manufacture.artifact": "ArtifactExistence.ManufactureAssemble",
    "inspection.sensoryobserve": "Cognitive.Inspection",
    "personnel.endposition": "Personnel.EndPosition",
    "personnel.startposition": "Personnel.StartPosition",
}
_RAMS_ROLES = {
    "damager": "Destroyer",
    "damagerdestroyer": "Destroyer",
    "judgecourt": "JudgeCourt",
    "manufacturer": "ManufacturerAssembler",
    "money": "PaymentBarter",
    "observedentity": "ObservedEntity",
    "passenger": "PassengerArtifact",
}


def rams() -> list[Story]:
    """Two thirds of the RAMS excerpts: those that `rams.held_out` does not keep for measuring."""
    from corpora import rams as corpus

    found = []
    for excerpt in corpus.load():
        finest = excerpt.type
        kind = _RAMS_TYPES.get(finest) or _RAMS_TYPES.get(finest.rpartition(".")[0])
        if kind is None or corpus.held_out(excerpt.name):
            continue
        words = split_words(excerpt.text)
        hit = words.words_in(*excerpt.trigger)
        if not hit:
            continue
        event = Event(hit, EVENT_TYPES.index(kind))
        for place, role in excerpt.arguments:
            name = _RAMS_ROLES.get(role, role.capitalize())
            at = words.words_in(*place)
            if at and name in EVENT_ROLES:
                event.arguments.append((at, EVENT_ROLES.index(name)))
        found.append(Story(f"RAMS/{excerpt.name}", words, [event], partial=True))
    return found


def _at(words: Words, tokens: list[str], starts: list[int], part: dict) -> tuple[int, int] | None:
    last = part["end"] - 1
    return words.words_in(starts[part["start"]], starts[last] + len(tokens[last]))


def losses(net, story: Story, x, device) -> dict[str, torch.Tensor]:
    import torch

    from losses import bce
    from prepare import bucket, relation

    heads = net.heads
    ace = story.name.startswith("VOA")
    # The two sets label different types: neither says anything about the other's.
    mask = torch.tensor([t.startswith("ACE.") == ace for t in EVENT_TYPES], device=device).float()
    if story.partial:
        (first, last), row = story.events[0].trigger, torch.zeros(len(x), 1, device=device)
        row[first : last + 1] = 1
        mask = mask * row
    logits = heads.event_trigger(heads.dropout(x))
    wanted = torch.zeros_like(logits)
    for event in story.events:
        wanted[event.trigger[0] : event.trigger[1] + 1, event.type] = 1
    result = {"event": bce(logits, wanted, mask, 2.0).sum() / (wanted.sum() + 5)}
    gold = {span for event in story.events for span, _ in event.arguments}
    if not gold:
        return result
    # Whatever a span can be to some event is proposed by a head of its own, and the roles are learned on
    # what it proposes: on gold spans alone they never see a wrong one.
    proposed = heads.event_spans(x)
    targets = torch.zeros_like(proposed)
    for first, last in gold:
        if last - first < EVENT_WIDTH:
            targets[first, last - first] = 1
    inside = torch.arange(len(x), device=device)[:, None] + torch.arange(EVENT_WIDTH, device=device) < len(x)
    weights = inside.float() if not story.partial else torch.where(targets > 0, 1.0, 0.2 * inside)
    result["argument span"] = bce(proposed, targets, weights, 1.5).sum() / (targets.sum() + 5)
    with torch.no_grad():
        chances = torch.sigmoid(proposed) * inside
        best = torch.nonzero(chances > 0.15).tolist()
        ranked = sorted(best, key=lambda at: -float(chances[at[0], at[1]]))[: len(gold) + 60]
    spans = sorted(gold | {(i, i + w) for i, w in ranked})

    def tensor(values):
        return torch.tensor(values, device=device)

    s, e = tensor([a for a, _ in spans]), tensor([b for _, b in spans])
    starts, ends = tensor([v.trigger[0] for v in story.events]), tensor([v.trigger[1] for v in story.events])
    with torch.no_grad():
        kinds = torch.sigmoid(heads.spans(x))[s, (e - s).clamp(max=MAX_WIDTH - 1)]
    mentions = heads.mentions(x, s, e, kinds)
    events = heads.events(x, starts, ends, tensor([v.type for v in story.events]))
    distance = s.cpu().numpy()[None] - starts.cpu().numpy()[:, None]
    sentence = story.words.sentence
    near = tensor(relation(sentence[starts.cpu().numpy()], sentence[s.cpu().numpy()]))
    scores = heads.event_links(events, mentions, tensor(bucket(distance)), near)
    roles = torch.zeros_like(scores)
    index = {span: k for k, span in enumerate(spans)}
    for row, event in enumerate(story.events):
        for span, role in event.arguments:
            roles[row, index[span], role] = 1
    allowed = torch.tensor([r.startswith("ACE.") == ace for r in EVENT_ROLES], device=device).float()
    result["argument"] = 2 * bce(scores, roles, allowed, 1.5).sum() / (roles.sum() + 5)
    return result


def head(words: Words, span: tuple[int, int]) -> int:
    """The head word of a span: the last one before a preposition, a comma or a relative word."""
    for index in range(span[0] + 1, span[1] + 1):
        word = words.text[words.start[index] : words.end[index]].lower()
        if word in {"of", "in", "at", "on", "from", "who", "that", "which", "with", "for", ",", "near", "by"}:
            return index - 1
    return span[1]
