"""Typical errors put into a disclosure one at a time: what is done to the print, and what the audit notices of it."""

from pathlib import Path

import pytest

from bench.errors import changed, kinds, mutated, places
from bench.mutations import trials
from extract.document import Cell, Document, Line, Table
from extract.readers import read


@pytest.mark.parametrize(
    ("what", "printed", "wrong"),
    [
        ("digit", "1,312.00", "1,342.00"),
        ("digit", "7", "0"),
        ("last", "7.38", "7.39"),
        ("last", "7.39", "7.38"),
        ("swap", "134.17", "314.17"),
        ("swap", "5.55", "5.55"),  # nothing to swap
        ("tenfold", "76.96", "769.60"),
        ("wan", "7.38", "73,800.00"),
        ("less", "2025", "2024"),
        ("opposite", "增加3.00万元，增长", "减少3.00万元，下降"),
        ("drop", "、印刷费", ""),
    ],
)
def test_an_error_is_what_its_kind_says(what: str, printed: str, wrong: str) -> None:
    assert changed(printed, what) == wrong


def test_an_error_stands_at_one_place_and_nowhere_else() -> None:
    table = Table((Cell(0, 0, "201"), Cell(0, 1, "76.96"), Cell(1, 0, "206"), Cell(1, 1, "76.96")), page=1)
    document = Document("a.pdf", "0" * 64, (Line("支出76.96万元，占3.40%。", page=1), table))
    digit, row = (next(kind for kind in kinds() if kind.name == name) for name in ("table_digit", "table_last"))
    assert len(places(document, digit)) == len(places(document, row)) == 2
    after = mutated(document, places(document, digit)[1], digit)
    assert after.blocks[0] == document.blocks[0]
    assert [cell.text for found in after.tables() for cell in found.cells] == ["201", "76.96", "206", "79.96"]


@pytest.mark.examples
def test_typical_errors_in_an_example_are_noticed_and_rounding_is_not_an_error(root: Path) -> None:
    document = read(next((root / "examples").glob("*科学技术局2025*.pdf")))
    found = list(trials(document, 1, ("table_digit", "direction", "percent", "table_last")))
    assert {one.kind.name for one in found} >= {"table_digit", "percent", "table_last"}
    for one in found:
        errors = [signal for signal in (*one.raised, *one.elsewhere) if signal.severity == "error"]
        assert bool(errors) is not one.kind.harmless, one
