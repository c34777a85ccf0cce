"""Functional subjects in words: names and paths against the classification, amounts stated twice, kinds of money."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise, product

from kg.names import fold
from kg.places import Evidence
from queries.auditing.book import WAN, Book
from queries.auditing.compare import compared, signal
from queries.auditing.passages import Passage, passages
from queries.auditing.patterns import half_unit, number, pattern, priced, spelled, tight, with_amount, yuan
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal

_LEVELS = {3: "类", 5: "款", 7: "项"}
_MUCH_ALIKE = 0.8  # two 项 of one 款, whose names begin alike by right
_NEAR = 0.7  # two names of one 款: 科学技术管理服务, 科学技术管理事务


def names(rule: Rule, book: Book) -> Iterator[Signal]:
    """Subjects whose printed name is much like the one that the classification has for their code, and not it.

    The classification is that of one year: documents of earlier years, whose subjects had other names, are passed over.
    """
    known = {str(row["code"]): str(row["name"]) for row in book.asked("codes")}
    for row in book.asked("subjects"):
        official, printed = known.get(str(row["code"]), ""), str(row["item"])
        one, other = plain(fold(printed)), plain(fold(official))
        if (
            (book.year or 0) >= spelled("subject_names_since")
            and one != other
            and get_close_matches(one, [other], 1, _NEAR)
        ):
            yield signal(
                rule, book, str(row["code"]), Side(printed, None, book.evidence(row["evidence"])), Side(official)
            )


def printed_names(rule: Rule, book: Book) -> Iterator[Signal]:
    """Subjects that two tables print under two names: names much alike, or a name that no other code has; one cut short
    is no other name. Names of other codes are another rule's."""
    names: dict[str, dict[str, object]] = {}
    for row in book.asked("subjects"):
        names.setdefault(str(row["code"]), {}).setdefault(plain(fold(str(row["item"]))), row["evidence"])
    official = {(str(row["code"]), plain(fold(str(row["name"])))) for row in book.asked("codes")}
    bearers = official | {(code, name) for code, known in names.items() for name in known}
    for code, known in names.items():
        alone = {name for name in known if not any(name == one and code != other for other, one in bearers)}
        for one, other in pairwise(sorted(known)):
            apart = {one, other} <= alone and not one.startswith(other) and not other.startswith(one)
            if get_close_matches(one, [other], 1, _NEAR) or apart:
                left, right = (Side(name, None, book.evidence(str(known[name]))) for name in (one, other))
                yield signal(rule, book, code, left, right)


def paths(rule: Rule, book: Book) -> Iterator[Signal]:
    """Paths of 类、款、项 in sentences whose parts are not one under the other, each once with all its places."""
    known, names = _known_paths(book), _known_names(book)
    classes = sorted({path[0] for path in known.values()}, key=len, reverse=True)
    told: dict[tuple[str, ...], list[str]] = {}
    for passage in passages(book):
        for found in pattern("subject_path").finditer(passage.text):
            path = _path(found, classes)
            if _bare(path) not in known:
                told.setdefault(path, []).append(passage.place_of(found))
    for path, at in told.items():
        right = _nearest(_bare(path), known)
        meant = known[right] if right else _of_another(path, known, names)
        if meant:
            left = Side("—".join(path), None, book.evidence(" ".join(at)))
            yield signal(rule, book, "", left, Side("—".join(meant), None, _row_of(book, meant)))


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


def _row_of(book: Book, path: tuple[str, ...]) -> tuple[Evidence, ...]:
    """The row of the tables with the 项 of a path, none where they do not have it."""
    rows = book.asked("subjects")
    above = {str(row["code"]) for row in rows if row["item"] == path[1]}
    held = (row for row in rows if row["item"] == path[2] and str(row["code"])[:5] in above)
    return book.evidence(" ".join(str(row["evidence"]) for row in held))


def amounts(rule: Rule, book: Book) -> Iterator[Signal]:
    """Items of a subject that state this year's amount twice and differently; in final accounts the executed one."""
    for passage, head, text, start in headed(book):
        first = with_amount("AMOUNT").match(text, head.end())
        again = priced("executed_amount" if book.executed else "budgeted_again").search(text[head.end() :])
        if first and again:
            at = book.evidence(passage.places(start, start + len(text)))
            left = Side("开头", yuan(first) / WAN, at)
            right = Side("支出决算" if book.executed else "预算安排", yuan(again) / WAN, at)
            alike = half_unit(first) == half_unit(again)  # one figure, printed twice to the same unit, rounds alike
            tolerance = Decimal(0) if alike else half_unit(first) + half_unit(again)
            yield from compared(rule, book, head["third"], left, right, tolerance / WAN)


def executed(rule: Rule, book: Book) -> Iterator[Signal]:
    """Per cents of change against last year's executed figure outside the interval that rounding allows."""
    for passage, head, text, start in headed(book):
        found = priced("against_executed").search(text)
        first = with_amount("AMOUNT").match(text, head.end())
        if not (found and first):
            continue
        before, now, stated = number(found["before"]), yuan(first) / WAN, number(found["percent"])
        if not before:
            continue
        half = Decimal("0.005")
        due = 100 * abs(now - before) / before
        tolerance = half + 100 * half / before + 100 * half * now / before**2
        at = book.evidence(passage.places(start, start + len(text)))
        left, right = Side(head["third"], stated, at), Side("推算", due.quantize(half * 2), at)
        if abs(stated - due) > tolerance:
            yield signal(
                rule, book, head["third"], left, right, stated - due.quantize(half * 2), tolerance.quantize(half / 50)
            )


