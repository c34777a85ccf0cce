"""The data of an example (`data/*.toml`) as frozen values: what is printed, cell by cell and sentence by sentence."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

DATA = Path(__file__).resolve().parent / "data"
WORDING = Path(__file__).resolve().parent / "wording.toml"

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One budget table. `header` and `rows` are cells as printed; `<` joins the cell on its left, `^` the one above.

    `columns` says what each column holds: `类`, `款`, `项`, `名称`, `项目`, or the canonical name of a column of
    figures; in two-sided tables with `收入.` or `支出.` before it.
    """

    id: str
    number: str
    title: str
    columns: tuple[str, ...]
    header: Rows
    rows: Rows = ()
    landscape: bool = False
    widths: tuple[float, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One performance form: its money, its goal and a row an indicator (`^` continues the merged cell above)."""

    scope: Literal["整体", "项目"]
    title: str
    unit_printed: str
    goal: str
    indicators: Rows
    columns: tuple[str, ...]
    project: str | None = None
    total: str | None = None
    fiscal: str | None = None
    other: str | None = None
    upper: str | None = None
    own: str | None = None
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with its comparison: `change` is direction, difference, trend and per cent as printed.

    Without an amount the line says that nothing is planned (未安排). `share` is printed after 占.
    """

    subject: str = ""
    amount: str | None = None
    share: str | None = None
    change: tuple[str, str, str, str] | None = None
    reason: str | None = None
    path: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A named part of a sum, with its share or what it is for."""

    name: str
    amount: str
    share: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """A project as section 七 describes it; the period and the bodies as printed."""

    name: str
    basis: str
    amount: str
    unit_in_charge: str
    allocation: str
    period: str
    disclosed: bool = True


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One document. `wording` is the standard wording with the document's own variants laid over it."""

    file: str
    agency: str
    called: str
    year: int
    phase: str
    level: Literal["部门", "单位"]
    division: str
    unit: str
    published: datetime.date
    title: tuple[str, ...]
    issuers: tuple[str, ...]
    style: Mapping[str, Any]
    wording: Mapping[str, Any]
    organisation: Mapping[str, Any]
    summary: Mapping[str, Any]
    income: tuple[Line, ...]
    outlay: tuple[Line, ...]
    appropriation: Mapping[str, Any]
    purposes: tuple[Part, ...]
    scale: tuple[Line, ...]
    structure: tuple[Part, ...]
    uses: tuple[Line, ...]
    basic: Mapping[str, Any]
    projects: tuple[Project, ...]
    three_public: tuple[Line, ...]
    carry_over: Mapping[str, Any]
    carried: tuple[Part, ...]
    operating: Line
    procurement: Mapping[str, str]
    assets: Mapping[str, str]
    performance: Mapping[str, str]
    other: tuple[str, ...]
    tables: tuple[Table, ...]
    forms: tuple[Form, ...]


def load(path: Path) -> Disclosure:
    """The example that `path` describes.

    Raises KeyError or TypeError on what is missing or unknown, ValueError on a crooked table.
    """
    data = tomllib.loads(path.read_text("utf-8"))
    wording = tomllib.loads(WORDING.read_text("utf-8")) | data.pop("wording", {})
    document = data.pop("document")
    document.setdefault("called", document["agency"])
    document["title"], document["issuers"] = tuple(document["title"]), tuple(document["issuers"])
    three_public = data.pop("three_public")
    return Disclosure(
        **document,
        style=data.pop("style", {}),
        wording=wording,
        income=_lines(data.pop("income")),
        outlay=_lines(data.pop("outlay")),
        purposes=tuple(Part(**part) for part in data["appropriation"].pop("purposes")),
        scale=_lines(data.pop("scale")),
        structure=tuple(Part(**part) for part in data.pop("structure")),
        uses=_lines(data.pop("use")),
        projects=tuple(Project(**project) for project in data.pop("project", ())),
        three_public=_lines(three_public),
        carried=tuple(Part(**part) for part in data["carry_over"].pop("item", ())),
        operating=_lines([data.pop("operating")])[0],
        other=tuple(data.pop("other")["paragraphs"]),
        tables=tuple(table_of(table) for table in data.pop("table")),
        forms=tuple(_form(form, wording) for form in data.pop("form")),
        **data,
    )


def cells(text: str) -> Rows:
    """The cells of a table written with `|` between them, one row a line.

    Raises ValueError unless all rows are equally long.
    """
    rows = tuple(tuple(cell.strip() for cell in line.split("|")) for line in text.strip("\n").split("\n"))
    if len({len(row) for row in rows}) != 1:
        raise ValueError(f"rows of different length: {[len(row) for row in rows]} in {text[:80]!r}")
    return rows


def _lines(entries: list[dict[str, Any]]) -> tuple[Line, ...]:
    for entry in entries:
        entry |= {name: tuple(value) for name, value in entry.items() if isinstance(value, list)}
    return tuple(Line(**entry) for entry in entries)


def table_of(entry: dict[str, Any]) -> Table:
    """The table that an entry of a data file describes. Raises ValueError on a row of another length."""
    for name in ("header", "rows"):
        if name in entry:
            entry[name] = cells(entry[name])
    for name in ("columns", "widths"):
        entry[name] = tuple(entry.get(name, ()))
    table = Table(**entry)
    for row in table.header + table.rows:
        if len(row) != len(table.columns):
            raise ValueError(f"{table.title}: {len(row)} cells for {len(table.columns)} columns: {row}")
    return table


def _form(entry: dict[str, Any], wording: Mapping[str, Any]) -> Form:
    entry["indicators"] = cells(entry["indicators"])
    entry["columns"] = tuple(wording["whole_columns" if entry["scope"] == "整体" else "project_columns"])
    entry["widths"] = tuple(entry.get("widths", ()))
    form = Form(**entry)
    for row in form.indicators:
        if len(row) != len(form.columns):
            raise ValueError(f"{form.title} {form.project}: {len(row)} cells for {len(form.columns)} columns: {row}")
    return form
