"""The signals of the audit that concern a thing: those with a side printed where something of the thing is printed."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ontology.money import YUAN_PER_UNIT
from queries.auditing.english import named
from queries.auditing.excerpt import excerpt
from queries.auditing.rules import rules
from queries.auditing.signal import Side, Signal
from queries.page_rows import Row as Found
from viz.web.addresses import kind_of
from viz.web.asking import Asked
from viz.web.checking import signals_of, unchecked
from viz.web.dossier import Cited, Column, Dossier, Money, Place, Row, Table, Tag, Tone, Value

SEVERITIES = ("error", "warning", "info")
MOST = 12  # disclosures that are checked for one thing
PLACES = 4  # of each side that are shown
_WORDS = 130
_TONES: dict[str, Tone] = {"error": "error", "warning": "warning", "info": "plain"}
_COLUMNS = (
    Column("year", "year"), Column("severity"), Column("said"), Column("left_side"), Column("right_side"),
    Column("rule"), Column("gap"), Column("tolerance"),
)  # fmt: skip


def disclosures(asked: Asked) -> list[Found]:
    """Each disclosure once, with the first of its files that no other replaced: a document is checked as a whole."""
    return list({row["disclosure"]: row for row in reversed(_files(asked))}.values())[::-1]


def concerning(asked: Asked, found: Dossier, *, waiting: bool) -> tuple[list[tuple[Found, Signal]], list[str], int]:
    """The signals that concern a thing, each with its disclosure, and how many disclosures were left unchecked.

    Between them the files whose disclosures are being checked: none where the answer is to wait for them.
    """
    places = set(_places(found))
    whole = found.kind in ("agency", "disc")
    books = _books(asked, found.iri, places)
    files = [str(book["sha256"]) for book in books[:MOST]]
    pending = [] if waiting else unchecked(asked.opened, files, first=True)
    checked = [book for book in books[:MOST] if book["sha256"] not in pending]
    pairs = [(book, signal) for book in checked for signal in signals_of(asked.opened, str(book["sha256"]))]
    told = [(book, signal) for book, signal in pairs if whole or places & set(_printed(signal))]
    told.sort(key=lambda pair: SEVERITIES.index(pair[1].severity))
    return told, pending, max(0, len(books) - MOST)


def table(asked: Asked, found: Iterable[tuple[Found, Signal]]) -> Table:
    """The signals as a table, both sides in a row, each with where it is printed."""
    rows = tuple(_row(asked, book, signal) for book, signal in found)
    return Table("signals", asked.say("audit.signals"), _COLUMNS, rows, asked.say("audit.note"), shown=60)


def called(asked: Asked, side: Side) -> str:
    """What a side is called, in the reader's language but for what is printed."""
    return side.name if asked.lang == "zh" else named(side.name)


def side_places(asked: Asked, side: Side) -> tuple[Place, ...]:
    """The first places of a side with what is printed around the value."""
    return tuple(
        Place(
            one.iri,
            asked.where({"evidence": one.iri, "page": one.page, "line": one.line}),
            excerpt(one.words, side, _WORDS),
        )
        for one in side.places[:PLACES]
    )


def figure(value: Decimal | None, unit: str) -> str:
    """A value of a signal with its unit; empty where there is none."""
    if value is None:
        return ""
    return f"{value:,.2f} {unit}" if unit in YUAN_PER_UNIT else f"{value.normalize():f}{unit}"


def _row(asked: Asked, book: Found, signal: Signal) -> Row:
    rule, chinese = rules()[signal.rule], asked.lang == "zh"
    return Row(
        (
            book["year"], Tag(asked.say(f"audit.{signal.severity}"), _TONES[signal.severity], signal.severity),
            signal.zh if chinese else signal.en,
            _side(asked, signal.left, signal.unit), _side(asked, signal.right, signal.unit),
            Tag(rule.zh if chinese else rule.en, "bare", signal.rule),
            figure(signal.gap, signal.unit) or None, figure(signal.tolerance, signal.unit) or None,
        ),
        nodes=tuple(place.iri for side in (signal.left, signal.right) for place in side.places[:PLACES]),
    )  # fmt: skip


def _side(asked: Asked, side: Side, unit: str) -> Value:
    words = " ".join(part for part in (called(asked, side), figure(side.value, unit)) if part)
    return Cited(words, side_places(asked, side)) if words or side.places else None


def _files(asked: Asked) -> list[Found]:
    return asked.opened.once(("signals", "files"), lambda: asked.rows("disclosures"))


def _books(asked: Asked, iri: str, places: set[str]) -> list[Found]:
    """The disclosures to be checked for a thing: those of the body, the disclosure itself, or where it is printed."""
    kind = kind_of(iri)
    if kind in ("agency", "disc"):
        named = "body" if kind == "agency" else "disclosure"
        return [row for row in disclosures(asked) if row[named] == iri]
    keys = {place.rpartition("/")[2].partition(".")[0] for place in places}
    printed = {row["disclosure"] for row in _files(asked) if str(row["file"]).rpartition("/")[2] in keys}
    return [row for row in disclosures(asked) if row["disclosure"] in printed]


def _places(found: Dossier) -> Iterator[str]:
    """Where a thing is printed: the places of its facts, its rows and its amounts."""
    for fact in found.facts:
        yield from (place.iri for place in fact.places)
    for row in (row for one in found.tables for row in one.rows):
        yield from (place.iri for place in row.places)
        for cell in row.cells:
            yield from (place.iri for place in _of_cell(cell))


def _of_cell(cell: Value) -> Sequence[Place]:
    parts = cell if isinstance(cell, tuple) else (cell,)
    return [place for part in parts if isinstance(part, Money) for place in part.places]


def _printed(signal: Signal) -> Iterator[str]:
    for side in (signal.left, signal.right):
        yield from (place.iri for place in side.places)
