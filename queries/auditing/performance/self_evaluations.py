"""Self-evaluations as forms: what was aimed at with the money of the year, and what came of it with the money spent."""

from collections.abc import Sequence
from decimal import Decimal

from queries.answers import Value
from queries.auditing.book import Book
from queries.auditing.patterns import tight
from queries.auditing.performance.forms import WHOLE_EVALUATED, Form
from queries.reading import Row


def self_evaluations(book: Book) -> list[tuple[Form, Form]]:
    """Each self-evaluation as two forms: goal, targets and 全年预算数; outcome, achieved values and 全年执行数.

    Targets may have been set for the budget at the start of the year.
    """
    rows: dict[str, list[Row]] = {}
    for row in book.asked("self_evaluations"):
        rows.setdefault(str(row["form"]), []).append(row)
    return [(_planned(some), _done(some)) for some in rows.values()]


def _planned(some: Sequence[Row]) -> Form:
    head = some[0]
    earlier = tuple(amount for amount in (_amount(head["start"]),) if amount)
    return _form(some, head["goal"], head["budget"], "target", "预期目标", "全年预算数", earlier)


def _done(some: Sequence[Row]) -> Form:
    return _form(some, some[0]["outcome"], some[0]["spent"], "actual", "实际完成情况", "全年执行数", ())


def _form(
    some: Sequence[Row], goal: Value, total: Value, column: str, part: str, whole: str, others: tuple[Decimal, ...]
) -> Form:
    indicators = tuple({**row, "printed": row[column]} for row in some if row["indicator"] and row[column])
    head = some[0]
    name = str(head["name"] or WHOLE_EVALUATED)
    return Form(
        name, str(head["form"]), _amount(total), tight(goal), str(head["form_at"]), indicators, part, whole, others
    )


def _amount(printed: Value) -> Decimal | None:
    return None if printed is None else Decimal(str(printed))
