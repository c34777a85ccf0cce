"""What the audit notices of typical errors put into documents, one at a time: `python -m bench.mutations FILE…`.

Every kind of error (`mutations.toml`) is put wherever the document has a place for it, or at places evenly chosen among
them; the document is read, built and audited anew in memory. What is new among the signals is what the error raised: at
the place of the error or where the same figure is printed, or elsewhere.
"""

import argparse
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, cast

from rich.console import Console
from rich.table import Table as Printed

from extract.document import Cell, Document, Line, Table
from extract.readers import read
from extract.recognition import facts
from kg.build import build
from kg.store import MEMORY, open_store
from queries.auditing.audit import audit
from queries.auditing.signal import Audit, Signal

_OPPOSITE = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "降低": "增长"}
_SENTENCE = re.compile(r"[万亿]元|。|[，；：](?=.*[\u4e00-\u9fff])|%|％")
_AROUND = 18  # characters either side, to tell where an error was put
_console = Console(width=150)

Where = Literal["cell", "sentence", "any"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error: where it is put, what is done there; `harmless` is what rounding explains.

    `until` begins what stands after a section or table that is left out whole.
    """

    name: str
    label: str
    where: Where
    place: re.Pattern[str]
    what: str
    until: re.Pattern[str] | None = None
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where an error can be put: the block, the cell within it (None for a line), the characters."""

    block: int
    cell: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Trial:
    """One error: what was printed and what is printed now, the new signals there and elsewhere, those that are gone.

    `stated_elsewhere` tells whether what was changed is printed in other places, too.
    """

    kind: Kind
    file: str
    was: str
    now: str
    around: str
    raised: tuple[Signal, ...]
    elsewhere: tuple[Signal, ...]
    gone: int
    stated_elsewhere: bool


def kinds() -> list[Kind]:
    """The kinds of errors in the order of their file."""
    told: dict[str, Any] = tomllib.loads(files("bench").joinpath("mutations.toml").read_text("utf-8"))
    return [
        Kind(
            name, one["label"], one["where"], re.compile(one["place"]), one["what"],
            re.compile(one["until"]) if "until" in one else None, one.get("harmless", False),
        )
        for name, one in told.items()
    ]  # fmt: skip


def places(document: Document, kind: Kind) -> list[Place]:
    """All places of a document where an error of the kind can be put, in printed order."""
    return [
        Place(block, cell, *found.span("x"))
        for block, cell, text in _texts(document)
        if _suits(document, block, text, kind.where)
        for found in kind.place.finditer(text)
        if changed(found["x"], kind.what) != found["x"]
    ]


def mutated(document: Document, place: Place, kind: Kind) -> Document:
    """The document with one error."""
    blocks = list(document.blocks)
    if kind.until is not None:
        end = next((at for at, text in _after(blocks, place.block) if kind.until.search(text)), len(blocks))
        return replace(document, blocks=(*blocks[: place.block], *blocks[end:]))
    blocks[place.block : place.block + 1] = _with_error(blocks[place.block], place, kind)
    return replace(document, blocks=tuple(blocks))


def changed(text: str, what: str) -> str:
    """What is printed instead of the text; the text itself where nothing can be done with it."""
    digits = [at for at, sign in enumerate(text) if sign.isdigit()]
    if what in ("digit", "last") and digits:
        at = digits[-1] if what == "last" else digits[len(digits) // 2 - (len(digits) > 3)]
        step = (1 if text[at] != "9" else -1) if what == "last" else 3
        return f"{text[:at]}{(int(text[at]) + step) % 10}{text[at + 1 :]}"
    if what == "swap":
        pairs = [(one, two) for one, two in pairwise(digits) if text[one] != text[two]]
        pairs = [(one, two) for one, two in pairs if text[two] != "0" or one]
        return _swapped(text, *pairs[0]) if pairs else text
    if what in ("tenfold", "wan"):
        return _times(text, 10 if what == "tenfold" else 10_000)
    if what in ("less", "later"):
        return str(int(text) - 1 if what == "less" else int(text) + 3)
    if what == "yuan":
        return "元"
    if what == "level":
        return {"部门": "单位", "单位": "部门"}[text]
    if what == "opposite":
        return re.sub("|".join(_OPPOSITE), lambda word: _OPPOSITE[word[0]], text)
    if what == "character":
        at = len(text) // 2
        return f"{text[:at]}{'门' if text[at] != '门' else '们'}{text[at + 1 :]}"
    return "" if what in ("drop", "line", "section") else text


def trials(document: Document, most: int, only: Sequence[str] = ()) -> Iterator[Trial]:
    """The trials of a document, at most so many of each kind, evenly chosen."""
    before = signals(document)
    whole = "".join(re.sub(r"\s", "", text) for _, _, text in _texts(document))
    for kind in kinds():
        found = places(document, kind) if not only or kind.name in only else []
        for index in range(min(most, len(found))):
            yield _trial(document, before, whole, found[index * len(found) // min(most, len(found))], kind)


def _trial(document: Document, before: dict[tuple[str, str], Signal], whole: str, place: Place, kind: Kind) -> Trial:
    after = signals(mutated(document, place, kind))
    new = [signal for key, signal in after.items() if key not in before]
    text = next(text for block, cell, text in _texts(document) if (block, cell) == (place.block, place.cell))
    was = text[place.start : place.end]
    now = re.sub(r"\s", "", _put(text, place, kind)[max(0, place.start - 2) : place.end + 2])
    whole_line = kind.what in ("line", "section")
    here = [one for one in new if whole_line or now in one.zh or _touches(one, document, place, was)]
    return Trial(
        kind, document.file, was, changed(was, kind.what),
        text[max(0, place.start - _AROUND) : place.end + _AROUND].replace("\n", " "),
        tuple(here), tuple(signal for signal in new if signal not in here),
        sum(key not in after for key in before), whole.count(re.sub(r"\s", "", was)) > 1,
    )  # fmt: skip


def _texts(document: Document) -> Iterator[tuple[int, int | None, str]]:
    for index, block in enumerate(document.blocks):
        if isinstance(block, Line):
            yield index, None, block.text
        else:
            yield from ((index, at, cell.text) for at, cell in enumerate(block.cells))


def _after(blocks: Sequence[Line | Table], start: int) -> Iterator[tuple[int, str]]:
    """The lines after a block, with where they stand."""
    yield from ((at, one.text) for at, one in enumerate(blocks) if at > start and isinstance(one, Line))


def _suits(document: Document, block: int, text: str, where: Where) -> bool:
    in_table = isinstance(document.blocks[block], Table) or not _SENTENCE.search(text)
    return where == "any" or in_table == (where == "cell")


def _with_error(block: Line | Table, place: Place, kind: Kind) -> list[Line | Table]:
    if isinstance(block, Line):
        text = (
            block.text[: place.start]
            + changed(block.text[place.start : place.end], kind.what)
            + block.text[place.end :]
        )
        return [] if kind.what == "line" else [replace(block, text=text)]
    cells = list(block.cells)
    cell = cells[cast(int, place.cell)]
    if kind.what == "line":
        kept = [one for one in cells if one.row != cell.row]
        return [replace(block, cells=tuple(replace(one, row=one.row - (one.row > cell.row)) for one in kept))]
    cells[cast(int, place.cell)] = replace(cell, text=_put(cell.text, place, kind))
    return [replace(block, cells=tuple(cells))]


def _put(text: str, place: Place, kind: Kind) -> str:
    return text[: place.start] + changed(text[place.start : place.end], kind.what) + text[place.end :]


def _touches(signal: Signal, document: Document, place: Place, was: str) -> bool:
    """Whether a signal speaks of the line of the error, of its page or the next, or of what was there."""
    spot = _spot(document, place)
    at = [*signal.left.places, *signal.right.places]
    in_line = spot.line is not None and any(_near(one.line, spot.line, one.words) for one in at)
    on_page = spot.page is not None and any(abs((one.page or 0) - spot.page) <= 1 for one in at)
    return in_line or on_page or was.replace(",", "") in signal.zh.replace(",", "")


def _near(line: int | None, spot: int, words: str) -> bool:
    return line is not None and line - 1 <= spot <= line + 1 + words.count("\n")


def _spot(document: Document, place: Place) -> Line | Cell:
    block = document.blocks[place.block]
    return block if isinstance(block, Line) else block.cells[cast(int, place.cell)]


def signals(document: Document) -> dict[tuple[str, str], Signal]:
    """The signals of a document alone, by rule and Chinese sentence."""
    return {(signal.rule, signal.zh): signal for signal in audited(document).signals}


def audited(document: Document) -> Audit:
    """The audit of a document alone: it is read, built and audited in memory."""
    store = open_store(MEMORY)
    build([(document.sha256, list(facts(document)))], store)
    return audit(store)


def _swapped(text: str, one: int, two: int) -> str:
    return text[:one] + text[two] + text[one + 1 : two] + text[one] + text[two + 1 :]


def _times(text: str, factor: int) -> str:
    value = round(float(text.replace(",", "")) * 100) * factor
    return f"{value // 100:,}.{value % 100:02d}"


def table(found: Sequence[Trial]) -> Printed:
    """For each kind: how many were put in, noticed, noticed of those stated elsewhere, and what else was raised."""
    printed = Printed(*("", "put in", "noticed", "%", "stated elsewhere", "noticed", "errors", "elsewhere", "gone"))
    for kind in kinds():
        some = [one for one in found if one.kind == kind]
        told = [one for one in some if one.stated_elsewhere]
        if some:
            seen, known = sum(map(_noticed, some)), sum(map(_noticed, told))
            errors = sum(any(signal.severity == "error" for signal in one.raised + one.elsewhere) for one in some)
            printed.add_row(
                ("rounding: " if kind.harmless else "") + kind.label, str(len(some)), str(seen),
                f"{100 * seen / len(some):.0f}", str(len(told)), str(known), str(errors),
                str(sum(len(one.elsewhere) for one in some)), str(sum(one.gone for one in some)),
            )  # fmt: skip
    return printed


def _noticed(one: Trial) -> bool:
    return any(signal.kind != "rounding" for signal in one.raised)


def main() -> None:
    """Print the table, and with `--missed` each error that raised nothing and what was raised elsewhere."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutations", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, help="disclosures, PDF or text")
    parser.add_argument("--most", type=int, default=4, help="of each kind in each document (default: 4)")
    parser.add_argument("--only", nargs="*", default=[], help="kinds of errors, by their names in mutations.toml")
    parser.add_argument("--missed", action="store_true", help="list what was not noticed and what was raised elsewhere")
    arguments = parser.parse_args()
    found: list[Trial] = []
    for path in arguments.files:
        for one in trials(read(path), arguments.most, arguments.only):
            found.append(one)
            if arguments.missed:
                _tell(one)
    _console.print(table(found))


def _tell(one: Trial) -> None:
    errors = [signal for signal in one.raised + one.elsewhere if signal.severity == "error"]
    if one.kind.harmless and errors:
        print("harmless, but", *_told(one), *(f"{signal.rule} {signal.zh}" for signal in errors))
    elif not one.kind.harmless and not _noticed(one):
        print("MISSED" if one.stated_elsewhere else "missed", *_told(one))
    for signal in one.elsewhere:
        print("elsewhere", *_told(one), signal.rule, signal.zh)


def _told(one: Trial) -> tuple[str, ...]:
    return one.file[:9], one.kind.name, f"{one.was} → {one.now or '-'} in:", one.around


if __name__ == "__main__":
    main()
