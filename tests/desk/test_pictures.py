"""The pictures in a real browser: the network of a day, folding, the map by keyboard, saving, offline."""

from __future__ import annotations

import base64
import json
import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import desk_pictures
import pytest
from browser import css, faults

Wait = Callable[[Callable[[], Any]], Any]
MERGING = 60
"""Seconds that a busy machine may take to merge one report; a quiet one takes under one."""

LEADS = "Ilo Maren leads the Hill Brigade"

pytestmark = pytest.mark.slow


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Any]:
    with desk_pictures.make_casebook(tmp_path / "north.casebook") as made:
        yield made


def _open(browser: Any, desk: str, path: str) -> None:
    """A page of pictures, once the record is merged; the page looks again by itself until then."""
    browser.get(f"{desk}{path}")
    end = time.monotonic() + MERGING
    while not css(browser, "svg.picture"):
        assert time.monotonic() < end, "the picture did not come"
        time.sleep(0.2)


def _links(browser: Any) -> str:
    text: str = browser.execute_script(
        "return [...document.querySelectorAll('.pic-link title')].map(t => t.textContent).join('\\n')"
    )
    return text


def _saved(browser: Any, wait: Wait, form: str) -> bytes:
    """The bytes that a button would hand to the browser's downloads, caught on the way."""
    browser.execute_script(
        "window.caught = null; const make = URL.createObjectURL;"
        "URL.createObjectURL = (blob) => { window.last = blob; return make(blob); };"
        "HTMLAnchorElement.prototype.click = function () {"
        "  if (!this.download) return;"
        "  const reader = new FileReader();"
        "  reader.onload = () => { window.caught = reader.result; };"
        "  reader.readAsDataURL(window.last); };"
    )
    button = css(browser, f"[data-save={form}]")[0]
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.send_keys("\n")
    address: str = wait(lambda: browser.execute_script("return window.caught"))
    return base64.b64decode(address.partition(",")[2])


def test_the_slider_shows_the_network_of_a_day(browser: Any, desk: str, wait: Wait) -> None:
    _open(browser, desk, "/network")
    assert LEADS in _links(browser)
    slider = css(browser, "input[type=range]")[0]
    assert slider.is_displayed()
    # The last day on which anything is told: five months and more after June.
    browser.execute_script(
        "const s = arguments[0]; s.value = s.max; s.dispatchEvent(new Event('input', {bubbles: true}));"
        "s.dispatchEvent(new Event('change', {bubbles: true}))",
        slider,
    )
    wait(lambda: "as_of=2016-12-14" in browser.current_url)
    wait(lambda: LEADS not in _links(browser))
    assert css(browser, "input[name=as_of]")[0].get_attribute("value") == "2016-12-14"
    browser.back()
    wait(lambda: LEADS in _links(browser))
    assert faults(browser) == []


def test_units_fold_by_keyboard_and_a_tie_leads_to_its_claims(browser: Any, desk: str, wait: Wait) -> None:
    _open(browser, desk, "/network")
    fold = css(browser, "a.pic-fold")[0]
    browser.execute_script("arguments[0].focus()", fold)
    fold.send_keys("\n")
    wait(lambda: "turn=" in browser.current_url)
    wait(lambda: "with 2 units" in browser.find_element("id", "network-picture").get_attribute("textContent"))
    link = css(browser, "a.pic-link")[0]
    target = browser.execute_script("return arguments[0].getAttribute('href')", link)
    assert css(browser, f"tr{target} .tellers a")
    assert faults(browser) == []


def test_the_map_moves_by_keyboard_and_the_address_follows(browser: Any, desk: str, wait: Wait) -> None:
    _open(browser, desk, "/map")
    figure = css(browser, ".figure[data-keys]")[0]
    figure.send_keys("+")
    first = wait(lambda: "bbox=" in browser.current_url and browser.current_url)
    wait(lambda: browser.execute_script("return document.activeElement.matches('.figure[data-keys]')"))
    browser.switch_to.active_element.send_keys("\ue014")  # the arrow to the right
    wait(lambda: browser.current_url != first)
    browser.switch_to.active_element.send_keys("0")
    wait(lambda: "bbox=" not in browser.current_url)
    assert "somewhere in the province" in browser.find_element("id", "main").text
    assert faults(browser) == []


@pytest.mark.parametrize("path", ["/timeline", "/network", "/map"])
def test_each_picture_is_saved_as_svg_and_png(browser: Any, desk: str, wait: Wait, path: str) -> None:
    _open(browser, desk, path)
    browser.execute_script("document.documentElement.dataset.theme = 'dark'")
    saved = ElementTree.fromstring(_saved(browser, wait, "svg"))
    tags = {element.tag.rpartition("}")[2] for element in saved.iter()}
    assert "script" not in tags
    assert not [e for e in saved.iter() if e.get("class") or e.get("href")]
    fills = {element.get("fill") for element in saved.iter() if element.tag.endswith("text")}
    assert "rgb(232, 230, 225)" not in fills, "the ink of the dark theme"
    picture = _saved(browser, wait, "png")
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = struct.unpack(">II", picture[16:24])
    assert wide >= 640
    assert high >= 200
    assert browser.title.startswith(path.strip("/").title())
    assert faults(browser) == []


def test_nothing_is_asked_of_anybody_else(browser: Any, desk: str) -> None:
    for path in ("/timeline", "/network", "/map", "/dossier/the%20northern%20front", "/entities"):
        browser.get(f"{desk}{path}")
        time.sleep(0.3)
    asked = set()
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            asked.add(urlsplit(message["params"]["request"]["url"]).netloc)
    assert asked - {"", urlsplit(desk).netloc} == set()
