"""Whether the audit tells the same of a disclosure however it is laid out: `python -m bench.layouts FILE…`.

Each layout (`layouts.toml` and the rearrangements of `rearranged.py`) prints the same disclosure in another harmless
way. The signals must stay the same, none new, none lost, and as much must be held against each other. What differs is
listed.
"""

import argparse
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from importlib.resources import files
from pathlib import Path

from bench import rearranged
from bench.mutations import audited
from extract.document import Block, Cell, Document, Line
from extract.readers import read
from queries.auditing.signal import Signal

_DRESS = re.compile(r"[\s,，:：;；“”\"「」()（）\[\]]|(?<=[「“])\d+[.、]|金额单位|人民币")


@dataclass(frozen=True, slots=True)
class Layout:
    """Another way of printing: `laid_out` gives the same document where there is nothing to print otherwise."""

    name: str
    label: str
    laid_out: Callable[[Document], Document]


@dataclass(frozen=True, slots=True)
class Difference:
    """What the audit tells of a document laid out otherwise and not of the document, and the other way round.

    `fewer` are the rules that found both of their sides less often, with how often before and now.
    """

    file: str
    layout: Layout
    new: tuple[Signal, ...]
    lost: tuple[Signal, ...]
    fewer: tuple[str, ...]

    @property
    def none(self) -> bool:
        """Whether the audit tells the same and has held as much against each other."""
        return not (self.new or self.lost or self.fewer)


def layouts() -> list[Layout]:
    """All layouts, those of signs and words first."""
    told = tomllib.loads(files("bench").joinpath("layouts.toml").read_text("utf-8"))
    by_signs = [
        Layout(name, one["label"], partial(_reprinted, re.compile(one["printed"]), one["instead"], one["where"]))
        for name, one in told.items()
    ]
    return [
        *by_signs,
        Layout("tables_reversed", "the tables in the opposite order", rearranged.tables_reversed),
        Layout("tables_rotated", "the first table last", rearranged.tables_rotated),
        Layout("tables_cut", "tables cut at page ends, headings repeated, 续表 over the rest", rearranged.tables_cut),
        Layout("total_last", "the total under the rows instead of over them", rearranged.total_last),
        Layout("blank_rows", "a blank row between rows", rearranged.blank_rows),
        Layout("columns_swapped", "two headed columns in the other order", rearranged.columns_swapped),
        Layout("zeros_printed", "0.00 in blank cells", partial(rearranged.blanks_filled, "0.00")),
        Layout("dashes_printed", "a dash in blank cells", partial(rearranged.blanks_filled, "-")),
        Layout("in_yuan", "tables in 元 instead of 万元", rearranged.in_yuan),
        Layout("lines_broken", "sentences broken over lines", rearranged.lines_broken),
        Layout("page_numbers", "page numbers between the lines", rearranged.page_numbers),
    ]


def _reprinted(printed: re.Pattern[str], instead: str, where: str, document: Document) -> Document:
    def text(one: Line | Cell) -> str:
        return printed.sub(instead, one.text)

    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Line):
            blocks.append(replace(block, text=text(block)) if where != "cell" else block)
        else:
            cells = tuple(replace(cell, text=text(cell)) for cell in block.cells)
            blocks.append(replace(block, cells=cells) if where != "line" else block)
    return replace(document, blocks=tuple(blocks))


def together(names: Sequence[str]) -> Layout:
    """Several layouts, one after the other, as one."""
    some = [layout for layout in layouts() if layout.name in names]
    return Layout(
        "+".join(names),
        "; ".join(layout.label for layout in some),
        lambda document: reduce(lambda so_far, layout: layout.laid_out(so_far), some, document),
    )


def differences(document: Document, tried: Iterable[Layout]) -> Iterator[Difference]:
    """What the audit tells otherwise of each layout of a document that prints anything otherwise."""
    before, checks = _told(document)
    for layout in tried:
        other = layout.laid_out(document)
        if other == document:
            continue
        after, now = _told(other)
        yield Difference(
            document.file, layout,
            tuple(signal for key, signal in after.items() if key not in before),
            tuple(signal for key, signal in before.items() if key not in after),
            tuple(f"{rule} {count}→{now[rule]}" for rule, count in checks.items() if now[rule] < count),
        )  # fmt: skip


def _told(document: Document) -> tuple[dict[tuple[str, str], Signal], Counter[str]]:
    """The signals by rule and words, without what layouts change; how often each rule found both of its sides."""
    audit = audited(document)
    told = {(signal.rule, _plain(signal.zh)): signal for signal in audit.signals}
    return told, Counter({tally.rule: tally.checked for tally in audit.tallies})


def _plain(words: str) -> str:
    return _DRESS.sub("", unicodedata.normalize("NFKC", words)).replace(">=", "≥").replace("<=", "≤")


def main() -> None:
    """Print what each layout changes."""
    parser = argparse.ArgumentParser(prog="python -m bench.layouts", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, help="disclosures, PDF or text")
    parser.add_argument("--only", nargs="*", default=[], help="layouts by name")
    arguments = parser.parse_args()
    tried = [layout for layout in layouts() if not arguments.only or layout.name in arguments.only]
    for path in arguments.files:
        for one in differences(read(path), tried):
            told = f"{one.file[:14]} {one.layout.name}: {len(one.new)} new, {len(one.lost)} lost"
            print(told, *one.fewer, flush=True)
            for sign, some in (("+", one.new), ("-", one.lost)):
                for signal in some:
                    print("   ", sign, signal.rule, signal.severity[0], signal.zh[:170])


if __name__ == "__main__":
    main()
