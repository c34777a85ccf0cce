"""The words of performance forms and their meaning, as forms/performance.toml has them."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import product

from ontology.text import key

_EXPLAINED = re.compile(r"([^()]+)\(([^()]+)\)")
_MARKUP = re.compile(r"</?p>|\*\*|<br/?>")


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that forms/performance.toml declares. Words are folded by `ontology.text.key`.

    `cells` are labels of forms in rules alone, the next three tell their list of tasks. `parents` maps a
    second-level name of project forms to its first-level name, `further_level2` are second-level names of other forms;
    `operators` and `bounds` map a printed word to one of `>= <= = > <`, longest word first. What
    `measures` end has its figure behind it. The last seven are of self-evaluations: the columns and the rows of their
    money, the row of the total and remarks below the indicators, the labels of score and rating, and the ratings.
    """

    head: tuple[tuple[str, re.Pattern[str]], ...]
    cells: tuple[tuple[str, re.Pattern[str]], ...]
    task_heading: re.Pattern[str]
    beside_task: re.Pattern[str]
    sum_of_tasks: re.Pattern[str]
    columns: tuple[tuple[str, re.Pattern[str]], ...]
    parents: dict[str, str]
    whole_level1: frozenset[str]
    further_level2: frozenset[str]
    beside: re.Pattern[str]
    page_numbers: re.Pattern[str]
    side_titles: frozenset[str]
    weights: frozenset[Decimal]
    operators: dict[str, str]
    bounds: dict[str, str]
    measures: tuple[str, ...]
    nothing: frozenset[str]
    broken_labels: tuple[str, ...]
    body: re.Pattern[str]
    of_person: re.Pattern[str]
    rules: frozenset[str]
    proofs: frozenset[str]
    bases: frozenset[str]
    units: frozenset[str]
    in_words: re.Pattern[str]
    measures_of_money: tuple[tuple[str, str, re.Pattern[str]], ...]
    lines_of_money: tuple[tuple[str, re.Pattern[str]], ...]
    total: re.Pattern[str]
    remark: re.Pattern[str]
    score: re.Pattern[str]
    rating: re.Pattern[str]
    ratings: re.Pattern[str]

    @property
    def level1(self) -> frozenset[str]:
        return self.whole_level1 | frozenset(self.parents.values())

    @property
    def level2(self) -> frozenset[str]:
        return frozenset(self.parents)


def head_field(printed: str) -> str | None:
    """The field that a label of the head announces (`其他资金：` → `other`), None where it is not a label."""
    return _field(terms().head, printed)


def cell_field(printed: str) -> str | None:
    """The field that a cell in the head of a form in rules announces, None where it is not a label."""
    return _field((*terms().cells, *terms().head), printed)


def column_field(printed: str) -> str | None:
    """The field of the column under this heading (`指标设定依据` → `basis`), None where it is not one.

    What explains a heading in brackets behind it is no part of it, unless it is a heading itself.
    """
    found = _field(terms().columns, printed)
    explained = None if found else _EXPLAINED.fullmatch(key(words(printed)))
    if explained is None or _field(terms().columns, explained[2]):
        return found
    return _field(terms().columns, explained[1])


def is_beside(printed: str) -> bool:
    """Whether a line over a form is known to say nothing of it: the year, 单位：万元."""
    return terms().beside.fullmatch(key(words(printed))) is not None


def is_page_number(printed: str) -> bool:
    """Whether a line is a page number beyond doubt (`- 9 -`); a bare number may be a weight."""
    return terms().page_numbers.fullmatch(key(words(printed))) is not None


def words(printed: str) -> str:
    """The printed text without white space and without the mark-up of converted texts (`<p>`, `**`)."""
    return "".join(_MARKUP.sub("", printed).split())


@cache
def terms() -> Terms:
    """The declared words, read once."""
    with files("extract").joinpath("forms/performance.toml").open("rb") as file:
        data = tomllib.load(file)
    flattened, evaluated = data["flattened"], data["evaluated"]
    return Terms(
        head=tuple((row["field"], re.compile(row["pattern"])) for row in data["head"]),
        cells=tuple((row["field"], re.compile(row["pattern"])) for row in data["cell"]),
        task_heading=re.compile(data["tasks"]["heading"]),
        beside_task=re.compile(data["tasks"]["beside"]),
        sum_of_tasks=re.compile(data["tasks"]["sum"]),
        columns=tuple((row["field"], re.compile(row["pattern"])) for row in data["column"]),
        parents={child: parent for parent, children in data["levels"]["project"].items() for child in children},
        whole_level1=_keys(data["levels"]["whole"]["names"]),
        further_level2=_keys(data["levels"]["further"]["level2"]),
        beside=re.compile("|".join(data["lines"]["beside"])),
        page_numbers=re.compile("|".join(data["lines"]["page_numbers"])),
        side_titles=_keys(data["side"]["titles"]),
        weights=frozenset(map(Decimal, data["checks"]["weights"])),
        operators=_by_length(data["operators"]),
        bounds=_by_length(data["bounds"]),
        measures=tuple(data["measures"]["words"]),
        nothing=_keys(data["previous"]["nothing"]),
        broken_labels=tuple(map(key, flattened["labels"])),
        body=re.compile(flattened["body"]),
        of_person=re.compile(flattened["of_person"]),
        rules=_keys(flattened["rules"]),
        proofs=_keys(flattened["proofs"]),
        bases=_keys(flattened["bases"]),
        units=_keys([*flattened["units"], *_unit_prices(flattened)]),
        in_words=_in_words(flattened["adverbs"], flattened["verbs"], flattened["words"]),
        measures_of_money=tuple((row["name"], row["unit"], re.compile(row["pattern"])) for row in evaluated["measure"]),
        lines_of_money=tuple((row["name"], re.compile(row["pattern"])) for row in evaluated["line"]),
        total=re.compile(evaluated["closing"]["total"]),
        remark=re.compile(evaluated["closing"]["remark"]),
        score=re.compile(evaluated["closing"]["score"]),
        rating=re.compile(evaluated["closing"]["rating"]),
        ratings=re.compile(evaluated["closing"]["ratings"]),
    )


def _field(patterns: tuple[tuple[str, re.Pattern[str]], ...], printed: str) -> str | None:
    folded = key(words(printed)).rstrip(":")
    return next((field for field, pattern in patterns if pattern.fullmatch(folded)), None)


def _keys(printed: Iterable[str]) -> frozenset[str]:
    return frozenset(key(word) for word in printed)


def _unit_prices(flattened: dict[str, list[str]]) -> list[str]:
    """The units of unit prices: 元/人, 万元/场, and those by whom and time in either order (元/人·月, 元/人/月)."""
    both = [
        f"{one}{sign}{other}"
        for pair in product(flattened["per_whom"], flattened["times"])
        for one, other in (pair, pair[::-1])
        for sign in flattened["between"]
    ]
    return [f"{money}/{per}" for money in ("元", "万元") for per in (*flattened["per"], *both)]


def _by_length(table: dict[str, list[str]]) -> dict[str, str]:
    pairs = [(word, sign) for sign, spellings in table.items() for word in spellings]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


def _in_words(adverbs: list[str], verbs: list[str], whole: list[str]) -> re.Pattern[str]:
    """An adverb or several with one verb, or one of the words that stand alone."""
    return re.compile(f"(?:{'|'.join(adverbs)}){{0,3}}(?:{'|'.join(verbs)})|{'|'.join(whole)}")
