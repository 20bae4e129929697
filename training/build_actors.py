"""Writes `lexicon/actors_ucdp.csv` and the UCDP ids of `lexicon/actors.csv` from the UCDP Actor Dataset.

Only facts are taken: names, ids, countries, who split from whom, who joined whom. Run from the
repository's root: `python training/build_actors.py ucdp-actor-221.csv`. The dataset is published by
the Uppsala Conflict Data Program under CC BY 4.0 (https://ucdp.uu.se/downloads/).
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

from stemma.lexicon.actors import actor_key, is_acronym
from stemma.lexicon.countries import find_country

LEXICON = Path("src/stemma/lexicon")
GROUND = "UCDP 22.1"
COLUMNS = "name,kind,country,aliases,parent,start,end,predecessors,split_from,member_of,ucdp,ground".split(
    ","
)
VAGUE = re.compile(
    r"(?i)^(military|opposition|royalist|forces of|supporters|opponents|anti-government|police"
    r"|non plo|leftist|republic of|palestinian insurg|.* insurgents$|opposition|unknown)"
)
COUNTRIES = {"Bosnia-Herzegovina": "BA", "Ivory Coast": "CI", "Cambodia": "KH"}


def main() -> int:
    """Writes both tables; gives the exit status."""
    if len(sys.argv) != 2:
        sys.stderr.write("usage: python training/build_actors.py UCDP_ACTOR_CSV\n")
        return 2
    with Path(sys.argv[1]).open(encoding="utf-8-sig", newline="") as file:
        ucdp = [row for row in csv.DictReader(file) if row["Org"] == "1"]
    with (LEXICON / "actors.csv").open(encoding="utf-8", newline="") as file:
        own = list(csv.DictReader(file))
    taken = _link(own, ucdp)
    names = {row["ActorId"]: _name(row) for row in ucdp}
    for row in own:
        for number in row["ucdp"].split():
            names[number] = row["name"]
    rows, seen = [], {row["name"] for row in own}
    for row in ucdp:
        name = names[row["ActorId"]]
        if row["ActorId"] in taken or name in seen or VAGUE.match(row["NameData"]) or VAGUE.match(name):
            continue
        seen.add(name)
        rows.append(_row(row, name, names))
    for new in rows:
        for column in ("split_from", "member_of"):
            new[column] = "|".join(name for name in new[column].split("|") if name in seen)
    _write("actors.csv", own)
    _write("actors_ucdp.csv", sorted(rows, key=lambda row: (row["country"], row["name"])))
    sys.stdout.write(f"{len(own)} of our own, {len(taken)} UCDP ids among them, {len(rows)} of UCDP alone\n")
    return 0


def _link(own: list[dict[str, str]], ucdp: list[dict[str, str]]) -> set[str]:
    """Gives our rows the id of the one UCDP actor of their name and country; the ids given."""
    table: dict[str, set[int]] = {}
    for index, row in enumerate(own):
        row["ucdp"], row["ground"] = "", "general knowledge"
        for name in (row["name"], *row["aliases"].split("|")):
            if name.strip():
                table.setdefault(actor_key(name), set()).add(index)
    found: dict[int, set[str]] = {}
    for row in ucdp:
        places = {_country(place) for place in row["Location"].split(",")}
        places |= {"PS"} if "IL" in places else set()
        full = {actor_key(name) for name in _names(row) if not is_acronym(name)}
        short = {actor_key(name) for name in _names(row) if is_acronym(name)}
        by_full = {i for key in full for i in table.get(key, ()) if _near(own[i], places)}
        by_short = {i for key in short for i in table.get(key, ()) if own[i]["country"] in places}
        hits = by_full or by_short
        if len(hits) == 1:
            found.setdefault(hits.pop(), set()).add(row["ActorId"])
    taken: set[str] = set()
    for index, ids in found.items():
        if len(ids) == 1:
            own[index]["ucdp"] = " ".join(ids)
            own[index]["ground"] = f"general knowledge; {GROUND}"
            taken |= ids
    return taken


def _near(row: dict[str, str], places: set[str]) -> bool:
    return not row["country"] or row["country"] in places


def _names(row: dict[str, str]) -> list[str]:
    cells = [row[column] for column in ("NameData", "NameOrig", "NameOrigFullEng", "NameOrigFull")]
    for column in ("NewName", "NewNameFullEng", "NewNameFullMotherTongue"):
        cells += re.split(r";\s*", row[column])
    clean = [" ".join(cell.replace("´", "'").split()) for cell in cells]
    return list(dict.fromkeys(name for name in clean if name and name.lower() != "n/a" and "|" not in name))


def _name(row: dict[str, str]) -> str:
    """The name that a report would use: the short one unless it is an acronym."""
    short, *others = _names(row)
    letters = [character for character in short if character.isalpha()]
    if sum(letter.isupper() for letter in letters) * 2 <= len(letters):
        return short
    english = " ".join(row["NameOrigFullEng"].replace("´", "'").split())
    return english if english and english != "n/a" else (others or [short])[0]


def _row(row: dict[str, str], name: str, names: dict[str, str]) -> dict[str, str]:
    def named(ids: str) -> list[str]:
        return [names[each] for each in re.split(r",\s*", ids) if names.get(each, name) != name]

    places = row["Location"].split(",")
    return {
        "name": name,
        "kind": "group",
        "country": _country(places[0]) if len(places) <= 2 else "",
        "aliases": "|".join(other for other in _names(row) if other != name),
        "parent": "",
        "start": "",
        "end": "",
        "predecessors": "",
        "split_from": "|".join(named(row["ActorIdPrev"])) if row["Splinter"] == "1" else "",
        "member_of": "|".join(dict.fromkeys(named(row["ActorIdAlliance"]) + named(row["ActorIdGroup"]))),
        "ucdp": row["ActorId"],
        "ground": GROUND,
    }


def _country(place: str) -> str:
    bare = re.sub(r"\(.*?\)", "", place).strip()
    country = find_country(bare)
    return COUNTRIES.get(bare) or (country.code if country else "")


def _write(name: str, rows: list[dict[str, str]]) -> None:
    with (LEXICON / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    sys.exit(main())
