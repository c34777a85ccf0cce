"""The graph explorer and the file it saves in a real browser: what is drawn, what is told, what keys and fingers do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from test_web_browser import browser, opened, site, until  # noqa: F401 - fixtures

DOCUMENT = "id/doc/昌州财教-2024-65"
ISSUER = "id/agency/652300.财政局"
BODY = "id/agency/652325.商务科技和工业信息化局"

DRAWN = """((id) => {
  const node = nodeOf.get(id), {x, y} = network.canvasToDOM({x: node.x - node.width / 2 + 2.5, y: node.y});
  const pixels = canvas.querySelector("canvas").getContext("2d");
  const seen = pixels.getImageData(x * devicePixelRatio, y * devicePixelRatio, 1, 1).data;
  const colour = colourOf(node), wanted = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return wanted.every((part, at) => Math.abs(part - seen[at]) < 24);
})(given)"""
"""Whether the bar at the left of a card has the colour of its kind on the screen."""


@pytest.fixture(scope="module")
def saved(site: str, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    """What is around a body, saved as a file."""
    file = tmp_path_factory.mktemp("saved") / "页面.html"
    with urlopen(f"{site}/explore.html?focus={quote(BODY)}") as answer:
        file.write_bytes(answer.read())
    return file


@pytest.fixture
def quiet(browser: Any, saved: Path) -> Iterator[Any]:  # noqa: F811
    """The saved file, opened without a network; nothing may be complained of or asked for."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    page.goto(saved.as_uri())
    until(page, "nodeOf.size && document.querySelector('#details h2')")
    yield page
    assert said == []
    context.close()


def pressed(page: Any, node: str) -> None:
    """Presses a node where it is seen."""
    spot = page.evaluate("(id) => network.canvasToDOM(nodeOf.get(id))", node)
    canvas = page.locator("#canvas").bounding_box()
    page.mouse.click(canvas["x"] + spot["x"], canvas["y"] + spot["y"])


def test_a_saved_file_is_searched(quiet: Any) -> None:
    quiet.fill("#search", "招商引资")
    until(quiet, "document.querySelectorAll('#found button').length > 1")
    name = quiet.inner_text("#found li:first-child")
    quiet.keyboard.press("Enter")
    until(quiet, "picked !== null")
    assert quiet.inner_text("#details h2") in name
    quiet.fill("#search", "没有这个")
    until(quiet, "document.querySelector('#found').textContent.includes('没有找到')")


@pytest.mark.parametrize("chip", ["[data-kind=body]", "[data-grade=stated]", "#years .chip", "#levels .chip"])
def test_a_saved_file_is_filtered(quiet: Any, chip: str) -> None:
    visible = "data.nodes.filter(isShown).length + data.edges.filter(isVisible).length"
    before = quiet.evaluate(visible)
    quiet.locator(chip).first.click()
    assert 0 < quiet.evaluate(visible) < before
    assert quiet.locator(chip).first.get_attribute("aria-pressed") == "false"
    quiet.locator(chip).first.click()
    assert quiet.evaluate(visible) == before


def test_a_saved_file_tells_of_a_node_and_of_a_line_and_where_it_is_printed(quiet: Any) -> None:
    quiet.locator("#details .relation").first.click()
    assert quiet.locator("#details .sources li").count() > 0
    quiet.locator("#details .go").first.click()
    assert "标识" in quiet.inner_text("#details")
    quiet.keyboard.press("Escape")
    assert quiet.locator("#details").is_hidden()


def test_the_tables_of_a_saved_file_hold_what_is_drawn_and_lead_back(quiet: Any) -> None:
    quiet.click(".tabs a[href='#nodes']")
    assert quiet.locator("#nodes tbody tr").count() == quiet.evaluate("data.nodes.length")
    link = quiet.locator("#nodes tbody a[data-node]").nth(3)
    name = link.inner_text()
    link.click()
    assert quiet.inner_text("#details h2") == name
    assert quiet.locator("#canvas").is_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_every_card_in_the_window_is_drawn_from_the_first(browser: Any, saved: Path, width: int) -> None:  # noqa: F811
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(saved.as_uri())
    until(page, "nodeOf.size")
    until(page, DRAWN, page.evaluate("data.nodes.find((one) => one.asked).id"))
    page.close()


