from __future__ import annotations

import datetime
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.merge.lineage import lineage_of, scored_form
from stemma.merge.protocol import Held
from stemma.model import (
    Claim,
    ClaimType,
    Coding,
    Dependence,
    Descent,
    Document,
    Lineage,
    Passage,
    PassageKind,
    Source,
    SourceKind,
    Span,
)

TODAY = datetime.date(2022, 6, 1)

BRIDGE = (
    "Shells hit the old bridge at Vardin before dawn and broke two of its five arches. The mayor counted "
    "eleven wounded and said that no ferry would cross until the river falls. Soldiers of the Kolmaz "
    "Brigade closed the western road and searched three lorries that had come down from the quarry."
)
MARKET = (
    "Traders in Tessaly opened their stalls again on Monday although the roof of the market hall is gone. A "
    "baker who lost his oven sells bread from a cart. Nobody has yet come from a ministry to see it."
)
CLINIC = (
    "Nurses at the clinic of Orel carried forty patients into the cellar when the generator stopped. The "
    "director asked both sides for a truce of six hours so that fuel can be brought from the valley."
)


def report(
    id: str,
    text: str,
    outlet: str | None = None,
    day: int | None = None,
    *,
    url: str | None = None,
    byline: str | None = None,
    language: str = "en",
    parts: tuple[tuple[PassageKind, str, str | None], ...] = (),
    agencies: tuple[str, ...] = (),
    claims: tuple[Claim, ...] = (),
) -> Held:
    """A report of one body passage, with `parts` (kind, words, outlet) before it."""
    passages, whole = [], ""
    for kind, words, name in parts:
        passages.append(_passage(kind, whole, words, name))
        whole += words + "\n\n"
    passages.append(_passage(PassageKind.BODY, whole, text, None))
    document = Document(
        report=id,
        report_hash="",
        text=whole + text,
        passages=tuple(passages),
        outlet=outlet,
        published=datetime.date(2022, 3, day) if day else None,
        url=url,
        byline=byline,
        language=language,
        agencies=agencies,
    )
    return Held(document, Coding(report=id, claims=claims))


def _passage(kind: PassageKind, before: str, words: str, outlet: str | None) -> Passage:
    start = len(before)
    at = words.find(outlet) if outlet else -1
    return Passage(
        kind=kind,
        span=Span(start=start, end=start + len(words)),
        outlet=outlet,
        outlet_span=Span(start=start + at, end=start + at + len(outlet)) if outlet and at >= 0 else None,
    )


def edges(*held: Held) -> dict[tuple[str, str], Dependence]:
    lineage = lineage_of(held, today=TODAY)
    return {(edge.report, edge.parent): edge for edge in lineage.dependences}


def test_nothing_has_no_lineage() -> None:
    assert lineage_of([], today=TODAY) == Lineage()


def test_a_later_report_with_the_same_words_copies_the_earlier_one() -> None:
    found = edges(
        report("late", "Our readers sent this. " + BRIDGE, "Vardin Echo", 4),
        report("early", BRIDGE, "Orel Courier", 2),
    )
    assert list(found) == [("late", "early")]
    edge = found["late", "early"]
    assert edge.kind is Descent.COPIES
    assert not edge.credited
    assert "2022-03-02 before 2022-03-04" in edge.reason
    (alignment,) = edge.alignments
    assert alignment.span.of("Our readers sent this. " + BRIDGE) == alignment.other.of(BRIDGE) == BRIDGE[:-1]


def test_a_paragraph_taken_over_is_an_excerpt() -> None:
    last = BRIDGE.split(". ")[2]
    found = edges(
        report("a", BRIDGE, "Orel Courier", 2),
        report("b", f"{MARKET} {last} {CLINIC}", "Vardin Echo", 3),
    )
    assert {key: edge.kind for key, edge in found.items()} == {("b", "a"): Descent.EXCERPTS}


def test_reports_of_one_event_in_other_words_stay_apart() -> None:
    other = "Eleven people were hurt when the bridge of Vardin was shelled, its mayor says. Two arches fell."
    assert not edges(report("a", BRIDGE, "Orel Courier", 2), report("b", other, "Vardin Echo", 2))


def test_furniture_is_no_text() -> None:
    menu = "Home World Sport Culture Weather Letters Archive Subscribe Contact Imprint Partners Help " * 3
    parts = ((PassageKind.FURNITURE, menu, None),)
    assert not edges(
        report("a", BRIDGE, "Orel Courier", 2, parts=parts),
        report("b", MARKET, "Orel Courier", 3, parts=parts),
    )


def test_what_an_outlet_prints_under_every_report_is_no_text() -> None:
    standing = (
        " The war in the Tessaly valley began nine years ago when the council of Orel refused a census and "
        "it has driven a third of all families from their homes."
    )
    texts = (BRIDGE, MARKET, CLINIC)
    held = [report(str(n), text + standing, "Orel Courier", 1 + 9 * n) for n, text in enumerate(texts)]
    assert not edges(*held)


