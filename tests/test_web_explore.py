"""The graph explorer: what the address says is on the screen, nothing is left out silently."""

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from pyoxigraph import NamedNode, Store
from starlette.testclient import TestClient

from kg.near import kind_of, neighbours, pieces
from kg.store import open_read_only
from ontology.terms import ID
from viz.expansion import MOST, Screen, on_screen, path
from viz.web.addresses import address, iri_at, short
from viz.web.application import application

DOCUMENT = f"{ID}doc/昌州财教-2024-65"
ISSUER = f"{ID}agency/652300.财政局"


@pytest.fixture(scope="module")
def store(example_store: Path) -> Store:
    return open_read_only(example_store)


@pytest.fixture(scope="module")
def client(example_store: Path) -> Iterator[TestClient]:
    with TestClient(application(example_store)) as found:
        yield found


def drawn_nodes(client: TestClient, **asked: object) -> set[str]:
    answer = client.get("/explore.json", params={name: str(value) for name, value in asked.items()})
    assert answer.status_code == 200
    return {node["id"] for node in answer.json()["nodes"] if node["kind"] != "more"}


def test_the_first_view_follows_the_money_of_a_document(client: TestClient) -> None:
    kinds = {iri.split("/")[1] for iri in drawn_nodes(client, focus=short(DOCUMENT)) if iri.startswith("id/")}
    assert {"doc", "agency", "prog", "flow", "proj", "tgt"} <= kinds


@pytest.mark.parametrize("focus", [DOCUMENT, ISSUER])
def test_what_is_not_drawn_is_counted_at_the_node_it_belongs_to(store: Store, focus: str) -> None:
    drawn = on_screen(partial(pieces, store), Screen((focus,)), partial(neighbours, store))
    stubs = {
        node.removeprefix("more:"): data["label"] for node, data in drawn.nodes(data=True) if data["kind"] == "more"
    }
    for node, around in neighbours(store, [node for node in drawn if kind_of(node)]).items():
        hidden = set(around) - set(drawn)
        assert stubs.get(node) == (f"+{len(hidden)}" if hidden else None)


def test_opening_a_node_shows_its_neighbours(client: TestClient, store: Store) -> None:
    before = drawn_nodes(client, focus=short(DOCUMENT))
    after = drawn_nodes(client, focus=short(DOCUMENT), open=short(ISSUER))
    assert before < after
    assert {short(iri) for iri in neighbours(store, [ISSUER])[ISSUER]} <= after


def test_opening_shows_as_many_as_asked_for(client: TestClient) -> None:
    before = drawn_nodes(client, focus=short(DOCUMENT))
    after = drawn_nodes(client, focus=short(DOCUMENT), open=f"{short(ISSUER)}~3")
    origins = {iri for iri in after if iri.startswith("id/division")}
    assert len(after - before - origins) == 3


def test_a_node_can_be_taken_away(client: TestClient) -> None:
    assert short(ISSUER) not in drawn_nodes(client, focus=short(DOCUMENT), hide=short(ISSUER))


def test_no_more_is_drawn_than_can_be_read(store: Store) -> None:
    everything = {quad.subject for quad in store.quads_for_pattern(None, None, None, None)}
    nodes = tuple(sorted(one.value for one in everything if isinstance(one, NamedNode) and kind_of(one.value)))
    assert len(nodes) > MOST
    drawn = on_screen(partial(pieces, store), Screen(shown=nodes), partial(neighbours, store))
    counted = [node for node, data in drawn.nodes(data=True) if data["kind"] not in ("more", "origin")]
    assert len(counted) <= MOST
    assert drawn.graph["full"]


def test_a_path_leads_from_one_node_to_another(store: Store, client: TestClient) -> None:
    def near(iri: str) -> list[str]:
        return neighbours(store, [iri])[iri]

    target = next(iri for iri in near(project_of(store)) if "/tgt/" in iri)
    indicator = next(iri for iri in near(target) if "/kpi/" in iri)
    found = path(ISSUER, indicator, partial(neighbours, store))
    assert found[0] == ISSUER
    assert found[-1] == indicator
    assert all(end in near(start) for start, end in pairwise(found))
    assert len(path(indicator, ISSUER, partial(neighbours, store))) == len(found)
    answer = client.get("/explore/path.json", params={"from": short(ISSUER), "to": short(indicator)}).json()
    assert [iri_at(one) for one in answer] == found


