"""The money and the closing rows of a self-evaluation (绩效自评表): lines and measures over the indicators."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from extract.document import Cell
from extract.performance.model import Money, Note
from extract.performance.table_head import is_personal
from extract.performance.terms import head_field, terms, words
from ontology.findings import said
from ontology.money import is_amount
from ontology.text import key

_FEWEST_MEASURES = 3
_UNIT = re.compile(r"\((元|千元|万元|亿元)\)")
_NUMBERING = re.compile(r"^(?:其中|\(?[一二三四五六七八九十\d]{1,2}[、.)])[:、]?")
_NOTHING = re.compile(r"[-—–―/\\]*")
Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class MoneyBlock:
    """The figures of the block, the rows of the head that are not of it, and what was not understood."""

    money: tuple[Money, ...]
    others: tuple[Row, ...]
    notes: tuple[Note, ...]


def money_block(rows: Iterable[Row], unit: str) -> MoneyBlock:
    """The money under a row of measures (年初预算数, 全年预算数, 全年执行数 …); nothing where there is no such row."""
    columns: dict[int, tuple[str, str]] = {}
    money: list[Money] = []
    others: list[Row] = []
    notes: list[Note] = []
    for row in rows:
        heading = _measures(row, unit) if not columns else {}
        if heading:
            columns = heading
        elif columns and (name := _line(row, columns)) is not None:
            read = list(_figures(row, name, columns))
            money += (one for one in read if isinstance(one, Money))
            notes += (one for one in read if isinstance(one, Note))
            notes += [] if _known(name) else [_unknown(row[0], name)]
        else:
            others.append(row)
    return MoneyBlock(tuple(money), tuple(others), tuple(notes))


def parted(rows: Iterable[Row]) -> tuple[list[int], Row | None, list[Note]]:
    """Which rows below the heading hold indicators, the row of the total, and the remarks, by name only.

    Where the total names what it gives (总分值, 总得分, 自评等级), the figures in the row below it are of its row. What
    stands in a row with the name or telephone number of a person is in none of them.
    """
    kept: list[int] = []
    total: Row | None = None
    notes: list[Note] = []
    for number, row in enumerate(rows):
        first = key(words(row[0].text)).rstrip(":")
        remark = terms().remark.match(first)
        if any(is_personal(cell.text) for cell in row):
            continue
        if terms().total.fullmatch(first):
            total = row
        elif total and not any(map(_is_verdict, total)) and all(map(_is_verdict, row)):
            total = (*total, *row)
        elif remark and (remark.end() == len(first) or first[remark.end()] == ":"):
            notes.append(Note(row[0], remark[0], said("remark", words=remark[0]), "info"))
        else:
            kept.append(number)
    return kept, total, notes


def _is_verdict(cell: Cell) -> bool:
    printed = key(words(cell.text))
    return is_amount(printed.rstrip("分")) or terms().ratings.fullmatch(printed) is not None


def _measures(row: Row, unit: str) -> dict[int, tuple[str, str]]:
    """The measure and unit of every column under this row, where it heads the money; the first unit counts."""
    headed = [(cell, measure, kind) for cell in row for measure, kind in _measure(cell)]
    names = [measure for _, measure, _ in headed]
    if len({name for name in names if name}) < _FEWEST_MEASURES:
        return {}
    printed = [match[1] for cell in row if (match := _UNIT.search(key(words(cell.text))))]
    money = printed[0] if printed else unit
    found: dict[int, tuple[str, str]] = {}
    for place, (cell, name, kind) in enumerate(headed):
        if name not in names[place + 1 :]:  # a word over the labels of the lines is said again over their figures
            reach = range(cell.column, cell.column + cell.column_span)
            units = (money if one == "money" else one for one in kind.split("/"))
            found |= dict.fromkeys(reach, (name, "/".join(units)))
    return found


def _measure(cell: Cell) -> Iterator[tuple[str, str]]:
    """The measure that a cell heads and the kind of its unit, if any; of two (分值/执行率) with a stroke between."""
    printed = _UNIT.sub("", key(words(cell.text)))
    whole = _called(printed)
    found = [whole] if whole else [_called(half) for half in printed.split("/")]
    names, kinds = [one[0] for one in found if one], [one[1] for one in found if one]
    if len(names) == len(found):
        yield "/".join(names), "/".join(kinds)


def _called(printed: str) -> tuple[str, str] | None:
    found = ((name, kind) for name, kind, pattern in terms().measures_of_money if pattern.fullmatch(printed))
    return next(found, None)


def _line(row: Row, columns: Mapping[int, tuple[str, str]]) -> str | None:
    """Whose money a row has: the label before its figures; None where it is no row of money."""
    before = [cell for cell in row if cell.column < min(columns) and words(cell.text)]
    behind = [cell for cell in row if cell.column in columns]
    if not before or not behind or not all(cell in before or cell in behind for cell in row if words(cell.text)):
        return None
    label = _NUMBERING.sub("", _UNIT.sub("", key(words(before[-1].text)))).rstrip(":")
    figures = [cell for cell in behind if is_amount(words(cell.text).rstrip("%％")) or _is_nothing(cell)]
    is_money = _known(label) or (head_field(before[-1].text) is None and len(figures) >= 2)
    return (_known(label) or label) if is_money else None


def _figures(row: Row, name: str, columns: Mapping[int, tuple[str, str]]) -> Iterator[Money | Note]:
    for cell in row:
        measure, unit = columns.get(cell.column, ("", ""))
        if not measure or _is_nothing(cell):
            continue
        held = list(zip_longest(*(text.split("/") for text in (measure, unit, words(cell.text)))))
        if all(all(one) and is_amount(one[2].rstrip("%％分")) for one in held):
            for of, kind, printed in held:
                yield Money(name, of, printed.rstrip("%％分"), "%" if printed.endswith(("%", "％")) else kind, cell)
        else:
            yield Note(cell, cell.text, said("no_amount_of_money", text=words(cell.text)))


def _known(label: str) -> str | None:
    names = {name for name, _ in terms().lines_of_money}
    found = (name for name, pattern in terms().lines_of_money if pattern.fullmatch(label))
    return next(found, label if label in names else None)


def _is_nothing(cell: Cell) -> bool:
    return _NOTHING.fullmatch(words(cell.text)) is not None


def _unknown(cell: Cell, name: str) -> Note:
    return Note(cell, name, said("unknown_line_of_money", name=name), "info")