def test_siblings_hang_under_the_agency_and_not_under_one_another() -> None:
    dateline = ((PassageKind.DATELINE, "VARDIN (Reuters) -", "Reuters"),)
    found = lineage_of(
        [
            report("a", BRIDGE, "Orel Courier", 2, parts=dateline, agencies=("Reuters",)),
            report("b", BRIDGE + " Read on.", "Vardin Echo", 3, parts=dateline, agencies=("Reuters",)),
            report("c", MARKET, "Vardin Echo", 9, parts=dateline, agencies=("Reuters",)),
        ],
        today=TODAY,
    )
    assert {(e.report, e.parent, e.kind, e.credited) for e in found.dependences} == {
        (one, "outlet:Reuters", Descent.COPIES, True) for one in "abc"
    }
    (dispatch,) = found.dispatches
    assert (dispatch.parent, dispatch.reports) == ("outlet:Reuters", ("a", "b"))
    assert "2022-03-02" in dispatch.reason
    cue = found.of("a")[0].cue
    assert cue is not None
    assert cue.of("VARDIN (Reuters) -") == "Reuters"


def test_who_shares_the_words_of_agency_copy_has_them_from_the_agency() -> None:
    dateline = ((PassageKind.DATELINE, "VARDIN (AFP) -", "AFP"),)
    found = edges(
        report("a", BRIDGE, "Orel Courier", 2, parts=dateline, agencies=("AFP",)),
        report("b", BRIDGE, "Vardin Echo", 3),
    )
    assert ("b", "a") not in found
    assert not found["b", "outlet:AFP"].credited


def test_a_credit_for_the_picture_is_no_parent_of_the_text() -> None:
    parts = ((PassageKind.CREDIT, "AFP / Getty", "AFP"),)
    assert not edges(report("a", BRIDGE, "Orel Courier", 2, parts=parts))


def test_an_agency_that_is_held_is_the_parent_itself() -> None:
    found = edges(
        report("wire", BRIDGE, "AFP", 2),
        report("paper", BRIDGE + " AFP", "Orel Courier", 2),
    )
    assert {key: edge.kind for key, edge in found.items()} == {("paper", "wire"): Descent.COPIES}
    assert found["paper", "wire"].credited


def test_an_outlet_that_is_told_something_is_cited() -> None:
    found = edges(
        report("a", MARKET + " One trader told Capital News that he will leave.", "Orel Courier", 2)
    )
    edge = found["a", "outlet:Capital News"]
    assert (edge.kind, edge.credited) == (Descent.CITES, True)


def test_the_outlets_that_are_held_are_known_by_name_and_meant_where_they_tell_the_same() -> None:
    retold = (
        "Eleven people were wounded at the bridge of Vardin, the Orel Courier reports. Men of the Kolmaz "
        "Brigade have closed a road there."
    )
    found = edges(
        report("a", BRIDGE, "Orel Courier", 2),
        report("b", retold, "Vardin Echo", 3),
        report("c", "The Orel Courier said on Sunday that prices rise.", "Vardin Echo", 3),
    )
    assert found["b", "a"].kind is Descent.REWRITES
    assert found["c", "outlet:Orel Courier"].kind is Descent.CITES


def test_an_outlet_under_several_names_is_one_and_does_not_cite_itself() -> None:
    said = "A driver told {} that the road is shut."
    for name in ("BBC", "BBC News", "BBC Online"):
        assert not edges(report("a", said.format(name), "BBC", 2))
    names = {
        parent
        for name in ("BBC News", "BBC Online", "the BBC", "BBC Monitoring", "BBC Arabic")
        for _, parent in edges(report("a", said.format(name), "Orel Courier", 2))
    }
    assert names == {"outlet:BBC"}


def test_two_reports_that_cite_one_another_make_no_circle() -> None:
    found = edges(
        report(
            "a", "The Vardin Echo reports eleven wounded at the Kolmaz bridge in Tessaly.", "Orel Courier"
        ),
        report(
            "b", "The Orel Courier reports eleven wounded at the Kolmaz bridge in Tessaly.", "Vardin Echo"
        ),
    )
    inner = [key for key in found if not key[1].startswith("outlet:")]
    outer = [edge for key, edge in found.items() if key[1].startswith("outlet:")]
    assert len(inner) == 1
    assert ["circle" in edge.reason for edge in outer] == [True]


def test_another_text_at_the_same_address_is_a_revision() -> None:
    address = "https://orelcourier.example/news/bridge"
    found = edges(
        report("new", CLINIC, "Orel Courier", 3, url=address + "?utm_source=feed"),
        report("old", BRIDGE, "Orel Courier", 2, url=address),
    )
    edge = found["new", "old"]
    assert edge.kind is Descent.COPIES
    assert "revision" in edge.reason
    assert edge.how == "a revision"


