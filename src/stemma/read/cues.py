"""The words by which the parts of a report that are no story are known."""

from __future__ import annotations

import re
from typing import Final

FURNITURE_AT_MOST: Final = 420
"""A longer block is never furniture: sign-up lines and legal notes are short, and a lost paragraph
is worse than a kept one."""

FURNITURE_START: Final = re.compile(
    r"""(?:
    sign\s+up\b | subscribe\b | stay\s+(?:informed|up\s+to\s+date|connected|tuned|in\s+touch)\b
    | follow\s+(?:us|@|our|the\s+\w+|\w+)\s*(?:@\w+\s*)?on\s+
      (?:twitter|facebook|x|instagram|telegram|whatsapp)\b
    | read\s+(?:more|also|next|the\s+(?:whole|full|rest|original|complete|entire)|it\s+(?:all|here)|on\b)
    | also\s+read\b | see\s+also\b | don['’]t\s+miss\b | you\s+(?:may|might)\s+also\s+like\b
    | related(?:\s+(?:articles?|stor(?:y|ies)|coverage|news|links?|posts?|topics?|content|reading|video))?
      \s*(?::|$)
    | more\s+(?:on\s+this|from\s+(?:this|the|our)|stories|news|coverage|about\s+this|like\s+this)\b
    | click\s+(?:here|on\s+the\s+link|to)\b | tap\s+here\b
    | share\s*(?:this\b|on\b|via\b|:|$) | like\s+us\b
    | (?:join|get|receive)\s+(?:us|our|the\s+\w+|a\s+free|free|all\s+the)\b
      [^.]{0,90}\b(?:newsletter|inbox|channel|app|emails?|alerts?|briefing)\b
    | get\s+short\s+url | download\s+(?:our|the)\b.{0,40}\bapp\b
    | donate\b | (?:please\s+)?(?:support|consider\s+supporting)\s+(?:us|our|independent|quality)\b
    | please\s+(?:support|consider|donate|subscribe|enable|log\s*in|sign\s+in)\b
    | advertis(?:e|ement|ing)\b\s*(?:$|[-:.|]|continue)
    | sponsored\b | 3rd\s+party\s+ad\b | paid\s+(?:post|content)\b
    | story\s+continues\s+(?:below|after) | article\s+continues\s+(?:below|after) | continue\s+reading\b
    | copyright\b | ©|\(c\)\s*(?:19|20)\d\d | all\s+rights\s+reserved
    | terms\s+(?:of|and|&)\s+(?:use|service|conditions)\b
    | privacy\s+policy\b | cookie\s+(?:policy|settings)\b
    | skip\s+to\b | back\s+to\s+(?:top|home)\b | leave\s+a\s+(?:comment|reply)\b | post\s+a\s+comment\b
    | (?:\d+\s+)?comments?\s*(?:\(\d+\)\s*)?$ | join\s+the\s+(?:conversation|discussion|debate)\b
    | most\s+(?:read|popular|viewed|shared)\b | trending\b\s*(?::|now|$) | recommended\b\s*(?::|for|$)
    | tags?\s*: | topics?\s*: | filed\s+under\b | categor(?:y|ies)\s*: | keywords?\s*:
    | print(?:\s+this)?(?:\s+(?:article|page))?\s*$ | e-?mail(?:\s+(?:this|to\s+a\s+friend|article))?\s*$
    | (?:tweet|facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|copy\s+link|home|menu|search)\s*$
    | our\s+standards\s*: | (?:watch|listen|video|live|gallery)\s*:\s | watch\s+(?:now|live|more)\b
    | (?:hide|show|view)\s+caption\b | enlarge\s+(?:this\s+)?image\b | view\s+gallery\b
    | your\s+(?:email|e-mail)\s+address\b | enter\s+your\s+email\b
    | by\s+(?:signing\s+up|subscribing|clicking)\b
    | comments?\s+(?:are|is)\s+(?:open|closed|moderated)\b
    | have\s+something\s+to\s+say\b | got\s+a\s+(?:tip|story)\b | contact\s+(?:us|the\s+(?:author|newsroom))\b
    | this\s+(?:video|content|site)\s+(?:is|can|cannot|requires|uses)\b.{0,80}
      \b(?:play|load|display|cookie|javascript|browser)
    )""",
    re.IGNORECASE | re.VERBOSE,
)

