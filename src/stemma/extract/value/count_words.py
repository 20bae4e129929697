"""The words that counts are made of: vague words, bounds, and what is no count at all.

`VAGUE` is the one table of vague words; the page on counts in the documentation is made from it.
"""

from __future__ import annotations

import re
from typing import Final

Range = tuple[int | None, int | None]
OPEN: Final[Range] = (None, None)

VAGUE: Final[dict[str, Range]] = {
    "a couple": (2, 2),
    "couple": (2, 2),
    "a pair": (2, 2),
    "both": (2, 2),
    "twins?": (2, 2),
    "a duo": (2, 2),
    "a trio": (3, 3),
    "triplets": (3, 3),
    "a few": (3, 5),
    "few": (3, 5),
    "a handful": (3, 5),
    "several": (3, 9),
    "a number": (3, None),
    "numbers? of": (3, None),
    "(?:a )?(?:large|great|huge|significant|considerable|big|small|growing|record|high|good) number": (
        3,
        None,
    ),
    "an? (?:un(?:known|disclosed|specified|determined|certain|confirmed)) number": OPEN,
    "large numbers": (3, None),
    "numerous": (3, None),
    "countless": (3, None),
    "some of": OPEN,
    "a dozen or so": (11, 13),
    "tens(?! of thousand| of million)": (20, 99),
    "(?:a )?couple (?:of )?dozen": (24, 24),
    "(?:a )?few dozen": (36, 60),
    "several dozen": (36, 108),
    "dozens?": (24, 99),
    "a score": (20, 20),
    "scores of": (40, 99),
    "scores": (40, 99),
    "(?:dozens|scores)(?:,? if not|,? or(?: even)?| to) hundreds": (24, 999),
    "(?:a )?couple (?:of )?hundred": (200, 200),
    "(?:a )?few hundred": (300, 500),
    "several hundred": (300, 999),
    "hundreds": (200, 999),
    "hundreds(?:,? if not|,? or(?: even)?| to) thousands": (200, 9999),
    "(?:a )?couple (?:of )?thousand": (2000, 2000),
    "(?:a )?few thousand": (3000, 5000),
    "several thousand": (3000, 9999),
    "thousands": (2000, 9999),
    "tens of thousands": (20000, 99999),
    "hundreds of thousands": (200000, 999999),
    "several million": (3000000, 9999999),
    "millions": (2000000, None),
    "tens of millions": (20000000, None),
    "many": OPEN,
    "twice": (2, 2),
    "a family": OPEN,
}
"""What a vague word means; where one holds another, the longer one counts. From the coding guidelines;
what they leave out by the same steps: a few times a hundred, of two words from the first to the second.
"Many" is open, as the guidelines leave it out; coders differ (open 13 times of 32, else three and more)."""

