"""MUC-4 templates: incidents from claims, the best mapping, optional templates, slot 11."""

from __future__ import annotations

import pytest
from handmade import claim, coding, entity, source

import sets_muc4
from corpora.muc4 import Template, confidences, quoted, templates
from sets_muc4 import Incident, apart, counts_of, figures, incidents, kind_of, wording
from stemma.model import Certainty, Coding, Entity, Place, Status, Time

TEXT = (
    "THE RED FRONT BOMBED THE BANK AND KILLED TWO GUARDS. GUERRILLAS KIDNAPPED A PRIEST. "
    "THE TRUCK WAS BURNED. THE ARMY ACCUSED THE RED FRONT."
)
FRONT = entity(TEXT, "e1", "group", "THE RED FRONT")
BANK = entity(TEXT, "e2", "organisation", "THE BANK")
GUARDS = entity(TEXT, "e3", "people", "TWO GUARDS")
REBELS = entity(TEXT, "e4", "group", "GUERRILLAS")
PRIEST = entity(TEXT, "e5", "person", "A PRIEST")
TRUCK = entity(TEXT, "e6", "object", "THE TRUCK")
ARMY = entity(TEXT, "e7", "government", "THE ARMY")
ALL = (FRONT, BANK, GUARDS, REBELS, PRIEST, TRUCK, ARMY)
BOMBED = claim(TEXT, "ASSAULT", "BOMBED", {"actor": FRONT, "recipient": BANK}, mode="bombing", evidence="B")
KILLED = claim(TEXT, "ASSAULT", "KILLED", {"actor": FRONT, "victim": GUARDS}, evidence="K")
TAKEN = claim(TEXT, "COERCE", "KIDNAPPED", {"actor": REBELS, "victim": PRIEST}, mode="kidnap", evidence="T")


def told(*claims) -> Coding:
    return coding(list(claims), *ALL)


@pytest.mark.parametrize(
    ("type", "mode", "trigger", "evidence", "kind"),
    [
        ("ASSAULT", "shooting", "KILLED", "", "ATTACK"),
        ("ASSAULT", "suicide-bombing", "KILLED", "", "BOMBING"),
        ("ASSAULT", None, "BOMBED", "", "BOMBING"),
        ("ASSAULT", None, "BURNED", "", "ARSON"),
        ("ASSAULT", "clash", "KILLED", "", None),
        ("ASSAULT", "airstrike", "BOMBED", "", None),
        ("COERCE", "kidnap", "KIDNAPPED", "", "KIDNAPPING"),
        ("COERCE", "destroy", "BURNED", "", "ARSON"),
        ("COERCE", "destroy", "KILLED", "a blast", "BOMBING"),
        ("COERCE", "destroy", "KILLED", "", "ATTACK"),
        ("COERCE", "seize", "KILLED", "", None),
        ("COERCE", "arrest", "KIDNAPPED", "", None),
        ("ACCUSE", None, "ACCUSED", "of a bombing", None),
    ],
)
def test_the_type_of_an_incident(type, mode, trigger, evidence, kind) -> None:
    assert kind_of(claim(TEXT, type, trigger, mode=mode, evidence=evidence)) == kind


def test_a_robbery_is_a_seizure_whose_words_say_so() -> None:
    assert kind_of(claim("THEY STOLE CASH", "COERCE", "STOLE", mode="seize")) == "ROBBERY"


def test_fillers_by_role_and_kind() -> None:
    found = incidents(told(BOMBED, TAKEN))
    assert [(row.type, row.fillers) for row in found] == [
        ("BOMBING", {"organisation": ["RED FRONT"], "target": ["BANK"]}),
        # Guerrillas are individuals for MUC, whatever they are coded as.
        ("KIDNAPPING", {"individual": ["GUERRILLAS"], "victim": ["PRIEST"]}),
    ]


def test_wordings_lose_articles_and_numbers() -> None:
    names = ["THE RED FRONT [RF]", "AT LEAST 12 PEASANTS", "ANDERS", "THE", "THEY", "NO CASUALTIES", "NORMA"]
    found = [wording(Entity(id="e", kind="group", names=(name,))) for name in names]
    assert found == ["RED FRONT", "PEASANTS", "ANDERS", "THE", "", "", "NORMA"]


def test_an_attack_that_shares_a_victim_belongs_to_the_other_incident() -> None:
    bombed = claim(TEXT, "ASSAULT", "BOMBED", {"actor": FRONT, "victim": GUARDS}, mode="bombing", evidence="")
    assert [row.type for row in incidents(told(KILLED, bombed))] == ["BOMBING"]
    assert [row.type for row in incidents(told(KILLED, BOMBED))] == ["BOMBING", "ATTACK"]