def kinds_of_subjects(rule: Rule, book: Book) -> Iterator[Signal]:
    """Money of a kind that the classification does not put under a subject: projects under 行政运行."""
    for row in book.asked("subject_kinds"):
        form = spelled("kind_of_subject").get(str(row["item"]))
        if form and row[form["other"]]:
            amount = Decimal(str(row[form["other"]])) / WAN
            left = Side(form["other_name"], amount, book.evidence(row["evidence"]))
            yield signal(rule, book, str(row["item"]), left, Side(form["name"]))


def headed(book: Book) -> list[tuple[Passage, re.Match[str], str, int]]:
    """The items of the text that begin with a subject and its amount: passage, its head, words, where they begin."""
    return book.once("headed", lambda: list(_headed(book)))


def _headed(book: Book) -> Iterator[tuple[Passage, re.Match[str], str, int]]:
    for passage in passages(book):
        for text, start in _items(passage):
            head = pattern("subject_head").search(text)
            if head:
                yield passage, head, text, start


def _items(passage: Passage) -> Iterator[tuple[str, int]]:
    """The pieces of a passage that begin with a subject's path, without the number and mark of the next."""
    starts = [found.start() for found in pattern("subject_head").finditer(passage.text)]
    starts = [at for at in starts if at == 0 or _begins(passage.text, at)]
    for at, end in pairwise([*starts, len(passage.text)]):
        yield pattern("lead_of_next").sub("", passage.text[at:end]), at


def _begins(text: str, at: int) -> bool:
    """Whether a subject's path begins an item: one within a reason does not, unless a number stands before it."""
    sentence = max(text.rfind(mark, 0, at) for mark in "。；;") + 1
    reason = "原因" in text[sentence:at] and not pattern("number_before").search(text, sentence, at)
    return text[at - 1] in "0123456789.．、“”:：。；;）) " and not reason


def _known_names(book: Book) -> set[str]:
    """The bare names of all subjects, functional and economic."""
    official = [str(row["name"]) for asked in ("codes", "economic_names") for row in book.asked(asked)]
    return set(_bare([*official, *(str(row["item"]) for row in book.asked("subjects"))]))


def _known_paths(book: Book) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The names of 类、款、项 that stand one under the other, bare, with the names in full."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for rows, key in ((book.asked("codes"), "name"), (book.asked("subjects"), "item")):
        names: dict[str, list[str]] = {}
        for row in rows:
            names.setdefault(str(row["code"]), []).append(str(row[key]))
        for code in (code for code in names if len(code) == 7):
            for path in product(names.get(code[:3], ()), names.get(code[:5], ()), names[code]):
                found[_bare(path)] = path
    return found


def _nearest(path: tuple[str, ...], known: Iterable[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The known path that the printed one must mean: two names the same and the third much like it, the 款 printed as
    项, or the only one of the 类 with this 项; None where nothing is near."""
    known = list(known)
    for other in known:
        same = [one == two for one, two in zip(path, other, strict=True)]
        if same[2] and ((same[1] and not same[0]) or (same[0] and get_close_matches(path[1], [other[1]], 1, _NEAR))):
            return other
        if path[0] == other[0] and path[2] == other[1]:
            return other
        if same[0] and same[1] and get_close_matches(path[2], [other[2]], 1, _MUCH_ALIKE):
            return other
    alike = [other for other in known if (path[0], path[2]) == (other[0], other[2])]
    return alike[0] if len(alike) == 1 else None


def _of_another(
    path: Sequence[str], known: Mapping[tuple[str, ...], tuple[str, ...]], names: Set[str]
) -> tuple[str, ...]:
    """The 类 and 款 of a path whose 项 is the name of another subject, none of theirs; empty where it is no such."""
    bare = _bare(path)
    above = next((whole[:2] for other, whole in known.items() if other[:2] == bare[:2]), ())
    return (*above, "…") if above and bare[2] in names else ()


def _path(found: re.Match[str], classes: Sequence[str]) -> tuple[str, ...]:
    """The three names that a pattern has found; words of the sentence before a known first name are left out."""
    first = next((name for name in classes if found["first"].endswith(name)), found["first"])
    return first, found["second"], found["third"]


def _bare(path: Iterable[str]) -> tuple[str, ...]:
    return tuple(plain(fold(name)) for name in path)


@lru_cache(maxsize=1 << 13)  # every sentence is held against the names of all rows
def plain(name: str) -> str:
    """A name without the 支出 that some prints add at its end, and without what a sentence puts before it."""
    return re.sub(r"支出$", "", tight(name))


def kinds(rule: Rule, book: Book) -> Iterator[Signal]:
    """Subjects of one kind of expenditure alone whose words speak of the other: purposes that are basic expenditure,
    changes explained by works."""
    rows = {plain(fold(str(row["item"]))): row for row in book.asked("subject_kinds")}
    for passage, head, text, start in headed(book):
        row = rows.get(plain(fold(head["third"])), {})
        for form in spelled("kind_of_words"):
            alone = row.get(form["column"]) and not row.get(form["other"])
            found = re.search(form["words"], text[head.end() :]) if alone else None
            if found:
                begin = start + head.end()
                at = book.evidence(passage.places(begin + found.start(), begin + found.end()))
                table = Side(form["name"], None, book.evidence(row["evidence"]))
                yield signal(rule, book, head["third"], Side(found["said"], None, at), table)
