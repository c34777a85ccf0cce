"""Administrative divisions to county level: codes, names, which lies in which.

Codes are the statistical ones (nearly GB/T 2260); `000000` stands for the central government, our own convention.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LEVELS = ("central", "province", "prefecture", "county")
_PARTY = ("中国共产党", "中共")  # its committees are bodies of their divisions: 中共江苏省委办公厅


@dataclass(frozen=True, slots=True)
class Division:
    """A division: six-digit code, official name, code of the division above (empty for the central government)."""

    code: str
    name: str
    parent: str

    @property
    def level(self) -> str:
        """One of LEVELS, read off the code: NN0000 province, NNNN00 prefecture, else county."""
        if self.code == "000000":
            return "central"
        return "province" if self.code.endswith("0000") else "prefecture" if self.code.endswith("00") else "county"


@cache
def divisions() -> dict[str, Division]:
    """All divisions by code."""
    with files("ontology").joinpath("data/divisions.csv").open(encoding="utf-8") as file:
        return {row["code"]: Division(**row) for row in csv.DictReader(file)}


@cache
def _by_name() -> dict[str, tuple[Division, ...]]:
    found: dict[str, tuple[Division, ...]] = {}
    for division in divisions().values():
        found[division.name] = (*found.get(division.name, ()), division)
    return found


def division_of(body: str) -> tuple[Division, str] | None:
    """The division whose name a body's name begins with, and the rest (`奇台县财政局` → 奇台县, `财政局`).

    A chain of divisions (上海市普陀区…) gives the innermost; 中共 before it is passed over. None where no name fits, or
    one name fits several divisions and nothing before it tells which.
    """
    found: Division | None = None
    rest = next((body.removeprefix(party) for party in _PARTY if body.startswith(party)), body)
    while True:
        matches = [(name, rest[len(name) :]) for name in _prefixes(rest)]
        candidates = [
            (division, after)
            for name, after in matches
            for division in _by_name()[name]
            if found is None or _lies_in(division, found)
        ]
        if len(candidates) != 1:
            return (found, rest) if found else None
        found, rest = candidates[0]


def parent_of(division: Division) -> Division | None:
    """The division above, None for the central government."""
    return divisions().get(division.parent)


def _prefixes(text: str) -> list[str]:
    longest = [text[:size] for size in range(min(len(text), 16), 1, -1) if text[:size] in _by_name()]
    return longest[:1]


def _lies_in(division: Division, outer: Division) -> bool:
    above = parent_of(division)
    while above is not None:
        if above == outer:
            return True
        above = parent_of(above)
    return False
