"""The explorer in a real browser, nothing reachable but loopback: no page complains, all can be used by all."""

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from browsing import (
    context,
    expect,
    follow,
    here,
    leaving,
    lies_within,
    open_page,
    press_drawn,
    until,
    until_equal,
)

from viz.web.addresses import address

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

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
    "/ask",
    "/ask/key_figures",
    "/trace",
    "/search",
    "/list?kind=project",
    "/trace?what=招商引资经费",
    f"/trace?what={quote(NAME)}&candidates=1",
    f"/trace?what={quote(NUMBER)}&embed=1",
    "/trace?what=没有这样的东西",
    "/explore?focus=id/doc/昌州财教-2024-65",
]


FOCUSED = """(() => {
    const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
    const place = [...document.querySelectorAll("a[href], button, input, select, [tabindex=\\"0\\"]")].indexOf(one);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return place !== given && outlined && box.bottom > 0 && box.top < innerHeight && box.width > 0 ? [place] : null;
})()"""
"""The place of what has the focus among all that can have it, once it is seen and no longer the one given."""
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


ALL = "[...document.querySelectorAll('a[href], button, input, select, [tabindex=\"0\"]')].length"
DRAWN_NODES = "data.nodes.filter((one) => one.kind !== 'more').length"
ON_SCREEN = "data.nodes.filter((one) => one.kind !== 'more' && isShown(one)).map((one) => one.id).sort()"
"""The things that the explorer draws and does not hide, by their short IRIs; stubs apart."""
IDLE = "!document.querySelector('#explorer').hasAttribute('aria-busy')"
DOCUMENT = "/explore?focus=id/doc/昌州财教-2024-65"
Visit = Callable[..., Any]

# A width decides what is hidden and what becomes a card, a language which words and which marks of language there are;
# what axe finds in either does not hang on the other, so each is tried once with all rules. But how wide the words are
# hangs on both: whether they make a part of the page scroll, which must then be reached with keys, is tried in all.
AUDITED = {(1440, "zh"), (390, "en")}
FITTING = {"runOnly": ["scrollable-region-focusable"]}


