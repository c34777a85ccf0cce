"""Typical errors as they are put into a document: the kinds of `mutations.toml`, where they fit, what they change."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal, cast

from extract.document import Document, Line, Table
from extract.outline import outline

_OPPOSITE = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "降低": "增长"}
_SENTENCE = re.compile(r"[万亿]元|。|[，；：](?=.*[\u4e00-\u9fff])|%|％")

Where = Literal["cell", "sentence", "any"]
Blocks = list[Line | Table]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error: where it is put, what is done there; `harmless` is what rounding explains.

    `until` begins what stands after a section or table that is left out whole; `put` is what is printed instead, `{x}`
    in it what was printed. `under` is the heading of the cell's column, `beside` what stands left of the cell.
    """

    name: str
    label: str
    where: Where
    place: re.Pattern[str]
    what: str
    until: re.Pattern[str] | None = None
    put: str = ""
    harmless: bool = False
    under: re.Pattern[str] | None = None
    beside: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an error can be put: the block, the cell within it (None for a line), the characters."""

    block: int
    cell: int | None
    start: int
    end: int


def kinds() -> list[Kind]:
    """The kinds of errors in the order of their file."""
    told: dict[str, Any] = tomllib.loads(files("bench").joinpath("mutations.toml").read_text("utf-8"))
    return [
        Kind(
            name, one["label"], one["where"], re.compile(one["place"]), one["what"],
            _pattern(one, "until"), one.get("put", ""), one.get("harmless", False),
            _pattern(one, "under"), _pattern(one, "beside"),
        )
        for name, one in told.items()
    ]  # fmt: skip


def _pattern(one: dict[str, str], name: str) -> re.Pattern[str] | None:
    return re.compile(one[name]) if name in one else None


def texts(document: Document) -> Iterator[tuple[int, int | None, str]]:
    """The lines and cells: block, cell within it (None for a line), what is printed."""
    for index, block in enumerate(document.blocks):
        if isinstance(block, Line):
            yield index, None, block.text
        else:
            yield from ((index, at, cell.text) for at, cell in enumerate(block.cells))


def places(document: Document, kind: Kind) -> list[Place]:
    """All places of a document where an error of the kind can be put, in printed order."""
    found = _fitting(document, kind)
    if kind.what in ("exchange", "copy"):
        return [place for place in found if partner(document, place, found) is not None]
    if kind.what == "shift":
        return [place for place in found if _blank_beside(document, place) is not None]
    return [place for place in found if instead(printed(document, place), kind) != printed(document, place)]


def _fitting(document: Document, kind: Kind) -> list[Place]:
    """All places that look like one of the kind, whether or not anything can be done there.

    A section is none where the table of contents lists it.
    """
    listed = _contents(document) if kind.what == "section" else set()
    return [
        Place(block, cell, *match.span("x"))
        for block, cell, text in texts(document)
        if _suits(document, block, text, kind.where) and id(document.blocks[block]) not in listed
        for match in kind.place.finditer(text)
        if _stands(document, block, cell, kind)
    ]


def _contents(document: Document) -> set[int]:
    """The identities of the blocks of the table of contents."""
    return {id(block) for section in outline(document) if section.kind == "contents" for block in section.blocks}


def _stands(document: Document, block: int, cell: int | None, kind: Kind) -> bool:
    """Whether a cell stands under and beside what the kind asks for; lines are asked for neither."""
    if cell is None or not (kind.under or kind.beside):
        return cell is not None or not kind.under
    cells = cast(Table, document.blocks[block]).cells
    here = cells[cell]
    above = [
        one.text for one in cells if one.row < here.row and one.column <= here.column < one.column + one.column_span
    ]
    left = [one for one in cells if one.row <= here.row < one.row + one.row_span and one.column < here.column]
    beside = max(left, key=lambda one: one.column).text if left else ""
    return (kind.under is None or any(kind.under.search(_bare(text)) for text in above)) and (
        kind.beside is None or bool(kind.beside.search(_bare(beside)))
    )


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def printed(document: Document, place: Place) -> str:
    """What stands at a place."""
    return _text(document, place)[place.start : place.end]


def partner(document: Document, place: Place, found: Sequence[Place]) -> Place | None:
    """The next place of the kind where something else is printed: in a table one of the same column."""
    column = None if place.cell is None else _table(document, place).cells[place.cell].column
    after = [
        one for one in found if (one.block, one.cell or 0, one.start) > (place.block, place.cell or 0, place.start)
    ]
    for one in after:
        apart = one.block == place.block and one.cell == place.cell
        other = None if one.cell is None else _table(document, one).cells[one.cell].column
        within = one.block == place.block if place.cell is not None else one.block - place.block < 12
        if within and not apart and other == column and printed(document, one) != printed(document, place):
            return one
    return None


def mutated(document: Document, place: Place, kind: Kind) -> Document:
    """The document with one error."""
    blocks = list(document.blocks)
    if kind.until is not None:
        end = next((at for at, text in _after(blocks, place.block) if kind.until.search(text)), len(blocks))
        return replace(document, blocks=(*blocks[: place.block], *blocks[end:]))
    if kind.what in ("exchange", "copy"):
        other = cast(Place, partner(document, place, _fitting(document, kind)))
        here, there = printed(document, place), printed(document, other)
        document = _with(document, other, here) if kind.what == "exchange" else document
        return _with(document, place, there)
    if kind.what == "shift":
        beside = cast(Place, _blank_beside(document, place))
        return _with(_with(document, beside, printed(document, place)), place, "")
    if kind.what in ("line", "repeat"):
        blocks[place.block : place.block + 1] = _row_changed(blocks[place.block], place, kind.what)
        return replace(document, blocks=tuple(blocks))
    return _with(document, place, instead(printed(document, place), kind))


def instead(text: str, kind: Kind) -> str:
    """What is printed instead of the text by the kind; the text itself where nothing can be done with it."""
    return kind.put.replace("{x}", text) if kind.what == "put" else changed(text, kind.what)


def changed(text: str, what: str) -> str:
    """What is printed instead of the text; the text itself where nothing can be done with it."""
    change = _CHANGES.get(what)
    return text if change is None else change(text)


def _other_digit(text: str) -> str:
    """Another digit in the middle of a figure."""
    digits = _digits(text)
    return _stepped(text, digits[len(digits) // 2 - (len(digits) > 3)], 3) if digits else text


def _other_last_digit(text: str) -> str:
    digits = _digits(text)
    return _stepped(text, digits[-1], 1 if text[digits[-1]] != "9" else -1) if digits else text


def _stepped(text: str, at: int, step: int) -> str:
    return f"{text[:at]}{(int(text[at]) + step) % 10}{text[at + 1 :]}"


def _digits_exchanged(text: str) -> str:
    """Two digits side by side in the other order; none comes to begin with 0."""
    pairs = [(one, two) for one, two in pairwise(_digits(text)) if text[one] != text[two]]
    pairs = [(one, two) for one, two in pairs if text[two] != "0" or one]
    return _swapped(text, *pairs[0]) if pairs else text


def _digits(text: str) -> list[int]:
    return [at for at, sign in enumerate(text) if sign.isdigit()]


def _swapped(text: str, one: int, two: int) -> str:
    return text[:one] + text[two] + text[one + 1 : two] + text[one] + text[two + 1 :]


def _times(text: str, factor: int) -> str:
    return f"{Decimal(text.replace(',', '')) * factor:,.2f}"


def _other_character(text: str) -> str:
    at = len(text) // 2
    return f"{text[:at]}{'门' if text[at] != '门' else '们'}{text[at + 1 :]}"


_CHANGES: Mapping[str, Callable[[str], str]] = {
    "digit": _other_digit,
    "last": _other_last_digit,
    "swap": _digits_exchanged,
    "tenfold": lambda text: _times(text, 10),
    "wan": lambda text: _times(text, 10_000),
    "less": lambda text: str(int(text) - 1),
    "later": lambda text: str(int(text) + 3),
    "yuan": lambda _: "元",
    "level": lambda text: {"部门": "单位", "单位": "部门"}[text],
    "opposite": lambda text: re.sub("|".join(_OPPOSITE), lambda word: _OPPOSITE[word[0]], text),
    "character": _other_character,
    **dict.fromkeys(("drop", "line", "repeat", "section"), lambda _: ""),
}


def _text(document: Document, place: Place) -> str:
    block = document.blocks[place.block]
    return block.text if isinstance(block, Line) else block.cells[cast(int, place.cell)].text


def _table(document: Document, place: Place) -> Table:
    return cast(Table, document.blocks[place.block])


def _with(document: Document, place: Place, words: str) -> Document:
    """The document with other words at a place."""
    text = _text(document, place)
    text = text[: place.start] + words + text[place.end :]
    block = document.blocks[place.block]
    if isinstance(block, Line):
        new: Line | Table = replace(block, text=text)
    else:
        cells = list(block.cells)
        cells[cast(int, place.cell)] = replace(cells[cast(int, place.cell)], text=text)
        new = replace(block, cells=tuple(cells))
    return replace(document, blocks=(*document.blocks[: place.block], new, *document.blocks[place.block + 1 :]))


def _blank_beside(document: Document, place: Place) -> Place | None:
    """The blank cell to the right of a cell, in its row."""
    if place.cell is None:
        return None
    cells = _table(document, place).cells
    here = cells[place.cell]
    found = [at for at, cell in enumerate(cells) if (cell.row, cell.column) == (here.row, here.column + 1)]
    return Place(place.block, found[0], 0, 0) if found and not cells[found[0]].text.strip() else None


def _after(blocks: Sequence[Line | Table], start: int) -> Iterator[tuple[int, str]]:
    """The lines after a block, with where they stand."""
    yield from ((at, one.text) for at, one in enumerate(blocks) if at > start and isinstance(one, Line))


def _suits(document: Document, block: int, text: str, where: Where) -> bool:
    in_table = isinstance(document.blocks[block], Table) or not _SENTENCE.search(text)
    return where == "any" or in_table == (where == "cell")


def _row_changed(block: Line | Table, place: Place, what: str) -> Blocks:
    """A line or a row of a table left out, or printed twice."""
    if isinstance(block, Line):
        return [] if what == "line" else [block, block]
    row = block.cells[cast(int, place.cell)].row
    if what == "line":
        kept = [replace(one, row=one.row - (one.row > row)) for one in block.cells if one.row != row]
    else:
        again = [replace(one, row=row + 1) for one in block.cells if one.row == row]
        kept = sorted(
            [*(replace(one, row=one.row + (one.row > row)) for one in block.cells), *again],
            key=lambda one: (one.row, one.column),
        )
    return [replace(block, cells=tuple(kept))]
