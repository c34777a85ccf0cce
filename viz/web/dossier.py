"""What the page of a thing shows, apart from how it is drawn: facts and tables whose values lead to their sources.

The same dossier is written as HTML, JSON, Turtle and CSV, so that the twins of a page cannot say something else.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar, Literal, overload

from ontology.money import in_yuan

Form = Literal["text", "passage", "number", "money", "year", "code", "thing"]
Tone = Literal["plain", "bare", "derived", "candidate", "error", "warning", "good"]
_AT_ONCE = 400  # rows that are told together when all are read one by one


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing of the graph by its IRI, and what to call it."""

    iri: str
    label: str
    form: ClassVar[str] = "ref"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source file: its IRI, a short name for it (`第3页`), the words printed there."""

    iri: str
    where: str
    words: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount: exact in yuan, as it is printed with its unit, and where, if it has a place of its own."""

    amount: Decimal
    printed: str
    unit: str
    places: tuple[Place, ...] = ()
    form: ClassVar[str] = "money"

    @property
    def yuan(self) -> str:
        """The exact amount in yuan with thousands separators, no digit lost."""
        return in_yuan(self.amount)


@dataclass(frozen=True, slots=True)
class Tag:
    """A word out of a short list, with its tone; the tone is never the only sign.

    `key` is what the data twins tell in its stead, where the word is only for readers.
    """

    label: str
    tone: Tone = "plain"
    key: str = ""
    form: ClassVar[str] = "tag"


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of ours with the places that they rest on."""

    text: str
    places: tuple[Place, ...]
    form: ClassVar[str] = "cited"


Value = None | str | bool | int | Decimal | Ref | Money | Tag | Cited | tuple["Value", ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One property: its name is that of the data twins; `label` is what the reader sees if not `column.NAME`."""

    name: str
    value: Value
    places: tuple[Place, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name in the data twins, what stands in it, and its heading if not `column.NAME`."""

    name: str
    form: Form = "text"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: one value a column, where it is printed, the IRIs of the nodes that say it, how deep it is indented."""

    cells: tuple[Value, ...]
    places: tuple[Place, ...] = ()
    nodes: tuple[str, ...] = ()
    tone: Tone = "plain"
    depth: int = 0


class Rows(Sequence[Row]):
    """Rows that are put into words when they are read: a page shows the first of many, the data twins all.

    `tell` gives the rows of several items at once. A class because it keeps the rows that were read.
    """

    def __init__(self, items: Sequence[Any], tell: Callable[[Sequence[Any]], Iterable[Row]]) -> None:
        self._items, self._tell = items, tell
        self._told: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(at, slice):
            wanted = range(*at.indices(len(self)))
            self._read(wanted)
            return tuple(self._told[one] for one in wanted)
        place = range(len(self))[at]
        if place not in self._told:
            self._read(range(place, min(place + _AT_ONCE, len(self))))
        return self._told[place]

    def _read(self, wanted: Iterable[int]) -> None:
        missing = [at for at in wanted if at not in self._told]
        if missing:
            self._told.update(zip(missing, self._tell([self._items[at] for at in missing]), strict=True))


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page. `name` is its part of the address, `title` what the reader sees, `shown` how many rows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    note: str = ""
    shown: int = 60

    @property
    def has_places(self) -> bool:
        """Whether any row that is shown has a source."""
        return any(row.places for row in self.rows[: self.shown])

    @property
    def filled(self) -> tuple[int, ...]:
        """The numbers of the columns in which anything stands: only these are shown."""
        shown = self.rows[: self.shown]
        numbers = range(len(self.columns))
        return tuple(at for at in numbers if any(row.cells[at] not in (None, "", ()) for row in shown))


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is told of a thing. `kind` is that of its IRI, `drawn_as` a kind of `viz/assets/kinds.toml`, empty for
    things that no drawing has.

    `extra` is for the template of the kind only; the twins do not tell it.
    """

    iri: str
    kind: str
    drawn_as: str
    title: str
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    note: str = ""
    template: str = "thing.html"
    extra: Mapping[str, object] = field(default_factory=dict)