AT_LEAST: Final = re.compile(
    r"(at least(?: at)?|no fewer than|not fewer than|not less than|no less than|a minimum of|minimum"
    r"|upwards? of|as few as|north of)\W*$",
    re.I,
)
UP_TO: Final = re.compile(
    r"(up to|as many as|as high as|at most|no more than|a maximum of|not more than|as much as)\W*$", re.I
)
MORE: Final = re.compile(
    r"(?<![a-z])(more than|more then|(?<!handed )(?<!hand )(?<!turned )(?<!took )(?<!taken )over|above"
    r"|exceed(?:s|ed|ing)?|in excess of|topp(?:ed|ing)|greater than)\W*$",
    re.I,
)
"""Not "handed over 90 rifles"."""
LESS: Final = re.compile(r"(?<![a-z])(fewer than|less than|under|below)\W*$", re.I)
NEARLY: Final = re.compile(r"(nearly|almost|close to|just under)\W*$", re.I)
ABOUT: Final = re.compile(
    r"(?<![a-z])(about|around|some|approximately|approx|roughly|an estimated|estimated|circa|or so)\W*$", re.I
)
OR_MORE: Final = re.compile(r"\W*(?:\w+\s+)?(?:or more|and more|at least|\+)|-?\s?plus\b", re.I)
OR_LESS: Final = re.compile(r"\W*(?:or fewer|or less|at most)", re.I)
NONE: Final = re.compile(
    r"^\s*(?:no|without|zero|nil|unhurt|uninjured|unharmed"
    r"|not (?:\w+ )?(?:hurt|injured|harmed|wounded|killed))\b"
    r"(?! (?:fewer|less|more)\b)|\b(?:not|n['’]t) (?:\w+ ){1,3}any\b",
    re.I,
)
NOBODY: Final = re.compile(r"(?i)^\s*(?:no[ -]one|nobody|none|neither|not (?:a single|one))\b")
BETWEEN: Final = re.compile(r"(?i)\b(?:another|an? further|an additional|an extra)\W*$")
"""Words that may stand between a bound and its number: "about another 9,000"."""
PRONOUN: Final = re.compile(r"(?i)^(?:he|she|him|her|himself|herself|me|i)\b")
COLLECTIVE: Final = re.compile(
    r"(?i)\b(?:people|men|women|children|police|forces?|family|troops|staff|crew|personnel|militia|army|group"
    r"|team|convoy|crowd|gang|cell|unit|patrol|population|clergy|youth|media|majority|half|rest|toll|number"
    r"|figure|total|lot|deal|cavalry|infantry|military|government|party|couple|poor|dead|wounded|injured)$"
)
"""A noun, at the end of the words, that may hold many."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_FORCE = r"(?:brigade|division|battalion|regiment|corps|squadron|legion)"
NO_COUNT: Final = re.compile(
    # Scores of games.
    r"\b\d{1,3}-\d{1,3} (?:win|victory|defeat|loss|draw|lead)\b"
    r"|\b(?:won|wins?|lost|beats?|drew|defeated)\b"
    r"[^.;]{0,40}?(?<!\d)\d{1,3}-\d{1,3}(?!\d)"
    # Telephone numbers.
    r"|\+\d[\d ()-]{6,}|\b(?:call|phone|tel|telephone|hotline|fax|whatsapp)\b[^a-z]{0,12}\d{3}"
    r"|\b\d{3}[- ]\d{3}[- ]\d{4}\b|\(0?\d{2,4}\) ?\d{3}[- ]?\d{3,4}\b|\b\d{3}-\d{4}\b"
    # Figures that are part of a name, of a law, a weapon, a unit.
    r"|\b300 spartans\b|\b(?:resolution|article|section|paragraph|chapter|flight|room|no\.|№|g|route|highway"
    rf"|{_FORCE}|unit|area|zone|gate|checkpoint|block|channel) ?\d"
    rf"|\b\d{{1,4}}(?:st|nd|rd|th)? (?:\w+ )?{_FORCE}\b"
    r"|\b(?!mid|non|pre|post|some|about)[a-z]{1,4}-\d{1,4}\b|\b\d+x\d+\b"
    # Days, years and hours.
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}\b|\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?!\w|,\d{{3}})"
    r"|\b\d{1,2}[:h]\d\d\b|\b\d{1,2}/\d{1,2}\b|^(?:in|since|year|of) (?:19|20)\d\d$",
    re.I,
)
"""Words that hold figures and are no count."""
_COINS = (
    r"(?:dollars?|euros?|pounds?|cents?|rupees?|rou?bles?|dinars?|dirhams?|liras?|rials?|riyals?|pesos?"
    r"|francs?|shekels?|yuan|yen|naira|shillings?|hryvnias?|afghanis?|birr)\b"
)
MONEY: Final = re.compile(
    r"(?:[$€£¥₪₺₽₹]|\b(?:us|usd|eur|gbp|rs|chf)\.?\s?\$?)\s?\d"
    rf"|\d[\d,. ]*(?:hundred|thousand|lakh|crore|million|billion|trillion|m|bn|k)?[ -](?:\w+ )?{_COINS}"
    rf"|\b(?:hundred|thousand|million|billion)s? (?:of )?(?:\w+ )?{_COINS}",
    re.I,
)
"""Sums of money: an amount of a thing, never a count of people."""
MONEY_BEFORE: Final = re.compile(r"(?:[$€£¥₪₺₽₹]|\b(?:USD|EUR|GBP|Rs|CHF)\.?)\s?$")
SHARE_OF: Final = re.compile(
    r"(?i)\b(?:one|two|three|four)[ -](?:third|quarter|fifth|tenth)s?\b|\bone in (?:every )?\w+\b"
    r"|\ban? (?:third|quarter|fifth|tenth) of\b(?! an? (?:hundred|thousand|million|billion))"
)
"""A share of something: how many that is the words do not say."""
OUTCOMES: Final[dict[str, re.Pattern[str]]] = {
    "killed": re.compile(
        r"(?i)\b(?:killed|dead|died|deaths?|fatalit\w+|slain|martyr\w*|murdered|executed)\b"
    ),
    "injured": re.compile(r"(?i)\b(?:injur\w+|wound\w+|hurt)\b"),
    "captured": re.compile(r"(?i)\b(?:captur\w+|arrest\w+|detain\w+|kidnap\w+|abduct\w+|hostages?)\b"),
    "displaced": re.compile(r"(?i)\b(?:displac\w+|fled|homeless|refugees)\b"),
}
"""The words by which two numbers of one phrase are told apart: "12 dead and 30 wounded"."""
