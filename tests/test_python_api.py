"""The graph in Python: opened once, asked, traced, audited; answers as data frames and in notebooks."""

import html
import re
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pytest

import caimai
from caimai import library
from ontology.errors import CaimaiError
from ontology.terms import english
from queries.answer_html import ROWS_SHOWN
from queries.answers import Answer
from queries.guarding.strange_names import strange_names
from queries.library import Question, columns, questions
from queries.question_reference import reference

MIXED = Answer(
    ("text", "year", "wan", "held", "nothing"),
    (("甲<b>", 2024, Decimal("7.38"), True, None), ("乙", None, Decimal("2468.6"), None, None)),
)


@pytest.fixture
def graph(example_store: Path) -> caimai.Graph:
    return caimai.open(example_store)


def test_a_graph_is_opened_once_and_asked_for_everything(graph: caimai.Graph) -> None:
    assert len(graph.ask("disclosures")) == 5
    assert [hop.relation for hop in graph.trace("克财建〔2025〕64号").hops()]
    assert graph.audit("阿图什市商务科技和工业信息化局").signals
    assert graph.sparql("ASK { ?s ?p ?o }") is True
    assert isinstance(graph.lineage(), nx.MultiDiGraph)
    assert "<html" in graph.page(["昌州财教〔2024〕65号"])


def test_what_is_loaded_when_asked_for_is_what_the_library_offers() -> None:
    assert caimai.__all__ == library.__all__
    assert set(library.__all__) <= set(dir(caimai))


def test_the_functions_are_the_methods_for_one_question(graph: caimai.Graph, example_store: Path) -> None:
    assert caimai.ask(example_store, "withheld", year=2024) == graph.ask("withheld", year="2024")
    assert caimai.trace(example_store, "招商引资经费") == graph.trace("招商引资经费")


def test_rows_are_mappings_with_typed_values(graph: caimai.Graph) -> None:
    (row,) = graph.ask("who_received", number="昌州财教[2024]65号")
    assert (row["year"], row["wan"], row["page"]) == (2025, Decimal("7.38"), 12)


def test_a_frame_of_pandas_keeps_decimals_exact_and_gaps_empty() -> None:
    frame = MIXED.to_pandas()
    assert frame["wan"].sum() == Decimal("2475.98")
    assert [str(kind) for kind in frame.dtypes] == ["object", "Int64", "object", "boolean", "object"]
    assert frame["year"].isna().tolist() == [False, True]


def test_a_frame_of_polars_keeps_decimals_exact_and_gaps_empty() -> None:
    frame = MIXED.to_polars()
    assert frame["wan"].to_list() == [Decimal("7.38"), Decimal("2468.60")]
    assert frame["wan"].sum() == Decimal("2475.98")
    assert [str(kind) for kind in frame.dtypes] == [
        "String",
        "Int64",
        "Decimal(precision=38, scale=2)",
        "Boolean",
        "String",
    ]
    assert frame["nothing"].null_count() == 2


def test_a_column_without_a_value_has_the_type_that_it_has_in_questions() -> None:
    empty = Answer(("body", "wan", "page", "held", "unheard_of"), ((None,) * 5,))
    assert [str(kind) for kind in empty.to_polars().dtypes] == [
        "String",
        "Decimal(precision=38, scale=0)",
        "Int64",
        "Boolean",
        "String",
    ]
    assert [str(kind) for kind in empty.to_pandas().dtypes] == ["object", "object", "Int64", "boolean", "object"]


@pytest.mark.parametrize("question", questions().values(), ids=lambda question: question.name)
def test_values_have_the_types_that_their_columns_are_said_to_have(graph: caimai.Graph, question: Question) -> None:
    given = {one.name: one.example for one in question.parameters if one.required}
    for row in graph.ask(question.name, **given):
        assert {name: type(value) for name, value in row.items() if value is not None} == {
            name: columns()[name].type for name, value in row.items() if value is not None
        }


def test_an_empty_answer_is_an_empty_frame_with_its_columns(graph: caimai.Graph) -> None:
    answer = graph.ask("withheld", year=2026)
    assert list(answer.to_pandas().columns) == list(answer.columns) == answer.to_polars().columns
    assert len(answer) == 0


