"""What tests of the desk ask of a real browser."""

from __future__ import annotations

from typing import Any


def css(browser: Any, selector: str) -> list[Any]:
    """The elements that a selector finds."""
    found: list[Any] = browser.find_elements("css selector", selector)
    return found


def faults(browser: Any) -> list[str]:
    """What the browser itself complained of: errors of script, refused requests."""
    return [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