def test_a_clock_from_the_future_orders_nothing() -> None:
    ahead = report("a", BRIDGE, "Orel Courier").document.model_copy(
        update={"published": datetime.date(2031, 1, 1)}
    )
    found = edges(Held(ahead, Coding(report="a")), report("b", BRIDGE, "Vardin Echo", 2))
    assert list(found) == [("a", "b")]
    assert "2031" not in found["a", "b"].reason


def test_reports_without_date_and_outlet_still_have_an_order() -> None:
    found = edges(report("a", BRIDGE), report("b", BRIDGE))
    assert list(found) == [("b", "a")]
    assert "order of the reports" in found["b", "a"].reason


def test_thousands_of_copies_of_one_text_hang_under_the_eldest() -> None:
    held = [report(f"r{n}", BRIDGE, f"Paper {n}", 2) for n in range(2000)]
    held[1234] = report("eldest", BRIDGE, "Paper 1234", 1)
    started = time.process_time()
    found = lineage_of(held, today=TODAY).dependences
    assert time.process_time() - started < 20
    assert {edge.parent for edge in found} == {"eldest"}
    assert len(found) == 1999


def test_names_and_figures_join_copies_of_one_agency_in_two_languages() -> None:
    english = (
        "The army said on Thursday that 11 soldiers are dead at Orel, among them Captain Ilan Vost of the "
        "Kolmaz Brigade. General Petar Dremin put the wounded at 43 and spoke of 17 lorries burnt at Vardin."
    )
    spanish = (
        "El ejército informó el jueves de 11 muertos en Orel, entre ellos el capitán Ilan Vost, de la "
        "brigada Kolmaz. El general Petar Dremin cifró los heridos en 43 y habló de 17 camiones quemados "
        "cerca de Vardin, reseñó AFP."
    )
    lineage = lineage_of(
        [
            report("en", english + " AFP", "Orel Courier", 4),
            report("es", spanish, "El Faro de Vardin", 4, language="es"),
            report("far", spanish.replace("reseñó AFP", "reseñó EFE"), "La Voz", 29, language="es"),
        ],
        today=TODAY,
    )
    assert [dispatch.reports for dispatch in lineage.dispatches] == [("en", "es")]
    kinds = {(e.report, e.parent): e.kind for e in lineage.dependences}
    assert kinds["es", "outlet:AFP"] is Descent.REWRITES


ENGLISH = (
    "On Sunday 11 soldiers died at Orel, among them Captain Ilan Vost of the Kolmaz Brigade. General Petar "
    "Dremin put the wounded at 43 and spoke of 17 lorries burnt near Vardin. In Tessaly the mayor, Hana "
    "Lorit, counted 6 houses without a roof."
)
FRENCH = (
    "Dimanche, 11 soldats sont morts près d'Orel, parmi eux le capitaine Ilan Vost, de la brigade Kolmaz. Le "
    "général Petar Dremin parle de 43 blessés et de 17 camions brûlés du côté de Vardin. À Tessaly, la maire "
    "Hana Lorit compte 6 maisons sans toit."
)
OTHER = (
    "Dans la vallée, Hana Lorit attend 6 camions de pain. Vardin a 43 lits, dit le général Petar Dremin, et "
    "11 médecins. À Orel, Ilan Vost est inconnu; Kolmaz est loin."
)


def kinds_of(*reports: Held) -> dict[tuple[str, str], tuple[Descent, bool]]:
    lineage = lineage_of(list(reports), today=TODAY)
    return {(e.report, e.parent): (e.kind, e.credited) for e in lineage.dependences}


def test_a_report_in_another_language_that_credits_one_held_translates_it() -> None:
    here = report("en", ENGLISH, "Orel Courier", 4)
    there = report("fr", FRENCH + " Avec Orel Courier, selon Orel Courier.", "La Voix", 5, language="fr")
    assert kinds_of(here, there)["fr", "en"] == (Descent.TRANSLATES, True)
    # Named, but with its own order of what happened: cited or retold, never translated.
    other = report(
        "fr", OTHER + " C'est ce qu'écrit, selon Orel Courier, l'armée.", "La Voix", 5, language="fr"
    )
    assert Descent.TRANSLATES not in {kind for kind, _ in kinds_of(here, other).values()}


def test_a_report_in_another_language_that_credits_nobody_is_known_by_names_and_figures_in_order() -> None:
    here = report("en", ENGLISH, "Orel Courier", 4)
    spare = [report(f"s{n}", text, f"Outlet {n}", 4) for n, text in enumerate((BRIDGE, MARKET, CLINIC))]
    found = kinds_of(here, report("fr", FRENCH, "La Voix", 5, language="fr"), *spare)
    assert found["fr", "en"] == (Descent.TRANSLATES, False)
    assert ("fr", "en") not in kinds_of(here, report("fr", OTHER, "La Voix", 5, language="fr"), *spare)


