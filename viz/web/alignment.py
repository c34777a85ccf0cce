"""Two lists of things beside each other: the same, renamed, perhaps renamed, new, gone."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from viz.web.dossier import Money

State = Literal["both", "renamed", "similar", "new", "gone"]


@dataclass(frozen=True, slots=True)
class Item:
    """A thing on one side: its name, its page, its values as printed, and the nodes that say them.

    Amounts of different measures (budgeted, carried over) are not compared.
    """

    name: str
    iri: str | None
    values: tuple[Money | str, ...]
    nodes: tuple[str, ...]
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Bond:
    """What ties a thing of the left to one of the right: a link of the graph with its grade, reason and node."""

    grade: str
    why: str
    node: str


@dataclass(frozen=True, slots=True)
class Line:
    """A thing on the left, on the right or on both, what became of it, and the link that says so."""

    left: Item | None
    right: Item | None
    state: State
    bond: Bond | None = None


Items = Mapping[str, Item]
Bonds = Mapping[tuple[str, str], Bond]


def aligned(left: Items, right: Items, bonds: Bonds, alike: Callable[[str], str] | None = None) -> list[Line]:
    """What both sides have in one line, in the order of the keys; only on the right is new, only on the left gone.

    Things of different keys meet where the graph links them (`bonds`, by the IRIs of left and right), or where `alike`
    folds their names to the same and exactly one on each side is so called: these are similar, never the same.
    """
    pairs = {key: key for key in left if key in right}
    pairs |= _linked(left, right, bonds, pairs)
    links = {
        (one, other): bonds[ends] for one, other in pairs.items() if (ends := _ends(left, right, one, other)) in bonds
    }
    similar = _similar(left, right, pairs, alike) if alike else {}
    lines = {
        other: _line(left[one], right[other], one == other, links.get((one, other))) for one, other in pairs.items()
    }
    lines |= {other: Line(left[one], right[other], "similar") for one, other in similar.items()}
    lines |= {key: Line(None, right[key], "new") for key in right if key not in lines}
    gone = {key: Line(left[key], None, "gone") for key in left if key not in pairs and key not in similar}
    return [line for _, line in sorted([*lines.items(), *gone.items()], key=lambda pair: pair[0])]


def change(line: Line) -> Decimal | None:
    """Right less left in yuan; None where a side has no amount or one of another measure.

    Several amounts of a side are the lines of one table.
    """
    before, after = (_sum(side) for side in (line.left, line.right))
    measures = {side.measure for side in (line.left, line.right) if side}
    return None if before is None or after is None or len(measures) > 1 else after - before


def percent(line: Line) -> Decimal | None:
    """The change in per cent of the left, to one digit; None where there is none to tell."""
    difference, before = change(line), _sum(line.left)
    return None if difference is None or not before else (difference / before * 100).quantize(Decimal("0.1"))


def _sum(side: Item | None) -> Decimal | None:
    amounts = [value.amount for value in side.values if isinstance(value, Money)] if side else []
    return sum(amounts, Decimal(0)) if amounts else None


def _line(left: Item, right: Item, same: bool, bond: Bond | None) -> Line:
    if same:
        return Line(left, right, "both", bond)
    return Line(left, right, "renamed" if bond and bond.grade != "candidate" else "similar", bond)


def _ends(left: Items, right: Items, one: str, other: str) -> tuple[str, str]:
    return str(left[one].iri), str(right[other].iri)


def _linked(left: Items, right: Items, bonds: Bonds, pairs: Mapping[str, str]) -> dict[str, str]:
    """Keys that a link ties, each side once, those of links that are no candidates first."""
    at_left = {item.iri: key for key, item in left.items() if key not in pairs}
    at_right = {item.iri: key for key, item in right.items() if key not in pairs}
    found: dict[str, str] = {}
    for (old, new), _ in sorted(bonds.items(), key=lambda entry: (entry[1].grade == "candidate", entry[0])):
        one, other = at_left.get(old), at_right.get(new)
        if one and other and one not in found and other not in found.values():
            found[one] = other
    return found


def _similar(left: Items, right: Items, pairs: Mapping[str, str], alike: Callable[[str], str]) -> dict[str, str]:
    """Keys whose names fold to the same where exactly one on each side does."""
    single_left, single_right = _single(left, set(pairs), alike), _single(right, set(pairs.values()), alike)
    return {key: single_right[folded] for folded, key in single_left.items() if folded in single_right}


def _single(side: Items, taken: set[str], alike: Callable[[str], str]) -> dict[str, str]:
    folded = {key: alike(item.name) for key, item in side.items() if key not in taken}
    often = Counter(folded.values())
    return dict(_inverted(folded, often))


def _inverted(folded: Mapping[str, str], often: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for key, name in folded.items():
        if name and often[name] == 1:
            yield name, key
