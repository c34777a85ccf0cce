"""What the audit notices of typical errors put into documents, one at a time: `python -m bench.mutations FILE…`.

Every kind of error (`mutations.toml`) is put wherever the document has a place for it, or at places evenly chosen among
them; the document is read, built and audited anew in memory. What is new among the signals is what the error raised: at
the place of the error or where the same figure is printed, or elsewhere.
"""

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.table import Table as Printed

from bench.errors import Kind, Place, kinds, mutated, places, texts
from extract.document import Cell, Document, Line
from extract.readers import read
from extract.recognition import facts
from kg.build import build
from kg.store import MEMORY, open_store
from ontology.money import amount, is_amount
from queries.auditing.audit import audit
from queries.auditing.signal import Audit, Signal
from queries.auditing.suspects import suspects

_AROUND = 18  # characters either side, to tell where an error was put
_console = Console(width=150)


@dataclass(frozen=True, slots=True)
class Trial:
    """One error: what was printed and what is printed now, the new signals there and elsewhere, those that are gone.

    `stated_elsewhere` tells whether what was changed is printed in other places, too. `named` and `misnamed` are how
    many figures the audit names as probably misprinted that are the one that was changed, and that are another.
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
    named: int
    misnamed: int


def trials(document: Document, most: int, only: Sequence[str] = ()) -> Iterator[Trial]:
    """The trials of a document, at most so many of each kind, evenly chosen."""
    before = signals(document)
    whole = "".join(re.sub(r"\s", "", text) for _, _, text in texts(document))
    for kind in kinds():
        found = places(document, kind) if not only or kind.name in only else []
        for index in range(min(most, len(found))):
            yield _trial(document, before, whole, found[index * len(found) // min(most, len(found))], kind)


def _trial(document: Document, before: dict[tuple[str, str], Signal], whole: str, place: Place, kind: Kind) -> Trial:
    other = mutated(document, place, kind)
    after = signals(other)
    new = [signal for key, signal in after.items() if key not in before]
    text = next(text for block, cell, text in texts(document) if (block, cell) == (place.block, place.cell))
    was = text[place.start : place.end]
    whole_line = kind.what in ("line", "repeat", "section")
    now = "" if whole_line else _now(other, place)
    near = re.sub(r"\s", "", text[max(0, place.start - 2) : place.start] + now)
    here = [one for one in new if whole_line or (now and near in one.zh) or _touches(one, document, place, was)]
    fresh = _suspected(after.values()) - _suspected(before.values())
    named = sum(_decimal(was) == implied for _, implied in fresh)
    return Trial(
        kind, document.file, was, now,
        text[max(0, place.start - _AROUND) : place.end + _AROUND].replace("\n", " "),
        tuple(here), tuple(signal for signal in new if signal not in here),
        sum(key not in after for key in before), whole.count(re.sub(r"\s", "", was)) > 1,
        named, len(fresh) - named,
    )  # fmt: skip


def _suspected(signals: Iterable[Signal]) -> set[tuple[str, Decimal]]:
    """The places of the figures that are probably misprinted, and what they should be."""
    return {(one.place.iri, one.implied) for one in suspects(signals)}


def _decimal(printed: str) -> Decimal | None:
    return amount(printed) if is_amount(printed) else None


def _now(document: Document, place: Place) -> str:
    """What is printed at a place after the error was put there, to the end of its clause."""
    text = next(text for block, cell, text in texts(document) if (block, cell) == (place.block, place.cell))
    return re.split(r"[，。；\s]", text[place.start :] + "。")[0]


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


def table(found: Sequence[Trial]) -> Printed:
    """For each kind: how many were put in, noticed, noticed of those stated elsewhere, what else was raised, and how
    often the audit named the very figure, or another one, as probably misprinted."""
    printed = Printed(
        *(
            "",
            "put in",
            "noticed",
            "%",
            "stated elsewhere",
            "noticed",
            "errors",
            "elsewhere",
            "gone",
            "named",
            "misnamed",
        )
    )
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
                str(sum(one.named > 0 for one in some)), str(sum(one.misnamed for one in some)),
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
        print("MISSED" if one.stated_elsewhere else "missed", *_told(one), flush=True)
    for signal in one.elsewhere:
        print("elsewhere", *_told(one), signal.rule, signal.zh)


def _told(one: Trial) -> tuple[str, ...]:
    return one.file[:9], one.kind.name, f"{one.was} → {one.now or '-'} in:", one.around


if __name__ == "__main__":
    main()
