"""The known budget tables: which headings they print and what each column and row is called."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from extract.form_data import families, unquoted_pattern
from ontology.facts import Side
from ontology.text import key, unquoted

_SORTED_BY = re.compile(r"(?<=.)\(按[^()]+\)$")  # behind a heading: by what the rows are sorted

Patterns = tuple[re.Pattern[str], ...]
Spellings = tuple[tuple[re.Pattern[str], str], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A column of figures that itself says what the figures are of (公务接待费), as rows do elsewhere.

    `column` is None where the rows say which figures they hold (预算数, 决算数), as columns do elsewhere.
    """

    heading: re.Pattern[str]
    name: str
    column: str | None


@dataclass(frozen=True, slots=True)
class SideForm:
    """The headings of one side of a table: columns that say what a row is, and columns of figures.

    `items` are columns of figures with the row's name in their heading, `openers` the rows without a number under
    which numbered rows stand, `outermost` those that stand under no row. Where the names are `levels`, each has its
    own column and holds on until another is printed. `unnamed` is the name of a row where no column names it.
    `body` are the columns that say whose the row is. Where `projects_below`, rows without a code are projects of the
    subject above them. `measures` are the names of rows that say which figures they hold.
    """

    side: Side | None
    code: Patterns
    name: Patterns
    project: Patterns
    body: Patterns
    ignored: Patterns
    values: Spellings
    items: tuple[Item, ...] = field(default=())
    openers: Patterns = field(default=())
    outermost: Patterns = field(default=())
    levels: bool = False
    unnamed: str | None = None
    projects_below: bool = False
    measures: Spellings = field(default=())

    def item(self, headings: tuple[str, ...]) -> Item | None:
        """The item that the heading path stands for, None where it is not one."""
        found = (item for end in ends(headings) for item in self.items if item.heading.fullmatch(end))
        return next(found, None)

    def measure(self, row: str) -> str | None:
        """The column that the figures of a row belong under, None where its name does not say it."""
        return spelling(self.measures, [row])


@dataclass(frozen=True, slots=True)
class TableForm:
    """A budget table: canonical name, family, its sides (one, or 收入 and 支出), the spellings of its row names.

    Where it `counts`, rows of counts (团组数（个）) stand among those of money. Where it has `bands`, several kinds of
    figures stand one below the other, each under headings of its own.
    """

    table: str
    family: str
    sides: tuple[SideForm, ...]
    rows: Spellings = field(default=())
    counts: bool = False
    bands: bool = False

    def row_name(self, printed: str) -> str:
        """The canonical name of a row, the printed one where no other spelling is known."""
        return spelling(self.rows, [printed]) or printed

    def knows(self, headings: tuple[str, ...]) -> bool:
        """Whether a column under these headings has a meaning on some side of the table."""
        return any(
            spelling(side.values, headings)
            or side.item(headings)
            or any(
                fits(patterns, headings) for patterns in (side.code, side.name, side.project, side.body, side.ignored)
            )
            for side in self.sides
        )


def fits(patterns: Patterns, headings: Iterable[str]) -> bool:
    """Whether the heading path, or an end of it, is one of the patterns."""
    return any(pattern.fullmatch(end) for end in ends(headings) for pattern in patterns)


def spelling(spellings: Spellings, headings: Iterable[str]) -> str | None:
    """What the heading path stands for: the meaning of its longest end that fits, None where none does. `\\1` in a
    meaning is what the first group of the pattern holds."""
    for end in ends(headings):
        for pattern, meaning in spellings:
            match = pattern.fullmatch(end)
            if match:
                return match.expand(meaning)
    return None


def ends(headings: Iterable[str]) -> tuple[str, ...]:
    """`a, b, c` → `/a/b/c` (the whole path), `a/b/c`, `b/c`, `c`, folded for comparison."""
    return _ends(tuple(headings))


@lru_cache(maxsize=1 << 13)  # every form is asked about the same headings
def _ends(headings: tuple[str, ...]) -> tuple[str, ...]:
    parts = [_SORTED_BY.sub("", key(unquoted(heading))) for heading in headings]
    found = tuple("/".join(parts[start:]) for start in range(len(parts)))
    return (f"/{found[0]}", *found) if found else ()


@cache
def table_forms() -> dict[str, tuple[TableForm, ...]]:
    """All known tables by canonical name: the form that each family of disclosures gives it."""
    found: dict[str, tuple[TableForm, ...]] = {}
    for family, tables in families("tables"):
        for name, table in tables.items():
            sides = tuple(_side(row) for row in table["side"])
            rows, counts = _spellings(table.get("rows", {})), table.get("counts", False)
            form = TableForm(name, family, sides, rows, counts, table.get("bands", False))
            found[name] = (*found.get(name, ()), form)
    return found


def table_form(table: str, family: str) -> TableForm:
    """The form that a family of disclosures gives a table. Raises StopIteration where it has none."""
    return next(form for form in table_forms()[table] if form.family == family)


def is_row_name(text: str) -> bool:
    """Whether some table's rows are known to be called so, numbers and figures apart."""
    words = key(unquoted(text))
    return any(pattern.fullmatch(words) for pattern in _row_names())


@cache
def _row_names() -> Patterns:
    forms = [form for forms in table_forms().values() for form in forms]
    sides = [side for form in forms for side in form.sides]
    spelled = (pattern for form in forms for pattern, _ in form.rows)
    return (*spelled, *(pattern for side in sides for pattern in (*side.openers, *side.outermost)))


def _side(row: Mapping[str, Any]) -> SideForm:
    return SideForm(
        side=row.get("side"),
        code=_patterns(row.get("code", ())),
        name=_patterns(row.get("name", ())),
        project=_patterns(row.get("project", ())),
        body=_patterns(_any_table()["body"]),
        ignored=_patterns((*row.get("ignored", ()), *_any_table()["ignored"])),
        values=_spellings(row.get("values", {})),
        items=tuple(item for each in row.get("item", ()) for item in _items(each)),
        openers=_patterns(row.get("openers", ())),
        outermost=_patterns(row.get("outermost", ())),
        levels=row.get("levels", False),
        unnamed=row.get("unnamed"),
        projects_below=row.get("projects_below", False),
        measures=_spellings(row.get("measures", {})),
    )


@cache
def any_outermost() -> Patterns:
    """The rows that stand under no row in any table of two sides."""
    return _patterns(_any_table()["outermost"])


@cache
def _any_table() -> Mapping[str, Any]:
    return tomllib.loads(files("extract").joinpath("forms/any_table.toml").read_text("utf-8"))


def _items(row: Mapping[str, Any]) -> Iterator[Item]:
    """The columns of an item: one, or one for each of the `columns` whose names stand over its heading or under it."""
    heading, name = _folded(row["heading"]), row["name"]
    if "columns" not in row:
        yield Item(re.compile(heading), name, row.get("column"))
    for column in row.get("columns", ()):
        yield Item(re.compile(f"(?:{heading})/{column}|{column}/(?:{heading})"), name, column)


def _patterns(texts: Iterable[str]) -> Patterns:
    return tuple(re.compile(_folded(text)) for text in texts)


def _spellings(texts: Mapping[str, str]) -> Spellings:
    return tuple((re.compile(_folded(text)), meaning) for text, meaning in texts.items())


def _folded(pattern: str) -> str:
    return key(unquoted_pattern(pattern))
