"""The explorer's pages of a graph on a server are those of a store on disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graph_servers import oxigraph, virtuoso

from kg.store import open_read_only, open_store
from ontology.terms import BL
from queries.page_rows import rows
from viz.web.asking import Asked
from viz.web.serving import Serving
from viz.web.things import KINDS, Describe
from viz.web.twins import as_json, as_turtle

pytest.importorskip("httpx2", reason="stores on servers need httpx2: pip install 'caimai[remote]'")


@pytest.fixture(scope="module", params=[oxigraph, virtuoso], ids=["oxigraph", "virtuoso"])
def server(
    request: pytest.FixtureRequest, example_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with request.param(tmp_path_factory.mktemp("server")) as address:
        open_store(address).extend(open_read_only(example_store))
        yield address


def things(store: Path) -> Iterator[tuple[str, Describe]]:
    """Some things of every kind that has a page of its own."""
    held = open_read_only(store)
    names = {
        "agency": "officialName", "doc": "documentNumber", "proj": "projectName", "tgt": "hasIndicator",
        "kpi": "indicatorName", "disc": "disclosureOf", "code/function": "subjectCode", "code/economic": "subjectCode",
    }  # fmt: skip
    for kind, property_ in names.items():
        found = {
            str(getattr(quad.subject, "value", "")) for quad in held.quads_for_pattern(None, BL[property_], None, None)
        }
        yield from ((iri, KINDS[kind]) for iri in sorted(one for one in found if f"/{kind}/" in one)[::7])
    yield from ((str(row["thing"]), KINDS["prog"]) for row in rows(held, "index_programme"))


def test_pages_of_a_graph_on_a_server_are_those_of_a_store_on_disk(server: str, example_store: Path) -> None:
    here, there = (Asked(Serving(place).opened(), "zh") for place in (example_store, server))
    listed = list(things(example_store))
    assert len(listed) > 60
    differ = [iri for iri, tell in listed if as_json(tell(here, iri)) != as_json(tell(there, iri))]
    assert differ == []


def test_turtle_of_a_graph_on_a_server_is_that_of_a_store_on_disk(server: str, example_store: Path) -> None:
    here, there = (Asked(Serving(place).opened(), "zh") for place in (example_store, server))
    for iri, tell in list(things(example_store))[::4]:
        found = as_turtle(here.store, tell(here, iri))
        assert found == as_turtle(there.store, tell(there, iri)), iri
