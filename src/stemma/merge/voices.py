"""Who a source is: the body that a spokesman speaks for, a group, a newsroom, a pool that has no name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from stemma.lexicon.actors import actor_of
from stemma.lexicon.actors_states import country_of_word
from stemma.lexicon.outlets import find_outlet, find_outlets_in
from stemma.model import Claim, ClaimType, Coding, Entity, EntityKind, Role, Source, SourceKind
from stemma.names import canonical_actor
from stemma.names.words import person_words, plain_words

FORCES: Final = "armed forces"
POLICE: Final = "police"

_FORCE_WORDS: Final = frozenset(
    "army military soldiers soldier troops forces force defence defense navy colonel general lieutenant gen"
    " col lt ltc maj major brigadier brigade battalion division ejercito militar militares comandante armee"
    " armees militaire forces generalmajor kdf idf fuerzas bundeswehr armed commander".split()
)
_POLICE_WORDS: Final = frozenset("police policia policier policiere gendarmerie constable sheriff".split())
_HEAD_WORDS: Final = frozenset("president presidente president's premier".split())
_GROUP_WORDS: Final = frozenset(
    "group militants rebels insurgents guerrilla guerrillas guerrillero terrorists jihadists militia"
    " islamists insurgent grupo rebeldes".split()
)
_POOL: Final = re.compile(
    r"(?i)\b(?:sources?|officials?|witness(?:es)?|residents?|activists?|reports?|people|persons?|individuals?|officers?"
    r"|fuentes?|testigos|vecinos|habitantes|témoins?|villagers?|locals|relatives|insiders?|media|observers"
    r"|estimates?|medics?|doctors?|survivors?|neighbou?rs?|analysts?|experts?)\b"
)
_NO_SAYING: Final = re.compile(
    r"^(?:is|are|was|were|has|have|had|be|been|being|goes on|never|often|es|son|fue|est|sont)\b"
)
"""Cues that are no words of saying."""
_TITLED: Final = re.compile(
    r"(?i)spokes|official|statement|ministry|minister|commander|general|colonel|chief|portavoz|vocero"
    r"|porte-parole|comunicado|communiqu|ministerio|minist[èe]re"
)
_POOLS: Final = {
    **dict.fromkeys(("witness", "resident", "villager", "local", "neighbo", "survivor"), "witnesses"),
    **dict.fromkeys(("testigo", "vecino", "habitant", "témoin", "relative"), "witnesses"),
    **dict.fromkeys(("medic", "doctor"), "medics"),
    **dict.fromkeys(("officer", "official"), "officials"),
    "activist": "activists",
    "analyst": "experts",
    "expert": "experts",
}
"""The sorts of anonymous pools; plain `sources` and `reports` are of none and may be anybody."""
_PRONOUN: Final = re.compile(
    r"(?i)^(?:he|she|they|it|who|this|the (?:statement|spokesman|spokeswoman|source)s?)$"
)
_NOBODY: Final = re.compile(r"(?i)^(?:nobody|no[ -]one|none|neither(?: side)?|nadie|ninguno|personne)$")
"""`Nobody has claimed responsibility`: nobody's word."""
_NAMED: Final = frozenset((EntityKind.GROUP, EntityKind.ORGANISATION, EntityKind.GOVERNMENT))
"""Kinds of parties that are no pool of nameless people, where they have a name."""
_PROPER: Final = re.compile(
    r"^(?:[Tt]he )?[A-Z][\w’'-]+(?: (?:of|for|the|[A-Z][\w’'-]+)){0,4} [A-Z][\w’'-]+$"
)
"""A name and nothing else: `the Lakes Community`."""
_RELAYED: Final = re.compile(
    r"(?i)^(?:the |a |an |this |that |el |la |le )?(?:news )?(?:reports?|paper|newspaper|daily|website|site"
    r"|agency|story|article|informe|diario|journal|agencia|agence)$"
)
"""Words for another outlet's story that name neither."""
_SAME_POOL: Final = re.compile(
    r"(?i)^(?:(?:one|two|some|all|both) of )?(?:the|these|those|them|las|los|les|ces)\b(?: same| other| two)?"
    r" ?(?:sources?|officials?|witness(?:es)?|people|men|fuentes)?$"
)
"""A pool told of before: `the sources`, `one of them`."""
_WRITER: Final = re.compile(r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,2}(?:,| of| from| at| in) ")
"""`Jane Roe of The Paper`: a journalist is the outlet."""
_OF_BODY: Final = re.compile(
    r"(?i)\b(?:spokes(?:man|woman|person|men|people)|commander|leader|chief|head|minister|portavoz"
    r"|vocero|porte-parole|official|representative|speaks)\b.{0,12}?\b(?:for|of|del?|des|du)\b"
    r" (?:the |la |el )?(.+)$"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A source as merging knows it.

    `key` is equal for two sources that are one; `name` the fullest name; `institution` the body that it
    speaks for. `sort` is `body`, `person`, `pool`, `outlet` or `unknown`; a pool's `traits` are the words
    that tell what it is of (`military`).
    """

    key: str
    name: str
    kind: SourceKind
    sort: str
    institution: str | None = None
    traits: frozenset[str] = frozenset()


class Voices:
    """The voices of a set of reports about one thing: bodies of persons are learned from all of them."""

    def __init__(self, codings: Iterable[Coding]) -> None:
        self._bodies: dict[str, Counter[str]] = {}
        self._names: dict[str, str] = {}
        self._writers: dict[str, str] = {}
        for coding in codings:
            self._learn(coding)

    def voice(self, source: Source, coding: Coding, newsroom: str) -> Voice:
        """Whom `source` of a claim of `coding` is; `newsroom` is who gathered what nobody is named for."""
        entity = next((e for e in coding.entities if e.id == source.entity), None) if source.entity else None
        return self.of_words((source.text, source.kind), entity, coding, newsroom)

    def of_words(
        self, said: tuple[str, SourceKind], entity: Entity | None, coding: Coding, newsroom: str
    ) -> Voice:
        """As `voice`, from the words that name the source, and its kind."""
        text, kind = " ".join(said[0].split()), said[1]
        label = entity.label if entity else text
        if _RELAYED.match(re.sub(r"(?i)\bsame ", "", text)) or (_PRONOUN.match(text) and entity is None):
            return Voice(f"unknown:{coding.report}", text, kind, "unknown")
        outlet = find_outlet(text)
        if outlet is None and (kind is SourceKind.OUTLET or _WRITER.search(text)):
            outlet = next((row[0] for row in find_outlets_in(text)), None)
        writer = self._writers.get(_surname(text)) if outlet is None else None
        outlet = outlet or (find_outlet(writer) if writer else None)
        if outlet or kind is SourceKind.OUTLET:
            name = outlet.name if outlet else text
            return Voice(f"outlet:{name.casefold()}", name, SourceKind.OUTLET, "outlet")
        known = entity is not None and entity.kind in _NAMED and _has_name(label)
        named = (known or bool(_PROPER.match(text))) and not _POOL.search(text)
        pool = (kind is SourceKind.ANONYMOUS and not named) or (_POOL.search(text) and not _has_name(text))
        if pool:
            traits = frozenset(t for t in _traits(text) if t)
            if _SAME_POOL.match(text):
                traits = frozenset()
            return Voice(
                f"pool:{newsroom}:{' '.join(sorted(traits))}",
                text,
                SourceKind.ANONYMOUS,
                "pool",
                traits=traits,
            )
        body = body_of(text) or self._body_of_person(text) or (body_of(label) if label != text else None)
        if body:
            return Voice(f"body:{body[0]}", _fuller(text, body[1]), kind, "body", institution=body[1])
        if code := _state(text):
            return Voice(f"body:state {code}", text, kind, "body", institution=text)
        words = person_words(text) or tuple(plain_words(text))
        name = self._names.get(words[-1] if words else "", text)
        if kind in (SourceKind.GROUP, SourceKind.ORGANISATION, SourceKind.ANONYMOUS) and _has_name(label):
            return Voice(f"body:{plain_name(label)}", label, kind, "body", institution=label)
        if not _has_name(text) and not _has_name(label):
            return Voice(f"unknown:{coding.report}:{text.casefold()}", text, kind, "unknown")
        return Voice(f"person:{words[-1] if words else text.casefold()}", name, kind, "person")

    def _learn(self, coding: Coding) -> None:
        """Notes for whom persons speak: by what the words say, by the ties that the report tells."""
        table = {entity.id: entity for entity in coding.entities}
        for entity in coding.entities:
            if entity.kind is EntityKind.PERSON:
                for name in entity.names:
                    self._note(name, body_of(name), 3)
        for claim in coding.claims:
            for source in claim.sources:
                if match := _WRITER.match(source.text):
                    for outlet, _, _ in find_outlets_in(source.text):
                        self._writers.setdefault(_surname(match[0].rstrip(" ,")), outlet.name)
                if source.kind in (SourceKind.OFFICIAL, SourceKind.PERSON):
                    self._note(source.text, body_of(source.text), 3)
            for person, body in _ties(claim, table):
                self._note(person.label, body_of(body.label) or _own_body(body), 1)

    def _note(self, name: str, body: tuple[str, str] | None, weight: int) -> None:
        words = person_words(name)
        if body is None or not words or not _has_name(name) or words[-1] == body[0]:
            return
        self._bodies.setdefault(words[-1], Counter())["\t".join(body)] += weight
        self._names.setdefault(words[-1], name)

    def _body_of_person(self, text: str) -> tuple[str, str] | None:
        words = person_words(text)
        known = self._bodies.get(words[-1]) if words else None
        if not known:
            return None
        best = max(known, key=lambda body: (known[body], body))
        key, _, name = best.partition("\t")
        return key, name


def _own_body(entity: Entity) -> tuple[str, str] | None:
    """The key and name of a group that no lexicon knows: its own."""
    if entity.kind is EntityKind.GROUP and _has_name(entity.label):
        return plain_name(entity.label), entity.label
    return None


def _surname(text: str) -> str:
    """The last word of a person's name, `of` and the like left out; empty for none."""
    words = [word for word in person_words(text) if word not in ("of", "from", "at", "in")]
    return words[-1] if words else ""


def speaks(source: Source, claim: Claim) -> bool:
    """False for a party of the happening that the words name as doer, not as speaker (`Hamas is said to`).

    Such a source has no word of saying as its cue. Nor does nobody speak.
    """
    if is_nobody(source.text):
        return False
    if source.kind in (SourceKind.ANONYMOUS, SourceKind.OUTLET, SourceKind.SOCIAL, SourceKind.DOCUMENT):
        return True
    cue = (source.cue or "").casefold()
    if not cue:
        return bool(_TITLED.search(source.text))
    if claim.type is not ClaimType.DENY and claim.trigger and claim.trigger.casefold() in cue:
        return False
    return not _NO_SAYING.match(cue)


def is_nobody(name: str) -> bool:
    """True for words that name no one: `Nobody`."""
    return bool(_NOBODY.match(name.strip()))


def _ties(claim: Claim, table: dict[str, Entity]) -> Iterable[tuple[Entity, Entity]]:
    if claim.type not in (ClaimType.MEMBER_OF, ClaimType.LEADS):
        return
    for actor in claim.parties(Role.ACTOR):
        for body in claim.parties(Role.TO):
            if actor in table and body in table and table[actor].kind is EntityKind.PERSON:
                yield table[actor], table[body]


@lru_cache(maxsize=20_000)
def body_of(text: str) -> tuple[str, str] | None:
    """The key and name of the body that words name or speak for; None where they tell none.

    All armed forces and the defence ministry of a state are one body, units of a group are the group.
    A force whose country is not said has a key that ends in `?`.
    """
    text = re.sub(r"[()«»“”\"]", " ", text)
    wordings = [text]
    if match := _OF_BODY.search(text):
        wordings.insert(0, match[1])
    if match := re.search(r"^(.{2,40}?)['’]s? ", text):
        wordings.append(match[1])
    words = text.split()
    for size in (4, 3, 2, 1):
        for start in range(min(len(words), 9) - size + 1):
            part = words[start : start + size]
            if any(letter.isupper() for letter in part[0]) or _plain(part[0]) in _FORCE_WORDS:
                wordings.append(" ".join(part))
    for wording in (one.strip(" ,.;:'’") for one in wordings):
        for kind in (EntityKind.GROUP, EntityKind.GOVERNMENT):
            actor = canonical_actor((wording,), kind) if len(wording) > 1 else None
            if actor:
                if (
                    actor.kind is EntityKind.GOVERNMENT
                    and actor.country == actor.ids.get("iso")
                    and not actor.parent
                ):
                    continue  # a country's name alone tells of no body: "Kenya's military spokesman"
                return _body(actor.canonical, text)
    return _by_words(text)


def plain_name(name: str) -> str:
    """The words of a body's name without articles, in small Latin letters."""
    return " ".join(word for word in plain_words(name) if word not in ("the", "el", "la", "le"))


def _state(text: str) -> str | None:
    """The code of the state whose name alone stands for its government: `Kenya said`."""
    actor = canonical_actor((text,), EntityKind.GOVERNMENT)
    return actor.country if actor and actor.country and not actor.parent else None


def _body(canonical: str, text: str) -> tuple[str, str]:
    actor = actor_of(canonical)
    folded = canonical.casefold()
    force = re.search(r"armed forces|army|military|defen[cs]e|air force|navy|security forces", folded)
    country = actor.country if actor else _country_in(canonical) or ""
    group = actor is not None and actor.kind in (EntityKind.GROUP, EntityKind.UNIT)
    if force and not group:
        return f"{FORCES} {country or '?'}", canonical
    if "police" in folded and not group:
        return f"{POLICE} {country or '?'}", canonical
    top, steps = actor, 0
    while top and top.parent and steps < 4 and group:
        over = actor_of(top.parent)
        if over is None or over.kind is EntityKind.GOVERNMENT or top.parent == "al-Qaeda":
            break
        top, steps = over, steps + 1
    name = top.canonical if top else canonical
    return name.casefold(), name


def _by_words(text: str) -> tuple[str, str] | None:
    words = [_plain(word) for word in re.findall(r"[^\W_]+", text)]
    country = _country_in(text)
    if any(word in _FORCE_WORDS for word in words):
        return f"{FORCES} {country or '?'}", text
    if any(word in _POLICE_WORDS for word in words):
        return f"{POLICE} {country or '?'}", text
    if any(word in _GROUP_WORDS for word in words) and not _has_name(text):
        return "group ?", text
    if any(word in _HEAD_WORDS for word in words) and not _has_name(re.sub(r"(?i)president\w*", "", text)):
        return f"presidency {country or '?'}", text
    return None


def _country_in(text: str) -> str | None:
    for word in re.findall(r"[\w’'-]+", text):
        code = country_of_word(re.sub(r"['’]s?$", "", word))
        if code:
            return code
    return None


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    words = plain_words(word)
    return words[0] if words else ""


def _traits(text: str) -> Iterable[str]:
    """What tells an anonymous pool: whose people they are, not how they are called."""
    body = body_of(text)
    if body:
        yield body[0].removesuffix(" ?")
    elif code := _country_in(text):
        yield code
    for match in _POOL.finditer(text):
        word = match[0].casefold()
        if sort := next((sort for stem, sort in _POOLS.items() if word.startswith(stem)), None):
            yield sort


def _has_name(text: str) -> bool:
    """True where a word within is a name; a capital at the start is one only in a short wording."""
    return bool(
        re.search(r"(?:^|\s)[^\W\da-z_][\w’'-]*[^\W\d_]", text[1:] if text[:1].isupper() else text)
    ) or (len(text.split()) <= 3 and text[:1].isupper() and not _POOL.search(text))


def _fuller(text: str, canonical: str) -> str:
    return canonical if not _has_name(text) or _PRONOUN.match(text) else text


def is_wild(key: str) -> bool:
    """True for a body of which only the kind is said: `the army`, `the group`."""
    return key.endswith(" ?")