def project_of(store: Store) -> str:
    flow = next(iri for iri in neighbours(store, [DOCUMENT])[DOCUMENT] if "/flow/" in iri)
    return next(iri for iri in neighbours(store, [flow])[flow] if "/proj/" in iri)


def test_there_is_no_path_to_what_is_not_connected(store: Store) -> None:
    assert path(DOCUMENT, f"{ID}doc/nothing", partial(neighbours, store), most=50) == []


def test_without_scripts_the_tables_hold_all_that_is_drawn(client: TestClient) -> None:
    text = client.get("/explore", params={"focus": short(DOCUMENT)}).text
    drawn = client.get("/explore.json", params={"focus": short(DOCUMENT)}).json()
    for node in drawn["nodes"]:
        assert f'<a href="{address(iri_at(node.get("owner", node["id"])))}">' in text
    assert text.count('class="source"') >= len(drawn["edges"])


def test_what_is_known_of_a_node_and_its_lines_is_told_when_it_is_chosen(client: TestClient) -> None:
    drawn = client.get("/explore.json", params={"focus": short(DOCUMENT)}).json()
    told = client.get("/explore/details.json", params={"focus": short(DOCUMENT), "of": short(DOCUMENT)}).json()
    assert told["address"] == address(DOCUMENT)
    assert ["年度", "2024"] in told["fields"]
    number = next(at for at, node in enumerate(drawn["nodes"]) if node["id"] == short(DOCUMENT))
    lines = [edge for edge in drawn["edges"] if number in (edge["from"], edge["to"])]
    assert {(edge["relation"], edge["grade"]) for edge in told["edges"]} == {
        (edge["relation"], edge["grade"]) for edge in lines
    }
    assert all(edge["sources"] for edge in told["edges"])
    assert set(told["sources"]) == set(range(len(told["places"])))
    assert all(place["address"].startswith("/id/ev/") and place["words"] for place in told["places"])


def test_nothing_is_told_of_a_node_that_is_not_on_the_screen(client: TestClient) -> None:
    for name in ("id/doc/nothing", "", "<nothing>"):
        answer = client.get("/explore/details.json", params={"focus": short(DOCUMENT), "of": name})
        assert answer.status_code == 404


def test_a_click_brings_the_drawing_and_no_more(client: TestClient) -> None:
    drawn = client.get("/explore.json", params={"focus": short(DOCUMENT)}).json()
    assert {key for node in drawn["nodes"] for key in node} <= {
        "id", "kind", "label", "lines", "note", "x", "y", "width", "height", "asked", "owner"
    }  # fmt: skip
    assert {key for edge in drawn["edges"] for key in edge} <= {"from", "to", "relation", "grade", "against"}


def test_the_screen_can_be_saved_as_a_file_that_needs_no_network(client: TestClient) -> None:
    answer = client.get("/explore.html", params={"focus": short(DOCUMENT)})
    assert "attachment" in answer.headers["content-disposition"]
    assert "昌州财教〔2024〕65号" in answer.text
    assert 'src="http' not in answer.text


def test_a_thing_that_is_not_there_is_not_drawn(client: TestClient) -> None:
    for name in ("id/doc/nothing", "id/doc/<nothing>", "nothing"):
        assert drawn_nodes(client, focus=name) == set()
    assert drawn_nodes(client, q="没有这个名字") == set()
    assert drawn_nodes(client, trace="没有这个名字") == set()
    assert client.get("/explore", params={"focus": "<script>"}).status_code == 200


@pytest.mark.parametrize(
    "iri", [DOCUMENT, ISSUER, "https://w3id.org/cnbl/code/function/2060599", "https://example.org/x"]
)
def test_a_short_name_is_the_name(iri: str) -> None:
    assert iri_at(short(iri)) == iri


def test_the_page_of_a_thing_leads_to_the_explorer_around_it(client: TestClient) -> None:
    text = client.get(address(DOCUMENT)).text
    (link,) = re.findall(r'href="(/explore[^"]+)"', text)
    assert DOCUMENT.endswith(unquote(link).removeprefix("/explore?focus="))
    assert client.get(link).status_code == 200
