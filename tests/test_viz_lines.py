"""Where lines between cards run, as the script of the page lays them: tried in a browser."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from viz.vocabulary import asset

Card = tuple[float, float, float, float]  # x, y, width, height


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    found = browser.new_page()
    found.evaluate(f"{asset('lines.js')};Object.assign(globalThis, {{layLines, lineAt, at}})")
    yield found
    found.close()


def laid(
    page: Any, cards: Mapping[str, Card], lines: Sequence[tuple[str, str]], against: bool = False
) -> list[dict[str, Any]]:
    """The lines with their courses and heads, and the middle of each."""
    script = """([cards, lines, against]) => {
      const of = new Map(Object.entries(cards).map(([id, [x, y, width, height]]) => [id, {id, x, y, width, height}]));
      const found = lines.map(([from, to]) => ({from, to, against}));
      layLines(found, of);
      return found.map((one) => ({...one, middle: at(one.course, 0.5)}));
    }"""
    found: list[dict[str, Any]] = page.evaluate(script, [cards, lines, against])
    return found


def bow(line: dict[str, Any]) -> float:
    """How far the middle of a line lies from the middle between its ends."""
    course, middle = line["course"], line["middle"]
    return math.hypot(middle["x"] - (course["x0"] + course["x2"]) / 2, middle["y"] - (course["y0"] + course["y2"]) / 2)


def test_a_line_with_nothing_in_its_way_is_straight(page: Any) -> None:
    (line,) = laid(page, {"a": (0, 0, 40, 40), "b": (0, 300, 40, 40)}, [("a", "b")])
    assert bow(line) < 0.01
    assert (line["course"]["x0"], line["course"]["y2"]) == (0, 300)


def test_a_line_goes_round_a_card_that_is_not_its_own(page: Any) -> None:
    cards = {"a": (0, 0, 40, 40), "between": (0, 150, 40, 40), "b": (0, 300, 40, 40)}
    (line,) = laid(page, cards, [("a", "b")])
    assert abs(line["middle"]["x"]) > 20


def test_a_line_never_seems_to_chain_through_a_wide_card_right_below(page: Any) -> None:
    cards = {"target": (0, 0, 164, 36), "first": (0, 63, 164, 36), "second": (0, 126, 164, 36)}
    (line,) = laid(page, cards, [("target", "second")])
    assert bow(line) > 1


@pytest.mark.parametrize("lines", [[("a", "b"), ("a", "b")], [("a", "b"), ("b", "a")], [("a", "b")] * 3])
def test_parallel_lines_lie_apart(page: Any, lines: list[tuple[str, str]]) -> None:
    found = laid(page, {"a": (0, 0, 40, 40), "b": (0, 300, 40, 40)}, lines)
    middles = [(round(one["middle"]["x"]), round(one["middle"]["y"])) for one in found]
    assert len(set(middles)) == len(lines)


@pytest.mark.parametrize(("against", "tip"), [(False, 280), (True, 20)])
def test_the_arrow_stands_on_the_border_of_the_card_that_money_runs_to(page: Any, against: bool, tip: float) -> None:
    (line,) = laid(page, {"a": (0, 0, 40, 40), "b": (0, 300, 40, 40)}, [("a", "b")], against)
    assert line["head"]["y"] == pytest.approx(tip, abs=1)
    assert math.sin(line["head"]["angle"]) == pytest.approx(-1 if against else 1)


@pytest.mark.parametrize(("x", "y", "found"), [(2, 150, True), (30, 150, False), (0, 310, False)])
def test_a_line_is_chosen_where_it_is_pressed(page: Any, x: float, y: float, found: bool) -> None:
    (line,) = laid(page, {"a": (0, 0, 40, 40), "b": (0, 300, 40, 40)}, [("a", "b")])
    assert bool(page.evaluate("([lines, point]) => lineAt(lines, point, 6)", [[line], {"x": x, "y": y}])) == found
