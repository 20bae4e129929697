"""Stories in a real browser: filter, read a story, open shared words by keyboard, save pictures."""

from __future__ import annotations

import base64
import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import desk_told
import pytest
from browser import css, faults

Wait = Callable[[Callable[[], Any]], Any]
MERGING = 60
"""Seconds that a busy machine may take to merge three reports; a quiet one takes under one."""

SVG = "{http://www.w3.org/2000/svg}"

pytestmark = pytest.mark.slow


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Any]:
    with desk_told.make_told(tmp_path / "told.casebook") as made:
        yield made


def _to_stories(browser: Any, desk: str) -> None:
    """The list, once the record is merged; the page looks again by itself until then."""
    browser.get(f"{desk}/stories")
    end = time.monotonic() + MERGING
    while not css(browser, "a.title"):
        assert time.monotonic() < end, "the page did not come by itself"
        time.sleep(0.2)


def _to_story(browser: Any, desk: str, wait: Wait) -> None:
    _to_stories(browser, desk)
    css(browser, "a.title")[0].click()
    wait(lambda: css(browser, "#stemma-picture"))


def _saved(browser: Any, wait: Wait, form: str, name: str = "stemma-picture") -> bytes:
    """The bytes that a button would hand to the browser's downloads, caught on the way."""
    browser.execute_script(
        "window.caught = null; const make = URL.createObjectURL;"
        "URL.createObjectURL = (blob) => { window.last = blob; return make(blob); };"
        "HTMLAnchorElement.prototype.click = function () {"
        "  const read = new FileReader(); read.onload = () => { window.caught = read.result; };"
        "  read.readAsDataURL(window.last); };"
    )
    button = browser.find_element("css selector", f'[data-picture="{name}"] [data-save="{form}"]')
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.send_keys("\n")
    address: str = wait(lambda: browser.execute_script("return window.caught"))
    return base64.b64decode(address.partition(",")[2])


def test_a_story_is_filtered_found_and_read(browser: Any, desk: str, wait: Wait) -> None:
    _to_stories(browser, desk)
    browser.find_element("name", "disputed").click()
    browser.find_element("id", "search").send_keys("velin\n")
    wait(lambda: "disputed=yes" in browser.current_url and css(browser, ".asked"))
    assert len(css(browser, "a.title")) == 1
    css(browser, "a.title")[0].click()
    wait(lambda: css(browser, "#disputes"))
    assert "two origins" in browser.find_element("css selector", ".printed").text
    assert len(css(browser, ".stemma .node")) == 3
    assert browser.title.startswith("Harbour Front, shelling")
    assert browser.execute_script(
        "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    assert faults(browser) == []


def test_an_edge_opens_the_shared_words_by_keyboard(browser: Any, desk: str, wait: Wait) -> None:
    _to_story(browser, desk, wait)
    edge = browser.find_element("css selector", "a.edge")
    browser.execute_script("arguments[0].focus()", edge)
    assert browser.switch_to.active_element == edge
    edge.send_keys("\n")
    wait(lambda: browser.execute_script("return document.getElementById('aligned').open"))
    dialog = browser.find_element("id", "aligned")
    assert len(dialog.find_elements("css selector", "mark")) == 2
    left, right = dialog.find_elements("css selector", ".sides:not(.heads) > div")
    assert left.rect["y"] == right.rect["y"]
    assert left.rect["x"] < right.rect["x"]
    browser.switch_to.active_element.send_keys("\ue00c")  # Escape
    wait(lambda: not browser.execute_script("return document.getElementById('aligned').open"))
    assert browser.switch_to.active_element == edge
    assert faults(browser) == []


def test_without_the_script_an_edge_leads_to_a_page(browser: Any, desk: str, wait: Wait) -> None:
    _to_story(browser, desk, wait)
    address = browser.find_element("css selector", "a.edge").get_dom_attribute("href")
    browser.get(desk + address)
    assert len(css(browser, "mark")) == 2
    assert css(browser, 'a[href^="/story/"]')


def test_a_picture_is_saved_as_svg_with_its_styles(browser: Any, desk: str, wait: Wait) -> None:
    _to_story(browser, desk, wait)
    browser.execute_script("document.documentElement.dataset.theme = 'dark'")
    tree = ElementTree.fromstring(_saved(browser, wait, "svg"))
    assert tree.tag == f"{SVG}svg"
    assert browser.execute_script("return document.documentElement.dataset.theme") == "dark"
    paper = tree[0]
    assert (paper.tag, paper.get("fill")) == (f"{SVG}rect", "#ffffff")
    texts = [text for text in tree.iter(f"{SVG}text") if text.text == "The Coast Daily"]
    assert [text.get("font-size") for text in texts] == ["12px"]
    assert texts[0].get("fill") == "rgb(29, 33, 38)", "the ink of the light theme"
    assert not [one for one in tree.iter() if one.get("href") or one.tag == f"{SVG}style"]
    assert not list(tree.iter(f"{SVG}script"))
    assert faults(browser) == []


def test_a_picture_is_saved_as_png_that_is_not_empty(browser: Any, desk: str, wait: Wait) -> None:
    _to_story(browser, desk, wait)
    shown = browser.find_element("id", "toll-1").rect
    png = _saved(browser, wait, "png", "toll-1")
    assert png.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) == (2 * shown["width"], 2 * shown["height"])
    assert len(png) > 4000, "an empty picture of this size takes less"
    assert faults(browser) == []


def test_nothing_leaves_the_desk(browser: Any, desk: str, wait: Wait) -> None:
    import json

    _to_story(browser, desk, wait)
    _saved(browser, wait, "png")
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    ]
    assert asked
    assert [url for url in asked if not url.startswith((desk, "blob:", "data:", "about:"))] == []


def test_a_hostile_outlet_stays_text_and_arabic_runs_from_the_right(
    browser: Any, desk: str, wait: Wait
) -> None:
    _to_story(browser, desk, wait)
    assert browser.title.startswith("Harbour Front")
    assert desk_told.EVIL.split("<")[0].strip() in browser.find_element("id", "main").text
    assert not css(browser, "main script")
    link = next(one for one in css(browser, ".telling h3 a") if one.text == desk_told.ARABIC)
    assert browser.execute_script("return arguments[0].querySelector('bdi').matches(':dir(rtl)')", link)
    assert faults(browser) == []