def test_claims_of_one_type_are_one_incident_unless_places_exclude_each_other() -> None:
    again = KILLED.model_copy(update={"place": Place(text="SARN")})
    other = KILLED.model_copy(update={"place": Place(text="KAR")})
    assert len(incidents(told(KILLED, again))) == 1
    assert len(incidents(told(again, other))) == 2


def test_times_exclude_each_other_only_at_the_coarser_precision() -> None:
    def on(start: str, end: str):
        return KILLED.model_copy(update={"time": Time(text="then", start=start, end=end)})

    assert apart(on("1990-02-03", "1990-02-03"), on("1990-02-05", "1990-02-05"))
    assert not apart(on("1990-02", "1990-02"), on("1990-02-05", "1990-02-05"))
    assert not apart(on("1990-02-03", "1990-02-06"), on("1990-02-05", "1990-02-05"))


def test_the_stage_follows_status_and_negation_and_parts_incidents() -> None:
    planned = KILLED.model_copy(update={"status": Status.FUTURE})
    failed = KILLED.model_copy(update={"negated": True, "cue": "foiled"})
    assert [row.stage for row in incidents(told(planned, KILLED))] == ["THREATENED", "ACCOMPLISHED"]
    assert [row.stage for row in incidents(told(failed))] == ["ATTEMPTED"]


def test_what_did_not_happen_is_no_incident_nor_is_one_of_nobody() -> None:
    nobody = claim(TEXT, "ASSAULT", "KILLED")
    assert incidents(told(KILLED.model_copy(update={"negated": True}), nobody)) == []


def accused_by(who: Entity):
    return claim(TEXT, "ACCUSE", "ACCUSED", {"actor": who, "recipient": FRONT})


@pytest.mark.parametrize(
    ("changes", "others", "answer"),
    [
        ({}, [], "REPORTED AS FACT"),
        ({"certainty": Certainty.POSSIBLE}, [], "POSSIBLE"),
        ({"certainty": Certainty.PROBABLE}, [], "SUSPECTED OR ACCUSED"),
        (
            {"certainty": Certainty.PROBABLE, "sources": (source("THE ARMY", "official"),)},
            [],
            "SUSPECTED OR ACCUSED BY AUTHORITIES",
        ),
        ({"sources": (source("THE ARMY", "official"),)}, [], "REPORTED AS FACT"),
        ({"sources": (source("THE RED FRONT", "group", "e1"),)}, [], "CLAIMED OR ADMITTED"),
        ({}, [claim(TEXT, "CLAIM-RESPONSIBILITY", "BOMBED", {"actor": FRONT})], "CLAIMED OR ADMITTED"),
        ({}, [claim(TEXT, "CLAIM-RESPONSIBILITY", "BOMBED", {"actor": ARMY})], "REPORTED AS FACT"),
        ({}, [accused_by(ARMY)], "SUSPECTED OR ACCUSED BY AUTHORITIES"),
        ({}, [accused_by(PRIEST)], "SUSPECTED OR ACCUSED"),
    ],
)
def test_slot_eleven(changes, others, answer) -> None:
    (found,) = incidents(told(BOMBED.model_copy(update=changes), *others))
    assert found.confidence == {"RED FRONT": answer}


def gold(type: str, optional: bool = False, confidence: str = "", **fillers) -> Template:
    return Template(type, "ACCOMPLISHED", optional, confidence, fillers)


def ours(type: str, **fillers) -> Incident:
    return Incident(type, fillers=fillers)


def test_the_mapping_is_the_one_with_most_right_slots() -> None:
    wanted = [
        gold("ATTACK", victim=[{"PRIEST"}, {"NUN"}], organisation=[{"RED FRONT", "RF"}]),
        gold("ATTACK", victim=[{"GUARD"}]),
    ]
    given = [ours("ATTACK", victim=["GUARD"]), ours("ATTACK", victim=["NUN"], organisation=["THE RF"])]
    counts = counts_of(wanted, given)
    # 2 types, GUARD, NUN and RF are right, of 5 slots given and 6 wanted.
    assert (counts["right"], counts["given"], counts["wanted"]) == (5, 5, 6)
    assert figures(counts)["template f1"] == 0.909
    assert figures(counts)["incident f1"] == 1.0


def test_templates_of_different_types_are_never_mapped() -> None:
    counts = counts_of([gold("ATTACK", victim=[{"GUARD"}])], [ours("BOMBING", victim=["GUARD"])])
    assert (counts["right"], counts["given"], counts["wanted"]) == (0, 2, 2)