@pytest.mark.parametrize(("library", "convert"), [("pandas", Answer.to_pandas), ("polars", Answer.to_polars)])
def test_a_missing_library_is_named_with_the_extra_that_brings_it(
    monkeypatch: pytest.MonkeyPatch, library: str, convert: object
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(caimai.CaimaiError, match=rf"caimai\[{library}\]"):
        convert(MIXED)  # type: ignore[operator]


def test_a_notebook_shows_an_answer_escaped_with_what_its_columns_mean() -> None:
    shown = MIXED._repr_html_()
    assert "甲&lt;b&gt;" in shown
    assert "<small>金额（万元）</small>" in shown
    assert '<td class="n">2468.6</td>' in shown
    assert "共2行" in shown
    assert "http" not in shown


def test_a_notebook_shows_the_first_rows_of_a_long_answer_and_says_so() -> None:
    html = Answer(("year",), tuple((2000 + at,) for at in range(ROWS_SHOWN + 1)))._repr_html_()
    assert html.count("<tr>") == ROWS_SHOWN + 1
    assert f"共{ROWS_SHOWN + 1}行，前{ROWS_SHOWN}行" in html


def test_a_notebook_shows_answers_in_the_language_in_which_the_graph_was_opened(example_store: Path) -> None:
    html = caimai.open(example_store, lang="en").ask("withheld", year=2024)._repr_html_()
    assert "<small>full name of the body</small>" in html
    assert "1 row" in html
    assert "全称" not in html
    selected = caimai.open(example_store, lang="en").sparql(
        "SELECT ?year { ?d bl:fiscalYear ?year } ORDER BY ?year LIMIT 2"
    )
    assert isinstance(selected, Answer)
    assert "fiscal year" in selected._repr_html_()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("列入预算", "推得", "7.37 万元 (绩效口径)", "第12页", "说法矛盾：")),
        ("en", ("budgeted", "derived", "7.37 万元 (as on the form)", "p. 12", "conflict: ")),
    ],
)
def test_a_trace_is_shown_in_words_and_not_in_keys(example_store: Path, lang: str, words: tuple[str, ...]) -> None:
    html = caimai.open(example_store, lang=lang).trace("昌州财教[2024]65号")._repr_html_()
    assert all(word in html for word in words)
    assert not any(f">{key}<" in html for key in ("allocation", "performance-form", "carry_over", "budget_line"))


def test_an_audit_is_shown_in_one_language(example_store: Path) -> None:
    chinese, english_ = (caimai.open(example_store, lang=lang).audit("阿图什") for lang in ("zh", "en"))
    assert chinese == english_
    assert "矛盾 · 不符" in chinese._repr_html_()
    assert "not the same figure" not in chinese._repr_html_()
    assert "use of funds: “办公用品” 10.00 万元 (p. 22)" in english_._repr_html_()
    assert "不是同一个数" not in english_._repr_html_()


def test_an_answer_and_a_trace_say_in_short_what_they_are(graph: caimai.Graph) -> None:
    assert repr(MIXED) == "Answer(2 rows: text, year, wan, held, nothing)"
    assert repr(graph.trace("昌州财教[2024]65号")).startswith("Trace('昌州财教[2024]65号': 1 found, 1 projects")


def test_the_reference_of_the_questions_is_current(root: Path) -> None:
    assert (root / "docs" / "questions.md").read_text("utf-8") == reference()


def test_a_trace_and_an_audit_are_rows_data_frames_and_tables_in_a_notebook(graph: caimai.Graph) -> None:
    trace = graph.trace("昌州财教[2024]65号")
    assert trace.to_pandas()["amount"].dropna().iloc[0] == Decimal("73800")
    assert trace.to_polars().columns == list(trace.table().columns)
    assert ">昌州财教〔2024〕65号</td>" in trace._repr_html_()
    audit = graph.audit("阿图什市商务科技和工业信息化局")
    assert len(audit.to_pandas()) == len(audit.to_polars()) == len(audit.signals) == len(audit.table())
    assert html.escape(audit.signals[0].zh, quote=False) in audit._repr_html_()


@pytest.mark.parametrize(
    ("name", "given", "column", "zh", "en"),
    [
        ("passed_on", {"number": "昌州财教[2024]65号"}, "grade", "推得", "derived"),
        ("passed_on", {"number": "昌州财教[2024]65号"}, "source", "中央", "central"),
        ("completeness", {"year": 2026}, "state", "有数", "filled"),
        ("three_public", {"year": 2024}, "item", "合计", "total"),
        ("largest_projects", {"year": 2024}, "phase", "年初预算", "initial budget"),
        ("links_to_decide", {}, "relation", "发文机关", "issuer"),
        ("economic_use", {"body": "阿图什市商务科技和工业信息化局"}, "subject", "基本工资", "basic wages"),
    ],
)
def test_answers_in_english_have_the_english_names_of_codes_and_else_the_same_rows(
    example_store: Path, name: str, given: dict[str, str | int], column: str, zh: str, en: str
) -> None:
    chinese, english_ = (list(caimai.open(example_store, lang=lang).ask(name, **given)) for lang in ("zh", "en"))
    assert (zh, en) in {(one[column], other[column]) for one, other in zip(chinese, english_, strict=True)}
    for kept in ("body", "project", "file", "wan"):
        assert [one.get(kept) for one in chinese] == [other.get(kept) for other in english_]


def test_a_level_may_be_given_in_english(graph: caimai.Graph) -> None:
    assert graph.ask("money_of_level", origin="Central") == graph.ask("money_of_level", origin="中央")


