"""The list of tasks (年度重点工作任务) in the head of a whole body's form: rows whose money is not that of the form."""

from collections.abc import Callable, Iterable, Sequence

from extract.document import Cell
from extract.performance.terms import cell_field, terms, words
from ontology.text import key

_OF_MONEY = ("total", "sum", "fiscal", "other", "upper", "own", "carried", "whole", "ignored", "aside")
Row = Sequence[Cell]


def without_tasks(rows: Iterable[Row]) -> tuple[list[Row], Row | None]:
    """The rows of a head without those of its tasks, and the heading of these (`任务名称 | 主要内容 | 预算金额`).

    They run as far as the row of their sum, or as the next label that is not of money.
    """
    left: list[Row] = []
    heading: Row | None = None
    inside = False
    for row in rows:
        if not inside and heading is None and _heads_tasks(row):
            heading, inside = row, True
        elif inside and cell_field(row[0].text) not in (None, *_OF_MONEY):
            inside = False
        if not inside:
            left.append(row)
        inside = inside and not _has(row, terms().sum_of_tasks.fullmatch)
    return left, heading


def _heads_tasks(row: Row) -> bool:
    return _has(row, terms().task_heading.fullmatch) and _has(row, terms().beside_task.fullmatch)


def _has(row: Row, fits: Callable[[str], object]) -> bool:
    return any(fits(key(words(cell.text))) for cell in row)
