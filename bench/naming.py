"""What the audit notices of errors put into names, one at a time: `python -m bench.naming FILE…`.

A disclosure prints its names in many places that have to agree (`bench/names.py`). At one of them a realistic error is
put (`naming.toml`), so that the disclosure contradicts itself in print; it is then read, built and audited anew in
memory. It is found where a new signal names the place, the wrong name or the right one. `FILE+FILE` is one disclosure
in two files. The errors are spread evenly over roles, places and kinds; the seed says which of them are tried.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table as Printed

from bench.name_errors import misprint, settings
from bench.names import Print, Spot, printed_names
from extract.document import Document, Line
from extract.readers import read
from extract.recognition import facts
from kg.build import build
from kg.names import fold
from kg.places import Evidence
from kg.store import MEMORY, open_store
from ontology.facts import Fact
from queries.auditing.audit import audit
from queries.auditing.signal import Signal

_NEAR = 4  # characters either side of the error by which a signal names it
_console = Console(width=150)

Cell = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Planted:
    """One error: characters `start` to `end` of a file's print become `wrong`. `kind` is one of `naming.toml`."""

    disclosure: int
    spot: Spot
    kind: str
    start: int
    end: int
    wrong: str

    @property
    def cell(self) -> Cell:
        return self.spot.name.role, self.spot.part, self.kind


@dataclass(frozen=True, slots=True)
class Result:
    """What an error raised: new signals that name it, and others."""

    planted: Planted
    was: str
    now: str
    found: tuple[Signal, ...]
    elsewhere: tuple[Signal, ...]


@dataclass(frozen=True)
class Disclosure:
    """The files of a disclosure as printed, the facts of each and the signals of all."""

    prints: tuple[Print, ...]
    held: tuple[tuple[Fact, ...], ...]
    before: Mapping[tuple[str, str], Signal]


def disclosure(paths: Sequence[Path]) -> Disclosure:
    """A disclosure read from its files."""
    prints = tuple(Print(read(path)) for path in paths)
    held = tuple(tuple(facts(one.document)) for one in prints)
    return Disclosure(prints, held, _signals([one.document for one in prints], held))


def candidates(number: int, one: Disclosure) -> Iterator[Planted]:
    """Every error that can be put into a disclosure: one of each kind at each place of each name."""
    spots = printed_names(one.prints)
    names = sorted({spot.name for spot in spots}, key=lambda name: (name.role, name.code, name.text))
    for spot in spots:
        for kind in settings()["roles"][spot.name.role]:
            if kind in _undecidable(spot):
                continue
            choice = random.Random(f"{number} {spot.file} {spot.start} {kind}")
            found = misprint(one.prints[spot.file].text, spot, kind, names, choice)
            if found and found[2] != one.prints[spot.file].text[found[0] : found[1]]:
                yield Planted(number, spot, kind, *found)


def _undecidable(spot: Spot) -> list[str]:
    """The kinds of errors that nothing in print would contradict at a place."""
    told = settings()["undecidable"].get(spot.name.role, {})
    return [*told.get("*", ()), *told.get(spot.part, ())]


def sample(held: Sequence[Planted], most: int, seed: int) -> list[Planted]:
    """So many of the errors, spread evenly over roles, places and kinds, and over the disclosures within each."""
    choice = random.Random(seed)
    cells: dict[Cell, list[Planted]] = {}
    for one in choice.sample(list(held), len(held)):
        cells.setdefault(one.cell, []).append(one)
    for some in cells.values():
        turn: Counter[int] = Counter()
        ranked = [(turn.update([one.disclosure]) or turn[one.disclosure], at, one) for at, one in enumerate(some)]
        some[:] = [one for _, _, one in sorted(ranked, key=lambda ranked_one: ranked_one[:2])]
    rounds = (
        some[at] for at in range(max(map(len, cells.values()), default=0)) for some in cells.values() if at < len(some)
    )
    chosen = [one for one, _ in zip(rounds, range(most), strict=False)]
    return sorted(chosen, key=lambda one: (one.disclosure, one.spot.file, one.start, one.kind))


def tried(planted: Planted, one: Disclosure) -> Result:
    """What an error raises."""
    file = planted.spot.file
    printed = one.prints[file]
    other = misprinted(printed, planted.start, planted.end, planted.wrong)
    held = [tuple(facts(other)) if at == file else some for at, some in enumerate(one.held)]
    documents = [other if at == file else some.document for at, some in enumerate(one.prints)]
    new = [signal for key, signal in _signals(documents, held).items() if key not in one.before]
    new = [signal for signal in new if signal.kind != "rounding"]
    start, end = min(planted.spot.start, planted.start), planted.spot.end
    now = printed.text[start : planted.start] + f"[{planted.wrong}]" + printed.text[planted.end : end]
    found = [signal for signal in new if _names(signal, planted, printed)]
    return Result(
        planted, printed.text[planted.start : planted.end], now, tuple(found),
        tuple(signal for signal in new if signal not in found),
    )  # fmt: skip


