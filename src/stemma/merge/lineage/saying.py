"""The words that make the name of an outlet a citation: before it ("told"), and after it ("reported")."""

from __future__ import annotations

import re
from typing import Final

# A few words may stand between the verb and the name: "told the pro-government Turkish daily Sabah".
_BETWEEN: Final = (
    r"(?:\s+(?:the|an?|its|their|our|el|la|le|al|l['’]|der|dem|die|das|il|o|a|state(?:-(?:run|owned))?|official"
    r"|semi-official|private|local|foreign|pro-[\w-]+|news|newspaper|paper|daily|weekly|magazine|website|site"
    r"|blog|channel|broadcaster|station|network|agency|agencies|wire|service|radio|television|TV|outlet"
    r"|diario|periódico|agencia|emisora|cadena|agence|quotidien|journal|chaîne|Zeitung|Nachrichtenagentur"
    r"|[A-ZÀ-Þ][\w’'-]+)){0,5}\s*(?:l['’])?[\"“«'‘]?$"
)

BEFORE: Final = re.compile(
    r"""(?:\b(?i:
    according\s+to | as\s+per | via | cit(?:ing|es|ed) | quot(?:ing|es)
    | (?:quoted|cited|reported|carried|published|broadcast|aired|shown|posted|seen|obtained|reviewed|viewed
      |contacted|asked|(?:put|given|counted)\s+at\s+[\w,]+|interviewed|monitored|compiled|provided|released|relayed|run)\s+(?:by|in|on)
    | (?:told|tells?|telling|informed|informs|briefed)
    | (?:spoke|speak(?:ing|s)?|spoken|talk(?:ing|ed|s)?)\s+(?:to|with|on)
    | (?:interviews?|remarks?|comments?|statements?|telephone|e-?mail|letters?|message)\s+(?:\w+\s+){0,2}?
      (?:with|to|by|on|in|for|from)
    | (?:articles?|pieces?|story|stories|reports?|op-ed|columns?|headlines?|footage|video|pictures|editorial
      |investigation|account)\s+(?:\w+\s+)?(?:in|on|by|of|for|from|at)
    | (?:said|says|saying|wrote|writes|writing|reported|reports|announced|stated|confirmed)
      \s+(?:in|on|to|for|by)
    | (?:reports?|reported|said|says|writes|wrote)
    | según | de\s+acuerdo\s+(?:con|a) | citad[oa]s?\s+por | publicad[oa]s?\s+(?:en|por)
    | difundid[oa]s?\s+por
    | recogid[oa]s?\s+por | (?:dijo|dijeron|declaró|declararon|explicó|confirmó|aseguró|contó|señaló|indicó
      |afirmó|manifestó|relató|informó|comentó)\s+(?:en\s+(?:entrevista|declaraciones)\s+)?(?:con|a|al)
    | declaraciones\s+a | entrevista\s+(?:con|a|en|de)
    | (?:informó|reseñó|reportó|publicó|señaló|indicó|dijo|recogió|citó|informa|reporta|publica|cita
      |citando\s+a)
    | selon | d['’]après | (?:déclaré|dit|affirmé|indiqué|confié|expliqué|précisé|assuré|raconté)\s+à
    | (?:cité|rapporté|relayé|publié|diffusé)e?s?\s+(?:par|dans|sur) | rapporte | a\s+appris | auprès\s+de
    | (?:interview|entretien|déclaration)\s+(?:à|avec|au)
    | laut | sagte(?:n)? | gegenüber | berichte(?:t|te|n)? | meldet(?:e)? | unter\s+Berufung\s+auf
    | (?:disse|afirmou|declarou|informou|segundo|noticiou) (?:\s+[àa]o?)? | ha\s+detto\s+a | secondo
    )|^\s*(?:In|On|At|En|Dans|Sur)|[.;”"»]\s+(?:In|On|At|En|Dans|Sur))"""
    + _BETWEEN,
    re.VERBOSE,
)

_NOUNS: Final = (
    r"(?:\s+(?i:news|agency|newspaper|paper|daily|weekly|magazine|website|site|online|channel|broadcaster|station"
    r"|network|television|tv|radio|service|agencies|correspondents?|reporters?|journalists?|witness(?:es)?"
    r"|team|crew|editors?|analysts?|columnist|investigation|story|article|report|reports|headline|editorial"
    r"|own|count|tally|staff|in\s+[A-Z]\w+|at\s+the\s+\w+))"
)

