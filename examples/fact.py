"""The facts of an example as named tuples: the fields of the facts contract (`docs/facts.md`) but the source."""

from decimal import Decimal
from typing import NamedTuple


class Cell(NamedTuple):
    """One figure of a budget table."""

    table: str
    side: str | None
    code: str | None
    name: str
    project: str | None
    column: str
    amount: Decimal


class Kpi(NamedTuple):
    """One indicator of a performance form. A date that names only a month is `YYYY-MM`."""

    scope: str
    project: str | None
    level1: str
    level2: str
    level3: str
    op: str | None
    value: Decimal | None
    unit: str | None
    date: str | None
    raw: str
    weight: Decimal
    basis: str
    previous: str | None


class KpiTable(NamedTuple):
    """The head of a performance form."""

    scope: str
    project: str | None
    total: Decimal | None
    fiscal: Decimal | None
    other: Decimal | None
    upper: Decimal | None
    own: Decimal | None
    goal: str
    unit_printed: str


class Project(NamedTuple):
    """A project or a carry-over of the narrative; `docs` are the canonical numbers inside, in order, each once."""

    kind: str
    name: str
    basis: str | None
    amount: Decimal
    unit_in_charge: str | None
    allocation: str | None
    period: str | None
    purpose: str | None
    docs: tuple[str, ...]
    disclosed: bool


class Change(NamedTuple):
    """One sentence that compares with last year. `section` names the section as the gold standard does."""

    section: str
    subject: str
    code_path: tuple[str, ...] | None
    amount: Decimal
    share: Decimal | None
    direction: str
    delta: Decimal
    percent: Decimal
    reason: str | None


class Docref(NamedTuple):
    """One mention of a numbered document: as printed and canonical."""

    raw: str
    number: str


class Evaluation(NamedTuple):
    """The head of a self-evaluation, or what the running text says of one: then only score and rating."""

    scope: str
    project: str | None
    goal: str | None
    outcome: str | None
    weight: Decimal | None
    score: Decimal
    rating: str | None


class EvaluationMoney(NamedTuple):
    """One figure of the money of a self-evaluation."""

    scope: str
    project: str | None
    line: str
    measure: str
    amount: Decimal
    unit: str


class Outcome(NamedTuple):
    """One indicator of a self-evaluation: what was aimed at, what was achieved, points, score and why."""

    scope: str
    project: str | None
    level1: str
    level2: str
    level3: str
    op: str | None
    value: Decimal | None
    unit: str | None
    date: str | None
    raw: str
    actual: str
    actual_value: Decimal | None
    actual_unit: str | None
    weight: Decimal
    score: Decimal
    deviation: str | None
