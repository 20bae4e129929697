"""Every page of the desk under axe's rules for WCAG 2.2, A and AA, in light and in dark."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

import desk_pictures
import desk_story
import desk_told
import pytest

# The package's own way into a page is a script of the page's, which the desk's policy forbids: only its
# copy of axe is used.
pytest.importorskip("selenium_axe_python", reason="pip install selenium-axe-python, or the group dev")

REPORT = quote("velin/shelling", safe="")
EVIL = quote('evil/"><b>#%2e/../x', safe="")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MERGING = 60
"""Seconds that a busy machine may take to merge a few reports; a quiet one takes under one."""

Wait = Callable[[Callable[[], Any]], Any]

pytestmark = pytest.mark.slow


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Any]:
    """All the small casebooks in one, so that no page is empty."""
    with desk_told.make_told(tmp_path / "all.casebook") as made:
        desk_pictures.fill(made)
        yield desk_story.fill(made)


def _wait_for_record(browser: Any, desk: str) -> None:
    """Pages of the record say "being merged" until it is there; that page would be all that is looked at."""
    browser.get(f"{desk}/stories")
    end = time.monotonic() + MERGING
    while not browser.find_elements("css selector", "a.title"):
        assert time.monotonic() < end, "the record did not come"
        time.sleep(0.2)


def _first(browser: Any, desk: str, path: str, links: str) -> str:
    """The address of the first such link of a page."""
    browser.get(desk + path)
    found: str = browser.find_elements("css selector", links)[0].get_dom_attribute("href")
    return found


def _pages(browser: Any, desk: str) -> list[str]:
    """The pages of the navigation, so that no new one is forgotten, and some reached from them."""
    from stemma.desk.pages import NAVIGATION

    _wait_for_record(browser, desk)
    story = _first(browser, desk, "/stories?q=market", "a.title")
    reached = [
        story,
        _first(browser, desk, story, "a.edge"),
        _first(browser, desk, "/entities?q=northern", "a.title"),
    ]
    read = [f"/read?report={REPORT}", f"/read?report={EVIL}"]
    return [*(address for address, _ in NAVIGATION), *reached, *read, "/?q=nothing+like+that", "/nowhere"]


def _bring_axe(browser: Any) -> None:
    """By the browser's own console: the desk's policy lets no foreign script into the page."""
    rules = files("selenium_axe_python").joinpath("axe-core", "axe.min.js").read_text("utf-8")
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": rules})


def _faults(browser: Any) -> list[str]:
    """What axe finds, one line a kind of fault."""
    _bring_axe(browser)
    found = browser.execute_async_script(
        """
        const done = arguments[arguments.length - 1];
        const options = { runOnly: { type: 'tag', values: arguments[0] },
                          rules: { 'target-size': { enabled: true } } };
        axe.run(document, options)
          .then((told) => done(told.violations.map((one) =>
            `${one.id}: ${one.help}: ` +
            one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | '))))
          .catch((error) => done([String(error)]));
        """,
        TAGS,
    )
    assert isinstance(found, list)
    return found


def _faults_of_pages(browser: Any, desk: str, wait: Wait, theme: str) -> dict[str, list[str]]:
    browser.execute_script("localStorage.setItem('stemma-theme', arguments[0])", theme)
    faults = {}
    for path in _pages(browser, desk):
        browser.get(desk + path)
        wait(lambda: browser.execute_script("return document.documentElement.dataset.theme") == theme)
        assert not browser.find_elements("id", "awaiting"), path
        found = _faults(browser)
        # WCAG 1.4.10: to read on, nobody has to scroll sideways; pictures and tables may, in their own frame.
        across, down = browser.execute_script(
            "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        if across > down:
            found.append(f"reflow: {across} pixels wide in a window of {down}")
        if found:
            faults[path] = found
    return faults


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault_on_any_page(browser: Any, desk: str, wait: Wait, theme: str) -> None:
    assert _faults_of_pages(browser, desk, wait, theme) == {}


def test_axe_finds_no_fault_on_a_narrow_screen(browser: Any, desk: str, wait: Wait, narrow: int) -> None:
    assert browser.execute_script("return window.innerWidth") == narrow
    found = _faults_of_pages(browser, desk, wait, "light")
    assert found == {}, found


def test_axe_finds_no_fault_in_the_dialogs(browser: Any, desk: str, wait: Wait) -> None:
    faults = {}
    for keys, dialog in (("?", "help"), ("c", "pick"), ("ca", "pick-value"), ("t", "note")):
        browser.get(f"{desk}/read?report={REPORT}")
        wait(lambda: browser.find_elements("css selector", "#c1.on"))
        for key in keys:
            browser.switch_to.active_element.send_keys(key)
        wait(lambda dialog=dialog: browser.find_element("id", dialog).is_displayed())
        if found := _faults(browser):
            faults[dialog] = found
    browser.get(f"{desk}/read?report={REPORT}")
    for dialog in ("adder", "name-dialog"):
        browser.execute_script("document.getElementById(arguments[0]).showModal()", dialog)
        if found := _faults(browser):
            faults[dialog] = found
        browser.execute_script("document.getElementById(arguments[0]).close()", dialog)
    assert faults == {}


def test_axe_finds_no_fault_where_shared_words_are_shown(browser: Any, desk: str, wait: Wait) -> None:
    _wait_for_record(browser, desk)
    browser.get(desk + _first(browser, desk, "/stories?q=market", "a.title"))
    browser.find_element("css selector", "a.edge").send_keys("\n")
    wait(lambda: browser.execute_script("return document.getElementById('aligned').open"))
    assert _faults(browser) == []


def test_faults_that_are_planted_are_found(browser: Any, desk: str) -> None:
    """Else the tests above could not fail."""
    browser.get(f"{desk}/queue")
    browser.execute_script(
        """
        const planted = document.createElement('div');
        planted.innerHTML = '<input><button></button>' +
          '<p><button id="one">x</button><button id="two">y</button></p><p id="pale">words to read</p>';
        document.querySelector('main').append(planted);
        for (const id of ['one', 'two']) {
          const style = document.getElementById(id).style;
          style.minHeight = '0'; style.height = '10px'; style.width = '10px'; style.padding = '0';
        }
        document.getElementById('pale').style.color = '#999';
        document.getElementById('pale').style.background = '#aaa';
        """
    )
    found = {fault.partition(":")[0] for fault in _faults(browser)}
    assert {"label", "button-name", "target-size", "color-contrast"} <= found
