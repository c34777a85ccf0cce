"""The score and the rating that a self-evaluation prints in rows of their own, and the year printed over it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from extract.document import Cell
from extract.performance.terms import terms, words
from ontology.money import is_amount
from ontology.text import key

Row = Sequence[Cell]
_QUOTES = re.compile('[“”"]')
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
