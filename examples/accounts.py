"""Final accounts whose figures are invented (`made/*.toml`), as frozen values: what is printed, block by block."""

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from examples.source import DATA, Rows, Table, cells, table_of

MADE = DATA.parent.parent / "made"

Kind = Literal["part", "heading", "subheading", "body", "tables", "evaluations", "reviews"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A self-evaluation: its money (a row a line), goal and outcome, a row an indicator, points and score in all."""

    scope: Literal["整体", "项目"]
    title: str
    unit_printed: str
    money: Rows
    goal: str
    outcome: str
    indicators: Rows
    weight: str
    score: str
    project: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph; or, in its place, all tables, all self-evaluations, or a review of each project in the text."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Accounts:
    """One document. `mark` says on the cover and on every page that it is invented."""

    file: str
    mark: str
    title: tuple[str, ...]
    agency: str
    year: int
    unit: str
    published: datetime.date
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    evaluations: tuple[Evaluation, ...]


def load(path: Path) -> Accounts:
    """The final accounts that `path` describes.

    Raises KeyError or TypeError on what is missing or unknown, ValueError on a crooked table.
    """
    data = tomllib.loads(path.read_text("utf-8"))
    document = data["document"]
    document["title"] = tuple(document["title"])
    return Accounts(
        **document,
        blocks=tuple(_block(line) for line in data["text"]["lines"]),
        tables=tuple(table_of(table) for table in data["table"]),
        evaluations=tuple(_evaluation(one) for one in data["evaluation"]),
    )


def _block(line: str) -> Block:
    """A line of the running text: `kind| words`."""
    kind, _, text = line.partition("|")
    return Block(kind.strip(), text.strip())  # type: ignore[arg-type]


def _evaluation(entry: dict[str, Any]) -> Evaluation:
    return Evaluation(**entry | {name: cells(entry[name]) for name in ("money", "indicators")})
