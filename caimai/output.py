"""Writing answers out: answers as JSON and Markdown, facts as JSON lines and Parquet, triples as Turtle."""

import io
import json
import os
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from ontology.errors import CaimaiError
from ontology.fact_json import as_json
from ontology.facts import Fact
from ontology.terms import prefixes
from queries.answers import Answer, Value
from queries.exchange import plain


def text_width(piped: int = 120) -> int | None:
    """The width for text on stdout: None on a terminal (its own), else `piped`, or less where the pipe ends in a pager.

    A pager shows the text on the terminal on which progress is told.
    """
    if sys.stdout.isatty():
        return None
    try:
        return min(piped, os.get_terminal_size(sys.stderr.fileno()).columns or piped)
    except (OSError, ValueError):
        return piped


def write(data: str | bytes, path: str | None) -> None:
    """Write to a file, or to stdout for None or `-`. Text is UTF-8."""
    payload = data.encode() if isinstance(data, str) else data
    if path in {None, "-"}:
        sys.stdout.buffer.write(payload)
        sys.stdout.buffer.flush()
    else:
        Path(str(path)).write_bytes(payload)


def write_csv(data: str | bytes, path: str | None) -> None:
    """Write CSV to a file with the mark by which spreadsheets know UTF-8, to stdout without: that is for programs.

    Excel in Chinese takes a file without the mark for GBK.
    """
    payload = data.encode() if isinstance(data, str) else data
    write(payload if path in {None, "-"} else BOM_UTF8 + payload, path)


def as_jsonl(facts: Iterable[Fact]) -> str:
    """Facts as JSON, one a line."""
    return "".join(json.dumps(as_json(fact), ensure_ascii=False) + "\n" for fact in facts)


def fact_rows(facts: Iterable[Fact]) -> tuple[list[str], list[list[object]]]:
    """Facts as one wide table: fields of all kinds, the source as `source_file`, `source_page`, …; lists as JSON."""
    rows = [_flat(as_json(fact)) for fact in facts]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return columns, [[row.get(name) for name in columns] for row in rows]


def parquet(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Rows as Parquet, every column text. Raises CaimaiError where pyarrow is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise CaimaiError(
            "Parquet needs pyarrow: pip install 'caimai[parquet]'",
            "Parquet 需要 pyarrow：pip install 'caimai[parquet]'",
        ) from None
    arrays = [
        pa.array([None if row[i] is None else str(row[i]) for row in rows], pa.string()) for i in range(len(columns))
    ]
    sink = io.BytesIO()
    pq.write_table(pa.table(arrays, names=list(columns)), sink)
    return sink.getvalue()


def answer_json(answer: Answer) -> str:
    """The rows of an answer as a JSON array of objects; decimals as strings, exact."""
    rows = [dict(zip(answer.columns, map(plain, row), strict=True)) for row in answer.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_markdown(answer: Answer) -> str:
    """The rows of an answer as a table of Markdown; what would break the table is escaped."""

    def cell(value: Value) -> str:
        text = "" if value is None else str(plain(value))
        return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", "<br>")

    head = [answer.columns, ["---"] * len(answer.columns)]
    return "".join(f"| {' | '.join(map(cell, row))} |\n" for row in (*head, *answer.rows))


def turtle(triples: bytes) -> bytes:
    """N-Triples as Turtle, with the prefixes of the ontology."""
    used = {prefix: iri for prefix, iri in prefixes().items() if iri.encode() in triples}
    found = list(ox.parse(triples, format=ox.RdfFormat.N_TRIPLES))
    return ox.serialize((quad.triple for quad in found), format=ox.RdfFormat.TURTLE, prefixes=used) or b""


def _flat(row: dict[str, Any]) -> dict[str, object]:
    source = {f"source_{name}": value for name, value in row.pop("source").items()}
    return {name: _cell(value) for name, value in (row | source).items()}


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
