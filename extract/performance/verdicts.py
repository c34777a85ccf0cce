"""The score and the rating that a self-evaluation prints in rows of their own, and the year printed over it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extract.document import Cell
from extract.performance.terms import terms, words
from ontology.money import amount, is_amount
from ontology.text import key

Row = Sequence[Cell]
_QUOTES = re.compile('[“”"]')
_POINTS = ("weight", "score")
_YEAR = re.compile(r"(20\d\d)年")


def verdicts(rows: Iterable[Row]) -> tuple[dict[str, str], list[Row]]:
    """`score` and `rating` as printed, the first of each, and the rows without the cells that say them.

    A label has its value in the cell to the right or behind a colon. A rating is a known word; what follows a label
    otherwise is left where it is.
    """
    found: dict[str, str] = {}
    left: list[Row] = []
    for row in rows:
        said = {place: (field, value) for place, field, value in _said(row)}
        for field, value in said.values():
            if field:
                found.setdefault(field, value)
        rest = [cell for place, cell in enumerate(row) if place not in said]
        left += [rest] if rest else []
    return found, left


def total_of(row: Row, columns: Mapping[int, str]) -> dict[str, str]:
    """`weight`, `score` and `rating` as printed in the row of the total, by the fields of `columns`.

    A figure under the column of the points, or of the score, alone is that one. A cell merged over both tells neither:
    two figures then are the full points and the score, in this order. A rating is one wherever it stands.
    """
    figures = [cell for cell in row[1:] if is_amount(words(cell.text).rstrip("分"))]
    under = [_points_of(cell, columns) for cell in figures]
    found = {fields[0]: words(cell.text) for cell, fields in zip(figures, under, strict=True) if len(fields) == 1}
    if len(figures) == len(_POINTS) and any(len(fields) > 1 for fields in under):
        full, given = (amount(words(cell.text).rstrip("分")) for cell in figures)
        found = dict(zip(_POINTS, (words(cell.text) for cell in figures), strict=True)) if given <= full else {}
    printed = [key(_QUOTES.sub("", words(cell.text))) for cell in row[1:]]
    rating = next(filter(terms().ratings.fullmatch, printed), "")
    return {**found, "rating": rating}


def _points_of(cell: Cell, columns: Mapping[int, str]) -> list[str]:
    """The columns of points, the full ones and those given, that a cell reaches over."""
    reach = {columns.get(column) for column in range(cell.column, cell.column + cell.column_span)}
    return [field for field in _POINTS if field in reach]


def year_of(printed: Iterable[str]) -> int | None:
    """The year that these words name, None where they name none or several."""
    years = {year for text in printed for year in _YEAR.findall(key(words(text)))}
    return int(years.pop()) if len(years) == 1 else None


def _said(row: Row) -> Iterator[tuple[int, str, str]]:
    """The places of cells that say a score or a rating: field and value at one, an empty field beside it."""
    for place, cell in enumerate(row):
        label, _, behind = key(words(cell.text)).partition(":")
        beside = key(words(row[place + 1].text)) if not behind and place + 1 < len(row) else ""
        for field, value in _value(label, behind or beside):
            yield place, field, value
            if not behind:
                yield place + 1, "", ""


def _value(label: str, printed: str) -> Iterator[tuple[str, str]]:
    if terms().score.fullmatch(label) and is_amount(printed.rstrip("分")):
        yield "score", printed.rstrip("分")
    rating = terms().ratings.match(_QUOTES.sub("", printed)) if terms().rating.fullmatch(label) else None
    if rating:
        yield "rating", rating[0]
