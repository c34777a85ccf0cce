"""Paths of functional subjects in sentences: 类, 款 and 项 that stand one under the other, under the names of today."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import product

from kg.names import fold
from kg.places import Evidence
from queries.auditing.book import WAN, Book
from queries.auditing.compare import signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import pattern, priced, spelled, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.auditing.tables.subjects import plain

_LEVELS = {3: "类", 5: "款", 7: "项"}
_MUCH_ALIKE = 0.8  # two 项 of one 款, whose names begin alike by right
_NEAR = 0.7  # two names of one 款: 科学技术管理服务, 科学技术管理事务
_PENNIES = WAN / 50  # what two prints of one amount in 万元 may be off by: twice its last digit

_Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """A path of the classification or of a table: its names as printed, the amounts that tables have for it."""

    names: _Names
    amounts: Set[Decimal]


def paths(rule: Rule, book: Book) -> Iterator[Signal]:
    """Paths of 类、款、项 in sentences whose parts are not one under the other, each once with all its places. Former
    names are another rule's."""
    known, names = _known_paths(book), _known_names(book)
    classes = sorted({path[0] for one in known.values() for path in [one.names]}, key=len, reverse=True)
    told: dict[_Names, list[tuple[str, Decimal]]] = {}
    for passage in passages(book):
        for found in pattern("subject_path").finditer(passage.text):
            path = _path(found, classes)
            if _today(path, book) not in known:
                told.setdefault(path, []).append((passage.place_of(found), _stated(passage, found)))
    for path, held in told.items():
        right = _nearest(_today(path, book), known, held[0][1])
        meant = right.names if right else _of_another(path, known, names)
        if meant:
            left = Side("—".join(path), None, book.evidence(" ".join(at for at, _ in held)))
            yield signal(rule, book, "", left, Side("—".join(meant), None, _row_of(book, meant)))


def former(rule: Rule, book: Book) -> Iterator[Signal]:
    """Subjects of sentences under the name that they had until a former year (`former_names`), where a table has them
    under the name of today; each once."""
    rows: dict[tuple[str, str], list[str]] = {}
    for row in book.asked("subjects"):
        rows.setdefault((str(row["code"]), plain(fold(str(row["item"])))), []).append(str(row["evidence"]))
    for one in _former(book):
        form = re.compile(rf"(?<![\u4e00-\u9fff]){plain(one['name'])}(?:支出)?(?=[（(][类款项][）)])")
        found = [passage.place_of(match) for passage in passages(book) for match in form.finditer(passage.text)]
        at = rows.get((one["code"], plain(one["today"])))
        if found and at:
            left = Side(one["name"], None, book.evidence(" ".join(found)))
            yield signal(rule, book, str(one["until"]), left, Side(one["today"], None, book.evidence(" ".join(at))))


def _former(book: Book) -> list[Mapping[str, str]]:
    """The names that were former ones already in the year of the disclosure."""
    return [one for one in spelled("former_names") if (book.year or 0) > one["until"]]


def _today(path: Iterable[str], book: Book) -> _Names:
    """Names without what they are dressed in, former ones as they are today."""
    today = {plain(one["name"]): plain(one["today"]) for one in _former(book)}
    return tuple(today.get(name, name) for name in _bare(path))


def _stated(passage: Passage, path: re.Match[str]) -> Decimal:
    """The amount in yuan that follows a path at once, or as what was executed in the same item; 0 where none does."""
    rest = passage.text[path.end() :]
    end = pattern("subject_path").search(rest)
    rest = rest[: end.start()] if end else rest
    found = priced("amount_of_item").match(rest) or priced("executed_amount").search(rest)
    return yuan(found) if found else Decimal(0)


def levels(rule: Rule, book: Book) -> Iterator[Signal]:
    """Names of subjects with the wrong level (`住房改革支出（类）`), each once; whole paths are another rule's."""
    level: dict[str, set[str]] = {}
    for rows, key in ((book.asked("codes"), "name"), (book.asked("subjects"), "item")):
        for row in rows:
            level.setdefault(plain(fold(str(row[key]))), set()).add(_LEVELS.get(len(str(row["code"])), ""))
    told: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for passage in passages(book):
        whole = [found.span() for found in pattern("subject_path").finditer(passage.text)]
        for found in pattern("subject_level").finditer(passage.text):
            if any(start <= found.start() < end for start, end in whole):
                continue
            name = plain(fold(found["name"]))
            if name in level and found["level"] not in level[name]:
                told.setdefault((name, found["level"]), []).append((found["name"], passage.place_of(found)))
    for (name, said), found_at in told.items():
        left = Side(f"{found_at[0][0]}（{said}）", None, book.evidence(" ".join(at for _, at in found_at)))
        yield signal(rule, book, "", left, Side("、".join(sorted(level[name])), None, _rows_called(book, name)))


