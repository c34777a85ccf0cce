"""The head of a performance form that is a table: labels with their values to the right, persons left out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from extract.document import Cell
from extract.performance.model import Note
from extract.performance.terms import cell_field, head_field, terms, words
from ontology.findings import said
from ontology.money import is_amount
from ontology.text import key

_OF_WHOLE = {"fiscal": "whole_fiscal", "other": "whole_other", "carried": "aside"}
_IN_CHARGE = "项目负责人"
_MOST_UNREAD = 10  # cells, above which it is the head of a form that is not known
_HOLDING = re.compile(r"((?:其中[:：])?[^:：]*)[:：](.*)")
_UNIT = re.compile(r"\((元|千元|万元|亿元)\)")


def read_head(rows: Sequence[Sequence[Cell]]) -> tuple[dict[str, str], list[list[Cell]], list[Note]]:
    """The printed values by field, the cells that name no person, and what was not understood.

    The first value of a field counts. A goal that runs on in a row of its own is joined. A value stands to the right of
    its label, or below it where a row holds nothing but labels. The words of cells that are not understood are not
    repeated in the notes: they may be the name of a person. Of many such cells one is told.
    """
    values: dict[str, str] = {}
    public: list[list[Cell]] = []
    unread: list[Cell] = []
    last: str | None = None
    whole: int | None = None  # the column of the labels for the money of all years
    above: dict[int, str] = {}
    for row in rows:
        field: str | None = last if last == "goal" and len(row) == 1 and not above else None
        shown: list[Cell] = []
        labels: dict[int, str] = {}
        for cell in row:
            label, value = _label(cell.text)
            if label:
                whole = cell.column if label == "whole" else whole
                field = last = _OF_WHOLE.get(label, label) if cell.column == whole else label
                labels[cell.column] = field
            elif field is None:
                field = above.get(cell.column)
            if field == "personal":
                continue
            if field in (None, "ignored") and not label:
                unread.append(cell)
                continue
            shown.append(cell)
            if field and value:
                _keep(values, field, value)
                field = None
        above = _waiting(labels) if len(labels) == len(row) else {}
        public.append(shown)
    notes = [Note(cell, "", said("unread_cell_of_head")) for cell in _not_broken_labels(unread)]
    if len(notes) > _MOST_UNREAD:
        notes = [replace(notes[0], message=said("unread_part_of_head"))]
    return values, [row for row in public if row], notes


def _waiting(labels: dict[int, str]) -> dict[int, str]:
    return {column: field for column, field in labels.items() if field != "ignored"}


def names_in_charge(rows: Sequence[Sequence[Cell]]) -> bool | None:
    """Whether anybody is named in charge of the project; None where no label asks for it, or where a name may stand in
    the row below."""
    for number, row in enumerate(rows):
        at = next((at for at, cell in enumerate(row) if key(words(cell.text)).startswith(_IN_CHARGE)), None)
        if at is None:
            continue
        inside = key(words(row[at].text)).removeprefix(_IN_CHARGE).strip(":")
        beside = row[at + 1 :][:1]
        if inside or (beside and _label(beside[0].text)[0] is None):
            return True
        below = rows[number + 1] if number + 1 < len(rows) else []
        labelled = any(_label(cell.text)[0] for cell in below) or not below
        return False if labelled and any(_label(cell.text)[0] is None for cell in row) else None
    return None


def printed_unit(rows: Iterable[Sequence[Cell]]) -> str:
    """The unit of money that the labels print in brackets, 万元 where none does."""
    labels = (key(words(cell.text)) for row in rows for cell in row if head_field(cell.text))
    return next((match[1] for label in labels if (match := _UNIT.search(label))), "万元")


def _keep(values: dict[str, str], field: str, value: str) -> None:
    if field == "aside":
        return
    if field == "sum":
        values |= {"total": value} if is_amount(value) and "total" not in values else {}
    elif field == "goal_of_year":
        values["goal"] = value
    elif field == "goal":
        values[field] = values.get(field, "") + value
    else:
        values.setdefault(field, value)


def _label(printed: str) -> tuple[str | None, str]:
    """The field that a cell announces, if any, and the value that it holds itself (`项目名称：某某` holds both)."""
    text = words(printed)
    field = cell_field(text)
    if field:
        return field, ""
    if _personal().match(key(text)):
        return "personal", ""
    holding = _HOLDING.fullmatch(text)
    field = cell_field(holding[1]) if holding else None
    return (field, holding[2]) if holding and field else (None, text)


def is_personal(printed: str) -> bool:
    """Whether a cell is or begins with the label of a person's name or telephone number."""
    return _label(printed)[0] == "personal"


@cache
def _personal() -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for field, pattern in terms().head if field == "personal"))


def _not_broken_labels(cells: Iterable[Cell]) -> list[Cell]:
    """The cells without those that are a known label broken over two rows (`财政资金(万` and `元)`)."""
    left: list[Cell] = []
    for cell in cells:
        if left and head_field(left[-1].text + cell.text) == "ignored":
            left.pop()
        else:
            left.append(cell)
    return left
