"""A table much of which fits nothing is told once: it was rather read wrongly than printed wrongly."""

from collections.abc import Sequence
from decimal import Decimal

import pyoxigraph as ox
import pytest

from kg.places import Evidence
from queries.auditing.book import Book
from queries.auditing.rules import rules
from queries.auditing.signal import Kind, Side, Signal
from queries.auditing.words import OF_SIGNALS


def at(table: str, row: int) -> Evidence:
    return Evidence("a.pdf", 1, None, table, row, 3, f"{row}.00", f"ev:{table}{row}")


def off(*places: Evidence, kind: Kind = "contradiction") -> Signal:
    """A comparison that fails: what stands in the first place against the rest."""
    left, right = Side("", Decimal(1), places[:1]), Side("", Decimal(2), places[1:])
    return Signal(
        "R05_printed", "error", kind, "a.pdf", "某局", 2025, "", "", left, right, Decimal(-1), Decimal(0), "万元"
    )


def told(signals: Sequence[Signal], *tables: str) -> list[tuple[str, str]]:
    """The rule of each signal that is left, and what its left side says."""
    own = ox.Store()
    held = {at(table, 1).iri: at(table, 1) for table in tables}
    rows: dict[str, object] = {"totals": [{"evidence": iri} for iri in held]}
    book = Book(own, own, ox.NamedNode("urn:g"), "a.pdf", "0", "某局", 2025, False, held, {}, rows)
    left = OF_SIGNALS["R05_misread"](rules()["R05_misread"], book, signals)
    return [(one.rule, one.left.name) for one in left]


@pytest.mark.parametrize(
    ("failing", "once"),
    [
        ([off(at("甲表", row)) for row in range(6)], True),
        ([off(at("甲表", row)) for row in range(5)], False),  # fewer
        ([off(at("甲表", 1), at("甲表", row)) for row in range(2, 12)], False),  # all with one figure: a misprint
        ([off(at("甲表", row), kind="rounding") for row in range(6)], False),
        ([off(at("绩效目标表", row)) for row in range(6)], False),  # no budget table
    ],
)
def test_a_table_much_of_which_fails_is_told_once(failing: list[Signal], once: bool) -> None:
    left = told(failing, "甲表", "乙表")
    assert left == ([("R05_misread", str(len(failing)))] if once else [("R05_printed", "")] * len(failing))


def test_of_two_tables_that_do_not_fit_the_worse_one_is_doubted() -> None:
    across = [off(at("甲表", row), at("乙表", row)) for row in range(6)]
    within = [off(at("甲表", row)) for row in range(6, 9)]
    other = [off(at("乙表", 9))]
    assert sorted(told([*across, *within, *other], "甲表", "乙表")) == [("R05_misread", "9"), ("R05_printed", "")]
