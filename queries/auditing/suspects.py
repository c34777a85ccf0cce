"""Which printed figure is probably wrong: the one for which several comparisons independently give the same other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.places import Evidence, position
from ontology.money import amount, is_amount
from queries.auditing.rules import rules
from queries.auditing.signal import Side, Signal

_FEWEST = 2  # comparisons that agree on what a figure should be
_CENT = Decimal("0.01")
_EXACT = ("equal", "words")

_Figure = tuple[Evidence, Decimal]
_Meant = dict[Decimal, list[Signal]]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A printed figure that fits nowhere: `printed` at `place`, where all of `signals` would be silent for `implied`.

    Both are in `unit` (`万元`, `人`). A likelihood, not a verdict: the others may have been copied from one source.
    """

    place: Evidence
    printed: Decimal
    implied: Decimal
    unit: str
    signals: tuple[Signal, ...]


def suspects(signals: Iterable[Signal]) -> tuple[Suspect, ...]:
    """The figures that at least two comparisons want to be one and the same other figure, in the order of the document.

    Where another figure of one of these comparisons is wanted otherwise by as many, none is told.
    """
    meant: dict[_Figure, _Meant] = defaultdict(lambda: defaultdict(list))
    of: dict[int, set[_Figure]] = defaultdict(set)
    for one in signals:
        for figure, implied in _implied(one):
            meant[figure][implied].append(one)
            of[id(one)].add(figure)
    weight = {figure: max(_weight(figure, some) for some in by.values()) for figure, by in meant.items()}
    found: list[Suspect] = []
    for figure, by in meant.items():
        implied, some = max(by.items(), key=lambda item: (_weight(figure, item[1]), item[0]))
        rivals = {other for one in some for other in of[id(one)]} - {figure}
        if weight[figure] >= _FEWEST and all(weight[other] < weight[figure] for other in rivals):
            found.append(Suspect(figure[0], figure[1], implied, some[0].unit, tuple(some)))
    return tuple(sorted(found, key=lambda one: (position(one.place), one.printed)))


def numbers(one: Suspect, signals: Sequence[Signal]) -> list[int]:
    """Which of these signals are those of a suspect, counted from 1."""
    return [signals.index(signal) + 1 for signal in one.signals]


def _weight(figure: _Figure, some: Sequence[Signal]) -> int:
    """How many comparisons with different figures: one that is told twice counts once, and so does all that the text
    holds against a table, which may repeat one figure."""
    return len({_leg(figure[0], one) for one in some})


def _leg(suspect: Evidence, one: Signal) -> tuple[str, ...]:
    """What a comparison holds against a figure."""
    others = [place for side in (one.left, one.right) for place in side.places if place != suspect]
    if suspect.table and others and not any(place.table for place in others):
        return ("text",)
    return one.rule, *(place.iri for side in (one.left, one.right) for place in side.places)


def _implied(one: Signal) -> Iterator[tuple[_Figure, Decimal]]:
    """The figures of a comparison that is off, each with what it would have to be."""
    exact = one.unit and one.unit != "%" and one.kind != "rounding" and rules()[one.rule].compare in _EXACT
    if exact and one.gap and one.left.value is not None and one.right.value is not None:
        yield from _of_side(one.left, one.right.value, -one.gap)
        yield from _of_side(one.right, one.left.value, one.gap)


def _of_side(side: Side, other: Decimal, change: Decimal) -> Iterator[tuple[_Figure, Decimal]]:
    """A figure alone would be the other side; of several that add up, each would change by what is missing."""
    if len(side.places) == 1 and side.value is not None:
        yield (side.places[0], side.value.quantize(_CENT)), other.quantize(_CENT)
        return
    added = [(place, amount(place.words)) for place in side.places if is_amount(place.words)]
    if len(added) == len(side.places) and sum(value for _, value in added) == side.value:
        for place, value in added:
            yield (place, value.quantize(_CENT)), (value + change).quantize(_CENT)