@pytest.fixture(scope="module")
def windows(browser: Any, site: str) -> Callable[..., Any]:
    """The window of a kind of reader, opened once: what opening one for each page takes is longer than the page."""

    @cache
    def window(width: int, lang: str, scripts: bool = True) -> Any:
        reader = context(browser, viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        reader.add_cookies([{"name": "lang", "value": lang, "url": site}])
        return reader.new_page()

    return window


@pytest.fixture
def window(windows: Callable[..., Any], width: int, lang: str) -> Iterator[Any]:
    """A window of this width for a reader of this language, empty before and after."""
    page = windows(width, lang)
    yield page
    page.goto("about:blank")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_quiet_and_accessible(window: Any, site: str, path: str, width: int, lang: str) -> None:
    with heard(window) as (said, asked):
        open_page(window, site + path)
        if path == "/query":
            window.select_option("#question", "total_spending")
            window.wait_for_selector(".tabPanel.active .yasr_results td")
        if window.locator("#signals").count():
            show_signals(window)
    assert not [line for line in said if "status of 404" not in line]
    assert all(url.startswith(site) for url in asked)
    assert window.evaluate("document.documentElement.scrollWidth") <= width, "the page is wider than the window"
    found = axe.Axe().run(window, options=None if (width, lang) in AUDITED else FITTING).response["violations"]
    serious = [
        (one["id"], [node["html"][:160] for node in one["nodes"][:3]])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
    if lang == "en" and not path.startswith(("/query", "/explore")):
        assert window.evaluate(UNMARKED) == [], "Chinese that is not said to be Chinese"


def show_signals(page: Any) -> None:
    """Brings the signals of a thing near, and waits until they are there."""
    page.locator("#signals").scroll_into_view_if_needed()
    page.wait_for_selector("#signals[data-ready]", state="attached")


@contextmanager
def heard(window: Any) -> Iterator[tuple[list[str], list[str]]]:
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
def test_a_page_flows_into_a_window_of_320_pixels_and_tells_the_same_without_scripts(
    windows: Callable[..., Any], site: str, path: str
) -> None:
    plain = windows(320, "zh", scripts=False)
    plain.goto(site + path)
    if not path.startswith("/query"):
        assert len(plain.inner_text("main")) > 40
        assert plain.locator("main a[href], main form").count() > 0
    narrow = windows(320, "zh")
    open_page(narrow, site + path)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320, "the page is wider than the window"


def test_from_the_search_to_the_boxed_words_and_back(visit: Visit) -> None:
    page = visit("/")
    page.fill("#q", NUMBER)
    with leaving(page):
        page.keyboard.press("Enter")
    follow(page.locator("a.hit >> text=昌州财教〔2024〕65号"))
    expect(page.locator("h1")).to_have_text("昌州财教〔2024〕65号")
    follow(page.locator("#money a.source").first)
    expect(page.locator("blockquote.quoted")).to_have_text("7.38")
    lies_within(page, "#asked rect", "figure.sheet image")
    follow(page.locator("text=看这一页读到的全部"))
    until(page, "document.querySelectorAll('figure.sheet rect.box').length > 20")
    page.go_back()
    page.go_back()
    expect(page.locator("h1")).to_have_text("昌州财教〔2024〕65号")


def test_the_language_is_switched_on_the_page_itself(visit: Visit, site: str) -> None:
    page = visit("/search?q=科普")
    follow(page.locator("a.language"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#q")).to_have_value("科普")
    page.goto(site)
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_pages_can_be_used_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))


def on_screen(page: Any) -> set[str]:
    """The things that the explorer draws and does not hide, once it is asked for nothing more."""
    until(page, IDLE)
    return set(page.evaluate(ON_SCREEN))


def test_from_the_passport_over_the_trace_to_the_words_and_back(visit: Visit) -> None:
    page = visit(address(f"{ID}/doc/昌州财教-2024-65"))
    follow(page.locator("text=追踪这笔资金"))
    expect(page.locator("h1")).to_have_text("昌州财教〔2024〕65号")
    traced = here(page)
    assert "/trace?" in traced
    follow(page.locator("tr", has_text="列入预算").first.locator("a.source").first)
    expect(page.locator("blockquote.quoted")).to_have_text("7.38")
    lies_within(page, "#asked rect", "figure.sheet image")
    page.go_back()
    expect(page).to_have_url(traced)


FLOW = """(() => {
  const series = chart.getModel().getSeriesByIndex(0), {x, y} = series.layoutInfo;
  const edge = series.getGraph().edges.find((one) => one.getModel().option.printed.includes(given));
  const {sy, ty, dy} = edge.getLayout();
  const [from, to] = [edge.node1, edge.node2].map((node) => node.getLayout());
  return {x: x + (from.x + from.dx + to.x) / 2, y: y + (from.y + sy + to.y + ty + dy) / 2};
})()"""
"""The middle of the flow of an amount in the drawing of a trace."""


def test_choosing_a_flow_shows_the_words_that_say_it(visit: Visit) -> None:
    page = visit(f"/trace?what={quote(NUMBER)}")
    press_drawn(page, "#sankey", FLOW, "7.38")
    expect(page.locator("#evidence")).to_contain_text("7.38")
    expect(page.locator("#evidence")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#evidence")).to_be_hidden()


def test_the_address_of_a_trace_holds_what_is_shown(visit: Visit) -> None:
    page = visit(f"/trace?what={quote('奇台县商务科技和工业信息化局')}")
    rows = page.locator("tr[id^='hop-']").count()
    for name in ("也沿候选关系追踪", "推得", "绩效指标"):
        follow(page.locator(f"nav.bases >> text={name}"))
    expect(page.locator(".tag-derived")).to_have_count(0)
    assert 0 < page.locator("tr[id^='hop-']").count() < rows
    other = visit(here(page))
    for name in ("推得", "绩效指标"):
        expect(other.locator("nav.bases a", has_text=name)).to_have_class(re.compile(r"\boff\b"))
    expect(other.locator("nav.bases >> text=不沿候选关系追踪")).to_have_count(1)
    assert other.locator("main").inner_text() == page.locator("main").inner_text()
    follow(page.locator("nav.bases >> text=推得"))
    assert page.locator(".tag-derived").count() > 0


def test_a_node_is_opened_collapsed_and_taken_away_and_the_address_keeps_it(visit: Visit) -> None:
    page = visit(DOCUMENT)
    first = on_screen(page)
    issuer = "id/agency/652300.财政局"
    page.evaluate("(id) => showNode(id)", issuer)
    page.click("#details >> text=展开")
    until(page, f"{DRAWN_NODES} > given", len(first))
    grown = on_screen(page)
    assert first < grown
    assert on_screen(visit(here(page))) == grown
    page.click("#details >> text=收起")
    until_equal(page, DRAWN_NODES, len(first))
    assert on_screen(page) == first
    page.click("#details >> text=移出画面")
    until(page, "!nodeOf.has(given)", issuer)
    until(page, IDLE)
    page.go_back()
    until(page, "nodeOf.has(given)", issuer)
    assert on_screen(page) == first


def test_a_stub_tells_how_many_are_not_drawn_and_opens_them(visit: Visit) -> None:
    page = visit(DOCUMENT)
    before = on_screen(page)
    stub = page.evaluate("data.nodes.find((one) => one.kind === 'more')")
    assert re.fullmatch(r"\+\d+", stub["label"])
    press_drawn(page, "#canvas", "network.canvasToDOM(network.getPosition(given))", stub["id"])
    until(page, f"{DRAWN_NODES} > given", len(before))
    until(page, "location.search.includes('open=')")


@pytest.mark.parametrize("name", ["kind", "grade", "year", "level"])
def test_kinds_grades_years_and_levels_are_hidden_and_shown(visit: Visit, name: str) -> None:
    page = visit("/explore?focus=id/agency/652325.商务科技和工业信息化局")
    chip = {
        "kind": "[data-kind=body]", "grade": "[data-grade=candidate]", "year": "[data-span='year:2024']",
        "level": "#levels .chip:first-child",
    }[name]  # fmt: skip
    visible = "data.nodes.filter(isShown).length + data.edges.filter(isVisible).length"
    before = page.evaluate(visible)
    page.click(chip)
    expect(page.locator(chip)).to_have_attribute("aria-pressed", "false")
    after = page.evaluate(visible)
    assert 0 < after < before
    until(page, "location.search.includes('off=')")
    other = visit(here(page))
    until_equal(other, visible, after)
    expect(other.locator(chip)).to_have_attribute("aria-pressed", "false")
    page.click(chip)
    until_equal(page, visible, before)


def test_long_goals_leave_room_for_the_names_beside_them(visit: Visit) -> None:
    page = visit(f"/trace?what={quote('阿图什市商务科技和工业信息化局')}")
    narrowest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('td.col-from')].map(one => one.getBoundingClientRect().width))"
    )
    assert narrowest >= 110