def _rows_called(book: Book, name: str) -> tuple[Evidence, ...]:
    """The rows of the tables with the subject of a bare name, one for each code."""
    rows = (row for row in book.asked("subjects") if plain(fold(str(row["item"]))) == name)
    return book.evidence(" ".join(str(row["evidence"]) for row in rows))


def _row_of(book: Book, path: _Names) -> tuple[Evidence, ...]:
    """The row of the tables with the 项 of a path, none where they do not have it."""
    rows, (_, middle, last) = book.asked("subjects"), _bare(path)
    above = {str(row["code"]) for row in rows if plain(fold(str(row["item"]))) == middle}
    held = (row for row in rows if plain(fold(str(row["item"]))) == last and str(row["code"])[:5] in above)
    return book.evidence(" ".join(str(row["evidence"]) for row in held))


def _known_names(book: Book) -> set[str]:
    """The bare names of all subjects, functional and economic."""
    official = [str(row["name"]) for asked in ("codes", "economic_names") for row in book.asked(asked)]
    return set(_bare([*official, *(str(row["item"]) for row in book.asked("subjects"))]))


def _known_paths(book: Book) -> dict[_Names, _Known]:
    """The names of 类、款、项 that stand one under the other, bare, each with what is known of it."""
    amounts: dict[str, set[Decimal]] = {}
    for row in book.asked("subject_amounts"):
        amounts.setdefault(str(row["code"]), set()).add(Decimal(str(row["amount"])))
    found: dict[_Names, _Known] = {}
    for rows, key in ((book.asked("codes"), "name"), (book.asked("subjects"), "item")):
        names: dict[str, list[str]] = {}
        for row in rows:
            names.setdefault(str(row["code"]), []).append(str(row[key]))
        for code in (code for code in names if len(code) == 7):
            for path in product(names.get(code[:3], ()), names.get(code[:5], ()), names[code]):
                found[_bare(path)] = _Known(path, amounts.get(code, set()))
    return found


def _nearest(path: _Names, known: Mapping[_Names, _Known], stated: Decimal) -> _Known | None:
    """The known path that the printed one must mean: two names the same and the third much like it, the 款 printed as
    项, or this 项 under another 款 of the 类. Of several the one with most names the same and a 款 much like it,
    then the one with the amount that is stated; None where that leaves more than one."""
    likely = {other: _likeness(path, other) for other in known if _may_mean(path, other)}
    best = [other for other, likeness in likely.items() if likeness == max(likely.values())]
    paid = [other for other in best if any(abs(amount - stated) <= _PENNIES for amount in known[other].amounts)]
    only = best if len(best) == 1 else paid if stated else []
    return known[only[0]] if len(only) == 1 else None


def _likeness(path: _Names, other: _Names) -> tuple[int, bool]:
    same = sum(one == two for one, two in zip(path, other, strict=True))
    return same, SequenceMatcher(None, other[1], path[1]).ratio() >= _NEAR


def _may_mean(path: _Names, other: _Names) -> bool:
    first, middle, last = (one == two for one, two in zip(path, other, strict=True))
    return (
        (middle and last)
        or (first and last)
        or (first and path[2] == other[1])
        or (first and middle and SequenceMatcher(None, other[2], path[2]).ratio() >= _MUCH_ALIKE)
    )


def _of_another(path: Sequence[str], known: Mapping[_Names, _Known], names: Set[str]) -> _Names:
    """The 类 and 款 of a path whose 项 is the name of another subject, none of theirs; empty where it is no such."""
    bare = _bare(path)
    above = next((one.names[:2] for other, one in known.items() if other[:2] == bare[:2]), ())
    return (*above, "…") if above and bare[2] in names else ()


def _path(found: re.Match[str], classes: Sequence[str]) -> _Names:
    """The three names that a pattern has found; words of the sentence before a known first name are left out."""
    first = next((name for name in classes if found["first"].endswith(name)), found["first"])
    return first, found["second"], found["third"]


def _bare(path: Iterable[str]) -> _Names:
    return tuple(plain(fold(name)) for name in path)
