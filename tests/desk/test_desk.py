"""The desk in a real browser: read, judge, undo, add, filter; hostile reports; offline; two at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

import desk_story
import pytest
from browser import css, faults

REPORT = "velin/shelling"
EVIL = 'evil/"><b>#%2e/../x'
Wait = Callable[[Callable[[], Any]], Any]

pytestmark = pytest.mark.slow


def _open(browser: Any, desk: str, report: str = REPORT) -> None:
    browser.get(f"{desk}/read?report={quote(report, safe='')}")


def _press(browser: Any, *keys: str) -> int:
    """Presses keys where the focus is; gives how many."""
    for key in keys:
        browser.switch_to.active_element.send_keys(key)
    return len(keys)


def _verdict(browser: Any, claim: str) -> str:
    """The verdict that the desk has drawn (not the one shown in advance)."""
    text: str = browser.execute_script(
        "return document.getElementById(arguments[0])?.dataset.verdict ?? 'gone'", claim
    )
    return text


def _saved(browser: Any, desk: str, report: str = REPORT, person: str = "ann") -> list[dict[str, Any]]:
    """The judgements that stand, as the API tells them."""
    found = browser.execute_async_script(
        "fetch(arguments[0]).then(r => r.json()).then(arguments[1])",
        f"{desk}/api/v1/judgements?id={quote(report, safe='')}&person={person}",
    )
    judgements: list[dict[str, Any]] = found["judgements"]
    return judgements


def test_a_report_is_found_and_read(browser: Any, desk: str, wait: Wait) -> None:
    browser.find_element("id", "search").send_keys("customs house\n")
    wait(lambda: "q=customs" in browser.current_url)
    links = css(browser, "a.title")
    assert [link.text for link in links] == [desk_story.TITLE]
    links[0].click()
    wait(lambda: css(browser, ".card.on"))
    assert browser.find_element("id", "text").text.startswith(desk_story.TITLE)
    assert len(css(browser, ".card")) == 2
    furniture = css(browser, ".passage.furniture")[0]
    assert float(furniture.value_of_css_property("font-size")[:-2]) < 14
    assert faults(browser) == []


def test_words_and_card_light_each_other(browser: Any, desk: str, wait: Wait) -> None:
    from selenium.webdriver import ActionChains

    _open(browser, desk)
    ActionChains(browser).move_to_element(css(browser, '[data-c="c2"]')[0]).perform()
    wait(lambda: "lit" in browser.find_element("id", "c2").get_attribute("class"))
    assert "lit" not in browser.find_element("id", "c1").get_attribute("class")
    ActionChains(browser).move_to_element(browser.find_element("id", "c1")).perform()
    wait(lambda: all("lit" in piece.get_attribute("class") for piece in css(browser, '[data-c="c1"]')))
    assert not any("lit" in piece.get_attribute("class") for piece in css(browser, '[data-c="c2"]'))


def test_one_key_accepts_and_goes_on(browser: Any, desk: str, wait: Wait) -> None:
    _open(browser, desk)
    wait(lambda: css(browser, "#c1.on"))
    keys = _press(browser, "a")
    wait(lambda: css(browser, "#c2.on"))
    keys += _press(browser, "r")
    wait(lambda: len(_saved(browser, desk)) == 2)
    assert [(j["subject"], j["verdict"]) for j in _saved(browser, desk)] == [
        (f"{REPORT}#c1", "accept"),
        (f"{REPORT}#c2", "reject"),
    ]
    assert keys == 2, "one key a claim"
    assert browser.find_element("id", "open-count").text == "0"


def test_an_actor_is_corrected_with_three_keys(browser: Any, desk: str, wait: Wait) -> None:
    _open(browser, desk)
    wait(lambda: css(browser, "#c1.on"))
    keys = _press(browser, "c", "a", "1")  # at once: the candidates need not be there yet
    wait(lambda: _verdict(browser, "c1") == "correct")
    (judgement,) = _saved(browser, desk)
    assert (judgement["subject"], judgement["value"]) == (f"{REPORT}#c1/roles.actor", ["e3"])
    assert keys <= 4
    assert "residents" in browser.find_element("id", "c1").text


def test_free_entry_corrects_too(browser: Any, desk: str, wait: Wait) -> None:
    _open(browser, desk)
    wait(lambda: css(browser, "#c1.on"))
    _press(browser, "c", "a", "Black Ram (group)", "\n")
    wait(lambda: "Black Ram" in browser.find_element("id", "c1").text)
    _press(browser, "c", "n", "14 killed", "\n")
    wait(lambda: "14 killed" in browser.find_element("id", "c1").text)
    assert [j["verdict"] for j in _saved(browser, desk)] == ["add", "correct", "correct"]


def test_undo_and_redo(browser: Any, desk: str, wait: Wait) -> None:
    _open(browser, desk)
    wait(lambda: css(browser, "#c1.on"))
    _press(browser, "r")
    wait(lambda: len(_saved(browser, desk)) == 1)
    _press(browser, "u")
    wait(lambda: _verdict(browser, "c1") == "")
    assert _saved(browser, desk) == []
    _press(browser, "U")
    wait(lambda: _verdict(browser, "c1") == "reject")
    assert len(_saved(browser, desk)) == 1


def test_who_takes_a_split_back_goes_on_where_it_stood(browser: Any, desk: str, wait: Wait) -> None:
    _open(browser, desk)
    wait(lambda: css(browser, "#c1.on"))
    _press(browser, "j", "y")
    wait(lambda: len(css(browser, ".card")) == 3 and css(browser, ".card.add.on"))
    assert "+ added" in css(browser, ".card.add")[0].text
    _press(browser, "u")
    wait(lambda: len(css(browser, ".card")) == 2)
    assert css(browser, ".card[aria-current]")[0].get_attribute("id") == "c2"
    _press(browser, "k")
    assert css(browser, ".card[aria-current]")[0].get_attribute("id") == "c1"


def test_a_claim_is_added_by_selecting_words(browser: Any, desk: str, wait: Wait) -> None:
    _open(browser, desk)
    wait(lambda: css(browser, "#c1.on"))
    browser.execute_script(
        """
        const walker = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const at = walker.currentNode.data.indexOf('came');
          if (at < 0) continue;
          getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + 4);
          break;
        }
        """
    )
    _press(browser, "+")
    wait(lambda: browser.find_element("id", "adder").is_displayed())
    assert browser.find_element("id", "adder-words").text == "came"
    browser.find_element("id", "adder-type").send_keys("move")
    browser.find_element("id", "adder-actor").send_keys("Guards\n")
    wait(lambda: len(css(browser, ".card")) == 3)
    entity, claim = _saved(browser, desk)
    assert (entity["value"]["names"], claim["value"]["trigger"]) == (["Guards"], "came")
    span = claim["value"]["span"]
    assert desk_story.TEXT[span["start"] : span["end"]] == "Guards came to Velin at noon."


def test_marked_claims_are_the_same_or_not(browser: Any, desk: str, wait: Wait) -> None:
    _open(browser, desk)
    wait(lambda: css(browser, "#c1.on"))
    _press(browser, "m", "j", "s")
    wait(lambda: "same as" in browser.find_element("id", "c2").text)
    (judgement,) = _saved(browser, desk)
    assert (judgement["subject"], judgement["value"]) == (f"{REPORT}#c2", f"{REPORT}#c1")
    _press(browser, "x")
    wait(lambda: "not the same" in browser.find_element("id", "c2").text)


def test_a_note_is_kept(browser: Any, desk: str, wait: Wait) -> None:
    _open(browser, desk)
    wait(lambda: css(browser, "#c1.on"))
    _press(browser, "t")
    browser.find_element("id", "note-input").send_keys("see the court file")
    css(browser, "#note button.main")[0].click()
    wait(lambda: "see the court file" in browser.find_element("id", "c1").text)


def test_a_hostile_report_does_nothing(browser: Any, desk: str, wait: Wait) -> None:
    _open(browser, desk, EVIL)
    wait(lambda: css(browser, ".card"))
    shown = browser.find_element("id", "text").text
    assert '<script>document.title="owned"</script>' in shown
    assert "{{ 7*7 }}" in shown
    assert css(browser, "#text script, #text img, #cards script, #cards img") == []
    assert [sign.text for sign in css(browser, "#text .odd")] == ["U+202E", "U+202C", "U+0007"]
    assert "owned" not in browser.title.replace(desk_story.HOSTILE.split("\u202e")[0].strip(), "")
    wide = browser.execute_script(
        "return document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    assert not wide, "a line of 200,000 letters must break"
    _press(browser, "a")
    wait(lambda: len(_saved(browser, desk, EVIL)) == 1)
    assert faults(browser) == []


def test_selected_words_after_an_emoji_keep_their_place(browser: Any, desk: str, wait: Wait) -> None:
    _open(browser, desk, EVIL)
    wait(lambda: css(browser, ".card"))
    browser.execute_script(
        """
        for (const piece of document.querySelectorAll('#text [data-s]')) {
          const node = piece.firstChild, at = node.data.indexOf('{{ 7*7');
          if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + 9);
        }
        """
    )
    _press(browser, "+")
    wait(lambda: browser.find_element("id", "adder").is_displayed())
    browser.find_element("id", "adder-type").send_keys("MOVE\n")
    wait(lambda: len(_saved(browser, desk, EVIL)) == 1)
    assert _saved(browser, desk, EVIL)[0]["value"]["trigger"] == "{{ 7*7 }}"


def test_no_request_leaves_the_machine(browser: Any, desk: str, wait: Wait) -> None:
    for path in ("/", "/queue", "/agreement", f"/read?report={quote(EVIL, safe='')}"):
        browser.get(desk + path)
    _open(browser, desk)
    wait(lambda: css(browser, "#c1.on"))
    _press(browser, "a")
    wait(lambda: len(_saved(browser, desk)) == 1)
    asked = set()
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            asked.add(urlsplit(message["params"]["request"]["url"])[:2])
    outside = {
        place for place in asked if place[0] in ("http", "https", "ws") and f"{place[0]}://{place[1]}" != desk
    }
    assert asked, "no request was seen: this test would prove nothing"
    assert outside == set()


def test_two_browsers_judge_one_casebook(browse: Callable[[], Any], desk: str, wait: Wait) -> None:
    ann, ben = browse(), browse()
    ben.find_element("id", "reviewer").click()
    field = ben.find_element("id", "name-input")
    field.clear()
    field.send_keys("ben\n")
    wait(lambda: "ben" in ben.find_element("id", "reviewer").text)
    for one in (ann, ben):
        _open(one, desk)
        wait(lambda one=one: css(one, "#c1.on"))
    _press(ann, "a")
    _press(ben, "r")
    wait(lambda: len(_saved(ann, desk)) == 1 and len(_saved(ben, desk, person="ben")) == 1)
    wait(lambda: "ann: accepted" in ben.execute_script("return document.getElementById('c1').textContent"))
    assert ben.find_element("id", "open-count").text == "1"
    assert len(_saved(ann, desk)) == 1


def test_keys_can_be_switched_off(browser: Any, desk: str, wait: Wait) -> None:
    _open(browser, desk)
    wait(lambda: css(browser, "#c1.on"))
    _press(browser, "?")
    browser.find_element("id", "keys-on").click()
    css(browser, "#help button.main")[0].click()
    _press(browser, "a", "r")
    assert _saved(browser, desk) == []


def test_everything_can_be_reached_and_has_a_name(browser: Any, desk: str) -> None:
    """A part of WCAG 2.2 that can be read off the page: names, labels, headings, language, no broken ids."""
    for path in ("/", "/queue", "/agreement", f"/read?report={quote(REPORT, safe='')}"):
        browser.get(desk + path)
        nameless = browser.execute_script(
            """
            const named = (e) => (e.labels && e.labels.length) || e.getAttribute('aria-label')
              || e.getAttribute('aria-labelledby') || e.textContent.trim();
            const all = document.querySelectorAll('button, a, input, select, textarea, progress, meter');
            const nameless = [...all]
              .filter((e) => !named(e)).map((e) => e.outerHTML);
            const refs = [...document.querySelectorAll('[aria-labelledby], [aria-controls]')].flatMap((e) =>
              ['aria-labelledby', 'aria-controls'].map((name) => e.getAttribute(name)).filter(Boolean))
              .filter((id) => !document.getElementById(id));
            const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
            const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
            const small = [...document.querySelectorAll('button')].filter((e) => {
              const box = e.getBoundingClientRect();
              return box.width && (box.width < 24 || box.height < 24);
            }).map((e) => e.outerHTML);
            return [...nameless, ...refs, ...twice, ...small];
            """
        )
        assert nameless == [], path
        assert browser.execute_script("return document.documentElement.lang") == "en"
        assert len(css(browser, "main")) == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_has_contrast(browser: Any, desk: str, wait: Wait, theme: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 for every text, computed from the colours that are drawn."""
    browser.execute_script("localStorage.setItem('stemma-theme', arguments[0])", theme)
    for path in ("/", "/queue", f"/read?report={quote(REPORT, safe='')}"):
        browser.get(desk + path)
        wait(lambda: browser.execute_script("return document.documentElement.dataset.theme"))
        poor = browser.execute_script(
            """
            const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
            const rgb = (colour, under) => {
              canvas.fillStyle = under; canvas.fillRect(0, 0, 1, 1);
              canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
              return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
            };
            const css = (c) => `rgb(${c.join(',')})`;
            const behind = (e) => {
              const above = [];
              for (let at = e; at; at = at.parentElement) above.unshift(getComputedStyle(at).backgroundColor);
              return above.reduce((under, colour) => css(rgb(colour, under)), 'white');
            };
            const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            const light = (c) => c.map((v) => linear(v / 255))
              .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
            const poor = [];
            for (const e of document.querySelectorAll('body *')) {
              const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
              if (!own || !e.checkVisibility() || e.closest('.away, .skip, .status')) continue;
              if (e.disabled) continue;
              const under = behind(e);
              const pair = [light(rgb(getComputedStyle(e).color, under)), light(rgb(under, 'white'))].sort();
              const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
              const words = e.textContent.slice(0, 30);
              if (ratio < 4.5) poor.push(`${e.tagName}.${e.className} ${ratio.toFixed(2)} ${words}`);
            }
            return poor;
            """
        )
        assert poor == [], path


def test_the_marked_claim_and_another_are_one_and_one_is_two(browser: Any, desk: str, wait: Wait) -> None:
    _open(browser, desk)
    wait(lambda: css(browser, "#c1.on"))
    _press(browser, "y")
    wait(lambda: len(css(browser, ".card")) == 3)
    _open(browser, desk)
    wait(lambda: css(browser, "#c1.on"))
    _press(browser, "j", "m", "k", "w")
    wait(lambda: len(_saved(browser, desk)) == 2)
    assert [judgement["verdict"] for judgement in _saved(browser, desk)] == ["add", "reject"]
