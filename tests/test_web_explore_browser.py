"""The graph explorer and the file it saves in a real browser: what is drawn, what is told, what keys and fingers do."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from browsing import context, expect, open_page, press_drawn, until, until_equal, until_true

DOCUMENT = "id/doc/昌州财教-2024-65"
ISSUER = "id/agency/652300.财政局"
BODY = "id/agency/652325.商务科技和工业信息化局"
Explore = Callable[..., Any]

DRAWN = """((id) => {
  const node = nodeOf.get(id), {x, y} = network.canvasToDOM({x: node.x - node.width / 2 + 2.5, y: node.y});
  const pixels = canvas.querySelector("canvas").getContext("2d");
  const seen = pixels.getImageData(x * devicePixelRatio, y * devicePixelRatio, 1, 1).data;
  const colour = colourOf(node), wanted = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return wanted.every((part, at) => Math.abs(part - seen[at]) < 24);
})(given)"""
"""Whether the bar at the left of a card has the colour of its kind on the screen."""


VISIBLE = "data.nodes.filter(isShown).length + data.edges.filter(isVisible).length"


@pytest.fixture(scope="module")
def saved(site: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is around a body, saved as a file."""
    file = tmp_path_factory.mktemp("saved") / "页面.html"
    with urlopen(f"{site}/explore.html?focus={quote(BODY)}") as answer:
        file.write_bytes(answer.read())
    return file


@pytest.fixture
def quiet(browser: Any, saved: Path) -> Iterator[Any]:
    """The saved file, opened without a network; nothing may be complained of or asked for."""
    reader = context(browser, offline=True)
    page = reader.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    open_page(page, saved.as_uri())
    expect(page.locator("#details h2")).to_be_visible()
    yield page
    assert said == []
    reader.close()


@pytest.fixture
def explore(visit: Callable[..., Any]) -> Explore:
    """Opens the explorer at a document; it jumps where it would glide."""
    return lambda **settings: visit(f"/explore?focus={DOCUMENT}", reduced_motion="reduce", **settings)


def press_node(page: Any, node: str) -> None:
    """Presses a node where it is seen."""
    press_drawn(page, "#canvas", "network.canvasToDOM(nodeOf.get(given))", node)


def test_a_saved_file_is_searched(quiet: Any) -> None:
    quiet.fill("#search", "招商引资")
    until(quiet, "document.querySelectorAll('#found button').length > 1")
    name = quiet.inner_text("#found li:first-child")
    quiet.keyboard.press("Enter")
    until(quiet, "picked !== null")
    until(quiet, "given.includes(document.querySelector('#details h2').textContent)", name)
    quiet.fill("#search", "没有这个")
    expect(quiet.locator("#found")).to_contain_text("没有找到")


@pytest.mark.parametrize("chip", ["[data-kind=body]", "[data-grade=stated]", "#years .chip", "#levels .chip"])
def test_a_saved_file_is_filtered(quiet: Any, chip: str) -> None:
    before = quiet.evaluate(VISIBLE)
    button = quiet.locator(chip).first
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert 0 < quiet.evaluate(VISIBLE) < before
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert quiet.evaluate(VISIBLE) == before


def test_a_saved_file_tells_of_a_node_and_of_a_line_and_where_it_is_printed(quiet: Any) -> None:
    quiet.locator("#details .relation").first.click()
    expect(quiet.locator("#details .sources li").first).to_be_visible()
    quiet.locator("#details .go").first.click()
    expect(quiet.locator("#details")).to_contain_text("标识")
    quiet.keyboard.press("Escape")
    expect(quiet.locator("#details")).to_be_hidden()


