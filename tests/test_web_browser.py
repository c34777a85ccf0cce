"""The explorer in a real browser, nothing reachable but loopback: no page complains, all can be used by all."""

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from endpoint_server import running

from viz.web.addresses import address

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install 'caimai[test]'")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTHS = (1440, 390)
ID = "https://w3id.org/cnbl/id"
BODY = f"{ID}/agency/652325.商务科技和工业信息化局"
OLD = f"{ID}/agency/652325.商务和工业信息化局"
NUMBER = "昌州财教[2024]65号"
NAME = "奇台县商务科技和工业信息化局"
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
    address("https://w3id.org/cnbl/code/economic/30201"),
    address(f"{ID}/proj/652325.商务科技和工业信息化局.2025.initial.unit.奇财预-2025-68号2025年招商引资经费~05984670"),
    address(f"{ID}/prog/000000.三区科技人才支持计划"),
    address(f"{ID}/tgt/652325.商务科技和工业信息化局.2025.initial.unit.overall"),
    address(f"{ID}/kpi/652325.商务科技和工业信息化局.2025.initial.unit.overall.04"),
    address(f"{ID}/disc/652325.商务科技和工业信息化局.2025.initial.unit"),
    "/audit",
    f"/audit/signals?thing={quote(BODY)}",
    f"/audit?body={quote(BODY)}",
    f"/compare?a={quote(OLD)}&b={quote(BODY)}",
    "/compare",
    "/trace",
    "/search",
    "/list?kind=project",
    "/trace?what=招商引资经费",
    f"/trace?what={quote(NAME)}&candidates=1",
    f"/trace?what={quote(NUMBER)}&embed=1",
    "/trace?what=没有这样的东西",
    "/explore?focus=id/doc/昌州财教-2024-65",
]


FOCUSED = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
    const all = [...document.querySelectorAll("a[href], button, input, select, [tabindex=\\"0\\"]")];
    return [all.indexOf(one), style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        box.bottom > 0 && box.top < innerHeight && box.width > 0];
}"""
UNMARKED = """() => {
    const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const text = walk.currentNode.data.trim(), around = walk.currentNode.parentElement;
        if (around.closest("script, noscript, code, .iri, .unit, [lang|=zh], [aria-hidden=true]")) continue;
        const chinese = (text.match(/[\\u3400-\\u9fff]/g) ?? []).length;
        const amount = /^[\\d.,\\s+-]*(万元|亿元|元)$/.test(text);
        if (chinese && !amount && !/[A-Za-z]/.test(text)) found.push(text.slice(0, 60));
    }
    return found;
}"""


@pytest.fixture(scope="module")
def site(example_store: Path, root: Path) -> Iterator[str]:
    """The explorer on the examples, served on a free port of loopback."""
    from caimai.serve import picture, sources_in
    from viz.web.application import application

    with running(application(example_store, picture=picture, sources=sources_in([root / "examples"]))) as found:
        with urlopen(f"{found}/audit.json?body={quote(BODY)}") as answer:  # waits until the body is checked
            assert answer.status == 200
        yield found


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


@pytest.fixture(scope="module")
def windows(browser, site: str) -> Callable[..., object]:  # type: ignore[no-untyped-def]
    """The window of a kind of reader, opened once: what opening one for each page takes is longer than the page."""

    @cache
    def window(width: int, lang: str, scripts: bool = True) -> object:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        context.add_cookies([{"name": "lang", "value": lang, "url": site}])
        return context.new_page()

    return window


@pytest.fixture
def window(windows, width: int, lang: str) -> Iterator[object]:  # type: ignore[no-untyped-def]
    """A window of this width for a reader of this language, empty before and after."""
    page = windows(width, lang)
    yield page
    page.goto("about:blank")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_quiet_and_accessible(  # type: ignore[no-untyped-def]
    window, site: str, path: str, width: int, lang: str
) -> None:
    with heard(window) as (said, asked):
        window.goto(site + path)
        if path == "/query":
            window.wait_for_selector("#yasgui[data-ready]")
            window.select_option("#question", "total_spending")
            window.wait_for_selector(".tabPanel.active .yasr_results td")
    assert not [line for line in said if "status of 404" not in line]
    assert all(url.startswith(site) for url in asked)
    assert window.evaluate("document.documentElement.scrollWidth") <= width, "the page is wider than the window"
    found = axe.Axe().run(window).response["violations"]
    serious = [
        (one["id"], [node["html"][:160] for node in one["nodes"][:3]])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
    if lang == "en" and not path.startswith(("/query", "/explore")):
        assert window.evaluate(UNMARKED) == [], "Chinese that is not said to be Chinese"


@contextmanager
def heard(window) -> Iterator[tuple[list[str], list[str]]]:  # type: ignore[no-untyped-def]
    """What pages say on the console, and the addresses that they ask for, within the block."""
    said: list[str] = []
    asked: list[str] = []
    hearing = {
        "console": lambda message: said.append(message.text) if message.type in ("error", "warning") else None,
        "pageerror": lambda error: said.append(str(error)),
        "request": lambda request: asked.append(request.url),
    }
    for event, hear in hearing.items():
        window.on(event, hear)
    try:
        yield said, asked
    finally:
        for event, hear in hearing.items():
            window.remove_listener(event, hear)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_flows_into_a_window_of_320_pixels_and_tells_the_same_without_scripts(  # type: ignore[no-untyped-def]
    windows, site: str, path: str
) -> None:
    plain = windows(320, "zh", scripts=False)
    plain.goto(site + path)
    if not path.startswith("/query"):
        assert len(plain.inner_text("main")) > 40
        assert plain.locator("main a[href], main form").count() > 0
    narrow = windows(320, "zh")
    narrow.goto(site + path)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320, "the page is wider than the window"


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


def opened(browser, address: str, **settings):  # type: ignore[no-untyped-def]
    """A page in a context of its own, as another reader has it."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, **settings).new_page()
    page.goto(address)
    return page


