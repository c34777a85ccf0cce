"""Named questions: each has a golden answer on the examples; parameters are bound, never pasted; reading only."""

from pathlib import Path

import pytest

import caimai
from caimai.output import as_csv
from ontology.errors import CaimaiError
from queries.answers import Answer
from queries.library import WrongQuestion, questions
from queries.read_only import RefusedQuery, UnreadableQuery, read_only, understood

GOLDEN = Path(__file__).parent / "golden" / "answers"


def test_there_are_ten_questions_and_more() -> None:
    assert len(questions()) >= 10


@pytest.mark.parametrize("name", questions())
def test_a_question_gives_its_golden_answer(example_store: Path, name: str) -> None:
    """Golden answers were read against the printed pages; when one changes, look at the difference, then replace it."""
    question = questions()[name]
    answer = caimai.ask(example_store, name, **{p.name: p.example for p in question.parameters})
    assert answer.rows
    assert as_csv(answer.columns, answer.rows) == (GOLDEN / f"{name}.csv").read_bytes().decode()


@pytest.mark.parametrize("name", questions())
def test_a_question_says_in_two_languages_what_it_asks_and_orders_its_rows(name: str) -> None:
    question = questions()[name]
    assert question.zh.rstrip("）").endswith(("？", "前", "加"))
    assert "?" in question.en
    assert question.sparql.rstrip().splitlines()[-1].startswith("ORDER BY")
    for parameter in question.parameters:
        assert f"?{parameter.name}" in question.sparql
    assert read_only(question.sparql)


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("no_such_question", {}, "no question is called 'no_such_question'; there are: carried_over"),
        ("who_received", {}, "needs --param number=…, for example number=昌州财教[2024]65号"),
        ("who_received", {"number": "65"}, "'65' is not a document_number; an example: 昌州财教[2024]65号"),
        ("carried_over", {"year": "next"}, "'next' is not a year; an example: 2026"),
        ("carried_over", {"year": "2026", "body": "x"}, "has no parameter 'body'; it has: year"),
        ("subject_over_years", {"body": "某局", "code": "99"}, "'99' is not a code"),
    ],
)
def test_a_wrong_question_says_what_is_wrong(
    example_store: Path, name: str, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(WrongQuestion) as error:
        caimai.ask(example_store, name, **parameters)
    assert message in str(error.value)


def test_a_parameter_cannot_smuggle_sparql_in(example_store: Path) -> None:
    answer = caimai.ask(example_store, "money_of_level", origin='中央" } UNION { ?s ?p ?o } #')
    assert answer.rows == ()


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * WHERE { ?s ?p", "line 1, column"),
        ("INSERT DATA { <a:a> <a:b> 1 }", "not a query but an update"),
        ("DROP ALL", "not a query but an update"),
        ("LOAD <http://127.0.0.1/x>", "not a query but an update"),
        ("SELECT * { { SELECT ?s { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } } } }", "SERVICE is refused"),
        ("SELECT * { FILTER EXISTS { SERVICE ?x { ?s ?p ?o } } }", "SERVICE is refused"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { OPTIONAL { SERVICE SILENT <a:a> { ?s ?p ?o } } }", "SERVICE is refused"),
        ("SELECT * { ?s ?p ?o # ends here\rSERVICE <http://127.0.0.1/x> { ?a ?b ?c }\n}", "SERVICE is refused"),
        ('ASK { ?s ?p "\\u0022 # " . SERVICE <http://127.0.0.1/x> { ?a ?b ?c }\n}', "SERVICE is refused"),
    ],
)
def test_a_query_that_writes_or_reaches_outside_is_refused(example_store: Path, query: str, message: str) -> None:
    with pytest.raises(RefusedQuery, match=message):
        caimai.sparql(example_store, query)


def test_the_word_service_in_a_literal_is_not_refused(example_store: Path) -> None:
    assert caimai.sparql(example_store, 'ASK { ?s ?p "SERVICE <x>" }') is False


def test_service_as_a_name_a_comment_or_part_of_an_address_is_not_refused() -> None:
    query = """PREFIX service: <http://example.org/service/> # SERVICE
    SELECT ?service WHERE { ?service service:SERVICE ?o ; <http://example.org/SERVICE> "a 'SERVICE'"@en-service ;
      service:x-SERVICE \'\'\'SERVICE ' \'\'\' . _:SERVICE ?p $SERVICE }"""
    assert understood(query).form == "select"


def test_a_query_is_asked_of_the_graphs_it_names(example_store: Path) -> None:
    everything, links = "SELECT (COUNT(*) AS ?n) %s { ?s ?p ?o }", "FROM <https://w3id.org/cnbl/graph/links.derived>"
    of_all = caimai.sparql(example_store, everything % "")
    of_links = caimai.sparql(example_store, everything % links)
    assert isinstance(of_all, Answer)
    assert isinstance(of_links, Answer)
    assert 0 < int(of_links.rows[0][0] or 0) < int(of_all.rows[0][0] or 0)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?s WHERE {\n  ?s ?p ", r"line 2, column \d+: not a SPARQL 1.1 query \(expected "),
        (
            "SELECT * { ?s bl:printed ?o }",
            r"the prefix 'bl:' is not declared; add: PREFIX bl: <https://w3id.org/cnbl/ont#>",
        ),
        ("SELECT * { ?s my:name ?o }", r"the prefix 'my:' is not declared$"),
        ("", "line 1, column 1: not a SPARQL 1.1 query"),
    ],
)
def test_a_query_that_does_not_parse_is_told_where(query: str, message: str) -> None:
    with pytest.raises(UnreadableQuery, match=message):
        understood(query)


def test_sparql_counts_each_triple_once(example_store: Path) -> None:
    query = "SELECT (COUNT(*) AS ?all) { ?s ?p ?o }"
    per_graph = "SELECT (COUNT(*) AS ?all) { GRAPH ?g { ?s ?p ?o } }"
    assert caimai.sparql(example_store, query) == caimai.sparql(example_store, per_graph)


def test_a_missing_store_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(CaimaiError, match=r"caimai build PATH --store"):
        caimai.sparql(tmp_path / "nothing", "ASK {}")
