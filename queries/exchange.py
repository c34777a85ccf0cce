"""Answers, traces and audits as data: JSON and CSV, decimals exact."""

import csv
import dataclasses
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV with a heading line (RFC 4180, CRLF)."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows(["" if value is None else plain(value) for value in row] for row in rows)
    return buffer.getvalue()


def whole_json(found: "DataclassInstance") -> str:
    """A whole trace as JSON, but for the language it is shown in; decimals as strings, exact."""
    told = {name: value for name, value in dataclasses.asdict(found).items() if name != "lang"}
    return as_json(told)


def as_json(told: object) -> str:
    """JSON for people and programs; decimals as strings, exact."""
    return json.dumps(told, ensure_ascii=False, indent=2, default=plain) + "\n"


def plain(value: Any) -> Any:
    """A decimal as text, exact; other values as they are."""
    return format(value, "f") if isinstance(value, Decimal) else value