def until(page, expression: str, given: object = None) -> None:  # type: ignore[no-untyped-def]
    """Waits for an expression to hold: Playwright's own way is forbidden by the policy of our pages."""
    for _ in range(1200):
        if page.evaluate(f"(given) => Boolean({expression})", given):
            return
        time.sleep(0.05)
    raise AssertionError(f"never: {expression}")


def on_screen(page) -> set[str]:  # type: ignore[no-untyped-def]
    """The things that the explorer draws and does not hide, by their short IRIs; stubs apart."""
    return set(page.evaluate("data.nodes.filter((one) => one.kind !== 'more' && isShown(one)).map((one) => one.id)"))


def test_from_the_passport_over_the_trace_to_the_words_and_back(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, site + address(f"{ID}/doc/昌州财教-2024-65"))
    page.click("text=追踪这笔资金")
    assert page.inner_text("h1") == "昌州财教〔2024〕65号"
    traced = page.url
    row = page.locator("tr", has_text="列入预算").first
    row.locator("a.source").first.click()
    assert page.inner_text("blockquote.quoted").strip() == "7.38"
    box, image = (page.locator(name).bounding_box() for name in ("#asked rect", "figure.sheet image"))
    assert image["x"] < box["x"] < image["x"] + image["width"]
    assert image["y"] < box["y"] < image["y"] + image["height"]
    page.go_back()
    assert page.url == traced


def test_choosing_a_flow_shows_the_words_that_say_it(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, f"{site}/trace?what={quote(NUMBER)}")
    box = page.locator("#sankey").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.12, box["y"] + box["height"] * 0.7)
    page.wait_for_selector("#evidence:not([hidden])")
    assert "7.38" in page.inner_text("#evidence")
    page.keyboard.press("Escape")
    assert page.locator("#evidence").is_hidden()