def test_candidates_are_dashed_and_named_so(visit: Visit) -> None:
    page = visit("/explore?focus=id/agency/652325.商务科技和工业信息化局")
    assert page.evaluate("data.edges.some((one) => one.grade === 'candidate')")
    styles = page.evaluate("data.styles")
    assert {grade for grade, style in styles.items() if style["dashes"]} == {"candidate"}
    page.evaluate("showEdge(data.edges.find((one) => one.grade === 'candidate'))")
    until(page, "document.querySelector('#details dd')")
    expect(page.locator("#details")).to_contain_text("待核候选")


def test_a_path_between_two_nodes_stands_out_and_is_shared(visit: Visit) -> None:
    page = visit(DOCUMENT)
    page.evaluate("(id) => showNode(id)", "id/agency/652300.财政局")
    page.click("#details >> text=找出从这里到")
    expect(page.locator(".status")).to_contain_text("另一端")
    target = page.evaluate("data.nodes.find((one) => one.kind === 'target').id")
    press_drawn(page, "#canvas", "network.canvasToDOM(network.getPosition(given))", target)
    expect(page.locator(".status")).to_have_text(re.compile(r"路径经过 [3-9] 个节点"))
    assert "way=" in here(page)
    lit, told = page.evaluate("lit.size"), page.inner_text(".status")
    other = visit(here(page))
    until_equal(other, "lit?.size", lit)
    expect(other.locator(".status")).to_have_text(told)
    page.focus("#canvas .vis-network")
    page.keyboard.press("Escape")
    until(page, "!location.search.includes('way=')")


