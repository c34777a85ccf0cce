"""Pages in a real browser: opened, waited for, pressed. Every wait is for a condition, and says what never came.

Nothing is asserted of a moment: what an action brings about is waited for by `expect` of Playwright or by `until`.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

SECONDS = 90  # longer than anything takes on a slow and busy machine; what holds at once is not waited for
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
READY = (
    "body:not(:has(#canvas:not([data-ready]), #sankey:not([data-ready]), #yasgui:not([data-ready]),"
    " #result:not([data-ready])))"
)
"""A page whose scripts have set up all that can be pressed, and drawn what they draw."""


def expect(seen: Any) -> Any:
    """Playwright's assertions on a page or a part of it, which wait until they hold."""
    from playwright.sync_api import expect as expected

    expected.set_options(timeout=SECONDS * 1000)
    return expected(seen)


@contextmanager
def launched() -> Iterator[Any]:
    """A browser that reaches nothing but loopback; the test is skipped where there is none."""
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed: pip install 'caimai[test]'"
    )
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine: pages are not tried in a browser")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
            timeout=SECONDS * 1000,
        )
        yield browser
        browser.close()


def context(browser: Any, **settings: Any) -> Any:
    """What one reader has: cookies, a window 1440 wide unless told."""
    made = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **settings})
    made.set_default_timeout(SECONDS * 1000)
    return made


def open_page(page: Any, address: str) -> None:
    """Goes to an address and waits until all on the page can be used."""
    page.goto(address)
    page.wait_for_selector(READY, state="attached")


def until(page: Any, expression: str, given: object = None) -> Any:
    """The value of an expression as soon as it holds: Playwright's own way is forbidden by the policy of our pages."""
    from playwright.sync_api import Error

    last: object = None
    for _ in _tries():
        try:
            if last := page.evaluate(f"(given) => ({expression})", given):
                return last
        except Error as error:  # the page is being left for another
            if "navigation" not in str(error):
                raise
            last = error
    raise AssertionError(f"never: {expression}, given {given!r}; at the last: {last!r}")


def until_equal(page: Any, expression: str, value: object, given: object = None) -> None:
    """Waits until an expression has a value."""
    last: object = None
    for _ in _tries():
        if (last := page.evaluate(f"(given) => ({expression})", given)) == value:
            return
    raise AssertionError(f"never {value!r}: {expression}, given {given!r}; at the last: {last!r}")


def until_true(page: Any, holds: Callable[[], object], what: str) -> None:
    """Waits for something outside of the page, while the browser goes on."""
    for _ in _tries():
        if holds():
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never: {what}")


def _tries() -> Iterator[None]:
    """Again and again until the time is over, the last after it: a machine that stood still is not held against it."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        yield
        time.sleep(0.03)
    yield


def follow(link: Any) -> None:
    """Presses what leads to another page, and waits until that is loaded."""
    with leaving(link.page):
        link.click()


@contextmanager
def leaving(page: Any) -> Iterator[None]:
    """Waits at the end of the block until the page that it leads to is loaded and ready."""
    with page.expect_navigation(timeout=SECONDS * 1000):
        yield
    page.wait_for_selector(READY, state="attached")


def here(page: Any) -> str:
    """The address in the browser, as the page itself knows it."""
    return str(page.evaluate("location.href"))


def press_drawn(page: Any, what: str, place: str, given: object = None) -> None:
    """Presses on the drawing `what`, at the place `{x, y}` on it that an expression tells once it lies still."""
    spot = until(page, _STILL.replace("PLACE", place), given)
    page.locator(what).click(position=spot)


_STILL = """(async () => {
  const frame = () => new Promise(requestAnimationFrame), place = () => (PLACE);
  let last = place(), same = 0;
  for (let left = 300; left && last && same < 3; left--) {
    await frame();
    const now = place();
    same = now && Math.hypot(now.x - last.x, now.y - last.y) < 0.01 ? same + 1 : 0;
    last = now;
  }
  return same === 3 ? last : null;
})()"""


def lies_within(page: Any, inner: str, outer: str) -> None:
    """Waits until one part of a page lies inside another."""
    until(page, _WITHIN, [inner, outer])


_WITHIN = """(([inner, outer]) => {
  const [one, all] = [inner, outer].map((name) => document.querySelector(name)?.getBoundingClientRect());
  const between = (low, value, high) => low < value && value < high;
  return one?.width && all && between(all.left, one.left, all.right) && between(all.top, one.top, all.bottom);
})(given)"""