def test_the_address_of_a_trace_holds_what_is_shown(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, f"{site}/trace?what={quote('奇台县商务科技和工业信息化局')}")
    rows = page.locator("tr[id^='hop-']").count()
    page.click("nav.bases >> text=也沿候选关系追踪")
    page.click("nav.bases >> text=推导得出")
    page.click("nav.bases >> text=绩效指标")
    assert page.locator(".tag-derived").count() == 0
    assert 0 < page.locator("tr[id^='hop-']").count() < rows
    other = opened(browser, page.url)
    for name in ("推导得出", "绩效指标"):
        assert "off" in other.locator("nav.bases a", has_text=name).get_attribute("class")
    assert other.locator("nav.bases >> text=不沿候选关系追踪").count() == 1
    assert other.locator("main").inner_text() == page.locator("main").inner_text()
    page.click("nav.bases >> text=推导得出")
    assert page.locator(".tag-derived").count() > 0


def test_a_node_is_opened_collapsed_and_taken_away_and_the_address_keeps_it(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, f"{site}/explore?focus=id/doc/昌州财教-2024-65")
    until(page, "document.querySelector('#details h2')")
    first = on_screen(page)
    issuer = "id/agency/652300.财政局"
    page.evaluate("(id) => showNode(id)", issuer)
    page.click("#details >> text=展开")
    until(page, "data.nodes.filter((one) => one.kind !== 'more').length > given", len(first))
    grown = on_screen(page)
    assert first < grown
    other = opened(browser, page.url)
    until(other, "typeof nodeOf !== 'undefined' && nodeOf.size")
    assert on_screen(other) == grown
    page.click("#details >> text=收起")
    until(page, f"data.nodes.filter((one) => one.kind !== 'more').length === {len(first)}")
    assert on_screen(page) == first
    page.click("#details >> text=移出画面")
    until(page, "!nodeOf.has(given)", issuer)
    page.go_back()
    until(page, "nodeOf.has(given)", issuer)
    assert on_screen(page) == first


def test_a_stub_tells_how_many_are_not_drawn_and_opens_them(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, f"{site}/explore?focus=id/doc/昌州财教-2024-65")
    until(page, "document.querySelector('#details h2')")
    before = on_screen(page)
    stub = page.evaluate("data.nodes.find((one) => one.kind === 'more')")
    assert re.fullmatch(r"\+\d+", stub["label"])
    spot = page.evaluate("(id) => network.canvasToDOM(network.getPosition(id))", stub["id"])
    canvas = page.locator("#canvas").bounding_box()
    page.mouse.click(canvas["x"] + spot["x"], canvas["y"] + spot["y"])
    until(page, "data.nodes.filter((one) => one.kind !== 'more').length > given", len(before))
    assert "open=" in page.url


@pytest.mark.parametrize("name", ["kind", "grade", "year", "level"])
def test_kinds_grades_years_and_levels_are_hidden_and_shown(browser, site: str, name: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, f"{site}/explore?focus=id/agency/652325.商务科技和工业信息化局")
    until(page, "document.querySelector('#details h2')")
    chip = {
        "kind": "[data-kind=body]", "grade": "[data-grade=candidate]", "year": "[data-span='year:2024']",
        "level": "#levels .chip:first-child",
    }[name]  # fmt: skip
    visible = "data.nodes.filter(isShown).length + data.edges.filter(isVisible).length"
    before = page.evaluate(visible)
    page.click(chip)
    after = page.evaluate(visible)
    assert 0 < after < before
    assert page.get_attribute(chip, "aria-pressed") == "false"
    other = opened(browser, page.url)
    until(other, "typeof nodeOf !== 'undefined' && nodeOf.size")
    assert other.evaluate(visible) == after
    assert other.get_attribute(chip, "aria-pressed") == "false"
    page.click(chip)
    assert page.evaluate(visible) == before


