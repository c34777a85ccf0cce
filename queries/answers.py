"""Answers of queries as typed values: text, integers, exact decimals, booleans; IRIs as text; nothing is None."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Value = str | int | Decimal | bool | None
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_TYPED = frozenset("0123456789+-.tf")  # what integers, decimals and booleans begin with
_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """The rows of an answer; `columns` are the variables of the query in order. Jupyter shows it as a table.

    `lang` is the language in which it is shown ("zh" or "en"). What the columns of named questions mean says
    `caimai.columns()`.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    lang: str = field(default="zh", compare=False)

    def __iter__(self) -> Iterator[Mapping[str, Value]]:
        """Row by row, as mappings from column to value."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def __repr__(self) -> str:
        return f"Answer({len(self.rows)} {'row' if len(self.rows) == 1 else 'rows'}: {', '.join(self.columns)})"

    def to_pandas(self) -> "pd.DataFrame":
        """The rows as a pandas DataFrame: decimals stay Decimal, exact; integers and booleans may be missing.

        Raises CaimaiError where pandas is not installed.
        """
        from queries.frames import pandas_frame  # an extra, imported where it is asked for

        return pandas_frame(self)

    def to_polars(self) -> "pl.DataFrame":
        """The rows as a polars DataFrame: decimals in a Decimal column with as many places as needed, exact.

        Raises CaimaiError where polars is not installed.
        """
        from queries.frames import polars_frame  # an extra, imported where it is asked for

        return polars_frame(self)

    def _repr_html_(self) -> str:
        from queries.answer_html import table  # only where an answer is displayed

        return table(self)


class Tabular(ABC):
    """An answer of another shape that is a table as well; Jupyter shows it as `html()`."""

    __slots__ = ()

    @abstractmethod
    def table(self) -> Answer:
        """The answer as rows."""

    @abstractmethod
    def html(self) -> str:
        """The answer as HTML, all text escaped."""

    def to_pandas(self) -> "pd.DataFrame":
        """`table()` as a pandas DataFrame, decimals exact. Raises CaimaiError where pandas is not installed."""
        return self.table().to_pandas()

    def to_polars(self) -> "pl.DataFrame":
        """`table()` as a polars DataFrame, decimals exact. Raises CaimaiError where polars is not installed."""
        return self.table().to_polars()

    def _repr_html_(self) -> str:
        return self.html()


def answer_of(solutions: ox.QuerySolutions) -> Answer:
    """The solutions of a SELECT query as typed values."""
    columns = tuple(variable.value for variable in solutions.variables)
    return Answer(columns, tuple(tuple(value_of(solution[name]) for name in columns) for solution in solutions))


def value_of(term: Term | None) -> Value:
    """A term as a value: xsd:integer, xsd:decimal and xsd:boolean typed, everything else as its text."""
    if not isinstance(term, ox.Literal):
        return None if term is None else str(getattr(term, "value", term))
    if term.value[:1] not in _TYPED:  # asking for the datatype takes longer than all the rest
        return term.value
    kind = term.datatype.value.removeprefix(_XSD)
    if kind == "integer":
        return int(term.value)
    if kind == "decimal":
        return Decimal(term.value)
    return term.value == "true" if kind == "boolean" else term.value