def test_the_explorer_is_used_with_keys(visit: Visit) -> None:
    page = visit(DOCUMENT)
    page.focus("#canvas .vis-network")
    page.keyboard.press("ArrowUp")
    chosen = until(page, "picked")
    page.keyboard.press("ArrowUp")
    other = until(page, "picked !== given && picked", chosen)
    expect(page.locator("#details h2")).to_have_text(page.evaluate("(id) => nodeOf.get(id).label", other))
    count = len(on_screen(page))
    page.keyboard.press("e")
    until(page, "location.search.includes('open=')")
    assert len(on_screen(page)) >= count
    page.keyboard.press("c")
    until(page, "!location.search.includes('open=')")


def test_the_page_of_a_body_shows_its_signals_with_both_places(visit: Visit) -> None:
    page = visit(address(BODY))
    show_signals(page)
    row = page.locator("#signals tbody tr", has_text="同一文号写法不一").first
    assert row.locator(".col-left_side a.source").count() >= 1
    follow(row.locator(".col-right_side a.source").first)
    expect(page.locator("blockquote.quoted")).to_contain_text("昌州财教")


def test_without_scripts_all_is_there(visit: Visit, site: str) -> None:
    page = visit(f"/trace?what={quote(NUMBER)}", scripts=False)
    assert page.locator("tr", has_text="7.38 万元").count() >= 2
    page.goto(site + DOCUMENT)
    assert page.locator("#node-rows tr").count() > 5
    assert page.locator("#edge-rows a.source").count() > 5
    page.goto(site + address(BODY))
    follow(page.locator("#signals a.button"))
    assert page.locator("tbody tr").count() > 3


def test_two_bodies_are_chosen_and_compared(visit: Visit) -> None:
    page = visit("/compare")
    page.select_option("#a", OLD)
    page.fill("#ya", "2024")
    page.select_option("#b", BODY)
    page.fill("#yb", "2025")
    follow(page.locator("text=比较 >> nth=-1"))
    row = page.locator("#projects tr", has_text="改名")
    expect(row).to_contain_text("2024年招商引资经费")
    follow(row.locator("a.money").first)
    expect(page.locator("blockquote.quoted")).to_have_text("70.00")


def test_what_is_printed_has_no_controls(visit: Visit) -> None:
    page = visit(f"/trace?what={quote(NUMBER)}")
    page.emulate_media(media="print")
    for name in ("nav.pages", "form.find >> nth=0", "nav.bases", ".language", ".actions >> nth=0"):
        expect(page.locator(name)).to_be_hidden()
    expect(page.locator("#sankey canvas")).to_be_visible()
    expect(page.locator("tr", has_text="7.38 万元").first).to_be_visible()


