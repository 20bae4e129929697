"""Stems of English words for comparing mentions: `acquired`, `acquires` and `acquiring` are one."""

from __future__ import annotations

from functools import lru_cache

_IRREGULAR = (
    "say said|tell told|kill killed|shoot shot shooting|win won|lose lost loss|take took taken|make made"
    "|be is are was were been being am 's|have has had|do did done|get got gotten|give gave given"
    "|go went gone"
    "|buy bought|sell sold sale|steal stole stolen theft|strike struck stricken|hit|find found|leave left"
    "|begin began begun|fall fell fallen|fly flew flown flight|break broke broken|bring brought|catch caught"
    "|fight fought|flee fled|hold held|lead led|meet met|pay paid|put|rise rose risen|run ran|see saw seen"
    "|send sent|shake shook shaken|speak spoke spoken|stand stood|swear swore sworn|throw threw thrown"
    "|wear wore worn|write wrote written|die died dead death dying deadly|marry married marriage|beat beaten"
    "|come came|choose chose chosen choice|grow grew grown|know knew known|keep kept|think thought"
    "|sink sank sunk|sue sued suing|drive drove driven|hang hung|become became|announce announcement"
    "|acquire acquisition|replace replacement|arrest arrested|convict conviction|sentence|indict indictment"
    "|charge|explode explosion|collide collision|nominate nomination|perform performance|appear appearance"
    "|retire retirement|resign resignation|injure injury injuries|destroy destruction|damage|elect election"
    "|investigate investigation|murder murdered|attack|crash|suspend suspension|suspect|rob robbery robber"
    "|escape|defeat|host|pick|name|play|leak|cut|set|hurt|shut|split|quit|bid|burst|cost|let|read|spread"
    "|accuse accusation|confess confession|release|evacuate evacuation|extinguish|launch|unveil|reveal"
    "|hijack|free|seize seizure|rescue|marriage|birth born bear bore|deal|agree agreement|merge merger"
    "|purchase|decide decision|succeed succession|depart departure|arrive arrival|refuse refusal"
    "|try tried trial"
    "|feel felt|build built|teach taught|lie lay lain|ride rode ridden|eat ate eaten|drink drank drunk"
)
_KNOWN = {form: row.split()[0] for row in _IRREGULAR.split("|") for form in row.split()}
_ENDINGS = ("ings", "ing", "ied", "ies", "edly", "ed", "ers", "er", "es", "s", "ment", "ments", "ion", "ions")
_VOWELS = set("aeiouy")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one word in small letters; rough, but equal for the forms of one verb."""
    word = word.casefold().strip(".,'\"`")
    if word in _KNOWN:
        return _cut(_KNOWN[word])
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and _VOWELS & set(root) and not word.endswith("ss"):
            root += "y" if ending in ("ied", "ies") else ""
            if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz":
                root = root[:-1]
            for form in (root, f"{root}e"):
                if form in _KNOWN:
                    return _cut(_KNOWN[form])
            return _cut(root)
    return _cut(word)


def _cut(word: str) -> str:
    """Without a silent e, so that `acquire` and `acquir-ing` meet."""
    return word[:-1] if len(word) > 3 and word.endswith("e") else word
