"""Errors put into names one at a time: which names agree in print, what is done to one of them, what is chosen."""

from bench.names import Print, printed_names
from bench.naming import Disclosure, candidates, misprinted, sample
from extract.document import Cell, Document, Line, Table

BODY = "奇台县科学技术局"


def disclosure() -> Disclosure:
    table = Table((Cell(0, 0, "206 01"), Cell(0, 1, "科学技术管理\n事务"), Cell(0, 2, "3.00")), page=1)
    lines = (
        Line(f"{BODY}2025年部门预算公开"),
        Line("依据奇财预〔2025〕68号，奇财预〔2025〕68号安排。"),
        Line(f"由{BODY}实施。"),
    )
    return Disclosure((Print(Document("a.pdf", "0" * 64, (*lines, table))),), ((),), {})


def test_a_name_counts_where_it_is_printed_at_two_places_at_least() -> None:
    found = {(spot.name.role, spot.name.text) for spot in printed_names(disclosure().prints)}
    assert found == {("body", BODY), ("number", "奇财预〔2025〕68号")}


def test_an_error_stands_at_one_place_of_a_name() -> None:
    one = disclosure()
    printed = one.prints[0]
    for planted in candidates(0, one):
        after = Print(misprinted(printed, planted.start, planted.end, planted.wrong)).text
        assert after != printed.text
        assert after == printed.text[: planted.start] + planted.wrong + printed.text[planted.end :]
        assert planted.spot.start <= planted.start <= planted.end <= planted.spot.end


def test_an_error_may_run_over_white_space_within_a_cell() -> None:
    printed = disclosure().prints[0]
    at = printed.text.index("管理事务")
    (table,) = misprinted(printed, at, at + 4, "服务").tables()
    assert table.cells[1].text == "科学技术服务\n"


def test_errors_are_chosen_evenly_and_the_same_for_one_seed() -> None:
    held = list(candidates(0, disclosure()))
    chosen = sample(held, 6, 1)
    assert chosen == sample(held, 6, 1)
    assert len(chosen) == len({one.cell for one in chosen}) == 6
    assert {one.kind for one in sample(held, 100, 2)} == {one.kind for one in held}