def test_a_stranger_finds_traces_and_checks_a_grant(visit: Visit) -> None:
    page = visit("/")
    page.fill("#q", "昌州财教［2024］065号")
    with leaving(page):
        page.keyboard.press("Enter")
    hit = page.locator("#document li").first
    expect(hit).to_contain_text("文号相同")
    follow(hit.locator("a.hit"))
    passport = here(page)
    expect(page.locator("h1")).to_have_text("昌州财教〔2024〕65号")
    follow(page.locator("text=追踪这笔资金"))
    follow(page.locator("tr", has_text="列入预算").first.locator("a.source").first)
    expect(page.locator("blockquote.quoted")).to_have_text("7.38")
    expect(page.locator(".aside table").first).to_contain_text("7.38 万元")
    lies_within(page, "#asked rect", "figure.sheet image")
    follow(page.locator("text=看这一页读到的全部"))
    colours = page.eval_on_selector_all(
        "figure.sheet rect.box", "all => new Set(all.map((one) => one.getAttribute('stroke'))).size"
    )
    assert page.locator("figure.sheet a > rect.box").count() == page.locator("#read tbody tr").count() > 20
    assert colours == page.locator("figure.sheet .legend li").count() > 1
    for _ in range(3):
        page.go_back()
    expect(page).to_have_url(passport)


@pytest.mark.parametrize(
    ("asked", "found"), [("qtxswkjhgyxxhj", NAME), ("奇台商科工信局", NAME), ("2060599", "2060599")]
)
def test_a_stranger_finds_a_thing_by_initials_short_name_and_code(visit: Visit, asked: str, found: str) -> None:
    page = visit("/")
    page.fill("#q", asked)
    with leaving(page):
        page.keyboard.press("Enter")
    follow(page.locator("a.hit", has_text=found).first)
    expect(page.locator("h1")).to_contain_text(found)


def test_the_box_that_was_asked_for_is_seen_on_a_narrow_screen(visit: Visit) -> None:
    page = visit(
        address(f"{ID}/ev/566c1d8fe2cee71f.部门支出总体情况表.p8.r20.c7"), viewport={"width": 390, "height": 800}
    )
    seen = """() => { const box = document.querySelector("#asked rect").getBoundingClientRect();
        return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight; }"""
    until(page, f"({seen})()")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_row_of_what_was_read_and_its_box_light_up_together(visit: Visit) -> None:
    page = visit("/id/file/566c1d8fe2cee71f?page=8")
    source = page.locator("#read tbody tr", has_text="511.00").first.locator("a.source")
    source.focus()
    expect(page.locator(".paper a.lit")).to_have_attribute("href", source.get_attribute("href"))


def test_a_cell_of_the_heat_map_leads_to_its_table_or_its_absence_is_explained(visit: Visit) -> None:
    page = visit("/audit")
    row = page.locator(".heat tbody tr", has_text=NAME)
    assert row.locator(".state-cell a").count() == page.locator(".heat thead th.slanted").count()
    follow(row.locator("a:has(.state-present)").first)
    expect(page.locator("figure.sheet #asked")).to_have_count(1)
    page.go_back()
    follow(row.locator("a:has(.state-declared_nil)").first)
    expect(page.locator("blockquote.quoted")).to_have_text(re.compile(r"\S"))
    page.go_back()
    follow(row.locator("a:has(.state-unknown)").first)
    expect(page).to_have_url(re.compile("#unseen$"))
    expect(page.locator("#unseen")).to_contain_text("委托业务费")


def test_from_a_body_over_its_signals_to_both_places(visit: Visit) -> None:
    page = visit("/")
    follow(page.locator(f"main >> text={NAME} >> nth=0"))
    follow(page.locator("text=核对信号 >> nth=0"))
    sides = page.locator("li.signal-error").first.locator(".sides > div")
    expect(sides).to_have_count(2)
    for side in range(2):
        place = sides.nth(side).locator("li").first
        words = "".join(place.locator("q").inner_text().strip("…“”").split())[:12]
        follow(place.locator("a.source"))
        assert words in "".join(page.inner_text("blockquote.quoted").split())
        page.go_back()