def test_the_tables_of_a_saved_file_hold_what_is_drawn_and_lead_back(quiet: Any) -> None:
    quiet.click(".tabs a[href='#nodes']")
    expect(quiet.locator("#nodes tbody tr")).to_have_count(quiet.evaluate("data.nodes.length"))
    link = quiet.locator("#nodes tbody a[data-node]").nth(3)
    name = link.inner_text()
    link.click()
    expect(quiet.locator("#details h2")).to_have_text(name)
    expect(quiet.locator("#canvas")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_every_card_in_the_window_is_drawn_from_the_first(visit: Explore, saved: Path, width: int) -> None:
    page = visit(saved.as_uri(), viewport={"width": width, "height": 900})
    until(page, DRAWN, page.evaluate("data.nodes.find((one) => one.asked).id"))


def test_opening_a_node_draws_first_and_tells_then(explore: Explore) -> None:
    page = explore()
    held: list[Any] = []
    page.route("**/explore/details.json?*", lambda route: held.append(route))
    press_node(page, f"more:{ISSUER}")
    until_true(page, lambda: held, "the details were asked for")
    until(page, "document.querySelector('#details h2').textContent === nodeOf.get(given).label", ISSUER)
    assert page.evaluate("lit.size") > 8
    until(page, "[...lit].every((id) => nodeAt(network.canvasToDOM(nodeOf.get(id)))?.id === id)")
    for node in page.evaluate("[...lit]"):
        until(page, DRAWN, node)
    assert page.locator("#details dt").count() == 0
    held[0].continue_()
    expect(page.locator("#details dt").first).to_be_visible()


def test_the_details_of_a_line_say_its_rule_and_where_it_is_printed(explore: Explore) -> None:
    page = explore()
    page.locator("#details .relation").first.click()
    expect(page.locator("#details a[href^='/id/ev/']").first).to_be_visible()
    expect(page.locator("#details")).to_contain_text("推得")
    expect(page.locator("#details dt")).to_have_count(2)


FREE = """(() => {
  for (const edge of data.edges) for (let share = 0.3; share < 0.8; share += 0.02) {
    const point = network.canvasToDOM(at(edge.course, share));
    if (!nodeAt(point) && edgeAt(point) === edge) return {...point, relation: edge.relation};
  }
})()"""
"""A place where a line can be pressed, and what the line says."""


def test_the_line_under_the_cursor_stands_out_and_is_chosen(explore: Explore) -> None:
    page = explore()
    spot = until(page, FREE)
    position = {"x": spot["x"], "y": spot["y"]}
    page.locator("#canvas").hover(position=position)
    until(page, "under && canvas.style.cursor === 'pointer'")
    page.locator("#canvas").click(position=position)
    expect(page.locator("#details h2")).to_have_text(spot["relation"])


def test_a_press_is_a_press_however_long_it_lasts(explore: Explore) -> None:
    page = explore()
    project = page.evaluate("data.nodes.find((one) => one.kind === 'project').id")
    spot = page.evaluate("(id) => network.canvasToDOM(nodeOf.get(id))", project)
    page.locator("#canvas").hover(position=spot)
    page.mouse.down()
    page.wait_for_timeout(700)
    page.mouse.up()
    until_equal(page, "picked", project)


def test_what_is_asked_for_before_the_answer_is_there_is_not_lost(explore: Explore) -> None:
    page = explore()
    held: list[Any] = []
    page.route("**/explore.json?*", lambda route: held.append(route))
    stubs = page.evaluate("data.nodes.filter((one) => one.owner).map((one) => one.owner)")[:2]
    assert len(stubs) == 2
    for stub in stubs:
        page.evaluate("(id) => { expand(id); }", stub)
    page.click("[data-grade=derived]")
    until_true(page, lambda: len(held) == 2, "both were asked for")
    for route in held:
        route.continue_()
    until(page, "given.every((id) => location.search.includes(encodeURIComponent(id)))", stubs)
    until(page, "location.search.includes('off=derived')")
    until(page, "!document.querySelector('#explorer').hasAttribute('aria-busy')")
    expect(page.locator("[data-grade=derived]")).to_have_attribute("aria-pressed", "false")


def test_the_tables_follow_the_drawing_when_they_are_open(explore: Explore) -> None:
    page = explore()
    page.click("details.twin summary")
    before = page.locator("#node-rows tr").count()
    page.evaluate("(id) => showNode(id)", ISSUER)
    page.click("#details >> text=展开")
    until(page, "document.querySelectorAll('#node-rows tr').length > given", before)
    expect(page.locator("#node-rows tr")).to_have_count(page.evaluate("data.nodes.length"))


def test_a_path_is_found_with_keys_alone(explore: Explore) -> None:
    page = explore()
    page.focus("#canvas .vis-network")
    page.keyboard.press("ArrowUp")
    begin = until(page, "picked")
    page.keyboard.press("p")
    expect(page.locator(".status")).to_contain_text("另一端")
    for key in ("ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    until(page, "picked !== null && picked !== given", begin)
    page.keyboard.press("Enter")
    until(page, "location.search.includes('way=')")
    expect(page.locator(".status")).to_contain_text("路径经过")


def test_on_a_narrow_window_the_filters_are_folded_and_what_is_pressed_stays_seen(explore: Explore) -> None:
    page = explore(viewport={"width": 390, "height": 900})
    expect(page.locator(".shelf")).to_be_hidden()
    expect(page.locator("#details")).to_be_hidden()
    project = page.evaluate("data.nodes.find((one) => one.kind === 'project').id")
    press_node(page, project)
    until_equal(page, "picked", project)
    until(page, "network.canvasToDOM(nodeOf.get(given)).y < canvas.clientHeight - details.clientHeight", project)
