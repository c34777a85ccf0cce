"""The W3C SPARQL 1.1 tests, each asked of our endpoint over HTTP."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("starlette", reason="the endpoint needs starlette: pip install 'caimai[web]'")
if TYPE_CHECKING:
    import httpx2
else:
    httpx2 = pytest.importorskip("httpx2", reason="these tests ask over HTTP: pip install httpx2")

from endpoint_server import serving
from pyoxigraph import Store
from w3c_suite import BASE, MEDIA_TYPES, Case, cases, content, loaded, result_of

pytestmark = pytest.mark.process

# What the engine answers otherwise than expected. This list may only become shorter.
_WITHDRAWN = "asks for path{n,m}, which was taken out of SPARQL 1.1 before it was final"
_RDF_1_1 = "the test is of RDF 1.0: since RDF 1.1 a plain literal is an xsd:string"
_EMPTY = "the engine gives a plain empty string where nothing was found, as the final specification says"
EXPECTED_FAILURES: dict[str, str] = {
    "aggregates/agg-empty-group": "an erratum: no group is made from no solutions where GROUP BY stands",
    "csv-tsv-res/tsv03": "the engine keeps xsd:negativeInteger as xsd:integer",
    "functions/bnode01": "the engine gives one blank node for one string in the whole result, not in a row",
    "functions/strafter01": _EMPTY,
    "functions/strbefore01": _EMPTY,
    "functions/strdt03": _RDF_1_1,
    "functions/strlang03": _RDF_1_1,
    **{
        f"property-path/pp{number}": _WITHDRAWN
        for number in ("04", "05", "13", "15", "20", "22", "24", "26", "27", "29")
    },
}
# Named by the suite, and not in it.
INCOMPLETE = {"negation/temporal-proximity-by-exclusion-minus-1"}

FROM = re.compile(r"^\s*FROM\b", re.MULTILINE | re.IGNORECASE)
EVALUATED = [case for case in cases() if case.kind in {"QueryEvaluationTest", "CSVResultFormatTest"}]
LOCAL = [case for case in EVALUATED if not case.name.startswith("service/") and case.name not in INCOMPLETE]
# Taken or refused otherwise than expected by rdflib's grammar or the engine's. This list, too, may only become shorter.
OTHERWISE_READ: dict[str, str] = {
    "syntax-query/test_4": "calls a function that the engine does not have, which it tells",
    "syntax-query/test_52": "rdflib does not take an escaped character at the end of a prefixed name",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """Asks an endpoint over the data of all tests, one graph a file."""
    folder = tmp_path_factory.mktemp("w3c") / "store"
    store = Store(str(folder))
    loaded(store)
    store.flush()
    del store
    with serving(str(folder)) as address, httpx2.Client(base_url=address, timeout=600) as asking:
        yield asking


def answered(client: httpx2.Client, case: Case, suffix: str = ".srj") -> httpx2.Response:
    """The answer to the query of a test, which names its graphs by the protocol."""
    query = content(case.query).decode()
    parameters: dict[str, str | list[str]] = {"query": f"BASE <{case.query}>\n{query}"}
    if not FROM.search(query):
        parameters["default-graph-uri"] = list(case.default_graphs) or [f"{BASE}empty"]
        parameters["named-graph-uri"] = list(case.named_graphs)
    return client.post("/sparql", data=parameters, headers={"Accept": MEDIA_TYPES[suffix]})


@pytest.mark.parametrize("case", LOCAL, ids=lambda case: case.name)
def test_a_query_is_answered_as_the_specification_says(client: httpx2.Client, case: Case) -> None:
    assert case.result is not None
    suffix = Path(case.result).suffix
    expected = result_of(content(case.result), suffix, case.result)
    if suffix in {".ttl", ".rdf"} and isinstance(expected, tuple | bool):
        suffix = ".srx"
    answer = answered(client, case, suffix)
    right = answer.status_code == 200 and result_of(answer.content, suffix, case.query) == expected
    if case.name in EXPECTED_FAILURES:
        assert not right, f"{case.name} passes now: take it from the list of expected failures"
    else:
        assert right, f"{answer.status_code} {answer.text[:1000]}"


def of_kind(*kinds: str) -> list[Case]:
    return [case for case in cases() if case.kind in kinds]


def sent(client: httpx2.Client, case: Case) -> int:
    """The status of the answer to the text of a test, asked of an empty graph."""
    parameters = {"query": content(case.query).decode(), "default-graph-uri": f"{BASE}empty"}
    return client.post("/sparql", data=parameters).status_code


@pytest.mark.parametrize("case", of_kind("PositiveSyntaxTest", "PositiveSyntaxTest11"), ids=lambda case: case.name)
def test_a_query_of_the_grammar_is_taken_and_service_is_refused(client: httpx2.Client, case: Case) -> None:
    expected = 403 if case.name.startswith("syntax-fed/") else 200
    assert (sent(client, case) == expected) is (case.name not in OTHERWISE_READ)


@pytest.mark.parametrize("case", of_kind("NegativeSyntaxTest", "NegativeSyntaxTest11"), ids=lambda case: case.name)
def test_what_is_outside_the_grammar_is_refused(client: httpx2.Client, case: Case) -> None:
    assert (sent(client, case) == 400) is (case.name not in OTHERWISE_READ)


@pytest.mark.parametrize(
    "case", of_kind("PositiveUpdateSyntaxTest11", "NegativeUpdateSyntaxTest11"), ids=lambda case: case.name
)
def test_no_update_is_taken_for_a_query(client: httpx2.Client, case: Case) -> None:
    assert sent(client, case) in {400, 403}


@pytest.mark.parametrize("case", [case for case in EVALUATED if case not in LOCAL], ids=lambda case: case.name)
def test_asking_another_server_is_refused(client: httpx2.Client, case: Case) -> None:
    assert case.name in INCOMPLETE or sent(client, case) == 403


def test_the_tests_are_those_of_the_suite() -> None:
    assert (len(LOCAL), len(EXPECTED_FAILURES)) == (196, 17)
    assert set(EXPECTED_FAILURES) <= {case.name for case in LOCAL}
