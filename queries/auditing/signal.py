"""What an audit reports: signals, each with both sides and where they are printed, and how many checks were made."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from kg.places import Evidence
from queries.answers import Answer, Tabular

if TYPE_CHECKING:
    from queries.auditing.suspects import Suspect

Severity = Literal["error", "warning", "info"]
GRAVITY: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}
Kind = Literal["rounding", "definition", "contradiction", "incomplete", "conversion"]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what it is called, its value in the rule's unit where it has one, where it is printed.

    `value` is in 万元 for money. Several places are the figures that were added up.
    """

    name: str
    value: Decimal | None = None
    places: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """Two printed statements that do not fit: a reason to look, not a verdict.

    `gap` is left less right, `tolerance` what rounding explains, both in `unit` (`万元`, `人`, `%`, `分`, empty where
    words are compared). `zh` and `en` say it in one sentence.
    """

    rule: str
    severity: Severity
    kind: Kind
    file: str
    body: str
    year: int | None
    zh: str
    en: str
    left: Side
    right: Side
    gap: Decimal | None = None
    tolerance: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a rule found both of its sides in a document, and how often they agreed, exactly or within rounding."""

    rule: str
    file: str
    checked: int
    equal: int
    rounding: int


@dataclass(frozen=True, slots=True)
class Audited:
    """A disclosure that was audited: the names of its files, the sha256 of each, its body and year."""

    file: str
    sha256: tuple[str, ...]
    body: str
    year: int | None


@dataclass(frozen=True, slots=True, repr=False)
class Audit(Tabular):
    """The signals, the gravest first within each document, and the tallies of the rules that compare figures.

    `documents` are the names of the files, `disclosures` what they are, in the same order. `lang` is the language in
    which a notebook shows it ("zh" or "en").
    """

    documents: tuple[str, ...]
    signals: tuple[Signal, ...]
    tallies: tuple[Tally, ...]
    disclosures: tuple[Audited, ...] = ()
    lang: str = field(default="zh", compare=False)

    def table(self) -> Answer:
        """The signals as rows: the sentence, both sides with values, where each is first printed.

        Columns: `file`, `body`, `year`, `rule`, `severity`, `class`, the sentence (`zh`, `en`); for each side, with
        `left_` and `right_` before it, `name`, `name_en`, `value`, its first place (`file`, `sha256`, `page`, `line`,
        `table`, `row`, `column`, `words`) and the number of its `places`; `gap`, `tolerance`, `unit`.
        """
        from queries.auditing.rows import audit_rows  # what shows an answer is imported where it is asked for

        return audit_rows(self)

    def suspects(self) -> "tuple[Suspect, ...]":
        """The figures that are probably misprinted: several signals want each to be one and the same other figure."""
        from queries.auditing.suspects import suspects

        return suspects(self.signals)

    def html(self) -> str:
        """The signals as a short table, both sides with their places."""
        from queries.auditing.rows import html

        return html(self)

    def __repr__(self) -> str:
        return f"Audit({len(self.documents)} documents, {len(self.signals)} signals)"
