"""An answer in the terminal: a table where it fits, never wider than the window, all of it readable."""

import io
from decimal import Decimal

from rich.cells import cell_len
from rich.console import Console

from caimai.answer_text import headings_of, print_answer
from queries.answers import Answer

WIDE = Answer(
    ("body", "year", "project", "wan", "file", "page"),
    tuple(
        ("某州工业和信息化局", 2025, name, Decimal(wan), "某州工业和信息化局2025年公开.pdf", 7)
        for name, wan in (("甲项目", "1.5"), ("乙项目", "1234567.89"))
    ),
)


def drawn(answer: Answer, width: int, lang: str | None = None) -> list[str]:
    """The lines of an answer in a window of so many cells."""
    written = io.StringIO()
    print_answer(answer, lang, Console(width=width, file=written, force_terminal=True, color_system=None))
    lines = written.getvalue().splitlines()
    assert all(cell_len(line.rstrip()) <= width for line in lines)
    return lines


def test_an_answer_that_fits_is_a_table() -> None:
    lines = drawn(WIDE, 120)
    assert lines[0].startswith("┏")
    assert "某州工业和信息化局" in lines[3]


def test_an_answer_that_is_too_wide_tells_once_what_is_the_same_in_all_rows() -> None:
    lines = drawn(WIDE, 60)
    assert lines[:2] == ["body  某州工业和信息化局", "year  2025"]
    assert not any("某州" in line for line in lines[4:])


def test_figures_are_never_broken() -> None:
    assert "1234567.89" in "".join(drawn(WIDE, 40))


def test_an_answer_far_too_wide_is_told_row_by_row() -> None:
    names = tuple(f"column{number}" for number in range(9))
    lines = drawn(Answer(names, tuple((row * 30,) * 8 + (None,) for row in "甲乙")), 60)
    assert lines[0] == "─ 1 "
    assert "column7" in "".join(lines)
    assert "column8" not in "".join(lines), "what says nothing is left out"


def test_the_columns_are_explained_at_a_terminal_in_its_language() -> None:
    assert "2 行 · body 单位全称" in "".join(drawn(WIDE, 120, "zh"))
    assert "2 rows · body full name of the body" in "".join(drawn(WIDE, 120, "en"))


def test_an_answer_without_rows_shows_its_columns() -> None:
    assert "body" in "".join(drawn(Answer(("body", "wan"), ()), 60))


def test_a_named_question_has_chinese_headings_and_its_truths_are_yes_and_no() -> None:
    answer = Answer(("body", "reporting", "held", "wan"), (("某局", "部门", False, Decimal(5)),))
    written = io.StringIO()
    screen = Console(width=120, file=written, force_terminal=True, color_system=None)
    print_answer(answer, "zh", screen, headings_of(answer.columns))
    lines = written.getvalue().splitlines()
    assert [cell.strip() for cell in lines[1].split("┃")[1:-1]] == [
        "单位全称", "编报层次", "是否收有该单位上年公开", "金额（万元）",
    ]  # fmt: skip
    assert "否" in lines[3]
    assert lines[-1] == "1 行 · 编报层次：部门数含所属单位，不可与单位数相加"
