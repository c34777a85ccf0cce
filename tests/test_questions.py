"""Named questions: each has a golden answer on the examples; parameters are bound, never pasted; reading only."""

from pathlib import Path

import pytest

import caimai
from caimai.output import as_csv
from ontology.errors import CaimaiError
from queries.library import WrongQuestion, questions
from queries.read_only import RefusedQuery, read_only

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
        ("INSERT DATA { <a:a> <a:b> 1 }", "not a SPARQL 1.1 query"),
        ("DROP ALL", "not a SPARQL 1.1 query"),
        ("LOAD <http://127.0.0.1/x>", "not a SPARQL 1.1 query"),
        ("SELECT * { { SELECT ?s { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } } } }", "SERVICE is refused"),
        ("SELECT * { FILTER EXISTS { SERVICE ?x { ?s ?p ?o } } }", "SERVICE is refused"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { OPTIONAL { SERVICE SILENT <a:a> { ?s ?p ?o } } }", "SERVICE is refused"),
    ],
)
def test_a_query_that_writes_or_reaches_outside_is_refused(example_store: Path, query: str, message: str) -> None:
    with pytest.raises(RefusedQuery, match=message):
        caimai.sparql(example_store, query)


def test_the_word_service_in_a_literal_is_not_refused(example_store: Path) -> None:
    assert caimai.sparql(example_store, 'ASK { ?s ?p "SERVICE <x>" }') is False


def test_sparql_counts_each_triple_once(example_store: Path) -> None:
    query = "SELECT (COUNT(*) AS ?all) { ?s ?p ?o }"
    per_graph = "SELECT (COUNT(*) AS ?all) { GRAPH ?g { ?s ?p ?o } }"
    assert caimai.sparql(example_store, query) == caimai.sparql(example_store, per_graph)


def test_a_missing_store_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(CaimaiError, match=r"caimai build PATH --store"):
        caimai.sparql(tmp_path / "nothing", "ASK {}")
