"""Which actor of the lexicon an entity of a report is, where that is safe."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from stemma.lexicon.actors import Actor, find_actors, forget_own, is_acronym
from stemma.lexicon.actors_states import state_body
from stemma.model import EntityKind
from stemma.names.bodies import is_acronym_of
from stemma.names.words import LONGEST

NEVER: Final = frozenset(
    (EntityKind.PERSON, EntityKind.PEOPLE, EntityKind.PLACE, EntityKind.WEAPON, EntityKind.OBJECT)
)
_UNNAMED: Final = frozenset(
    "gunman gunmen rebel rebels militant militants fighter fighters insurgent insurgents terrorist"
    " terrorists group groups assailant assailants attacker attackers bomber bombers extremist"
    " extremists jihadist jihadists soldier soldiers troops forces force police policeman policemen"
    " officer officers civilian civilians people men man women woman children farmer farmers villager"
    " villagers resident residents sources source witness witnesses official officials protester"
    " protesters guerrilla guerrillas separatists militia militias militiamen side sides parties"
    " authorities they them he she it who we organization organisation movement party coalition alliance"
    " opposition bandits criminals gang gangs army military government regime state ministry council"
    " committee agency group's kidnappers captors hostages prisoners victims refugees migrants"
    " mercenaries raiders patrol convoy unit units battalion brigade commandos paratroopers spokesman"
    " spokesmen leaders members men's islamists loyalists front".split()
)
_SMALL: Final = frozenset(
    "the a an some several many few two three four five six seven eight nine ten dozens hundreds"
    " thousands of at least unknown unidentified masked armed suspected local other more than about"
    " around its their his her our this that these those both all any no and or pro anti new young old"
    " angry masked islamist jihadi communist leftist rebel government opposition security militant"
    " militia insurgent".split()
)
_WORD = re.compile(r"[\w'’]+")
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\s*")
_TELLS_NEWS = re.compile(
    r"(?i)news|agency|television|\bTV\b|radio|press|media|broadcast|observatory|network|cent(?:er|re)"
)
_QUALIFIER = re.compile(r"[A-Z]\w+")
_TAIL = re.compile(
    r"(?i)\s+(?:group|organi[sz]ation|movement|militant group|terror(?:ist)? (?:group|organi[sz]ation)"
    r"|rebels?|fighters|militants|militia|militiamen|insurgents|guerrillas?|forces|terrorists|jihadists|alliance|gunmen|extremists)$"
)
_TIED = re.compile(
    r"(?:[Tt]he )?(?:[A-Z]\w* )?[\w.’'-]+-(?:based|backed|linked|affiliated|allied|aligned|supported) (?=\S)"
)
"""Where a body sits and who stands behind it is not its name: "the Britain-based …", "the Iran-backed …"."""
_HEAD = re.compile(
    r"(?i)^(?:the|an?|so-called|self-styled|kurdish"
    r"|(?:militant|rebel|terror(?:ist)?|extremist|jihadist|islamist|armed|guerrilla)"
    r"(?: group| organi[sz]ation)?|group)\s+"
)


def canonical_actor(names: Sequence[str], kind: EntityKind, country: str | None = None) -> Actor | None:
    """The actor that an entity with these names is; `None` where it has no name or could be two actors.

    `country` (ISO 3166-1 alpha-2) is the one that the report is about: it decides between actors of
    one name, and it gives "the army" its country. Names that point to two actors give `None`, except
    that a state and its government are told by the first name alone.
    """
    if kind in NEVER:
        return None
    found: dict[str, Actor] = {}
    for name in names:
        if len(name) > LONGEST:
            continue
        actor = _of_name(name, kind, country)
        if actor and (not is_acronym(name) or _is_safe(name, actor, names, kind)):
            found[actor.canonical] = actor
    actors = list(found.values())
    return actors[0] if len(actors) == 1 or _one_state(actors) else None


def _is_safe(acronym: str, actor: Actor, names: Sequence[str], kind: EntityKind) -> bool:
    """True where an acronym means the actor of the lexicon and none of its own: letters are few.

    Not where another name here has these initials and is not the actor's ("Inuvialuit Regional
    Corporation", IRC), not for an outlet that would be no outlet (PTI), and not for what UCDP alone
    lists (CPM, of Malaya) unless another name says it too.
    """
    if kind is EntityKind.OUTLET and not _TELLS_NEWS.search(actor.canonical):
        return False
    others = [name for name in names if not is_acronym(name)]
    said = [name for name in others if any(actor in find_actors(wording) for wording in _wordings(name))]
    if actor.ground.startswith("UCDP"):
        return bool(said)
    return bool(said) or not any(is_acronym_of(acronym, name) for name in others)


def forget_actors() -> None:
    """Looks names up anew: after the user's own actors have changed."""
    forget_own()
    _of_name.cache_clear()


def _one_state(actors: Sequence[Actor]) -> bool:
    """True for a state and bodies of that state: a report says "Russia" for its government, or its army."""
    homes = {actor.country for actor in actors}
    return len(homes) == 1 and "" not in homes and all(a.kind is EntityKind.GOVERNMENT for a in actors)


@lru_cache(maxsize=50_000)
def is_unnamed(name: str) -> bool:
    """True for words that tell a sort of people or body and no one of them: `gunmen`, `three farmers`."""
    words = [word.casefold().removesuffix("'s").removesuffix("’s") for word in _WORD.findall(name)]
    if not words:
        return True
    if is_acronym(name.strip()):
        return False
    return all(word in _UNNAMED or word in _SMALL or word.isdigit() for word in words)


@lru_cache(maxsize=20_000)
def _of_name(name: str, kind: EntityKind, country: str | None) -> Actor | None:
    name = " ".join(name.split())
    if not is_unnamed(name):
        for wording in _wordings(name):
            actor = _one_of(find_actors(wording), wording, country)
            if actor:
                return actor
    return state_body(name, country, kind is EntityKind.GOVERNMENT)


def _wordings(name: str) -> list[str]:
    """A name, then what is left of it without brackets, "the … group" and the like."""
    wordings = [name]
    match = _BRACKET.search(name)
    if match and _QUALIFIER.fullmatch(match[1]) and not is_acronym(match[1]):
        match = None  # "(Marxist)" makes it another party
    if match and is_acronym_of(match[1], _BRACKET.sub(" ", name)):
        # The initials of this name, and of others: they say no more than it.
        wordings.append(_BRACKET.sub(" ", name).strip())
    elif match:
        wordings += [_BRACKET.sub(" ", name).strip(), match[1]]
    if (tied := _TIED.match(name)) and tied.end() < len(name):
        wordings.append(name[tied.end() :])
    for wording in list(wordings):
        bare = _HEAD.sub("", wording)
        wordings += [bare, _TAIL.sub("", wording), _TAIL.sub("", bare)]
    return [wording for wording in dict.fromkeys(wordings) if wording and not is_unnamed(wording)]


def _one_of(actors: Sequence[Actor], wording: str, country: str | None) -> Actor | None:
    """The one actor of a name; a short acronym of an actor of another country is not safe."""
    if country:
        home = [actor for actor in actors if actor.country == country]
        actors = home or [actor for actor in actors if not actor.country] or actors
    if len(actors) != 1:
        return None
    actor = actors[0]
    weak = (is_acronym(wording) and len(wording) <= 3) or actor.ground.startswith("UCDP")
    if weak and country and actor.country and actor.country != country:
        return None
    return actor
