"""The page: one file that asks for nothing, holds everything in drawing and tables, and escapes what it is given."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import networkx as nx
import pytest
from viz_lineage import Evidence, edge, iri, lineage, node

from ontology.errors import UnknownTerm
from viz.page import SCRIPTS, page
from viz.vocabulary import asset, kinds, words

GRANT = iri("doc/昌州财教〔2024〕65号")
HOSTILE = "</script><script>alert(1)</script>"


class Reader(HTMLParser):
    """Collects what the tests ask for: every tag with its attributes, the texts of scripts and styles, the words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[tuple[dict[str, str | None], str]] = []
        self.words = ""
        self.within: dict[str, str | None] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.within = dict(attrs) if tag in ("script", "style") else None

    def handle_endtag(self, tag: str) -> None:
        self.within = None

    def handle_data(self, data: str) -> None:
        if self.within is None:
            self.words += data
        else:
            self.blocks.append((self.within, data))


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    return lineage()


@pytest.fixture(scope="module")
def text(graph: nx.MultiDiGraph) -> str:
    return page(graph, title="资金脉络", focus=[GRANT])


@pytest.fixture(scope="module")
def read(text: str) -> Reader:
    return Reader(text)


def drawing(read: Reader) -> dict[str, Any]:
    found = json.loads(next(block for attributes, block in read.blocks if attributes.get("id") == "data"))
    assert isinstance(found, dict)
    return found


def only(kind: str = "project", label: str = "项目", **data: Any) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_node("urn:x", kind=kind, label=label, year=2025, level=None, amount=None, printed=None, **data)
    return graph


# ---- nothing from outside ----


def test_nothing_is_fetched_from_anywhere(text: str, read: Reader) -> None:
    addresses = [str(attributes[name]) for _, attributes in read.tags for name in ("src", "href") if name in attributes]
    assert addresses
    assert all(address.startswith(("#", "data:")) for address in addresses)
    assert not re.search(r"url\(\s*['\"]?\s*(http|//)", text)
    assert "@import" not in text
    assert "sourceMappingURL" not in text


def test_our_scripts_ask_for_nothing() -> None:
    for name in SCRIPTS:
        assert not re.search(r"fetch\(|XMLHttpRequest|WebSocket|import\(|innerHTML|eval\(", asset(name))


def test_the_policy_allows_exactly_the_scripts_and_the_style_of_the_page(read: Reader) -> None:
    policy = next(a["content"] for _, a in read.tags if a.get("http-equiv") == "Content-Security-Policy") or ""
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    own = [block for attributes, block in read.blocks if attributes.get("type") != "application/json"]
    hashes = {"sha256-" + base64.b64encode(hashlib.sha256(block.encode()).digest()).decode() for block in own}
    assert set(re.findall(r"'(sha256-[^']+)'", policy)) == hashes


def test_no_style_stands_in_an_attribute_where_the_policy_forbids_it(read: Reader) -> None:
    names = {name for _, attributes in read.tags for name in attributes}
    assert not any(name == "style" or name.startswith("on") for name in names)


def test_the_page_says_that_it_is_utf_8_and_chinese(text: str, read: Reader) -> None:
    assert text.startswith("<!DOCTYPE html>")
    assert ("meta", {"charset": "utf-8"}) in read.tags
    assert ("html", {"lang": "zh-Hans"}) in read.tags


# ---- nothing gets out of its place ----


@pytest.mark.parametrize("field", ["label", "printed", "amount_type", "level", "kind", "grade"])
def test_a_hostile_text_stays_text(field: str) -> None:
    graph = only()
    graph.nodes["urn:x"][field] = HOSTILE
    read = Reader(page(graph, title=HOSTILE))
    assert sum(tag == "script" for tag, _ in read.tags) == len(SCRIPTS) + 3
    assert "alert(1)" in read.words


def test_a_hostile_source_stays_text() -> None:
    graph = only()
    node(graph, "b", "body", "某局", level="county")
    seen = Evidence(HOSTILE, table=HOSTILE, words=HOSTILE)
    graph.add_edge("urn:x", iri("b"), relation=HOSTILE, grade=HOSTILE, rule=HOSTILE, evidence=(seen,))
    read = Reader(page(graph, title="x"))
    assert sum(tag == "script" for tag, _ in read.tags) == len(SCRIPTS) + 3
    assert read.words.count(HOSTILE) >= 5


def test_a_hostile_title_stays_text(graph: nx.MultiDiGraph) -> None:
    read = Reader(page(graph, title="<img src=x onerror=alert(1)>"))
    assert not any(tag == "img" for tag, _ in read.tags)


# ---- everything is there ----


def test_every_node_and_every_edge_is_drawn_and_in_a_table(graph: nx.MultiDiGraph) -> None:
    read = Reader(page(graph, title="x"))
    found = drawing(read)
    rows = {attributes["id"] for tag, attributes in read.tags if tag == "tr" and "id" in attributes}
    assert len(found["nodes"]) == len(graph)
    assert len(found["edges"]) == graph.number_of_edges()
    assert rows == {one["id"] for one in (*found["nodes"], *found["edges"])}


def test_parallel_edges_are_both_drawn(graph: nx.MultiDiGraph) -> None:
    edges = [one for one in drawing(Reader(page(graph, title="x")))["edges"] if one["grade"] == "candidate"]
    pairs = [one for one in edges if one["relation"] in ("流向", "延续")]
    assert len(pairs) == 2
    assert {(pair["from"], pair["to"]) for pair in pairs} == {(pairs[0]["from"], pairs[0]["to"])}