def misprinted(printed: Print, start: int, end: int, wrong: str) -> Document:
    """The document with other words printed instead of its characters from `start` to `end`, white space left out."""
    blocks = list(printed.document.blocks)
    for at, (block, cell, offset) in reversed(list(enumerate(printed.origin[start:end]))):
        sign = wrong if at == 0 else ""
        held = blocks[block]
        if isinstance(held, Line):
            blocks[block] = replace(held, text=held.text[:offset] + sign + held.text[offset + 1 :])
        elif cell is not None:
            cells = list(held.cells)
            text = cells[cell].text
            cells[cell] = replace(cells[cell], text=text[:offset] + sign + text[offset + 1 :])
            blocks[block] = replace(held, cells=tuple(cells))
    return replace(printed.document, blocks=tuple(blocks))


def _signals(documents: Sequence[Document], held: Sequence[Sequence[Fact]]) -> dict[tuple[str, str], Signal]:
    store = open_store(MEMORY)
    build([(one.sha256, list(some)) for one, some in zip(documents, held, strict=True)], store)
    return {(signal.rule, signal.zh): signal for signal in audit(store).signals}


def _names(signal: Signal, planted: Planted, printed: Print) -> bool:
    """Whether a signal speaks of the error: in its words, in those of its places, or at its very line."""
    wrong = fold(_wrong_words(planted, printed.text))
    at = [*signal.left.places, *signal.right.places]
    said = fold(signal.zh)
    if wrong in said or any(wrong in fold(one.words) for one in at) or fold(planted.spot.name.text) in said:
        return True
    lines = {line for (line,) in _lines(planted, printed)}
    return any(_in_lines(one, lines) for one in at)


def _wrong_words(planted: Planted, text: str) -> str:
    """What is printed wrongly: the code, a whole name, or the characters with some either side."""
    if planted.kind == "code" and planted.spot.code_at is not None:
        return text[planted.spot.code_at : planted.start] + planted.wrong
    if len(planted.wrong) >= _NEAR:
        return planted.wrong
    start, end = max(planted.spot.start, planted.start - _NEAR), min(planted.spot.end, planted.end + 2)
    return text[start : planted.start] + planted.wrong + text[planted.end : end]


def _lines(planted: Planted, printed: Print) -> Iterator[tuple[int]]:
    for block, _, _ in printed.origin[planted.start : max(planted.end, planted.start + 1)]:
        line = printed.document.blocks[block].line
        if line is not None:
            yield (line,)


def _in_lines(one: Evidence, lines: set[int]) -> bool:
    return one.line is not None and any(one.line <= line <= one.line + one.words.count("\n") for line in lines)


def table(found: Sequence[Result]) -> Printed:
    """Found and planted for each role and place, by kind of error."""
    kinds = list(dict.fromkeys(one.planted.kind for one in found))
    printed = Printed("role", "place", *kinds, "all")
    places = sorted({one.planted.cell[:2] for one in found})
    for role, part in [*places, ("", "")]:
        some = [one for one in found if not role or one.planted.cell[:2] == (role, part)]
        by_kind = [_share([one for one in some if one.planted.kind == kind]) for kind in kinds]
        printed.add_row(role or "all", part, *by_kind, _share(some))
    return printed


def _share(some: Sequence[Result]) -> str:
    return f"{sum(bool(one.found) for one in some)}/{len(some)}" if some else ""


def main() -> None:
    """Print the matrix, and with `--missed` each error that raised nothing."""
    parser = argparse.ArgumentParser(prog="python -m bench.naming", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", help="disclosures, PDF or text; FILE+FILE is one of two files")
    parser.add_argument("--most", type=int, default=300, help="errors in all (default: 300)")
    parser.add_argument("--seed", type=int, default=1, help="which of them (default: 1)")
    parser.add_argument("--roles", nargs="*", default=[], help="roles of names, as in naming.toml")
    parser.add_argument("--kinds", nargs="*", default=[], help="kinds of errors, as in naming.toml")
    parser.add_argument("--missed", action="store_true", help="list what was not found, and what was raised elsewhere")
    arguments = parser.parse_args()
    held = [disclosure([Path(path) for path in one.split("+")]) for one in arguments.files]
    possible = [planted for number, one in enumerate(held) for planted in candidates(number, one)]
    wanted = [one for one in possible if _wanted(one, arguments.roles, arguments.kinds)]
    results = []
    for planted in sample(wanted, arguments.most, arguments.seed):
        results.append(tried(planted, held[planted.disclosure]))
        if arguments.missed:
            _tell(results[-1], held[planted.disclosure])
    _console.print(table(results))


def _wanted(one: Planted, roles: Sequence[str], kinds: Sequence[str]) -> bool:
    return (not roles or one.spot.name.role in roles) and (not kinds or one.kind in kinds)


def _tell(one: Result, where: Disclosure) -> None:
    file = where.prints[one.planted.spot.file].document.file
    told = " ".join(f"{signal.rule} {signal.zh}" for signal in one.found or one.elsewhere)
    print(
        "found" if one.found else "MISSED",
        file[:9],
        *one.planted.cell,
        f"{one.was} →",
        one.now,
        told,
        sep="\t",
        flush=True,
    )


if __name__ == "__main__":
    main()
