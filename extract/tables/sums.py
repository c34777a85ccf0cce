"""What adds up to what in each table: `sums` and `row_sums` in forms/tables/, and the sums of forms/flattened.toml."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from extract.flattened.forms import FAMILY, flattened_forms
from extract.form_data import families
from extract.identities.solver import ColumnSum
from ontology.facts import Side
from ontology.text import key

_NESTED = "nested"


@dataclass(frozen=True, slots=True)
class RowSum:
    """In every column the figure of a row `total` is the sum of those of the rows `parts`, on one side of the table.

    Rows are meant by patterns for the chain of their names; `\\1` in a part is what the first group of the total holds.
    `says` is the identity as the form has it. `unless`: not where such a row is printed, `where`: only there.
    """

    side: Side | None
    total: re.Pattern[str]
    parts: tuple[str, ...]
    says: str
    unless: re.Pattern[str] | None = None
    where: re.Pattern[str] | None = None

    def parts_of(self, total: str) -> tuple[re.Pattern[str], ...]:
        """The patterns of the parts where the total has this chain of names; none where it is another row."""
        match = self.total.fullmatch(total)
        if not match:
            return ()
        filled = (re.sub(r"\\(\d)", lambda group: re.escape(match[int(group[1])]), part) for part in self.parts)
        return tuple(map(re.compile, filled))


@cache
def column_sums(table: str, family: str, printed: frozenset[str] = frozenset()) -> tuple[ColumnSum, ...]:
    """The sums of columns in a family's form of a table, but those that hold only where other columns are
    `printed` (`unless 单位资金`, `where 单位资金`). Where columns are nested, each is the sum of those named under it
    (`商品和服务支出` of `商品和服务支出/办公费`)."""
    says = [each for each in _form(table, family).get("sums", ()) if each != _NESTED]
    declared = (found for each in says if (found := _column_sum(each, printed)))
    flattened = flattened_forms().get(table) if family == FAMILY else None
    inner = _nested_sums(printed) if nested_columns(table, family) else ()
    return (*declared, *inner, *(flattened.sums if flattened else ()))


@cache
def nested_columns(table: str, family: str) -> bool:
    """Whether the columns of a family's form of a table are nested by their names: sheets side by side may part
    them."""
    return _NESTED in _form(table, family).get("sums", ())


@cache
def by_measures(table: str, family: str) -> bool:
    """Whether the rows of a family's form of a table say what figures they hold (预算数, 决算数), not its columns."""
    return any("measures" in side for side in _form(table, family).get("side", ()))


def _nested_sums(printed: frozenset[str]) -> Iterator[ColumnSum]:
    for outer in sorted(printed):
        inner = tuple(sorted(column for column in printed if column.rpartition("/")[0] == outer))
        if inner:
            yield ColumnSum(outer, inner)


@cache
def row_sums(table: str, family: str) -> tuple[RowSum, ...]:
    """The sums of rows in a family's form of a table, of all its sides."""
    flattened = flattened_forms().get(table) if family == FAMILY else None
    return (
        *(
            _row_sum(side, says)
            for side in _form(table, family).get("side", ())
            for says in side.get("row_sums", ())
            if says != _NESTED
        ),
        *(_sum_of_names(each) for each in (flattened.rows if flattened else ())),
    )


@cache
def nested(table: str, family: str, side: Side | None) -> bool:
    """Whether on a side of a family's form of a table every row is the sum of the rows nearest under it."""
    forms = _form(table, family).get("side", ())
    return any(_NESTED in form.get("row_sums", ()) for form in forms if form.get("side") == side)


def _column_sum(says: str, printed: frozenset[str]) -> ColumnSum | None:
    identity, _, absent = says.partition(" unless ")
    identity, _, present = identity.partition(" where ")
    return ColumnSum(*_sides(identity)) if absent not in printed and present in {"", *printed} else None


def _row_sum(side: dict[str, Any], says: str) -> RowSum:
    identity, _, absent = says.partition(" unless ")
    identity, _, present = identity.partition(" where ")
    total, parts = _sides(identity)
    unless, where = (re.compile(key(row)) if row else None for row in (absent, present))
    return RowSum(side.get("side"), re.compile(key(total)), tuple(map(key, parts)), identity, unless, where)


def _sum_of_names(names: ColumnSum) -> RowSum:
    parts = tuple(re.escape(key(part)) for part in names.parts)
    return RowSum(None, re.compile(re.escape(key(names.total))), parts, f"{names.total} = {' + '.join(names.parts)}")


def _form(table: str, family: str) -> dict[str, Any]:
    form: dict[str, Any] = dict(families("tables"))[family].get(table, {})
    return form


def _sides(identity: str) -> tuple[str, tuple[str, ...]]:
    """`合计 = 基本支出 + 项目支出` → `合计` and its parts."""
    total, parts = identity.split(" = ")
    return total, tuple(parts.split(" + "))