def test_the_last_voice_of_a_chain_is_a_source() -> None:
    chain = (
        Source(text="a fisherman", kind=SourceKind.ANONYMOUS),
        Source(text="Capital News", kind=SourceKind.OUTLET),
    )
    pronoun = (Source(text="he", kind=SourceKind.PERSON),)
    claims = tuple(
        Claim(id=f"c{n}", type=ClaimType.ASSAULT, evidence="x", trigger="x", sources=sources)
        for n, sources in enumerate((chain, pronoun, chain))
    )
    assert list(edges(report("a", MARKET, claims=claims))) == [("a", "source:a fisherman")]


def test_the_scored_form_groups_who_carries_one_text() -> None:
    lineage = lineage_of(
        [report("a", BRIDGE, "Orel Courier", 2), report("b", BRIDGE, "Vardin Echo", 3)], today=TODAY
    )
    form = scored_form(lineage)
    assert form["same_dispatch"] == [["a", "b"]]
    assert [(edge["from"], edge["to"], edge["kind"]) for edge in form["edges"]] == [("b", "a", "copies")]


sentences = st.lists(st.sampled_from([*BRIDGE.split(". "), *MARKET.split(". ")]), max_size=8).map(". ".join)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            sentences | st.text(max_size=80),
            st.sampled_from([None, "AFP", "Orel Courier", "Vardin Echo", "BBC"]),
            st.sampled_from([None, 1, 2, 28]),
            st.sampled_from([None, "https://a.example/1", "http://[", "x"]),
        ),
        max_size=7,
    )
)
def test_whatever_the_reports_say_the_edges_fit_them(
    rows: list[tuple[str, str | None, int | None, str | None]],
) -> None:
    held = [report(f"r{n}", text, outlet, day, url=url) for n, (text, outlet, day, url) in enumerate(rows)]
    texts = {one.report: one.document.text for one in held}
    lineage = lineage_of(held, today=TODAY)
    up: dict[str, set[str]] = {}
    for edge in lineage.dependences:
        assert edge.report in texts
        assert edge.parent != edge.report
        assert 0 <= edge.score <= 1
        if edge.cue:
            assert edge.cue.end <= len(texts[edge.report])
        if edge.parent in texts:
            up.setdefault(edge.report, set()).add(edge.parent)
            for alignment in edge.alignments:
                here, there = alignment.span.of(texts[edge.report]), alignment.other.of(texts[edge.parent])
                assert here.split()[0].casefold() == there.split()[0].casefold()
    for start, above in up.items():
        seen, stack = set[str](), list(above)
        while stack:
            one = stack.pop()
            assert one != start
            stack += [] if one in seen else up.get(one, ())
            seen.add(one)
    assert lineage_of(held, today=TODAY) == lineage


def test_what_two_reporters_heard_one_speaker_say_is_no_lineage() -> None:
    said = (
        '"We shall look at every beam of that bridge before one lorry goes over it again, and whoever says'
        ' that he knows the cost today is guessing," said the mayor of Vardin.'
    )
    one = f"{said} {MARKET} Two trams run again between the station and the town, one of them without glass."
    other = f"The council met on Tuesday. {CLINIC} {BRIDGE} {said}"
    spoken = {}
    for name, text in (("a", one), ("b", other)):
        held = report(name, text, f"Paper {name.upper()}", 3)
        start = text.index('"')
        quote = Span(start=start, end=text.index('"', start + 1) + 1)
        passages = (*held.document.passages, Passage(kind=PassageKind.QUOTATION, span=quote))
        spoken[name] = Held(held.document.model_copy(update={"passages": passages}), held.coding)
    assert edges(*spoken.values()) == {}
    assert edges(report("a", one, "Paper A", 3), report("b", other, "Paper B", 3)) != {}


def test_a_standing_paragraph_of_a_house_is_no_lineage() -> None:
    tail = (
        " The war began when the Kolmaz Brigade left the barracks of Orel and took the bridges of three"
        " rivers in one night."
    )
    found = edges(
        report("late", MARKET + tail, "Orel Courier", 9), report("early", CLINIC + tail, "Orel Courier", 2)
    )
    assert found == {}


def test_another_story_of_a_cited_outlet_is_not_the_one_that_is_meant() -> None:
    found = edges(
        report(
            "a", "Vardin Echo reporters said two boats sank near Orel on Monday. " + MARKET, "Orel Courier"
        ),
        report("b", CLINIC, "Vardin Echo"),
        report("c", BRIDGE, "Tessaly Post"),
    )
    assert list(found) == [("a", "outlet:Vardin Echo")]