def test_candidates_are_dashed_and_named_so(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, f"{site}/explore?focus=id/agency/652325.商务科技和工业信息化局")
    assert page.evaluate("data.edges.some((one) => one.grade === 'candidate')")
    styles = page.evaluate("data.styles")
    assert {grade for grade, style in styles.items() if style["dashes"]} == {"candidate"}
    page.evaluate("showEdge(data.edges.find((one) => one.grade === 'candidate'))")
    until(page, "document.querySelector('#details dd')")
    assert "待核候选" in page.inner_text("#details")


def test_a_path_between_two_nodes_stands_out_and_is_shared(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, f"{site}/explore?focus=id/doc/昌州财教-2024-65")
    until(page, "document.querySelector('#details h2')")
    page.evaluate("(id) => showNode(id)", "id/agency/652300.财政局")
    page.click("#details >> text=找出从这里到")
    assert "另一端" in page.inner_text(".status")
    target = page.evaluate("data.nodes.find((one) => one.kind === 'target')")
    spot = page.evaluate("(id) => network.canvasToDOM(network.getPosition(id))", target["id"])
    canvas = page.locator("#canvas").bounding_box()
    page.mouse.click(canvas["x"] + spot["x"], canvas["y"] + spot["y"])
    until(page, "location.search.includes('way=')")
    told = page.inner_text(".status")
    assert re.search(r"路径经过 [3-9] 个节点", told)
    lit = page.evaluate("lit.size")
    other = opened(browser, page.url)
    until(other, "typeof lit !== 'undefined' && lit !== null")
    assert other.evaluate("lit.size") == lit
    assert other.inner_text(".status") == told
    page.keyboard.press("Escape")
    page.focus("#canvas .vis-network")
    page.keyboard.press("Escape")
    assert "way=" not in page.url


def test_the_explorer_is_used_with_keys(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, f"{site}/explore?focus=id/doc/昌州财教-2024-65")
    until(page, "document.querySelector('#details h2')")
    page.focus("#canvas .vis-network")
    page.keyboard.press("ArrowUp")
    chosen = page.inner_text("#details h2")
    page.keyboard.press("ArrowUp")
    assert page.inner_text("#details h2") != chosen
    count = len(on_screen(page))
    page.keyboard.press("e")
    until(page, "location.search.includes('open=')")
    until(page, f"data.nodes.filter((one) => one.kind !== 'more').length >= {count}")
    page.keyboard.press("c")
    until(page, "!location.search.includes('open=')")


def test_the_page_of_a_body_shows_its_signals_with_both_places(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, site + address(BODY))
    page.locator("#signals").scroll_into_view_if_needed()
    page.wait_for_selector("#signals table", timeout=60_000)
    row = page.locator("#signals tbody tr", has_text="同一文号写法不一").first
    assert row.locator(".col-left_side a.source").count() >= 1
    row.locator(".col-right_side a.source").first.click()
    assert "昌州财教" in page.inner_text("blockquote.quoted")


def test_without_scripts_all_is_there(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, f"{site}/trace?what={quote(NUMBER)}", java_script_enabled=False)
    assert page.locator("tr", has_text="7.38 万元").count() >= 2
    page.goto(f"{site}/explore?focus=id/doc/昌州财教-2024-65")
    assert page.locator("#node-rows tr").count() > 5
    assert page.locator("#edge-rows a.source").count() > 5
    page.goto(site + address(BODY))
    page.click("#signals a.button")
    assert page.locator("tbody tr").count() > 3


def test_two_bodies_are_chosen_and_compared(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, f"{site}/compare")
    page.select_option("#a", OLD)
    page.fill("#ya", "2024")
    page.select_option("#b", BODY)
    page.fill("#yb", "2025")
    page.click("text=比较 >> nth=-1")
    row = page.locator("#projects tr", has_text="改名")
    assert "2024年招商引资经费" in row.inner_text()
    row.locator("a.money").first.click()
    assert page.inner_text("blockquote.quoted").strip() == "70.00"


