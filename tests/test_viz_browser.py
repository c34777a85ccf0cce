"""The page in a real browser, with the network unreachable: it draws, complains of nothing, opens what was asked."""

from collections.abc import Iterator
from typing import Any

import pytest
from browsing import context, expect, open_page
from viz_lineage import iri, lineage

from viz.page import page


@pytest.fixture(scope="module")
def opened(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, list[str]]]:
    """The document after its scripts ran, and what it complained of or asked for."""
    file = tmp_path_factory.mktemp("browser") / "page.html"
    file.write_text(page(lineage(), title="资金脉络", focus=[iri("doc/昌州财教〔2024〕65号")]), encoding="utf-8")
    reader = context(browser, offline=True)
    found = reader.new_page()
    said: list[str] = []
    found.on("console", lambda message: said.append(message.text))
    found.on("pageerror", lambda error: said.append(str(error)))
    found.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    open_page(found, file.as_uri())
    yield found, said
    reader.close()


def test_the_page_complains_of_nothing(opened: tuple[Any, list[str]]) -> None:
    assert opened[1] == []


def test_the_graph_is_drawn(opened: tuple[Any, list[str]]) -> None:
    expect(opened[0].locator("body")).to_have_class("live")
    expect(opened[0].locator("#canvas canvas")).to_be_visible()


def test_what_was_asked_for_lies_open(opened: tuple[Any, list[str]]) -> None:
    details = opened[0].locator("aside#details")
    expect(details.locator("h2")).to_have_text("昌州财教〔2024〕65号")
    expect(details).to_be_visible()
    expect(details).to_contain_text("000_d601747560d602d5.txt")