AFTER: Final = re.compile(
    r"""^(?:['’]s?(?:\s+[A-ZÀ-Þ][\w'’-]+\s+[A-ZÀ-Þ][\w'’-]+(?=\s+[a-z]))?)?(?:\s*\([^)]{0,40}\))?"""
    + _NOUNS
    + r"""{0,4}(?:,\s[^,.;]{2,70},)?
    (?:,?\s+(?i:also|has|have|had|later|earlier|separately|further|then|just|first|on\s+\w+day|(?:this|last)\s+\w+
      |in\s+\w+|a|wrongly)){0,3}
    ,?\s+(?i:
      said | says? | report(?:s|ed|ing)? | quot(?:es?|ed|ing) | cit(?:es?|ed|ing) | wrote | writes
      | added | adds
      | not(?:es|ed) | claim(?:s|ed) | learn(?:ed|t|s) | revealed | reveals | disclosed | published
      | publishes
      | aired | broadcast | show(?:s|ed) | carried | carries | ran | announced | stated | confirmed | counted
      | tall(?:y|ied) | count | estimates? | estimated | put | puts | described | describes | posted | saw
      | heard | understands? | interviewed | spoke | story | article | suggest(?:s|ed)
      | dijo | informó | reportó | señaló | reseñó | publicó | citó | indicó | afirmó | aseguró | reveló
      | cita
      | publica | informa | recoge
      | rapporté | rapporte | annoncé | annonce | indiqué | indique | affirmé | affirme | publié | cite
      | écrit
      | berichtet(?:e|en)? | meldet(?:e)? | zitiert(?:e)? | schreibt | schrieb
      | informou | noticiou | disse | publicou | riferisce | riferito | scrive | riporta
    )\b""",
    re.VERBOSE,
)

JOINED: Final = re.compile(
    r"\s*(?:,|and|or|y|et|und|e|as well as|,\s*and)\s*(?:the\s+)?(?:[\w-]+\s+){0,2}", re.IGNORECASE
)
"""Between two outlets that are cited together: "told Reuters and the daily Sabah"."""

EARLIER: Final = re.compile(
    r"(?i:\b(?:as\s+)?(?:I|we)\s+(?:\w+\s+)?(?:wrote|reported|noted|published|said|covered|revealed)\b[^.;:]{0,40}$)"
)
"""A report that names its own outlet's earlier story."""

EARLIER_AFTER: Final = re.compile(
    r"^(?:['’]s)?\s+(?i:(?:first\s+)?(?:reported|revealed|published|wrote)\s+(?:earlier|previously|last|in|on)\b"
    r"|earlier\s+(?:report|story|article)|previously\s+reported)"
)

LINE_LEAD: Final = re.compile(
    r"^\W*(?i:via|source|sources|from|courtesy(?:\s+of)?|originally\s+(?:published|posted|appeared)\s+(?:by|in|on|at)"
    r"|fuente|vía|agencia|con\s+información\s+de|source\s*\(s\)|quelle|fonte|first\s+published\s+(?:by|in|on|at)"
    r"|this\s+(?:article|story|report)\s+(?:was\s+)?(?:originally\s+|first\s+)?(?:published|appeared)\s+"
    r"(?:by|in|on|at)|(?:republished|reprinted|reproduced)\s+(?:with\s+permission\s+)?(?:from|of|by))\b\s*:?\s*"
    r"(?:the\s+|la\s+|el\s+)?$"
)
"""What a line that only names where the text is from begins with."""

WITH_HELP: Final = re.compile(
    r"(?i:(?:(?:^|[.!?\"”(\[/–—-]\s*)with|with\s+(?:files|input|inputs|reports|reporting|information|material|additional\s+reporting)"
    r"\s+(?:from|by)|contributed\s+(?:to|by)|additional\s+reporting\s+by|con\s+información\s+de|avec))"
    r"\s+(?:[\w ,&/-]{0,40})$"
)
"""A credit beside which the report has words of its own."""

HELPED: Final = re.compile(
    r"^\s+(?i:(?:has\s+|have\s+|also\s+)?contributed\s+to\s+this\s+(?:report|story|article))"
)
"""What follows a name that has helped."""

LINK: Final = re.compile(
    r"(?i:read\s+(?:the\s+)?(?:whole|full|rest|original|complete|entire|more)\b|(?:full|original)\s+(?:story|article)"
    r"|continue\s+reading|lea\s+(?:la\s+)?(?:nota|noticia)\s+completa|lire\s+(?:la\s+suite|l['’]article))"
)
"""A link to the report that this one was taken from."""

PICTURE: Final = re.compile(r"\((?i:photo|image|picture|video|foto)?[^()]{0,60}\b(?:via|by|/)\s*$")
"""Before an agency that closes a bracket: "(Ilan Vost via AP)" is under a picture."""

PICTURE_FROM: Final = re.compile(
    r"(?i:\b(?:handout|photo(?:graph)?|picture|image|video\s+grab)\b[^.;:]{0,60}\b"
    r"(?:provided|released|supplied|distributed|made\s+available)\s+by)\s+(?:[\w'’-]+\s+){0,5}$"
)
"""Before whoever a picture is from: "in this handout picture provided by"."""

ALONE: Final = re.compile(r"^[\s(\[/–—-]*$")
SENTENCE_END: Final = re.compile(r"[.!?»”\"’)\]…][\s(\[/–—-]*$")
LINE_END: Final = re.compile(r"^[\s)\].]*$")