def test_what_is_printed_has_no_controls(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, f"{site}/trace?what={quote(NUMBER)}")
    page.emulate_media(media="print")
    for name in ("nav.pages", "form.find >> nth=0", "nav.bases", ".language", ".actions >> nth=0"):
        assert page.locator(name).is_hidden(), name
    assert page.locator("#sankey canvas").is_visible()
    assert page.locator("tr", has_text="7.38 万元").first.is_visible()


def test_a_stranger_finds_traces_and_checks_a_grant(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, site)
    page.fill("#q", "昌州财教［2024］065号")
    page.keyboard.press("Enter")
    hit = page.locator("#document li").first
    assert "文号相同" in hit.inner_text()
    hit.locator("a.hit").click()
    passport = page.url
    assert page.inner_text("h1") == "昌州财教〔2024〕65号"
    page.click("text=追踪这笔资金")
    page.locator("tr", has_text="列入预算").first.locator("a.source").first.click()
    assert page.inner_text("blockquote.quoted").strip() == "7.38"
    assert "7.38 万元" in page.inner_text(".aside table")
    box, image = (page.locator(name).bounding_box() for name in ("#asked rect", "figure.sheet image"))
    assert image["x"] < box["x"] < image["x"] + image["width"]
    assert image["y"] < box["y"] < image["y"] + image["height"]
    page.click("text=看这一页读到的全部")
    colours = page.eval_on_selector_all(
        "figure.sheet rect.box", "all => new Set(all.map((one) => one.getAttribute('stroke'))).size"
    )
    assert page.locator("figure.sheet a > rect.box").count() == page.locator("#read tbody tr").count() > 20
    assert colours == page.locator("figure.sheet .legend li").count() > 1
    for _ in range(3):
        page.go_back()
    assert page.url == passport


@pytest.mark.parametrize(
    ("asked", "found"), [("qtxswkjhgyxxhj", NAME), ("奇台商科工信局", NAME), ("2060599", "2060599")]
)
def test_a_stranger_finds_a_thing_by_initials_short_name_and_code(  # type: ignore[no-untyped-def]
    browser, site: str, asked: str, found: str
) -> None:
    page = opened(browser, site)
    page.fill("#q", asked)
    page.keyboard.press("Enter")
    page.locator("a.hit", has_text=found).first.click()
    assert found in page.inner_text("h1")
    page.close()


