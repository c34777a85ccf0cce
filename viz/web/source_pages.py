"""A page of a source file as it is shown: its picture or its lines, with what was read there marked by kind."""

import struct
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ontology.errors import UnreadableDocument
from ontology.terms import ONT
from queries.page_rows import Row as Found
from viz.web.addresses import address
from viz.web.context import Context

SCALE = 2.0  # pixels a point
_LARGEST = 8_000  # pixels: a page so large is drawn smaller, so its boxes cannot be placed
_AROUND = 12  # lines: what was asked for is seen without scrolling
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class FactKind:
    """A kind of statement as it is marked over a page."""

    name: str
    zh: str
    en: str
    colour: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a page: its box in points from the top left, what it says, which kind, and what rests on it."""

    iri: str
    box: tuple[float, float, float, float] | None
    words: str
    kind: FactKind
    things: tuple[str, ...]
    asked: bool
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a PDF: the address of its picture and its size in points; `why` says why there is no picture."""

    picture: str | None
    width: float
    height: float
    marks: tuple[Mark, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text file: its number, its text, whether it is what was asked for, the kind of what stands there.

    `begins` tells that the line before is of another kind.
    """

    number: int
    text: str
    asked: bool
    kind: FactKind | None
    begins: bool


@cache
def fact_kinds() -> dict[str, FactKind]:
    """The kinds of statements by name, in the order in which they are told apart."""
    table = tomllib.loads(files("viz.web").joinpath("fact_kinds.toml").read_text("utf-8"))
    return {name: FactKind(name, e["zh"], e["en"], e["colour"], tuple(e["classes"])) for name, e in table.items()}


def kind_of_place(classes: Iterable[str]) -> FactKind:
    """The kind that colours a place on which things of these classes rest."""
    found = set(classes)
    return next((kind for kind in fact_kinds().values() if found & set(kind.classes)), fact_kinds()["other"])


def marks(rows: Iterable[Found], asked: str | None = None) -> tuple[Mark, ...]:
    """The places of the rows, each once; larger boxes first, so that smaller ones lie over them."""
    grouped: dict[str, list[Found]] = {}
    for row in rows:
        grouped.setdefault(str(row["place"]), []).append(row)
    found = [_mark(place, some, place == asked) for place, some in grouped.items()]
    return tuple(sorted(found, key=lambda mark: (mark.asked, -_area(mark.box), mark.iri)))


def sheet(context: Context, file: Found, page: int, shown: tuple[Mark, ...]) -> Sheet:
    """The page of a PDF with its marks. `why` is a word of `words/evidence.toml` where it cannot be drawn."""
    size, why = page_size(context, str(file["sha256"]), str(file["name"]), page)
    if size is None:
        return Sheet(None, 0, 0, shown, why)
    width, height = size
    if max(size) * SCALE >= _LARGEST:
        shown = ()
    return Sheet(f"{address(str(file['file']))}/page/{page}.png", width, height, shown)


def page_size(context: Context, sha256: str, name: str, page: int) -> tuple[tuple[float, float] | None, str]:
    """The size of a page in points, or the reason why there is none: `missing`, `no_pdf`, `broken`."""
    png, why = drawn(context, sha256, name, page)
    if png is None:
        return None, why
    width, height = struct.unpack(">II", png[16:24])
    return (width / SCALE, height / SCALE), ""


def drawn(context: Context, sha256: str, name: str, page: int) -> tuple[bytes | None, str]:
    """A page as PNG, or the reason why there is none: `missing`, `no_pdf`, `broken`."""
    if context.picture is None:
        return None, "missing"
    data = context.sources(sha256, name)
    if data is None:
        return None, "missing"
    if b"%PDF-" not in data[:1024]:
        return None, "no_pdf"
    try:
        png = context.picture(data, page, SCALE)
    except UnreadableDocument:
        return None, "broken"
    return (png, "") if png.startswith(_PNG) else (None, "broken")


def text_lines(context: Context, file: Found, rows: Sequence[Found], asked: Found | None) -> tuple[Line, ...] | None:
    """The lines of a text file around what was asked for, all where nothing was; None where the file is not found."""
    data = context.sources(str(file["sha256"]), str(file["name"]))
    if data is None or b"%PDF-" in data[:1024]:
        return None
    lines = _decoded(data).splitlines()
    first = int(str(asked["line"])) if asked and asked["line"] is not None else 0
    last = max(first, first + str(asked["words"]).count("\n")) if asked else 0
    kinds = _kinds_by_line(rows)
    wanted = range(max(1, first - _AROUND), min(len(lines), last + _AROUND) + 1) if asked else range(1, len(lines) + 1)
    return tuple(
        Line(
            number, lines[number - 1], first <= number <= last and first > 0, kinds.get(number),
            number == wanted.start or kinds.get(number) != kinds.get(number - 1),
        )
        for number in wanted
    )  # fmt: skip


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _kinds_by_line(rows: Sequence[Found]) -> dict[int, FactKind]:
    classes: dict[int, list[str]] = {}
    for row in rows:
        first = int(str(row["line"]))
        for number in range(first, first + str(row["words"]).count("\n") + 1):
            classes.setdefault(number, []).append(str(row["type"]).removeprefix(ONT))
    return {number: kind_of_place(some) for number, some in classes.items()}


def _mark(place: str, rows: Sequence[Found], asked: bool) -> Mark:
    first = rows[0]
    classes = [str(row["type"]).removeprefix(ONT) for row in rows if row["type"]]
    things = tuple(dict.fromkeys(str(row["thing"]) for row in rows if row["thing"]))
    line = first.get("line")
    return Mark(
        place, box_of(first["bbox"]), " ".join(str(first["words"]).split()), kind_of_place(classes), things, asked,
        line if isinstance(line, int) else None,
    )  # fmt: skip


def box_of(text: object) -> tuple[float, float, float, float] | None:
    """The box that the graph writes as four numbers with commas."""
    parts = str(text).split(",") if text else []
    return (float(parts[0]), float(parts[1]), float(parts[2]), float(parts[3])) if len(parts) == 4 else None


def _area(box: tuple[float, float, float, float] | None) -> float:
    return (box[2] - box[0]) * (box[3] - box[1]) if box else 0.0