def test_every_column_of_codes_names_code_lists_that_are_declared() -> None:
    lists = {scheme for words in columns().values() for scheme in words.codes}
    assert lists
    assert all(english(scheme) for scheme in lists)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda graph: caimai.open(None), "a store is a directory"),  # type: ignore[arg-type]
        (lambda graph: graph.ask(5), "no question is called '5'"),
        (lambda graph: graph.ask(None), "a text is wanted"),
        (lambda graph: graph.trace(None), "a text is wanted, such as '昌州财教〔2024〕65号', not None"),
        (lambda graph: graph.trace("招商引资经费", limit=-1), "limit: a whole number from 0 on"),
        (lambda graph: graph.trace("招商引资经费", places="all"), "places: a whole number from 0 on"),
        (lambda graph: graph.audit([]), "a text is wanted"),
        (lambda graph: graph.sparql(None), "a text is wanted"),
        (lambda graph: graph.total(year="abc"), "year: 'abc' is not a year"),
        (lambda graph: caimai.build(5, ":memory:"), "paths of files or folders are wanted, not 5"),  # type: ignore[arg-type]
        (lambda graph: caimai.build("x.pdf", ":memory:", jobs=0), "jobs: a whole number from 1 on"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_and_never_met_by_a_crash(
    graph: caimai.Graph, wrong: Callable[[caimai.Graph], object], told: str
) -> None:
    with pytest.raises(caimai.CaimaiError, match=re.escape(told)):
        wrong(graph)


def test_a_code_may_be_given_as_a_number_and_one_name_or_path_as_it_is(graph: caimai.Graph, root: Path) -> None:
    assert graph.trace(2060599) == graph.trace("2060599")  # type: ignore[arg-type]
    assert graph.page("克财建〔2025〕64号") == graph.page(["克财建〔2025〕64号"])
    seen: list[str] = []
    caimai.build(root / "pyproject.toml", ":memory:", seen=lambda reading: seen.append(reading.path.name))
    assert seen == ["pyproject.toml"]


def test_a_graph_may_stand_in_a_with_block(example_store: Path) -> None:
    with caimai.open(example_store) as opened:
        assert len(opened.ask("disclosures")) == 5
    with caimai.open("http://127.0.0.1:9/") as far:
        pass
    with pytest.raises(caimai.CaimaiError, match="has been closed"):
        far.ask("disclosures")


def test_questions_and_sums_say_in_short_what_they_are(graph: caimai.Graph) -> None:
    assert repr(caimai.questions()["withheld"]).startswith("Question(withheld(year?, body?): Which projects")
    found = graph.total(body="奇台县商务科技和工业信息化局", year=2025, view="revenue", source="transfer")
    assert repr(found) == "Sum(12.38 万元 ± 100 元, 2 figure(s))"


def test_a_name_that_the_ontology_lacks_is_told_where_a_query_finds_nothing() -> None:
    query = "SELECT ?x { ?x bl:amountCYN ?y ; bl:page ?p . FILTER(?y != 'bl:strange') }"
    assert list(strange_names(query, "en")) == [
        "the ontology has no bl:amountCYN; nearest: bl:amountCNY, bl:amountType"
    ]
    assert list(strange_names("SELECT ?x { ?x bl:amountCNY ?y }", "zh")) == []


def test_the_columns_of_traces_and_audits_are_those_that_their_documentation_names(graph: caimai.Graph) -> None:
    trace, audit = graph.trace("昌州财教[2024]65号"), graph.audit("阿图什")
    assert re.findall(r"`(\w+)`", str(type(trace).table.__doc__)) == list(trace.table().columns)
    named = set(re.findall(r"`(\w+)`", str(type(audit).table.__doc__))) - {"left_", "right_"}
    assert {column.removeprefix("left_").removeprefix("right_") for column in audit.table().columns} == named


@pytest.mark.parametrize("theme", ["funding", "资金来源与去向"])
def test_a_theme_given_as_a_question_leads_to_its_questions(graph: caimai.Graph, theme: str) -> None:
    with pytest.raises(caimai.WrongQuestion, match=r"nearest: .*who_received"):
        graph.ask(theme)


def test_a_parameter_that_is_none_is_left_out(graph: caimai.Graph) -> None:
    assert graph.ask("key_figures", year=2025, body=None) == graph.ask("key_figures", year=2025)


def test_the_year_of_a_document_number_needs_no_brackets(graph: caimai.Graph) -> None:
    expected = graph.ask("who_received", number="昌州财教〔2024〕65号")
    assert expected.rows
    assert graph.ask("who_received", number="昌州财教2024年65号") == expected
    with pytest.raises(CaimaiError, match="昌州财教〔2024〕65号"):
        graph.ask("who_received", number="昌州财教2024年66号")


def test_a_graph_tells_how_much_it_holds(graph: caimai.Graph) -> None:
    assert repr(graph) == "Graph(5 documents, lang='zh')"


@pytest.mark.process
def test_a_graph_whose_build_was_cut_off_warns_when_it_is_opened(root: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    caimai.build([next((root / "examples").glob("昌吉回族自治州工业*.pdf"))], store)
    (store / "unfinished").touch()  # what a process that is killed leaves
    with pytest.warns(caimai.GraphWarning, match="build again") as told:
        caimai.open(store, lang="en")
    assert told[0].filename == __file__
    with pytest.warns(caimai.GraphWarning, match="没有做完"):
        caimai.trace(store, "机关运行补助经费")