def test_opening_a_node_draws_first_and_tells_then(browser: Any, site: str) -> None:  # noqa: F811
    page = opened(browser, f"{site}/explore?focus={DOCUMENT}", reduced_motion="reduce")
    until(page, "document.querySelector('#details h2')")
    held: list[Any] = []
    page.route("**/explore/details.json?*", lambda route: held.append(route))
    with page.expect_request("**/explore/details.json?*"):
        pressed(page, f"more:{ISSUER}")
    until(page, "document.querySelector('#details h2').textContent === nodeOf.get(given).label", ISSUER)
    assert page.evaluate("lit.size") > 8
    until(page, "[...lit].every((id) => nodeAt(network.canvasToDOM(nodeOf.get(id)))?.id === id)")
    for node in page.evaluate("[...lit]"):
        until(page, DRAWN, node)
    assert page.locator("#details dt").count() == 0
    held[0].continue_()
    until(page, "document.querySelector('#details dt')")
    page.close()


def test_the_details_of_a_line_say_its_rule_and_where_it_is_printed(browser: Any, site: str) -> None:  # noqa: F811
    page = opened(browser, f"{site}/explore?focus={DOCUMENT}", reduced_motion="reduce")
    until(page, "document.querySelector('#details .relation')")
    page.locator("#details .relation").first.click()
    until(page, "document.querySelector('#details a[href^=\"/id/ev/\"]')")
    assert "推导得出" in page.inner_text("#details")
    assert page.locator("#details dt").count() == 2
    page.close()


def test_the_line_under_the_cursor_stands_out_and_is_chosen(browser: Any, site: str) -> None:  # noqa: F811
    page = opened(browser, f"{site}/explore?focus={DOCUMENT}", reduced_motion="reduce")
    until(page, "document.querySelector('#details h2')")
    spot = page.evaluate("""() => {
      for (const edge of data.edges) for (let share = 0.3; share < 0.8; share += 0.02) {
        const point = network.canvasToDOM(at(edge.course, share));
        if (!nodeAt(point) && edgeAt(point) === edge) return {...point, relation: edge.relation};
      }
    }""")
    canvas = page.locator("#canvas").bounding_box()
    page.mouse.move(canvas["x"] + spot["x"], canvas["y"] + spot["y"])
    until(page, "under && canvas.style.cursor === 'pointer'")
    page.mouse.click(canvas["x"] + spot["x"], canvas["y"] + spot["y"])
    until(page, "document.querySelector('#details h2').textContent === given", spot["relation"])
    page.close()


def test_the_tables_follow_the_drawing_when_they_are_open(browser: Any, site: str) -> None:  # noqa: F811
    page = opened(browser, f"{site}/explore?focus={DOCUMENT}", reduced_motion="reduce")
    until(page, "document.querySelector('#details h2')")
    page.click("details.twin summary")
    before = page.locator("#node-rows tr").count()
    page.evaluate("(id) => showNode(id)", ISSUER)
    page.click("#details >> text=展开")
    until(page, "document.querySelectorAll('#node-rows tr').length > given", before)
    assert page.locator("#node-rows tr").count() == page.evaluate("data.nodes.length")
    page.close()


def test_a_path_is_found_with_keys_alone(browser: Any, site: str) -> None:  # noqa: F811
    page = opened(browser, f"{site}/explore?focus={DOCUMENT}", reduced_motion="reduce")
    until(page, "document.querySelector('#details h2')")
    page.focus("#canvas .vis-network")
    page.keyboard.press("ArrowUp")
    until(page, "picked !== null")
    page.keyboard.press("p")
    until(page, "document.querySelector('.status').textContent.includes('另一端')")
    for key in ("ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    until(page, "picked !== null && picked !== from")
    page.keyboard.press("Enter")
    until(page, "location.search.includes('way=')")
    until(page, "document.querySelector('.status').textContent.includes('路径经过')")
    page.close()


def test_on_a_narrow_window_the_filters_are_folded_and_what_is_pressed_stays_seen(browser: Any, site: str) -> None:  # noqa: F811
    page = browser.new_context(viewport={"width": 390, "height": 900}, reduced_motion="reduce").new_page()
    page.goto(f"{site}/explore?focus={DOCUMENT}")
    until(page, "nodeOf.size")
    assert page.locator(".shelf").is_hidden()
    assert page.locator("#details").is_hidden()
    project = page.evaluate("data.nodes.find((one) => one.kind === 'project').id")
    pressed(page, project)
    until(page, "picked === given", project)
    until(page, "network.canvasToDOM(nodeOf.get(given)).y < canvas.clientHeight - details.clientHeight", project)
    page.close()
