"""A desk that runs, and headless Chromium before it."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

# pytest's importlib mode leaves sys.path alone; what several folders of tests share is found here.
sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

import desk_story

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
TOKEN = "the-secret-of-this-test"


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Any]:
    """The casebook of the desk; a file of tests may have another."""
    with desk_story.make_casebook(tmp_path / "valley.casebook") as made:
        yield made


@pytest.fixture
def desk(casebook: Any) -> Iterator[str]:
    """The address of a desk on a small casebook; it opens with `?token=`."""
    import uvicorn

    from stemma.desk.app import make_app
    from stemma.desk.house import House
    from stemma.desk.options import DeskOptions
    from stemma.desk.serving import bind

    with ExitStack() as stack:
        bound = stack.enter_context(bind("127.0.0.1", 0))
        bound.listen(16)
        port = bound.getsockname()[1]
        app: Any = make_app(
            House(casebook, DeskOptions(token=TOKEN, reviewer="ann"), "valley.casebook"), port
        )
        config = uvicorn.Config(app, log_level="error", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{port}"
        server.should_exit = server.force_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def windows() -> Iterator[list[Any]]:
    """The browsers opened so far: starting one takes longer than a test, so that all tests share them."""
    opened: list[Any] = []
    yield opened
    for driver in opened:
        driver.quit()


def _start() -> Any:
    if not (CHROMIUM and DRIVER):
        pytest.skip("no Chromium with its driver here (Debian: apt install chromium chromium-driver)")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for argument in (
        *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
        *("--disable-dev-shm-usage", "--disable-sync", "--no-first-run", "--window-size=1280,800"),
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.set_page_load_timeout(60)
    return driver


@pytest.fixture
def browse(desk: str, windows: list[Any]) -> Callable[[], Any]:
    """Brings one more browser to the desk, without cookies; each desk has a port and a storage of its own."""
    used = iter(range(10))

    def browse_one() -> Any:
        number = next(used)
        if number == len(windows):
            windows.append(_start())
        driver = windows[number]
        driver.get("about:blank")
        driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        for log in ("browser", "performance"):
            driver.get_log(log)
        driver.get(f"{desk}/?token={TOKEN}")
        return driver

    return browse_one


@pytest.fixture
def browser(browse: Callable[[], Any]) -> Any:
    return browse()


@pytest.fixture
def wait() -> Callable[[Callable[[], Any]], Any]:
    """Waits, ten seconds at most, until a question is answered with something; gives the answer."""

    def wait_for(question: Callable[[], Any]) -> Any:
        end = time.monotonic() + 10
        while True:
            try:
                answer = question()
            except Exception:
                if time.monotonic() > end:
                    raise
                answer = None
            if answer:
                return answer
            assert time.monotonic() < end, "nothing came of it in ten seconds"
            time.sleep(0.05)

    return wait_for


@pytest.fixture
def narrow(browser: Any) -> Iterator[int]:
    """The browser as wide as a telephone; browsers are shared, and the next test's is wide again."""
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    yield size["width"]
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