def test_nothing_moves(read: Reader) -> None:
    found = drawing(read)
    assert found["options"]["physics"] == {"enabled": False}
    assert found["options"]["edges"]["smooth"] is False
    assert all({"x", "y"} <= set(one) for one in found["nodes"])


def test_candidates_are_dashed_and_others_are_not(graph: nx.MultiDiGraph) -> None:
    edges = drawing(Reader(page(graph, title="x")))["edges"]
    assert {one["grade"] == "candidate" for one in edges} == {True, False}
    for one in edges:
        assert bool(one["dashes"]) == (one["grade"] == "candidate")


def test_a_source_is_told_with_file_place_and_words(text: str) -> None:
    assert "000_d601747560d602d5.txt" in text
    assert "第 902 行 · 一般公共预算项目支出情况表 · 表内第 2 行 · 第 4 列" in text
    assert '<q lang="zh-Hans">7.38</q>' in text


def test_an_amount_is_shown_as_printed_and_exactly_and_with_its_type(read: Reader) -> None:
    assert re.search(r"7\.38 万元\s+73,800\s+预算数", read.words)


def test_what_is_asked_for_is_marked(read: Reader) -> None:
    assert [one["label"] for one in drawing(read)["nodes"] if one.get("asked")] == ["昌州财教〔2024〕65号"]
    assert "所问" in read.words


def test_what_is_left_out_is_counted_and_says_how_to_draw_it(read: Reader) -> None:
    assert "相邻的另有" in read.words
    assert "caimai show --focus '昌吉州财政局' -o page.html" in read.words


def test_the_tables_do_not_need_scripts(read: Reader) -> None:
    hidden = [attributes.get("id") for _, attributes in read.tags if "hidden" in attributes]
    assert "nodes" not in hidden
    assert "edges" not in hidden
    assert any(tag == "noscript" for tag, _ in read.tags)


def test_the_legend_names_every_kind_and_every_grade(read: Reader) -> None:
    chips = [attributes for tag, attributes in read.tags if tag == "button" and attributes.get("class") == "chip"]
    drawn = {one["kind"] for one in drawing(read)["nodes"]} - {"more"}
    assert {chip["data-kind"] for chip in chips if "data-kind" in chip} == drawn
    assert [chip["data-grade"] for chip in chips if "data-grade" in chip] == ["stated", "derived", "candidate"]
    assert all(chip["aria-pressed"] == "true" for chip in chips)


def test_a_kind_the_page_does_not_know_is_drawn_as_other() -> None:
    assert drawing(Reader(page(only(kind="observation"), title="x")))["nodes"][0]["kind"] == "other"


def test_an_empty_graph_gives_a_page_that_says_so() -> None:
    read = Reader(page(nx.MultiDiGraph(), title="空"))
    assert "没有可画的内容" in read.words
    assert not any(tag == "script" for tag, _ in read.tags)


# ---- the page itself ----


def test_the_same_graph_gives_the_same_bytes(graph: nx.MultiDiGraph, text: str) -> None:
    other = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(graph.nodes(data=True))))
    other.add_edges_from(reversed(list(graph.edges(data=True))))
    assert page(other, title="资金脉络", focus=[GRANT]) == text


def test_the_graph_given_is_not_changed(graph: nx.MultiDiGraph) -> None:
    page(graph, title="x", focus=[GRANT])
    assert list(graph.edges(data=True)) == list(lineage().edges(data=True))
    assert dict(graph.nodes(data=True)) == dict(lineage().nodes(data=True))


def test_the_english_page_is_english_and_keeps_chinese_names(graph: nx.MultiDiGraph) -> None:
    read = Reader(page(graph, title="Lineage", focus=[GRANT], lang="en"))
    assert ("html", {"lang": "en"}) in read.tags
    assert all(word in read.words for word in ("issued under", "funding document", "Sources", "line 902"))
    assert "昌吉州财政局" in read.words


def test_another_language_is_refused(graph: nx.MultiDiGraph) -> None:
    with pytest.raises(UnknownTerm, match="zh and en"):
        page(graph, title="x", lang="fr")


@pytest.mark.parametrize("table", ["ui", "band", "grade", "amount_type", "relation"])
def test_both_languages_have_every_word(table: str) -> None:
    chinese, english = getattr(words("zh"), table), getattr(words("en"), table)
    assert set(chinese) == set(english)
    assert all(chinese.values())
    assert all(english.values())


def test_every_relation_of_the_fixture_has_words(graph: nx.MultiDiGraph) -> None:
    assert {data["relation"] for *_, data in graph.edges(data=True)} <= set(words("zh").relation)


def test_kinds_differ_by_colour_and_by_mark() -> None:
    drawn = [kind for kind in kinds().values() if kind.name not in ("other", "more")]
    assert len({kind.colour for kind in drawn}) == len(drawn)
    assert len({kind.mark for kind in drawn}) == len(drawn)


@pytest.mark.parametrize("colour", [kind.colour for kind in kinds().values()])
def test_every_colour_is_readable_on_white(colour: str) -> None:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5


def test_an_edge_without_evidence_is_a_row_without_sources() -> None:
    graph = only()
    node(graph, "b", "body", "某局", level="county")
    graph.add_edge("urn:x", iri("b"), relation="carried_by", grade="derived", rule="r", evidence=())
    edge(graph, "b", "b", "succeeds")
    assert "承担单位" in Reader(page(graph, title="x")).words
