"""The explorer in a real browser, nothing reachable but loopback: no page complains, all can be used by all."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from viz.web.addresses import address

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install 'caimai[test]'")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTHS = (1440, 390)
ID = "https://w3id.org/cnbl/id"
BODY = f"{ID}/agency/652325.商务科技和工业信息化局"
OLD = f"{ID}/agency/652325.商务和工业信息化局"
NUMBER = "昌州财教[2024]65号"
PAGES = [
    "/",
    "/query",
    "/search?q=招商引资",
    "/search?q=没有这样的东西",
    "/nothing/here",
    address(BODY),
    address(f"{ID}/doc/昌州财教-2024-65"),
    address(f"{ID}/file/566c1d8fe2cee71f") + "?page=8",
    address(f"{ID}/ev/566c1d8fe2cee71f.部门支出总体情况表.p8.r9.c5"),
    address("https://w3id.org/cnbl/code/function/2011308"),
    "/audit",
    f"/audit?body={quote(BODY)}",
    f"/compare?a={quote(OLD)}&b={quote(BODY)}",
    "/trace?what=招商引资经费",
    "/trace?what=没有这样的东西",
    "/explore?focus=id/doc/昌州财教-2024-65",
]


@pytest.fixture(scope="module")
def site(example_store: Path, root: Path) -> Iterator[str]:
    """The explorer on the examples, served on a free port of loopback."""
    import uvicorn

    from caimai.serve import picture, sources_in
    from viz.web.application import application

    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    built = application(example_store, picture=picture, sources=sources_in([root / "examples"]))
    server = uvicorn.Server(uvicorn.Config(built, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine: the explorer is not tried in a browser")
    with sync_api.sync_playwright() as driver:
        opened = driver.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        yield opened
        opened.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_quiet_and_accessible(browser, site: str, path: str, width: int) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=False)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site + path)
    if path == "/query":
        page.wait_for_selector("#yasgui[data-ready]")
        page.select_option("#question", "total_spending")
        page.wait_for_selector(".tabPanel.active .yasr_results td")
    assert not [line for line in said if "status of 404" not in line]
    assert all(url.startswith(site) for url in asked)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page is wider than the window"
    found = axe.Axe().run(page).response["violations"]
    serious = [
        (one["id"], [node["html"][:160] for node in one["nodes"][:3]])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
    page.close()


def test_from_the_search_to_the_boxed_words_and_back(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(site)
    page.fill("#q", NUMBER)
    page.keyboard.press("Enter")
    page.click("a.hit >> text=昌州财教〔2024〕65号")
    assert page.inner_text("h1") == "昌州财教〔2024〕65号"
    page.click("#money a.source")
    assert page.inner_text("blockquote.quoted").strip() == "7.38"
    box = page.locator("#asked rect").bounding_box()
    image = page.locator("figure.sheet image").bounding_box()
    assert image["x"] < box["x"] < image["x"] + image["width"]
    assert image["y"] < box["y"] < image["y"] + image["height"]
    page.click("text=看这一页读到的全部")
    assert page.locator("figure.sheet rect.box").count() > 20
    page.go_back()
    page.go_back()
    assert page.inner_text("h1") == "昌州财教〔2024〕65号"
    page.close()


def test_the_language_is_switched_on_the_page_itself(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_context().new_page()
    page.goto(site + "/search?q=科普")
    page.click("a.language")
    assert page.get_attribute("html", "lang") == "en"
    assert page.input_value("#q") == "科普"
    page.goto(site)
    assert page.get_attribute("html", "lang") == "en"


def test_the_pages_can_be_used_with_the_keyboard_alone(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page()
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
