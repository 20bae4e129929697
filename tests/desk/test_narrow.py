"""The desk on a telephone: the report first, and each claim judged by a card that has its words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import desk_story
import pytest
from browser import css

REPORT = "velin/shelling"
Wait = Callable[[Callable[[], Any]], Any]

pytestmark = pytest.mark.slow


def _in_sight(browser: Any, selector: str) -> bool:
    found: bool = browser.execute_script(
        "const box = document.querySelector(arguments[0]).getBoundingClientRect();"
        "return box.top < innerHeight && box.bottom > 0",
        selector,
    )
    return found


def test_a_report_opens_at_its_head_and_a_claim_at_its_card(
    browser: Any, desk: str, wait: Wait, narrow: int
) -> None:
    address = f"{desk}/read?report={quote(REPORT, safe='')}"
    browser.get(address)
    wait(lambda: css(browser, "#c1.on"))
    wait(lambda: browser.execute_script("return document.readyState") == "complete")
    assert browser.execute_script("return scrollY") == 0
    assert _in_sight(browser, ".letterhead")
    browser.get(desk)
    browser.get(f"{address}#c2")
    wait(lambda: css(browser, "#c2.on") and _in_sight(browser, "#c2 .doings"))


def test_a_card_has_its_words_and_stays_where_it_is_pressed(
    browser: Any, desk: str, wait: Wait, narrow: int
) -> None:
    browser.get(f"{desk}/read?report={quote(REPORT, safe='')}")
    wait(lambda: css(browser, "#c1.on"))
    (quoted,) = css(browser, "#c1 .quote")
    assert quoted.is_displayed()
    assert quoted.text.strip("“”") == desk_story.FIRST
    browser.find_element("css selector", "#c1 [data-do=accept]").click()
    wait(lambda: css(browser, "#c1.accept") and css(browser, "#c2.on"))
    wait(lambda: _in_sight(browser, "#c2"))


def test_beside_the_report_a_card_does_not_repeat_the_words(browser: Any, desk: str, wait: Wait) -> None:
    browser.get(f"{desk}/read?report={quote(REPORT, safe='')}")
    wait(lambda: css(browser, "#c1.on"))
    assert not css(browser, "#c1 .quote")[0].is_displayed()


def test_what_happened_at_a_place_breaks_into_lines(browser: Any, desk: str, narrow: int) -> None:
    browser.get(f"{desk}/map")
    browser.execute_script(
        "document.querySelector('main').insertAdjacentHTML('beforeend',"
        " '<table class=list><tr><td><span class=nowrap>x</span></td></tr></table>')"
    )
    (told,) = css(browser, "main > .list .nowrap")
    assert told.value_of_css_property("white-space") == "normal"
