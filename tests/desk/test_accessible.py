"""Every page of the desk under axe's rules for WCAG 2.2, A and AA, in light and in dark."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import pytest

pytest.importorskip("axe_playwright_python", reason="pip install axe-playwright-python, or the group dev")

REPORT = quote("velin/shelling", safe="")
EVIL = quote('evil/"><b>#%2e/../x', safe="")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

pytestmark = pytest.mark.slow


def _pages() -> list[str]:
    """The pages of the navigation, so that no new one is forgotten, and some reached from them."""
    from stemma.desk.pages import NAVIGATION

    listed = [address for address, _ in NAVIGATION]
    return [*listed, f"/read?report={REPORT}", f"/read?report={EVIL}", "/?q=nothing+like+that", "/nowhere"]


def _faults(browser: Any) -> list[str]:
    """What axe finds, one line a kind of fault."""
    found = browser.execute_async_script(
        """
        const done = arguments[arguments.length - 1];
        axe.run(document, { runOnly: { type: 'tag', values: arguments[0] } })
          .then((told) => done(told.violations.map((one) =>
            `${one.id}: ${one.help}: ` +
            one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | '))))
          .catch((error) => done([String(error)]));
        """,
        TAGS,
    )
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault_on_any_page(
    browser: Any, desk: str, wait: Callable[[Callable[[], Any]], Any], theme: str
) -> None:
    rules = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    browser.execute_script("localStorage.setItem('stemma-theme', arguments[0])", theme)
    faults = {}
    for path in _pages():
        browser.get(desk + path)
        wait(lambda: browser.execute_script("return document.documentElement.dataset.theme") == theme)
        # By the browser's own console: the desk's policy lets no foreign script into the page.
        browser.execute_cdp_cmd("Runtime.evaluate", {"expression": rules})
        if found := _faults(browser):
            faults[path] = found
    assert faults == {}


def test_axe_finds_no_fault_in_the_dialogs(
    browser: Any, desk: str, wait: Callable[[Callable[[], Any]], Any]
) -> None:
    rules = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    faults = {}
    for keys, dialog in (("?", "help"), ("c", "pick"), ("t", "note")):
        browser.get(f"{desk}/read?report={REPORT}")
        wait(lambda: browser.find_elements("css selector", "#c1.on"))
        browser.switch_to.active_element.send_keys(keys)
        wait(lambda dialog=dialog: browser.find_element("id", dialog).is_displayed())
        browser.execute_cdp_cmd("Runtime.evaluate", {"expression": rules})
        if found := _faults(browser):
            faults[dialog] = found
    assert faults == {}