def test_a_gold_type_with_alternatives_takes_either() -> None:
    assert counts_of([gold("BOMBING / ATTACK")], [ours("ATTACK")])["right"] == 1


def test_an_optional_template_counts_neither_way() -> None:
    optional = gold("ATTACK", optional=True, victim=[{"GUARD"}])
    counts = counts_of([optional], [ours("ATTACK", victim=["GUARD"])])
    assert (counts["right"], counts["given"], counts["wanted"]) == (0, 0, 0)
    assert counts_of([optional], [])["wanted"] == 0


def test_a_firm_template_is_preferred_to_an_optional_one() -> None:
    wanted = [gold("ATTACK", optional=True, victim=[{"GUARD"}, {"NUN"}]), gold("ATTACK", victim=[{"MAN"}])]
    counts = counts_of(wanted, [ours("ATTACK", victim=["GUARD", "NUN"])])
    # Its type is right; its two victims are not the firm one's.
    assert (counts["right"], counts["given"], counts["wanted"]) == (1, 3, 2)


def test_slot_eleven_is_measured_where_the_organisation_is_found() -> None:
    words = 'POSSIBLE / SUSPECTED OR ACCUSED: "RED FRONT" / "RF" REPORTED AS FACT: "ARMY"'
    wanted = [gold("ATTACK", confidence=words, organisation=[{"RED FRONT", "RF"}, {"ARMY"}])]
    given = [ours("ATTACK", organisation=["RF", "POLICE"])]
    given[0].confidence = {"RF": "SUSPECTED OR ACCUSED", "POLICE": "REPORTED AS FACT"}
    result = figures(counts_of(wanted, given))
    assert (result["organisations found"], result["class of found"]) == (1, 1.0)
    assert result["class of found, always fact"] == 0.0
    # 1 right of 2 given and 2 wanted.
    assert result["slot 11 f1"] == 0.5


def test_quotes_within_a_wording() -> None:
    assert quoted(r'"\"LA LOMA\" FARM" / "FARM"') == {'"LA LOMA" FARM', "FARM"}
    template = gold("ATTACK", confidence=r'REPORTED AS FACT: "\"THE FRONT\"" / "RF"')
    assert confidences(template) == [({"REPORTED AS FACT"}, {'"THE FRONT"', "RF"})]


KEY = """\
;;; a comment
0.  MESSAGE: ID                     TST1-MUC3-9001
1.  MESSAGE: TEMPLATE               1 (OPTIONAL)
4.  INCIDENT: TYPE                  KIDNAPPING
5.  INCIDENT: STAGE OF EXECUTION    ACCOMPLISHED
9.  PERP: INDIVIDUAL ID             ? "GUERRILLAS"
11. PERP: ORGANIZATION CONFIDENCE   -
18. HUM TGT: NAME                   "LUGO" / "MAYOR LUGO"
19. HUM TGT: DESCRIPTION            "MAYOR": "LUGO"
                                    "TEACHER"

0.  MESSAGE: ID                     TST1-MUC3-9002
1.  MESSAGE: TEMPLATE               *
4.  INCIDENT: TYPE                  *
"""


def test_a_key_is_read(tmp_path) -> None:
    (tmp_path / "key-own").write_text(KEY)
    found = templates(tmp_path)
    assert found["TST1-MUC3-9002"] == []
    (row,) = found["TST1-MUC3-9001"]
    assert (row.type, row.stage, row.optional) == ("KIDNAPPING", "ACCOMPLISHED", True)
    assert row.fillers == {
        "individual": [{"GUERRILLAS"}],
        "victim": [{"LUGO", "MAYOR LUGO"}, {"MAYOR"}, {"TEACHER"}],
    }


def test_score(tmp_path, monkeypatch) -> None:
    folder = tmp_path / "muc4" / "tst1"
    folder.mkdir(parents=True)
    (folder / "tst1-own").write_text(f"TST1-MUC3-9001\n\n{TEXT}\n\nTST1-MUC3-9002\n\nRAIN FELL.\n")
    (folder / "key-own").write_text(KEY.replace("(OPTIONAL)", ""))
    monkeypatch.setattr(sets_muc4, "code", lambda name, text: told(TAKEN) if "PRIEST" in text else told())
    result = sets_muc4.score(tmp_path, "tst1")
    # Type and guerrillas are right, the priest is not; of 3 given and 5 wanted.
    assert (result["template p"], result["template r"], result["template f1"]) == (0.667, 0.4, 0.5)
    assert (result["incident f1"], result["stage of found"]) == (1.0, 1.0)
