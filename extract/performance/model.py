"""A performance form as read, before its words become facts: its head, its indicators and what was not understood."""

from dataclasses import dataclass, field
from typing import Literal

from extract.document import Cell, Line, Table
from ontology.facts import Box, Scope

Place = Line | Cell | Table


@dataclass(frozen=True, slots=True)
class Note:
    """What could not be used: where it is printed, the words (never personal ones) and what is wrong with them."""

    place: Place
    text: str
    message: str
    severity: Literal["info", "warning"] = "warning"


@dataclass(frozen=True, slots=True)
class Head:
    """The printed values of a form's head by field, and its words; those of persons are in neither. Empty if unread.

    `unit` is the unit of money that the labels print (`项目资金（元）`). `in_charge` tells whether anybody is named in
    charge of the project, never who; None where the print does not tell.
    """

    place: Place
    text: str
    values: dict[str, str]
    unit: str = "万元"
    in_charge: bool | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One third-level indicator, every value as printed without white space; blank values are "".

    `place` is where its name begins, `text` the words of its row, `how` what its reading rests on where the cells are
    not told apart by the print itself.
    """

    level1: str | None
    level2: str | None
    level3: str
    target: str
    basis: str
    previous: str
    weight: str
    place: Place
    text: str
    box: Box | None = None
    how: str | None = None
    rule: str = ""
    proof: str = ""
    actual: str = ""
    score: str = ""
    deviation: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """One figure of the money of a self-evaluation, as printed: whose money (`line`), which `measure`, its unit."""

    line: str
    measure: str
    printed: str
    unit: str
    place: Cell


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What a self-evaluation has beside its indicators: the money by line and measure, the row of the total, its year.

    `rating` is the printed 等级; `year` the only year printed over the form.
    """

    money: tuple[Money, ...] = ()
    weight: str = ""
    score: str = ""
    rating: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One performance form. `title` is the line over it, `how` what the reading of its head rests on.

    `weighed`: whether the form has a column of weights at all. `evaluated` is None where it sets targets only.
    """

    scope: Scope
    title: str
    head: Head
    indicators: tuple[Indicator, ...]
    notes: tuple[Note, ...] = field(default=())
    how: str | None = None
    weighed: bool = True
    evaluated: Evaluated | None = None