def test_the_box_that_was_asked_for_is_seen_on_a_narrow_screen(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(site + address(f"{ID}/ev/566c1d8fe2cee71f.部门支出总体情况表.p8.r20.c7"))
    seen = """() => { const box = document.querySelector("#asked rect").getBoundingClientRect();
        return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight; }"""
    until(page, f"({seen})()")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_a_row_of_what_was_read_and_its_box_light_up_together(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, f"{site}/id/file/566c1d8fe2cee71f?page=8")
    row = page.locator("#read tbody tr", has_text="511.00").first
    row.locator("a.source").focus()
    assert page.locator(".paper a.lit").get_attribute("href") == row.locator("a.source").get_attribute("href")


def test_a_cell_of_the_heat_map_leads_to_its_table_or_its_absence_is_explained(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, f"{site}/audit")
    row = page.locator(".heat tbody tr", has_text=NAME)
    assert row.locator(".state-cell a").count() == page.locator(".heat thead th.slanted").count()
    row.locator("a:has(.state-present)").first.click()
    assert page.locator("figure.sheet #asked").count() == 1
    page.go_back()
    row.locator("a:has(.state-declared_nil)").first.click()
    assert page.locator("blockquote.quoted").inner_text().strip()
    page.go_back()
    row.locator("a:has(.state-unknown)").first.click()
    assert page.url.endswith("#unseen")
    assert "委托业务费" in page.inner_text("#unseen")


def test_from_a_body_over_its_signals_to_both_places(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, site)
    page.click(f"main >> text={NAME} >> nth=0")
    page.click("text=核对信号 >> nth=0")
    signal = page.locator("li.signal-error").first
    sides = signal.locator(".sides > div")
    assert sides.count() == 2
    for side in range(2):
        place = signal.locator(".sides > div").nth(side).locator("li").first
        words = place.locator("q").inner_text().strip("…“”")
        place.locator("a.source").click()
        assert "".join(words.split())[:12] in "".join(page.inner_text("blockquote.quoted").split())
        page.go_back()


def test_what_is_being_checked_is_replaced_by_its_signals_when_it_is_there(  # type: ignore[no-untyped-def]
    browser, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from viz.web.checking import unchecked

    checked = threading.Event()

    def waiting(store: object, files: Iterable[str], *, first: bool) -> list[str]:
        return unchecked(store, files, first=first) if checked.is_set() else list(files)  # type: ignore[arg-type]

    monkeypatch.setattr("viz.web.audit_pages.unchecked", waiting)
    page = opened(browser, f"{site}/audit?body={quote(BODY)}")
    plain = opened(browser, f"{site}/audit?body={quote(BODY)}", java_script_enabled=False)
    page.evaluate("window.kept = true")
    assert "还有 1 次公开未核对完" in page.inner_text("[data-unchecked]")
    assert plain.locator("li.card").count() == page.locator("li.card").count() == 0
    checked.set()
    page.wait_for_selector("li.signal-error", timeout=120_000)
    assert page.locator("[data-unchecked]").count() == 0
    assert page.evaluate("window.kept"), "the page was replaced, not loaded again"
    plain.wait_for_selector("li.signal-error", timeout=120_000)
    assert plain.locator("[data-unchecked]").count() == 0


def test_all_that_can_be_chosen_is_reached_with_keys_and_seen(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, site + address(f"{ID}/doc/昌州财教-2024-65"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")
    page.goto(page.url.partition("#")[0])
    wanted = page.evaluate("[...document.querySelectorAll('a[href], button, input, select, [tabindex=\"0\"]')].length")
    reached = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    assert [place for place, _, _ in reached] == sorted(place for place, _, _ in reached), "in the order of the page"
    assert len({place for place, _, _ in reached}) == wanted
    assert all(outlined and seen for _, outlined, seen in reached)


def test_a_trace_inside_another_page_opens_its_sources_outside_of_it(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, f"{site}/trace?what={quote(NUMBER)}")
    shown = page.locator(".cite pre").last.inner_text()
    source = unescape(re.search(r'src="(.*?)"', shown)[1])  # type: ignore[index]
    frame = opened(browser, source)
    assert frame.locator("nav.pages").is_hidden()
    with frame.context.expect_page() as other:
        frame.locator("a.source").first.click()
    other.value.wait_for_selector("blockquote.quoted")


def test_the_address_of_a_comparison_holds_both_sides(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, f"{site}/compare")
    page.select_option("#a", BODY)
    page.select_option("#b", OLD)
    page.fill("#yb", "2024")
    page.click("main button[type=submit]")
    other = opened(browser, page.url)
    assert other.locator("main").inner_text() == page.locator("main").inner_text()
    assert page.title().startswith(f"{NAME} 2025")


def test_what_is_wider_than_the_paper_is_made_to_fit(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    for path, wide in (
        (f"/trace?what={quote(NAME)}", "#sankey canvas"),
        (f"/compare?a={quote(OLD)}&b={quote(BODY)}", "#functions table"),
        ("/audit", ".heat table"),
        (f"{address(f'{ID}/file/566c1d8fe2cee71f')}?page=8", ".paper svg"),
    ):
        page = opened(browser, site + path)
        page.wait_for_selector(wide)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 980 if "compare" in path or "audit" in path else 690, "height": 900})
        until(page, f"document.querySelector('{wide}').getBoundingClientRect().right <= innerWidth")
        assert page.locator(".choose, .trace-form, .page-numbers").locator("visible=true").count() == 0
        page.context.close()
