"""What an engine writes out as tab-separated values is what it hands out term by term."""

from decimal import Decimal

import pyoxigraph as ox
import pytest

from queries.answers import Value, value_of
from queries.tab_separated import lines, value

XSD = "http://www.w3.org/2001/XMLSchema#"


def typed(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


TERMS: list[tuple[ox.NamedNode | ox.Literal, Value]] = [
    (ox.NamedNode("https://w3id.org/cnbl/id/doc/昌州财教-2024-65"), "https://w3id.org/cnbl/id/doc/昌州财教-2024-65"),
    (ox.Literal("公用经费"), "公用经费"),
    (ox.Literal("公用经费", language="zh"), "公用经费"),
    (ox.Literal(""), ""),
    (ox.Literal('一\t二\n三\r"四"\\n'), '一\t二\n三\r"四"\\n'),
    (ox.Literal("7.38"), "7.38"),
    (ox.Literal("12"), "12"),
    (ox.Literal("true"), "true"),
    (typed("12", "integer"), 12),
    (typed("-12", "integer"), -12),
    (typed("012", "integer"), 12),
    (typed("7.38", "decimal"), Decimal("7.38")),
    (typed("-0.50", "decimal"), Decimal("-0.5")),
    (typed("73800", "decimal"), Decimal(73800)),
    (typed("true", "boolean"), True),
    (typed("false", "boolean"), False),
    (typed("2024-01-31", "date"), "2024-01-31"),
]


@pytest.mark.parametrize(("term", "meant"), TERMS, ids=[str(term) for term, _ in TERMS])
def test_a_term_as_written_is_the_value_that_the_term_is(term: ox.NamedNode | ox.Literal, meant: Value) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("about:thing"), ox.NamedNode("about:says"), term))
    found = store.query("SELECT ?value ?unbound WHERE { ?thing <about:says> ?value }")
    assert isinstance(found, ox.QuerySolutions)
    (line,) = lines(found)
    written, unbound = line.split("\t")
    assert (value(written), type(value(written))) == (meant, type(meant))
    assert value_of(term) == meant
    assert value(unbound) is None


def test_no_rows_are_no_lines() -> None:
    found = ox.Store().query("SELECT ?value WHERE { ?thing <about:says> ?value }")
    assert isinstance(found, ox.QuerySolutions)
    assert lines(found) == []
