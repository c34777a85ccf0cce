"""Numbers of sections and tables that follow one another, and those among them that cannot be right."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

_FEW = 3  # numbers that have no order to be kept


def slips(numbers: Sequence[int]) -> list[int]:
    """The places of numbers that do not follow the one before: `六 二 八`, or the second of two alike (`七 八 八`).

    A number left out (`三 五`) is none, nor is one that begins anew (`三 一 二`), nor one that goes on after a list
    within the list (`一 二 一 二 三 三`).
    """
    found = set()
    for at, (one, two) in enumerate(pairwise(numbers), start=1):
        between = at + 1 < len(numbers) and one + 2 == numbers[at + 1]
        if (between and two != one + 1) or (one == two > 1 and _runs_on(numbers[:at])):
            found.add(at)
    return sorted(found)


def out_of_order(numbers: Sequence[int]) -> list[int]:
    """The fewest places without which the numbers rise; none where these are half of them, or the numbers too few."""
    best: list[list[int]] = []
    for place, number in enumerate(numbers):
        at = bisect_left([numbers[run[-1]] for run in best], number)
        best[at : at + 1] = [[*(best[at - 1] if at else []), place]]
    kept = best[-1] if best else []
    moved = [place for place in range(len(numbers)) if place not in kept]
    return moved if len(numbers) > _FEW and 2 * len(moved) < len(numbers) else []


def _runs_on(numbers: Sequence[int]) -> bool:
    """Whether the last number follows the one before, in no list within a list that its next number goes on with."""
    start = len(numbers) - 1
    while start and numbers[start - 1] + 1 == numbers[start]:
        start -= 1
    within = start > 0 and numbers[start] == 1 and numbers[start - 1] == numbers[-1] - 1
    return len(numbers) - start > 1 and not within
