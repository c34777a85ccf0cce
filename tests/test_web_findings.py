"""What the readers found amiss, on the pages of the explorer: told in the language of the reader."""

from pathlib import Path

import pytest
from kg_documents import rows
from starlette.testclient import TestClient

from kg.store import open_read_only
from ontology.findings import told
from viz.web.application import application


@pytest.fixture(scope="module")
def client(example_store: Path) -> TestClient:
    return TestClient(application(example_store))


@pytest.mark.parametrize(("lang", "other"), [("zh", "en"), ("en", "zh")])
def test_a_finding_is_told_on_its_page_and_at_its_place(
    client: TestClient, example_store: Path, lang: str, other: str
) -> None:
    stated = "?finding bl:message ?said ; bl:evidence ?place"
    found = rows(open_read_only(example_store), f"SELECT ?finding ?place ?said WHERE {{ {stated} }} ORDER BY ?place")
    assert found
    for finding, place, said in (map(str, row) for row in found[:4]):
        for thing in (finding, place):
            page = client.get(thing.removeprefix("https://w3id.org/cnbl"), params={"lang": lang})
            assert page.status_code == 200
            words = page.text.replace("&#39;", "'")
            assert told(said, lang) in words
            assert told(said, other) not in words