FURNITURE_WITHIN: Final = re.compile(
    r"""(?:
    \b(?:sign\s+up|subscribe|subscribing)\b.{0,80}\b(?:newsletter|updates|daily|inbox|alerts?|briefing|free)\b
    | \b(?:newsletter|devotionals?)\b.{0,80}\b(?:inbox|daily|free|receive|sign\s+up|subscribe|e-?mail)\b
    | \breceive\s+daily\b | \ball\s+rights\s+reserved\b | \baccept\s+the\s+terms\b
    | \bmay\s+not\s+be\s+(?:published|republished|reproduced|redistributed)\b
    | \bfollow\s+(?:him|her|them|us|the\s+author|\w+\s+\w+|@?\w+)\s+
      (?:on\s+(?:twitter|facebook|instagram|x)\b|@\w)
    | \b(?:like|find)\s+us\s+on\s+facebook\b | \bdownload\s+(?:our|the)\s+(?:free\s+)?app\b
    | \bif\s+you\s+like\s+(?:this|our)\s+(?:blog|site|page|work)\b
    | \byour\s+donation\b | \bclick\s+here\s+(?:to|for)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)

RELATED_HEAD: Final = re.compile(
    r"(?:related(?:\s+\w+){0,2}|read\s+(?:more|also|next)|see\s+also|more\s+(?:on\s+this(?:\s+story)?|stories|news)"
    r"|most\s+(?:read|popular)|recommended|trending(?:\s+now)?|you\s+may\s+also\s+like)\s*:?",
    re.IGNORECASE,
)
"""A line of its own after which headlines of other reports follow."""

SOURCE_LINK: Final = re.compile(
    r"read\s+(?:the\s+)?(?:whole|full|rest|original|complete|entire|more)\b.{0,40}?\b(?:from|at|on|in|by)\s",
    re.IGNORECASE,
)
"""A link to the report that this one was taken from: what follows names its outlet."""

CORRECTION: Final = re.compile(
    r"""(?:
    (?:correction|clarification|erratum|corrigendum|corrects?)\b\s*(?:\([^)]{0,40}\))?\s*[:.—–-]
    | (?:editor(?:['’]s|s['’])?|author['’]s|publisher['’]s)\s+note\s*[:.—–-] | note\s+to\s+readers\b
    | updates?\s*(?:\([^)]{0,40}\)|\d{1,2}|on\s+[^:]{3,30}|at\s+[^:]{3,30})?\s*:\s
    | this\s+(?:article|story|report|post|piece|page|headline|version)\s+(?:was|has\s+been|is)\s+
      (?:\w+\s+)?(?:updated|amended|corrected|revised|edited|changed|modified)\b
    | (?:an?|the)\s+(?:earlier|previous|original)\s+version\s+of\s+this\b
    | \((?:corrects|fixes|adds|recasts|removes|refiles|updates)\b
    | (?:fixes|adds|recasts|removes)\s+(?:\w+\s+){0,3}
      (?:paragraph|headline|name|spelling|date|byline|dateline)
    )""",
    re.IGNORECASE | re.VERBOSE,
)

CAPTION_START: Final = re.compile(
    r"""(?:
    TOPSHOT\b | FILE\s*(?:PHOTO|PICTURE|IMAGE)?\s*[-–—:]
    | (?:In\s+this\s+)?[Ff]ile\s+(?:photo|picture|image)\b
    | (?:Photo|Photograph|Picture|Image|Foto|Photo\s+caption|Image\s+caption|Caption|Pictured
      |Image\s+source)\s*[:—–]
    | (?:Still|Handout|Undated)\s+(?:image|photo|picture)\b
    | In\s+this\s+(?:\w+\s+){0,5}(?:photo|picture|image)\b
    | Image\s+caption\b | Media\s+caption\b
    )""",
    re.VERBOSE,
)

_AGENCIES: Final = (
    r"(?:AFP|AP(?:\s+Photo)?|Reuters|REUTERS|EPA(?:-EFE)?|epa|Getty(?:\s+Images)?|GETTY(?:\s+IMAGES)?|PA|EFE"
    r"|Anadolu(?:\s+Agency|\s+Images)?|AA|Xinhua|TASS|Sputnik|dpa|DPA|ANSA|Bloomberg|Rex(?:/Shutterstock)?|REX"
    r"|Shutterstock|NurPhoto|Alamy|SIPA|Sipa|Flash\s?90|Flash90|SANA|IDF|UPI|Kyodo|Yonhap|AAP|VOA|ANP|NTB|TT"
    r"|Barcroft|Magnum|Zuma|ZUMA|WireImage|iStock|Corbis|Abaca|EyeEm|Images)\b"
)
_NAME: Final = (
    r"(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w'’-]*)"
    r"(?:\s+(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w'’-]*|al-\w+|el-\w+|de|la|van|von|bin|abu)){0,4}"
)

PHOTO_CREDIT: Final = re.compile(
    rf"""(?:
    \s*/\s*AFP\s*/\s*{_NAME}(?:\s*\((?:Photo\s+credit|Photo\s+by)[^)]*\))?
    | \s*\((?:Photo(?:\s+credit)?|Photograph|Credit|Image|Picture|Photo\s+by|Foto)\b[^)]{{0,140}}\)
    | \s*\[(?:Photo|Image|File|Credit)?\s*:?\s*[^\]]{{0,80}}\b{_AGENCIES}[^\]]{{0,40}}\]
    | \s*\({_AGENCIES}(?:\s+(?:Photo|Image))?\s*/\s*(?!{_AGENCIES}){_NAME}(?:\s*,\s*File|\s+File)?\)
    | \s*\((?:{_AGENCIES}\s+)?(?:AP\s+)?(?:Photo|Image|File)\)
    | \s*\((?!{_AGENCIES}){_NAME}\s*/\s*{_AGENCIES}(?:[^)]{{0,40}})\)
    | \s*\b(?:Photograph|Photo|Credit|Picture|Photo\s+by|Photo\s+credit|Image\s+credit
      |Image\s+source|Foto)\s*:\s*[^.\n]{{2,90}}
    | \s*\b(?:Photo|Photograph|Image|Picture)\s+by\s+{_NAME}(?:\s*/\s*[\w ]{{2,40}}){{0,3}}
    | \s*\bREUTERS\s*/\s*{_NAME}
    | (?<=[.!?])\s+{_NAME}\s*(?:/|,|\||-|–|—|via|for)\s*{_AGENCIES}
      (?:\s*(?:/|via|,)\s*[A-Z]\w+(?:\s+[A-Z]\w+)?){{0,3}}
    | (?<=[.!?])\s+{_AGENCIES}(?:\s*(?:/|via|,)\s*[A-Z]\w+(?:\s+[A-Z]\w+)?){{1,3}}
    | (?<=[.!?])\s+(?:AP\s+Photo|Getty(?:\s+Images)?|Shutterstock|Alamy|EPA)
    | \s*\b{_NAME}\s*/\s*{_AGENCIES}(?:\s*(?:/|via)\s*[A-Z]\w+(?:\s+[A-Z]\w+)?){{0,3}}
    )\s*\.?\s*$""",
    re.VERBOSE,
)
"""A photographer's credit at the end of a caption, or as a line of its own."""

CAPTION_AT_MOST: Final = 700

BYLINE_START: Final = re.compile(
    r"(?:By|From)\s+our\s+(?:\w+\s+){0,3}(?:correspondents?|reporters?|staff|editors?|newsroom)\b"
    r"|(?:By|BY|Por|Par|Von|Written\s+by|Posted\s+by|Reported\s+by|Story\s+by|Text\s+by|Author)\b\s*:?\s+(?=[A-ZÀ-Þ@])"
)

DESK_LINE: Final = re.compile(
    r"\(?(?:Additional\s+)?(?:Reporting|reporting|Writing|writing|Compiled|Edited|Editing|editing)\s+by\s+[A-ZÀ-Þ]"
    r"[^\n]{0,400}$"
)
"""`Reporting by …; Editing by …` at the end of wire copy."""
