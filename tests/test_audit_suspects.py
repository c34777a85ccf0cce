"""The figures that an audit names as probably misprinted: those that several comparisons want to be another one."""

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pyoxigraph as ox
import pytest
from rich.console import Console
from starlette.testclient import TestClient
from test_audit_of_prints import disclosure

from caimai.audit_text import print_audit
from caimai.words import say
from extract.plain_text import read_text
from extract.recognition import facts
from kg.build import build
from kg.places import Evidence
from kg.store import MEMORY, open_store
from ontology.terms import BL
from queries.auditing.audit import audit
from queries.auditing.exchange import audit_json
from queries.auditing.signal import Audit, Side, Signal
from queries.auditing.suspects import suspects
from viz.audit_page import audit_page
from viz.web.application import application


def at(line: int, words: str) -> Evidence:
    return Evidence("a.txt", None, line, "表", 1, 1, words, f"ev:{line}")


def side(*figures: tuple[int, str]) -> Side:
    return Side("", sum((Decimal(words) for _, words in figures), Decimal(0)), tuple(at(*one) for one in figures))


def off(rule: str, left: Side, right: Side, unit: str = "万元") -> Signal:
    gap = (left.value or Decimal(0)) - (right.value or Decimal(0))
    return Signal(rule, "error", "contradiction", "a.txt", "", 2025, "", "", left, right, gap, Decimal(0), unit)


def in_text(line: int, words: str) -> Side:
    return Side("", Decimal(words), (Evidence("a.txt", None, line, None, None, None, words, f"ev:{line}"),))


def test_two_sentences_that_may_repeat_a_figure_are_one_comparison() -> None:
    table = side((1, "6.00"))
    told = [
        off(rule, in_text(line, "5.40"), table)
        for rule, line in (("R10_three_public_narrative", 2), ("R10_three_public_text", 3))
    ]
    assert suspects(told) == ()
    (found,) = suspects([*told, off("R03_balance", table, side((4, "5.40")))])
    assert (found.printed, found.implied) == (Decimal("6.00"), Decimal("5.40"))


BALANCE = off("R03_balance", side((1, "646.08")), side((2, "664.08")))
REVENUE = off("R03_revenue", side((3, "664.08")), side((1, "646.08")))
PARTS = off("R01_function", side((9, "700.00")), side((1, "646.08"), (4, "35.92")))


@pytest.mark.parametrize(
    ("signals", "told"),
    [
        ((BALANCE,), []),
        ((BALANCE, BALANCE), []),
        ((BALANCE, REVENUE), [("646.08", "664.08", 2)]),
        ((BALANCE, REVENUE, PARTS), [("646.08", "664.08", 3)]),
        ((BALANCE, PARTS), [("646.08", "664.08", 2)]),
        ((off("R03_balance", side((1, "5.00")), side((2, "7.00"))),
          off("R03_revenue", side((3, "8.00")), side((1, "5.00")))), []),
        ((off("R13_share", side((1, "5.00")), side((2, "7.00")), "%"),
          off("R13_share", side((3, "7.00")), side((1, "5.00")), "%")), []),
        ((off("R20_total", side((1, "5.00")), side((2, "3.00"))),
          off("R20_total", side((1, "5.00")), side((3, "3.00")))), []),
    ],
    ids=["one comparison", "the same told twice", "two comparisons", "also as a part of a sum", "alone and as a part",
         "two that want different figures", "shares", "rules that only set a limit"],
)  # fmt: skip
def test_a_figure_is_named_where_comparisons_agree_on_what_it_should_be(
    signals: tuple[Signal, ...], told: list[tuple[str, str, int]]
) -> None:
    assert [(str(one.printed), str(one.implied), len(one.signals)) for one in suspects(signals)] == told


def test_of_two_figures_that_would_each_explain_as_much_none_is_named() -> None:
    """Two tables print one figure twice each, and differ: which of them is right the document does not say."""
    other = off("R01_total", side((1, "646.08")), side((2, "664.08"), (5, "0.00")))
    assert suspects((BALANCE, other)) == ()


def built(store: ox.Store) -> ox.Store:
    """The store with a disclosure whose overview prints 92.10 for 91.20 as total of the revenue."""
    text = disclosure(total="91.20").replace("收入总计\t91.20", "收入总计\t92.10")
    document = read_text(Path("a.txt"), text.encode())
    build([(document.sha256, list(facts(document)))], store)
    return store


@pytest.fixture(scope="module")
def found() -> Audit:
    return audit(built(open_store(MEMORY)))


def test_the_misprinted_total_of_a_disclosure_is_named(found: Audit) -> None:
    (one,) = found.suspects()
    assert (one.place.words, one.printed, one.implied) == ("92.10", Decimal("92.10"), Decimal("91.20"))
    assert {signal.rule for signal in one.signals} == {"R03_balance", "R05_income"}


def test_every_form_of_the_audit_names_it(found: Audit) -> None:
    printed = StringIO()
    print_audit(Console(file=printed, width=200), found, say("zh"), "zh")
    assert "印作 92.10万元，2 处比对都指向 91.20万元（线索 1, 2）" in printed.getvalue()
    (told,) = json.loads(audit_json(found))["suspects"]
    assert (told["printed"], told["implied"], told["place"]["words"]) == ("92.10", "91.20", "92.10")
    assert [found.signals[index].rule for index in told["signals"]] == ["R03_balance", "R05_income"]
    assert "印作 92.10万元，2 处比对都指向 91.20万元" in audit_page(found, "zh")
    assert "92.10万元 is printed, 2 comparisons want 91.20万元" in audit_page(found, "en")


@pytest.mark.process
def test_the_page_of_the_body_names_it(tmp_path: Path) -> None:
    store = built(open_store(tmp_path / "store"))
    (body,) = {str(quad.object).strip("<>") for quad in store.quads_for_pattern(None, BL.disclosureOf, None)}
    store.flush()
    del store
    with TestClient(application(tmp_path / "store")) as client:
        assert client.get("/audit.json", params={"body": body}).status_code == 200
        page = client.get("/audit", params={"body": body}).text
    assert "印作 92.10 万元，2 处比对都指向 91.20 万元" in page
