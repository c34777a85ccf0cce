"""How long a reader waits in a real browser: for the first view, for a node to open, for an exported file."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CLICKS = 10  # on stubs of one graph
VIEWS = 3
_WINDOW = {"width": 1440, "height": 900}

_SCRIPT = files("bench").joinpath("explorer.js")


@dataclass(frozen=True, slots=True)
class Waited:
    """What a reader waited for, each time: milliseconds by the clock, and of the processor in the page's thread."""

    what: str
    took: tuple[tuple[float, float], ...]

    @property
    def median(self) -> str:
        """The medians of both."""
        return f"{median(wall for wall, _ in self.took):.0f} ({median(cpu for _, cpu in self.took):.0f})"

    @property
    def slowest(self) -> str:
        """The time that took longest by the clock."""
        wall, cpu = max(self.took)
        return f"{wall:.0f} ({cpu:.0f})"


def waited(folder: Path, views: Mapping[str, str], graphs: list[str], saved: Mapping[str, Path]) -> Iterator[Waited]:
    """First views by name, saved files by name, opening nodes in the graphs at these addresses.

    Nothing where there is no browser.
    """
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        found = None
    if found is None:
        return
    with _served(folder) as site, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        opened = {what: site + path for what, path in views.items()} | {what: at.as_uri() for what, at in saved.items()}
        for what, place in opened.items():
            yield Waited(f"first view: {what}", tuple(_first_view(browser, place) for _ in range(VIEWS)))
        clicks = tuple(took for path in graphs for took in _clicks(browser, site + path))
        if clicks:
            yield Waited("click on a stub to drawn", clicks)
        browser.close()


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The explorer in a process of its own."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = "import sys; from caimai.cli import main; sys.exit(main())"
    server = subprocess.Popen([sys.executable, "-c", code, "serve", "--store", str(folder), "--port", str(port)])
    site = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                urllib.request.urlopen(f"{site}/search?q=0").read()
                break
            except OSError:
                time.sleep(0.1)
        yield site
    finally:
        server.terminate()
        server.wait()


def _first_view(browser: Any, address: str) -> tuple[float, float]:
    """Milliseconds from the request to a page that answers, with nothing in the browser's cache."""
    context = browser.new_context(viewport=_WINDOW)
    page = context.new_page()
    worked = _worked_in(page)
    page.goto(address)
    took = _interactive(page), worked()
    context.close()
    return took


def _interactive(page: Any) -> float:
    page.evaluate(_SCRIPT.read_text("utf-8") + ";Object.assign(window, {timing, listen, stub, interactive})")
    return float(page.evaluate("interactive()"))


def _worked_in(page: Any) -> Callable[[], float]:
    """Tells how many milliseconds of the processor the page's main thread has had."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration") * 1000

    return worked


def _clicks(browser: Any, address: str) -> Iterator[tuple[float, float]]:
    """Milliseconds of each click on a stub of the graph."""
    page = browser.new_page(viewport=_WINDOW, reduced_motion="reduce")  # a stub that glides away is not clicked
    worked = _worked_in(page)
    page.goto(address)
    _interactive(page)
    page.evaluate("listen()")
    for _ in range(CLICKS):
        place = page.evaluate("stub()")
        if place is None:
            break
        before = worked()
        page.mouse.click(place["x"], place["y"])
        page.wait_for_function("() => timing.drawn", polling=20)
        yield float(page.evaluate("timing.drawn - timing.click")), worked() - before
        page.wait_for_load_state("networkidle")  # the details of the node, which follow the drawing
    page.close()
