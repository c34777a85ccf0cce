"""Answers as data frames of pandas and polars: exact decimals, missing values missing.

A column without any value has the type that the column has in named questions (`queries.library.columns`), text where
no question has it.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ontology.errors import CaimaiError
from queries.answers import Answer, Value
from queries.library import columns

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

_PANDAS: dict[type, str] = {int: "Int64", bool: "boolean"}
_PRECISION = 38  # digits that a decimal column of polars holds


def pandas_frame(answer: Answer) -> "pd.DataFrame":
    """Integers as Int64, booleans as boolean, everything else, decimals too, as the objects they are."""
    try:
        import pandas as pd
    except ImportError:
        raise CaimaiError(
            "data frames of pandas need pandas: pip install 'caimai[pandas]'",
            "pandas 的数据框需要 pandas：pip install 'caimai[pandas]'",
        ) from None
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=_PANDAS.get(_kind(name, values), "object"))
            for name, values in _columns(answer)
        }
    )


def polars_frame(answer: Answer) -> "pl.DataFrame":
    """Integers as Int64, booleans as Boolean, decimals as Decimal with the places of the finest, the rest as String."""
    try:
        import polars as pl
    except ImportError:
        raise CaimaiError(
            "data frames of polars need polars: pip install 'caimai[polars]'",
            "polars 的数据框需要 polars：pip install 'caimai[polars]'",
        ) from None
    kinds: dict[type, Any] = {int: pl.Int64, bool: pl.Boolean, str: pl.String}

    def typed(kind: type, values: Sequence[Value]) -> Any:
        if kind is not Decimal:
            return kinds[kind]
        places = (_places(value) for value in values if isinstance(value, Decimal | int))
        return pl.Decimal(_PRECISION, max(places, default=0))

    return pl.DataFrame(
        [
            pl.Series(name, [_of(kind, value) for value in values], dtype=typed(kind, values))
            for name, values in _columns(answer)
            for kind in [_kind(name, values)]
        ]
    )


def _columns(answer: Answer) -> list[tuple[str, tuple[Value, ...]]]:
    return [(name, tuple(row[at] for row in answer.rows)) for at, name in enumerate(answer.columns)]


def _kind(name: str, values: Sequence[Value]) -> type:
    """The one type of a column; decimals beside integers are decimals, any other mixture is text."""
    kinds = {type(value) for value in values if value is not None}
    if not kinds:
        return columns()[name].type if name in columns() else str
    if len(kinds) == 1:
        return kinds.pop()
    return Decimal if kinds == {Decimal, int} else str


def _of(kind: type, value: Value) -> Value:
    if value is None or isinstance(value, kind):
        return value
    return Decimal(value) if kind is Decimal else str(value)


def _places(value: Decimal | int) -> int:
    exponent = Decimal(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
