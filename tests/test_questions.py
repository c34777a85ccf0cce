"""Named questions: each has a golden answer on the examples; parameters are bound, never pasted; reading only."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from evaluated_documents import BODY, REVIEWS, accounts, budget

import caimai
from caimai.asking import explained
from kg.build import build
from ontology.errors import CaimaiError
from ontology.facts import CellFact, DocumentFact
from queries.answers import Answer
from queries.exchange import as_csv
from queries.guarding.read_only import RefusedQuery, UnreadableQuery, understood
from queries.library import EmptyGraph, Question, WrongQuestion, columns, questions, themes
from queries.parameters import bound

GOLDEN = Path(__file__).parent / "golden" / "answers"
# Asked of made final accounts: the examples have budgets only.
OF_ACCOUNTS = ("promised_against_achieved", "self_evaluations_together", "self_scores")


@pytest.fixture(scope="module")
def other_way_round(example_build: tuple[Path, list[caimai.Reading]]) -> ox.Store:
    """The examples built one by one, the last first."""
    store = caimai.open_store(":memory:")
    for reading in reversed(example_build[1]):
        build([(reading.sha256, reading.facts)], store)
    return store


@pytest.fixture(scope="module")
def accounts_store() -> ox.Store:
    """Made final accounts with self-evaluations beside the budgets of their year and the next: no example has any."""
    store = caimai.open_store(":memory:")
    build([budget(), accounts(lines=REVIEWS), budget(year=2025)], store)
    return store


def examples(question: Question) -> dict[str, str]:
    return {parameter.name: parameter.example for parameter in question.parameters}


def of_every_body(question: Question) -> dict[str, str]:
    """The examples of a question, but of all bodies where a year narrows the answer, too: what is ranked has ranks."""
    free = {one.name for one in question.parameters if not one.required}
    return {name: text for name, text in examples(question).items() if name != "body" or not {"body", "year"} <= free}


def test_there_are_more_than_thirty_questions_and_every_theme_has_some() -> None:
    assert len(questions()) > 30
    assert {question.theme for question in questions().values()} == set(themes())


@pytest.mark.parametrize("name", questions())
def test_a_question_gives_its_golden_answer(example_store: Path, name: str) -> None:
    """Golden answers were read against the printed pages; when one changes, look at the difference, then replace it."""
    if name not in OF_ACCOUNTS:
        assert golden(name) == told(caimai.ask(example_store, name, **of_every_body(questions()[name])))


@pytest.mark.parametrize("name", OF_ACCOUNTS)
def test_a_question_about_self_evaluations_gives_its_golden_answer_on_made_final_accounts(
    accounts_store: ox.Store, name: str
) -> None:
    question = questions()[name]
    answer = caimai.ask(accounts_store, name)
    assert golden(name) == told(answer)
    narrowed = caimai.ask(accounts_store, name, body=BODY, year=2024)
    assert set(narrowed.rows) <= set(answer.rows)
    assert narrowed.rows
    assert caimai.sparql(accounts_store, explained(question, {"body": BODY, "year": "2024"}, "en")) == narrowed


def told(answer: Answer) -> str:
    assert answer.rows
    return as_csv(answer.columns, answer.rows)


def golden(name: str) -> str:
    return (GOLDEN / f"{name}.csv").read_bytes().decode()


def test_no_golden_answer_is_left_of_a_question_that_is_gone() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(questions())


@pytest.mark.parametrize("name", questions())
def test_the_examples_of_a_question_have_an_answer(example_store: Path, name: str) -> None:
    answer = caimai.ask(example_store, name, **examples(questions()[name]))
    assert bool(answer.rows) == (name not in OF_ACCOUNTS or name == "promised_against_achieved")


@pytest.mark.parametrize("name", questions())
def test_a_question_says_in_two_languages_what_it_asks_and_orders_its_rows(name: str) -> None:
    question = questions()[name]
    assert "？" in question.zh
    assert "?" in question.en
    assert question.sparql.rstrip().splitlines()[-1].startswith("ORDER BY")
    for parameter in question.parameters:
        assert parameter.name in question.columns or f"?{parameter.name}" in question.sparql
    assert set(question.columns) <= set(columns())


@pytest.mark.long
@pytest.mark.parametrize("name", questions())
def test_a_question_is_a_query_for_another_parser_too(name: str) -> None:
    assert understood(questions()[name].sparql).text


def test_every_column_that_is_explained_is_in_an_answer() -> None:
    assert set(columns()) == {name for question in questions().values() for name in question.columns}


@pytest.mark.parametrize("name", questions())
def test_an_optional_parameter_only_leaves_rows_out(example_store: Path, name: str) -> None:
    question = questions()[name]
    wanted = {one.name: one.example for one in question.parameters if one.required}
    every = set(caimai.ask(example_store, name, **wanted).rows)
    assert set(caimai.ask(example_store, name, **examples(question)).rows) <= every


@pytest.mark.parametrize("name", questions())
def test_the_order_of_rows_does_not_depend_on_the_order_of_reading(
    example_store: Path, root: Path, other_way_round: ox.Store, name: str
) -> None:
    wanted = {one.name: one.example for one in questions()[name].parameters if one.required}
    assert caimai.ask(other_way_round, name, **wanted) == caimai.ask(example_store, name, **wanted)


@pytest.mark.parametrize("name", questions())
def test_the_sparql_shown_runs_as_it_stands(example_store: Path, name: str) -> None:
    question = questions()[name]
    shown = explained(question, examples(question), "en")
    assert caimai.sparql(example_store, shown) == caimai.ask(example_store, name, **examples(question))


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("who_recieved", {}, "no question is called 'who_recieved'; nearest: who_received"),
        ("no_such_question", {}, "caimai ask lists all"),
        ("who_received", {}, "needs --param number=…, for example number=昌州财教[2024]65号"),
        ("who_received", {"number": "65"}, "'65' is not a document number (文号); an example: 昌州财教[2024]65号"),
        ("who_received", {"number": "昌州财教〔2024〕66号"}, "nearest: 昌州财教〔2024〕65号"),
        ("carried_over", {"year": "next"}, "year: 'next' is not a year (年份); an example: 2026"),
        ("carried_over", {"year": "2031"}, "no disclosure held here is of 2031; there are: 2024, 2025, 2026"),
        ("who_received", {"nummer": "65"}, "who_received has no parameter 'nummer'; it has: number"),
        ("bodies_of_place", {"division": "奇台"}, "nearest: 奇台县 (its name contains this)"),
        ("carried_over", {"year": "2026", "place": "x"}, "has no parameter 'place'; it has: year, body"),
        (
            "carried_over",
            {"body": "阿图什市商务局"},
            "'阿图什市商务局'; nearest: 阿图什市商务科技",
        ),
        ("subject_over_years", {"body": "某局", "code": "99"}, "'99' is not a subject code"),
        ("economic_subject_across_bodies", {"code": "公务接待费"}, "a name; codes of that name: 30217 公务接待费"),
        ("subject_over_years", {"body": "某局", "code": "招商"}, "a name; codes of that name: 2011308 招商引资"),
        ("money_of_level", {"origin": "火星"}, "no level of government here is called '火星'"),
        ("targets_over_years", {"body": " "}, "' ' is not a body"),
    ],
)
def test_a_wrong_question_says_what_is_wrong(
    example_store: Path, name: str, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(WrongQuestion) as error:
        caimai.ask(example_store, name, **parameters)
    assert message in str(error.value)


def test_a_known_name_without_rows_is_an_answer_without_rows(example_store: Path) -> None:
    assert caimai.ask(example_store, "withheld", year=2026).rows == ()
    assert caimai.ask(example_store, "carried_over", body="奇台县商务和工业信息化局").rows == ()


@pytest.mark.examples
def test_the_rate_of_execution_holds_the_final_accounts_of_a_year_against_its_budget(root: Path) -> None:
    """The final accounts spend 2,000.00 of the 2,685.94 budgeted."""
    (path,) = (root / "examples").glob("奇台县商务科技*.pdf")
    budget, accounts = list(caimai.facts(path)), []
    for fact in budget:
        told = replace(fact, source=replace(fact.source, sha256="f" * 64, file="决算.pdf"))
        if isinstance(told, DocumentFact):
            told = replace(told, phase="决算", title=str(told.title).replace("预算", "决算"))
        if isinstance(told, CellFact) and told.table == "expenditure" and told.amount == Decimal("2685.94"):
            told = replace(told, amount=Decimal("2000.00"))
        accounts.append(told)
    store = caimai.open_store(":memory:")
    build([("f" * 64, accounts), (budget[0].source.sha256, budget)], store)
    found = caimai.ask(store, "execution")
    rates = {row[2]: row[3:6] for row in found.rows}
    assert rates == {2025: (Decimal("2685.94"), Decimal(2000), Decimal("74.46"))}


def test_an_empty_graph_names_the_command_that_fills_it() -> None:
    with pytest.raises(EmptyGraph, match="caimai build PATH --store"):
        caimai.ask(ox.Store(), "disclosures")


def test_a_parameter_cannot_smuggle_sparql_in(example_store: Path) -> None:
    with pytest.raises(WrongQuestion, match="no level of government here is called"):
        caimai.ask(example_store, "money_of_level", origin='中央" } UNION { ?s ?p ?o } #')


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
        ("SELECT * { ?s my:name ?o }", r"the prefix 'my:' is not declared; known without declaring: .* bl: "),
        ("", "line 1, column 1: not a SPARQL 1.1 query"),
    ],
)
def test_a_query_that_does_not_parse_is_told_where(query: str, message: str) -> None:
    with pytest.raises(UnreadableQuery, match=message):
        understood(query)


def test_known_prefixes_need_no_declaration_and_one_that_is_declared_means_what_it_says(example_store: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s a bl:Disclosure }"
    assert caimai.sparql(example_store, query) == Answer(("n",), ((5,),))
    assert caimai.sparql(example_store, f"PREFIX bl: <http://example.org/> {query}") == Answer(("n",), ((0,),))


def test_sparql_counts_each_triple_once(example_store: Path) -> None:
    query = "SELECT (COUNT(*) AS ?all) { ?s ?p ?o }"
    per_graph = "SELECT (COUNT(*) AS ?all) { GRAPH ?g { ?s ?p ?o } }"
    assert caimai.sparql(example_store, query) == caimai.sparql(example_store, per_graph)


def test_a_missing_store_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(CaimaiError, match=r"caimai build PATH --store"):
        caimai.sparql(tmp_path / "nothing", "ASK {}")


@pytest.mark.parametrize("level", ["自治区", "省级", "自治区级", "直辖市", "province"])
def test_a_level_is_known_by_any_part_of_its_name(level: str) -> None:
    (parameter,) = (one for one in questions()["money_of_level"].parameters if one.name == "origin")
    assert bound(parameter, level).value == "省（自治区、直辖市）"


def test_a_part_of_several_names_of_levels_is_none() -> None:
    (parameter,) = (one for one in questions()["money_of_level"].parameters if one.name == "origin")
    assert bound(parameter, "市").value == "市"
