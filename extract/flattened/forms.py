"""What is known beforehand of tables whose blank cells are lost (forms/flattened.toml)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from extract.identities.solver import ColumnSum

FAMILY = "xinjiang"  # the family of disclosures that `forms/flattened.toml` describes


@dataclass(frozen=True, slots=True)
class KnownTotal:
    """A cell of the total row that is printed elsewhere: in `table` (on side 收入 under `path`), or in a section."""

    column: str
    says: str
    table: str | None = None
    path: tuple[str, ...] = ()
    section: str | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class BlankColumns:
    """Columns that hold nothing where table `nil` is declared nil, or the totals of `column` in two tables agree."""

    columns: tuple[str, ...]
    says: str
    nil: str | None = None
    equal: tuple[str, ...] = ()
    column: str | None = None


@dataclass(frozen=True, slots=True)
class FlattenedForm:
    """A table without its blanks: canonical columns in printed order and what adds up to what.

    `codes`: rows begin with the code of a subject, and with `projects` a project follows its name. `rows` are sums
    among named rows. `allocation` names the text that splits single projects over the columns. `income` are the names
    of the rows on side 收入 of a table of two sides, whose rows on side 支出 begin with a code. `headings` are those
    over the columns of figures where they are not just their names, `labels` what else is printed among them; `family`
    is the family of disclosures whose headings they are.
    """

    table: str
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    codes: bool = False
    projects: bool = False
    allocation: str | None = None
    sums: tuple[ColumnSum, ...] = ()
    rows: tuple[ColumnSum, ...] = ()
    known: tuple[KnownTotal, ...] = ()
    blank: tuple[BlankColumns, ...] = ()
    income: tuple[str, ...] = ()
    headings: str = ""
    labels: str = ""
    family: str = FAMILY

    def printed_with(self, columns: int | None) -> "FlattenedForm | None":
        """The form as printed with so many columns of figures, None where it is not known to be printed so.

        Where the number is not known, the form in full.
        """
        if columns is None or columns == len(self.columns):
            return self
        if columns == len(self.columns) - len(self.optional):
            return self._without(frozenset(self.optional))
        return None

    def _without(self, columns: frozenset[str]) -> "FlattenedForm":
        return replace(
            self,
            columns=tuple(column for column in self.columns if column not in columns),
            sums=tuple(
                ColumnSum(each.total, tuple(part for part in each.parts if part not in columns)) for each in self.sums
            ),
            known=tuple(each for each in self.known if each.column not in columns),
        )


@cache
def flattened_forms() -> dict[str, FlattenedForm]:
    """All known forms by canonical name, those that others rely on first."""
    tables = tomllib.loads(files("extract").joinpath("forms/flattened.toml").read_text("utf-8"))
    return {name: _form(name, table) for name, table in tables.items()}


def _form(name: str, table: Mapping[str, Any]) -> FlattenedForm:
    return FlattenedForm(
        table=name,
        columns=tuple(table["columns"]),
        optional=tuple(table.get("optional", ())),
        codes=table.get("codes", False),
        projects=table.get("projects", False),
        allocation=table.get("allocation"),
        sums=tuple(_sum(each) for each in table.get("sums", ())),
        rows=tuple(_sum(each) for each in table.get("rows", ())),
        known=tuple(KnownTotal(**_tuples(each)) for each in table.get("known", ())),
        blank=tuple(BlankColumns(**_tuples(each)) for each in table.get("blank", ())),
        income=tuple(table.get("income", ())),
        headings=table.get("headings", ""),
        labels=table.get("labels", ""),
    )


def _sum(each: Mapping[str, Any]) -> ColumnSum:
    return ColumnSum(each["total"], tuple(each["parts"]))


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
