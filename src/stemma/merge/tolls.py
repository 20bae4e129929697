"""The tolls that a report's text states, in several languages: a figure, how they were harmed, of whom.

Extraction codes counts with their claims. This reader is the second look: it finds figures in sentences
where no claim was coded, so that a dispute over a toll shows every report that gives one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from stemma.lexicon.actors import find_actors
from stemma.merge.toll_words import toll_words
from stemma.model import Document, EntityKind, PassageKind, Span

REACH: Final = 7
"""Words between a figure and the word that says how they were harmed; `costó la vida a diez militares e
hirió a 21` needs three, a passive with a place in it six."""
NOUN: Final = 4
"""Words after a figure in which the people stand: `57 Kenyan army peacekeepers`."""
LARGEST: Final = 1_000_000
"""Larger figures are money or people of a region, no toll."""

_READ: Final = frozenset(
    (PassageKind.TITLE, PassageKind.BODY, PassageKind.EXCERPT, PassageKind.CAPTION, PassageKind.CORRECTION)
)
_TOKEN = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+(?![\w:/])|[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
_PAIR = re.compile(r"[^\W\d_]+ [^\W\d_]+")
_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]+)*[.!?]?")
_BREAK = re.compile(r"[;:()\n]|[^\w\s]\s+(?:but|pero|mais)\b")
_JOIN: Final = frozenset("and y e et und".split())


@dataclass(frozen=True, slots=True)
class Toll:
    """A figure of a text: `number` as said, `low` and `high` inclusive as meant, high null where open.

    `number` is the least that a vague word (`dozens`) means. `whom` is null where the text does not say
    whom it counts.
    """

    report: str
    kind: str
    whom: str | None
    number: int
    low: int
    high: int | None
    text: str
    span: Span
    sentence: Span
    title: bool = False
    vague: bool = False

    @property
    def words(self) -> str:
        """The value to show: `10`, `at least 10`, `about 20`, `up to 5`."""
        if self.vague:
            return " ".join(self.text.casefold().split())
        if self.high is None:
            return f"at least {self.number:,}"
        if self.low == self.high:
            return f"{self.number:,}"
        return f"up to {self.number:,}" if self.low == 0 else f"about {self.number:,}"


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    number: int | None
    kind: str | None
    people: str | None
    vague: tuple[int, int | None] | None = None


def tolls_of(document: Document) -> tuple[Toll, ...]:
    """The tolls of a document in text order, those of its headline first."""
    found: list[Toll] = []
    for passage in document.passages:
        if passage.kind in _READ:
            found += _in_stretch(document.text, passage.span, document.report, passage.kind)
    if document.title and not any(p.kind is PassageKind.TITLE for p in document.passages):
        # A headline that is not in the text has no place there: its tolls stand at the text's start.
        here = Span(start=0, end=0)
        spare = _in_stretch(document.title, Span(start=0, end=len(document.title)), document.report, None)
        found = [_moved(toll, here) for toll in spare] + found
    return tuple(found)


def _moved(toll: Toll, here: Span) -> Toll:
    return replace(toll, span=here, sentence=here, title=True)


def _in_stretch(text: str, span: Span, report: str, kind: PassageKind | None) -> Iterator[Toll]:
    title = kind is None or kind is PassageKind.TITLE
    for sentence in _SENTENCE.finditer(text, span.start, span.end):
        here = Span(start=sentence.start(), end=sentence.end())
        start = here.start
        cuts = [*(m.start() for m in _BREAK.finditer(text, here.start, here.end)), here.end]
        for cut in cuts:
            for toll in _in_clause(text, start, cut):
                number, how, whom, low, high = toll
                yield Toll(
                    report, how, whom, number.number or 0, low, high, number.text,
                    Span(start=number.start, end=number.end), here, title, bool(number.vague),
                )  # fmt: skip
            start = cut + 1


def _in_clause(text: str, start: int, end: int) -> Iterator[tuple[_Word, str, str | None, int, int | None]]:
    if not _numbered().search(text[start:end].casefold()):
        return
    words = list(_words(text, start, end))
    last: tuple[str, str | None] | None = None
    for index, word in enumerate(words):
        if word.number is None or _is_part(words, index):
            continue
        whom = _people_after(words, index)
        if whom in (None, "people") and _names_group(words[index + 1 : index + 1 + NOUN]):
            whom = "fighters"
        how = _harm(words, index, whom is not None, last)
        if how is None:
            continue
        if whom in (None, "people") and last and _joined(words, index):
            whom = last[1] or whom
        last = (how, whom)
        low, high = word.vague or _bounds(text, words, index, start)
        if low <= LARGEST:
            yield word, how, whom, low, high


@lru_cache(maxsize=1)
def _numbered() -> re.Pattern[str]:
    """What a clause without a number lacks: most clauses end there."""
    table = toll_words()
    words = sorted({*table.numbers, *table.vague}, key=lambda word: (-len(word), word))
    return re.compile(r"\d|(?<![^\W\d_])(?:" + "|".join(map(re.escape, words)) + ")")


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    """The first of the two words that mean a number together."""
    return frozenset(words.partition(" ")[0] for words in toll_words().vague if " " in words)


def _words(text: str, start: int, end: int) -> Iterator[_Word]:
    table, heads = toll_words(), _heads()
    for match in _TOKEN.finditer(text, start, end):
        token = match[0].casefold()
        number = int(re.sub(r"[.,]", "", token)) if token[0].isdecimal() else table.numbers.get(token)
        vague = table.vague.get(token)
        if vague is None and token in heads and (pair := _PAIR.match(text, match.start())):
            vague = table.vague.get(pair[0].casefold())
            token = pair[0] if vague else token
        if vague:
            number = vague[0]
        yield _Word(
            token if vague else match[0],
            match.start(),
            match.start() + len(token) if vague else match.end(),
            number,
            table.kinds.get(token),
            table.people.get(token),
            vague,
        )


def _is_part(words: list[_Word], index: int) -> bool:
    """True for a number that counts something else: a year, hours, an article (`un ataque`), `one of`."""
    word = words[index]
    following = words[index + 1 : index + 1 + NOUN]
    table = toll_words()
    if word.text.isdecimal() and 1900 <= (word.number or 0) <= 2100:
        return True
    of = {"of", "de", "des"}
    if following and following[0].text.casefold() in (table.units if word.vague else table.units | of):
        return True
    if word.number == 1 and word.text.casefold() != "one":
        return not (following and following[0].people)
    return bool(index + 1 < len(words) and words[index + 1].number is not None)


_BEHIND: Final = frozenset("the a an by when as after while before said".split())
"""What ends the words for those counted, where these have been named."""
_OF: Final = frozenset(("of", "from", "in"))


def _people_after(words: list[_Word], index: int) -> str | None:
    found = None
    for last, word in pairwise(words[index : index + 1 + NOUN]):
        # `14 people, the army said`: what is named behind them is somebody else; not so `men of the army`.
        behind = word.start > last.end + 1 or word.text.casefold() in _BEHIND
        if word.number is not None or (found and behind and last.text.casefold() not in _OF):
            break
        if word.people and word.people != "people":
            return word.people
        found = found or word.people
    return found


def _names_group(words: list[_Word]) -> bool:
    """True where the counted are named by their armed group (`70 al Shabaab men`)."""
    for size in (3, 2, 1):
        name = " ".join(word.text for word in words[:size])
        if any(letter.isupper() for letter in name):
            actors = find_actors(name)
            if actors and all(actor.kind in (EntityKind.GROUP, EntityKind.UNIT) for actor in actors):
                return True
    return False


def _harm(words: list[_Word], index: int, people: bool, last: tuple[str, str | None] | None) -> str | None:
    """How those counted were harmed: the next word of harm, else the one before, else that of the figure
    before in the same list (`nine soldiers and a corporal`)."""
    after = _first_kind(words[index + 1 : index + 1 + REACH])
    before = _first_kind(words[max(0, index - REACH) : index][::-1])
    # `costó la vida a diez militares e hirió a 21`: what follows an "and" belongs to the next figure.
    crossed = after and any(w.text.casefold() in _JOIN for w in words[index + 1 : index + 1 + after[1]])
    if after and after[1] <= (NOUN if people or words[index].vague else 2) and not (crossed and before):
        return after[0]
    following = words[index + 1 : index + 2]
    bare = not following or following[0].text.casefold() in _JOIN or words[index].end == words[-1].end
    if before and (people or bare or before[1] <= 1 or words[index].vague):
        return before[0]
    if after and people:
        return after[0]
    if people and not (last and _joined(words, index)):
        rest = _first_kind([word for word in words[index + 1 :] if word.number is None])
        return rest[0] if rest else None
    return last[0] if last and people and _joined(words, index) else None


def _first_kind(words: list[_Word]) -> tuple[str, int] | None:
    for distance, word in enumerate(words):
        # One is mostly an article: `killed a large number`.
        if word.number not in (None, 1):
            return None
        if word.kind:
            return word.kind, distance
    return None


def _joined(words: list[_Word], index: int) -> bool:
    before = words[max(0, index - 3) : index]
    return any(word.text.casefold() in _JOIN for word in before)


def _bounds(text: str, words: list[_Word], index: int, start: int) -> tuple[int, int | None]:
    table = toll_words()
    word = words[index]
    value = word.number or 0
    first = words[max(0, index - 3)].start if index else start
    before = text[first : word.start].casefold()
    after = text[word.end : word.end + 24].casefold()
    if table.least.search(before) or re.match(r"[^,.;]{0,12}\b(?:or|o|ou) (?:more|más|plus)", after):
        return value, None
    if table.most.search(before):
        return 0, value
    if table.about.search(before) or table.about.search(word.text.casefold()):
        return (value * 9 + 5) // 10, (value * 11 + 5) // 10
    return value, value