def test_what_is_being_checked_is_replaced_by_its_signals_when_it_is_there(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    from viz.web.checking import unchecked

    checked = threading.Event()

    def waiting(store: object, files: Iterable[str], *, first: bool) -> list[str]:
        return unchecked(store, files, first=first) if checked.is_set() else list(files)  # type: ignore[arg-type]

    monkeypatch.setattr("viz.web.audit_pages.unchecked", waiting)
    page = visit(f"/audit?body={quote(BODY)}")
    plain = visit(f"/audit?body={quote(BODY)}", scripts=False)
    page.evaluate("window.kept = true")
    expect(page.locator("[data-unchecked]")).to_contain_text("还有 1 次公开未核对完")
    for one in (page, plain):
        expect(one.locator("li.card")).to_have_count(0)
    checked.set()
    for one in (page, plain):
        expect(one.locator("li.signal-error").first).to_be_visible()
        expect(one.locator("[data-unchecked]")).to_have_count(0)
    assert page.evaluate("window.kept"), "the page was replaced, not loaded again"


def test_all_that_can_be_chosen_is_reached_with_keys_and_seen(visit: Visit, site: str) -> None:
    page = visit(address(f"{ID}/doc/昌州财教-2024-65"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    page.keyboard.press("Tab")
    until(page, "document.getElementById('main').contains(document.activeElement)")
    open_page(page, site + address(f"{ID}/doc/昌州财教-2024-65"))
    show_signals(page)
    reached = [-1]
    for _ in range(page.evaluate(ALL)):
        page.keyboard.press("Tab")
        reached += until(page, FOCUSED, reached[-1])
    assert reached == [-1, *range(page.evaluate(ALL))], "each once, in the order of the page"


def test_a_trace_inside_another_page_opens_its_sources_outside_of_it(visit: Visit) -> None:
    page = visit(f"/trace?what={quote(NUMBER)}")
    shown = page.locator(".cite pre").last.inner_text()
    frame = visit(unescape(re.search(r'src="(.*?)"', shown)[1]))  # type: ignore[index]
    expect(frame.locator("nav.pages")).to_be_hidden()
    with frame.context.expect_page() as other:
        frame.locator("a.source").first.click()
    expect(other.value.locator("blockquote.quoted")).to_be_visible()


def test_the_address_of_a_comparison_holds_both_sides(visit: Visit) -> None:
    page = visit("/compare")
    page.select_option("#a", BODY)
    page.select_option("#b", OLD)
    page.fill("#yb", "2024")
    follow(page.locator("main button[type=submit]"))
    other = visit(here(page))
    assert other.locator("main").inner_text() == page.locator("main").inner_text()
    expect(page).to_have_title(re.compile(f"^{NAME} 2025"))


@pytest.mark.parametrize(
    ("path", "wide", "paper"),
    [
        (f"/trace?what={quote(NAME)}", "#sankey canvas", 690),
        (f"/compare?a={quote(OLD)}&b={quote(BODY)}", "#functions table", 980),
        ("/audit", ".heat table", 980),
        (f"{address(f'{ID}/file/566c1d8fe2cee71f')}?page=8", ".paper svg", 690),
    ],
    ids=["trace", "comparison", "audit", "page"],
)
def test_what_is_wider_than_the_paper_is_made_to_fit(visit: Visit, path: str, wide: str, paper: int) -> None:
    page = visit(path)
    expect(page.locator(wide).first).to_be_visible()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": paper, "height": 900})
    until(page, "innerWidth === given", paper)
    until(page, "document.querySelector(given).getBoundingClientRect().right <= innerWidth", wide)
    expect(page.locator(".choose, .trace-form, .page-numbers").locator("visible=true")).to_have_count(0)
